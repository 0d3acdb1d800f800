import IR
import Spec

/// Adds noise in training, `keras.layers.GaussianNoise`; nothing at inference.
package struct GaussianNoise: TrainingNoise {
    package static let className = "GaussianNoise"
    package static let summary = "Adds noise in training."
    package static let formula = "output = x at inference; in training x + noise of mean 0"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - GaussianNoise: {stddev: 0.1}
        """

    static let deviation = Argument.number(
        "stddev", minimum: 0, former: ["sigma"],
        "Training: the standard deviation of the noise, from 0 to 1.")
    package static let schema: [any ArgumentDescriptor] = [deviation, TrainingArguments.seed]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    func check(_ input: TensorType, _ check: inout LayerCheck) {
        check.requireFraction(arguments[Self.deviation], argument: "stddev")
    }
}
