/// "Did you mean": the known name nearest to one that isn't known.
package enum Suggestion {
    /// The candidate a user most likely meant by `name`, or nil when none is near.
    ///
    /// In this order: the same name but for case and separators (`kernelSize` for `kernel_size`),
    /// the same words in another order, the smallest Damerau-Levenshtein distance of at most a
    /// third of the name's length (the first candidate of several), the only candidate that
    /// begins with the name.
    package static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        let target = scalars(name)
        guard !target.isEmpty, target.count <= 100 else { return nil }
        let targetWords = words(of: name)
        let candidates = candidates.filter { $0 != name }

        if let same = candidates.first(where: { scalars($0) == target }) { return same }
        if targetWords.count > 1,
            let reordered = candidates.first(where: { words(of: $0) == targetWords })
        {
            return reordered
        }

        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let other = scalars(candidate)
            let longest = max(target.count, other.count)
            let limit = min(
                max(1, min(longest, target.count + 2) / 3), (best?.distance ?? .max) - 1)
            guard longest > 1, abs(other.count - target.count) <= limit else { continue }
            let distance = distance(target, other)
            // Two letters with one in common are not near.
            if distance <= limit, distance == 1 || distance < longest - 1 {
                best = (candidate, distance)
            }
        }
        if let best { return best.candidate }

        guard target.count >= 3 else { return nil }
        let longer = candidates.filter { scalars($0).starts(with: target) }
        return longer.count == 1 ? longer[0] : nil
    }

    /// The candidate that is the same but for case and separators.
    package static func same(as name: String, in candidates: some Sequence<String>) -> String? {
        let target = scalars(name)
        return target.isEmpty ? nil : candidates.first { scalars($0) == target }
    }

    /// What to say of a letter that only looks like one of those in `name`, as in a Cyrillic `Dеnse`.
    package static func strangeLetter(in text: String, meant name: String) -> String? {
        let latin = name.unicodeScalars.filter(\.isASCII)
        guard latin.count == name.unicodeScalars.count,
            let strange = text.unicodeScalars.first(where: {
                !$0.isASCII
                    && ((0x370...0x52F).contains($0.value) || (0xFF01...0xFF5E).contains($0.value))
            })
        else { return nil }
        let digits = String(strange.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "`\(strange)` (\(code)) only looks like a Latin letter"
    }

    /// The name in lower case without separators.
    package static func squashed(_ name: String) -> String {
        String(String.UnicodeScalarView(scalars(name)))
    }

    private static func scalars(_ name: String) -> [Unicode.Scalar] {
        name.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != " " }
    }

    /// The words of a name in any of the usual styles, in lower case, sorted.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var lastIsLower = false
        for character in name {
            let separates = character == "_" || character == "-" || character == " "
            if separates || (character.isUppercase && lastIsLower) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if !separates { word += character.lowercased() }
            lastIsLower = character.isLowercase
        }
        if !word.isEmpty { words.append(word) }
        return words.sorted()
    }

    /// The Damerau-Levenshtein distance (optimal string alignment): insertions, deletions,
    /// replacements and swaps of neighbours.
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
