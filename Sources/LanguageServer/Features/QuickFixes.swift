import Diagnostics

/// What mends the problems at a place: the diagnostics' own fixes.
struct QuickFixes {
    let document: Document
    let published: PublishedDiagnostics
    /// Whether edits can name the version of the document that they are for.
    let hasVersions: Bool

    func actions(_ diagnostics: [Diagnostic], in range: TextRange) -> JSONValue {
        let a = document.text.offset(of: range.start)
        let b = document.text.offset(of: range.end)
        let wanted = min(a, b)...max(a, b)
        var actions: [JSONValue] = []
        for diagnostic in diagnostics {
            guard let place = diagnostic.primary?.span.range,
                place.lowerBound <= wanted.upperBound, place.upperBound >= wanted.lowerBound
            else { continue }
            for fixIt in diagnostic.fixIts {
                actions.append(
                    action(fixIt, diagnostic, isOnly: diagnostic.fixIts.count == 1))
            }
        }
        return .array(actions)
    }

    private func action(_ fixIt: FixIt, _ diagnostic: Diagnostic, isOnly: Bool) -> JSONValue {
        .object([
            ("title", .string(title(fixIt))), ("kind", .string("quickfix")),
            ("diagnostics", .array([published.json(diagnostic)])),
            ("isPreferred", .bool(isOnly)),
            ("edit", edit(fixIt)),
        ])
    }

    /// What it does, where the text asks: "did you mean `units`?".
    private func title(_ fixIt: FixIt) -> String {
        guard fixIt.text.hasPrefix("did you mean ") else { return fixIt.text }
        let found = fixIt.span.text
        return found.isEmpty
            ? "write `\(fixIt.replacement)`"
            : "change `\(found)` to `\(fixIt.replacement)`"
    }

    private func edit(_ fixIt: FixIt) -> JSONValue {
        let edits = JSONValue.array([
            .object([
                ("range", document.text.range(fixIt.span).json),
                ("newText", .string(fixIt.replacement)),
            ])
        ])
        guard hasVersions else {
            return .object([("changes", .object([(document.uri, edits)]))])
        }
        let version = document.version.map { JSONValue.int($0) } ?? .null
        return .object([
            (
                "documentChanges",
                .array([
                    .object([
                        (
                            "textDocument",
                            .object([("uri", .string(document.uri)), ("version", version)])
                        ),
                        ("edits", edits),
                    ])
                ])
            )
        ])
    }
}
