import Diagnostics
import IR
import Spec

/// A rectifier with learned slopes, `keras.layers.PReLU` (He et al.,
/// https://arxiv.org/abs/1502.01852).
package struct PReLU: Layer {
    package static let className = "PReLU"
    package static let kerasPage = KerasPage.named("prelu")
    package static let summary = "A rectifier whose slopes below 0 are learned."
    package static let formula =
        "output = x if x >= 0, else alpha * x, with an alpha for each element"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8]}
          - PReLU: {shared_axes: [1, 2]}
        """

    static let initializer = TrainingArguments.initializer("alpha", default: .zeros)
    static let sharedAxes = Argument<[Int]>.axes(
        "shared_axes", "The axes along which one slope serves, counted from 1."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] = [
        initializer, TrainingArguments.regularizer("alpha"), TrainingArguments.constraint("alpha"),
        sharedAxes,
    ]

    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        let rank = inputs[0].rank
        for axis in arguments[Self.sharedAxes] ?? [] {
            if axis > 0 {
                _ = check.resolveAxis(axis, of: inputs[0], argument: "shared_axes")
                continue
            }
            // Keras takes these for one axis further to the front than everywhere else.
            check.error(
                .notSupported,
                "`shared_axes` of `\(check.name)` counts from 1, \(axis) is not supported",
                at: .argument("shared_axes"), label: "1 to \(rank)", inputs: [0],
                helps: rank + axis > 0 ? ["what Keras takes it for is axis \(rank + axis)"] : [])
        }
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        var shape = inputs[0].shape
        for axis in arguments[Self.sharedAxes] ?? [] {
            shape[axis - 1] = 1
        }
        return [WeightSpec("alpha", shape, arguments[Self.initializer])]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.emit(.binary(BinaryOp(.prelu)), [inputs[0], lowering.weight("alpha")])
    }
}
