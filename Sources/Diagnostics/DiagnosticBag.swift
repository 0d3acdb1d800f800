/// What one run has to say, in order of report. Nothing stops at the first error.
///
/// The same about the same place is kept once: a mapping that aliases repeat is read several times.
package struct DiagnosticBag: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []
    package private(set) var errorCount = 0
    /// Whether errors are left out.
    package private(set) var isCut = false
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

    /// Whether there is no reason to look for further errors: one was left out already.
    package var isFull: Bool { errorCount > Self.errorLimit }

    package mutating func report(_ diagnostic: Diagnostic) {
        if errorCount >= Self.errorLimit, diagnostic.severity == .error {
            errorCount += 1
            isCut = true
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
        if other.isCut { cut() }
    }

    /// Notes that errors are left out.
    package mutating func cut() { isCut = true }

    /// What output for programs ends with where errors are left out.
    package var closing: [Diagnostic] {
        guard isCut else { return [] }
        return [
            Diagnostic(
                .errorsLeftOut, .remark,
                "only the first \(diagnostics.count { $0.severity == .error }) errors are shown",
                helps: ["mend some of them, and run the command again"])
        ]
    }

    /// Appends what has been found later, which replaces what was reported under `code` at the very same
    /// places: whoever came later knew more about them.
    package mutating func append(contentsOf later: DiagnosticBag, replacing code: DiagnosticCode) {
        let places = Set(
            later.diagnostics.filter { $0.severity == .error }.compactMap(\.primary?.span.range))
        let earlier = self
        self = DiagnosticBag()
        isCut = earlier.isCut
        for diagnostic in earlier.diagnostics {
            let range = diagnostic.primary?.span.range
            let isReplaced = diagnostic.code == code && range.map(places.contains) ?? false
            if !isReplaced { report(diagnostic) }
        }
        append(contentsOf: later)
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
