/// Functions of a whole row: softmax and its kin over `axes` jointly.
package struct SoftmaxOp: Operation {
    package static let mnemonic = "softmax"
    package enum Kind: String, Sendable, CaseIterable {
        /// `exp(x - max) / sum(exp(x - max))`.
        case softmax
        /// `exp(x - log(sum(exp(x))))`: the same but beside an infinity, which makes it 0.
        case joint = "joint_softmax"
        /// `x - max - log(sum(exp(x - max)))`.
        case logSoftmax = "log_softmax"
        /// `keras.activations.sparsemax`, which is not the Euclidean projection onto the simplex of
        /// Martins & Astudillo 2016 where more than one element is above the threshold. With `z` in
        /// descending order, `c[r] = z[1] + ... + z[r]`, and the support `S` of those `r` for which
        /// `z[r] > (c[r] - 1) / r`: `tau = (sum of c[r] over S - 1) / |S|`, `y = max(x - tau, 0)`.
        /// (The paper takes the last `c[r]` of `S` in the place of the sum.)
        case sparsemax
    }
    package var kind: Kind
    package var axes: [Int]

    package init(_ kind: Kind = .softmax, axes: [Int]) {
        self.kind = kind
        self.axes = axes
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        kind = try attributes.word("kind")
        axes = try attributes.integers("axes")
    }

    package var attributes: Attributes {
        Attributes([("kind", .word(kind.rawValue)), ("axes", .integers(axes))])
    }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        Attributes([("kind", .word(Kind.softmax.rawValue))])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try requireAxes(axes, of: operands[0])
        return operands[0]
    }
}
