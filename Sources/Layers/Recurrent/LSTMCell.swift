import IR
import Spec

/// One step of `LSTM`, `keras.layers.LSTMCell`.
package struct LSTMCell: SingleCell {
    package static let className = "LSTMCell"
    package static let summary = "One step of LSTM, for RNN to run."
    package static let formula = LSTM.formula
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - RNN: {cell: {LSTMCell: {units: 16}}}
        """
    package static let schema: [any ArgumentDescriptor] = schema(
        gates: [RecurrentArguments.recurrentActivation], unitForgetBias: true)

    let cell: RecurrentCell

    package init(_ arguments: Arguments) { cell = RecurrentCell(.lstm, arguments) }
}
