import Spec

/// Drops elements in training, `keras.layers.Dropout`; nothing at inference.
package struct Dropout: DropoutLayer {
    package static let className = "Dropout"
    package static let summary = "Drops elements in training."
    package static let formula =
        "output = x at inference; in training elements are 0 with probability rate, else x / (1 - rate)"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - Dropout: {rate: 0.5}
        """

    package static let schema: [any ArgumentDescriptor] = [
        NoiseArguments.rate, NoiseArguments.noiseShape, TrainingArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
