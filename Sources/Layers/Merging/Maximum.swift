import IR
import Spec

/// The largest of tensors, element by element, `keras.layers.Maximum`.
package struct Maximum: ElementwiseMerge {
    package static let className = "Maximum"
    package static let summary = "The largest of tensors, element by element."
    package static let formula = "output = max(x1, x2, ...)"
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Maximum: {inputs: [a, b]}
        """
    static let function = BinaryFunction.maximum
    static let masking = MergeMasking.others

    package init(_ arguments: Arguments) {}
}
