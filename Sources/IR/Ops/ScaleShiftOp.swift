/// `y = x * scale + shift` with one scale and one shift for each index along `axis`:
/// what batch normalization is at inference. Operands: x, which may be of integers, scale `[C]`, shift
/// `[C]`.
package struct ScaleShiftOp: Operation {
    package static let mnemonic = "scale_shift"
    package var axis: Int

    package init(axis: Int) { self.axis = axis }

    package init(_ attributes: Attributes) throws(GraphError) {
        axis = try attributes.integer("axis")
    }

    package var attributes: Attributes { Attributes([("axis", .integer(axis))]) }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 3)
        let x = operands[0]
        try require(
            operands[1...].allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        try require((0..<x.rank).contains(axis), "axis \(axis) is not in 0..<\(x.rank)")
        for operand in operands[1...] {
            try require(
                operand.shape == [x.shape[axis]], "scale and shift should be [\(x.shape[axis])]")
        }
        return TensorType(.float32, x.shape)
    }
}
