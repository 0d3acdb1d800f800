import Diagnostics
import IR
import Spec

/// A layer whose kernel is kept at spectral norm 1 in training, `keras.layers.SpectralNormalization`
/// (Miyato et al., https://arxiv.org/abs/1802.05957). At inference it is the layer alone: training
/// has divided the kernel in place.
package struct SpectralNormalization: Layer {
    package static let className = "SpectralNormalization"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/numerical/spectral_normalization")
    package static let summary = "Keeps a layer's kernel at spectral norm 1 in training."
    package static let formula = "output = layer(x)"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 1]}
          - SpectralNormalization:
              layer:
                Conv2D: {filters: 8, kernel_size: 3}
        """

    static let layer = Argument<LayerItem>.layer("layer", "The layer with the kernel.")
    package static let schema: [any ArgumentDescriptor] = [
        layer,
        Argument.integer(
            "power_iterations", default: 1, minimum: 1,
            "Training: steps of the power iteration for each batch."),
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let item = arguments[Self.layer]
        // Keras makes the output as whole as the input (`ops.cast(output, inputs.dtype)`).
        guard check.requireFloat(inputs) else { return nil }
        // What has no shape has no variables to look at: a Model knows them only once it is checked.
        guard let output = check.nested(item, inputs[0], mask: check.mask()) else { return nil }
        let hasKernel =
            check.bag.hasErrors
            || (!(item.layer is any RecurrentLayer)
                && Self.kernel(of: item.layer.weights(inputs)) != nil)
        if hasKernel { return output }
        check.error(
            .argumentValue,
            "SpectralNormalization needs a layer with a kernel, not \(item.className)",
            at: .argument("layer"), label: "has no `kernel`",
            helps: ["Dense, Conv2D and their kin have one"])
        return output
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        arguments[Self.layer].layer.outputMask(inputs, masks)
    }

    private static func kernel(of weights: [WeightSpec]) -> WeightSpec? {
        weights.first { $0.name == "kernel" || $0.name == "embeddings" }
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let inner = arguments[Self.layer].layer.weights(inputs)
        guard let kernel = Self.kernel(of: inner) else { return inner }
        return inner + [
            WeightSpec(
                "vector_u", [1, kernel.shape.last!], .truncatedNormal(mean: 0, stddev: 0.02),
                trainable: false)
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let inner = lowering.nested(
            arguments[Self.layer], path: "", inputs, masks: [lowering.mask()])
        lowering.outputMask = inner.mask
        return inner.value
    }
}
