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

    /// A model computed in one of the ways.
    private struct Candidate {
        var program: BenchmarkProgram
        /// The shape that each step computes, and how.
        let keys: [Int: String]
        let choices: [String: ContractionChoice]
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
        let folder = try TemporaryDirectory()
        defer { folder.remove() }
        // First what the planner chooses by itself.
        let turns = 1 + (candidates.values.map(\.count).max() ?? 0)
        var programs: [Candidate] = []
        for turn in 0..<turns {
            var options = options
            for (key, list) in candidates where turn > 0 {
                options.choices[key] = list[min(turn, list.count) - 1]
            }
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
                in: "\(folder.path)/\(turn)"
            ) { progress("candidates \(turn + 1) of \(turns): \($0)") }
            try program.write(
                plan.inputs.map { [Float](repeating: 0.5, count: $0.type.count) })
            programs.append(
                Candidate(program: program, keys: keys, choices: Planner.choices(of: plan)))
        }
        for round in 0..<rounds {
            for turn in programs.indices {
                progress(
                    "measuring, round \(round + 1) of \(rounds): candidates \(turn + 1) of \(turns)"
                )
                _ = try await programs[turn].program.measure(seconds: 0.5)
            }
        }
        return Self.measurements(Set(candidates.keys), programs)
    }

    private func optimizedGraph(_ bag: inout DiagnosticBag) -> Graph? {
        guard let weights = Weights.load(for: model, path: weights, into: &bag) else { return nil }
        return Pipeline.run(Compiler.lower(model, weights), optimize: true).0
    }

    private static func measurements(
        _ keys: Set<String>, _ programs: [Candidate]
    ) -> [String: [Measurement]] {
        var fastest: [String: [ContractionChoice: Double]] = [:]
        for candidate in programs {
            var seconds: [String: Double] = [:]
            for step in candidate.program.program.steps {
                guard let key = candidate.keys[step.number - 1] else { continue }
                seconds[key, default: 0] += step.seconds
            }
            for (key, choice) in candidate.choices where keys.contains(key) {
                guard let time = seconds[key] else { continue }
                fastest[key, default: [:]][choice] = min(
                    time, fastest[key]?[choice] ?? .infinity)
            }
        }
        return fastest.mapValues { times in
            times.map { Measurement(choice: $0.key, seconds: $0.value) }
                .sorted { ($0.seconds, "\($0.choice)") < ($1.seconds, "\($1.choice)") }
        }
    }
}
