import IR
import Spec

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
    var initialState: [ValueID] = []

    /// The recurrence over an input that has been projected.
    func lower(
        _ cell: RecurrentOp.Cell, _ projected: ValueID, kernel: ValueID, bias: ValueID?,
        activation: ActivationFunction, recurrentActivation: ActivationFunction,
        _ lowering: inout Lowering
    ) -> ValueID {
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
            hasMask: mask != nil, hasInitialState: !initialState.isEmpty)
        let operands = [projected, kernel] + [bias, mask].compactMap(\.self) + initialState
        return lowering.emit(.recurrent(op), operands)
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
