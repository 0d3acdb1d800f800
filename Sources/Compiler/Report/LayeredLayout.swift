/// Places the boxes of a graph without cycles in ranks, from top to bottom, and leads the edges between
/// them (Sugiyama, Tagawa & Toda 1981).
///
/// Every second rank is for what edges are labelled with: an edge is a chain of points, one in each rank
/// between its ends, and the one that carries the label is as wide as that. So labels never lie on
/// boxes, edges or each other.
struct LayeredLayout: Sendable {
    struct Box: Sendable {
        var width: Double
        var height: Double
    }

    struct Edge: Sendable {
        var from: Int
        var to: Int
        /// 0 for none.
        var labelWidth: Double = 0
    }

    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    /// A vertical stretch of an edge; between two of them it bends.
    struct Stretch: Sendable {
        var x: Double
        var top: Double
        var bottom: Double
    }

    /// The middle of each box.
    private(set) var centers: [Point] = []
    /// Each edge from the bottom of a box to the top of another; empty for one that isn't drawn, because
    /// a drawing can't hold so many long edges.
    private(set) var paths: [[Stretch]] = []
    /// The middle of each edge's label.
    private(set) var labels: [Point] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    /// Of longer edges together so many points are placed; the longest are left out.
    private static let mostPoints = 40_000
    private static let labelHeight = 18.0
    private static let margin = 12.0

    /// - Precondition: each edge leads from a box to one with a larger index.
    init(boxes: [Box], edges: [Edge]) {
        precondition(edges.allSatisfy { $0.from < $0.to && $0.from >= 0 && $0.to < boxes.count })
        guard !boxes.isEmpty else { return }
        let ranks = Self.ranks(boxes.count, edges)
        var points = RankedPoints(boxes: boxes, ranks: ranks)
        let drawn = Self.drawn(edges, ranks)
        let chains = edges.indices.map { drawn[$0] ? points.add(edges[$0]) : [] }
        CrossingOrder.sort(&points)
        let xs = BlockCoordinates.xs(points)
        place(points, xs, boxes, edges, chains)
    }

    /// The length of the longest way to each box; one that nothing leads to stands right above the first
    /// that reads it.
    private static func ranks(_ count: Int, _ edges: [Edge]) -> [Int] {
        var above = [[Int]](repeating: [], count: count)
        var below = [[Int]](repeating: [], count: count)
        for edge in edges {
            above[edge.to].append(edge.from)
            below[edge.from].append(edge.to)
        }
        var ranks = [Int](repeating: 0, count: count)
        for box in 0..<count { ranks[box] = above[box].reduce(0) { max($0, ranks[$1] + 1) } }
        for box in (0..<count).reversed() where above[box].isEmpty {
            if let first = below[box].map({ ranks[$0] }).min() { ranks[box] = max(0, first - 1) }
        }
        return ranks
    }

    private static func drawn(_ edges: [Edge], _ ranks: [Int]) -> [Bool] {
        var drawn = [Bool](repeating: true, count: edges.count)
        func span(_ index: Int) -> Int { ranks[edges[index].to] - ranks[edges[index].from] }
        var total = edges.indices.reduce(0) { $0 + 2 * span($1) - 1 }
        guard total > mostPoints else { return drawn }
        for index in edges.indices.sorted(by: { span($0) > span($1) }) where span(index) > 1 {
            if total <= mostPoints { break }
            drawn[index] = false
            total -= 2 * span(index) - 1
        }
        return drawn
    }

    private mutating func place(
        _ points: RankedPoints, _ xs: [Double], _ boxes: [Box], _ edges: [Edge], _ chains: [[Int]]
    ) {
        // Where each rank begins and ends.
        var heights = [Double](repeating: 0, count: points.ranks.count)
        for (box, size) in boxes.enumerated() {
            let rank = points.rank[box]
            heights[rank] = max(heights[rank], size.height)
        }
        var bends = [Double](repeating: 0, count: points.ranks.count)
        for (edge, chain) in zip(edges, chains) where !chain.isEmpty {
            let all = [edge.from] + chain + [edge.to]
            for (a, b) in zip(all, all.dropFirst()) {
                bends[points.rank[b]] = max(bends[points.rank[b]], abs(xs[a] - xs[b]))
            }
            if let label = chain.first(where: { points.isLabel[$0] }) {
                heights[points.rank[label]] = Self.labelHeight
            }
        }
        var tops: [Double] = []
        var y = Self.margin
        for rank in points.ranks.indices {
            // An arrow's head needs room above boxes.
            if rank > 0 { y += (rank.isMultiple(of: 2) ? 11 : 5) + min(44, bends[rank] * 0.16) }
            tops.append(y)
            y += heights[rank]
        }
        height = y + Self.margin

        let left = points.rank.indices.map { xs[$0] - points.width[$0] / 2 }.min() ?? 0
        let right = points.rank.indices.map { xs[$0] + points.width[$0] / 2 }.max() ?? 0
        let shift = Self.margin - left
        width = right - left + 2 * Self.margin

        centers = boxes.indices.map { box in
            let rank = points.rank[box]
            return Point(x: xs[box] + shift, y: tops[rank] + heights[rank] / 2)
        }
        for (edge, chain) in zip(edges, chains) {
            guard !chain.isEmpty else {
                paths.append([])
                labels.append(Point(x: 0, y: 0))
                continue
            }
            let (from, to) = (edge.from, edge.to)
            let start = points.rank[from]
            let end = points.rank[to]
            var path = [
                Stretch(
                    x: centers[from].x, top: centers[from].y + boxes[from].height / 2,
                    bottom: tops[start] + heights[start])
            ]
            for point in chain {
                let rank = points.rank[point]
                let x = xs[point] + shift
                path.append(Stretch(x: x, top: tops[rank], bottom: tops[rank] + heights[rank]))
            }
            path.append(
                Stretch(
                    x: centers[to].x, top: tops[end], bottom: centers[to].y - boxes[to].height / 2))
            paths.append(path)
            let label = chain.first { points.isLabel[$0] } ?? chain[chain.count / 2]
            let rank = points.rank[label]
            labels.append(Point(x: xs[label] + shift, y: tops[rank] + heights[rank] / 2))
        }
    }
}

/// Boxes and the points of edges in their ranks, from left to right: boxes in ranks 0, 2, 4...
struct RankedPoints: Sendable {
    private(set) var rank: [Int]
    private(set) var width: [Double]
    private(set) var isBox: [Bool]
    private(set) var isLabel: [Bool]
    /// What each point is connected with in the rank above, and below.
    private(set) var above: [[Int]]
    private(set) var below: [[Int]]
    var ranks: [[Int]]

    init(boxes: [LayeredLayout.Box], ranks: [Int]) {
        rank = ranks.map { 2 * $0 }
        width = boxes.map(\.width)
        isBox = [Bool](repeating: true, count: boxes.count)
        isLabel = [Bool](repeating: false, count: boxes.count)
        above = [[Int]](repeating: [], count: boxes.count)
        below = above
        self.ranks = [[Int]](repeating: [], count: 2 * (ranks.max() ?? 0) + 1)
        for box in boxes.indices { self.ranks[rank[box]].append(box) }
    }

    /// Adds the points of an edge and returns them.
    mutating func add(_ edge: LayeredLayout.Edge) -> [Int] {
        let first = rank[edge.from]
        let last = rank[edge.to]
        // The label stands in the middle, in one of the ranks between those of boxes.
        let middle = (first + last) / 2
        let labelRank = edge.labelWidth == 0 ? -1 : middle.isMultiple(of: 2) ? middle - 1 : middle
        var chain: [Int] = []
        var previous = edge.from
        for rank in (first + 1)..<last {
            let point = self.rank.count
            self.rank.append(rank)
            width.append(rank == labelRank ? edge.labelWidth : 1)
            isBox.append(false)
            isLabel.append(rank == labelRank)
            above.append([previous])
            below.append([])
            below[previous].append(point)
            ranks[rank].append(point)
            chain.append(point)
            previous = point
        }
        below[previous].append(edge.to)
        above[edge.to].append(previous)
        return chain
    }

    /// Each point's place in its rank.
    var positions: [Int] {
        var result = [Int](repeating: 0, count: rank.count)
        for points in ranks {
            for (position, point) in points.enumerated() { result[point] = position }
        }
        return result
    }
}
