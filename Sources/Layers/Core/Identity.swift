import IR
import Spec

/// Nothing: what comes in goes out, `keras.layers.Identity`.
package struct Identity: Layer {
    package static let className = "Identity"
    package static let summary = "What comes in goes out."
    package static let formula = "output = x"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - Identity
        """

    package static let keepsMask = true
    package static let maskFlow = MaskFlow.isItsInput

    package init(_ arguments: Arguments) {}

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        inputs[0]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID { inputs[0] }
}
