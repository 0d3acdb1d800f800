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
        // Whether a token is there is asked of integers too, and an affine function makes floats of them.
        try require(
            operands[0].elementType == .float32 || function.kind == .notEqual
                || function.kind == .affine, "takes an f32 operand")
        return TensorType(.float32, operands[0].shape)
    }
}
