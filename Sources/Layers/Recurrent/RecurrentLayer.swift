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
    var isUnrolled: Bool { arguments[RecurrentArguments.unroll] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let input = inputs[0]
        guard check.requireFloat(inputs), let output = stepType(input, &check),
            inputs.count > 1 || check.requireStepMask(inputs)
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
        let states = Array(inputs.dropFirst())
        let output = run(
            inputs[0],
            RecurrentRun(
                returnsSequence: returnsSequences, isBackwards: goesBackwards,
                isReversed: goesBackwards, zerosMasked: zerosMasked,
                // Keras hands an implicit mask to layers that are called with one tensor only.
                mask: states.isEmpty ? mask : nil, initialState: states), &lowering)
        // Keras leaves the mask in the order of time, even where the output is reversed.
        lowering.outputMask = returnsSequences ? mask : nil
        return output
    }

    /// Runs over a sequence `[N, T, ...]` as Keras does.
    ///
    /// Where its loop is unrolled and goes backwards, Keras makes zeros of the wrong steps: of those that
    /// the mask leaves out, counted from the end in the place of the beginning.
    func run(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> ValueID {
        guard isUnrolled, run.isBackwards, run.zerosMasked, run.returnsSequence,
            var mask = run.mask
        else { return lower(x, run, &lowering) }
        var repeating = run
        repeating.zerosMasked = false
        let output = lower(x, repeating, &lowering)
        if !run.isReversed {
            let (count, steps) = (lowering.type(mask).shape[0], lowering.type(mask).shape[1])
            let turned = (0..<steps).reversed().map { step in
                lowering.emit(
                    .slice(SliceOp(starts: [0, step], sizes: [count, 1])), [mask], "step_mask")
            }
            if steps > 1 {
                mask = lowering.emit(.concatenate(ConcatenateOp(axis: 1)), turned, "turned_mask")
            }
        }
        let marks = lowering.marks(mask, rank: lowering.type(output).rank)
        return lowering.emit(.binary(BinaryOp(.keep)), [output, marks], "kept")
    }
}

/// A recurrent layer with one cell, whose arguments are its own: `SimpleRNN`, `LSTM`, `GRU`.
protocol CellLayer: RecurrentLayer {
    var cell: RecurrentCell { get }
}

extension CellLayer {
    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType? {
        guard check.requireRank([input], axes: ["time", "features"]) else { return nil }
        check.requireActivations(of: cell, steps: input.shape[0])
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
    /// Reports activations that the cell can't have.
    mutating func requireActivations(of cell: RecurrentCell, steps: Int) {
        requireActivation(cell.activation, argument: "activation", steps: steps)
        requireActivation(cell.recurrentActivation, argument: "recurrent_activation", steps: steps)
    }

    mutating func requireActivation(
        _ function: ActivationFunction, argument: String, steps: Int
    ) {
        if function.rule == .gatedLinear {
            error(
                .argumentValue,
                "`\(argument)` of `\(name)` can't be `glu`, which halves the state",
                at: .argument(argument), label: "should keep the number of units")
        } else if function.elementwise == nil, steps > RecurrentRun.mostUnrolledSteps {
            error(
                .notSupported,
                "`\(argument)` of `\(name)` can be `\(function.name)` over at most "
                    + "\(RecurrentRun.mostUnrolledSteps) steps, and there are \(steps)",
                at: .argument(argument), label: "works on whole rows")
        }
    }
}
