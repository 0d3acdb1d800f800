import IR

// Recurrences step by step, as Keras's cells read, and rows of a table.
extension ReferenceEvaluator {
    static func gather(_ table: ReferenceTensor, _ indices: ReferenceTensor) -> ReferenceTensor {
        let rows = Double(table.shape[0])
        return ReferenceTensor(indices.shape + [table.shape[1]]) { index in
            let number = indices[Array(index.dropLast())].rounded(.towardZero)
            guard number >= -rows, number < rows else { return .nan }
            return table[[Int(number < 0 ? number + rows : number), index.last!]]
        }
    }

    static func recurrent(_ op: RecurrentOp, _ operands: [ReferenceTensor]) -> ReferenceTensor {
        let parts = op.operands(operands)
        let steps = parts.x.shape[1]
        let units = parts.kernel.shape[parts.kernel.shape.count - 2]
        let state = [parts.x.shape[0]] + parts.x.shape[2...].dropLast() + [units]
        let zeros = ReferenceTensor(state) { _ in 0 }
        var states =
            op.hasInitialState
            ? parts.initialState : [ReferenceTensor](repeating: zeros, count: op.cell.stateCount)
        var output = zeros
        var outputs = [ReferenceTensor](repeating: zeros, count: steps)
        for step in 0..<steps {
            let time = op.isBackwards ? steps - 1 - step : step
            let x = ReferenceTensor(state.dropLast() + [parts.x.shape.last!]) { index in
                parts.x[[index[0], time] + index.dropFirst()]
            }
            let next = cell(op, x, parts.kernel, parts.bias, states)
            func isMasked(_ index: [Int]) -> Bool { parts.mask?[[index[0], time]] == 0 }
            let before = states
            states = zip(before, next).map { old, new in
                ReferenceTensor(state) { isMasked($0) ? old[$0] : new[$0] }
            }
            let last = output
            output = ReferenceTensor(state) { index in
                isMasked(index) ? (op.zerosMasked ? 0 : last[index]) : next[0][index]
            }
            outputs[op.isReversed ? steps - 1 - time : time] = output
        }
        let rows = (op.returnsSequence ? outputs : [output]) + (op.returnsState ? states : [])
        guard let count = op.rowCount(steps: steps) else { return output }
        return ReferenceTensor([state[0], count] + state.dropFirst()) { index in
            rows[index[1]][[index[0]] + index[2...]]
        }
    }

    /// The states after one step.
    private static func cell(
        _ op: RecurrentOp, _ x: ReferenceTensor, _ kernel: ReferenceTensor,
        _ bias: ReferenceTensor?, _ states: [ReferenceTensor]
    ) -> [ReferenceTensor] {
        let h = states[0]
        let units = h.shape.last!
        func f(_ y: Double) -> Double { ReferenceFunctions.unary(op.activation, y) }
        func s(_ y: Double) -> Double { ReferenceFunctions.unary(op.recurrentActivation, y) }
        let product = multiply(h, kernel)
        func at(_ tensor: ReferenceTensor, _ index: [Int], _ gate: Int) -> Double {
            tensor[index.dropLast() + [gate * units + index.last!]]
        }
        func sum(_ index: [Int], _ gate: Int) -> Double {
            at(x, index, gate) + at(product, index, gate)
                + (bias?.elements[gate * units + index.last!] ?? 0)
        }
        switch op.cell {
        case .simple: return [ReferenceTensor(h.shape) { f(sum($0, 0)) }]
        case .lstm:
            let c = ReferenceTensor(h.shape) {
                s(sum($0, 1)) * states[1][$0] + s(sum($0, 0)) * f(sum($0, 2))
            }
            return [ReferenceTensor(h.shape) { s(sum($0, 3)) * f(c[$0]) }, c]
        case .gru:
            return [
                ReferenceTensor(h.shape) { index in
                    let z = s(sum(index, 0))
                    let inner = at(product, index, 2) + bias!.elements[2 * units + index.last!]
                    let candidate = f(at(x, index, 2) + s(sum(index, 1)) * inner)
                    return z * h[index] + (1 - z) * candidate
                }
            ]
        case .gruResetBefore:
            let reset = ReferenceTensor(h.shape) { s(sum($0, 1)) * h[$0] }
            let inner = multiply(reset, kernel)
            return [
                ReferenceTensor(h.shape) { index in
                    let z = s(sum(index, 0))
                    let candidate = f(at(x, index, 2) + at(inner, index, 2))
                    return z * h[index] + (1 - z) * candidate
                }
            ]
        }
    }

    /// The product of a state with the recurrent kernel, or its convolution that keeps the size.
    private static func multiply(
        _ h: ReferenceTensor, _ kernel: ReferenceTensor
    ) -> ReferenceTensor {
        let rank = kernel.shape.count - 2
        guard rank > 0 else { return matmul(h, kernel, bias: nil) }
        let ones = [Int](repeating: 1, count: rank)
        let op = ConvolutionOp(
            strides: ones, padding: RecurrentOp.padding(kernel: kernel.shape), dilation: ones,
            groups: 1)
        return convolution(op, h, kernel, bias: nil)
    }
}
