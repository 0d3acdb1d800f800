import IR
import Spec

/// Normalizes each example by its own mean and variance, `keras.layers.LayerNormalization`
/// (Ba et al., https://arxiv.org/abs/1607.06450).
package struct LayerNormalization: AxesLayer {
    package static let className = "LayerNormalization"
    package static let aliases = ["LayerNorm"]
    package static let summary = "Normalizes each example by its own mean and variance."
    package static let formula =
        "output = gamma * (x - mean(x)) / sqrt(variance(x) + epsilon) + beta, over axis"
    package static let example = """
        layers:
          - Input: {shape: [16, 64]}
          - LayerNormalization: {epsilon: 1.0e-6}
        """

    static let axis = Argument.axes(
        "axis", default: [-1], "The axes over which mean and variance are taken.")
    package static let schema: [any ArgumentDescriptor] =
        [axis, GammaAndBeta.epsilon] + GammaAndBeta.schema

    package static let keepsMask = true

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        // Keras sorts the axes as they are written, negative ones first.
        let rank = inputs[0].rank + 1
        let shape = arguments[Self.axis].sorted().map {
            inputs[0].shape[Axis.index($0, rank: rank) - 1]
        }
        return GammaAndBeta(arguments).weights(shape)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let axes = axes(of: lowering.type(x))
        let normalized = lowering.emit(
            .normalize(
                NormalizeOp(.standard, axes: axes, epsilon: arguments[GammaAndBeta.epsilon])),
            [x], "normalized")
        return GammaAndBeta(arguments).lower(normalized, axes: axes, &lowering)
    }
}
