import IR
import Spec

/// The difference of two tensors, `keras.layers.Subtract`.
package struct Subtract: ElementwiseMerge {
    package static let className = "Subtract"
    package static let summary = "Subtracts the second of two tensors from the first."
    package static let formula = "output = x1 - x2"
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Subtract: {inputs: [a, b]}
        """
    static let function = BinaryFunction.subtract
    package static let inputCount = InputCount.exactly(2)

    package init(_ arguments: Arguments) {}
}
