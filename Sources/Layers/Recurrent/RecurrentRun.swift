import IR
import Spec

/// What a recurrence makes.
struct RecurrentResult {
    /// That of each step, or of the last one.
    var output: ValueID
    /// The states behind the last step, where they were asked for.
    var states: [ValueID] = []
}

/// How a recurrence runs over time.
struct RecurrentRun {
    var returnsSequence: Bool
    /// From the last step to the first.
    var isBackwards = false
    /// Whether the output's steps stand in the reverse of time.
    var isReversed = false
    var zerosMasked = false
    /// `[N, T]`
    var mask: ValueID?
    /// Those of all cells, one behind the other.
    var initialState: [ValueID] = []
    var returnsState = false

    /// The recurrence over an input that has been projected.
    func lower(
        _ cell: RecurrentOp.Cell, _ projected: ValueID, kernel: ValueID, bias: ValueID?,
        activation: ActivationFunction, recurrentActivation: ActivationFunction,
        _ lowering: inout Lowering
    ) -> RecurrentResult {
        guard let function = activation.elementwise,
            let gateFunction = recurrentActivation.elementwise
        else {
            return unrolled(
                cell, projected, kernel: kernel, bias: bias, activation: activation,
                recurrentActivation: recurrentActivation, &lowering)
        }
        let op = RecurrentOp(
            cell, activation: function, recurrentActivation: gateFunction,
            isBackwards: isBackwards, isReversed: isReversed && returnsSequence,
            returnsSequence: returnsSequence, zerosMasked: zerosMasked && mask != nil,
            hasMask: mask != nil, hasInitialState: !initialState.isEmpty,
            returnsState: returnsState)
        let operands = [projected, kernel] + [bias, mask].compactMap(\.self) + initialState
        let rows = lowering.emit(.recurrent(op), operands)
        return returnsState ? split(rows, states: cell.stateCount, &lowering) : .init(output: rows)
    }

    /// The outputs and the states, which stand behind each other along the second axis.
    private func split(
        _ rows: ValueID, states: Int, _ lowering: inout Lowering
    ) -> RecurrentResult {
        let shape = lowering.type(rows).shape
        func part(_ start: Int, _ count: Int, keepsAxis: Bool, _ name: String) -> ValueID {
            var starts = [Int](repeating: 0, count: shape.count)
            var sizes = shape
            starts[1] = start
            sizes[1] = count
            let slice = lowering.emit(.slice(SliceOp(starts: starts, sizes: sizes)), [rows], name)
            return keepsAxis ? slice : lowering.reshape(slice, [shape[0]] + shape[2...], name)
        }
        let steps = shape[1] - states
        return RecurrentResult(
            output: part(0, steps, keepsAxis: returnsSequence, "output"),
            states: (0..<states).map {
                part(steps + $0, 1, keepsAxis: false, states == 1 ? "state" : "state_\($0)")
            })
    }
}

extension ActivationFunction {
    /// The function of one element that it is; nil for one of whole rows.
    var elementwise: UnaryFunction? {
        switch rule {
        case .linear: UnaryFunction(.affine, 1, 0)
        case .unary(let function): function
        case .row, .gatedLinear: nil
        }
    }
}
