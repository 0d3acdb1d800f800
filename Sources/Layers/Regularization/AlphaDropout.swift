import Spec

/// Dropout that keeps mean and variance, for `selu` networks: `keras.layers.AlphaDropout`
/// (Klambauer et al., https://arxiv.org/abs/1706.02515); nothing at inference.
package struct AlphaDropout: DropoutLayer {
    package static let className = "AlphaDropout"
    package static let summary = "Dropout in training that keeps mean and variance, for selu."
    package static let formula = "output = x at inference"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - Dense: {units: 32, activation: selu}
          - AlphaDropout: {rate: 0.1}
        """

    package static let schema: [any ArgumentDescriptor] = [
        NoiseArguments.rate, NoiseArguments.noiseShape, TrainingArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }
}
