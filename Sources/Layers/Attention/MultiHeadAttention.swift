import Diagnostics
import IR
import Spec

/// Attention by several heads at once, `keras.layers.MultiHeadAttention`
/// (Vaswani et al., https://arxiv.org/abs/1706.03762).
///
/// Inputs are query `(B, T, dim)`, value `(B, S, dim)` and, where it differs from the value, key
/// `(B, S, dim)`; with more axes between batch and features, attention goes over all of them or over
/// `attention_axes`, and the others act as a batch.
package struct MultiHeadAttention: Layer {
    package static let className = "MultiHeadAttention"
    package static let summary = "Attention by several heads at once."
    package static let formula =
        "output = attention_output(heads), heads[t, h] = sum over s of softmax over s of "
        + "(query(q)[t, h] · key(k)[s, h] / sqrt(key_dim)) * value(v)[s, h]"
    package static let example = """
        layers:
          - Input: {shape: [16, 32], name: tokens}
          - MultiHeadAttention: {num_heads: 4, key_dim: 8, inputs: [tokens, tokens]}
        """

    static let heads = Argument.integer("num_heads", minimum: 1, "The number of heads.")
    static let keyDim = Argument.integer(
        "key_dim", minimum: 1, "The size of each head's queries and keys.")
    static let valueDim = Argument.integer(
        "value_dim", minimum: 1, "The size of each head's values; `null` for `key_dim`."
    ).orNull()
    static let outputShape = Argument<[Int?]>.partialShape(
        "output_shape", "The shape of the output's features; `null` for those of the query."
    ).orNull()
    static let attentionAxes = Argument<[Int]>.axes(
        "attention_axes", "The axes that attention goes over; `null` for all but the features."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] =
        [
            heads, keyDim, valueDim, AttentionArguments.dropout, KernelArguments.useBias,
            outputShape, attentionAxes, AttentionArguments.slidingWindow,
            AttentionArguments.flashAttention,
        ] + TrainingArguments.kernelAndBias + [AttentionArguments.useGate, TrainingArguments.seed]
    package static let callSchema: [any ArgumentDescriptor] = [
        AttentionArguments.valueMask, AttentionArguments.keyMask,
        AttentionArguments.attentionMask, AttentionArguments.returnScores,
        AttentionArguments.causal,
    ]
    package static let inputCount = InputCount.between(2, 3)
    package static let castsIntegers = true
    package static let keepsMask = true
    package static let maskFlow = MaskFlow.takesAway

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var outputNames: [String] { AttentionArguments.outputNames(arguments) }

    private var useBias: Bool { arguments[KernelArguments.useBias] }

    /// The inputs that are masks, by argument.
    private func maskIndex(_ argument: Argument<[InputReference?]>, _ count: Int) -> Int? {
        Self.inputIndices(of: argument, arguments, inputCount: count).first ?? nil
    }

    /// The shape of what comes out behind the axes of the query.
    private func outputFeatures(_ query: [Int]) -> [Int] {
        // Keras takes an empty list for none.
        let given = arguments[Self.outputShape]?.compactMap(\.self) ?? []
        return given.isEmpty ? [query.last!] : given
    }

    /// Whether the scores go through Keras's layer Softmax; else Keras calls `dot_product_attention`, for
    /// sequences.
    private func usesSoftmaxLayer(rank: Int) -> Bool {
        arguments[AttentionArguments.dropout] > 0 || rank != 3
            || arguments[AttentionArguments.returnScores]
    }

    /// The axes of attention in a tensor with the batch first, in the order in which they are written.
    ///
    /// Keras splits the features into heads before it counts axes: the last one is the heads. What it
    /// calls `dot_product_attention` goes over the steps, whatever is written.
    private func attentionAxes(rank: Int) -> [Int] {
        let all = Array(1..<rank - 1)
        guard usesSoftmaxLayer(rank: rank) else { return all }
        return arguments[Self.attentionAxes]?.map { Axis.index($0, rank: rank) } ?? all
    }

    /// The size of an axis in a tensor of this shape, without batch, whose features are split.
    private func size(_ axis: Int, of shape: [Int]) -> Int {
        axis == shape.count ? arguments[Self.heads] : shape[axis - 1]
    }

    // MARK: Shapes

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.requireFraction(arguments[AttentionArguments.dropout], argument: "dropout")
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        guard check.requireFloat(Array(inputs.prefix(own))) else { return nil }
        let query = inputs[0].shape
        guard query.count >= 2 else {
            check.error(
                .inputRank,
                "\(Self.className) takes a sequence, (time, features), and gets "
                    + inputs[0].shapeText, label: "takes (time, features)", inputs: [0],
                helps: AttentionArguments.help(forRankOf: inputs[0]))
            return nil
        }
        guard let axes = checkAxes(inputs[0], &check),
            checkSources(inputs, own, axes, &check), checkMasks(inputs, own, axes, &check)
        else { return nil }
        if arguments[Self.outputShape]?.contains(nil) == true {
            check.error(
                .argumentValue, "`output_shape` of `\(check.name)` holds `null`",
                at: .argument("output_shape"), label: "every size has to be known")
            return nil
        }
        let (queries, keys) = counts(query, inputs[1].shape, axes)
        // The heads are an axis of the batch, unless attention goes over them.
        let batch = (1...query.count).filter { !axes.contains($0) }.map { size($0, of: query) }
        guard check.requireSize(batch + [queries, keys], "the scores") else { return nil }
        if arguments[AttentionArguments.returnScores] {
            let sizes =
                axes.map { size($0, of: query) } + axes.map { size($0, of: inputs[1].shape) }
            check.moreOutputs = [TensorType(.float32, batch + sizes)]
        }
        return TensorType(.float32, query.dropLast() + outputFeatures(query))
    }

    private func checkAxes(_ query: TensorType, _ check: inout LayerCheck) -> [Int]? {
        guard let written = arguments[Self.attentionAxes] else {
            return attentionAxes(rank: query.rank + 1)
        }
        guard let axes = check.resolveAxes(written, of: query, argument: "attention_axes") else {
            return nil
        }
        if axes.contains(query.rank - 1) {
            let last = query.rank
            let isIgnored = !usesSoftmaxLayer(rank: last + 1)
            let swapped = (Array(1...last).dropLast(2) + [last, last - 1]).map(String.init)
            check.warning(
                .notSupported,
                isIgnored
                    ? "attention of `\(check.name)` goes over the steps, not over axis \(last): Keras "
                        + "ignores `attention_axes` here"
                    : "attention of `\(check.name)` goes over the heads, not over the features: Keras "
                        + "splits features into heads before it counts axes",
                at: .argument("attention_axes"),
                label: isIgnored ? "without effect" : "axis \(last) is the heads",
                helps: [
                    "`Permute: {dims: [\(swapped.joined(separator: ", "))]}` before it makes steps of "
                        + "the features; another behind it undoes that"
                ])
        }
        return attentionAxes(rank: query.rank + 1)
    }

    /// Value and key against the query, and against each other.
    private func checkSources(
        _ inputs: [TensorType], _ count: Int, _ axes: [Int], _ check: inout LayerCheck
    ) -> Bool {
        let query = inputs[0].shape
        for index in 1..<count {
            let shape = inputs[index].shape
            guard shape.count == query.count else {
                check.error(
                    .inputRank,
                    "the query \(inputs[0].shapeText) and the \(["value", "key"][index - 1]) "
                        + "\(inputs[index].shapeText) of `\(check.name)` have different ranks",
                    label: "needs as many axes in each", inputs: [0, index])
                return false
            }
            // Axes that act as a batch have one size; key and value belong together.
            let (other, fixed) =
                index == 1
                ? (query, (1..<query.count).filter { !axes.contains($0) })
                : (inputs[1].shape, Array(1..<query.count))
            guard let axis = fixed.first(where: { shape[$0 - 1] != other[$0 - 1] }) else {
                continue
            }
            check.error(
                .shapeMismatch,
                "axis \(axis) is \(other[axis - 1]) in the \(index == 1 ? "query" : "value") and "
                    + "\(shape[axis - 1]) in the \(["value", "key"][index - 1])",
                label: "different sizes", inputs: [index == 1 ? 0 : 1, index])
            return false
        }
        return true
    }

    private func checkMasks(
        _ inputs: [TensorType], _ own: Int, _ axes: [Int], _ check: inout LayerCheck
    ) -> Bool {
        let keys = counts(inputs[0].shape, inputs[1].shape, axes).1
        if axes.contains(inputs[0].rank),
            own < inputs.count || (0..<own).contains(where: { check.mask($0) != nil })
        {
            check.error(
                .notSupported,
                "`\(check.name)` can't use a mask where attention goes over the heads",
                at: .argument("attention_axes"), label: "axis \(inputs[0].rank) is the heads")
            return false
        }
        let isStatic =
            arguments[AttentionArguments.causal]
            || arguments[AttentionArguments.slidingWindow] != nil
        if isStatic, axes.count != 1 || axes[0] != 1 {
            let name =
                arguments[AttentionArguments.causal] ? "use_causal_mask" : "sliding_window"
            check.error(
                .notSupported,
                "`\(name)` counts steps along axis 1, and attention of "
                    + "`\(check.name)` doesn't go over axis 1 alone",
                at: .argument(name), label: "needs attention over axis 1")
            return false
        }
        var marks: [(index: Int, argument: Argument<[InputReference?]>)] = []
        for argument in [AttentionArguments.valueMask, AttentionArguments.keyMask] {
            if let index = maskIndex(argument, inputs.count) { marks.append((index, argument)) }
        }
        if inputs[0].rank != 2,
            !marks.isEmpty || (0..<own).contains(where: { check.mask($0) != nil })
        {
            check.error(
                .notSupported,
                "masks of steps are for sequences, (time, features), and "
                    + "`\(check.name)` gets \(inputs[0].shapeText)", label: "can't use a mask here",
                inputs: [0], helps: ["`attention_mask` says which queries attend to which keys"])
            return false
        }
        for index in 0..<own where !check.requireStepMask(inputs, index) { return false }
        for (index, argument) in marks
        where !check.requireMask(inputs, index, of: keys, argument: argument.name, things: "keys") {
            return false
        }
        guard let index = maskIndex(AttentionArguments.attentionMask, inputs.count) else {
            return true
        }
        return check.requireAttentionMask(
            inputs, index,
            batch: (1..<inputs[0].rank).filter { !axes.contains($0) }.map {
                inputs[0].shape[$0 - 1]
            }, heads: arguments[Self.heads],
            queries: axes.map { inputs[0].shape[$0 - 1] },
            keys: axes.map { inputs[1].shape[$0 - 1] })
    }

    /// How many queries and keys there are along the axes of attention.
    private func counts(_ query: [Int], _ value: [Int], _ axes: [Int]) -> (Int, Int) {
        (
            axes.reduce(1) { product($0, size($1, of: query)) },
            axes.reduce(1) { product($0, size($1, of: value)) }
        )
    }

    // MARK: Weights

    /// The projections in Keras's order.
    private func projections(_ query: [Int], _ value: [Int], _ key: [Int])
        -> (
            query: AttentionProjection, key: AttentionProjection, gate: AttentionProjection?,
            value: AttentionProjection, output: AttentionProjection
        )
    {
        let heads = arguments[Self.heads]
        let keyDim = arguments[Self.keyDim]
        let valueDim = arguments[Self.valueDim] ?? keyDim
        func projection(_ name: String, _ input: [Int], _ size: Int) -> AttentionProjection {
            AttentionProjection(name: name, inner: [input.last!], outer: [heads, size])
        }
        return (
            projection("query", query, keyDim), projection("key", key, keyDim),
            arguments[AttentionArguments.useGate] ? projection("gate", query, valueDim) : nil,
            projection("value", value, valueDim),
            AttentionProjection(
                name: "attention_output", inner: [heads, valueDim], outer: outputFeatures(query))
        )
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        let all = projections(inputs[0].shape, inputs[1].shape, inputs[own - 1].shape)
        return [all.query, all.key, all.gate, all.value, all.output].compactMap(\.self).flatMap {
            $0.weights(arguments, useBias: useBias)
        }
    }

    // MARK: Lowering

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        let types = inputs.map { Array(lowering.type($0).shape.dropFirst()) }
        let all = projections(types[0], types[1], types[own - 1])
        let q = all.query.lower(inputs[0], useBias: useBias, &lowering)
        let k = all.key.lower(inputs[own - 1], useBias: useBias, &lowering)
        let v = all.value.lower(inputs[1], useBias: useBias, &lowering)

        // [N, batch..., T, size], and for keys [N, batch..., size, S]; the heads are the last axis of the
        // batch, unless attention goes over them.
        let rank = types[0].count + 1
        let axes = attentionAxes(rank: rank)
        let batch = (0..<rank).filter { !axes.contains($0) }
        let order = batch + axes + [rank]
        let (queries, keys) = counts(types[0], types[1], axes)
        func matrices(_ x: ValueID, _ order: [Int], _ rows: Int, _ columns: Int, _ name: String)
            -> ValueID
        {
            let moved = lowering.transpose(x, order, name)
            let lead = lowering.type(moved).shape.prefix(batch.count)
            return lowering.reshape(moved, lead + [rows, columns], name)
        }
        let size = arguments[Self.keyDim]
        let valueSize = arguments[Self.valueDim] ?? size
        let heads = AttentionHeads(
            queries: matrices(q, order, queries, size, "queries"),
            keys: matrices(k, batch + [rank] + axes, size, keys, "keys"),
            values: matrices(v, order, keys, valueSize, "values"),
            scale: 1 / Double(size).squareRoot(),
            // The layer Softmax makes a query without keys attend to nothing.
            zeroesUnattended: usesSoftmaxLayer(rank: rank), isJoint: axes.count > 1)
        let mask = mask(inputs, own: own, batch: batch.count - 1, axes: axes.count, &lowering)
        let (attended, scores) = heads.lower(mask, &lowering)
        if arguments[AttentionArguments.returnScores] {
            let lead = lowering.type(scores).shape.dropLast(2)
            let sizes = [0, 1].flatMap { index in
                axes.map { self.size($0, of: types[index]) }
            }
            lowering.moreOutputs = [lowering.reshape(scores, lead + sizes, "scores")]
        }
        let lead = order.dropLast().map { axis in
            axis == rank - 1 ? arguments[Self.heads] : lowering.type(inputs[0]).shape[axis]
        }
        let split = lowering.reshape(attended, lead + [valueSize], "split")
        var joined = lowering.transpose(split, TransposeOp(order).inverse, "joined")
        if let gate = all.gate {
            let gates = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.sigmoid))),
                [gate.lower(inputs[0], useBias: useBias, &lowering)], "gates")
            joined = lowering.emit(.binary(BinaryOp(.multiply)), [joined, gates], "gated")
        }
        return all.output.lower(joined, useBias: useBias, &lowering)
    }

    private func mask(
        _ inputs: [ValueID], own: Int, batch: Int, axes: Int, _ lowering: inout Lowering
    ) -> AttentionMask {
        var mask = AttentionMask(
            isCausal: arguments[AttentionArguments.causal],
            window: arguments[AttentionArguments.slidingWindow])
        /// `[N, 1 or T, 1 or S]` with an axis for the heads.
        func add(_ value: ValueID) {
            let shape = lowering.type(value).shape
            mask.computed.append(
                lowering.reshape(value, [shape[0], 1] + shape.dropFirst(), "heads"))
        }
        if let query = lowering.mask(0) { add(lowering.column(query)) }
        for (argument, index) in [
            (AttentionArguments.valueMask, 1), (AttentionArguments.keyMask, 2),
        ] {
            if let explicit = maskIndex(argument, inputs.count) {
                add(lowering.row(lowering.marks(inputs[explicit])))
            } else if index < own, let implicit = lowering.mask(index) {
                add(lowering.row(implicit))
            }
        }
        if let index = maskIndex(AttentionArguments.attentionMask, inputs.count) {
            // Axes of size 1 before the queries, and all axes of attention in two.
            let shape = lowering.type(inputs[index]).shape
            let lead = Array(shape.dropLast(2 * axes))
            let ones = [Int](repeating: 1, count: batch + 1 - lead.count)
            let (rows, columns) = (shape.suffix(2 * axes).prefix(axes), shape.suffix(axes))
            mask.computed.append(
                lowering.reshape(
                    lowering.marks(inputs[index]),
                    lead + ones + [rows.reduce(1, *), columns.reduce(1, *)], "attention_mask"))
        }
        return mask
    }
}
