import IR

/// A shape of which some sizes are not known: what two guesses at it have in common.
package struct PartialShape: Sendable, Hashable {
    package enum Size: Sendable, Hashable {
        case known(Int)
        /// What the spec calls it: `time`.
        case named(String)
        case unknown
    }

    package let sizes: [Size]

    /// - Parameters:
    ///   - guesses: shapes of one rank; one where it is known.
    ///   - names: of the sizes that are open, by the numbers that the last guess has for them.
    package init(_ guesses: [[Int]], names: [Int: String] = [:]) {
        let (first, last) = (guesses[0], guesses[guesses.count - 1])
        precondition(first.count == last.count)
        sizes = zip(first, last).map { a, b in
            if a == b { return .known(a) }
            return a == OpenSize.guesses[0] ? names[b].map { .named($0) } ?? .unknown : .unknown
        }
    }

    package var isKnown: Bool { sizes.allSatisfy { if case .known = $0 { true } else { false } } }

    /// As shapes are shown: `(time, ?, 8)`.
    package var text: String {
        let texts = sizes.map { size in
            switch size {
            case .known(let size): "\(size)"
            case .named(let name): name
            case .unknown: "?"
            }
        }
        return texts.count == 1 ? "(\(texts[0]),)" : "(\(texts.joined(separator: ", ")))"
    }
}

extension OpenSize {
    /// Numbers for sizes that are open, in two guesses: alike in the first, so that whatever has to be
    /// equal is. In the second each name has another where `tellsApart`, which says whose size a size
    /// is, but not all models can be checked with it.
    package static func numbers(
        for names: [String], guess: Int, tellsApart: Bool = false
    ) -> [String: Int] {
        var result: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            result[name] = guesses[guess] + (tellsApart && guess == 1 ? 64 * index : 0)
        }
        return result
    }

    /// The names of sizes by the numbers of the second guess; only those that the spec gives.
    package static func names(_ sizes: [OpenSize], numbers: [String: Int]) -> [Int: String] {
        var result: [Int: String] = [:]
        var shared: Set<Int> = []
        for (name, number) in numbers {
            let isNamed = sizes.contains { $0.name == name && $0.isNamed }
            if !isNamed || result.updateValue(name, forKey: number) != nil { shared.insert(number) }
        }
        return result.filter { !shared.contains($0.key) }
    }
}
