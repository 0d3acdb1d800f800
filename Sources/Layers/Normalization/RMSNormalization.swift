import Diagnostics
import IR
import Spec

/// Divides each example by its root mean square, `keras.layers.RMSNormalization`
/// (Zhang & Sennrich, https://arxiv.org/abs/1910.07467).
package struct RMSNormalization: Layer {
    package static let className = "RMSNormalization"
    package static let aliases = ["RMSNorm"]
    package static let summary = "Divides each example by its root mean square."
    package static let formula = "output = scale * x / sqrt(mean(x^2) + epsilon), over axis"
    package static let example = """
        layers:
          - Input: {shape: [16, 64]}
          - RMSNormalization
        """

    static let axis = Argument.axes(
        "axis", default: [-1], "The axes over which the mean is taken, the last ones.")
    static let epsilon = Argument.number(
        "epsilon", default: 1e-6, minimum: 0, "Added to the mean, against division by 0.")
    package static let schema: [any ArgumentDescriptor] = [axis, epsilon]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        if let axes = check.resolveAxes(arguments[Self.axis], of: inputs[0]),
            axes != Array((inputs[0].rank - axes.count)..<inputs[0].rank)
        {
            check.error(
                .notSupported,
                "RMSNormalization of `\(check.name)` should go over the last axes, not over axis "
                    + Axis.list(axes.map { "\($0 + 1)" }),
                at: .argument("axis"), label: "Keras multiplies `scale` along the last axes",
                inputs: [0], helps: ["`Permute` brings the axis to the end, and back"])
        }
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        [WeightSpec("scale", inputs[0].shape.suffix(arguments[Self.axis].count), .ones)]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axes = Axis.indices(arguments[Self.axis], rank: lowering.type(inputs[0]).rank)
        let normalized = lowering.emit(
            .normalize(
                NormalizeOp(.rootMeanSquare, axes: axes, epsilon: arguments[Self.epsilon])),
            inputs, "normalized")
        return lowering.emit(
            .binary(BinaryOp(.multiply)), [normalized, lowering.weight("scale")])
    }
}
