import ArgumentParser
import Compiler
import Plan

/// How kernels are planned; the same for what emits, measures and shows them.
struct PlanningOptions: ParsableArguments {
    enum Math: String, CaseIterable, ExpressibleByArgument {
        case strict, fast

        var mode: MathMode {
            switch self {
            case .strict: .strict
            case .fast: .fast
            }
        }
    }

    @Option(
        help: ArgumentHelp(
            "How exact the arithmetic is: strict (as the direct sum in float32) or fast (Winograd's "
                + "F(4x4,3x3) and others too, two to three times that error).", valueName: "mode"))
    var math = Math.fast

    /// With what `bnc compile --tune` has stored beside the spec, if anything.
    func options(spec: String, target: Target) throws -> PlanOptions {
        let path = TuningFile.path(spec: spec, target: target)
        do throws(TuningFile.Problem) {
            return PlanOptions(math: math.mode, choices: try TuningFile.read(path: path).choices)
        } catch {
            throw Failure(message: error.description, help: nil)
        }
    }
}
