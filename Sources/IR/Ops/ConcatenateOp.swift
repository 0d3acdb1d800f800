/// Tensors behind each other along one axis.
package struct ConcatenateOp: Operation {
    package static let mnemonic = "concatenate"
    package var axis: Int

    package init(axis: Int) { self.axis = axis }

    package init(_ attributes: Attributes) throws(GraphError) {
        axis = try attributes.integer("axis")
    }

    package var attributes: Attributes { Attributes([("axis", .integer(axis))]) }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try require(!operands.isEmpty, "takes at least one operand")
        var result = operands[0]
        try require((0..<result.rank).contains(axis), "axis \(axis) is out of range")
        for operand in operands.dropFirst() {
            try require(
                operand.rank == result.rank && operand.elementType == result.elementType
                    && (0..<result.rank).allSatisfy {
                        $0 == axis || operand.shape[$0] == result.shape[$0]
                    },
                "\(operand) and \(result) differ outside axis \(axis)")
            result.shape[axis] += operand.shape[axis]
        }
        return result
    }
}
