import IR
import Plan

/// Chains of convolutions and poolings that run strip by strip: a few rows of the last one's result at
/// a time, with just the rows before that it needs. What passes between them stays in the
/// second-level cache, in buffers of a few rows.
extension Planner {
    /// One op of a chain.
    private struct StripOp {
        let value: ValueID
        let node: Node
        /// How its window moves over the rows of its input.
        let window: StripWindow
        var convolution: PreparedConvolution?
        /// Rows of the result, and where each strip's end.
        var rows: Int
        var ends: [Int] = []
        /// Where its rows lie: the result itself, or a few of them.
        var view: View
        /// The row that stands first in `view` during each strip, for all but the last.
        var bases: [Int] = []

        func start(_ strip: Int) -> Int { strip == 0 ? 0 : ends[strip - 1] }
    }

    mutating func planStrips(_ chain: StripChain) {
        let windows = chain.nodes.map { StripWindow(graph.nodes[$0], graph)! }
        let heights = chain.nodes.map { graph.nodes[$0].type.shape[1] }
        let schedule = StripSchedule(
            windows: windows, heights: heights, rows: chain.rows, together: chain.together)
        let first = graph.nodes[chain.nodes[0]]
        let source: View
        if case .convolution(let op) = first.op {
            source = paddedInput(first.inputs[0], op.padding, ValueID(chain.nodes[0]))
        } else {
            source = unitStride(first.inputs[0], ValueID(chain.nodes[0]))
        }
        var ops: [StripOp] = []
        for (place, index) in chain.nodes.enumerated() {
            let value = ValueID(index)
            let node = graph.nodes[index]
            let view: View
            if place == chain.nodes.count - 1 {
                view = outputView(value)
                if case .buffer(let number) = view.location.region {
                    closeBorder(number, of: value)
                }
            } else {
                view = ring(
                    value, node, consumer: chain.nodes[place + 1], schedule.ringRows[place])
                views[index] = view
            }
            var op = StripOp(
                value: value, node: node, window: windows[place], rows: heights[place], view: view)
            op.ends = schedule.ends[place]
            if place < chain.nodes.count - 1 { op.bases = schedule.bases[place] }
            if case .convolution(let convolution) = node.op {
                // A strip in the middle stands for all.
                let middle = op.ends.count / 2
                var output = view
                output.shape[1] = op.ends[middle] - op.start(middle)
                op.convolution = prepare(
                    value, node, convolution, place == 0 ? source : ops[place - 1].view, output,
                    inStrips: true)
            }
            ops.append(op)
        }
        let units = schedule.units.map { unit in
            unit.flatMap { stripSteps($0, ops, source, schedule) }
        }
        appendRolled(units, chain)
    }

    /// A buffer of `rows` rows of a result, with the zeros its reader wants at both sides.
    private mutating func ring(
        _ value: ValueID, _ node: Node, consumer: Int, _ rows: Int
    ) -> View {
        var shape = node.type.shape
        shape[1] = rows
        var border = [Padding](repeating: .zero, count: 4)
        if case .convolution(let op) = graph.nodes[consumer].op {
            border[2] = op.padding[1]
            let whole = newBuffer(
                node.name + ".rows", layers: node.layers,
                shape: [1, rows, shape[2] + border[2].total, shape[3]], border: [],
                gap: Placement.gap(channels: shape[3]))
            if !op.padding.allSatisfy(\.isZero) {
                let box = FillKernel.Box(
                    output: whole.location,
                    loops: Self.loops(whole.shape, [whole.strides]))
                append(
                    .fill(FillKernel(value: 0, boxes: [box])), of: value, suffix: "border",
                    notes: ["zeros where the padding of what reads these rows stays"])
            }
            return whole.box([0, 0, border[2].before, 0], shape)
        }
        return newBuffer(
            node.name + ".rows", layers: node.layers, shape: shape, border: [],
            gap: Placement.gap(channels: shape[3]))
    }

    /// The steps of one strip.
    private func stripSteps(
        _ strip: Int, _ ops: [StripOp], _ source: View, _ schedule: StripSchedule
    ) -> [Step] {
        var result: [Step] = []
        func add(_ op: StripOp, _ kernel: Kernel, _ suffix: String?, _ notes: [String]) {
            let name =
                op.node.layers.count < 2 ? op.node.name : op.node.layers.joined(separator: "_")
            result.append(
                Step(
                    name: suffix.map { "\(name).\($0)" } ?? name, layers: op.node.layers,
                    value: op.value, kernel: kernel, notes: notes))
        }
        for (place, op) in ops.enumerated() {
            let isLast = place == ops.count - 1
            let (start, end) = (op.start(strip), op.ends[strip])
            if !isLast, strip > 0 {
                // Rows that the next strip needs again move to the front.
                let kept = start - op.bases[strip]
                let moved = op.bases[strip] - op.bases[strip - 1]
                if kept > 0, moved > 0 {
                    let whole = wholeRows(op.view)
                    let from = whole.box(
                        [0, moved, 0, 0], [1, kept, whole.shape[2], whole.shape[3]])
                    let to = whole.box([0, 0, 0, 0], from.shape)
                    add(
                        op,
                        .map(
                            MapKernel(
                                source: from.location, output: to.location,
                                loops: Self.loops(to.shape, [from.strides, to.strides]),
                                epilogue: [])), "kept",
                        ["rows that the next strip reads too"])
                }
            }
            if end > start {
                let base = isLast ? 0 : op.bases[strip]
                var shape = op.node.type.shape
                shape[1] = end - start
                let output = op.view.box([0, start - base, 0, 0], shape)
                add(op, stripKernel(op, strip, start, end, output, place, ops, source), nil, [])
            }
            guard !isLast, ops[place + 1].convolution != nil else { continue }
            let needed = schedule.needed(place, strip)
            if needed > op.rows, op.ends[strip] == op.rows {
                // Zeros below the last row.
                let whole = wholeRows(op.view)
                let below = whole.box(
                    [0, op.rows - op.bases[strip], 0, 0],
                    [1, needed - op.rows, whole.shape[2], whole.shape[3]])
                add(
                    op,
                    .fill(
                        FillKernel(
                            value: 0,
                            boxes: [
                                FillKernel.Box(
                                    output: below.location,
                                    loops: Self.loops(below.shape, [below.strides]))
                            ])), "below", ["zeros below the last row"])
            }
        }
        return result
    }

    /// A ring's rows with the borders at their sides.
    private func wholeRows(_ view: View) -> View {
        let pixels = view.strides[1] / view.strides[2]
        var whole = view
        // The location of a border's first cell is that of the buffer.
        whole.location.offset = 0
        whole.shape[2] = pixels
        return whole
    }

    private func stripKernel(
        _ op: StripOp, _ strip: Int, _ start: Int, _ end: Int, _ output: View, _ place: Int,
        _ ops: [StripOp], _ source: View
    ) -> Kernel {
        let window = op.window
        if let convolution = op.convolution {
            let input: View
            if place == 0 {
                var rows = source
                rows.location.offset += start * window.stride * source.strides[1]
                input = rows
            } else {
                var rows = wholeRows(ops[place - 1].view)
                let first = start * window.stride - window.before - ops[place - 1].bases[strip]
                rows.location.offset += first * rows.strides[1]
                input = rows
            }
            let kernel = kernel(convolution, input, output, output.shape)
            return kernel.advanced(
                by: [0, 0, 0, 0] + convolution.operands.map { $0[1] }, rounds: start)
        }
        guard case .pool(let pool) = op.node.op else { preconditionFailure("no strip op") }
        let first = max(0, start * window.stride - window.before)
        let last = min(window.inputRows, (end - 1) * window.stride + window.size - window.before)
        let base = place == 0 ? 0 : ops[place - 1].bases[strip]
        let from = place == 0 ? source : ops[place - 1].view
        let input = from.box(
            [0, first - base, 0, 0], [1, last - first, from.shape[2], from.shape[3]])
        let kernel = PoolKernel(
            kind: pool.kind, input: input.location, output: output.location,
            batch: Loop(1, [0, 0]),
            axes: [
                PoolKernel.Axis(
                    input: last - first, output: end - start, window: pool.window[0],
                    stride: pool.strides[0],
                    before: max(0, window.before - start * window.stride),
                    inputStride: input.strides[1], outputStride: output.strides[1]),
                PoolKernel.Axis(
                    input: from.shape[2], output: output.shape[2], window: pool.window[1],
                    stride: pool.strides[1], before: pool.padding[1].before,
                    inputStride: input.strides[2], outputStride: output.strides[2]),
            ], channels: output.shape[3], operandStrides: [], epilogue: [])
        return .pool(kernel)
    }

    /// Strips that lie together, as steps: those in the middle that differ only by where they are become
    /// a loop.
    private mutating func appendRolled(_ strips: [[Step]], _ chain: StripChain) {
        var strip = 0
        while strip < strips.count {
            guard let advances = Self.advances(strips[strip], strips, strip + 1) else {
                steps += strips[strip]
                strip += 1
                continue
            }
            var end = strip + 1
            while Self.advances(strips[end], strips, end + 1) == advances { end += 1 }
            let start = steps.count
            for (step, moves) in zip(strips[strip], advances) {
                var step = step
                step.advances = moves
                if step.notes.isEmpty {
                    step.notes = ["by strips of \(chain.rows) rows of the result"]
                }
                steps.append(step)
            }
            loopSteps(start..<steps.count, count: end - strip + 1)
            strip = end + 1
        }
    }

    /// How far each location of each step moves from one strip to the next; nil if they differ in more.
    private static func advances(
        _ steps: [Step], _ strips: [[Step]], _ next: Int
    ) -> [[Int]]? {
        guard next < strips.count, strips[next].count == steps.count else { return nil }
        var result: [[Int]] = []
        for (a, b) in zip(steps, strips[next]) {
            var (from, to): ([Int], [Int]) = ([], [])
            var (first, second) = (a.kernel, b.kernel)
            first.mapLocations {
                from.append($0.offset)
                $0.offset = 0
            }
            second.mapLocations {
                to.append($0.offset)
                $0.offset = 0
            }
            guard first == second else { return nil }
            result.append(zip(from, to).map { $1 - $0 })
        }
        return result
    }
}
