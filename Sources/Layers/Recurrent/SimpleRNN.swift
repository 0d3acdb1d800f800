import IR
import Spec

/// A fully connected recurrence, `keras.layers.SimpleRNN`.
///
/// Variables: `kernel` (features, units), `recurrent_kernel` (units, units), `bias` (units).
package struct SimpleRNN: CellLayer {
    package static let className = "SimpleRNN"
    package static let summary = "A recurrence in which the output of a step goes into the next."
    package static let formula =
        "output[t] = activation(x[t] · kernel + output[t-1] · recurrent_kernel + bias)"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - SimpleRNN: {units: 16}
        """

    package static let schema: [any ArgumentDescriptor] =
        [RecurrentArguments.units, RecurrentArguments.activation, RecurrentArguments.useBias]
        + RecurrentArguments.initializers + RecurrentArguments.regularizers
        + [RecurrentArguments.activityRegularizer] + RecurrentArguments.constraints
        + RecurrentArguments.dropout + RecurrentArguments.running
        + [RecurrentArguments.unroll, RecurrentArguments.seed] + RecurrentArguments.passedOn
    package static let castsIntegers = true
    package static let inputCount = InputCount.sequence(states: 1)

    let arguments: Arguments
    let cell: RecurrentCell

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        cell = RecurrentCell(.simple, arguments)
    }
}
