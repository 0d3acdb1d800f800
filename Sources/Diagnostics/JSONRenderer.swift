/// Diagnostics for programs: a JSON array with one object for each.
///
/// Lines and columns are as `SourceLocation` counts them, `offset` counts bytes; `end` is behind
/// the last character. `range` is null for a problem that has no place in a text.
package struct JSONRenderer: Sendable {
    package init() {}

    /// - Parameter closing: What is said about the run itself: the last of the array.
    package func render(_ diagnostics: [Diagnostic], closing: [Diagnostic] = []) -> String {
        JSONValue.array((diagnostics + closing).map(Self.value)).text + "\n"
    }

    /// One diagnostic, for output that holds more than diagnostics.
    package static func value(_ diagnostic: Diagnostic) -> JSONValue {
        let path = diagnostic.path.map { JSONValue.string($0) } ?? .null
        let range = diagnostic.primary.map { value($0.span) } ?? .null
        return .object([
            ("code", .string(diagnostic.code.id)),
            ("severity", .string(diagnostic.severity.name)),
            ("title", .string(diagnostic.code.title)),
            ("message", .string(diagnostic.message)),
            ("file", path),
            ("range", range),
            ("label", .string(diagnostic.primary?.text ?? "")),
            ("secondary", .array(diagnostic.secondary.map(value))),
            ("notes", .array(diagnostic.notes.map { .string($0) })),
            ("helps", .array(diagnostic.helps.map { .string($0) })),
            ("fixes", .array(diagnostic.fixIts.map(value))),
        ])
    }

    private static func value(_ label: Label) -> JSONValue {
        .object([
            ("file", .string(label.span.file.path)), ("range", value(label.span)),
            ("label", .string(label.text)),
        ])
    }

    private static func value(_ fixIt: FixIt) -> JSONValue {
        .object([
            ("file", .string(fixIt.span.file.path)), ("range", value(fixIt.span)),
            ("replacement", .string(fixIt.replacement)), ("text", .string(fixIt.text)),
        ])
    }

    private static func value(_ span: SourceSpan) -> JSONValue {
        func position(_ place: SourceLocation, _ offset: Int) -> JSONValue {
            .object([
                ("line", .int(place.line)), ("column", .int(place.column)),
                ("offset", .int(offset)),
            ])
        }
        return .object([
            ("start", position(span.start, span.range.lowerBound)),
            ("end", position(span.end, span.range.upperBound)),
        ])
    }
}
