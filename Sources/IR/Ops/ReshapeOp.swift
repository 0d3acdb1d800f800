/// The same elements in row-major order under another shape.
package struct ReshapeOp: Operation {
    package static let mnemonic = "reshape"
    package var shape: [Int]

    package init(_ shape: [Int]) { self.shape = shape }

    package init(_ attributes: Attributes) throws(GraphError) {
        shape = try attributes.integers("shape")
    }

    package var attributes: Attributes { Attributes([("shape", .integers(shape))]) }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        let result = TensorType(operands[0].elementType, shape)
        try require(shape.allSatisfy { $0 > 0 }, "sizes should be positive")
        try require(
            result.checkedCount == operands[0].count,
            "to \(result) doesn't keep the number of elements of \(operands[0])")
        return result
    }
}
