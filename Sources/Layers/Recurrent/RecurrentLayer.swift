import Diagnostics
import IR
import Spec

/// What `keras.layers.SimpleRNN`, `LSTM`, `GRU`, `RNN` and `ConvLSTM1D`... share: how they run over
/// time.
protocol RecurrentLayer: Layer {
    var arguments: Arguments { get }

    /// The output of one step for a sequence, the batch axis left out of both; reports what is wrong.
    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType?

    /// Runs over a sequence `[N, T, ...]`.
    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> ValueID
}

extension RecurrentLayer {
    var returnsSequences: Bool { arguments[RecurrentArguments.returnSequences] }
    var goesBackwards: Bool { arguments[RecurrentArguments.goBackwards] }
    var zerosMasked: Bool { arguments[RecurrentArguments.zeroOutputForMask] }
    var isStateful: Bool { arguments[RecurrentArguments.stateful] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let input = inputs[0]
        guard check.requireFloat(inputs), let output = stepType(input, &check),
            check.requireStepMask(inputs)
        else { return nil }
        if isStateful {
            check.warning(
                .notSupported,
                "Keras keeps the state of `\(check.name)` from one prediction to the next; here each "
                    + "prediction starts from zeros",
                at: .argument("stateful"), label: "as after `reset_state()`")
        }
        for index in inputs.indices.dropFirst() where inputs[index] != output {
            check.error(
                .shapeMismatch,
                "the state that `\(check.name)` starts from should be \(output.shapeText), not "
                    + inputs[index].shapeText,
                label: "its state is \(output.shapeText)", inputs: [index])
        }
        return TensorType(
            .float32, (returnsSequences ? [input.shape[0]] : []) + output.shape)
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        returnsSequences ? masks.first ?? nil : nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let mask = lowering.mask()
        let output = lower(
            inputs[0],
            RecurrentRun(
                returnsSequence: returnsSequences, isBackwards: goesBackwards,
                isReversed: goesBackwards, zerosMasked: zerosMasked, mask: mask,
                initialState: Array(inputs.dropFirst())), &lowering)
        // Keras leaves the mask in the order of time, even where the output is reversed.
        lowering.outputMask = returnsSequences ? mask : nil
        return output
    }
}

/// A recurrent layer with one cell, whose arguments are its own: `SimpleRNN`, `LSTM`, `GRU`.
protocol CellLayer: RecurrentLayer {
    var cell: RecurrentCell { get }
}

extension CellLayer {
    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType? {
        guard check.requireRank([input], axes: ["time", "features"]) else { return nil }
        check.requireElementwise(cell)
        return TensorType(.float32, [cell.units])
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        cell.weights(features: inputs[0].shape.last!)
    }

    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> ValueID {
        cell.lower(x, run, &lowering)
    }
}

extension LayerCheck {
    /// Reports activations that work on whole rows: a cell applies its own element by element.
    mutating func requireElementwise(_ cell: RecurrentCell) {
        requireElementwise(cell.activation, argument: "activation")
        requireElementwise(cell.recurrentActivation, argument: "recurrent_activation")
    }

    mutating func requireElementwise(_ function: ActivationFunction, argument: String) {
        guard function.elementwise == nil else { return }
        error(
            .notSupported,
            "`\(argument)` of `\(name)` can't be `\(function.name)`, which works on whole rows",
            at: .argument(argument), label: "takes functions of one element")
    }
}
