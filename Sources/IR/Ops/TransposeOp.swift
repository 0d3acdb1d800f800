/// Axes in another order: axis `a` of the result is axis `permutation[a]` of the operand.
package struct TransposeOp: Operation {
    package static let mnemonic = "transpose"
    package var permutation: [Int]

    package init(_ permutation: [Int]) { self.permutation = permutation }

    package init(_ attributes: Attributes) throws(GraphError) {
        permutation = try attributes.integers("permutation")
    }

    package var attributes: Attributes { Attributes([("permutation", .integers(permutation))]) }

    package var isIdentity: Bool { permutation == Array(permutation.indices) }

    /// The permutation that undoes this one.
    package var inverse: [Int] {
        var result = permutation
        for (axis, source) in permutation.enumerated() { result[source] = axis }
        return result
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try require(
            permutation.sorted() == Array(0..<operands[0].rank),
            "\(permutation) is no permutation of \(operands[0].rank) axes")
        return TensorType(operands[0].elementType, permutation.map { operands[0].shape[$0] })
    }
}
