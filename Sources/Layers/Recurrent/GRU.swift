import IR
import Spec

/// Gated recurrent units, `keras.layers.GRU` (Cho et al. 2014).
///
/// Variables: `kernel` (features, 3 units), `recurrent_kernel` (units, 3 units) and `bias`, with the
/// gates in the order update, reset, candidate. The bias is (2, 3 units), for the input and for the
/// state; with `reset_after: false` (3 units).
package struct GRU: CellLayer {
    package static let className = "GRU"
    package static let summary =
        "Gated recurrent units: a recurrence that updates a part of its state."
    package static let formula = """
        z = s(x[t] · kernel_z + h[t-1] · recurrent_kernel_z + bias), r likewise,
          s being recurrent_activation
          c = activation(x[t] · kernel_c + bias_0 + r * (h[t-1] · recurrent_kernel_c + bias_1))
          output[t] = h[t] = z * h[t-1] + (1 - z) * c
        """
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - GRU: {units: 16}
        """

    package static let schema: [any ArgumentDescriptor] =
        [
            RecurrentArguments.units, RecurrentArguments.activation,
            RecurrentArguments.recurrentActivation, RecurrentArguments.useBias,
        ] + RecurrentArguments.initializers + RecurrentArguments.regularizers
        + [RecurrentArguments.activityRegularizer] + RecurrentArguments.constraints
        + RecurrentArguments.dropout + [RecurrentArguments.seed] + RecurrentArguments.running
        + [RecurrentArguments.unroll, RecurrentArguments.resetAfter, RecurrentArguments.useCuDNN]
        + RecurrentArguments.passedOn
    package static let castsIntegers = true
    package static let inputCount = InputCount.sequence(states: 1)

    let arguments: Arguments
    let cell: RecurrentCell

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        cell = RecurrentCell(.gru(arguments), arguments)
    }
}

extension RecurrentOp.Cell {
    /// The GRU that `reset_after` asks for.
    static func gru(_ arguments: Arguments) -> Self {
        arguments[RecurrentArguments.resetAfter] ? .gru : .gruResetBefore
    }
}
