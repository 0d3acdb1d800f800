import IR
import Spec

/// Long short-term memory, `keras.layers.LSTM` (Hochreiter & Schmidhuber 1997).
///
/// Variables: `kernel` (features, 4 units), `recurrent_kernel` (units, 4 units), `bias` (4 units), with
/// the gates in the order input, forget, candidate, output.
package struct LSTM: CellLayer {
    package static let className = "LSTM"
    package static let summary = "Long short-term memory: a recurrence with a gated memory."
    package static let formula = """
        (i, f, c', o) = x[t] · kernel + h[t-1] · recurrent_kernel + bias
          c[t] = s(f) * c[t-1] + s(i) * activation(c'), s being recurrent_activation
          output[t] = h[t] = s(o) * activation(c[t])
        """
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - LSTM: {units: 16}
        """

    package static let schema: [any ArgumentDescriptor] =
        [
            RecurrentArguments.units, RecurrentArguments.activation,
            RecurrentArguments.recurrentActivation, RecurrentArguments.useBias,
        ] + RecurrentArguments.initializers + [RecurrentArguments.unitForgetBias]
        + RecurrentArguments.regularizers + [RecurrentArguments.activityRegularizer]
        + RecurrentArguments.constraints + RecurrentArguments.dropout + [RecurrentArguments.seed]
        + RecurrentArguments.runningWithMemory + [
            RecurrentArguments.unroll, RecurrentArguments.useCuDNN,
        ]
        + RecurrentArguments.passedOn
    package static let castsIntegers = true
    package static let inputCount = InputCount.sequence(states: 2)

    let arguments: Arguments
    let cell: RecurrentCell

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        cell = RecurrentCell(.lstm, arguments)
    }
}
