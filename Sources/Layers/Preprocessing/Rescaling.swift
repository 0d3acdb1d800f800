import Diagnostics
import IR
import Spec

/// `x * scale + offset`, as for pixels: `keras.layers.Rescaling`.
package struct Rescaling: Layer {
    package static let className = "Rescaling"
    package static let summary = "Multiplies by a scale and adds an offset, as for pixels."
    package static let formula = "output = x * scale + offset"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 3]}
          - Rescaling: {scale: 0.00392156862745098}
        """

    static let scale = Argument<[Double]>.numbers(
        "scale", "The factor, or one for each channel.")
    static let offset = Argument.numbers(
        "offset", default: 0, "What is added, or one number for each channel.")
    package static let schema: [any ArgumentDescriptor] = [scale, offset]

    package static let castsIntegers = true
    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        for argument in [Self.scale, Self.offset] {
            let count = arguments[argument].count
            guard count > 1, count != inputs[0].shape.last else { continue }
            check.error(
                .shapeMismatch,
                "`\(argument.name)` has \(count) numbers, and the input has "
                    + (inputs[0].shape.last.map { "\($0) along its last axis" } ?? "no axis"),
                at: .argument(argument.name), label: "one number, or one for each channel",
                inputs: [0])
        }
        return inputs[0]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.scaleAndShift(
            inputs[0], arguments[Self.scale], arguments[Self.offset],
            axis: lowering.type(inputs[0]).rank - 1)
    }
}
