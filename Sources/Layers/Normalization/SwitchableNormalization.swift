import IR
import Spec

/// Normalizes by a learned mixture of the statistics of instance, layer and batch normalization
/// (Luo et al., https://arxiv.org/abs/1806.10779).
///
///     output = gamma * (x - mean) / sqrt(variance + epsilon) + beta
///     mean = sum over k in {instance, layer, batch} of softmax(mean_weights)[k] * mean_k
///     variance = sum over k of softmax(variance_weights)[k] * variance_k
///
/// The statistics of an instance are over the positions of one channel of one example, those of a layer
/// over all of an example, and those of the batch are the averages that training kept. Variances are
/// divided by the number of elements, as in the paper.
package struct SwitchableNormalization: Layer {
    package static let className = "SwitchableNormalization"
    package static let aliases = ["SwitchNorm"]
    package static let kerasPage = KerasPage.none
    package static let summary =
        "Normalizes by a learned mixture of instance, layer and batch statistics."
    package static let formula =
        "output = gamma * (x - mean) / sqrt(variance + epsilon) + beta, mean = sum over k of "
        + "softmax(mean_weights)[k] * mean_k, variance likewise, k in instance, layer, batch"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 32]}
          - SwitchableNormalization
        """

    static let axis = Argument.integer("axis", default: -1, "The axis of the channels.")
    static let epsilon = Argument.number(
        "epsilon", default: 1e-5, minimum: 0, "Added to the variance, against division by 0.")
    package static let schema: [any ArgumentDescriptor] =
        [
            axis,
            Argument.number(
                "momentum", default: 0.99, "Training: how slowly the running statistics follow."),
            epsilon,
        ] + GammaAndBeta.schema

    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        _ = check.resolveAxis(arguments[Self.axis], of: inputs[0])
        check.requirePositions(inputs[0])
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let axis = Axis.index(arguments[Self.axis], rank: inputs[0].rank + 1)
        let size = [inputs[0].shape[axis - 1]]
        return GammaAndBeta(arguments).weights(size) + [
            WeightSpec("mean_weights", [3], .ones), WeightSpec("variance_weights", [3], .ones),
            WeightSpec("moving_mean", size, .zeros, trainable: false),
            WeightSpec("moving_variance", size, .ones, trainable: false),
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let shape = lowering.type(x).shape
        let axis = Axis.index(arguments[Self.axis], rank: shape.count)
        let positions = shape.indices.dropFirst().filter { $0 != axis }
        func mean(_ value: ValueID, over axes: [Int], _ name: String) -> ValueID {
            lowering.emit(
                .reduce(ReduceOp(.mean, axes: axes, keepDims: true)), [value], name)
        }
        func binary(_ function: BinaryFunction, _ a: ValueID, _ b: ValueID, _ name: String)
            -> ValueID
        {
            lowering.emit(.binary(BinaryOp(function)), [a, b], name)
        }
        // Of an instance, [N, 1..., C]; the layer's follow from them.
        let instanceMean = mean(x, over: positions, "instance_mean")
        let instanceVariance = mean(
            binary(.squaredDifference, x, instanceMean, "squares"), over: positions,
            "instance_variance")
        let layerMean = mean(instanceMean, over: [axis], "layer_mean")
        let spread = mean(
            binary(.squaredDifference, instanceMean, layerMean, "spread"), over: [axis], "spread")
        let layerVariance = binary(
            .add, mean(instanceVariance, over: [axis], "inner_variance"), spread, "layer_variance")
        let mixedMean = lowering.mixture(
            [instanceMean, layerMean, lowering.channel("moving_mean", axis, of: shape)],
            "mean_weights", "mean")
        let mixedVariance = lowering.mixture(
            [
                instanceVariance, layerVariance,
                lowering.channel("moving_variance", axis, of: shape),
            ], "variance_weights", "variance")
        let shifted = lowering.emit(
            .unary(UnaryOp(UnaryFunction(.affine, 1, arguments[Self.epsilon]))), [mixedVariance],
            "epsilon")
        let deviation = lowering.emit(
            .unary(UnaryOp(UnaryFunction(.squareRoot))), [shifted], "deviation")
        let centered = binary(.subtract, x, mixedMean, "centered")
        let normalized = binary(.divide, centered, deviation, "normalized")
        return GammaAndBeta(arguments).lower(normalized, axes: [axis], &lowering)
    }
}

extension Lowering {
    /// A variable with a number for each channel as it broadcasts to `shape`.
    fileprivate mutating func channel(_ name: String, _ axis: Int, of shape: [Int]) -> ValueID {
        broadcastable(weight(name), [axis], of: shape)
    }

    /// The sum of three statistics by the softmax of a variable.
    fileprivate mutating func mixture(
        _ statistics: [ValueID], _ weights: String, _ name: String
    ) -> ValueID {
        let shares = emit(.softmax(SoftmaxOp(axes: [0])), [weight(weights)], "\(name)_shares")
        let parts = statistics.enumerated().map { index, value in
            let share = emit(
                .slice(SliceOp(starts: [index], sizes: [1])), [shares], "\(name)_share")
            return emit(.binary(BinaryOp(.multiply)), [value, share], "\(name)_part")
        }
        return parts.dropFirst().reduce(parts[0]) {
            emit(.binary(BinaryOp(.add)), [$0, $1], name)
        }
    }
}
