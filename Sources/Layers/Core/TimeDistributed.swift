import Diagnostics
import IR
import Spec

/// One layer for each step of time, `keras.layers.TimeDistributed`.
///
/// Time is folded into the batch around the layer: (N, T, ...) acts as (N * T, ...). A mask (N, T, S)
/// masks the S steps of the layer inside; the output carries it on as it is.
package struct TimeDistributed: Layer {
    package static let className = "TimeDistributed"
    package static let kerasPage = KerasPage.at("layers/recurrent_layers/time_distributed")
    package static let summary = "Applies one layer to each step of time."
    package static let formula = "output[t] = layer(x[t])"
    package static let example = """
        layers:
          - Input: {shape: [3, 8, 8, 2]}
          - TimeDistributed:
              layer:
                Conv2D: {filters: 4, kernel_size: 3}
        """

    static let layer = Argument<LayerItem>.layer(
        "layer", allowsReuse: true,
        "The layer that each step goes through; `Reuse` for one that is used elsewhere too.")
    package static let schema: [any ArgumentDescriptor] = [layer]

    package static let keepsMask = true
    package static let maskFlow = MaskFlow.renews

    private let item: LayerItem

    package init(_ arguments: Arguments) { item = arguments[Self.layer] }

    private func step(_ input: TensorType) -> TensorType {
        TensorType(input.elementType, Array(input.shape.dropFirst()))
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard inputs[0].rank >= 2 else {
            check.error(
                .inputRank,
                "TimeDistributed takes steps of time and at least one axis more, and gets "
                    + inputs[0].shapeText,
                label: "takes (time, ...)", inputs: [0],
                helps: inputs[0].rank == 1
                    ? [
                        "for one number at each step, put `Reshape: {target_shape: "
                            + "[\(inputs[0].shape[0]), 1]}` before it"
                    ] : [])
            return nil
        }
        // Without time; Keras ignores what is no mask of steps.
        let mask = check.mask().map { Array($0.dropFirst()) }
        guard let output = check.nested(item, step(inputs[0]), mask: mask) else { return nil }
        return TensorType(output.elementType, [inputs[0].shape[0]] + output.shape)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        item.layer.weights([step(inputs[0])])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(inputs[0]).shape
        let steps = lowering.reshape(
            inputs[0], [shape[0] * shape[1]] + shape.dropFirst(2), "steps")
        let mask = lowering.mask().map { mask in
            let shape = lowering.type(mask).shape
            return lowering.reshape(
                mask, [shape[0] * shape[1]] + shape.dropFirst(2), "step_masks")
        }
        let output = lowering.nested(item, path: "", [steps], masks: [mask]).value
        let inner = lowering.type(output).shape.dropFirst()
        return lowering.reshape(output, [shape[0], shape[1]] + inner, "sequence")
    }
}
