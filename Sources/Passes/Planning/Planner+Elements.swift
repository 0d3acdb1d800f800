import IR
import Plan

/// Ops that go element by element, and those that only move elements.
extension Planner {
    mutating func planElementwise(_ value: ValueID, _ node: Node) {
        let shape = node.type.shape
        var steps: [EpilogueStep] = []
        switch node.op {
        case .unary(let op): steps = [.unary(op.function)]
        case .binary(let op): steps = [.binary(op.function, operand: 1, reversed: false)]
        default: break
        }
        let source = operandView(node.inputs[0])
        var instructions: [EpilogueInstruction] = []
        var operands: [[Int]] = []
        if case .scaleShift(let op) = node.op {
            // Along any axis, where an epilogue's runs along the last.
            let scale = operandView(node.inputs[1])
            let shift = operandView(node.inputs[2])
            for _ in 0..<2 { operands.append(shape.indices.map { $0 == op.axis ? 1 : 0 }) }
            instructions = [
                .scaleShift(
                    scale: Operand(scale.location, stream: 2),
                    shift: Operand(shift.location, stream: 3))
            ]
        }
        let (rest, strides) = epilogue(
            steps + node.epilogue, of: node, firstStream: 2 + operands.count)
        instructions += rest
        operands += strides
        let output = outputView(value, reusing: reusableOperand(node, strides))
        append(
            .map(
                MapKernel(
                    source: source.location, output: output.location,
                    loops: Self.loops(
                        shape,
                        [Self.broadcastStrides(source, to: shape), output.strides] + operands),
                    epilogue: instructions)), of: value)
    }

    /// The first operand, unless another operand might read its memory in another order.
    func reusableOperand(_ node: Node, _ strides: [[Int]]) -> ValueID? {
        guard let first = node.inputs.first, let view = views[first.index] else { return nil }
        for other in node.inputs.dropFirst() {
            guard let second = views[other.index] else { continue }
            if second.location.region == view.location.region && second != view { return nil }
        }
        return first
    }

    mutating func planTranspose(_ value: ValueID, _ node: Node, _ op: TransposeOp) {
        let source = operandView(node.inputs[0])
        let moved = View(
            source.location, shape: node.type.shape,
            strides: op.permutation.map { source.strides[$0] })
        copy(moved, to: outputView(value), of: value)
    }

    mutating func planReshape(_ value: ValueID, _ node: Node) {
        let source = operandView(node.inputs[0])
        if source.isContiguous {
            views[value.index] = View(source.location, shape: node.type.shape)
            return
        }
        let copy = newBuffer(node.name, layers: node.layers, shape: source.shape, border: [])
        self.copy(source, to: copy, of: value)
        views[value.index] = View(copy.location, shape: node.type.shape)
    }

    mutating func planConcatenate(_ value: ValueID, _ node: Node, _ op: ConcatenateOp) {
        let whole = outputView(value)
        var starts = [Int](repeating: 0, count: node.type.rank)
        for operand in node.inputs {
            let shape = graph.type(operand).shape
            let part = whole.box(starts, shape)
            let view = operandView(operand)
            if view != part { copy(view, to: part, of: value) }
            starts[op.axis] += shape[op.axis]
        }
    }

    mutating func planInterleave(_ value: ValueID, _ node: Node, _ op: InterleaveOp) {
        let whole = outputView(value)
        for (phase, operand) in zip(op.phases, node.inputs) {
            let part = whole.box(phase, graph.type(operand).shape, steps: op.factors)
            let view = operandView(operand)
            if view != part { copy(view, to: part, of: value) }
        }
    }

    mutating func planPad(_ value: ValueID, _ node: Node, _ op: PadOp) {
        let whole = outputView(value)
        let interior = whole.box(op.padding.map(\.before), graph.type(node.inputs[0]).shape)
        let view = operandView(node.inputs[0])
        if view != interior { copy(view, to: interior, of: value) }
        append(
            .fill(
                FillKernel(
                    value: Float(op.value), boxes: Self.borderBoxes(whole, op.padding))), of: value,
            suffix: "border")
    }

    mutating func planResize(_ value: ValueID, _ node: Node, _ op: ResizeOp) {
        let source = operandView(node.inputs[0])
        let output = outputView(value)
        let isRepetition =
            op.method == .nearest
            && zip(op.sizes, source.shape).allSatisfy { $0.isMultiple(of: $1) }
        if isRepetition {
            // Repetition is a copy in which the source stands still along an inner axis.
            var shape: [Int] = []
            var from: [Int] = []
            var to: [Int] = []
            for axis in op.sizes.indices {
                let factor = op.sizes[axis] / source.shape[axis]
                shape += [source.shape[axis], factor]
                from += [source.strides[axis], 0]
                to += [output.strides[axis] * factor, output.strides[axis]]
            }
            append(
                .map(
                    MapKernel(
                        source: source.location, output: output.location,
                        loops: Self.loops(shape, [from, to]), epilogue: [])), of: value)
            return
        }
        let axes = op.sizes.indices.map { axis in
            ResizeKernel.Axis(
                inputSize: source.shape[axis], outputSize: op.sizes[axis],
                inputStride: source.strides[axis], outputStride: output.strides[axis])
        }
        append(
            .resize(
                ResizeKernel(
                    method: op.method, input: source.location, output: output.location, axes: axes)),
            of: value)
    }
}
