/// Functions of a whole row: softmax and its kin over `axes` jointly.
package struct SoftmaxOp: Operation {
    package static let mnemonic = "softmax"
    package enum Kind: String, Sendable, CaseIterable {
        /// `exp(x - max) / sum(exp(x - max))`.
        case softmax
        /// `x - max - log(sum(exp(x - max)))`.
        case logSoftmax = "log_softmax"
        /// Euclidean projection onto the simplex (Martins & Astudillo 2016).
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
