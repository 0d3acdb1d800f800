import Spec

/// Multiplies by noise around 1 in training, `keras.layers.GaussianDropout`; nothing at inference.
package struct GaussianDropout: DropoutLayer {
    package static let className = "GaussianDropout"
    package static let summary = "Multiplies by noise around 1 in training."
    package static let formula =
        "output = x at inference; in training x * noise of mean 1 and deviation sqrt(rate / (1 - rate))"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - GaussianDropout: {rate: 0.3}
        """

    package static let schema: [any ArgumentDescriptor] = [
        NoiseArguments.rate, TrainingArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
