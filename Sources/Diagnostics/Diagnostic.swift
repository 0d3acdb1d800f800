/// How much a diagnostic matters; only errors keep a model from being compiled.
package enum Severity: Int, Sendable, Comparable, CaseIterable {
    case remark, warning, error

    package static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    /// `error`, `warning` or `remark`.
    package var name: String {
        switch self {
        case .remark: "remark"
        case .warning: "warning"
        case .error: "error"
        }
    }
}

/// A place in a text and what is to be said about it; the text may be empty.
package struct Label: Sendable {
    package let span: SourceSpan
    package let text: String

    package init(span: SourceSpan, text: String) {
        self.span = span
        self.text = Diagnostic.shortened(text)
    }
}

/// A change that would mend the problem.
package struct FixIt: Sendable {
    /// What to replace; empty to insert.
    package let span: SourceSpan
    package let replacement: String
    /// What to show, for example "did you mean `kernel_size`?".
    package let text: String

    package init(span: SourceSpan, replacement: String, text: String) {
        self.span = span
        self.replacement = replacement
        self.text = Diagnostic.shortened(text)
    }
}

/// One thing the compiler has to say about what a user wrote: what was expected, what was found,
/// where, and how to mend it.
package struct Diagnostic: Sendable {
    package let code: DiagnosticCode
    package var severity: Severity
    package var message: String
    /// The place the problem is at; nil for one that has no place in a text, as in a weights file.
    package var primary: Label?
    /// The path shown when `primary` is nil, for example `weights.safetensors`.
    package var subject: String?
    /// Other places that explain the problem.
    package var secondary: [Label]
    package var notes: [String]
    package var helps: [String]
    package var fixIts: [FixIt]

    package init(
        _ code: DiagnosticCode, _ severity: Severity, _ message: String,
        at primary: SourceSpan? = nil, label: String = "", subject: String? = nil,
        secondary: [Label] = [], notes: [String] = [], helps: [String] = [], fixIts: [FixIt] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = Self.shortened(message)
        self.primary = primary.map { Label(span: $0, text: label) }
        self.subject = subject
        self.secondary = secondary
        self.notes = notes.map(Self.shortened)
        self.helps = helps.map(Self.shortened)
        self.fixIts = fixIts
    }

    /// A text without its middle, where what it quotes from the file is very long.
    static func shortened(_ text: String) -> String {
        let limit = 2_000
        guard text.utf8.count > limit else { return text }
        return "\(text.prefix(limit / 2))…\(text.suffix(limit / 10))"
    }

    /// An error.
    package init(
        _ code: DiagnosticCode, _ message: String, at primary: SourceSpan? = nil,
        label: String = "", subject: String? = nil, secondary: [Label] = [], notes: [String] = [],
        helps: [String] = [], fixIts: [FixIt] = []
    ) {
        self.init(
            code, .error, message, at: primary, label: label, subject: subject,
            secondary: secondary, notes: notes, helps: helps, fixIts: fixIts)
    }

    /// The path the diagnostic is about, if any.
    package var path: String? { primary?.span.file.path ?? subject }
}
