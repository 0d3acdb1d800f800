import IR
import Spec

/// One step of `GRU`, `keras.layers.GRUCell`.
package struct GRUCell: SingleCell {
    package static let className = "GRUCell"
    package static let summary = "One step of GRU, for RNN to run."
    package static let formula = GRU.formula
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - RNN: {cell: {GRUCell: {units: 16}}}
        """
    package static let schema: [any ArgumentDescriptor] = schema(
        gates: [RecurrentArguments.recurrentActivation], last: [RecurrentArguments.resetAfter])

    let cell: RecurrentCell

    package init(_ arguments: Arguments) { cell = RecurrentCell(.gru(arguments), arguments) }
}
