import Diagnostics
import IR
import Spec

/// Each channel of each image stretched to the whole range of values, `keras.layers.AutoContrast`.
///
/// A channel that is the same everywhere stays as it is.
package struct AutoContrast: Layer {
    package static let className = "AutoContrast"
    // The page is spelt so.
    package static let kerasPage = KerasPage.named("auto_constrast")
    package static let summary = "Stretches each channel of an image to the whole range of values."
    package static let formula =
        "output = low + (high - low) * (x - min(x)) / (max(x) - min(x)), min and max over the positions "
        + "of a channel, low and high from value_range"
    package static let example = """
        layers:
          - Input: {shape: [32, 32, 3]}
          - AutoContrast: {value_range: [0, 1]}
        """

    static let range = Argument<[Double]>.numbers(
        "value_range", default: [0, 255], "The smallest and the largest value of an image.")
    package static let schema: [any ArgumentDescriptor] = [range]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let range = arguments[Self.range]
        if range.count != 2 || range[0] == range[1] {
            check.error(
                .argumentValue, "`value_range` of `\(check.name)` should be two different numbers",
                at: .argument("value_range"), label: "should be `[low, high]`")
        }
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: ["height", "width", "channels"])
        else { return nil }
        return inputs[0]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let range = arguments[Self.range].sorted()
        let extent = range[1] - range[0]
        func binary(_ function: BinaryFunction, _ a: ValueID, _ b: ValueID, _ name: String)
            -> ValueID
        {
            lowering.emit(.binary(BinaryOp(function)), [a, b], name)
        }
        func extreme(_ kind: ReduceOp.Kind, _ name: String) -> ValueID {
            lowering.emit(.reduce(ReduceOp(kind, axes: [1, 2], keepDims: true)), [x], name)
        }
        let low = extreme(.minimum, "low")
        let high = extreme(.maximum, "high")
        let centered = binary(.subtract, x, low, "centered")
        let fraction = binary(
            .divide, centered, binary(.subtract, high, low, "span"), "fraction")
        let stretched = lowering.unary(
            [UnaryFunction(.clippedReLU, 1), UnaryFunction(.affine, extent, range[0])], fraction,
            "stretched")
        // What is no number stays what it was: 0 / 0 where a channel is flat, and infinities.
        let isStretched = binary(.equal, stretched, stretched, "is_stretched")
        let isLeft = lowering.unary([UnaryFunction(.affine, -1, 1)], isStretched, "is_left")
        return binary(
            .add, binary(.keep, stretched, isStretched, "where_stretched"),
            binary(.keep, x, isLeft, "where_left"), "joined")
    }
}
