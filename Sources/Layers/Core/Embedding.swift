import IR
import Spec

/// A vector for each token, `keras.layers.Embedding`: rows of a table by number.
///
/// A number is rounded towards zero; negative ones count from the end. What lies beyond the table
/// makes NaN, as Keras does on JAX (on TensorFlow it stops with an error).
package struct Embedding: Layer {
    package static let className = "Embedding"
    package static let summary = "A vector for each token: rows of a table by number."
    package static let formula = "output[t] = embeddings[x[t]]"
    package static let example = """
        layers:
          - Input: {shape: [20], dtype: int32}
          - Embedding: {input_dim: 1000, output_dim: 16}
        """

    static let inputDim = Argument.integer(
        "input_dim", minimum: 1, "How many tokens there are: the largest number is one less.")
    static let outputDim = Argument.integer(
        "output_dim", minimum: 1, "The size of a token's vector.")
    static let initializer = TrainingArguments.initializer(
        "embeddings", default: .randomUniform(minimum: -0.05, maximum: 0.05))
    static let maskZero = Argument.boolean(
        "mask_zero", default: false,
        "Whether token 0 is padding, which layers behind it skip.")
    package static let schema: [any ArgumentDescriptor] = [
        inputDim, outputDim, initializer, TrainingArguments.regularizer("embeddings"),
        TrainingArguments.constraint("embeddings"), maskZero,
        Argument<DefaultOnly>.defaultOnly(
            "weights", reason: "weights are in a file", help: "name the file: `weights: FILE`",
            "The table's first values."),
        Argument<DefaultOnly>.defaultOnly(
            "lora_rank", reason: "there are no low-rank adapters yet", help: mergeHelp,
            "The rank of a low-rank adapter of the table."),
        Argument<DefaultOnly>.defaultOnly(
            "lora_alpha", reason: "there are no low-rank adapters yet", help: mergeHelp,
            "The scale of the low-rank adapter."),
        Argument<DefaultOnly>.defaultOnly(
            "quantization_config", reason: "bnc computes in float32", "How the table is quantized."),
        Argument<TrainingOnly>.trainingOnly(
            "input_length", "Of older Keras: the shape of the Input says it."),
    ]
    private static let mergeHelp = "add the adapter to the table before the weights are saved"

    /// Tokens are numbers in float32, which has every integer up to this one.
    private static let largestTable = 1 << 24

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let rows = arguments[Self.inputDim]
        if rows > Self.largestTable {
            check.error(
                .tooLarge, "a table of \(rows) tokens has more than \(Self.largestTable)",
                at: .argument("input_dim"), label: "too many")
        }
        return TensorType(.float32, inputs[0].shape + [arguments[Self.outputDim]])
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        arguments[Self.maskZero] ? inputs[0].shape : nil
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        [
            WeightSpec(
                "embeddings", [arguments[Self.inputDim], arguments[Self.outputDim]],
                arguments[Self.initializer])
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        if arguments[Self.maskZero] {
            lowering.outputMask = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.notEqual, 0))), inputs, "mask")
        }
        return lowering.emit(
            .gather(GatherOp()), [lowering.weight("embeddings"), inputs[0]])
    }
}
