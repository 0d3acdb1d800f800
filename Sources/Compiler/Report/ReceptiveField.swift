import IR

/// How much of the model's inputs one cell of a value depends on: along each axis of each input the
/// number of cells from the first to the last that has a part in it.
///
/// Where cells differ in that, as behind an upsampling, it is that of those which see most. As in papers,
/// borders don't count: near the middle of the image, and where the input is as large as
/// it has to be, so that a field may be larger than the input. What depends on every cell, as behind a
/// global pooling, is `.all`.
package struct ReceptiveField: Sendable, Hashable {
    package enum Extent: Sendable, Hashable {
        /// Nothing along this axis: the value doesn't depend on the input.
        case none
        case cells(Int)
        case all
        /// It depends on some cells, and on which can't be told from shapes.
        case unknown
    }

    package struct Axis: Sendable, Hashable {
        package var input: String
        /// The input's axis, the batch axis left out.
        package var axis: Int
        package var extent: Extent
        /// Whether the axis numbers features (the channels of a pixel) rather than places.
        package var isFeature: Bool
    }

    package var axes: [Axis]

    /// `7×7`, `3×all`; empty where no input has places: a row of features.
    ///
    /// Of several inputs the one with most axes is told of.
    package var text: String {
        var best: [Axis] = []
        for input in Set(axes.map(\.input)).sorted() {
            let places = axes.filter { $0.input == input && !$0.isFeature && $0.extent != .none }
            if places.count > best.count { best = places }
        }
        if best.isEmpty { return "" }
        if best.allSatisfy({ $0.extent == .all }) { return "all" }
        return best.map { axis in
            switch axis.extent {
            case .none: "0"
            case .cells(let count): "\(count)"
            case .all: "all"
            case .unknown: "?"
            }
        }.joined(separator: "×")
    }
}

/// Finds the receptive field of every value of a graph.
package struct ReceptiveFields: Sendable {
    /// What a value sees along one axis of an input.
    private struct Seen {
        /// Cells; 0 for none.
        var extent = 0.0
        var isAll = false
        var isKnown = true
    }

    /// How one axis of a value runs along axes of inputs.
    fileprivate enum Along {
        case nothing
        /// From one cell to the next it goes on by `jump` cells of the input's axis; what a cell sees
        /// begins at multiples of `grid`, which behind an upsampling is more than the jump.
        case tracked(axis: Int, jump: Double, grid: Double)
        /// All of its cells together span this much more of each input axis.
        case covers([(axis: Int, span: Double)])
        /// Some cells of these axes, in an order that isn't followed.
        case part([Int])
    }

    private struct State {
        var seen: [Seen]
        var along: [Along]
    }

    private let graph: Graph
    /// Input axes: of each graph input its axes but the batch.
    private var axes: [(input: String, axis: Int, size: Int)] = []
    private var isFeature: [Bool] = []
    private var states: [State?]

    package init(_ graph: Graph) {
        self.graph = graph
        states = [State?](repeating: nil, count: graph.nodes.count)
        for value in graph.inputs {
            guard case .input(let op) = graph[value].op else { continue }
            for (axis, size) in graph.type(value).shape.dropFirst().enumerated() {
                axes.append((op.name, axis, size))
            }
        }
        isFeature = [Bool](repeating: false, count: axes.count)
        for index in graph.nodes.indices { states[index] = state(of: graph.nodes[index]) }
        // Where nothing tells, the last of several axes numbers features.
        for input in Set(axes.map(\.input)) {
            let own = axes.indices.filter { axes[$0].input == input }
            if own.count > 1, !own.contains(where: { isFeature[$0] }) {
                isFeature[own.last!] = true
            }
        }
    }

    /// The field of a value; nil for a constant.
    package subscript(_ value: ValueID) -> ReceptiveField? {
        guard let state = states[value.index] else { return nil }
        return ReceptiveField(
            axes: axes.indices.map { index in
                let seen = state.seen[index]
                let extent: ReceptiveField.Extent =
                    seen.extent == 0
                    ? .none
                    : !seen.isKnown
                        ? .unknown
                        : seen.isAll
                            ? .all : .cells(Int(seen.extent.rounded(.up).clamped(to: 1...1e15)))
                return ReceptiveField.Axis(
                    input: axes[index].input, axis: axes[index].axis, extent: extent,
                    isFeature: isFeature[index])
            })
    }

    // MARK: Ops

    private mutating func state(of node: Node) -> State? {
        let count = node.opInputCount
        let operands = node.inputs.prefix(count).map { states[$0.index] }
        switch node.op {
        case .constant: return nil
        case .input(let op): return input(op.name, node.type.rank)
        default: break
        }
        guard let first = operands.lazy.compactMap({ $0 }).first else { return nil }
        var state = operands[0] ?? first
        let shape = graph.type(node.inputs[0]).shape
        switch node.op {
        case .input, .constant: return nil
        case .convolution(let op):
            let kernel = graph.type(node.inputs[1]).shape
            contract(&state, shape.count - 1, shape, isProduct: true)
            for axis in op.strides.indices {
                window(
                    &state, axis + 1,
                    reach: Double((kernel[axis] - 1) * op.dilation[axis]),
                    upsampling: Double(op.inputDilation[axis]), stride: Double(op.strides[axis]))
            }
            state.along[shape.count - 1] = .nothing
        case .pool(let op):
            for axis in op.window.indices {
                window(
                    &state, axis + 1, reach: Double(op.window[axis] - 1), upsampling: 1,
                    stride: Double(op.strides[axis]))
            }
        case .matmul: return matmul(node, operands)
        case .unary, .scaleShift, .batchNormalization: break
        case .binary: return joined(node, operands)
        case .softmax(let op): for axis in op.axes { contract(&state, axis, shape) }
        case .normalize(let op): for axis in op.axes { contract(&state, axis, shape) }
        case .reduce(let op):
            for axis in op.axes { contract(&state, axis, shape) }
            for axis in op.axes.sorted(by: >) {
                if op.keepDims {
                    state.along[axis] = .nothing
                } else {
                    state.along.remove(at: axis)
                }
            }
        case .pad: break
        case .slice(let op):
            for axis in op.steps.indices where op.sizes[axis] != shape[axis] {
                cut(&state, axis, step: op.steps[axis])
            }
        case .concatenate, .interleave:
            var result = joined(node, operands)
            if case .interleave(let op) = node.op {
                for axis in op.factors.indices where op.factors[axis] > 1 {
                    window(&result, axis, reach: 0, upsampling: Double(op.factors[axis]), stride: 1)
                }
            }
            return result
        case .band(let op):
            let reach = Double((op.counts.max() ?? 1) - 1)
            let scale = Double(shape[op.axis]) / Double(node.type.shape[op.axis])
            window(&state, op.axis, reach: reach, upsampling: 1, stride: scale)
        case .transpose(let op): state.along = op.permutation.map { state.along[$0] }
        case .reshape: state.along = reshaped(state.along, shape, node.type.shape)
        case .resize(let op):
            for axis in shape.indices where op.sizes[axis] != shape[axis] {
                window(
                    &state, axis, reach: op.method == .linear ? 1 : 0, upsampling: 1,
                    stride: Double(shape[axis]) / Double(op.sizes[axis]))
            }
        case .gather:
            // Operands: the table and the indices.
            guard operands.count > 1, let indices = operands[1] else { return nil }
            state = indices
            state.along.append(.nothing)
        case .recurrent: recurrent(node, shape, &state)
        }
        return state
    }

    private func input(_ name: String, _ rank: Int) -> State {
        State(
            seen: axes.map { Seen(extent: $0.input == name ? 1 : 0) },
            along: [.nothing]
                + (0..<(rank - 1)).map { axis in
                    let index = axes.firstIndex { $0.input == name && $0.axis == axis }
                    return index.map { .tracked(axis: $0, jump: 1, grid: 1) } ?? .nothing
                })
    }

    /// A window of `reach + 1` cells along an axis in which `upsampling - 1` empty cells have been put
    /// between two.
    private func window(
        _ state: inout State, _ axis: Int, reach: Double, upsampling: Double, stride: Double
    ) {
        switch state.along[axis] {
        case .nothing: break
        case .tracked(let index, let jump, let grid):
            let step = jump / upsampling
            // Of cells with empty ones between them, the window meets every upsampling-th.
            let met = upsampling > 1 ? (reach / upsampling).rounded(.down) * upsampling : reach
            grow(&state.seen[index], by: (met * step / grid).rounded(.up) * grid)
            let next = step * stride
            state.along[axis] = .tracked(axis: index, jump: next, grid: max(grid, next))
        case .covers(let parts):
            if reach > 0 { for part in parts { state.seen[part.axis].isKnown = false } }
            if upsampling != 1 || stride != 1 { state.along[axis] = .part(parts.map(\.axis)) }
        case .part(let parts):
            if reach > 0 { for part in parts { state.seen[part].isKnown = false } }
        }
    }

    private func grow(_ seen: inout Seen, by cells: Double) {
        guard seen.extent > 0 else { return }
        seen.extent += cells
    }

    /// Every cell along an axis takes part.
    private mutating func contract(
        _ state: inout State, _ axis: Int, _ shape: [Int], isProduct: Bool = false
    ) {
        func take(_ index: Int, _ span: Double) {
            grow(&state.seen[index], by: span)
            if state.seen[index].extent >= Double(axes[index].size) {
                state.seen[index].isAll = true
            }
        }
        switch state.along[axis] {
        case .nothing: break
        case .tracked(let index, let jump, let grid):
            // The first product of a model is over the features of a cell.
            if isProduct, jump == 1, state.seen.allSatisfy({ $0.extent <= 1 }) {
                isFeature[index] = true
            }
            take(index, (Double(shape[axis] - 1) * jump / grid).rounded(.up) * grid)
        case .covers(let parts): for part in parts { take(part.axis, part.span) }
        case .part(let parts): for part in parts { state.seen[part].isKnown = false }
        }
    }

    private func cut(_ state: inout State, _ axis: Int, step: Int) {
        switch state.along[axis] {
        case .nothing, .part: break
        case .tracked(let index, let jump, let grid):
            let next = jump * Double(step)
            state.along[axis] = .tracked(axis: index, jump: next, grid: max(grid, next))
        case .covers(let parts): state.along[axis] = .part(parts.map(\.axis))
        }
    }

    private mutating func matmul(_ node: Node, _ operands: [State?]) -> State {
        let shapes = node.inputs.prefix(2).map { graph.type($0).shape }
        var left = operands[0]
        var right = operands[1]
        if left != nil {
            contract(&left!, shapes[0].count - 1, shapes[0], isProduct: right == nil)
            left!.along[shapes[0].count - 1] = .nothing
        }
        if right != nil {
            contract(&right!, shapes[1].count - 2, shapes[1])
            right!.along[shapes[1].count - 2] = .nothing
        }
        // The columns of the result run as those of the right operand do.
        return joined(node, [left, right])
    }

    private func recurrent(_ node: Node, _ shape: [Int], _ state: inout State) {
        // A step depends on all those before it, and in both directions on all.
        if case .tracked(let index, let jump, _) = state.along[1] {
            grow(&state.seen[index], by: Double(shape[1] - 1) * jump)
            if state.seen[index].extent >= Double(axes[index].size) {
                state.seen[index].isAll = true
            }
        } else if case .covers(let parts) = state.along[1] {
            for part in parts { state.seen[part.axis].isAll = true }
        }
        // A convolution of the state grows with every step.
        let kernel = graph.type(node.inputs[1]).shape
        for axis in 2..<max(2, shape.count - 1) where kernel[axis - 2] > 1 {
            if case .tracked(let index, let jump, _) = state.along[axis] {
                let reach = Double((kernel[axis - 2] - 1) * (shape[1] - 1)) * jump
                grow(&state.seen[index], by: reach)
            }
        }
        state.along[shape.count - 1] = .nothing
        if node.type.rank < shape.count {
            state.along.remove(at: 1)
        } else if node.type.shape[1] != shape[1] {
            // States stand behind the steps.
            state.along[1] = .nothing
        }
    }

    /// What several operands see together, aligned at their last axes as broadcasting does.
    private func joined(_ node: Node, _ operands: [State?]) -> State {
        let rank = node.type.rank
        var result = State(
            seen: [Seen](repeating: Seen(), count: axes.count),
            along: [Along](repeating: .nothing, count: rank))
        for operand in operands.compactMap(\.self) {
            for index in axes.indices {
                result.seen[index].extent = max(
                    result.seen[index].extent, operand.seen[index].extent)
                if operand.seen[index].isAll { result.seen[index].isAll = true }
                if !operand.seen[index].isKnown { result.seen[index].isKnown = false }
            }
            for axis in 0..<operand.along.count {
                let own = axis + rank - operand.along.count
                guard own >= 0 else { continue }
                result.along[own] = Self.joined(result.along[own], operand.along[axis])
            }
        }
        return result
    }

    private static func joined(_ a: Along, _ b: Along) -> Along {
        switch (a, b) {
        case (.nothing, let other), (let other, .nothing): other
        case (.tracked(let x, let jump, let grid), .tracked(let y, let other, let otherGrid))
        where x == y:
            .tracked(axis: x, jump: max(jump, other), grid: max(grid, otherGrid))
        case (.covers(let x), .covers(let y)) where x.map(\.axis) == y.map(\.axis): a
        default: .part(Array(Set(a.axes + b.axes)).sorted())
        }
    }

    /// The axes of a reshaped value: those that stay are followed on, merged ones cover what they were.
    private func reshaped(_ along: [Along], _ old: [Int], _ new: [Int]) -> [Along] {
        var result: [Along] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            let (startI, startJ) = (i, j)
            var (a, b) = (1, 1)
            if i < old.count { (a, i) = (a * old[i], i + 1) }
            if j < new.count { (b, j) = (b * new[j], j + 1) }
            while a != b {
                if a < b, i < old.count {
                    (a, i) = (a * old[i], i + 1)
                } else if j < new.count {
                    (b, j) = (b * new[j], j + 1)
                } else {
                    break
                }
            }
            let before = (startI..<i).filter { old[$0] > 1 }
            let after = (startJ..<j).filter { new[$0] > 1 }
            let whole: Along
            if before.count == 1 {
                whole = along[before[0]]
            } else {
                var parts: [(axis: Int, span: Double)] = []
                var isWhole = true
                for axis in before {
                    switch along[axis] {
                    case .nothing: break
                    case .tracked(let index, let jump, let grid):
                        let span = (Double(old[axis] - 1) * jump / grid).rounded(.up) * grid
                        parts.append((index, span))
                    case .covers(let more): parts += more
                    case .part(let more):
                        isWhole = false
                        parts += more.map { ($0, 0) }
                    }
                }
                whole =
                    parts.isEmpty ? .nothing : isWhole ? .covers(parts) : .part(parts.map(\.axis))
            }
            for axis in startJ..<j {
                if new[axis] == 1 || before.isEmpty {
                    result.append(.nothing)
                } else {
                    result.append(
                        after.count == 1 || whole.axes.isEmpty ? whole : .part(whole.axes))
                }
            }
        }
        return result
    }
}

extension ReceptiveFields.Along {
    fileprivate var axes: [Int] {
        switch self {
        case .nothing: []
        case .tracked(let axis, _, _): [axis]
        case .covers(let parts): parts.map(\.axis)
        case .part(let parts): parts
        }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
