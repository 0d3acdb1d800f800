/// Where points stand from left to right: long edges straight, boxes in the middle of what they are
/// connected with (Brandes & Köpf, "Fast and simple horizontal coordinate assignment", 2002).
///
/// Points in a row above each other form blocks, once seen from each of four corners; the mean of the
/// two middle ones of the four results is taken.
struct BlockCoordinates {
    private let points: RankedPoints
    private let positions: [Int]
    /// Connections that cross the inside of a long edge, which stays straight.
    private var conflicts: Set<Int> = []

    static func xs(_ points: RankedPoints) -> [Double] { BlockCoordinates(points).xs() }

    private init(_ points: RankedPoints) {
        self.points = points
        positions = points.positions
        findConflicts()
    }

    private func key(_ upper: Int, _ lower: Int) -> Int { upper * points.rank.count + lower }

    private mutating func findConflicts() {
        for (upper, lower) in zip(points.ranks, points.ranks.dropFirst()) {
            var left = 0
            var scanned = 0
            for (place, point) in lower.enumerated() {
                let inner =
                    points.isBox[point] ? nil : points.above[point].first { !points.isBox[$0] }
                guard inner != nil || place == lower.count - 1 else { continue }
                let right = inner.map { positions[$0] } ?? upper.count - 1
                for other in lower[scanned...place] {
                    for neighbour in points.above[other] {
                        let position = positions[neighbour]
                        let isInner = !points.isBox[other] && !points.isBox[neighbour]
                        if position < left || position > right, !isInner {
                            conflicts.insert(key(neighbour, other))
                        }
                    }
                }
                scanned = place + 1
                left = right
            }
        }
    }

    private func xs() -> [Double] {
        var results: [[Double]] = []
        for down in [true, false] {
            for leftwards in [false, true] {
                var ranks = down ? points.ranks : points.ranks.reversed()
                if leftwards { ranks = ranks.map { $0.reversed() } }
                let blocks = align(ranks, down: down, leftwards: leftwards)
                let xs = compact(ranks, blocks)
                results.append(leftwards ? xs.map { -$0 } : xs)
            }
        }
        return balanced(results)
    }

    /// The block of each point, named after its first one.
    private func align(_ ranks: [[Int]], down: Bool, leftwards: Bool) -> [Int] {
        var root = Array(points.rank.indices)
        var next = root
        let neighbours = down ? points.above : points.below
        func place(_ point: Int) -> Int { leftwards ? -positions[point] : positions[point] }
        for rank in ranks {
            var last = Int.min
            for point in rank {
                var near = neighbours[point].sorted { place($0) < place($1) }
                if near.isEmpty { continue }
                // Where long edges end beside short ones, the short ones are the way through.
                if points.isBox[point], near.count > 1 {
                    let short = near.filter { other in
                        neighbours[other].allSatisfy { points.isBox[$0] }
                    }
                    if !short.isEmpty { near = short }
                }
                for middle in Set([(near.count - 1) / 2, near.count / 2]).sorted()
                where next[point] == point {
                    let other = near[middle]
                    let conflict = down ? key(other, point) : key(point, other)
                    guard place(other) > last, !conflicts.contains(conflict) else { continue }
                    next[other] = point
                    root[point] = root[other]
                    next[point] = root[point]
                    last = place(other)
                }
            }
        }
        return root
    }

    private func gap(_ a: Int, _ b: Int) -> Double {
        (points.width[a] + points.width[b]) / 2 + (points.isBox[a] && points.isBox[b] ? 26 : 14)
    }

    /// Blocks as far left as those beside them allow, and then as far right as that costs nothing.
    private func compact(_ ranks: [[Int]], _ root: [Int]) -> [Double] {
        let count = root.count
        var right = [[(block: Int, gap: Double)]](repeating: [], count: count)
        var left = right
        var open = [Int](repeating: 0, count: count)
        for rank in ranks {
            for (a, b) in zip(rank, rank.dropFirst()) {
                let gap = gap(a, b)
                right[root[a]].append((root[b], gap))
                left[root[b]].append((root[a], gap))
                open[root[b]] += 1
            }
        }
        var order: [Int] = []
        for block in 0..<count where root[block] == block && open[block] == 0 {
            order.append(block)
        }
        var done = 0
        while done < order.count {
            for (block, _) in right[order[done]] {
                open[block] -= 1
                if open[block] == 0 { order.append(block) }
            }
            done += 1
        }
        var xs = [Double](repeating: 0, count: count)
        for block in order {
            xs[block] = left[block].reduce(0) { max($0, xs[$1.block] + $1.gap) }
        }
        for block in order.reversed() {
            let room = right[block].map { xs[$0.block] - $0.gap }.min()
            if let room { xs[block] = max(xs[block], room) }
        }
        return root.map { xs[$0] }
    }

    private func balanced(_ results: [[Double]]) -> [Double] {
        func bounds(_ xs: [Double]) -> (left: Double, right: Double) {
            var (left, right) = (Double.infinity, -Double.infinity)
            for (point, x) in xs.enumerated() {
                left = min(left, x - points.width[point] / 2)
                right = max(right, x + points.width[point] / 2)
            }
            return (left, right)
        }
        let all = results.map(bounds)
        let narrowest = all.min { $0.right - $0.left < $1.right - $1.left }!
        // Those that pack leftwards agree on the right side, the others on the left.
        let moved = results.indices.map { index -> [Double] in
            let leftwards = !index.isMultiple(of: 2)
            let shift =
                leftwards ? narrowest.right - all[index].right : narrowest.left - all[index].left
            return results[index].map { $0 + shift }
        }
        return points.rank.indices.map { point in
            let sorted = moved.map { $0[point] }.sorted()
            return (sorted[1] + sorted[2]) / 2
        }
    }
}
