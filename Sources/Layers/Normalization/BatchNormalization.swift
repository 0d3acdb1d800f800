import Diagnostics
import IR
import Spec

/// Normalizes each channel by the mean and variance seen in training, `keras.layers.BatchNormalization`
/// (Ioffe & Szegedy, https://arxiv.org/abs/1502.03167).
///
/// `mode` says where mean and variance come from when the model runs:
///
/// - `running`: the averages that training kept, `moving_mean` and `moving_variance`: what Keras does
///   at inference, and what folds into the layers around.
/// - `batch`: the batch at hand, as Keras does with `training=True`: variance over all but the channel
///   axis, divided by the number of elements. The samples of a batch then depend on each other.
/// - `reference`: a batch that was chosen once (Salimans et al., https://arxiv.org/abs/1606.03498); its
///   statistics are the variables `reference_mean` and `reference_variance`.
/// - `frozen`: as `running`, in training too, which then changes no variable of the layer:
///   `trainable = False` in Keras.
package struct BatchNormalization: Layer {
    package static let className = "BatchNormalization"
    package static let aliases = ["BatchNorm"]
    package static let summary = "Normalizes each channel by the running mean and variance."
    package static let formula =
        "output = gamma * (x - mean) / sqrt(variance + epsilon) + beta, along axis; mean and variance "
        + "are moving_mean and moving_variance unless `mode` says otherwise"
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

    package static let castsIntegers = true
    package static let keepsMask = true
    package static let maskFlow = MaskFlow.renews

    package enum Mode: String, CaseIterable, Sendable { case running, batch, reference, frozen }

    static let mode = Argument<Mode>.choice(
        "mode", default: .running,
        synonyms: [
            "moving": .running, "inference": .running, "eval": .running, "train": .batch,
            "training": .batch, "virtual": .reference, "freeze": .frozen,
        ],
        "Where mean and variance come from: `running` averages, the `batch` at hand, a `reference` "
            + "batch; `frozen` averages stay in training too.")
    package static let ownSchema: [any ArgumentDescriptor] = [mode]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var usesWholeBatch: Bool { arguments[Self.mode] == .batch }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        _ = check.resolveAxis(arguments[Self.axis], of: inputs[0])
        if arguments[Self.mode] == .batch, check.mask() != nil {
            check.error(
                .notSupported, "`mode: batch` can't leave out the steps that a mask marks",
                at: .argument("mode"), label: "its input carries a mask", inputs: [0])
        }
        let mode = arguments[Self.mode]
        if arguments[Self.renorm], mode == .batch || mode == .reference {
            check.error(
                .argumentConflict,
                "`renorm` corrects running statistics, and `mode: \(mode.rawValue)` uses none",
                at: .argument("renorm"), label: "has nothing to correct",
                helps: ["leave `renorm` out, or `mode`"])
        }
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let axis = Axis.index(arguments[Self.axis], rank: inputs[0].rank + 1)
        let size = [inputs[0].shape[axis - 1]]
        let mean = arguments[Self.meanInitializer]
        let variance = arguments[Self.varianceInitializer]
        let mode = arguments[Self.mode]
        var statistics =
            mode == .reference
            ? [("reference_mean", mean), ("reference_variance", variance)]
            : [("moving_mean", mean), ("moving_variance", variance)]
        if arguments[Self.renorm], mode != .reference {
            statistics += [
                ("moving_stddev", variance), ("renorm_mean", mean), ("renorm_stddev", variance),
            ]
        }
        var learned = GammaAndBeta(arguments).weights(size)
        for index in learned.indices where mode == .frozen { learned[index].trainable = false }
        return learned + statistics.map { WeightSpec($0.0, size, $0.1, trainable: false) }
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let type = lowering.type(x)
        let axis = Axis.index(arguments[Self.axis], rank: type.rank)
        let mode = arguments[Self.mode]
        if mode == .batch {
            let normalized = lowering.emit(
                .normalize(
                    NormalizeOp(
                        .standard, axes: (0..<type.rank).filter { $0 != axis },
                        epsilon: arguments[GammaAndBeta.epsilon])), [x], "normalized")
            return GammaAndBeta(arguments).lower(normalized, axes: [axis], &lowering)
        }
        let kept = mode == .reference ? "reference" : "moving"
        let mean = lowering.weight("\(kept)_mean")
        let variance = lowering.weight("\(kept)_variance")
        let (gamma, beta) = GammaAndBeta(arguments).vectors(type.shape[axis], &lowering)
        return lowering.emit(
            .batchNormalization(
                BatchNormalizationOp(axis: axis, epsilon: arguments[GammaAndBeta.epsilon])),
            [x, mean, variance, gamma, beta])
    }
}
