import IR
import Spec

/// The sum of tensors, `keras.layers.Add`.
package struct Add: ElementwiseMerge {
    package static let className = "Add"
    package static let summary = "Adds tensors."
    package static let formula = "output = x1 + x2 + ..."
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Add: {inputs: [a, b]}
        """
    static let function = BinaryFunction.add

    package init(_ arguments: Arguments) {}
}
