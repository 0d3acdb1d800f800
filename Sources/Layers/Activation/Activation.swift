import Diagnostics
import IR
import Spec

/// A function from `keras.activations` by its name, `keras.layers.Activation`.
package struct Activation: ActivationLayer {
    package static let className = "Activation"
    package static let kerasPage = KerasPage.at("layers/core_layers/activation")
    package static let summary = "A function from keras.activations by its name."
    package static let formula = "output = activation(x)"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - Dense: {units: 16}
          - Activation: {activation: silu}
        """

    static let activation = Argument<ActivationFunction>.activation(
        "activation", default: nil, "The function's name: `relu`, `softmax`, `gelu`...")
    package static let schema: [any ArgumentDescriptor] = [activation]

    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var activation: ActivationFunction? { arguments[Self.activation] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        return check.activated(inputs[0], arguments[Self.activation], argument: "activation")
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.activation(arguments[Self.activation], inputs[0])
    }
}
