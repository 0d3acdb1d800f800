/// A stable kind of diagnostic, which `bnc explain` knows by its id.
///
/// Declared once, beside the code that reports it:
///
///     package extension DiagnosticCode {
///         static let emptyDocument = DiagnosticCode(
///             "BNC1001", "The file is empty", explanation: ..., failing: ..., mended: ...)
///     }
package struct DiagnosticCode: Hashable, Sendable {
    /// For example `BNC2003`. An id is never given to another kind.
    package let id: String
    /// What is wrong, in a few words and without the particulars of a case.
    package let title: String
    /// What it is reported as; only what is less than an error can be allowed.
    package let severity: Severity
    /// What the rule is and why there is one.
    package let explanation: String
    /// A small example that is reported with this code and with no other: a spec, or a command line
    /// that begins with `bnc`. A comment `# holds y/kernel (4, 2)` in a spec describes its weights
    /// file.
    package let failing: String
    /// The same example mended.
    package let mended: String

    package init(
        _ id: String, _ title: String, severity: Severity = .error, explanation: String = "",
        failing: String = "", mended: String = ""
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.explanation = explanation
        self.failing = failing
        self.mended = mended
    }

    package static func == (a: DiagnosticCode, b: DiagnosticCode) -> Bool { a.id == b.id }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
