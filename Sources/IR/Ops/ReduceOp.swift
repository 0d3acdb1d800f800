/// A reduction over `axes`; with `keepDims` they stay as axes of size 1.
package struct ReduceOp: Operation {
    package static let mnemonic = "reduce"
    package enum Kind: String, Sendable, CaseIterable { case sum, mean, maximum, minimum }
    package var kind: Kind
    package var axes: [Int]
    package var keepDims: Bool

    package init(_ kind: Kind, axes: [Int], keepDims: Bool) {
        self.kind = kind
        self.axes = axes
        self.keepDims = keepDims
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        kind = try attributes.word("kind")
        axes = try attributes.integers("axes")
        keepDims = try attributes.integer("keep") != 0
    }

    package var attributes: Attributes {
        Attributes([
            ("kind", .word(kind.rawValue)), ("axes", .integers(axes)),
            ("keep", .integer(keepDims ? 1 : 0)),
        ])
    }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try requireAxes(axes, of: operands[0])
        var shape: [Int] = []
        for (axis, size) in operands[0].shape.enumerated() {
            if !axes.contains(axis) { shape.append(size) } else if keepDims { shape.append(1) }
        }
        return TensorType(.float32, shape)
    }
}
