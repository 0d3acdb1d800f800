import IR
import Spec

/// The smallest of tensors, element by element, `keras.layers.Minimum`.
package struct Minimum: ElementwiseMerge {
    package static let className = "Minimum"
    package static let summary = "The smallest of tensors, element by element."
    package static let formula = "output = min(x1, x2, ...)"
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Minimum: {inputs: [a, b]}
        """
    static let function = BinaryFunction.minimum
    static let masking = MergeMasking.others

    package init(_ arguments: Arguments) {}
}
