import IR
import Spec

/// The exponential linear unit, `keras.layers.ELU` (Clevert et al., https://arxiv.org/abs/1511.07289).
package struct ELU: ElementwiseLayer {
    package static let className = "ELU"
    package static let summary = "Exponential below 0, the input itself above."
    package static let formula = "output = x if x > 0, else alpha * (exp(x) - 1)"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - ELU
        """

    static let alpha = Argument.number(
        "alpha", default: 1, "What the output falls to, negated, far below 0.")
    package static let schema: [any ArgumentDescriptor] = [alpha]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    var function: UnaryFunction { UnaryFunction(.elu, arguments[Self.alpha]) }
}
