import IR
import Spec

/// A rectifier that lets a part of what is negative through, `keras.layers.LeakyReLU`.
package struct LeakyReLU: ElementwiseLayer {
    package static let className = "LeakyReLU"
    package static let kerasPage = KerasPage.named("leaky_relu")
    package static let summary = "A rectifier that lets a part of what is negative through."
    package static let formula = "output = x if x >= 0, else negative_slope * x"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - LeakyReLU: {negative_slope: 0.1}
        """

    static let slope = Argument.number(
        "negative_slope", default: 0.3, minimum: 0, former: ["alpha"], "The slope below 0.")
    package static let schema: [any ArgumentDescriptor] = [slope]

    package static let castsIntegers = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    var function: UnaryFunction { UnaryFunction(.leakyReLU, arguments[Self.slope]) }
}
