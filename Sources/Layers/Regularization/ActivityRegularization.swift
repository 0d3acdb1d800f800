import IR
import Spec

/// A penalty on what passes through in training, `keras.layers.ActivityRegularization`.
package struct ActivityRegularization: TrainingNoise {
    package static let className = "ActivityRegularization"
    package static let summary = "A penalty in training on what passes through."
    package static let formula =
        "output = x; in training the loss grows by l1 * sum|x| + l2 * sum(x^2)"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - ActivityRegularization: {l2: 0.01}
        """

    package static let schema: [any ArgumentDescriptor] = [
        Argument.number(
            "l1", default: 0, minimum: 0, "Training: the weight of the sum of absolute values."),
        Argument.number(
            "l2", default: 0, minimum: 0, "Training: the weight of the sum of squares."),
    ]

    package init(_ arguments: Arguments) {}

    func check(_ input: TensorType, _ check: inout LayerCheck) {}
}
