/// How far apart two names are, for "did you mean".
enum EditDistance {
    /// The candidate nearest to `name`, at most two edits away and sharing at least half of it;
    /// of equally near ones, the first in order.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.utf8)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() {
            let distance = between(wanted, Array(candidate.utf8), atMost: 2)
            guard let distance, distance * 2 <= wanted.count else { continue }
            if best == nil || distance < best!.distance { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// Insertions, removals and replacements that turn `a` into `b`; nil above `limit`.
    static func between(_ a: [UInt8], _ b: [UInt8], atMost limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let replaced = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
            if row.min()! > limit { return nil }
        }
        return row[b.count] <= limit ? row[b.count] : nil
    }
}
