import IR
import Spec

/// The rectifier in all its forms, `keras.layers.ReLU`.
package struct ReLU: ElementwiseLayer {
    package static let className = "ReLU"
    package static let kerasPage = KerasPage.named("relu")
    package static let summary =
        "Zero for what is negative, with a slope, a threshold or a maximum."
    package static let formula =
        "output = min(x, max_value) if x > threshold, else negative_slope * (x - threshold)"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - ReLU: {max_value: 6}
        """

    static let maximum = Argument<Double>.number(
        "max_value", minimum: 0, "The largest output; `null` for none."
    ).orNull()
    static let slope = Argument.number(
        "negative_slope", default: 0, minimum: 0, "The slope below the threshold.")
    static let threshold = Argument.number(
        "threshold", default: 0, minimum: 0, "Where the output begins to follow the input.")
    package static let schema: [any ArgumentDescriptor] = [maximum, slope, threshold]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    /// The simplest function that is the same.
    var function: UnaryFunction {
        let maximum = arguments[Self.maximum]
        let slope = arguments[Self.slope]
        let threshold = arguments[Self.threshold]
        switch (maximum, slope, threshold) {
        case (nil, 0, 0): return UnaryFunction(.relu)
        case (let maximum?, 0, 0): return UnaryFunction(.clippedReLU, maximum)
        case (nil, let slope, 0): return UnaryFunction(.leakyReLU, slope)
        default:
            return UnaryFunction(
                .generalReLU, maximum ?? .infinity, slope, threshold)
        }
    }
}
