import IR
import Plan

/// Pooling, reductions, and functions of whole rows.
extension Planner {
    mutating func planPool(_ value: ValueID, _ node: Node, _ op: PoolOp) {
        let rank = op.window.count
        let input = unitStride(node.inputs[0], value)
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        let axes = (0..<rank).map { axis in
            PoolKernel.Axis(
                input: input.shape[axis + 1], output: node.type.shape[axis + 1],
                window: op.window[axis], stride: op.strides[axis], before: op.padding[axis].before,
                inputStride: input.strides[axis + 1], outputStride: output.strides[axis + 1])
        }
        append(
            .pool(
                PoolKernel(
                    kind: op.kind, input: input.location, output: output.location,
                    batch: Loop(
                        node.type.shape[0],
                        [input.strides[0], output.strides[0]] + operands.map { $0[0] }),
                    axes: axes, channels: node.type.shape[rank + 1],
                    operandStrides: operands.map { Array($0.dropFirst()) }, epilogue: instructions)),
            of: value)
    }

    mutating func planBand(_ value: ValueID, _ node: Node, _ op: BandOp) {
        guard let weights = graph.constant(node.inputs[1]) else {
            preconditionFailure("\(node.name): the weights of a band should be a constant")
        }
        let input = operandView(node.inputs[0])
        let output = outputView(value)
        let loops = node.type.shape.indices.map {
            Loop(node.type.shape[$0], [input.strides[$0], output.strides[$0]])
        }
        let behind = Array(loops[(op.axis + 1)...]).collapsed()
        var outer = (loops[..<op.axis] + behind.dropLast()).collapsed()
        if outer.isEmpty { outer = [Loop(1, [0, 0])] }
        append(
            .band(
                BandKernel(
                    input: input.location, output: output.location,
                    rows: constants.packBand(weights, op), outer: outer,
                    inner: behind.last ?? Loop(1, [1, 1]), count: op.starts.count,
                    pitch: weights.type.shape[1] + 2, inputStride: input.strides[op.axis],
                    outputStride: output.strides[op.axis])), of: value)
    }

    mutating func planReduce(_ value: ValueID, _ node: Node, _ op: ReduceOp) {
        let input = operandView(node.inputs[0])
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        var kept: [Loop] = []
        var reduced: [Loop] = []
        var outputAxis = 0
        for axis in input.shape.indices {
            if op.axes.contains(axis) {
                reduced.append(Loop(input.shape[axis], [input.strides[axis]]))
                if op.keepDims { outputAxis += 1 }
            } else {
                kept.append(
                    Loop(
                        input.shape[axis],
                        [input.strides[axis], output.strides[outputAxis]]
                            + operands.map { $0[outputAxis] }))
                outputAxis += 1
            }
        }
        kept = kept.collapsed()
        reduced = reduced.collapsed()
        if kept.isEmpty { kept = [Loop(1, [1, 1] + operands.map { _ in 1 })] }
        if reduced.isEmpty { reduced = [Loop(1, [1])] }
        append(
            .reduce(
                ReduceKernel(
                    kind: op.kind, input: input.location, output: output.location, kept: kept,
                    reduced: reduced, epilogue: instructions)), of: value)
    }

    mutating func planRow(
        _ value: ValueID, _ node: Node, _ function: RowKernel.Function, axes: [Int]
    ) {
        let input = operandView(node.inputs[0])
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        let output = outputView(value, reusing: reusableOperand(node, operands))
        let loops = input.shape.indices.map { axis in
            Loop(
                input.shape[axis],
                [input.strides[axis], output.strides[axis]] + operands.map { $0[axis] })
        }
        let rows = loops.indices.filter { !axes.contains($0) }.map { loops[$0] }.collapsed()
        var row = axes.map { loops[$0] }.collapsed()
        if row.isEmpty { row = [Loop(1, [1, 1] + operands.map { _ in 1 })] }
        append(
            .row(
                RowKernel(
                    function: function, input: input.location, output: output.location, rows: rows,
                    row: row, epilogue: instructions)), of: value)
    }
}
