import IR
import Spec

/// A fully connected layer, `keras.layers.Dense`: contracts the last axis of an input of any rank.
package struct Dense: Layer {
    package static let className = "Dense"
    package static let summary = "Fully connected: a weighted sum of all inputs for each unit."
    package static let formula = "output = activation(x · kernel + bias), over the last axis"
    package static let example = """
        layers:
          - Input: {shape: [32]}
          - Dense: {units: 10, activation: softmax}
        """

    static let units = Argument.integer(
        "units", minimum: 1, former: ["output_dim"], "The size of the output's last axis.")
    package static let schema: [any ArgumentDescriptor] =
        [units, KernelArguments.activation, KernelArguments.useBias]
        + TrainingArguments.kernelAndBias + adaptation

    static let adaptation: [any ArgumentDescriptor] = [
        Argument<DefaultOnly>.defaultOnly(
            "lora_rank", reason: "there are no low-rank adapters yet", help: mergeHelp,
            "The rank of a low-rank adapter of the kernel."),
        Argument<DefaultOnly>.defaultOnly(
            "lora_alpha", reason: "there are no low-rank adapters yet", help: mergeHelp,
            "The scale of the low-rank adapter."),
        Argument<DefaultOnly>.defaultOnly(
            "quantization_config", reason: "bnc computes in float32",
            "How the kernel is quantized."),
    ]
    private static let mergeHelp = "add the adapter to the kernel before the weights are saved"

    package static let castsIntegers = true
    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs), check.requireAnAxis(inputs) else { return nil }
        let shape = inputs[0].shape.dropLast() + [arguments[Self.units]]
        return check.activated(
            TensorType(.float32, Array(shape)), arguments[KernelArguments.activation],
            argument: "activation")
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let units = arguments[Self.units]
        let kernel = WeightSpec(
            "kernel", [inputs[0].shape.last!, units],
            arguments[TrainingArguments.kernelInitializer])
        return [kernel] + KernelArguments.bias(arguments, units)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        var operands = [inputs[0], lowering.weight("kernel")]
        if arguments[KernelArguments.useBias] { operands.append(lowering.weight("bias")) }
        let product = lowering.emit(.matmul(MatmulOp()), operands)
        return lowering.activation(arguments[KernelArguments.activation], product)
    }
}
