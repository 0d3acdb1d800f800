import IR
import Spec

/// Preprocessing layers behind each other as one layer, `keras.layers.Pipeline`: at inference what a
/// `Sequential` of them is.
package struct Pipeline: Layer {
    package static let className = "Pipeline"
    package static let kerasPage = KerasPage.at("layers/preprocessing_layers")
    package static let summary = "Preprocessing layers behind each other as one layer."
    package static let formula = Sequential.formula
    package static let example = """
        layers:
          - Input: {shape: [40, 60, 3]}
          - Pipeline:
              layers:
                - Resizing: {height: 32, width: 32}
                - Rescaling: {scale: 0.00392156862745098}
        """

    package static let schema = Sequential.schema

    private let sequence: Sequential

    package init(_ arguments: Arguments) { sequence = Sequential(arguments) }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        sequence.outputType(inputs, &check)
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        sequence.outputMask(inputs, masks)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] { sequence.weights(inputs) }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        sequence.lower(inputs, &lowering)
    }
}
