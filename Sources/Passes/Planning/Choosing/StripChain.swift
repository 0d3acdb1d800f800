import IR
import Plan

/// Nodes that run strip by strip, each reading the one before.
struct StripChain {
    let nodes: [Int]
    /// Rows of the last one's result in a strip.
    let rows: Int
    /// Strips whose rows lie one behind the other before those that are read again move to the front.
    let together: Int
}

extension StripChain {
    /// Results that a chain should not send to memory, and weights it can keep beside its rows.
    private static let leastBytes = 384 << 10
    private static let weightLimit = 256 << 10
    private static let ringLimit = 224 << 10
    /// What the rows may take so that fewer of them have to be moved.
    private static let togetherLimit = 448 << 10

    /// The chains of a graph.
    ///
    /// - Parameters:
    ///   - forced: whether small results are kept from memory too.
    ///   - taken: nodes that are computed in another way.
    static func find(
        _ graph: borrowing Graph, forced: Bool, taken: (Int) -> Bool
    ) -> [StripChain] {
        let leastBytes = forced ? 0 : Self.leastBytes
        let uses = graph.useCounts()
        var chains: [StripChain] = []
        var current: [Int] = []
        var weights = 0
        func finish() {
            if current.count > 1 { chains.append(StripChain(current, graph)) }
            current = []
            weights = 0
        }
        for index in graph.nodes.indices {
            let node = graph.nodes[index]
            switch node.op {
            case .constant: continue
            case .convolution, .pool: break
            default:
                finish()
                continue
            }
            guard !taken(index), StripWindow(node, graph) != nil else {
                finish()
                continue
            }
            let own = node.inputs.dropFirst().prefix(1).reduce(0) { total, input in
                if case .constant = graph[input].op { return graph.type(input).count * 4 }
                return total
            }
            let continues =
                current.last.map { last in
                    node.inputs[0].index == last && uses[last] == 1
                        && !graph.isOutput(ValueID(last))
                        && graph.nodes[last].type.count * 4 >= leastBytes
                        && weights + own <= weightLimit
                } ?? false
            if !continues { finish() }
            if own <= weightLimit {
                current.append(index)
                weights += own
            }
        }
        finish()
        return chains
    }

    /// As many rows at a time as let the rows kept between the ops stay in cache.
    private init(_ nodes: [Int], _ graph: borrowing Graph) {
        let windows = nodes.map { StripWindow(graph.nodes[$0], graph)! }
        let heights = nodes.map { graph.nodes[$0].type.shape[1] }
        func bytes(_ rows: Int, together: Int) -> Int {
            let schedule = StripSchedule(
                windows: windows, heights: heights, rows: rows, together: together)
            return zip(nodes, schedule.ringRows).reduce(0) { total, ring in
                let shape = graph.nodes[ring.0].type.shape
                return total + ring.1 * shape[2] * shape[3] * 4
            }
        }
        var best = 1
        for rows in 1...max(1, heights[heights.count - 1] / 2) {
            if bytes(rows, together: 1) > Self.ringLimit { break }
            // Strips of equal size need no code of their own for the last.
            let divides = heights[heights.count - 1].isMultiple(of: rows)
            if divides || rows >= 2 * best { best = rows }
        }
        // More than three gain nothing any more, and each is code of its own.
        together = (1...3).last { bytes(best, together: $0) <= Self.togetherLimit } ?? 1
        self.nodes = nodes
        self.rows = best
    }
}

/// How an op's window moves over the rows of its input.
struct StripWindow: Hashable {
    let size: Int
    let stride: Int
    /// Rows of padding above.
    let before: Int
    /// Rows of the input, for poolings.
    var inputRows: Int

    /// Nil for ops that can't run by strips.
    init?(_ node: Node, _ graph: borrowing Graph) {
        let input = graph.type(node.inputs[0]).shape
        guard input.count == 4, input[0] == 1 else { return nil }
        switch node.op {
        case .convolution(let op):
            let kernel = graph.type(node.inputs[1]).shape
            guard op.groups == 1 || (kernel[2] == 1 && kernel[3] == op.groups) else { return nil }
            size = (kernel[0] - 1) * op.dilation[0] + 1
            stride = op.strides[0]
            before = op.padding[0].before
        case .pool(let op):
            guard node.epilogue.isEmpty else { return nil }
            size = op.window[0]
            stride = op.strides[0]
            before = op.padding[0].before
        default: return nil
        }
        // Rows that no window reads would have to be passed over.
        guard size >= stride else { return nil }
        inputRows = input[1]
    }

    init(size: Int, stride: Int, before: Int, inputRows: Int) {
        self.size = size
        self.stride = stride
        self.before = before
        self.inputRows = inputRows
    }
}

/// Which rows of each op of a chain every strip computes: those the next op needs and that have not
/// been computed yet.
struct StripSchedule {
    let windows: [StripWindow]
    let heights: [Int]
    /// Strips.
    let count: Int
    /// The strips that lie together: the first one alone, as it starts with padding.
    let units: [Range<Int>]
    /// The row behind the last one computed, for each op and strip.
    private(set) var ends: [[Int]]
    /// The row that stands first among those kept of each op but the last, for each strip; negative
    /// where padding comes first. It is the same for strips that lie together.
    private(set) var bases: [[Int]]
    /// The rows there must be room for.
    private(set) var ringRows: [Int]

    /// - Parameters:
    ///   - rows: of a strip of the last op's result.
    ///   - together: strips that lie one behind the other.
    init(windows: [StripWindow], heights: [Int], rows: Int, together: Int) {
        self.windows = windows
        self.heights = heights
        let count = (heights[heights.count - 1] + rows - 1) / rows
        self.count = count
        var ends = [[Int]](repeating: [], count: heights.count)
        var bases = [[Int]](repeating: [], count: heights.count - 1)
        var ringRows = [Int](repeating: 0, count: heights.count - 1)
        let units = Self.units(count, together)
        let last = heights.count - 1
        ends[last] = (1...count).map { min(heights[last], $0 * rows) }
        for place in (0..<last).reversed() {
            let window = windows[place + 1]
            for unit in units {
                let first = unit.lowerBound == 0 ? 0 : ends[place + 1][unit.lowerBound - 1]
                let base = first * window.stride - window.before
                for strip in unit {
                    let end = ends[place + 1][strip]
                    let needed = (end - 1) * window.stride + window.size - window.before
                    ends[place].append(min(heights[place], needed))
                    bases[place].append(base)
                    ringRows[place] = max(ringRows[place], needed - base)
                }
            }
        }
        self.units = units
        self.ends = ends
        self.bases = bases
        self.ringRows = ringRows
    }

    private static func units(_ count: Int, _ together: Int) -> [Range<Int>] {
        [0..<1]
            + stride(from: 1, to: count, by: together).map { $0..<min(count, $0 + together) }
    }

    /// The row behind the last one that the next op reads in a strip, padding below included.
    func needed(_ place: Int, _ strip: Int) -> Int {
        let window = windows[place + 1]
        return (ends[place + 1][strip] - 1) * window.stride + window.size - window.before
    }
}
