import IR
import Plan

/// Recurrences, and the table that often stands before them.
extension Planner {
    mutating func planGather(_ value: ValueID, _ node: Node) {
        let table = unitStride(node.inputs[0], value)
        let indices = operandView(node.inputs[1])
        let output = outputView(value)
        let whole = contiguous(table, node.inputs[0], value)
        append(
            .gather(
                GatherKernel(
                    table: whole.location, rows: whole.shape[0], width: whole.shape[1],
                    indices: indices.location, output: output.location,
                    loops: Self.loops(
                        indices.shape, [indices.strides, Array(output.strides.dropLast())]))),
            of: value)
    }

    mutating func planRecurrent(_ value: ValueID, _ node: Node, _ op: RecurrentOp) {
        let parts = op.operands(Array(node.inputs.prefix(node.opInputCount)))
        guard let weights = graph.constant(parts.kernel) else {
            preconditionFailure("\(node.name): a recurrent kernel should be a constant")
        }
        let kernelShape = weights.type.shape
        let units = kernelShape[kernelShape.count - 2]
        let input = unitStride(parts.x, value)
        let output = outputView(value)
        let mask = parts.mask.map { operandView($0) }
        let initial = parts.initialState.map { contiguous(operandView($0), $0, value) }

        // The state's memory: a grid of positions with the kernel's padding around, row-major.
        let lanes = self.lanes(for: units)
        let pitch = (units + lanes - 1) / lanes * lanes
        let spatial = Array(input.shape[2...].dropLast())
        let padding = RecurrentOp.padding(kernel: kernelShape)
        let grid = View(
            Location(.arena), shape: zip(spatial, padding).map { $0 + $1.total } + [pitch])
        let packed = View.rowMajor(spatial + [pitch])
        let initialStrides = View.rowMajor(spatial + [units])
        let steps = input.shape[1]
        let hasRows = op.rowCount(steps: steps) != nil
        let outputStrides = Array(output.strides[(hasRows ? 2 : 1)...])
        var positions = spatial.indices.map { axis in
            Loop(
                spatial[axis],
                [
                    input.strides[axis + 2], outputStrides[axis], grid.strides[axis],
                    packed[axis], initialStrides[axis],
                ])
        }.collapsed()
        if positions.isEmpty { positions = [Loop(1, [0, 0, 0, 0, 0])] }
        let taps = spatial.indices.map { Loop(kernelShape[$0], [grid.strides[$0]]) }
        var reduction = (taps + [Loop(units, [1])]).collapsed()
        if reduction.last?.strides != [1] { reduction.append(Loop(1, [1])) }

        // Time: from the end where it goes backwards.
        func ends(_ view: View, reversed: Bool) -> (Location, stride: Int) {
            let stride = view.strides[1]
            return reversed
                ? (view.location.advanced(by: (steps - 1) * stride), -stride)
                : (view.location, stride)
        }
        let (inputStart, inputStride) = ends(input, reversed: op.isBackwards)
        // The states behind the last step stand behind the outputs.
        let firstState = op.returnsSequence ? steps : 1
        let finalState = (0..<(op.returnsState ? op.cell.stateCount : 0)).map {
            output.location.advanced(by: (firstState + $0) * output.strides[1])
        }
        let (outputStart, outputStride) =
            op.returnsSequence
            ? ends(output, reversed: op.isBackwards != op.isReversed) : (output.location, 0)
        let masking = mask.map { ends($0, reversed: op.isBackwards) }

        let tile = recurrentTile(
            gates: op.cell.gateCount, vectors: pitch / lanes, columns: positions.last!.count)
        var kernel = RecurrentKernel(
            cell: op.cell, activation: op.activation, recurrentActivation: op.recurrentActivation,
            returnsSequence: op.returnsSequence, zerosMasked: op.zerosMasked, input: inputStart,
            output: outputStart, mask: masking?.0, initialState: initial.map(\.location),
            finalState: finalState.map { $0.offset - outputStart.offset },
            state: Location(.arena),
            batch: Loop(
                input.shape[0], [input.strides[0], output.strides[0], mask?.strides[0] ?? 0]),
            time: Loop(steps, [inputStride, outputStride, masking?.stride ?? 0]),
            positions: positions, reduction: reduction, units: units, columns: tile.columns,
            vectors: tile.vectors, lanes: lanes,
            // One product for a step, with weights that a first-level cache holds a part of.
            turnsAround: positions.allSatisfy { $0.count == 1 } && op.cell != .gruResetBefore
                && weights.type.count * 4 > 1 << 14,
            gridCells: grid.count / pitch,
            gridStart: zip(padding, grid.strides).reduce(0) { $0 + $1.0.before * $1.1 },
            weights: Location(.constants), bias: nil)
        kernel.weights = constants.pack(weights, kernel.passes)
        if let bias = parts.bias {
            kernel.bias = constants.packRows(
                graph.constant(bias), rows: op.cell.gateCount, columns: units, lanes: lanes)
        }
        kernel.state =
            newBuffer(
                node.name + ".state", layers: node.layers, shape: [kernel.stateLayout.count],
                border: []
            ).location
        let what = positions.last!.count > 1 ? "\(tile.columns) positions x " : ""
        append(
            .recurrent(kernel), of: value,
            notes: [
                "\(steps) steps, gates of \(what)\(tile.vectors) vectors of \(lanes) units at a time"
            ])
        release(parts.kernel)
    }

    /// How many positions and vectors of units a tile has: their gates' sums stay in registers, with
    /// room for weights where several positions share them.
    private func recurrentTile(
        gates: Int, vectors: Int, columns: Int
    ) -> (columns: Int, vectors: Int) {
        // The interpreter takes all units at once.
        if !target.tiles.isEmpty { return (1, vectors) }
        let registers = target.vectorRegisters
        if columns > 1 {
            let width = max(1, min(columns, (registers - gates - 2) / gates))
            // Equal tiles, as far as it goes.
            let count = (columns + width - 1) / width
            return ((columns + count - 1) / count, 1)
        }
        let most = max(1, registers / 2 / gates)
        let blocks = (vectors + most - 1) / most
        return (1, (vectors + blocks - 1) / blocks)
    }

    /// A view whose elements lie behind each other: this one, or a copy.
    private mutating func contiguous(_ view: View, _ operand: ValueID, _ value: ValueID) -> View {
        if view.isContiguous { return View(view.location, shape: view.shape) }
        let copy = newBuffer(
            graph[operand].name + ".rows", layers: graph[operand].layers, shape: view.shape,
            border: [])
        self.copy(view, to: copy, of: value, suffix: "rows")
        return copy
    }
}
