/// Cells of one value added around a tensor; one `Padding` for every axis, the batch's included.
package struct PadOp: Operation {
    package static let mnemonic = "pad"
    package var padding: [Padding]
    package var value: Double

    package init(_ padding: [Padding], value: Double = 0) {
        self.padding = padding
        self.value = value
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        padding = try attributes.pairs("padding")
        value = try attributes.number("value")
    }

    package var attributes: Attributes {
        Attributes([("padding", .pairs(padding)), ("value", .number(value))])
    }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        Attributes([("value", .number(0))])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        let x = operands[0]
        try require(padding.count == x.rank, "padding should have \(x.rank) entries")
        try require(padding.allSatisfy { $0.before >= 0 && $0.after >= 0 }, "negative padding")
        return TensorType(x.elementType, zip(x.shape, padding).map { $0 + $1.total })
    }
}
