import Diagnostics
import IR
import Spec

/// The middle of an image, `keras.layers.CenterCrop`.
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

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: 2, format)) else {
            return nil
        }
        let (spatial, channels) = format.split(inputs[0].shape)
        for (axis, argument) in [Self.height, Self.width].enumerated()
        where sizes[axis] > spatial[axis] {
            check.error(
                .notSupported,
                "the \(argument.name) of the input is \(spatial[axis]), less than the "
                    + "\(sizes[axis]) to cut out",
                at: .argument(argument.name), label: "larger than the input", inputs: [0],
                notes: ["Keras enlarges such an image, which is not supported"],
                helps: ["`Resizing` enlarges it"])
        }
        return TensorType(inputs[0].elementType, format.join(sizes, channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let format = arguments[DataFormat.argument]
        let shape = lowering.type(inputs[0]).shape
        let (spatial, channels) = format.split(Array(shape.dropFirst()))
        let starts = zip(spatial, sizes).map { ($0 - $1) / 2 }
        return lowering.emit(
            .slice(
                SliceOp(
                    starts: [0] + format.join(starts, 0),
                    sizes: [shape[0]] + format.join(sizes, channels))), inputs)
    }
}
