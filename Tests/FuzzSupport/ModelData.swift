import IR
import Spec
import TensorFiles

/// Numbers for a model's variables and inputs, each from its own name, so that they stay the same when
/// other layers go.
package struct ModelData: Sendable {
    package enum Mode: String, Sendable, CaseIterable {
        /// Numbers around 1, as after an initializer.
        case normal
        /// Steps of zeros among the inputs, which masks leave out.
        case zeroSteps
        /// NaN, infinities and both zeros among the inputs.
        case special
        /// Variances of 0 and below, scales of 0, weights of very different sizes.
        case extreme
    }

    package var mode: Mode
    package var weights: [String: [Float]]
    /// For each input, the samples behind each other.
    package var inputs: [(name: String, type: TensorType, values: [Float])]
    package var samples: Int

    package init(_ draft: Draft, _ model: CheckedModel, seed: UInt64, mode: Mode) {
        self.mode = mode
        samples = mode == .special ? 3 : 2
        weights = [:]
        for weight in model.weights {
            var random = SeededRandom(seed, weight.name)
            weights[weight.name] = Self.weight(weight, mode, &random)
        }
        inputs = []
        let limit = Self.integerLimit(draft)
        for layer in model.layers where layer.item.className == "Input" {
            var random = SeededRandom(seed, layer.name)
            let isBoolean =
                draft.layers.first { $0.name == layer.name }?["dtype"] == .text("bool")
            inputs.append(
                (
                    layer.name, layer.outputType,
                    Self.input(
                        layer.outputType, samples, mode, isBoolean ? 2 : limit, &random)
                ))
        }
    }

    /// Integers stay below every size that is written in a layer that reads them: they may be indices.
    private static func integerLimit(_ draft: Draft) -> Int {
        let sources = draft.layers.filter { $0["dtype"] != nil }.map(\.name)
        var limit = 4
        for layer in draft.layers where sources.contains(where: { Draft.reads(layer, $0) }) {
            for inner in layer.all {
                for argument in inner.arguments {
                    if case .integer(let value) = argument.value, value > 0 {
                        limit = min(limit, value)
                    }
                }
            }
        }
        return limit
    }

    private static func weight(
        _ weight: WeightSpec, _ mode: Mode, _ random: inout SeededRandom
    ) -> [Float] {
        let leaf = weight.name.split(separator: "/").last.map(String.init) ?? ""
        let fan = Double(max(1, weight.shape.dropLast().reduce(1, *))).squareRoot()
        return (0..<weight.count).map { _ in
            let isOdd = mode == .extreme && random.chance(4)
            switch leaf {
            case "gamma", "scale":
                if isOdd { return Float(random.pick([0, -0.0, 1e-6, 50])) }
                return Float((0.5 + random.unit()) * (random.chance(5) ? -1 : 1))
            case "moving_variance", "variance":
                if isOdd { return Float(random.pick([0, 1e-9, 1e4, -0.5])) }
                return Float(0.2 + 1.8 * random.unit())
            case "beta", "moving_mean", "bias", "mean":
                return Float(0.3 * random.normal() * (isOdd ? 100 : 1))
            case "alpha": return Float(0.05 + 0.45 * random.unit())
            case "count": return 0
            default: return Float(random.normal() / fan * (isOdd ? 20 : 1))
            }
        }
    }

    private static func input(
        _ type: TensorType, _ samples: Int, _ mode: Mode, _ limit: Int,
        _ random: inout SeededRandom
    ) -> [Float] {
        var values = (0..<type.count * samples).map { _ in
            type.elementType == .int32 ? Float(random.below(limit)) : Float(random.normal())
        }
        guard type.elementType == .float32 else { return values }
        switch mode {
        case .normal, .extreme: break
        case .zeroSteps:
            let step = max(1, type.shape.dropFirst().reduce(1, *))
            for start in stride(from: 0, to: values.count, by: step)
            where random.chance(3) || start + step > values.count - type.count / 2 {
                for index in start..<start + step { values[index] = 0 }
            }
        case .special:
            // The last sample has none: what the others left behind must not reach it.
            for value in [Float.nan, .infinity, -.infinity, 0, -0.0] where random.chance(2) {
                values[random.below(values.count - type.count)] = value
            }
        }
        return values
    }

    /// One sample by the inputs' names, as the reference takes it.
    func sample(_ index: Int) -> [String: [Double]] {
        var result: [String: [Double]] = [:]
        for input in inputs {
            let count = input.type.count
            result[input.name] = input.values[index * count..<(index + 1) * count].map(Double.init)
        }
        return result
    }

    package var constants: [String: ConstantData] { weights.mapValues { .floats($0) } }

    /// Writes both as the files of a conformance case.
    package func write(to folder: String, _ model: CheckedModel) throws {
        try Safetensors.write(
            model.weights.map { ($0.name, Tensor(shape: $0.shape, floats: weights[$0.name]!)) },
            to: "\(folder)/weights.safetensors")
        try Safetensors.write(
            inputs.map { input in
                let shape = [samples] + input.type.shape
                return (
                    input.name,
                    input.type.elementType == .int32
                        ? Tensor(shape: shape, int32s: input.values.map { Int32($0) })
                        : Tensor(shape: shape, floats: input.values)
                )
            }, to: "\(folder)/inputs.safetensors")
    }
}
