import IR
import Spec

// A recurrence written out step by step: for activations that work on whole rows (`softmax`...), which
// no cell can apply to one unit after the other.
extension RecurrentRun {
    /// Each step is a dozen ops: longer sequences would make models that nobody wants to read.
    static let mostUnrolledSteps = 256

    /// The same as `lower` computes, of other ops.
    func unrolled(
        _ cell: RecurrentOp.Cell, _ projected: ValueID, kernel: ValueID, bias: ValueID?,
        activation: ActivationFunction, recurrentActivation: ActivationFunction,
        _ lowering: inout Lowering
    ) -> RecurrentResult {
        let shape = lowering.type(projected).shape
        let kernelShape = lowering.type(kernel).shape
        let units = kernelShape[kernelShape.count - 2]
        let state = [shape[0]] + shape[2...].dropLast() + [units]
        let step = UnrolledStep(
            cell: cell, units: units, kernel: kernel, bias: bias, activation: activation,
            recurrentActivation: recurrentActivation)
        let zeros = lowering.splat(0, shape: state, "zeros")
        var states =
            initialState.isEmpty
            ? [ValueID](repeating: zeros, count: cell.stateCount) : initialState
        var output = zeros
        var outputs = [ValueID](repeating: zeros, count: shape[1])
        for index in 0..<shape[1] {
            let time = isBackwards ? shape[1] - 1 - index : index
            let x = Self.step(time, of: projected, &lowering)
            let next = step.lower(x, states, &lowering)
            if let mask {
                let mark = lowering.marks(
                    Self.step(time, of: mask, &lowering), rank: state.count)
                output = lowering.choose(mark, next[0], zerosMasked ? zeros : output)
                states = zip(next, states).map { lowering.choose(mark, $0, $1) }
            } else {
                output = next[0]
                states = next
            }
            outputs[isReversed ? shape[1] - 1 - time : time] = output
        }
        let last = returnsState ? states : []
        guard returnsSequence else { return RecurrentResult(output: output, states: last) }
        let rows = outputs.map {
            lowering.reshape($0, [shape[0], 1] + state.dropFirst(), "output")
        }
        return RecurrentResult(
            output: lowering.emit(.concatenate(ConcatenateOp(axis: 1)), rows), states: last)
    }

    /// One step of a sequence, without the axis of time.
    private static func step(
        _ time: Int, of sequence: ValueID, _ lowering: inout Lowering
    ) -> ValueID {
        let shape = lowering.type(sequence).shape
        var starts = [Int](repeating: 0, count: shape.count)
        var sizes = shape
        starts[1] = time
        sizes[1] = 1
        let slice = lowering.emit(
            .slice(SliceOp(starts: starts, sizes: sizes)), [sequence], "slice")
        return lowering.reshape(slice, [shape[0]] + shape[2...], "step")
    }
}

/// One step of a cell as ops.
private struct UnrolledStep {
    let cell: RecurrentOp.Cell
    let units: Int
    let kernel: ValueID
    let bias: ValueID?
    let activation: ActivationFunction
    let recurrentActivation: ActivationFunction

    /// The states after the step.
    func lower(_ x: ValueID, _ states: [ValueID], _ lowering: inout Lowering) -> [ValueID] {
        func combine(_ function: BinaryFunction, _ a: ValueID, _ b: ValueID) -> ValueID {
            lowering.emit(.binary(BinaryOp(function)), [a, b], function.rawValue)
        }
        func gate(_ index: Int, _ value: ValueID) -> ValueID {
            var starts = [Int](repeating: 0, count: lowering.type(value).rank)
            var sizes = lowering.type(value).shape
            starts[starts.count - 1] = index * units
            sizes[sizes.count - 1] = units
            return lowering.emit(
                .slice(SliceOp(starts: starts, sizes: sizes)), [value], "gate_\(index)")
        }
        func open(_ value: ValueID) -> ValueID { lowering.activation(recurrentActivation, value) }
        func activate(_ value: ValueID) -> ValueID { lowering.activation(activation, value) }
        func mix(_ update: ValueID, _ candidate: ValueID) -> ValueID {
            let rest = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.affine, -1, 1))), [update], "rest")
            return combine(
                .add, combine(.multiply, update, states[0]), combine(.multiply, rest, candidate))
        }
        var product = multiply(states[0], &lowering)
        if let bias { product = lowering.addBias(product, bias) }
        switch cell {
        case .simple: return [activate(combine(.add, x, product))]
        case .lstm:
            let sum = combine(.add, x, product)
            let new = combine(.multiply, open(gate(0, sum)), activate(gate(2, sum)))
            let old = combine(.multiply, open(gate(1, sum)), states[1])
            let carry = combine(.add, old, new)
            return [combine(.multiply, open(gate(3, sum)), activate(carry)), carry]
        case .gru, .gruResetBefore:
            let update = open(combine(.add, gate(0, x), gate(0, product)))
            let reset = open(combine(.add, gate(1, x), gate(1, product)))
            let inner =
                cell == .gru
                ? combine(.multiply, reset, gate(2, product))
                : gate(2, multiply(combine(.multiply, reset, states[0]), &lowering))
            return [mix(update, activate(combine(.add, gate(2, x), inner)))]
        }
    }

    /// The product of a state with the recurrent kernel, or its convolution that keeps the size.
    private func multiply(_ state: ValueID, _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(kernel).shape
        guard shape.count > 2 else {
            return lowering.emit(.matmul(MatmulOp()), [state, kernel], "product")
        }
        let ones = [Int](repeating: 1, count: shape.count - 2)
        let op = ConvolutionOp(
            strides: ones, padding: RecurrentOp.padding(kernel: shape), dilation: ones, groups: 1)
        return lowering.emit(.convolution(op), [state, kernel], "product")
    }
}
