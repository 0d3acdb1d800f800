import IR
import Spec

/// Marks steps of time to skip, `keras.layers.Masking`: those whose features all equal `mask_value`,
/// which become zeros.
///
/// Layers behind it that know masks (recurrent ones, `GlobalAveragePooling1D`...) skip these steps, as
/// in Keras.
package struct Masking: Layer {
    package static let className = "Masking"
    package static let summary = "Marks the steps of time that layers behind it skip."
    package static let formula = "mask[t] = any over c of x[t, c] != mask_value; output = mask * x"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - Masking: {mask_value: -1.0}
          - LSTM: {units: 16}
        """

    static let value = Argument<Double>.number(
        "mask_value", default: 0, "What all features of a masked step are.")
    package static let schema: [any ArgumentDescriptor] = [value]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.requireFloat(inputs) && check.requireAnAxis(inputs) ? inputs[0] : nil
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        Array(inputs[0].shape.dropLast())
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(inputs[0]).shape
        // Compared in float32, as Keras does.
        let value = Double(Float(arguments[Self.value]))
        let differs = lowering.emit(
            .unary(UnaryOp(UnaryFunction(.notEqual, value))), inputs, "differs")
        let mask = lowering.emit(
            .reduce(ReduceOp(.maximum, axes: [shape.count - 1], keepDims: true)), [differs], "any")
        lowering.outputMask = lowering.reshape(mask, Array(shape.dropLast()), "mask")
        return lowering.emit(.binary(BinaryOp(.keep)), [inputs[0], mask])
    }
}
