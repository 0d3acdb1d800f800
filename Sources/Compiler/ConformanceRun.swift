import Diagnostics
import IR
import Interpreter
import Passes
import Plan
import Spec

/// Runs conformance cases on engines and tells where a failing one goes wrong.
package struct ConformanceRun: Sendable {
    /// What one engine made of a case.
    package struct Outcome: Sendable {
        package let engine: ConformanceEngine
        package let error: ConformanceError
        package let passes: Bool
        /// The first layer that differs, and by how much, where that can be told.
        package let divergence: Divergence?
    }

    package enum Divergence: Sendable, Hashable {
        /// This layer's output differs from that of the model as it is written.
        case layer(String, Double)
        /// No layer's output differs when all of them are kept: memory that is used twice is to be
        /// suspected, or a fusion that keeping them undid.
        case onlyWhenFused
    }

    package let cases: [ConformanceCase]
    package let engines: [ConformanceEngine]
    private let compiledTarget: Target

    private let options: PlanOptions
    /// Whether all samples of a case are one batch.
    private let isWhole: Bool

    /// - Parameters:
    ///   - isWhole: whether all samples of a case are one prediction; they are in any case where they
    ///     depend on each other.
    ///   - compiledTarget: what emitted Swift is compiled for.
    ///   - options: how the optimized models are planned.
    /// - Precondition: `compiledTarget.hostFlags` is not nil.
    package init(
        _ cases: [ConformanceCase], on engines: [ConformanceEngine],
        compiledTarget: Target = .native, options: PlanOptions = PlanOptions(),
        isWhole: Bool = false
    ) {
        self.cases = cases
        self.engines = engines
        self.compiledTarget = compiledTarget
        self.options = options
        self.isWhole = isWhole
    }

    private func batch(_ item: ConformanceCase) -> Int {
        isWhole ? item.input.count : item.model.batch(ofSamples: item.input.count)
    }

    private func lower(_ item: ConformanceCase) -> Graph {
        Compiler.lower(item.model, item.weights, batch: batch(item))
    }

    private func target(_ engine: ConformanceEngine) -> Target {
        engine == .compiled ? compiledTarget : Engine.interpreter.target
    }

    /// Runs everything; the outcomes of each case are in the order of `engines`.
    ///
    /// - Parameter progress: called with what is being done.
    package func run(progress: @Sendable (String) -> Void = { _ in }) async throws -> [[Outcome]] {
        var found = [[ConformanceEngine: [[Float]]]](repeating: [:], count: cases.count)
        for engine in engines {
            if engine == .compiled {
                let plans = cases.map { plan($0, engine) }
                let results = try await Self.compiled(cases, plans, progress)
                for index in cases.indices { found[index][engine] = results[index] }
            } else {
                for (index, item) in cases.enumerated() {
                    progress("\(engine.rawValue): \(index + 1) of \(cases.count)")
                    found[index][engine] = Self.interpreted(plan(item, engine), item.input)
                }
            }
        }
        var outcomes: [[Outcome]] = []
        for (index, item) in cases.enumerated() {
            var own: [Outcome] = []
            for engine in engines {
                let error = Self.error(found[index][engine]!, item)
                let passes = error.largest <= item.tolerance
                own.append(
                    Outcome(
                        engine: engine, error: error, passes: passes,
                        divergence: passes ? nil : try await divergence(item, engine, progress)
                    ))
            }
            outcomes.append(own)
        }
        return outcomes
    }

    private func plan(_ item: ConformanceCase, _ engine: ConformanceEngine) -> Plan {
        Compiler.plan(
            lower(item), target: target(engine),
            optimize: engine.optimizes, options: options)
    }

    private static func error(
        _ found: [[Float]], _ item: ConformanceCase
    ) -> ConformanceError {
        let errors = zip(found, item.expected).map(ConformanceError.largest)
        let worst = errors.indices.max { errors[$0] < errors[$1] } ?? 0
        return ConformanceError(
            largest: errors[worst], output: item.model.layers[item.model.outputs[worst]].name)
    }

    private static func interpreted(_ plan: Plan, _ input: PredictionInput) -> [[Float]] {
        Prediction.interpret(plan, input).values
    }

    private static func compiled(
        _ cases: [ConformanceCase], _ plans: [Plan], _ progress: @Sendable (String) -> Void
    ) async throws -> [[[Float]]] {
        let folder = try TemporaryDirectory()
        defer { folder.remove() }
        progress("compiled: 0 of \(cases.count) built")
        let batch = try await withoutActuallyEscaping(progress) { progress in
            try await CompiledBatch.build(
                plans.enumerated().map { ("\($0.offset) \(cases[$0.offset].name)", $0.element) },
                in: folder.path
            ) { progress("compiled: \($0) of \(cases.count) built") }
        }
        var results: [[[Float]]] = []
        for (index, item) in cases.enumerated() {
            let samples = item.input.count / plans[index].inputs[0].type.shape[0]
            let (outputs, _) = try await batch.predict(
                "\(index) \(item.name)", inputs: item.input.values, samples: samples)
            results.append(outputs)
        }
        return results
    }

    // MARK: Where it goes wrong

    /// Compares, value by value, what the engine's graph computes with what the model as it is
    /// written computes, by making every value of both graphs an output.
    ///
    /// The optimized graph keeps its fusions: its values are those that are left after the passes,
    /// and each has the name of the value it replaces. What the two graphs share can't be judged:
    /// the graph as it is written has no reference but itself, so it has no divergence.
    private func divergence(
        _ item: ConformanceCase, _ engine: ConformanceEngine, _ progress: @Sendable (String) -> Void
    ) async throws -> Divergence? {
        guard engine != .unoptimized else { return nil }
        progress("\(item.name): looking for the first layer that differs")
        let written = Pipeline.run(lower(item), optimize: false).0
        let optimized = Pipeline.run(lower(item), optimize: engine.optimizes).0
        let reference = Self.exposed(written)
        let suspect = Self.exposed(optimized)
        let truth = Self.interpreted(
            Planner.plan(
                reference, target: Engine.interpreter.target,
                options: PlanOptions(transforms: false), remarks: []),
            item.input)
        let plan = Planner.plan(
            suspect, target: target(engine), options: options, remarks: [])
        let values =
            engine == .compiled
            ? try await Self.compiled([item], [plan], progress)[0]
            : Self.interpreted(plan, item.input)
        var truths: [String: (TensorType, [Float])] = [:]
        for (output, values) in zip(reference.outputs, truth) {
            truths[output.name] = (reference.type(output.value), values)
        }
        for (output, values) in zip(suspect.outputs, values) {
            guard let (type, truth) = truths[output.name], type == suspect.type(output.value) else {
                continue
            }
            let scale = truth.reduce(0) { max($0, Double(abs($1))) }
            let error = ConformanceError.largest(values, truth)
            // Rounding differs from kernel to kernel; what is beyond the case's own tolerance, or
            // far beyond rounding, is the fault.
            if error > max(item.tolerance / 4, scale * 1e-4) || error.isInfinite {
                let layers = suspect[output.value].layers
                return .layer(layers.isEmpty ? output.name : layers.joined(separator: " + "), error)
            }
        }
        return .onlyWhenFused
    }

    /// The graph with every computed value as an output under its node's name.
    private static func exposed(_ graph: Graph) -> Graph {
        var graph = graph
        graph.outputs = graph.nodes.indices.compactMap { index in
            switch graph.nodes[index].op {
            case .input, .constant: nil
            default: GraphOutput(name: graph.nodes[index].name, value: ValueID(index))
            }
        }
        return graph
    }
}
