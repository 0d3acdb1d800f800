/// Resampling along any axes to `sizes` (one for each axis) with half-pixel centers:
/// `source = (i + 0.5) * in / out - 0.5`.
///
/// - `nearest`: element `floor((i + 0.5) * in / out)`; repetition where the factor is whole.
/// - `linear`: `a + (b - a) * part` along each resized axis in turn, the last one first, a and b the
///   elements at `floor(source)` and `ceil(source)`, clamped at the border. As in TensorFlow that is NaN
///   where a is infinite; and an image that is resized along one of its axes goes through it along the
///   other one too, a and b being the same, so that nothing infinite is left.
package struct ResizeOp: Operation {
    package static let mnemonic = "resize"
    package enum Method: String, Sendable, CaseIterable { case nearest, linear }
    package var method: Method
    package var sizes: [Int]

    package init(_ method: Method, sizes: [Int]) {
        self.method = method
        self.sizes = sizes
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        method = try attributes.word("method")
        sizes = try attributes.integers("sizes")
    }

    package var attributes: Attributes {
        Attributes([("method", .word(method.rawValue)), ("sizes", .integers(sizes))])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try require(operands[0].elementType == .float32, "takes an f32 operand")
        try require(sizes.count == operands[0].rank, "sizes should name every axis")
        try require(sizes.allSatisfy { $0 > 0 }, "sizes should be positive")
        return TensorType(.float32, sizes)
    }
}
