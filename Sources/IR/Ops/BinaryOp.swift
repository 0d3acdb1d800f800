/// A function of two elements; operands broadcast as in numpy.
package struct BinaryOp: Operation {
    package static let mnemonic = "binary"
    package var function: BinaryFunction

    package init(_ function: BinaryFunction) { self.function = function }

    package init(_ attributes: Attributes) throws(GraphError) {
        function = try attributes.word("function")
    }

    package var attributes: Attributes { Attributes([("function", .word(function.rawValue))]) }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 2)
        try require(
            function.compares || operands.allSatisfy { $0.elementType == .float32 },
            "takes f32 operands")
        return TensorType(.float32, try broadcast(operands[0].shape, operands[1].shape))
    }
}
