import Compiler
import IR
import Interpreter
import Passes
import Plan
import Spec

/// The ways in which a model is computed here.
package enum FuzzEngine: String, Sendable, CaseIterable {
    /// The graph as layers write it.
    case unoptimized
    case strict
    case fast
    /// Winograd's algorithms and strips wherever they apply, whatever they cost.
    case winograd2
    case winograd4
    /// Split for threads, the parts backwards.
    case parts

    private var options: PlanOptions {
        switch self {
        case .unoptimized, .fast, .parts: PlanOptions()
        case .strict: PlanOptions(math: .strict)
        case .winograd2: PlanOptions(forced: .init(winograd: .smallest, strips: true))
        case .winograd4: PlanOptions(forced: .init(winograd: .largest, strips: true))
        }
    }

    package func plan(_ graph: Graph, target: Target = Engine.interpreter.target) -> Plan {
        let plan = Compiler.plan(
            graph, target: target, optimize: self != .unoptimized, options: options)
        return self == .parts ? Splitter.split(plan, threads: 3, rules: .always) : plan
    }

    /// What the interpreter makes of it.
    package func interpret(_ plan: Plan, _ input: PredictionInput) -> [[Float]] {
        guard self == .parts else { return Prediction.interpret(plan, input).values }
        var parts = plan
        parts.steps = plan.steps.flatMap { step -> [Step] in
            guard !step.parts.isEmpty else { return [step] }
            return step.parts.reversed().map { part in
                var own = step
                own.kernel = part
                return own
            }
        }
        return Prediction.interpret(parts, input).values
    }

    /// How many times the tolerance a plan may be off.
    package static func slack(_ plan: Plan) -> Double {
        plan.accuracy.lessExactLayers > 0 ? 16 : 1
    }

    /// Winograd's algorithms mix the numbers of a tile, so that what is not finite spreads over it.
    package static func spreads(_ plan: Plan) -> Bool {
        plan.steps.contains { step in
            if case .winogradInput = step.kernel { true } else { false }
        }
    }
}

/// A model with its numbers and what it should compute.
package struct Subject: Sendable {
    package let draft: Draft
    package let model: CheckedModel
    package let data: ModelData
    package let graph: Graph
    package let truth: Truth
    package let input: PredictionInput

    /// - Returns: nil for a model of which nothing can be said.
    package init?(_ draft: Draft, _ model: CheckedModel, seed: UInt64, mode: ModelData.Mode) {
        self.draft = draft
        self.model = model
        data = ModelData(draft, model, seed: seed, mode: mode)
        graph = Lowering.lower(model, weights: data.constants, batch: 1)
        guard let truth = Truth(graph, data, seed: seed) else { return nil }
        self.truth = truth
        var values: [[Float]] = []
        for id in graph.inputs {
            guard case .input(let op) = graph[id].op,
                let own = data.inputs.first(where: { $0.name == op.name })
            else { return nil }
            values.append(own.values)
        }
        input = PredictionInput(count: data.samples, hasBatchAxis: true, values: values)
    }

    /// What an engine of the interpreter makes wrong of it; nil if nothing.
    package func problem(_ engine: FuzzEngine) -> String? {
        let plan = engine.plan(graph)
        if FuzzEngine.spreads(plan), data.mode == .special { return nil }
        let found = engine.interpret(plan, input)
        return truth.difference(
            found.map { $0.map(Double.init) }, slack: FuzzEngine.slack(plan))
    }
}
