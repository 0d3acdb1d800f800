import Diagnostics
import IR
import Spec

/// What changed from one model to another.
package struct Comparison: Sendable {
    package let old: Inspection
    package let new: Inspection
    /// The layers of both in the new model's order; a removed one stands where it was.
    package let pairs: [Pair]

    /// A layer before and after; one of the two is nil for a layer that was added or removed.
    package struct Pair: Sendable {
        package var old: Int?
        package var new: Int?
    }

    /// What of a layer changed.
    package struct Change: Sendable {
        package var what: String
        package var old: String
        package var new: String
        /// How much more, where it is a number.
        package var difference: Int?
    }

    package init(_ old: Inspection, _ new: Inspection) {
        self.old = old
        self.new = new
        let matcher = LayerMatcher(old.rows, new.rows)
        pairs = matcher.pairs
    }

    /// What changed of a layer that both models have; empty where nothing did.
    package func changes(_ pair: Pair) -> [Change] {
        guard let old = pair.old.map({ old.rows[$0] }), let new = pair.new.map({ new.rows[$0] })
        else { return [] }
        var changes: [Change] = []
        func add(_ what: String, _ old: String, _ new: String) {
            if old != new { changes.append(Change(what: what, old: old, new: new)) }
        }
        func add(_ what: String, _ old: Int, _ new: Int, _ text: (Int) -> String) {
            guard old != new else { return }
            changes.append(
                Change(what: what, old: text(old), new: text(new), difference: new - old))
        }
        // Numbers that Keras gives change with the layers before.
        if !old.hasGeneratedName || !new.hasGeneratedName { add("name", old.name, new.name) }
        add("class", old.className, new.className)
        if old.className == new.className {
            for change in Self.arguments(old.item, new.item) {
                add(change.name, change.old, change.new)
            }
        }
        add("output", old.outputType.shapeText, new.outputType.shapeText)
        add("parameters", old.parameters, new.parameters) { NumberText.grouped($0) }
        add("MACs", old.multiplyAdds, new.multiplyAdds) { NumberText.grouped($0) }
        add("activations", old.activationByteCount, new.activationByteCount) {
            NumberText.bytes($0)
        }
        add("receptive field", old.receptiveField?.text ?? "", new.receptiveField?.text ?? "")
        return changes
    }

    /// The arguments that either layer gives; what one leaves out has its default.
    private static func arguments(
        _ old: LayerItem, _ new: LayerItem
    ) -> [(name: String, old: String, new: String)] {
        let (before, after) = (old.writtenArguments, new.writtenArguments)
        return type(of: old.layer).fullSchema.compactMap { descriptor in
            func text(_ written: [(name: String, text: String)]) -> String? {
                written.first { $0.name == descriptor.name }?.text
            }
            let texts = (text(before), text(after))
            if texts.0 == texts.1 { return nil }
            if case .spatial = descriptor.kind.withoutNull,
                oneForAll(texts.0) == oneForAll(texts.1)
            {
                return nil
            }
            let missing = descriptor.defaultText ?? ""
            return (descriptor.name, texts.0 ?? missing, texts.1 ?? missing)
        }
    }

    /// `3` for `[3, 3]`, which say the same of a kernel.
    private static func oneForAll(_ text: String?) -> String? {
        guard let text, text.hasPrefix("["), text.hasSuffix("]") else { return text }
        let sizes = Set(
            text.dropFirst().dropLast().split(separator: ",").map { $0.filter { $0 != " " } })
        return sizes.count == 1 ? sizes.first : text
    }

    package enum Kind: String, Sendable { case same, changed, added, removed }

    package func kind(_ pair: Pair) -> Kind {
        if pair.old == nil { return .added }
        if pair.new == nil { return .removed }
        return changes(pair).isEmpty ? .same : .changed
    }

    /// The totals of both.
    package var totals: [(what: String, key: String, old: Int, new: Int, isBytes: Bool)] {
        [
            ("parameters", "parameters", old.parameters, new.parameters, false),
            (
                "trainable", "trainableParameters", old.trainableParameters,
                new.trainableParameters, false
            ),
            ("MACs", "multiplyAdds", old.multiplyAdds, new.multiplyAdds, false),
            ("weights", "weightBytes", old.weightByteCount, new.weightByteCount, true),
            (
                "activations", "activationBytes", old.activationByteCount, new.activationByteCount,
                true
            ),
            ("memory", "arenaBytes", old.arenaByteCount, new.arenaByteCount, true),
            ("kernels", "kernels", old.plan.steps.count, new.plan.steps.count, false),
        ]
    }
}

extension Inspection.Row {
    /// Whether the layer is called as Keras calls layers without a name: `conv2d_3`.
    var hasGeneratedName: Bool {
        let className = type(of: item.layer).className
        let base = className == "Input" ? "input_layer" : LayerNames.snakeCase(className)
        guard name.hasPrefix(base) else { return false }
        let rest = name.dropFirst(base.count)
        return rest.isEmpty
            || rest.first == "_" && rest.count > 1 && rest.dropFirst().allSatisfy(\.isNumber)
    }
}

/// Finds the layers of two models that are the same: by the names that were given, wherever they stand,
/// and the others by their order.
///
/// A name that Keras gives says no more than how many of the class stand before, so that one layer more
/// would rename all behind it: these count as order.
private struct LayerMatcher {
    private let old: [Inspection.Row]
    private let new: [Inspection.Row]
    private(set) var pairs: [Comparison.Pair] = []

    init(_ old: [Inspection.Row], _ new: [Inspection.Row]) {
        self.old = old
        self.new = new
        pairs = match(Self.siblings(old, 0..<old.count), Self.siblings(new, 0..<new.count))
    }

    /// The rows of the outermost depth within a range.
    private static func siblings(_ rows: [Inspection.Row], _ range: Range<Int>) -> [Int] {
        guard let first = range.first else { return [] }
        return range.filter { rows[$0].depth == rows[first].depth }
    }

    /// The rows inside a row.
    private static func inner(_ rows: [Inspection.Row], _ index: Int) -> Range<Int> {
        let depth = rows[index].depth
        let end = rows[(index + 1)...].firstIndex { $0.depth <= depth } ?? rows.count
        return (index + 1)..<end
    }

    private func match(_ old: [Int], _ new: [Int]) -> [Comparison.Pair] {
        var partner: [Int: Int] = [:]
        var taken: Set<Int> = []
        var byName: [String: Int] = [:]
        for index in old { byName[self.old[index].name] = index }
        for index in new {
            let row = self.new[index]
            guard let other = byName[row.name],
                !row.hasGeneratedName || !self.old[other].hasGeneratedName
            else { continue }
            partner[index] = other
            taken.insert(other)
        }
        for (a, b) in aligned(
            old.filter { !taken.contains($0) }, new.filter { partner[$0] == nil })
        {
            partner[b] = a
            taken.insert(a)
        }
        var pairs: [Comparison.Pair] = []
        var rest = old.filter { !taken.contains($0) }[...]
        for index in new {
            let other = partner[index]
            // What was removed before this layer.
            while let removed = rest.first, let other, removed < other {
                pairs += all(self.old, removed).map { Comparison.Pair(old: $0, new: nil) }
                rest.removeFirst()
            }
            guard let other else {
                pairs += all(self.new, index).map { Comparison.Pair(old: nil, new: $0) }
                continue
            }
            pairs.append(Comparison.Pair(old: other, new: index))
            pairs += match(
                Self.siblings(self.old, Self.inner(self.old, other)),
                Self.siblings(self.new, Self.inner(self.new, index)))
        }
        for removed in rest {
            pairs += all(self.old, removed).map { Comparison.Pair(old: $0, new: nil) }
        }
        return pairs
    }

    /// A row and those inside it.
    private func all(_ rows: [Inspection.Row], _ index: Int) -> [Int] {
        [index] + Array(Self.inner(rows, index))
    }

    /// How well two layers fit; 0 for not at all.
    private func score(_ a: Int, _ b: Int) -> Int {
        let (a, b) = (old[a], new[b])
        guard a.className == b.className else { return 0 }
        return 8 + (a.name == b.name ? 2 : 0) + (a.outputType == b.outputType ? 3 : 0)
            + (a.parameters == b.parameters ? 3 : 0)
    }

    /// The pairs in order that fit best together (Needleman & Wunsch 1970).
    private func aligned(_ old: [Int], _ new: [Int]) -> [(Int, Int)] {
        var result: [(Int, Int)] = []
        var (old, new) = (old[...], new[...])
        // What is the same at both ends needs no search.
        let best = 16
        while let a = old.first, let b = new.first, score(a, b) == best {
            result.append((a, b))
            old.removeFirst()
            new.removeFirst()
        }
        let (a, b) = (Array(old), Array(new))
        if a.isEmpty || b.isEmpty { return result }
        let width = b.count + 1
        guard (a.count + 1) * width <= 40_000_000 else { return result + inTurn(a, b) }
        var scores = [Int32](repeating: 0, count: (a.count + 1) * width)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                let own = score(a[i], b[j])
                let match = own > 0 ? scores[(i + 1) * width + j + 1] + Int32(own) : 0
                scores[i * width + j] = max(
                    match, scores[(i + 1) * width + j], scores[i * width + j + 1])
            }
        }
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let own = score(a[i], b[j])
            let here = scores[i * width + j]
            if own > 0, here == scores[(i + 1) * width + j + 1] + Int32(own) {
                result.append((a[i], b[j]))
                (i, j) = (i + 1, j + 1)
            } else if here == scores[(i + 1) * width + j] {
                i += 1
            } else {
                j += 1
            }
        }
        return result
    }

    /// Of models too large to search, the layers of each class in turn.
    private func inTurn(_ old: [Int], _ new: [Int]) -> [(Int, Int)] {
        var byClass: [String: [Int]] = [:]
        for index in old.reversed() {
            byClass[self.old[index].className, default: []].append(index)
        }
        return new.compactMap { index in
            byClass[self.new[index].className]?.popLast().map { ($0, index) }
        }
    }
}
