import Diagnostics
import IR
import Spec

/// What `keras.layers.Attention` and `AdditiveAttention` share: all but how query and key are compared.
///
/// Inputs are query `(..., Tq, dim)`, value `(..., Tv, size)` and, where it differs from the value, key
/// `(..., Tv, dim)`.
protocol AttentionLayer: Layer {
    var arguments: Arguments { get }
    /// The scores `[..., Tq, Tv]` of a query `[..., Tq, dim]` and a key `[..., Tv, dim]`.
    func scores(_ query: ValueID, _ key: ValueID, _ lowering: inout Lowering) -> ValueID
    /// The shape of the largest tensor on the way there.
    func pairShape(_ query: [Int], _ key: [Int]) -> [Int]
}

extension AttentionLayer {
    package static var inputCount: InputCount { .between(2, 3) }
    package static var keepsMask: Bool { true }
    package static var maskFlow: MaskFlow { .renews }
    package static var callSchema: [any ArgumentDescriptor] {
        [AttentionCall.mask, AttentionArguments.returnScores, AttentionArguments.causal]
    }
    package var outputNames: [String] { AttentionArguments.outputNames(arguments) }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        guard check.requireFloat(Array(inputs.prefix(own))) else { return nil }
        let (query, value, key) = (inputs[0].shape, inputs[1].shape, inputs[own - 1].shape)
        for index in 0..<own where inputs[index].rank < 2 || inputs[index].rank != query.count {
            check.error(
                .inputRank,
                inputs[index].rank < 2
                    ? "\(Self.className) takes sequences, (time, features), and gets "
                        + inputs[index].shapeText
                    : "the inputs of `\(check.name)` have different ranks, \(inputs[0].shapeText) and "
                        + inputs[index].shapeText,
                label: "takes (time, features)",
                inputs: inputs[index].rank < 2 ? [index] : [0, index],
                helps: AttentionArguments.help(forRankOf: inputs[index]))
            return nil
        }
        func mismatch(_ message: String, _ inputs: [Int], _ helps: [String] = []) {
            check.error(
                .shapeMismatch, message, label: "different sizes", inputs: inputs, helps: helps)
        }
        let size = query.last!
        if key.last! != size {
            mismatch(
                "the query has \(size) features and the key \(key.last!): they are compared one by one",
                [0, own - 1], ["`Dense: {units: \(size)}` brings the key to as many"])
            return nil
        }
        if key.dropLast() != value.dropLast() {
            mismatch(
                "key \(inputs[own - 1].shapeText) and value \(inputs[1].shapeText) belong together, and "
                    + "differ before the features", [1, own - 1])
            return nil
        }
        if query.dropLast(2) != value.dropLast(2) {
            mismatch(
                "query \(inputs[0].shapeText) and value \(inputs[1].shapeText) differ before the steps",
                [0, 1])
            return nil
        }
        guard checkMasks(inputs, own, &check),
            check.requireSize(pairShape(query, key), "what is compared")
        else { return nil }
        if arguments[AttentionArguments.returnScores] {
            check.moreOutputs = [
                TensorType(.float32, query.dropLast() + [value[value.count - 2]])
            ]
        }
        return TensorType(.float32, query.dropLast() + [value.last!])
    }

    private func checkMasks(_ inputs: [TensorType], _ own: Int, _ check: inout LayerCheck) -> Bool {
        let indices = Self.inputIndices(
            of: AttentionCall.mask, arguments, inputCount: inputs.count)
        let hasMask =
            indices.contains { $0 != nil } || (0..<own).contains { check.mask($0) != nil }
        if hasMask, inputs[0].rank != 2 {
            check.error(
                .notSupported,
                "masks are for sequences, (time, features), and `\(check.name)` gets "
                    + inputs[0].shapeText, label: "can't use a mask here", inputs: [0])
            return false
        }
        for index in 0..<own where !check.requireStepMask(inputs, index) { return false }
        for (position, index) in indices.enumerated() {
            guard let index else { continue }
            guard
                check.requireMask(
                    inputs, index, of: inputs[position].shape[0], argument: "mask",
                    things: position == 0 ? "queries" : "values")
            else { return false }
        }
        return true
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let own = Self.ownInputCount(arguments, inputCount: inputs.count)
        var scores = scores(inputs[0], inputs[own - 1], &lowering)
        let shape = lowering.type(scores).shape
        // Masks that are given take the place of those that come along.
        let indices = Self.inputIndices(
            of: AttentionCall.mask, arguments, inputCount: inputs.count)
        func marks(_ position: Int) -> ValueID? {
            guard indices.isEmpty else {
                return indices[position].map { lowering.marks(inputs[$0]) }
            }
            return lowering.mask(position)
        }
        var mask = AttentionMask(isCausal: arguments[AttentionArguments.causal])
        if let values = marks(1) { mask.computed.append(lowering.row(values)) }
        if !mask.isEmpty {
            let value = mask.value(shape[shape.count - 2], shape[shape.count - 1], &lowering)
            let penalty = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.affine, 1e9, -1e9))), [value], "penalty")
            scores = lowering.emit(.binary(BinaryOp(.add)), [scores, penalty], "masked")
        }
        let weights = lowering.emit(
            .softmax(SoftmaxOp(axes: [shape.count - 1])), [scores], "weights")
        if arguments[AttentionArguments.returnScores] { lowering.moreOutputs = [weights] }
        let attended = lowering.emit(.matmul(MatmulOp()), [weights, inputs[1]])
        guard let queries = marks(0) else { return attended }
        return lowering.masked(attended, lowering.column(queries), else: 0)
    }
}

enum AttentionCall {
    static let mask = Argument.tensors(
        "mask", ["query mask", "value mask"],
        "The layers that say which queries and which values count, each not 0 where they do; `null` "
            + "for all.")
}

/// Dot-product attention, `keras.layers.Attention` (Luong et al., https://arxiv.org/abs/1508.04025).
package struct Attention: AttentionLayer {
    package static let className = "Attention"
    package static let summary = "Attention by the dot product of query and key."
    package static let formula =
        "output[t] = sum over s of softmax over s of (scale * query[t] · key[s]) * value[s]; with "
        + "score_mode concat: concat_score_weight * sum of tanh(scale * (query[t] + key[s]))"
    package static let example = """
        layers:
          - Input: {shape: [8, 16], name: query}
          - Input: {shape: [12, 16], name: value}
          - Attention: {inputs: [query, value]}
        """

    enum ScoreMode: String, CaseIterable, Sendable { case dot, concat }

    static let useScale = Argument.boolean(
        "use_scale", default: false, "Whether a learned number multiplies the scores.")
    static let scoreMode = Argument<ScoreMode>.choice(
        "score_mode", default: .dot,
        "`dot`: the dot product; `concat`: the sum of the hyperbolic tangent of query plus key.")
    package static let schema: [any ArgumentDescriptor] = [
        useScale, scoreMode, AttentionArguments.dropout, TrainingArguments.seed,
    ]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        var weights: [WeightSpec] = []
        if arguments[Self.useScale] { weights.append(WeightSpec("scale", [], .ones)) }
        if arguments[Self.scoreMode] == .concat {
            weights.append(WeightSpec("concat_score_weight", [], .ones))
        }
        return weights
    }

    func pairShape(_ query: [Int], _ key: [Int]) -> [Int] {
        let pairs = Array(query.dropLast()) + [key[key.count - 2]]
        return arguments[Self.scoreMode] == .dot ? pairs : pairs + [query.last!]
    }

    func scores(_ query: ValueID, _ key: ValueID, _ lowering: inout Lowering) -> ValueID {
        func scaled(_ x: ValueID, by variable: String) -> ValueID {
            lowering.emit(
                .binary(BinaryOp(.multiply)), [x, lowering.weight(variable)], "scaled")
        }
        let useScale = arguments[Self.useScale]
        guard arguments[Self.scoreMode] == .concat else {
            let rank = lowering.type(key).rank
            let keys = lowering.transpose(
                key, Array(0..<rank - 2) + [rank - 1, rank - 2], "keys")
            let products = lowering.emit(.matmul(MatmulOp()), [query, keys], "scores")
            return useScale ? scaled(products, by: "scale") : products
        }
        var sums = lowering.pairSums(query, key)
        if useScale { sums = scaled(sums, by: "scale") }
        let tangents = lowering.emit(.unary(UnaryOp(UnaryFunction(.tanh))), [sums], "tanh")
        let total = lowering.emit(
            .reduce(ReduceOp(.sum, axes: [lowering.type(tangents).rank - 1], keepDims: false)),
            [tangents], "scores")
        return scaled(total, by: "concat_score_weight")
    }
}

extension Lowering {
    /// `query[t] + key[s]`: `[..., Tq, Tv, dim]`.
    mutating func pairSums(_ query: ValueID, _ key: ValueID) -> ValueID {
        let (q, k) = (type(query).shape, type(key).shape)
        let rank = q.count
        let rows = reshape(query, q.dropLast() + [1, q[rank - 1]], "queries")
        let columns = reshape(key, k.dropLast(2) + [1] + k.suffix(2), "keys")
        return emit(.binary(BinaryOp(.add)), [rows, columns], "pairs")
    }
}
