import IR
import Plan

/// Convolutions and matrix products.
extension Planner {
    mutating func planConvolution(_ value: ValueID, _ node: Node, _ op: ConvolutionOp) {
        if let choice = algorithm(value),
            case .winograd(let variant, let rows, let columns) = choice.algorithm
        {
            planWinograd(
                value, node, op, variant, WinogradBlock(rows: rows, columns: columns), choice)
            release(node.inputs[1])
            return
        }
        let input = paddedInput(node.inputs[0], op.padding, value)
        let output = outputView(value)
        let convolution = prepare(value, node, op, input, output)
        let kernel = kernel(convolution, input, output, node.type.shape)
        var note = convolution.note
        if case .contraction(let contraction) = kernel, !contraction.streamsAhead.isEmpty {
            note += ", " + Self.text(ahead: contraction.streamsAhead)
        }
        append(kernel, of: value, notes: [note])
    }

    /// A convolution with all but the place it reads from, writes to, and how much of it.
    struct PreparedConvolution {
        let op: ConvolutionOp
        /// The kernel's shape.
        let taps: [Int]
        let isDepthwise: Bool
        let lanes: Int
        let tile: Tile
        let order: ContractionKernel.Order
        let prefetches: Bool
        let weights: Location
        let bias: Location
        let instructions: [EpilogueInstruction]
        /// Strides of the epilogue's operands along the axes of the result.
        let operands: [[Int]]
        let note: String
    }

    func weights(of node: Node) -> Constant {
        guard case .constant(let kernel) = graph[node.inputs[1]].op else {
            preconditionFailure("\(node.name): a convolution's kernel should be a constant")
        }
        return graph.constants[kernel.id]
    }

    /// Chooses how to compute a direct convolution between these tensors, and packs its weights.
    mutating func prepare(
        _ value: ValueID, _ node: Node, _ op: ConvolutionOp, _ input: View, _ output: View,
        inStrips: Bool = false
    ) -> PreparedConvolution {
        let kernel = weights(of: node)
        let shape = kernel.type.shape
        let rank = op.strides.count
        let filters = shape[rank + 1] / op.groups
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        let bias = node.opInputCount == 3 ? graph.constant(node.inputs[2]) : nil
        defer { release(node.inputs[1]) }
        if op.groups > 1, shape[rank] == 1, filters == 1 {
            let lanes = self.lanes(for: op.groups)
            return PreparedConvolution(
                op: op, taps: shape, isDepthwise: true, lanes: lanes,
                tile: Tile(rows: 1, columns: 1, vectors: 1), order: .filtersOuter,
                prefetches: false,
                weights: constants.packRows(
                    kernel, rows: shape.prefix(rank).reduce(1, *), columns: op.groups,
                    lanes: lanes),
                bias: constants.packRows(bias, rows: 1, columns: op.groups, lanes: lanes),
                instructions: instructions, operands: operands,
                note: "depthwise, \(lanes) channels at a time")
        }
        let lanes = self.lanes(for: filters)
        var result = output.shape
        result[rank + 1] = shape[rank + 1]
        let positions = Self.positions(op, input, output, operands, result)
        let reduction = Self.reduction(op, shape, input)
        let key = ConvolutionShape(op, kernel: shape, output: result).key
        // Weights stay in cache from one strip to the next.
        let model = inStrips ? CostModel(target: target, coldWeights: false) : costs
        let choice = choose(positions, reduction, filters, op.groups, lanes, key, model)
        let layout = WeightsLayout(
            groups: op.groups, reduction: reduction.reduce(1) { $0 * $1.count }, filters: filters,
            lanes: lanes, vectors: choice.tile.vectors)
        return PreparedConvolution(
            op: op, taps: shape, isDepthwise: false, lanes: lanes, tile: choice.tile,
            order: choice.order, prefetches: choice.prefetches,
            weights: constants.pack(kernel, layout), bias: constants.packBias(bias, layout),
            instructions: instructions, operands: operands, note: Self.note(choice, lanes))
    }

    /// The kernel of a convolution from a padded input to a result of `shape`.
    func kernel(
        _ convolution: PreparedConvolution, _ input: View, _ output: View, _ shape: [Int]
    ) -> Kernel {
        let op = convolution.op
        let rank = op.strides.count
        let positions = Self.positions(op, input, output, convolution.operands, shape)
        let channelStrides = [1, 1] + convolution.operands.map { $0[rank + 1] }
        if convolution.isDepthwise {
            var taps = (0..<rank).map { axis in
                Loop(convolution.taps[axis], [input.strides[axis + 1] * op.dilation[axis]])
            }.collapsed()
            if taps.isEmpty { taps = [Loop(1, [0])] }
            return .depthwise(
                DepthwiseKernel(
                    input: input.location, output: output.location, positions: positions,
                    taps: taps, channels: op.groups, channelStrides: channelStrides,
                    lanes: convolution.lanes, weights: convolution.weights,
                    bias: convolution.bias, epilogue: convolution.instructions))
        }
        let filters = convolution.taps[rank + 1] / op.groups
        var contraction =
            ContractionKernel(
                input: input.location, output: output.location, positions: positions,
                reduction: Self.reduction(op, convolution.taps, input), filters: filters,
                groups: op.groups, inputGroupStride: convolution.taps[rank],
                outputGroupStride: filters, filterStrides: channelStrides,
                tile: convolution.tile, lanes: convolution.lanes, order: convolution.order,
                prefetches: convolution.prefetches, weights: convolution.weights,
                bias: convolution.bias, epilogue: convolution.instructions)
        if target.prefetches {
            contraction.streamsAhead = contraction.streamsWorthAsking(
                forced: options.forced.streamsAhead)
        }
        return .contraction(contraction)
    }

    /// Output positions: the batch and the spatial axes.
    private static func positions(
        _ op: ConvolutionOp, _ input: View, _ output: View, _ operands: [[Int]], _ shape: [Int]
    ) -> [Loop] {
        let positions = (0...op.strides.count).map { axis in
            let step = axis == 0 ? 1 : op.strides[axis - 1]
            return Loop(
                shape[axis],
                [input.strides[axis] * step, output.strides[axis]] + operands.map { $0[axis] })
        }.collapsed()
        return positions.isEmpty ? [Loop(1, [0, 0] + operands.map { _ in 0 })] : positions
    }

    /// The taps and channels of one position.
    private static func reduction(_ op: ConvolutionOp, _ taps: [Int], _ input: View) -> [Loop] {
        let rank = op.strides.count
        let loops = (0..<rank).map { axis in
            Loop(taps[axis], [input.strides[axis + 1] * op.dilation[axis]])
        }
        var reduction = (loops + [Loop(taps[rank], [1])]).collapsed()
        if reduction.last?.strides != [1] { reduction.append(Loop(1, [1])) }
        return reduction
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
        let lanes = self.lanes(for: kernel.type.shape[1])
        let reduction = [Loop(kernel.type.shape[0], [1])]
        let key =
            "dense \(node.type.shape.dropLast().reduce(1, *))x\(kernel.type.shape[0]) -> "
            + "\(kernel.type.shape[1])"
        let choice = choose(positions, reduction, kernel.type.shape[1], 1, lanes, key, costs)
        var contraction = ContractionKernel(
            input: input.location, output: output.location, positions: positions,
            reduction: reduction, filters: kernel.type.shape[1], groups: 1, inputGroupStride: 0,
            outputGroupStride: kernel.type.shape[1],
            filterStrides: [1, 1] + operands.map { $0[rank - 1] },
            tile: choice.tile, lanes: lanes, order: choice.order, prefetches: choice.prefetches,
            weights: Location(.constants), bias: nil, epilogue: instructions)
        contraction.weights = constants.pack(kernel, contraction.layout)
        contraction.bias = constants.packBias(bias, contraction.layout)
        append(.contraction(contraction), of: value, notes: [Self.note(choice, lanes)])
        release(node.inputs[1])
    }

    /// The stored choice for a contraction, or the one that costs least.
    private mutating func choose(
        _ positions: [Loop], _ reduction: [Loop], _ filters: Int, _ groups: Int, _ lanes: Int,
        _ key: String, _ model: CostModel
    ) -> ContractionChoice {
        let problem = CostModel.Contraction(
            positions, reduction, filters: filters, groups: groups, lanes: lanes)
        guard var stored = options.choices[key], stored.algorithm == .direct else {
            let question = ContractionChooser.Question(
                problem: problem, weightRate: model.weightRate)
            if let known = tiles[question] { return known }
            let choice = ContractionChooser(model: model, problem: problem).choose().choice
            tiles[question] = choice
            return choice
        }
        stored.tile.rows = min(stored.tile.rows, problem.rows)
        stored.tile.columns = min(stored.tile.columns, problem.columns)
        stored.prefetches = stored.prefetches && target.prefetches
        return stored
    }

    private static func note(_ choice: ContractionChoice, _ lanes: Int) -> String {
        "direct, \(text(choice.tile, lanes)), \(choice.order.rawValue)"
            + (choice.prefetches ? ", weights prefetched" : "")
    }

    private static func text(ahead streams: [Int]) -> String {
        var names = streams.contains(0) ? ["input"] : []
        if streams.contains(1) { names.append("result") }
        if streams.contains(where: { $0 > 1 }) { names.append("operands") }
        return names.joined(separator: " and ") + " asked for a tile ahead"
    }

    static func text(_ tile: Tile, _ lanes: Int) -> String {
        "tile of \(tile.rows)x\(tile.columns) positions x \(tile.vectors) vectors of \(lanes) filters"
            + (tile.sums > 1 ? " x \(tile.sums) sums" : "")
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
        if case .undefined = graph.constants[op.id].data { return }
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

    /// Rows of a product from which on it pays to copy its second matrix, so that columns are neighbours.
    private static let rowsWorthACopy = 4

    /// The product of two tensors that are both computed (or a batch of constant matrices).
    private mutating func planComputedMatmul(_ value: ValueID, _ node: Node) {
        let shape = node.type.shape
        let rank = shape.count
        let a = operandView(node.inputs[0])
        // Tiles read columns side by side; the interpreter packs what it reads itself.
        let isTiled = target.tiles.isEmpty && shape[rank - 2] >= Self.rowsWorthACopy
        let b =
            isTiled ? unitStride(node.inputs[1], value) : operandView(node.inputs[1])
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
