import Diagnostics
import IR
import Spec

/// A vector as each step of a sequence, `keras.layers.RepeatVector`.
package struct RepeatVector: Layer {
    package static let className = "RepeatVector"
    package static let summary = "Repeats a vector as each step of a sequence."
    package static let formula = "output[t, c] = x[c], for t in 0..<n"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - RepeatVector: {n: 4}
        """

    static let count = Argument.integer("n", minimum: 1, "How many steps.")
    package static let schema: [any ArgumentDescriptor] = [count]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs), check.requireRank(inputs, axes: ["features"]) else {
            return nil
        }
        return TensorType(.float32, [arguments[Self.count], inputs[0].shape[0]])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(inputs[0]).shape
        let row = lowering.reshape(inputs[0], [shape[0], 1, shape[1]], "row")
        return lowering.emit(
            .resize(ResizeOp(.nearest, sizes: [shape[0], arguments[Self.count], shape[1]])), [row])
    }
}
