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
    static let activation = Argument<ActivationFunction>.activation(
        "activation", "The function applied to the output.")
    static let useBias = Argument.boolean("use_bias", default: true, "Whether a bias is added.")
    package static let schema: [any ArgumentDescriptor] =
        [units, activation, useBias] + TrainingArguments.kernelAndBias

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        let shape = inputs[0].shape.dropLast() + [arguments[Self.units]]
        return check.activated(
            TensorType(.float32, Array(shape)), arguments[Self.activation], argument: "activation")
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let units = arguments[Self.units]
        var weights = [
            WeightSpec(
                "kernel", [inputs[0].shape.last!, units],
                arguments[TrainingArguments.kernelInitializer])
        ]
        if arguments[Self.useBias] {
            weights.append(
                WeightSpec("bias", [units], arguments[TrainingArguments.biasInitializer]))
        }
        return weights
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        var operands = [inputs[0], lowering.weight("kernel")]
        if arguments[Self.useBias] { operands.append(lowering.weight("bias")) }
        let product = lowering.emit(.matmul(MatmulOp()), operands)
        return lowering.activation(arguments[Self.activation], product)
    }
}
