/// What one run has to say, in order of report. Nothing stops at the first error.
///
/// The same about the same place is kept once: a mapping that aliases repeat is read several times.
package struct DiagnosticBag: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []
    package private(set) var errorCount = 0
    private var known: Set<Key> = []

    /// What makes two diagnostics the same.
    private struct Key: Hashable {
        let code: DiagnosticCode
        let path: String?
        let range: SourceRange?
        let message: String
    }

    package init() {}

    package var hasErrors: Bool { errorCount > 0 }

    /// The most errors that are kept: more of them help nobody, and a file of a few megabytes can hold a million.
    package static let errorLimit = 1_000

    /// Whether further errors are left out; there is no reason to look for them.
    package var isFull: Bool { errorCount >= Self.errorLimit }

    package mutating func report(_ diagnostic: Diagnostic) {
        if isFull, diagnostic.severity == .error {
            errorCount += 1
            return
        }
        let key = Key(
            code: diagnostic.code, path: diagnostic.path, range: diagnostic.primary?.span.range,
            message: diagnostic.message)
        guard known.insert(key).inserted else { return }
        diagnostics.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    package mutating func append(contentsOf other: DiagnosticBag) {
        for diagnostic in other.diagnostics { report(diagnostic) }
    }

    /// By file, then by offset; in order of report where these are equal. Files come in the order
    /// in which they were first reported, those without a place in a text after the others.
    package func sorted() -> [Diagnostic] {
        var fileOrder: [String: Int] = [:]
        for diagnostic in diagnostics {
            guard let path = diagnostic.path, fileOrder[path] == nil else { continue }
            fileOrder[path] = fileOrder.count
        }
        func key(_ index: Int) -> (Int, Int, Int, Int) {
            let diagnostic = diagnostics[index]
            let file = diagnostic.path.flatMap { fileOrder[$0] } ?? Int.max
            let offset = diagnostic.primary?.span.range.lowerBound ?? Int.max
            return (diagnostic.primary == nil ? 1 : 0, file, offset, index)
        }
        return diagnostics.indices.sorted { key($0) < key($1) }.map { diagnostics[$0] }
    }
}
