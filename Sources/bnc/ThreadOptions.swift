import ArgumentParser
import Plan

/// How many threads share the work of a prediction.
struct ThreadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many threads share the work of one prediction, 1 to 64, where that pays.",
            valueName: "number"))
    var threads = 1

    func validate() throws {
        guard (1...64).contains(threads) else {
            throw ValidationError("--threads takes a number from 1 to 64, not \(threads).")
        }
    }

    /// Says so where no step of the model is worth splitting.
    func warn(_ plans: [Plan], _ diagnostics: DiagnosticOptions) {
        note(used: plans.map(\.threads).max() ?? 1, diagnostics)
    }

    func note(used: Int, _ diagnostics: DiagnosticOptions) {
        if threads > 1, used == 1 {
            diagnostics.note(
                "the model is too small for several threads: handing its work over would take longer "
                    + "than doing it")
        }
    }
}
