/// Matrix product as `numpy.matmul`: `[..., M, K] x [..., K, N]`, leading axes broadcast.
///
/// With a right operand of rank 2 it is what `keras.layers.Dense` does to an input of any rank.
package struct MatmulOp: Operation {
    package static let mnemonic = "matmul"

    package init() {}
    package init(_ attributes: Attributes) throws(GraphError) {}
    package var attributes: Attributes { Attributes() }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try require(operands.count == 2 || operands.count == 3, "takes a, b and maybe bias")
        let a = operands[0].shape
        let b = operands[1].shape
        try require(operands.allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        try require(a.count >= 2 && b.count >= 2, "takes operands of rank 2 or more")
        try require(a[a.count - 1] == b[b.count - 2], "inner sizes of \(a) and \(b) differ")
        let batch = try broadcast(Array(a.dropLast(2)), Array(b.dropLast(2)))
        if operands.count == 3 {
            try require(operands[2].shape == [b[b.count - 1]], "bias should be [\(b[b.count - 1])]")
        }
        return TensorType(.float32, batch + [a[a.count - 2], b[b.count - 1]])
    }
}

/// The shape two shapes broadcast to, aligned at their last axes as in numpy.
package func broadcast(_ a: [Int], _ b: [Int]) throws(GraphError) -> [Int] {
    let rank = max(a.count, b.count)
    var shape: [Int] = []
    for axis in 0..<rank {
        let i = axis - (rank - a.count)
        let j = axis - (rank - b.count)
        let m = i >= 0 ? a[i] : 1
        let n = j >= 0 ? b[j] : 1
        try require(m == n || m == 1 || n == 1, "\(a) and \(b) don't broadcast")
        shape.append(m == 1 ? n : m)
    }
    return shape
}
