/// Diagnostics for people: the user's own text with a caret under what is meant.
///
///     error[BNC2003]: `kernel_size` 7 is larger than the input, which has 5 rows
///       --> model.yaml:12:21
///        |
///      9 |   - MaxPooling2D
///        |     ------------ this layer made the shape (5, 5, 8)
///     ...
///     12 |   - Conv2D: {filters: 8, kernel_size: 7}
///        |                          ^^^^^^^^^^^^^^ needs at least 7 rows
///        |
///        = help: use `padding: same`
///
/// Whatever the texts hold, nothing but the renderer's own colours steers the terminal.
package struct TerminalRenderer: Sendable {
    private let style: TerminalStyle

    package init(style: TerminalStyle = .plain) { self.style = style }

    /// Each diagnostic in the order given, with an empty line in between.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(render).joined(separator: "\n")
    }

    /// The closing line, for example "2 errors, 1 warning"; empty for no diagnostics.
    ///
    /// - Parameter isCut: Whether errors are left out.
    package func summary(_ diagnostics: [Diagnostic], isCut: Bool = false) -> String {
        Severity.allCases.reversed().compactMap { severity in
            let count = diagnostics.count { $0.severity == severity }
            if severity == .error, isCut {
                return "\(count) error\(count == 1 ? "" : "s"), and those that are left out"
            }
            return count == 0 ? nil : "\(count) \(severity.name)\(count == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }

    private func render(_ diagnostic: Diagnostic) -> String {
        var output = TerminalText(color: style.color)
        let role = TerminalRole.severity(diagnostic.severity)
        let title = "\(diagnostic.severity.name)[\(diagnostic.code.id)]"
        output.add(title, role)
        let message = DisplayText.wrapped(
            ": " + DisplayText.escaped(diagnostic.message), first: title.utf8.count, indent: 2,
            width: style.width)
        for (index, line) in message.enumerated() {
            output.add(index == 0 ? line : "  " + line, .bold)
            output.endLine()
        }

        let groups = TerminalSnippet.groups(of: diagnostic)
        let lastLine = groups.flatMap { $0.lines.map(\.number) }.max() ?? 0
        let gutter = groups.isEmpty ? 1 : String(lastLine).utf8.count
        let indent = String(repeating: " ", count: gutter)

        if groups.isEmpty, let subject = diagnostic.subject {
            output.add(indent + "--> ", .gutter)
            output.add(DisplayText.escaped(subject))
            output.endLine()
        }
        for (index, group) in groups.enumerated() {
            let place = group.focus.span.start
            output.add(indent + (index == 0 ? "--> " : "::: "), .gutter)
            output.add("\(DisplayText.escaped(group.file.path)):\(place.line):\(place.column)")
            output.endLine()
            output.add(indent + " |", .gutter)
            output.endLine()
            let snippet = TerminalSnippet(
                severity: diagnostic.severity, gutter: gutter, width: style.width)
            snippet.write(group, to: &output)
        }
        let remarks =
            diagnostic.notes.map { ("note", $0) } + diagnostic.helps.map { ("help", $0) }
            + diagnostic.fixIts.map { ("help", $0.text) }
        if !groups.isEmpty, !remarks.isEmpty {
            output.add(indent + " |", .gutter)
            output.endLine()
        }
        for (kind, text) in remarks { write(kind, text, indent: indent, to: &output) }
        return output.text
    }

    /// `= note: text`, further lines of the text below its first.
    private func write(
        _ kind: String, _ text: String, indent: String, to output: inout TerminalText
    ) {
        let margin = indent.utf8.count + 9  // ` = note: `
        let lines = DisplayText.escaped(text, keepingLines: true)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap {
                DisplayText.wrapped(
                    String($0), first: margin, indent: margin, width: style.width)
            }
        for (index, line) in lines.enumerated() {
            if index == 0 {
                output.add(indent + " = ", .gutter)
                output.add(kind, .bold)
                output.add(": \(line)")
            } else {
                output.add(indent + "         \(line)")
            }
            output.endLine()
        }
    }
}
