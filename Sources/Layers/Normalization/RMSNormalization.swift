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
        guard let axes = check.resolveAxes(arguments[Self.axis], of: inputs[0]) else {
            return inputs[0]
        }
        let last = Array((inputs[0].rank - axes.count)..<inputs[0].rank)
        guard axes == last else {
            check.error(
                .notSupported,
                "RMSNormalization of `\(check.name)` should go over the last axes, not over axis "
                    + Axis.list(axes.map { "\($0 + 1)" }),
                at: .argument("axis"), label: "Keras multiplies `scale` along the last axes",
                inputs: [0], helps: ["`Permute` brings the axis to the end, and back"])
            return inputs[0]
        }
        // Keras multiplies it along the last axes as it is, which then fails, or grows what comes out.
        let scale = scaleShape(inputs[0])
        if scale != inputs[0].shape.suffix(axes.count) {
            let sorted = arguments[Self.axis].sorted().map(String.init)
            check.error(
                .argumentValue,
                "`scale` of `\(check.name)` is \(TensorType(.float32, scale).shapeText) and doesn't "
                    + "fit the last axes of \(inputs[0].shapeText)",
                at: .argument("axis"),
                label: "Keras sorts these numbers as they stand, to \(Axis.list(sorted))",
                inputs: [0],
                helps: [
                    "count all axes from one end: `axis: ["
                        + last.map { "\($0 + 1)" }
                        .joined(separator: ", ") + "]`"
                ])
        }
        return inputs[0]
    }

    /// Keras sorts the axes as they are written, negative ones first.
    private func scaleShape(_ input: TensorType) -> [Int] {
        let rank = input.rank + 1
        return arguments[Self.axis].sorted().map { input.shape[Axis.index($0, rank: rank) - 1] }
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        [WeightSpec("scale", scaleShape(inputs[0]), .ones)]
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
