/// Rows of a table by number: table `[V, D]` and indices `[...]` of either element type give
/// `[..., D]` (`keras.layers.Embedding`).
///
/// An index is rounded towards zero; from -V to -1 it counts from the end. What lies beyond has no
/// row: its result is NaN, as in Keras on JAX (Keras on TensorFlow raises an error).
package struct GatherOp: Operation {
    package static let mnemonic = "gather"

    package init() {}
    package init(_ attributes: Attributes) throws(GraphError) {}
    package var attributes: Attributes { Attributes() }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 2)
        let table = operands[0]
        try require(table.elementType == .float32, "takes a table of f32")
        try require(table.rank == 2, "the table should have rank 2, not \(table.rank)")
        return TensorType(.float32, operands[1].shape + [table.shape[1]])
    }
}
