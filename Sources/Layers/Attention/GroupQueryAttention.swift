import Diagnostics
import IR
import Spec

/// Attention in which several heads of queries share one of keys and values,
/// `keras.layers.GroupQueryAttention` (Ainslie et al., https://arxiv.org/abs/2305.13245).
///
/// Inputs are query `(B, T, dim)`, value `(B, S, dim)` and, where it differs from the value, key
/// `(B, S, dim)`.
package struct GroupQueryAttention: Layer {
    package static let className = "GroupQueryAttention"
    package static let aliases = ["GroupedQueryAttention"]
    package static let summary = "Attention in which heads of queries share keys and values."
    package static let formula =
        "as MultiHeadAttention, head h of the query with head h / (num_query_heads / "
        + "num_key_value_heads) of key and value"
    package static let example = """
        layers:
          - Input: {shape: [16, 32], name: tokens}
          - GroupQueryAttention:
              head_dim: 8
              num_query_heads: 4
              num_key_value_heads: 2
              inputs: [tokens, tokens]
        """

    static let headDim = Argument.integer("head_dim", minimum: 1, "The size of each head.")
    static let queryHeads = Argument.integer(
        "num_query_heads", minimum: 1, "The number of heads of the query.")
    static let sharedHeads = Argument.integer(
        "num_key_value_heads", minimum: 1,
        "The number of heads of key and value; it divides that of the query.")
    package static let schema: [any ArgumentDescriptor] =
        [
            headDim, queryHeads, sharedHeads, AttentionArguments.dropout, KernelArguments.useBias,
            AttentionArguments.slidingWindow, AttentionArguments.flashAttention,
        ] + TrainingArguments.kernelAndBias + [AttentionArguments.useGate, TrainingArguments.seed]
    package static let callSchema: [any ArgumentDescriptor] = [
        AttentionArguments.queryMask, AttentionArguments.valueMask, AttentionArguments.keyMask,
        AttentionArguments.attentionMask, AttentionArguments.returnScores,
        AttentionArguments.causal,
    ]
    package static let inputCount = InputCount.between(2, 3)
    package static let keepsMask = true
    package static let maskFlow = MaskFlow.reads

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var outputNames: [String] { AttentionArguments.outputNames(arguments) }

    private var useBias: Bool { arguments[KernelArguments.useBias] }

    private func maskIndex(_ argument: Argument<[InputReference?]>, _ count: Int) -> Int? {
        Self.inputIndices(of: argument, arguments, inputCount: count).first ?? nil
    }

    /// Masks of steps by argument, with the input they mark.
    private static let stepMasks = [
        AttentionArguments.queryMask, AttentionArguments.valueMask, AttentionArguments.keyMask,
    ]

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.requireFraction(arguments[AttentionArguments.dropout], argument: "dropout")
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        guard check.requireFloat(Array(inputs.prefix(own))) else { return nil }
        for index in 0..<own {
            guard check.requireRank(inputs, index, axes: ["time", "features"]) else { return nil }
        }
        let (heads, shared) = (arguments[Self.queryHeads], arguments[Self.sharedHeads])
        if heads % shared != 0 {
            check.error(
                .indivisible, "\(heads) heads of the query can't share \(shared) of key and value",
                at: .argument("num_key_value_heads"), label: "does not divide \(heads)",
                helps: check.divisors(of: heads, near: shared, argument: "num_key_value_heads"))
        }
        let (query, value) = (inputs[0].shape, inputs[1].shape)
        if query[1] != value[1] {
            check.error(
                .shapeMismatch,
                "the query has \(query[1]) features and the value \(value[1]): GroupQueryAttention "
                    + "needs as many",
                label: "different features", inputs: [0, 1],
                helps: ["`Dense: {units: \(query[1])}` brings the value to as many"])
            return nil
        }
        if inputs[own - 1].shape[0] != value[0] {
            check.error(
                .shapeMismatch,
                "the key has \(inputs[own - 1].shape[0]) steps and the value \(value[0])",
                label: "different lengths", inputs: [1, own - 1])
            return nil
        }
        for index in 0..<own where !check.requireStepMask(inputs, index) { return nil }
        for (argument, count, things) in [
            (AttentionArguments.queryMask, query[0], "queries"),
            (AttentionArguments.valueMask, value[0], "keys"),
            (AttentionArguments.keyMask, value[0], "keys"),
        ] {
            guard let index = maskIndex(argument, inputs.count) else { continue }
            guard
                check.requireMask(
                    inputs, index, of: count, argument: argument.name, things: things)
            else { return nil }
        }
        if let index = maskIndex(AttentionArguments.attentionMask, inputs.count),
            !check.requireAttentionMask(
                inputs, index, batch: [], heads: heads, queries: [query[0]], keys: [value[0]])
        {
            return nil
        }
        let scores = [heads, query[0], value[0]]
        guard check.requireSize(scores, "the scores") else { return nil }
        if arguments[AttentionArguments.returnScores] {
            check.moreOutputs = [TensorType(.float32, scores)]
        }
        return inputs[0]
    }

    private func projections(_ query: Int, _ value: Int, _ key: Int)
        -> (
            query: AttentionProjection, key: AttentionProjection, gate: AttentionProjection?,
            value: AttentionProjection, output: AttentionProjection
        )
    {
        let (heads, shared) = (arguments[Self.queryHeads], arguments[Self.sharedHeads])
        let size = arguments[Self.headDim]
        func projection(_ name: String, _ features: Int, _ heads: Int) -> AttentionProjection {
            AttentionProjection(name: name, inner: [features], outer: [heads, size])
        }
        return (
            projection("query", query, heads), projection("key", key, shared),
            arguments[AttentionArguments.useGate] ? projection("gate", query, heads) : nil,
            projection("value", value, shared),
            AttentionProjection(name: "attention_output", inner: [heads, size], outer: [query])
        )
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        let all = projections(
            inputs[0].shape[1], inputs[1].shape[1], inputs[own - 1].shape[1])
        return [all.query, all.key, all.gate, all.value, all.output].compactMap(\.self).flatMap {
            $0.weights(arguments, useBias: useBias)
        }
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        let shapes = inputs.map { lowering.type($0).shape }
        let all = projections(shapes[0][2], shapes[1][2], shapes[own - 1][2])
        let (batch, queries, keys) = (shapes[0][0], shapes[0][1], shapes[1][1])
        let (heads, shared) = (arguments[Self.queryHeads], arguments[Self.sharedHeads])
        let size = arguments[Self.headDim]
        // Heads of the query in [shared, how many share], so that those of the key broadcast.
        let q = lowering.reshape(
            all.query.lower(inputs[0], useBias: useBias, &lowering),
            [batch, queries, shared, heads / shared, size], "queries")
        func sharedHeads(_ x: ValueID, _ order: [Int], _ name: String) -> ValueID {
            let moved = lowering.transpose(x, order, name)
            let shape = lowering.type(moved).shape
            return lowering.reshape(moved, [batch, shared, 1, shape[2], shape[3]], name)
        }
        let k = all.key.lower(inputs[own - 1], useBias: useBias, &lowering)
        let v = all.value.lower(inputs[1], useBias: useBias, &lowering)
        let attention = AttentionHeads(
            queries: lowering.transpose(q, [0, 2, 3, 1, 4], "queries"),
            keys: sharedHeads(k, [0, 2, 3, 1], "keys"),
            values: sharedHeads(v, [0, 2, 1, 3], "values"), scale: 1 / Double(size).squareRoot(),
            zeroesUnattended: arguments[AttentionArguments.dropout] > 0
                || arguments[AttentionArguments.returnScores])
        let mask = mask(inputs, own, [batch, shared, heads / shared, queries, keys], &lowering)
        let (attended, scores) = attention.lower(mask, &lowering)
        if arguments[AttentionArguments.returnScores] {
            lowering.moreOutputs = [
                lowering.reshape(scores, [batch, heads, queries, keys], "scores")
            ]
        }
        var joined = lowering.reshape(
            lowering.transpose(attended, [0, 3, 1, 2, 4], "joined"),
            [batch, queries, heads, size], "joined")
        if let gate = all.gate {
            let gates = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.sigmoid))),
                [gate.lower(inputs[0], useBias: useBias, &lowering)], "gates")
            joined = lowering.emit(.binary(BinaryOp(.multiply)), [joined, gates], "gated")
        }
        return all.output.lower(joined, useBias: useBias, &lowering)
    }

    /// - Parameter scores: the shape `[N, shared heads, how many share, T, S]`.
    private func mask(
        _ inputs: [ValueID], _ own: Int, _ scores: [Int], _ lowering: inout Lowering
    ) -> AttentionMask {
        var mask = AttentionMask(
            isCausal: arguments[AttentionArguments.causal],
            window: arguments[AttentionArguments.slidingWindow])
        for (index, argument) in Self.stepMasks.enumerated() {
            var marks: ValueID?
            if let explicit = maskIndex(argument, inputs.count) {
                marks = lowering.marks(inputs[explicit])
            } else if index < own {
                marks = lowering.mask(index)
            }
            guard let marks else { continue }
            let steps = lowering.type(marks).shape[1]
            mask.computed.append(
                lowering.reshape(
                    marks, [scores[0], 1, 1] + (index == 0 ? [steps, 1] : [1, steps]), "heads"))
        }
        if let index = maskIndex(AttentionArguments.attentionMask, inputs.count) {
            let shape = lowering.type(inputs[index]).shape
            let matrix = Array(shape.suffix(2))
            let isByHead = shape.count == 4 && shape[1] > 1
            mask.computed.append(
                lowering.reshape(
                    lowering.marks(inputs[index]),
                    [shape[0]] + (isByHead ? [scores[1], scores[2]] : [1, 1]) + matrix,
                    "attention_mask"))
        }
        return mask
    }
}
