import IR
import Spec

/// All axes as one, `keras.layers.Flatten`. With `channels_first` the channels are brought to the end
/// first, so that weights fit either format.
package struct Flatten: Layer {
    package static let className = "Flatten"
    package static let summary = "Makes one axis of all."
    package static let formula = "output = x as one row, channels last"
    package static let example = """
        layers:
          - Input: {shape: [7, 7, 64]}
          - Flatten
          - Dense: {units: 10}
        """

    package static let schema: [any ArgumentDescriptor] = [DataFormat.argument]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        TensorType(inputs[0].elementType, [inputs[0].count])
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        let shape = inputs[0].shape
        return shape.count < 2
            ? nil : shape.map(String.init).joined(separator: " * ") + " = \(output.shape[0])"
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let type = lowering.type(inputs[0])
        let x =
            type.rank > 2
            ? lowering.channelsLast(inputs[0], arguments[DataFormat.argument]) : inputs[0]
        return lowering.reshape(x, [type.shape[0], type.shape.dropFirst().reduce(1, *)])
    }
}
