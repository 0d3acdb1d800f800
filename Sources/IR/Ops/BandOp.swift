/// Weighted sums of neighbours along one axis, each with weights of its own: a product with a matrix
/// that is zero outside of a band. All resampling but repetition and straight lines is one for each
/// axis.
///
/// Operands: x and weights `[M, K]`. Result: x with `M` cells along `axis`,
/// `y[o] = sum over j in 0..<counts[o] of weights[o, j] * x[starts[o] + j]`.
package struct BandOp: Operation {
    package static let mnemonic = "band"
    package var axis: Int
    package var starts: [Int]
    package var counts: [Int]

    package init(axis: Int, starts: [Int], counts: [Int]) {
        self.axis = axis
        self.starts = starts
        self.counts = counts
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        axis = try attributes.integer("axis")
        starts = try attributes.integers("starts")
        counts = try attributes.integers("counts")
    }

    package var attributes: Attributes {
        Attributes([
            ("axis", .integer(axis)), ("starts", .integers(starts)), ("counts", .integers(counts)),
        ])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 2)
        let (x, weights) = (operands[0], operands[1])
        try require(operands.allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        try require((0..<x.rank).contains(axis), "axis \(axis) is not in 0..<\(x.rank)")
        try require(
            weights.rank == 2 && weights.shape[0] == starts.count && counts.count == starts.count,
            "weights should be [\(starts.count), K], with a count for each start")
        try require(
            counts.allSatisfy { (1...max(1, weights.shape[1])).contains($0) },
            "counts should be 1 to \(weights.shape[1])")
        try require(
            zip(starts, counts).allSatisfy { $0 >= 0 && $0 + $1 <= x.shape[axis] },
            "a window leaves axis \(axis)")
        var shape = x.shape
        shape[axis] = starts.count
        return TensorType(.float32, shape)
    }
}
