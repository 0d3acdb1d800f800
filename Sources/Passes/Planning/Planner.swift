import IR
import Plan

/// Turns the optimized graph into a plan: a kernel for each op, a place for each value.
///
/// What each kind of op becomes is in `Planner+*.swift`; this file walks the graph and keeps the books.
package struct Planner {
    var graph: Graph
    let target: Target
    let options: PlanOptions
    let costs: CostModel
    /// Convolutions that are not to be computed directly, by node.
    private let algorithms: [Int: ContractionChoice]
    /// Chains that run by strips, by their last node, and the other nodes in them.
    private let chains: [Int: StripChain]
    private let inChains: Set<Int>
    let placement: Placement
    /// What was chosen for contractions so far.
    var tiles: [ContractionChooser.Question: ContractionChoice] = [:]
    var constants = ConstantPool()
    var steps: [Step] = []
    private var strips: [StripLoop] = []
    /// Where each value lies; nil before its node has been planned.
    var views: [View?]
    /// Sizes of buffers, by number.
    var buffers: [(name: String, count: Int)] = []
    /// Buffers whose border has still to be zeroed before the first write: number to boxes.
    private var openBorders: [Int: (name: String, layers: [String], boxes: [FillKernel.Box])] = [:]
    /// Copies of values with a border, for convolutions whose input has none.
    var paddedCopies: [PaddedKey: View] = [:]

    struct PaddedKey: Hashable {
        let value: ValueID
        let padding: [Padding]
    }

    /// - Parameters:
    ///   - graph: legal (`Pipeline.required` has run).
    ///   - remarks: what the passes said, kept in the plan.
    package static func plan(
        _ graph: consuming Graph, target: Target, options: PlanOptions = PlanOptions(),
        remarks: [Remark]
    ) -> Plan {
        var planner = Planner(graph, target, options)
        planner.run()
        return planner.finish(remarks)
    }

    private init(_ graph: consuming Graph, _ target: Target, _ options: PlanOptions) {
        self.graph = graph
        self.target = target
        self.options = options
        let weightCount = self.graph.constants.reduce(0) { $0 + $1.type.count }
        costs = CostModel(target: target, coldWeights: weightCount * 4 > CostModel.warmLevel)
        let decided = Self.algorithms(self.graph, target, options, costs)
        algorithms = decided.algorithms
        let chains =
            options.transforms && options.threads == 1
            ? StripChain.find(self.graph, forced: options.forced.strips) {
                decided.algorithms[$0] != nil
            } : []
        self.chains = Dictionary(uniqueKeysWithValues: chains.map { ($0.nodes.last!, $0) })
        inChains = Set(chains.flatMap { $0.nodes.dropLast() })
        placement = Placement(self.graph, paddings: decided.paddings)
        views = [View?](repeating: nil, count: self.graph.nodes.count)
        constants.reserve(weightCount * 21 / 20 + transformedCount)
    }

    /// How many more weights Winograd's algorithm takes than the filters have.
    private var transformedCount: Int {
        algorithms.reduce(0) { total, choice in
            guard case .winograd(let variant, _, _) = choice.value.algorithm else { return total }
            let filters = graph.type(graph.nodes[choice.key].inputs[1]).shape
            return total + filters.reduce(1, *) * (variant.positions - variant.taps) / variant.taps
        }
    }

    /// Which convolutions are not computed directly, and the zeros they want around their inputs.
    private static func algorithms(
        _ graph: borrowing Graph, _ target: Target, _ options: PlanOptions, _ costs: CostModel
    ) -> (algorithms: [Int: ContractionChoice], paddings: [Int: [Padding]]) {
        var algorithms: [Int: ContractionChoice] = [:]
        var paddings: [Int: [Padding]] = [:]
        // Most convolutions of a deep model are like another one.
        var choices: [ConvolutionShape: ContractionChoice?] = [:]
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            guard case .convolution(let op) = node.op else { continue }
            paddings[index] = op.padding
            let shape = ConvolutionShape(
                op, kernel: graph.type(node.inputs[1]).shape, output: node.type.shape)
            let chooser = ConvolutionChooser(
                model: costs, options: options, shape: shape,
                lanes: Self.lanes(for: shape.filters, target))
            let found: ContractionChoice?
            if let known = choices[shape] {
                found = known
            } else {
                found = chooser.winograd()
                choices.updateValue(found, forKey: shape)
            }
            guard let choice = found, case .winograd(let variant, _, _) = choice.algorithm
            else { continue }
            algorithms[index] = choice
            paddings[index] = shape.winogradPadding(op.padding, variant)
        }
        return (algorithms, paddings)
    }

    func algorithm(_ value: ValueID) -> ContractionChoice? { algorithms[value.index] }

    /// Makes steps a strip loop.
    mutating func loopSteps(_ range: Range<Int>, count: Int) {
        strips.append(StripLoop(steps: range, count: count))
    }

    private mutating func run() {
        for (number, input) in graph.inputs.enumerated() {
            views[input.index] = View(Location(.input(number)), shape: graph.type(input).shape)
        }
        for index in graph.nodes.indices { plan(ValueID(index)) }
        for (number, output) in graph.outputs.enumerated() {
            let view = operandView(output.value)
            if view.location.region == .output(number) { continue }
            let target = View(Location(.output(number)), shape: view.shape)
            copy(view, to: target, of: output.value, suffix: "copy")
        }
    }

    private mutating func plan(_ value: ValueID) {
        if inChains.contains(value.index) { return }
        if let chain = chains[value.index] {
            planStrips(chain)
            return
        }
        let node = graph[value]
        switch node.op {
        case .input, .constant: break
        case .convolution(let op): planConvolution(value, node, op)
        case .matmul: planMatmul(value, node)
        case .unary, .binary, .scaleShift: planElementwise(value, node)
        case .pool(let op): planPool(value, node, op)
        case .reduce(let op): planReduce(value, node, op)
        case .softmax(let op): planRow(value, node, .softmax(op.kind), axes: op.axes)
        case .normalize(let op):
            planRow(value, node, .normalize(op.kind, epsilon: op.epsilon), axes: op.axes)
        case .pad(let op): planPad(value, node, op)
        case .slice(let op):
            views[value.index] = operandView(node.inputs[0]).box(
                op.starts, op.sizes, steps: op.steps)
        case .concatenate(let op): planConcatenate(value, node, op)
        case .interleave(let op): planInterleave(value, node, op)
        case .band(let op): planBand(value, node, op)
        case .transpose(let op): planTranspose(value, node, op)
        case .reshape: planReshape(value, node)
        case .resize(let op): planResize(value, node, op)
        case .gather: planGather(value, node)
        case .recurrent(let op): planRecurrent(value, node, op)
        case .batchNormalization:
            preconditionFailure("\(node.name): batch normalization should have been lowered")
        }
    }

    // MARK: Memory

    /// Where a value can be read; a constant is placed when first asked for.
    mutating func operandView(_ value: ValueID) -> View {
        if let view = views[value.index] { return view }
        guard case .constant(let op) = graph[value].op else {
            preconditionFailure("\(graph[value].name) is read before it is planned")
        }
        let constant = graph.constants[op.id]
        let view = View(constants.place(op.id, constant), shape: constant.type.shape)
        views[value.index] = view
        return view
    }

    /// The memory `value` is to be written to, as its home says.
    mutating func outputView(_ value: ValueID, reusing operand: ValueID? = nil) -> View {
        if let view = views[value.index] { return view }
        let shape = graph.type(value).shape
        let view: View
        switch placement.homes[value.index] {
        case .output(let number): view = View(Location(.output(number)), shape: shape)
        case .inside(let whole, let starts, let steps):
            view = outputView(whole).box(starts, shape, steps: steps)
        case .own:
            if let operand, let reused = reusable(operand, for: value) {
                view = reused
            } else {
                view = newBuffer(
                    graph[value].name, layers: graph[value].layers, shape: shape,
                    border: placement.borders[value.index], gap: placement.gaps[value.index])
            }
        }
        views[value.index] = view
        return view
    }

    /// A buffer with zero cells around the tensor, and `gap` unused elements behind each position's
    /// channels; the view is of the tensor.
    mutating func newBuffer(
        _ name: String, layers: [String], shape: [Int], border: [Padding], gap: Int = 0
    ) -> View {
        var padded =
            border.isEmpty ? shape : zip(shape, border).map { $0 + $1.total }
        let number = buffers.count
        var whole = View(Location(.buffer(number)), shape: padded)
        if gap > 0 {
            padded[padded.count - 1] += gap
            whole.strides = View.rowMajor(padded)
        }
        buffers.append((name, padded.reduce(1, *)))
        guard border.contains(where: { !$0.isZero }) else { return whole }
        openBorders[number] = (name, layers, Self.borderBoxes(whole, border))
        return whole.box(border.map(\.before), shape)
    }

    /// The operand's memory, if `value` may overwrite it element by element: it is a whole buffer and
    /// nothing reads it later.
    private func reusable(_ operand: ValueID, for value: ValueID) -> View? {
        guard placement.borders[value.index].isEmpty, let view = views[operand.index],
            case .buffer(let number) = view.location.region, view.location.offset == 0,
            view.isContiguous, view.count == buffers[number].count,
            graph.type(operand).shape == graph.type(value).shape,
            sharersOf(number, allReadBy: value.index)
        else { return nil }
        return View(view.location, shape: graph.type(value).shape)
    }

    private func sharersOf(_ buffer: Int, allReadBy node: Int) -> Bool {
        for index in 0..<node {
            if let view = views[index], view.location.region == .buffer(buffer),
                placement.lastReaders[index] > node
            {
                return false
            }
        }
        return true
    }

    /// The slabs between a tensor's border's outer and inner edge.
    static func borderBoxes(_ whole: View, _ border: [Padding]) -> [FillKernel.Box] {
        var boxes: [FillKernel.Box] = []
        var starts = [Int](repeating: 0, count: whole.shape.count)
        var sizes = whole.shape
        for axis in border.indices where !border[axis].isZero {
            for (start, size) in [
                (0, border[axis].before),
                (whole.shape[axis] - border[axis].after, border[axis].after),
            ] where size > 0 {
                var slabStarts = starts
                var slabSizes = sizes
                slabStarts[axis] = start
                slabSizes[axis] = size
                let slab = whole.box(slabStarts, slabSizes)
                let loops = zip(slab.shape, slab.strides).map { Loop($0, [$1]) }.collapsed()
                boxes.append(
                    FillKernel.Box(
                        output: slab.location, loops: loops.isEmpty ? [Loop(1, [1])] : loops))
            }
            starts[axis] = border[axis].before
            sizes[axis] = whole.shape[axis] - border[axis].total
        }
        return boxes
    }

    // MARK: Steps

    mutating func append(
        _ kernel: Kernel, of value: ValueID, suffix: String? = nil, notes: [String] = [],
        advances: [Int] = []
    ) {
        var kernel = kernel
        var touched: [Int] = []
        kernel.mapLocations { location in
            if case .buffer(let number) = location.region { touched.append(number) }
        }
        for number in touched { closeBorder(number, of: value) }
        let node = graph[value]
        let name = node.layers.count < 2 ? node.name : node.layers.joined(separator: "_")
        steps.append(
            Step(
                name: suffix.map { "\(name).\($0)" } ?? name, layers: node.layers, value: value,
                kernel: kernel, notes: notes, advances: advances))
    }

    /// Zeroes the border of a buffer, if that is still to be done.
    mutating func closeBorder(_ number: Int, of value: ValueID) {
        guard let border = openBorders.removeValue(forKey: number) else { return }
        steps.append(
            Step(
                name: border.name + ".border", layers: border.layers, value: value,
                kernel: .fill(FillKernel(value: 0, boxes: border.boxes)),
                notes: ["zeros around the tensor: the padding of what reads it"]))
    }

    /// Copies between views of one shape.
    mutating func copy(_ source: View, to target: View, of value: ValueID, suffix: String? = nil) {
        append(
            .map(
                MapKernel(
                    source: source.location, output: target.location,
                    loops: Self.loops(target.shape, [source.strides, target.strides]), epilogue: [])
            ),
            of: value, suffix: suffix)
    }

    /// Loops over a shape, collapsed; at least one, the last the vector loop.
    static func loops(_ shape: [Int], _ strides: [[Int]]) -> [Loop] {
        let loops = shape.indices.map { axis in Loop(shape[axis], strides.map { $0[axis] }) }
            .collapsed()
        return loops.isEmpty ? [Loop(1, strides.map { _ in 1 })] : loops
    }

    /// The strides of a tensor read as if it had `shape`, as numpy broadcasts.
    static func broadcastStrides(_ view: View, to shape: [Int]) -> [Int] {
        let missing = shape.count - view.shape.count
        return shape.indices.map { axis in
            let own = axis - missing
            return own < 0 || view.shape[own] == 1 ? 0 : view.strides[own]
        }
    }

    /// The epilogue of a node as instructions, with the strides of each operand along the axes of the
    /// node's type, stream by stream from `firstStream`.
    mutating func epilogue(_ steps: [EpilogueStep], of node: Node, firstStream: Int)
        -> (instructions: [EpilogueInstruction], strides: [[Int]])
    {
        var strides: [[Int]] = []
        let shape = node.type.shape
        func operand(_ planner: inout Planner, _ slot: Int) -> Operand {
            let view = planner.operandView(node.inputs[slot])
            strides.append(Self.broadcastStrides(view, to: shape))
            return Operand(view.location, stream: firstStream + strides.count - 1)
        }
        var instructions: [EpilogueInstruction] = []
        for step in steps {
            switch step {
            case .unary(let function): instructions.append(.unary(function))
            case .scaleShift(let scale, let shift):
                let scale = operand(&self, scale)
                instructions.append(.scaleShift(scale: scale, shift: operand(&self, shift)))
            case .binary(let function, let slot, let reversed):
                instructions.append(.binary(function, operand(&self, slot), reversed: reversed))
            }
        }
        return (instructions, strides)
    }

    // MARK: The end

    private mutating func finish(_ remarks: [Remark]) -> Plan {
        var blocks = buffers.map {
            ArenaBlock(name: $0.name, offset: 0, count: $0.count, steps: 0...0)
        }
        var ranges = [ClosedRange<Int>?](repeating: nil, count: buffers.count)
        for index in steps.indices {
            steps[index].kernel.mapLocations { location in
                guard case .buffer(let number) = location.region else { return }
                // What a strip loop touches is in use from its first round to its last.
                let loop = strips.first { $0.steps.contains(index) }?.steps ?? index..<(index + 1)
                let first = min(ranges[number]?.lowerBound ?? index, loop.lowerBound)
                let last = max(ranges[number]?.upperBound ?? index, loop.upperBound - 1)
                ranges[number] = first...last
            }
        }
        for number in blocks.indices { blocks[number].steps = ranges[number] ?? 0...0 }
        let (placed, count) = ArenaAllocator.allocate(blocks)
        for index in steps.indices {
            steps[index].kernel.mapLocations { location in
                if case .buffer(let number) = location.region {
                    location = Location(.arena, placed[number].offset + location.offset)
                }
            }
        }
        var bare = graph
        for index in bare.constants.indices { bare.constants[index].data = .undefined }
        let constants = constants.finish()
        return Plan(
            name: graph.name, target: target,
            inputs: graph.inputs.map { value in
                guard case .input(let op) = graph[value].op else { preconditionFailure() }
                return Port(name: op.name, type: graph.type(value))
            },
            outputs: graph.outputs.map { Port(name: $0.name, type: graph.type($0.value)) },
            steps: steps, strips: strips, constants: constants,
            constantCount: self.constants.count, isRunnable: self.constants.isDefined,
            arenaCount: count, arena: placed, graph: bare, remarks: remarks)
    }
}
