import IR
import Plan

/// Convolutions and matrix products.
extension Planner {
    mutating func planConvolution(_ value: ValueID, _ node: Node, _ op: ConvolutionOp) {
        guard case .constant(let kernelOp) = graph[node.inputs[1]].op else {
            preconditionFailure("\(node.name): a convolution's kernel should be a constant")
        }
        let kernel = graph.constants[kernelOp.id]
        let shape = kernel.type.shape
        let rank = op.strides.count
        if let choice = algorithm(value), case .winograd(let variant, let rows) = choice.algorithm {
            planWinograd(value, node, op, kernel, variant, rows: rows, choice)
            release(node.inputs[1])
            return
        }
        let channels = shape[rank]  // of one group
        let filters = shape[rank + 1] / op.groups
        let input = paddedInput(node.inputs[0], op.padding, value)
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)

        // Output positions: the batch and the spatial axes.
        var positions: [Loop] = []
        for axis in 0...rank {
            let step = axis == 0 ? 1 : op.strides[axis - 1]
            positions.append(
                Loop(
                    node.type.shape[axis],
                    [input.strides[axis] * step, output.strides[axis]] + operands.map { $0[axis] }))
        }
        positions = positions.collapsed()
        if positions.isEmpty { positions = [Loop(1, [0, 0] + operands.map { _ in 0 })] }
        var taps = (0..<rank).map { axis in
            Loop(shape[axis], [input.strides[axis + 1] * op.dilation[axis]])
        }
        let channelStrides = [1, 1] + operands.map { $0[rank + 1] }
        let bias = node.opInputCount == 3 ? graph.constant(node.inputs[2]) : nil

        if op.groups > 1, channels == 1, filters == 1 {
            let lanes = self.lanes(for: op.groups)
            taps = taps.collapsed()
            if taps.isEmpty { taps = [Loop(1, [0])] }
            let count = shape.prefix(rank).reduce(1, *)
            append(
                .depthwise(
                    DepthwiseKernel(
                        input: input.location, output: output.location, positions: positions,
                        taps: taps, channels: op.groups, channelStrides: channelStrides,
                        lanes: lanes,
                        weights: constants.packRows(
                            kernel, rows: count, columns: op.groups, lanes: lanes),
                        bias: constants.packRows(bias, rows: 1, columns: op.groups, lanes: lanes),
                        epilogue: instructions)), of: value,
                notes: ["depthwise, \(lanes) channels at a time"])
        } else {
            var reduction = (taps + [Loop(channels, [1])]).collapsed()
            if reduction.last?.strides != [1] { reduction.append(Loop(1, [1])) }
            contract(
                value, input: input.location, output: output.location, positions: positions,
                reduction: reduction, filters: filters, groups: op.groups,
                inputGroupStride: channels, filterStrides: channelStrides, kernel: kernel,
                bias: bias, epilogue: instructions,
                key: ConvolutionShape(op, kernel: shape, output: node.type.shape).key)
        }
        release(node.inputs[1])
    }

    mutating func planMatmul(_ value: ValueID, _ node: Node) {
        let rank = node.type.rank
        let bias = node.opInputCount == 3 ? graph.constant(node.inputs[2]) : nil
        let isWeights = graph.type(node.inputs[1]).rank == 2
        guard isWeights, case .constant(let op) = graph[node.inputs[1]].op else {
            planComputedMatmul(value, node)
            return
        }
        let kernel = graph.constants[op.id]
        let input = unitStride(node.inputs[0], value)
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        var positions = (0..<(rank - 1)).map { axis in
            Loop(
                node.type.shape[axis],
                [input.strides[axis], output.strides[axis]] + operands.map { $0[axis] })
        }.collapsed()
        if positions.isEmpty { positions = [Loop(1, [0, 0] + operands.map { _ in 0 })] }
        contract(
            value, input: input.location, output: output.location, positions: positions,
            reduction: [Loop(kernel.type.shape[0], [1])], filters: kernel.type.shape[1], groups: 1,
            inputGroupStride: 0, filterStrides: [1, 1] + operands.map { $0[rank - 1] },
            kernel: kernel, bias: bias, epilogue: instructions,
            key: "dense \(node.type.shape.dropLast().reduce(1, *))x\(kernel.type.shape[0]) -> "
                + "\(kernel.type.shape[1])")
        release(node.inputs[1])
    }

    private mutating func contract(
        _ value: ValueID, input: Location, output: Location, positions: [Loop], reduction: [Loop],
        filters: Int, groups: Int, inputGroupStride: Int, filterStrides: [Int], kernel: Constant,
        bias: Constant?, epilogue: [EpilogueInstruction], key: String
    ) {
        let lanes = self.lanes(for: filters)
        let steps = reduction.reduce(1) { $0 * $1.count }
        let problem = CostModel.Contraction(
            rows: positions.count > 1 ? positions[positions.count - 2].count : 1,
            columns: positions.last!.count,
            repeats: positions.dropLast(2).reduce(1) { $0 * $1.count },
            reduction: steps, filters: filters, groups: groups, lanes: lanes,
            inputBytes: Self.touched(positions, reduction) * 4)
        var choice = ContractionChooser(model: costs, problem: problem).choose().choice
        if let stored = options.choices[key], stored.algorithm == .direct {
            choice = stored
            choice.tile.rows = min(choice.tile.rows, problem.rows)
            choice.tile.columns = min(choice.tile.columns, problem.columns)
            choice.prefetches = choice.prefetches && target.prefetches
        }
        let tile = choice.tile
        var kernelPlan = ContractionKernel(
            input: input, output: output, positions: positions, reduction: reduction,
            filters: filters, groups: groups, inputGroupStride: inputGroupStride,
            outputGroupStride: filters, filterStrides: filterStrides, tile: tile, lanes: lanes,
            order: choice.order, prefetches: choice.prefetches, weights: Location(.constants),
            bias: Location(.constants), epilogue: epilogue)
        kernelPlan.weights = constants.pack(kernel, kernelPlan.layout)
        kernelPlan.bias = constants.packBias(bias, kernelPlan.layout)
        append(
            .contraction(kernelPlan), of: value,
            notes: [
                "direct, \(Self.text(tile, lanes)), \(choice.order.rawValue)"
                    + (choice.prefetches ? ", weights prefetched" : "")
            ])
    }

    static func text(_ tile: Tile, _ lanes: Int) -> String {
        "tile of \(tile.rows)x\(tile.columns) positions x \(tile.vectors) vectors of \(lanes) filters"
    }

    /// Elements that are read, about: no more than lie between the first and the last.
    private static func touched(_ positions: [Loop], _ reduction: [Loop]) -> Int {
        let extent = (positions + reduction).reduce(1) { $0 + ($1.count - 1) * abs($1.strides[0]) }
        return min(extent, (positions + reduction).reduce(1) { $0 * $1.count })
    }

    /// Vectors no wider than the channels ask for.
    func lanes(for channels: Int) -> Int { Self.lanes(for: channels, target) }

    static func lanes(for channels: Int, _ target: Target) -> Int {
        if !target.tiles.isEmpty { return target.lanes }
        var lanes = target.lanes
        while lanes > 4 && lanes / 2 >= channels { lanes /= 2 }
        return lanes
    }

    /// Forgets a weight that has been packed, so that memory holds it once.
    mutating func release(_ weight: ValueID) {
        guard case .constant(let op) = graph[weight].op, views[weight.index] == nil else { return }
        let later = graph.nodes.indices.contains { index in
            views[index] == nil && graph.nodes[index].inputs.contains(weight)
        }
        if !later { graph.constants[op.id].data = .undefined }
    }

    /// The input with its channels next to each other and at least `padding` zero cells around; the
    /// view starts at the first padding cell and covers the padding.
    mutating func paddedInput(
        _ operand: ValueID, _ padding: [Padding], _ value: ValueID
    ) -> View {
        let view = operandView(operand)
        let rank = view.shape.count
        let full = [Padding.zero] + padding + [Padding.zero]
        let hasUnitStride = view.strides[rank - 1] == 1 || view.shape[rank - 1] == 1
        func widened(_ view: View) -> View {
            var widened = view
            for axis in 0..<rank {
                widened.location.offset -= full[axis].before * view.strides[axis]
                widened.shape[axis] += full[axis].total
            }
            if widened.shape[rank - 1] == 1 { widened.strides[rank - 1] = 1 }
            return widened
        }
        let border = placement.borders[operand.index]
        let fits =
            padding.allSatisfy(\.isZero)
            || (!border.isEmpty
                && zip(border, full).allSatisfy { $0.before >= $1.before && $0.after >= $1.after })
        if hasUnitStride && fits { return widened(view) }
        let key = PaddedKey(value: operand, padding: full)
        if let copy = paddedCopies[key] { return widened(copy) }
        let copy = newBuffer(
            graph[operand].name + ".padded", layers: graph[operand].layers, shape: view.shape,
            border: full, gap: Placement.gap(channels: view.shape[rank - 1]))
        self.copy(view, to: copy, of: value, suffix: "padding")
        paddedCopies[key] = copy
        return widened(copy)
    }

    /// The operand with its last axis next to each other in memory.
    mutating func unitStride(_ operand: ValueID, _ value: ValueID) -> View {
        var view = operandView(operand)
        let last = view.shape.count - 1
        if view.shape[last] == 1 { view.strides[last] = 1 }
        if view.strides[last] == 1 { return view }
        let key = PaddedKey(value: operand, padding: [])
        if let copy = paddedCopies[key] { return copy }
        let copy = newBuffer(
            graph[operand].name + ".rows", layers: graph[operand].layers, shape: view.shape,
            border: [])
        self.copy(view, to: copy, of: value, suffix: "rows")
        paddedCopies[key] = copy
        return copy
    }

    /// The product of two tensors that are both computed (or a batch of constant matrices).
    private mutating func planComputedMatmul(_ value: ValueID, _ node: Node) {
        let shape = node.type.shape
        let rank = shape.count
        let a = operandView(node.inputs[0])
        let b = operandView(node.inputs[1])
        let output = outputView(value)
        var extra: [EpilogueStep] = []
        if node.opInputCount == 3 { extra = [.binary(.add, operand: 2, reversed: false)] }
        let (instructions, operands) = epilogue(extra + node.epilogue, of: node, firstStream: 3)
        let inner = a.shape.last!
        var aStrides = Self.broadcastStrides(a, to: Array(shape.dropLast()) + [inner])
        var bStrides = Self.broadcastStrides(
            b, to: Array(shape.dropLast(2)) + [inner, shape[rank - 1]])
        let innerLoop = Loop(inner, [aStrides[rank - 1], bStrides[rank - 2]])
        aStrides[rank - 1] = 0
        bStrides[rank - 2] = 0
        let loops = (0..<rank).map { axis in
            Loop(
                shape[axis],
                [aStrides[axis], bStrides[axis], output.strides[axis]] + operands.map { $0[axis] })
        }
        append(
            .matmul(
                MatmulKernel(
                    a: a.location, b: b.location, output: output.location,
                    batch: Array(loops.dropLast(2)).collapsed(), rows: loops[rank - 2],
                    columns: loops[rank - 1], inner: innerLoop, epilogue: instructions)), of: value)
    }
}
