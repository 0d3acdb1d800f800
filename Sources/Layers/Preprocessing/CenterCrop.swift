import Diagnostics
import IR
import Spec

/// The middle of an image, `keras.layers.CenterCrop`. An image that is smaller along an axis is cut to
/// the aspect ratio and enlarged instead, with bilinear interpolation.
package struct CenterCrop: Layer {
    package static let className = "CenterCrop"
    package static let summary = "Cuts the middle out of an image."
    package static let formula =
        "output = x from (size - new size) / 2, rounded down, along both axes"
    package static let example = """
        layers:
          - Input: {shape: [48, 64, 3]}
          - CenterCrop: {height: 32, width: 32}
        """

    static let height = Argument.integer("height", minimum: 1, "The height that stays.")
    static let width = Argument.integer("width", minimum: 1, "The width that stays.")
    package static let schema: [any ArgumentDescriptor] = [height, width, DataFormat.argument]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var sizes: [Int] { [arguments[Self.height], arguments[Self.width]] }
    private var format: DataFormat { arguments[DataFormat.argument] }

    private func enlarges(_ spatial: [Int]) -> Bool {
        zip(spatial, sizes).contains { $0 < $1 }
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: 2, format)) else {
            return nil
        }
        let (spatial, channels) = format.split(inputs[0].shape)
        // Resampling makes fractions.
        if enlarges(spatial), !check.requireFloat(inputs) { return nil }
        return TensorType(inputs[0].elementType, format.join(sizes, channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let spatial = format.split(Array(lowering.type(inputs[0]).shape.dropFirst())).spatial
        guard enlarges(spatial) else { return lowering.cropped(inputs[0], to: sizes, format) }
        let part = lowering.cropped(
            inputs[0], to: AspectRatio.crop(spatial, to: sizes), format)
        return lowering.resize(part, to: sizes, format, .bilinear)
    }
}
