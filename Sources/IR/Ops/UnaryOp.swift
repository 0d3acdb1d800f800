/// A function applied to each element.
package struct UnaryOp: Operation {
    package static let mnemonic = "unary"
    package var function: UnaryFunction

    package init(_ function: UnaryFunction) { self.function = function }

    package init(_ attributes: Attributes) throws(GraphError) {
        function = try attributes.function("function")
    }

    package var attributes: Attributes { Attributes([("function", .function(function))]) }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try require(operands[0].elementType == .float32, "takes an f32 operand")
        return operands[0]
    }
}
