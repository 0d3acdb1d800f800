import Diagnostics

/// Diagnostics as a client shows them beside the text.
struct PublishedDiagnostics {
    let document: Document
    /// Whether the client shows other places that explain a problem.
    let hasRelated: Bool

    /// No editor shows more, and places on long lines take time to count.
    private static let limit = 1000

    func params(_ diagnostics: [Diagnostic]) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [("uri", .string(document.uri))]
        if let version = document.version { members.append(("version", .int(version))) }
        members.append(
            ("diagnostics", .array(diagnostics.prefix(Self.limit).map(json))))
        return .object(members)
    }

    func json(_ diagnostic: Diagnostic) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("range", range(diagnostic).json), ("severity", .int(Self.severity(diagnostic))),
            ("code", .string(diagnostic.code.id)), ("source", .string("bnc")),
            ("message", .string(Self.message(diagnostic))),
        ]
        if hasRelated, !diagnostic.secondary.isEmpty {
            members.append(
                (
                    "relatedInformation",
                    .array(
                        diagnostic.secondary.map { label in
                            .object([
                                ("location", location(label.span)),
                                ("message", .string(label.text)),
                            ])
                        })
                ))
        }
        return .object(members)
    }

    func range(_ diagnostic: Diagnostic) -> TextRange {
        diagnostic.primary.map { document.text.range($0.span) }
            ?? TextRange(
                start: TextPosition(line: 0, character: 0), end: TextPosition(line: 0, character: 0)
            )
    }

    func location(_ span: SourceSpan) -> JSONValue {
        .object([
            ("uri", .string(document.uri)), ("range", document.text.range(span).json),
        ])
    }

    private static func severity(_ diagnostic: Diagnostic) -> Int {
        switch diagnostic.severity {
        case .error: 1
        case .warning: 2
        case .remark: 3
        }
    }

    /// The message with its notes and helps, which have no place of their own in the protocol.
    private static func message(_ diagnostic: Diagnostic) -> String {
        let lines =
            [diagnostic.message] + diagnostic.notes.map { "note: \($0)" }
            + (diagnostic.helps + diagnostic.fixIts.map(\.text)).map { "help: \($0)" }
        return lines.joined(separator: "\n")
    }
}
