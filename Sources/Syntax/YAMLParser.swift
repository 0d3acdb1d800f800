import Diagnostics

/// Reads YAML text into a tree.
///
/// Any bytes are safe to read: nesting and the expansion of aliases are bounded. What libyaml
/// refuses it can't read on behind; the list entry that holds it is left out, and the rest is read.
package enum YAMLParser {
    /// The deepest nesting. libyaml's time grows with its square.
    package static let depthLimit = 64

    /// The most nodes a text may hold once its aliases are expanded.
    package static let nodeLimit = 500_000

    /// The most errors reported in one file; reading ends there.
    package static let errorLimit = 100

    /// Reads the one document of a file; what is wrong goes into the bag. The tree holds what could
    /// be read.
    package static func parse(_ file: SourceFile, into bag: inout DiagnosticBag) -> SyntaxTree {
        if let problem = EncodingProblem.byteOrderMark(of: file) ?? ForeignFile.diagnostic(file) {
            bag.report(problem)
            return SyntaxTree(file: file, root: nil)
        }
        if file.bytes.isEmpty {
            bag.report(.emptyDocument(file))
            return SyntaxTree(file: file, root: nil)
        }
        guard let wide = WideText(file) else { return parseText(file, into: &bag) }
        var found = DiagnosticBag()
        let tree = parseText(file, into: &found)
        guard wide.isMeant(found, tree) else {
            bag.append(contentsOf: found)
            return tree
        }
        bag.report(wide.diagnostic)
        guard let bytes = wide.plainBytes else { return SyntaxTree(file: file, root: nil) }
        var rest = DiagnosticBag()
        let plain = parseText(SourceFile(path: file.path, bytes: bytes), into: &rest)
        for diagnostic in rest.diagnostics { bag.report(diagnostic.moved(to: file)) }
        if rest.isCut { bag.cut() }
        return plain.moved(to: file)
    }

    /// Reads what is YAML, or nearly.
    private static func parseText(
        _ file: SourceFile, into bag: inout DiagnosticBag
    ) -> SyntaxTree {
        var recovery = Recovery(file)
        var partial: (root: SyntaxNode?, found: [Diagnostic])?
        while true {
            let (reader, failure) = read(recovery.bytes, of: file, damage: recovery.damage)
            var builder = reader
            let isOpen = builder.isOpen
            let openBrackets = builder.openBrackets
            let root = builder.finish()
            let found = builder.bag.diagnostics
            if max(found.count, bag.diagnostics.count) >= errorLimit { bag.cut() }
            guard let failure else {
                if let partial, Self.isSmaller(root, than: partial.root) {
                    // Blanking took more than it saved: what stood before the error is better.
                    for diagnostic in partial.found { bag.report(diagnostic) }
                    return SyntaxTree(file: file, root: partial.root, isReadToEnd: false)
                }
                // What is left of a text may be nothing.
                for diagnostic in found
                where diagnostic.code != .emptyDocument || recovery.damage.isEmpty {
                    bag.report(diagnostic)
                }
                return SyntaxTree(
                    file: file, root: root, isReadToEnd: !isOpen, damage: recovery.damage)
            }
            let report = FailureReport(
                file: recovery.text, failure: failure, openBrackets: openBrackets,
                lastQuoted: builder.lastQuoted)
            let diagnostic = report.diagnostic.moved(to: file)
            // What looks wrong in the tree may be the very thing libyaml stops at.
            let place = diagnostic.primary?.span.range.lowerBound
            let isKnown = found.contains { other in
                other.code == diagnostic.code && other.primary?.span.range.lowerBound == place
            }
            if partial == nil { partial = (root, found) }
            let damaged = recovery.damage.count
            let wasFaithful = recovery.isFaithful
            let isNew = wasFaithful && !recovery.repeats(diagnostic)
            if isNew, !isKnown { bag.report(diagnostic) }
            guard bag.diagnostics.count < errorLimit, recovery.repair(failure, diagnostic) else {
                if recovery.isExhausted { bag.cut() }
                for diagnostic in found { bag.report(diagnostic) }
                return SyntaxTree(
                    file: file, root: root, isReadToEnd: false, damage: recovery.damage)
            }
            // What is mended won't be found again, and what was found in the entry that is now blanked
            // out neither.
            if isNew, isKnown, recovery.damage.count == damaged { bag.report(diagnostic) }
            let lost = recovery.damage[damaged...]
            for diagnostic in found {
                guard let place = diagnostic.primary?.span.range.lowerBound else { continue }
                if lost.contains(where: { $0.contains(place) }) { bag.report(diagnostic) }
            }
        }
    }

    /// Whether a text read behind an error lost the mapping, or the list in it, that came before.
    private static func isSmaller(_ root: SyntaxNode?, than partial: SyntaxNode?) -> Bool {
        guard let partial, case .mapping(let before) = partial.content else { return false }
        guard let root, case .mapping(let entries) = root.content else { return true }
        let lost = before.filter { entry in !entries.contains { $0.keyText == entry.keyText } }
        return lost.contains { entry in
            switch entry.value.content {
            case .sequence(let items): items.count > 3
            default: false
            }
        }
    }

    /// Reads as far as libyaml can.
    private static func read(
        _ bytes: [UInt8], of file: SourceFile, damage: [Range<Int>]
    ) -> (TreeBuilder, YAMLEvents.Failure?) {
        bytes.withUnsafeBufferPointer { bytes in
            var builder = TreeBuilder(file: file, damage: damage)
            let events = YAMLEvents(bytes)
            do throws(YAMLEvents.Failure) {
                while builder.take(try events.next()) {}
                return (builder, nil)
            } catch {
                return (builder, error)
            }
        }
    }
}
