import IR
import Spec

/// The product of tensors, element by element, `keras.layers.Multiply`.
package struct Multiply: ElementwiseMerge {
    package static let className = "Multiply"
    package static let summary = "Multiplies tensors element by element."
    package static let formula = "output = x1 * x2 * ..."
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Multiply: {inputs: [a, b]}
        """
    static let function = BinaryFunction.multiply
    static let masking = MergeMasking.one

    package init(_ arguments: Arguments) {}
}
