import Diagnostics
import IR
import Spec

/// Scaled dot-product attention of matrices: queries `[..., T, size]`, keys `[..., size, S]`, values
/// `[..., S, size]`, whose leading axes broadcast.
struct AttentionHeads {
    var queries: ValueID
    var keys: ValueID
    var values: ValueID
    var scale: Double
    /// Whether a query that may attend to no key makes zeros; else it makes the mean of all values.
    var zeroesUnattended: Bool
    /// Whether keys lie along several axes: Keras's softmax over several goes by way of the logarithm.
    var isJoint = false

    /// `scores = softmax(queries · keys * scale, masked)`, `[..., T, S]`, and `scores · values`,
    /// `[..., T, size]`.
    func lower(_ mask: AttentionMask, _ lowering: inout Lowering)
        -> (heads: ValueID, scores: ValueID)
    {
        let products = lowering.emit(.matmul(MatmulOp()), [queries, keys], "products")
        var scores = lowering.emit(
            .unary(UnaryOp(UnaryFunction(.affine, scale, 0))), [products], "scores")
        let shape = lowering.type(scores).shape
        var marks: ValueID?
        if !mask.isEmpty {
            let value = mask.value(shape[shape.count - 2], shape[shape.count - 1], &lowering)
            // What Keras writes into the scores: `_get_large_negative`, and in the layer Softmax.
            scores = lowering.masked(
                scores, value, else: zeroesUnattended ? -1e9 : 3.38953e38 * -0.7)
            marks = value
        }
        var weights = lowering.emit(
            .softmax(SoftmaxOp(isJoint ? .joint : .softmax, axes: [shape.count - 1])), [scores],
            "weights")
        if let marks, zeroesUnattended { weights = lowering.masked(weights, marks, else: 0) }
        return (lowering.emit(.matmul(MatmulOp()), [weights, values], "heads"), weights)
    }
}

extension LayerCheck {
    /// Whether `attention_mask` broadcasts to the scores; reports if not.
    ///
    /// - Parameters:
    ///   - batch: the sizes of the axes that act as a batch, the batch's own left out.
    ///   - queries: the sizes of the axes of attention in the query.
    ///   - keys: those in the key.
    mutating func requireAttentionMask(
        _ inputs: [TensorType], _ index: Int, batch: [Int], heads: Int, queries: [Int],
        keys: [Int]
    ) -> Bool {
        let found = inputs[index].shape
        let wanted = queries + keys
        let full = batch + [heads]
        let lead = found.dropLast(wanted.count)
        if found.count >= wanted.count, lead.count <= full.count,
            zip(lead, full).allSatisfy({ $0 == 1 || $0 == $1 }),
            // A size of 1 along one of several axes would need a broadcast of its own.
            wanted.count == 2
                ? zip(found.suffix(2), wanted).allSatisfy({ $0 == 1 || $0 == $1 })
                : Array(found.suffix(wanted.count)) == wanted
        {
            return true
        }
        let shape = TensorType(wanted).shapeText
        error(
            .shapeMismatch,
            "`attention_mask` should say which of \(TensorType(queries).count) queries attend to which "
                + "of \(TensorType(keys).count) keys, and is \(inputs[index].shapeText)",
            at: .argument("attention_mask"), label: "takes \(shape)", inputs: [index],
            notes: full.count == 1
                ? ["with an axis of \(heads) before it, it is one for each head"] : [])
        return false
    }
}
