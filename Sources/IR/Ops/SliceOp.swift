/// A box of a tensor: along axis `a` the `sizes[a]` cells `starts[a]`, `starts[a] + steps[a]`...
package struct SliceOp: Operation {
    package static let mnemonic = "slice"
    package var starts: [Int]
    package var sizes: [Int]
    package var steps: [Int]

    package init(starts: [Int], sizes: [Int], steps: [Int]? = nil) {
        self.starts = starts
        self.sizes = sizes
        self.steps = steps ?? [Int](repeating: 1, count: starts.count)
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        starts = try attributes.integers("starts")
        sizes = try attributes.integers("sizes")
        steps = try attributes.integers("steps")
    }

    package var attributes: Attributes {
        Attributes([
            ("starts", .integers(starts)), ("sizes", .integers(sizes)), ("steps", .integers(steps)),
        ])
    }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        guard case .integers(let starts)? = given["starts"] else { return Attributes() }
        return Attributes([("steps", .integers([Int](repeating: 1, count: starts.count)))])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        let x = operands[0]
        try require(
            starts.count == x.rank && sizes.count == x.rank && steps.count == x.rank,
            "starts, sizes and steps should have \(x.rank) entries")
        for axis in 0..<x.rank {
            try require(
                starts[axis] >= 0 && sizes[axis] > 0 && steps[axis] > 0
                    && starts[axis] + (sizes[axis] - 1) * steps[axis] < x.shape[axis],
                "the slice leaves axis \(axis)")
        }
        return TensorType(x.elementType, sizes)
    }
}
