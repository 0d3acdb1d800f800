import IR
import Spec

/// The mean of tensors, element by element, `keras.layers.Average`.
package struct Average: ElementwiseMerge {
    package static let className = "Average"
    package static let summary = "The mean of tensors, element by element."
    package static let formula = "output = (x1 + x2 + ... + xn) / n"
    package static let example = """
        layers:
          - Input: {shape: [8], name: a}
          - Input: {shape: [8], name: b}
          - Average: {inputs: [a, b]}
        """
    static let function = BinaryFunction.add

    package init(_ arguments: Arguments) {}

    func finish(_ sum: ValueID, count: Int, _ lowering: inout Lowering) -> ValueID {
        lowering.emit(.unary(UnaryOp(UnaryFunction(.affine, 1 / Double(count), 0))), [sum])
    }
}
