import Diagnostics
import IR
import Spec

/// What `keras.layers.SimpleRNN`, `LSTM`, `GRU`, `RNN` and `ConvLSTM1D`... share: how they run over
/// time.
protocol RecurrentLayer: Layer {
    var arguments: Arguments { get }

    /// The output of one step for a sequence, the batch axis left out of both; reports what is wrong.
    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType?

    /// The states as outputs are called, in Keras's order.
    var stateNames: [String] { get }

    /// Their types, where the output of one step has the type `step`; the batch axis left out.
    func stateTypes(_ step: TensorType) -> [TensorType]

    /// Runs over a sequence `[N, T, ...]`.
    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult
}

extension RecurrentLayer {
    var returnsSequences: Bool { arguments[RecurrentArguments.returnSequences] }
    var goesBackwards: Bool { arguments[RecurrentArguments.goBackwards] }
    var zerosMasked: Bool { arguments[RecurrentArguments.zeroOutputForMask] }
    var isStateful: Bool { arguments[RecurrentArguments.stateful] }
    var returnsState: Bool { arguments[RecurrentArguments.returnState] }
    var isUnrolled: Bool { arguments[RecurrentArguments.unroll] }

    package var outputNames: [String] { returnsState ? ["output"] + stateNames : [] }

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
        let states = stateTypes(output)
        check.requireStates(inputs, states, stateNames)
        if returnsState { check.moreOutputs = states }
        return TensorType(
            .float32, (returnsSequences ? [input.shape[0]] : []) + output.shape)
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        returnsSequences ? masks.first ?? nil : nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let mask = lowering.mask()
        let states = Array(inputs.dropFirst())
        let result = run(
            inputs[0],
            RecurrentRun(
                returnsSequence: returnsSequences, isBackwards: goesBackwards,
                isReversed: goesBackwards, zerosMasked: zerosMasked,
                // Keras hands an implicit mask to layers that are called with one tensor only.
                mask: states.isEmpty ? mask : nil, initialState: states,
                returnsState: returnsState), &lowering)
        // Keras leaves the mask in the order of time, even where the output is reversed.
        lowering.outputMask = returnsSequences ? mask : nil
        lowering.moreOutputs = result.states
        return result.output
    }

    /// Runs over a sequence `[N, T, ...]` as Keras does.
    ///
    /// Where its loop is unrolled and goes backwards, Keras makes zeros of the wrong steps: of those that
    /// the mask leaves out, counted from the end in the place of the beginning.
    func run(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult {
        guard isUnrolled, run.isBackwards, run.zerosMasked, run.returnsSequence,
            var mask = run.mask
        else { return lower(x, run, &lowering) }
        var repeating = run
        repeating.zerosMasked = false
        var result = lower(x, repeating, &lowering)
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
        let marks = lowering.marks(mask, rank: lowering.type(result.output).rank)
        result.output = lowering.emit(
            .binary(BinaryOp(.keep)), [result.output, marks], "kept")
        return result
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

    var stateNames: [String] { cell.stateNames }

    func stateTypes(_ step: TensorType) -> [TensorType] {
        stateNames.map { _ in TensorType(.float32, [cell.units]) }
    }

    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult {
        cell.lower(x, run, &lowering)
    }
}

extension LayerCheck {
    /// Reports initial states, the inputs behind the first, that aren't as many or as large as `states`.
    mutating func requireStates(
        _ inputs: [TensorType], _ states: [TensorType], _ names: [String]
    ) {
        if inputs.count == 1 { return }
        guard inputs.count == 1 + states.count else {
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            error(
                .inputCount,
                "`\(name)` starts from \(states.count) \(states.count == 1 ? "state" : "states") and gets "
                    + "\(inputs.count - 1)", label: "takes \(list) behind the sequence")
            return
        }
        for (index, state) in zip(1..., states) where inputs[index] != state {
            error(
                .shapeMismatch,
                "the state that `\(name)` starts from should be \(state.shapeText), not "
                    + inputs[index].shapeText,
                label: "its state is \(state.shapeText)", inputs: [index])
        }
    }

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
