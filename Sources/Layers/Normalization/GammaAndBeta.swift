import IR
import Spec

/// The learned scale and shift behind a normalization: `x * gamma + beta`.
struct GammaAndBeta {
    static let center = Argument.boolean("center", default: true, "Whether `beta` is added.")
    static let scale = Argument.boolean("scale", default: true, "Whether `gamma` multiplies.")
    static let betaInitializer = TrainingArguments.initializer("beta", default: .zeros)
    static let gammaInitializer = TrainingArguments.initializer("gamma", default: .ones)
    static let rules: [any ArgumentDescriptor] = [
        TrainingArguments.regularizer("beta"), TrainingArguments.regularizer("gamma"),
        TrainingArguments.constraint("beta"), TrainingArguments.constraint("gamma"),
    ]
    /// All of them, in the order of `LayerNormalization` and `GroupNormalization`.
    static let schema: [any ArgumentDescriptor] =
        [center, scale, betaInitializer, gammaInitializer] + rules

    static let epsilon = Argument.number(
        "epsilon", default: 1e-3, minimum: 0, "Added to the variance, against division by 0.")

    let arguments: Arguments

    init(_ arguments: Arguments) { self.arguments = arguments }

    func weights(_ shape: [Int]) -> [WeightSpec] {
        var weights: [WeightSpec] = []
        if arguments[Self.scale] {
            weights.append(WeightSpec("gamma", shape, arguments[Self.gammaInitializer]))
        }
        if arguments[Self.center] {
            weights.append(WeightSpec("beta", shape, arguments[Self.betaInitializer]))
        }
        return weights
    }

    /// `gamma` and `beta` of one axis, ones and zeros where the layer has none.
    func vectors(_ size: Int, _ lowering: inout Lowering) -> (gamma: ValueID, beta: ValueID) {
        let gamma =
            arguments[Self.scale]
            ? lowering.weight("gamma") : lowering.splat(1, shape: [size], "gamma")
        let beta =
            arguments[Self.center]
            ? lowering.weight("beta") : lowering.splat(0, shape: [size], "beta")
        return (gamma, beta)
    }

    /// `x * gamma + beta` along ascending `axes` of a tensor with the batch first.
    func lower(_ x: ValueID, axes: [Int], _ lowering: inout Lowering) -> ValueID {
        guard arguments[Self.scale] || arguments[Self.center] else { return x }
        let shape = lowering.type(x).shape
        if axes.count == 1 {
            let (gamma, beta) = vectors(shape[axes[0]], &lowering)
            return lowering.emit(.scaleShift(ScaleShiftOp(axis: axes[0])), [x, gamma, beta])
        }
        var result = x
        if arguments[Self.scale] {
            let gamma = lowering.broadcastable(lowering.weight("gamma"), axes, of: shape)
            result = lowering.emit(.binary(BinaryOp(.multiply)), [result, gamma])
        }
        if arguments[Self.center] {
            let beta = lowering.broadcastable(lowering.weight("beta"), axes, of: shape)
            result = lowering.emit(.binary(BinaryOp(.add)), [result, beta])
        }
        return result
    }
}

extension Lowering {
    /// A variable with the sizes of `axes` (ascending) as it broadcasts to `shape`.
    mutating func broadcastable(_ variable: ValueID, _ axes: [Int], of shape: [Int]) -> ValueID {
        let first = axes.first ?? shape.count
        let sizes = (first..<shape.count).map { axes.contains($0) ? shape[$0] : 1 }
        return reshape(variable, sizes, "broadcast")
    }
}
