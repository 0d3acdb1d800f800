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
    static let epsilon = Argument.number(
        "epsilon", default: 1e-3, minimum: 0, "Added to the variance, against division by 0.")
    static let center = Argument.boolean("center", default: true, "Whether `beta` is added.")
    static let scale = Argument.boolean("scale", default: true, "Whether `gamma` multiplies.")
    static let betaInitializer = Argument<Initializer>.initializer(
        "beta_initializer", default: .zeros, "What `beta` holds when no weights are given.")
    static let gammaInitializer = Argument<Initializer>.initializer(
        "gamma_initializer", default: .ones, "What `gamma` holds when no weights are given.")
    static let meanInitializer = Argument<Initializer>.initializer(
        "moving_mean_initializer", default: .zeros,
        "What `moving_mean` holds when no weights are given.")
    static let varianceInitializer = Argument<Initializer>.initializer(
        "moving_variance_initializer", default: .ones,
        "What `moving_variance` holds when no weights are given.")

    package static let schema: [any ArgumentDescriptor] = [
        axis,
        Argument.number(
            "momentum", default: 0.99, "Training: how slowly the running statistics follow."),
        epsilon, center, scale, betaInitializer, gammaInitializer, meanInitializer,
        varianceInitializer,
        Argument<TrainingOnly>.trainingOnly("beta_regularizer", "Training: a penalty on `beta`."),
        Argument<TrainingOnly>.trainingOnly("gamma_regularizer", "Training: a penalty on `gamma`."),
        Argument<TrainingOnly>.trainingOnly("beta_constraint", "Training: a rule `beta` keeps."),
        Argument<TrainingOnly>.trainingOnly("gamma_constraint", "Training: a rule `gamma` keeps."),
        Argument<TrainingOnly>.trainingOnly(
            "synchronized", default: "false", "Training: statistics over all devices."),
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        _ = check.resolveAxis(arguments[Self.axis], of: inputs[0])
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let axis = arguments[Self.axis]
        let shape = inputs[0].shape
        let size = [axis < 0 ? shape[shape.count + axis] : shape[axis - 1]]
        var weights: [WeightSpec] = []
        if arguments[Self.scale] {
            weights.append(WeightSpec("gamma", size, arguments[Self.gammaInitializer]))
        }
        if arguments[Self.center] {
            weights.append(WeightSpec("beta", size, arguments[Self.betaInitializer]))
        }
        weights.append(
            WeightSpec("moving_mean", size, arguments[Self.meanInitializer], trainable: false))
        weights.append(
            WeightSpec(
                "moving_variance", size, arguments[Self.varianceInitializer], trainable: false))
        return weights
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let type = lowering.type(x)
        let axis = arguments[Self.axis] < 0 ? type.rank + arguments[Self.axis] : arguments[Self.axis]
        let size = [type.shape[axis]]
        let mean = lowering.weight("moving_mean")
        let variance = lowering.weight("moving_variance")
        let gamma =
            arguments[Self.scale]
            ? lowering.weight("gamma") : lowering.splat(1, shape: size, "gamma")
        let beta =
            arguments[Self.center]
            ? lowering.weight("beta") : lowering.splat(0, shape: size, "beta")
        return lowering.emit(
            .batchNormalization(
                BatchNormalizationOp(axis: axis, epsilon: arguments[Self.epsilon])),
            [x, mean, variance, gamma, beta])
    }
}
