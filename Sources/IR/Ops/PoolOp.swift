/// Pooling over 1 to 3 spatial axes, channels last: x `[N, d1...dn, C]`.
///
/// Padding cells take no part: an average divides by the number of real cells. A maximum ignores
/// NaN and starts from the lowest finite number, as TensorFlow's does.
package struct PoolOp: Operation {
    package static let mnemonic = "pool"
    package enum Kind: String, Sendable, CaseIterable { case maximum, average }
    package var kind: Kind
    package var window: [Int]
    package var strides: [Int]
    package var padding: [Padding]

    package init(_ kind: Kind, window: [Int], strides: [Int], padding: [Padding]) {
        self.kind = kind
        self.window = window
        self.strides = strides
        self.padding = padding
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        kind = try attributes.word("kind")
        window = try attributes.integers("window")
        strides = try attributes.integers("strides")
        padding = try attributes.pairs("padding")
    }

    package var attributes: Attributes {
        Attributes([
            ("kind", .word(kind.rawValue)), ("window", .integers(window)),
            ("strides", .integers(strides)), ("padding", .pairs(padding)),
        ])
    }

    package var mayCarryEpilogue: Bool { true }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        guard case .integers(let window)? = given["window"] else { return Attributes() }
        return Attributes([
            ("strides", .integers(window)),
            ("padding", .pairs([Padding](repeating: .zero, count: window.count))),
        ])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        let x = operands[0]
        let rank = window.count
        try require(x.elementType == .float32, "takes an f32 operand")
        try require((1...3).contains(rank) && x.rank == rank + 2, "x should have rank \(rank + 2)")
        try require(strides.count == rank && padding.count == rank, "one entry for each axis")
        try require((window + strides).allSatisfy { $0 > 0 }, "window and strides are positive")
        var shape = [x.shape[0]]
        for axis in 0..<rank {
            let room = x.shape[axis + 1] + padding[axis].total - window[axis]
            try require(
                padding[axis].before >= 0 && padding[axis].after >= 0, "negative padding")
            try require(room >= 0, "the window is larger than the input")
            let lastStart = room / strides[axis] * strides[axis]
            try require(
                padding[axis].before < window[axis]
                    && lastStart < padding[axis].before + x.shape[axis + 1],
                "padding \(padding[axis]) leaves a window without a cell")
            shape.append(room / strides[axis] + 1)
        }
        return TensorType(.float32, shape + [x.shape[rank + 1]])
    }
}
