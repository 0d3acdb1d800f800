import Diagnostics
import IR
import Spec

/// Images of another size, `keras.layers.Resizing`, with half-pixel centers.
package struct Resizing: Layer {
    package static let className = "Resizing"
    package static let summary = "Resamples an image to another size."
    package static let formula =
        "output[i] = x at (i + 0.5) * size / new size - 0.5, along both axes"
    package static let example = """
        layers:
          - Input: {shape: [48, 64, 3]}
          - Resizing: {height: 32, width: 32}
        """

    static let height = Argument.integer("height", minimum: 1, "The new height.")
    static let width = Argument.integer("width", minimum: 1, "The new width.")
    static let interpolation = Argument<Interpolation>.choice(
        "interpolation", default: .bilinear, "How values between cells are found.")
    package static let schema: [any ArgumentDescriptor] = [
        height, width, interpolation,
        Argument<DefaultOnly>.defaultOnly(
            "crop_to_aspect_ratio", default: "false", reason: "the image is not cropped",
            help: "`CenterCrop` before it cuts the image", "Whether the image is cropped first."),
        Argument<DefaultOnly>.defaultOnly(
            "pad_to_aspect_ratio", default: "false", reason: "the image is not padded",
            help: "`ZeroPadding2D` before it pads the image", "Whether the image is padded first."),
        Argument<TrainingOnly>.trainingOnly(
            "fill_mode", default: "constant", "What padding holds; there is none."),
        Argument<TrainingOnly>.trainingOnly(
            "fill_value", default: "0.0", "What padding holds; there is none."),
        Argument<DefaultOnly>.defaultOnly(
            "antialias", default: "false", reason: "there is no antialiasing yet",
            "Whether the image is smoothed before it gets smaller."),
        DataFormat.argument,
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        check.requireInterpolation(arguments[Self.interpolation])
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: 2, format))
        else { return nil }
        return TensorType(
            .float32,
            format.join(
                [arguments[Self.height], arguments[Self.width]],
                format.split(inputs[0].shape).channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.resize(
            inputs[0], to: [arguments[Self.height], arguments[Self.width]],
            arguments[DataFormat.argument], arguments[Self.interpolation])
    }
}
