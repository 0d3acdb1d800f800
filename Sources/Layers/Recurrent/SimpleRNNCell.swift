import IR
import Spec

/// One step of `SimpleRNN`, `keras.layers.SimpleRNNCell`.
package struct SimpleRNNCell: SingleCell {
    package static let className = "SimpleRNNCell"
    package static let summary = "One step of SimpleRNN, for RNN to run."
    package static let formula = "h = activation(x · kernel + h · recurrent_kernel + bias)"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - RNN: {cell: {SimpleRNNCell: {units: 16}}}
        """
    package static let schema: [any ArgumentDescriptor] = schema(gates: [])

    let cell: RecurrentCell

    package init(_ arguments: Arguments) { cell = RecurrentCell(.simple, arguments) }
}
