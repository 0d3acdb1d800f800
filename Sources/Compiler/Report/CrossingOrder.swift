/// Orders the points of each rank so that few edges cross: sweeps down and up that sort each rank by
/// the middle of what its points are connected with (Sugiyama's barycenters), the best order kept.
enum CrossingOrder {
    static func sort(_ points: inout RankedPoints) {
        let sweeps = points.rank.count > 20_000 ? 4 : 12
        var best = points.ranks
        var fewest = crossings(points)
        for sweep in 0..<sweeps where fewest > 0 {
            var positions = points.positions
            let down = sweep.isMultiple(of: 2)
            let ranks = points.ranks.indices
            for rank in down ? Array(ranks.dropFirst()) : ranks.dropLast().reversed() {
                sort(&points.ranks[rank], by: down ? points.above : points.below, &positions)
            }
            let count = crossings(points)
            if count < fewest {
                fewest = count
                best = points.ranks
            }
        }
        points.ranks = best
    }

    /// A point without neighbours keeps its place among the others.
    private static func sort(
        _ rank: inout [Int], by neighbours: [[Int]], _ positions: inout [Int]
    ) {
        if rank.count < 2 { return }
        let keys = rank.enumerated().map { place, point -> (key: Double, place: Int, point: Int) in
            let near = neighbours[point]
            guard !near.isEmpty else { return (Double(place), place, point) }
            let sum = near.reduce(0) { $0 + positions[$1] }
            return (Double(sum) / Double(near.count), place, point)
        }
        rank = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.point)
        for (place, point) in rank.enumerated() { positions[point] = place }
    }

    /// How many pairs of edges cross.
    private static func crossings(_ points: RankedPoints) -> Int {
        let positions = points.positions
        var total = 0
        for (upper, lower) in zip(points.ranks, points.ranks.dropFirst()) {
            if upper.count < 2 || lower.count < 2 { continue }
            // The ends below in the order of those above: each inversion is a crossing.
            var counts = [Int](repeating: 0, count: lower.count + 1)
            var placed = 0
            for point in upper {
                let ends = points.below[point].map { positions[$0] }.sorted()
                for end in ends {
                    var index = end + 1
                    var before = 0
                    while index > 0 {
                        before += counts[index]
                        index &= index - 1
                    }
                    total += placed - before
                }
                for end in ends {
                    var index = end + 1
                    while index < counts.count {
                        counts[index] += 1
                        index += index & -index
                    }
                }
                placed += ends.count
            }
        }
        return total
    }
}
