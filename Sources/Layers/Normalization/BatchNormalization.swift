import Diagnostics
import IR
import Spec

/// Normalizes each channel by the mean and variance seen in training, `keras.layers.BatchNormalization`
/// (Ioffe & Szegedy, https://arxiv.org/abs/1502.03167).
package struct BatchNormalization: Layer {
    package static let className = "BatchNormalization"
    package static let aliases = ["BatchNorm"]
    package static let summary = "Normalizes each channel by the running mean and variance."
    package static let formula =
        "output = gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta, along axis"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 1]}
          - Conv2D: {filters: 32, kernel_size: 3, use_bias: false}
          - BatchNormalization
          - ReLU
        """

    static let axis = Argument.integer(
        "axis", default: -1, "The axis that is normalized index by index: the channels.")
    static let meanInitializer = TrainingArguments.initializer("moving_mean", default: .zeros)
    static let varianceInitializer = TrainingArguments.initializer(
        "moving_variance", default: .ones)
    static let renorm = Argument.boolean(
        "renorm", default: false, "Training: whether batches are renormalized; adds variables.")

    package static let schema: [any ArgumentDescriptor] =
        [
            axis,
            Argument.number(
                "momentum", default: 0.99, "Training: how slowly the running statistics follow."),
            GammaAndBeta.epsilon, GammaAndBeta.center, GammaAndBeta.scale,
            GammaAndBeta.betaInitializer, GammaAndBeta.gammaInitializer, meanInitializer,
            varianceInitializer,
        ] + GammaAndBeta.rules + [
            renorm,
            Argument<TrainingOnly>.trainingOnly(
                "renorm_clipping", "Training: how far renormalization may correct."),
            Argument.number(
                "renorm_momentum", default: 0.99, "Training: how slowly renormalization follows."),
            Argument<TrainingOnly>.trainingOnly(
                "synchronized", default: "false", "Training: statistics over all devices."),
        ]

    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        _ = check.resolveAxis(arguments[Self.axis], of: inputs[0])
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let axis = Axis.index(arguments[Self.axis], rank: inputs[0].rank + 1)
        let size = [inputs[0].shape[axis - 1]]
        let mean = arguments[Self.meanInitializer]
        let variance = arguments[Self.varianceInitializer]
        var statistics = [("moving_mean", mean), ("moving_variance", variance)]
        if arguments[Self.renorm] {
            statistics += [
                ("moving_stddev", variance), ("renorm_mean", mean), ("renorm_stddev", variance),
            ]
        }
        return GammaAndBeta(arguments).weights(size)
            + statistics.map { WeightSpec($0.0, size, $0.1, trainable: false) }
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let type = lowering.type(x)
        let axis = Axis.index(arguments[Self.axis], rank: type.rank)
        let mean = lowering.weight("moving_mean")
        let variance = lowering.weight("moving_variance")
        let (gamma, beta) = GammaAndBeta(arguments).vectors(type.shape[axis], &lowering)
        return lowering.emit(
            .batchNormalization(
                BatchNormalizationOp(axis: axis, epsilon: arguments[GammaAndBeta.epsilon])),
            [x, mean, variance, gamma, beta])
    }
}
