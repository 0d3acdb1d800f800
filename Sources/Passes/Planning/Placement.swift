import IR
import Plan

/// Where each value is to lie, decided before any kernel is planned.
///
/// Concatenation and padding are done by their producers, who write straight into their part of the
/// larger tensor; a convolution's zero padding is a border around its input's buffer; an output of the
/// model is written where the caller wants it.
struct Placement {
    enum Home: Hashable {
        /// A buffer of its own.
        case own
        /// The memory the caller gives for output `index`.
        case output(Int)
        /// The part of another value's tensor that starts at `starts`, with `steps` from one cell to
        /// the next.
        case inside(ValueID, starts: [Int], steps: [Int])
    }

    private(set) var homes: [Home]
    /// Zero cells around a value's tensor, one entry for each axis; empty for none.
    private(set) var borders: [[Padding]]
    /// Elements between the channels of one position and those of the next.
    private(set) var gaps: [Int]
    /// The last node that reads a value or anything that shares its memory; `Int.max` for outputs.
    private(set) var lastReaders: [Int]

    /// - Parameter paddings: the zero cells that each convolution wants around its input, by node.
    init(_ graph: Graph, paddings: [Int: [Padding]]) {
        homes = [Home](repeating: .own, count: graph.nodes.count)
        borders = [[Padding]](repeating: [], count: graph.nodes.count)
        gaps = [Int](repeating: 0, count: graph.nodes.count)
        lastReaders = [Int](repeating: -1, count: graph.nodes.count)
        let uses = graph.useCounts()
        findBorders(graph, paddings)
        findOutputs(graph)
        for index in graph.nodes.indices.reversed() {
            let value = ValueID(index)
            let node = graph.nodes[index]
            if graph.isOutput(value) { lastReaders[index] = Int.max }
            for input in node.inputs {
                let last = node.op.sharesMemory ? max(index, lastReaders[index]) : index
                lastReaders[input.index] = max(lastReaders[input.index], last)
            }
            placeOperands(of: value, node, graph, uses)
        }
        findGaps(graph)
    }

    /// Positions that lie a multiple of 1 KiB apart compete for the same few sets of a first-level
    /// cache: a gap of a cache line spreads them out. Only where every reader takes strides as they
    /// come.
    private mutating func findGaps(_ graph: Graph) {
        var takesStrides = [Bool](repeating: true, count: graph.nodes.count)
        for node in graph.nodes where !node.op.takesAnyStrides {
            for input in node.inputs { takesStrides[input.index] = false }
        }
        for (index, node) in graph.nodes.enumerated() {
            guard takesStrides[index], homes[index] == .own, node.op.computes,
                !graph.isOutput(ValueID(index)), node.type.rank >= 3
            else { continue }
            gaps[index] = Self.gap(channels: node.type.shape[node.type.rank - 1])
        }
    }

    /// The gap behind so many channels.
    static func gap(channels: Int) -> Int { channels.isMultiple(of: 256) ? 16 : 0 }

    /// Operands of a concatenation, an interleaving or a padding that can be written in place.
    private mutating func placeOperands(
        of value: ValueID, _ node: Node, _ graph: Graph, _ uses: [Int]
    ) {
        var starts = [Int](repeating: 0, count: node.type.rank)
        var steps = [Int](repeating: 1, count: node.type.rank)
        func take(_ operand: ValueID) {
            let producer = graph[operand].op
            guard uses[operand.index] == 1, producer.computes, homes[operand.index] == .own,
                borders[operand.index].isEmpty
            else { return }
            homes[operand.index] = .inside(value, starts: starts, steps: steps)
        }
        switch node.op {
        case .concatenate(let op):
            for operand in node.inputs {
                take(operand)
                starts[op.axis] += graph.type(operand).shape[op.axis]
            }
        case .interleave(let op):
            steps = op.factors
            for (phase, operand) in zip(op.phases, node.inputs) {
                starts = phase
                take(operand)
            }
        case .pad(let op):
            starts = op.padding.map(\.before)
            take(node.inputs[0])
        default: break
        }
    }

    /// The widest padding that convolutions want around each value.
    private mutating func findBorders(_ graph: Graph, _ paddings: [Int: [Padding]]) {
        for (index, node) in graph.nodes.enumerated() {
            guard let wanted = paddings[index], wanted.contains(where: { !$0.isZero })
            else { continue }
            let value = node.inputs[0].index
            // Only a value that a kernel computes gets a border; others are copied into one.
            guard graph.nodes[value].op.computes else { continue }
            let rank = graph.nodes[value].type.rank
            if borders[value].isEmpty {
                borders[value] = [Padding](repeating: .zero, count: rank)
            }
            for (axis, padding) in wanted.enumerated() {
                let border = borders[value][axis + 1]
                borders[value][axis + 1] = Padding(
                    max(border.before, padding.before), max(border.after, padding.after))
            }
        }
    }

    private mutating func findOutputs(_ graph: Graph) {
        for (number, output) in graph.outputs.enumerated() {
            var value = output.value
            while case .reshape = graph[value].op { value = graph[value].inputs[0] }
            if graph[value].op.computes, homes[value.index] == .own,
                borders[value.index].isEmpty
            {
                homes[value.index] = .output(number)
            }
        }
    }
}

extension Op {
    /// Whether the result lies in an operand's memory.
    fileprivate var sharesMemory: Bool {
        switch self {
        case .reshape, .slice: true
        default: false
        }
    }

    /// Whether its kernel reads operands whatever their strides are, but for the last axis.
    fileprivate var takesAnyStrides: Bool {
        switch self {
        case .convolution, .pool, .reduce, .unary, .binary, .scaleShift: true
        default: false
        }
    }

    /// Whether a kernel writes the result, wherever it is told to.
    fileprivate var computes: Bool {
        switch self {
        case .input, .constant, .reshape, .slice: false
        default: true
        }
    }
}
