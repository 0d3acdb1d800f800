/// A tensor the caller gives: `input name="x" type...`. Its type stands on the node.
package struct InputOp: Operation {
    package static let mnemonic = "input"
    package let name: String

    package init(name: String) { self.name = name }

    package init(_ attributes: Attributes) throws(GraphError) {
        name = try attributes.text("name")
    }

    package var attributes: Attributes { Attributes([("name", .text(name))]) }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        throw GraphError("an input's type is given, not inferred")
    }
}
