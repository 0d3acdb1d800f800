/// A tensor known at compile time, by its index in `Graph.constants`.
package struct ConstantOp: Operation {
    package static let mnemonic = "constant"
    package let id: Int

    package init(id: Int) { self.id = id }

    package init(_ attributes: Attributes) throws(GraphError) {
        id = try attributes.integer("id")
    }

    package var attributes: Attributes { Attributes([("id", .integer(id))]) }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        throw GraphError("a constant's type is given, not inferred")
    }
}
