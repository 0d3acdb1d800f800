import Diagnostics
import IR
import Passes
import Plan
import Spec
import SwiftEmitter

/// Measures on this machine how the convolutions and dense layers of a model are computed fastest.
///
/// The whole model is emitted once for each candidate, with every layer by its candidate of that
/// number, so that each is measured among its neighbours, with caches as they are in use. The
/// programs run in turns; what counts is the fewest nanoseconds of a layer.
package struct Tuner: Sendable {
    /// What was measured for one shape.
    package struct Measurement: Sendable {
        package var choice: ContractionChoice
        /// Of all layers of that shape together.
        package var seconds: Double
    }

    package let model: CheckedModel
    package let weights: String?
    package let target: Target
    package let options: PlanOptions
    /// Candidates for each shape.
    package var count = 8
    package var rounds = 5

    package init(
        _ model: CheckedModel, weights: String?, target: Target, options: PlanOptions
    ) {
        self.model = model
        self.weights = weights
        self.target = target
        self.options = options
    }

    /// - Parameter progress: called with what is going on.
    /// - Returns: for each shape, what was measured, the fastest first; nil if the weights can't be
    ///   read, which `bag` tells.
    package func run(
        into bag: inout DiagnosticBag, progress: @escaping @Sendable (String) -> Void
    ) async throws -> [String: [Measurement]]? {
        guard let graph = optimizedGraph(&bag) else { return nil }
        let candidates = Planner.candidates(
            graph, target: target, options: options, count: count)
        guard let directory = FileTree.makeTemporaryDirectory() else {
            throw CompiledEngineError("can't make a temporary folder")
        }
        let guarded = Interruption.guarding(directory)
        defer {
            FileTree.remove(directory)
            guarded.release()
        }
        let turns = candidates.values.map(\.count).max() ?? 0
        var programs: [(program: BenchmarkProgram, keys: [Int: String])] = []
        for turn in 0..<turns {
            var options = options
            for (key, list) in candidates { options.choices[key] = list[min(turn, list.count - 1)] }
            guard let graph = optimizedGraph(&bag) else { return nil }
            let plan = Planner.plan(graph, target: target, options: options, remarks: [])
            var keys: [Int: String] = [:]
            for (index, step) in plan.steps.enumerated() {
                keys[index] = Planner.choiceKey(step.value, plan.graph)
            }
            var program = try await BenchmarkProgram(
                plan,
                EmissionOptions(
                    typeName: "Model", specPath: model.file.path, weightsOrigin: "none",
                    profiling: true),
                in: "\(directory)/\(turn)"
            ) { progress("candidates \(turn + 1) of \(turns): \($0)") }
            try program.write(
                plan.inputs.map { [Float](repeating: 0.5, count: $0.type.count) })
            programs.append((program, keys))
        }
        for round in 0..<rounds {
            for turn in programs.indices {
                progress(
                    "measuring, round \(round + 1) of \(rounds): candidates \(turn + 1) of \(turns)"
                )
                _ = try await programs[turn].program.measure(seconds: 0.5)
            }
        }
        return Self.measurements(candidates, programs)
    }

    private func optimizedGraph(_ bag: inout DiagnosticBag) -> Graph? {
        guard let weights = Weights.load(for: model, path: weights, into: &bag) else { return nil }
        return Pipeline.run(Compiler.lower(model, weights), optimize: true).0
    }

    private static func measurements(
        _ candidates: [String: [ContractionChoice]],
        _ programs: [(program: BenchmarkProgram, keys: [Int: String])]
    ) -> [String: [Measurement]] {
        var result: [String: [Measurement]] = [:]
        for (turn, (program, keys)) in programs.enumerated() {
            var seconds: [String: Double] = [:]
            for step in program.program.steps {
                guard let key = keys[step.number - 1] else { continue }
                seconds[key, default: 0] += step.seconds
            }
            for (key, list) in candidates where turn < list.count {
                guard let time = seconds[key] else { continue }
                result[key, default: []].append(
                    Measurement(choice: list[turn], seconds: time))
            }
        }
        return result.mapValues { $0.sorted { $0.seconds < $1.seconds } }
    }
}
