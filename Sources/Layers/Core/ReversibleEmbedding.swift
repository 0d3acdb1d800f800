import Diagnostics
import IR
import Spec

/// An embedding that also goes back from vectors to a score for each token,
/// `keras.layers.ReversibleEmbedding` (Press & Wolf, https://arxiv.org/abs/1608.05859).
///
/// With `reverse: true` vectors are multiplied by the transposed table, or by a table of their own where
/// `tie_weights` is false. `logit_soft_cap` bounds the scores: `cap * tanh(score / cap)`.
package struct ReversibleEmbedding: Layer {
    package static let className = "ReversibleEmbedding"
    package static let kerasPage = KerasPage.at("layers/core_layers")
    package static let summary = "A vector for each token, or a score for each token from a vector."
    package static let formula =
        "output[t] = embeddings[x[t]]; reverse: output[t, i] = sum over c of x[t, c] * embeddings[i, c]"
    package static let example = """
        layers:
          - Input: {shape: [20, 16]}
          - ReversibleEmbedding: {input_dim: 1000, output_dim: 16, reverse: true}
        """

    static let tieWeights = Argument.boolean(
        "tie_weights", default: true,
        "Whether the way back uses the same table, transposed; else `reverse_embeddings`.")
    static let softCap = Argument<Double>.number(
        "logit_soft_cap", minimum: 0, exclusive: true, "The bound of the scores; `null` for none."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] = [
        Embedding.inputDim, Embedding.outputDim, tieWeights, Embedding.initializer,
        TrainingArguments.regularizer("embeddings"), TrainingArguments.constraint("embeddings"),
        Embedding.maskZero,
        Argument<DefaultOnly>.defaultOnly(
            "reverse_dtype", reason: "bnc computes in float32",
            "The element type of the way back."),
        softCap,
    ]
    static let reverse = Argument.boolean(
        "reverse", default: false, "Whether vectors come in, and scores for each token go out.")
    package static let callSchema: [any ArgumentDescriptor] = [reverse]

    private let arguments: Arguments
    private let forwards: Embedding

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        forwards = Embedding(arguments)
    }

    private var isReverse: Bool { arguments[Self.reverse] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard isReverse else { return forwards.outputType(inputs, &check) }
        guard check.requireFloat(inputs), check.requireAnAxis(inputs) else { return nil }
        let size = arguments[Embedding.outputDim]
        if inputs[0].shape.last != size {
            check.error(
                .shapeMismatch,
                "`reverse` takes vectors of `output_dim`, \(size), and gets \(inputs[0].shapeText)",
                at: .argument("output_dim"), label: "the size of a vector", inputs: [0])
        }
        return TensorType(
            .float32, inputs[0].shape.dropLast() + [arguments[Embedding.inputDim]])
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        isReverse ? nil : forwards.outputMask(inputs, masks)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let table = forwards.weights(inputs)
        if arguments[Self.tieWeights] { return table }
        return table + [
            WeightSpec(
                "reverse_embeddings",
                [arguments[Embedding.outputDim], arguments[Embedding.inputDim]],
                arguments[Embedding.initializer])
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        guard isReverse else { return forwards.lower(inputs, &lowering) }
        let table =
            arguments[Self.tieWeights]
            ? lowering.transpose(lowering.weight("embeddings"), [1, 0], "transposed")
            : lowering.weight("reverse_embeddings")
        let scores = lowering.emit(.matmul(MatmulOp()), [inputs[0], table], "scores")
        guard let cap = arguments[Self.softCap] else { return scores }
        return lowering.unary(
            [
                UnaryFunction(.affine, 1 / cap, 0), UnaryFunction(.tanh),
                UnaryFunction(.affine, cap, 0),
            ], scores, "capped")
    }
}

extension Lowering {
    /// Functions of each element, one after the other.
    mutating func unary(_ functions: [UnaryFunction], _ value: ValueID, _ name: String) -> ValueID {
        functions.reduce(value) { emit(.unary(UnaryOp($1)), [$0], name) }
    }
}
