import IR
import Spec

/// Normalizes each channel of each example by its own mean and variance
/// (Ulyanov et al., https://arxiv.org/abs/1607.08022). Keras has it as
/// `GroupNormalization(groups=-1)`, which computes the same.
///
///     output[n, p, c] = gamma[c] * (x[n, p, c] - mean[n, c]) / sqrt(variance[n, c] + epsilon) + beta[c]
///
/// with mean and variance over all positions `p`, the variance divided by their number.
package struct InstanceNormalization: Layer {
    package static let className = "InstanceNormalization"
    package static let aliases = ["InstanceNorm"]
    package static let kerasPage = KerasPage.none
    package static let summary = "Normalizes each channel of each example by itself."
    package static let formula =
        "output = gamma * (x - mean) / sqrt(variance + epsilon) + beta, mean and variance over all "
        + "positions of one channel of one example"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 32]}
          - InstanceNormalization
        """

    static let axis = Argument.integer("axis", default: -1, "The axis of the channels.")
    package static let schema: [any ArgumentDescriptor] =
        [axis, GammaAndBeta.epsilon] + GammaAndBeta.schema

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
        return GammaAndBeta(arguments).weights([inputs[0].shape[axis - 1]])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let rank = lowering.type(inputs[0]).rank
        let axis = Axis.index(arguments[Self.axis], rank: rank)
        let normalized = lowering.emit(
            .normalize(
                NormalizeOp(
                    .standard, axes: (1..<rank).filter { $0 != axis },
                    epsilon: arguments[GammaAndBeta.epsilon])), inputs, "normalized")
        return GammaAndBeta(arguments).lower(normalized, axes: [axis], &lowering)
    }
}

extension LayerCheck {
    /// Reports an input that has no axis beside the channels, over which to take a mean.
    mutating func requirePositions(_ input: TensorType) {
        guard input.rank < 2, !bag.hasErrors else { return }
        error(
            .inputRank,
            "\(item.className) takes a mean over positions, and \(input.shapeText) has channels alone",
            label: "takes (..., channels)", inputs: [0],
            notes: ["every output would be `beta`"],
            helps: ["`LayerNormalization` takes the mean over the channels"])
    }
}
