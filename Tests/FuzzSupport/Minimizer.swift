import Foundation
import Spec

/// Makes a failing model smaller while it still fails.
package struct Minimizer {
    private let generator: ModelGenerator
    private let fails: (Draft) -> Bool
    /// How many models are tried at most, and until when.
    private var budget: Int
    private let end: Date

    package init(
        _ generator: ModelGenerator, budget: Int = 600, seconds: Double = 40,
        fails: @escaping (Draft) -> Bool
    ) {
        self.generator = generator
        self.budget = budget
        end = Date().addingTimeInterval(seconds)
        self.fails = fails
    }

    package mutating func minimize(_ draft: Draft) -> Draft {
        var best = draft
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for candidate in generator.smaller(best) where candidate != best {
                guard budget > 0, Date() < end else { return best }
                budget -= 1
                if fails(candidate) {
                    best = candidate
                    isSmaller = true
                    break
                }
            }
        }
        return best
    }
}

/// Makes a failing model smaller where a trial takes long, so that several models are tried at once: those
/// that are emitted and built.
package struct BatchMinimizer {
    private let generator: ModelGenerator
    /// How many models are tried at once.
    private let width: Int
    /// When the last trial has to begin.
    private let end: Date

    package init(_ generator: ModelGenerator, width: Int = 8, until end: Date) {
        self.generator = generator
        self.width = width
        self.end = end
    }

    /// The smallest model that was found to fail, and what is wrong with it.
    ///
    /// - Parameter problems: what is wrong with each of some models; nil for those that don't fail.
    package func minimize(
        _ draft: Draft, _ detail: String, problems: ([Draft]) async -> [String?]
    ) async -> (draft: Draft, detail: String) {
        var best = (draft: draft, detail: detail)
        var waiting = generator.smaller(draft)[...]
        while !waiting.isEmpty, Date() < end {
            var trials: [Draft] = []
            while trials.count < width, let next = waiting.popFirst() {
                let isFit = generator.check(next).model.map(ModelGenerator.isSmall) ?? false
                if isFit, next != best.draft { trials.append(next) }
            }
            for (trial, problem) in zip(trials, await problems(trials)) {
                guard let problem else { continue }
                best = (trial, problem)
                waiting = generator.smaller(trial)[...]
                break
            }
        }
        return best
    }
}

extension ModelGenerator {
    /// Smaller models, the much smaller ones first.
    func smaller(_ draft: Draft) -> [Draft] {
        var result: [Draft] = []
        if draft.outputs.count > 1 {
            for output in draft.outputs {
                result.append(Draft(layers: draft.layers, outputs: [output]).pruned())
            }
        }
        let types = check(draft).model.map { model in
            Dictionary(
                model.layers.map { ($0.name, $0.outputType) }, uniquingKeysWith: { $1 })
        }
        for (index, layer) in draft.layers.enumerated() where layer.className != "Input" {
            // What comes before: an Input of its shape in its place.
            if let type = types?[layer.name], !draft.outputs.contains(layer.name) {
                var input = DraftLayer(
                    "Input",
                    [
                        ("name", .text(layer.name)),
                        ("shape", .list(type.shape.map { .integer($0) })),
                    ])
                if type.elementType == .int32 { input["dtype"] = .text("int32") }
                var smaller = draft
                smaller.layers[index] = input
                result.append(smaller.pruned())
            }
            // What comes behind: the layer before as the output.
            for name in layer.inputs where draft.outputs.contains(layer.name) {
                result.append(Draft(layers: draft.layers, outputs: [name]).pruned())
            }
            for name in Set(layer.inputs).sorted() {
                result.append(draft.bypassing(layer.name, to: name).pruned())
            }
            if layer.inputs.count > 1 {
                for gone in layer.inputs.indices {
                    var smaller = draft
                    smaller.layers[index].inputs.remove(at: gone)
                    result.append(smaller.pruned())
                }
            }
        }
        for (index, layer) in draft.layers.enumerated() {
            for smaller in layer.smaller() {
                var other = draft
                other.layers[index] = smaller
                result.append(other.pruned())
            }
        }
        return result
    }
}

extension Draft {
    /// Whoever reads `name` reads `other`.
    func bypassing(_ name: String, to other: String) -> Draft {
        func renamed(_ value: DraftValue) -> DraftValue {
            switch value {
            case .text(name): .text(other)
            case .list(let values): .list(values.map(renamed))
            default: value
            }
        }
        var result = self
        for index in layers.indices {
            for argument in layers[index].arguments where argument.name != "name" {
                result.layers[index][argument.name] = renamed(argument.value)
            }
        }
        result.outputs = outputs.map { $0 == name ? other : $0 }
        var seen: Set<String> = []
        result.outputs = result.outputs.filter { seen.insert($0).inserted }
        return result
    }
}

extension DraftLayer {
    /// The layer with one argument less, or one that is simpler.
    func smaller() -> [DraftLayer] {
        var result: [DraftLayer] = []
        for argument in arguments where argument.name != "name" && argument.name != "inputs" {
            var without = self
            without[argument.name] = nil
            result.append(without)
        }
        for argument in arguments where argument.name != "name" && argument.name != "inputs" {
            for value in argument.value.smaller() {
                var simpler = self
                simpler[argument.name] = value
                result.append(simpler)
            }
        }
        return result
    }
}

extension DraftValue {
    func smaller() -> [DraftValue] {
        switch self {
        case .null, .boolean, .text: return []
        case .integer(let value):
            return Set([1, value / 2, value - 1]).filter { $0 >= 0 && $0 < value }.sorted()
                .map { .integer($0) }
        case .number(let value):
            return [0, 1, 0.5].filter { $0 != value }.prefix(1).map { .number($0) }
        case .layer(let layer): return layer.smaller().map { .layer($0) }
        case .list(let values):
            var result: [DraftValue] = []
            if values.count > 1 {
                for index in values.indices {
                    var shorter = values
                    shorter.remove(at: index)
                    result.append(.list(shorter))
                }
            }
            for (index, value) in values.enumerated() {
                for simpler in value.smaller() {
                    var other = values
                    other[index] = simpler
                    result.append(.list(other))
                }
            }
            return result
        }
    }
}
