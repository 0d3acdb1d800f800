/// Diagnostics as workflow commands, which GitHub Actions shows as annotations of a change.
package struct GitHubRenderer: Sendable {
    package init() {}

    /// - Parameter closing: What is said about the run itself.
    package func render(_ diagnostics: [Diagnostic], closing: [Diagnostic] = []) -> String {
        (diagnostics + closing).map(render).joined()
    }

    private func render(_ diagnostic: Diagnostic) -> String {
        let command =
            switch diagnostic.severity {
            case .error: "error"
            case .warning: "warning"
            case .remark: "notice"
            }
        var properties: [(name: String, value: String)] = []
        if let path = diagnostic.path { properties.append(("file", path)) }
        if let span = diagnostic.primary?.span {
            let (start, end) = (span.start, span.end)
            properties.append(("line", "\(start.line)"))
            properties.append(("endLine", "\(end.line)"))
            // GitHub takes columns for a range within one line only; the end is included.
            if start.line == end.line {
                properties.append(("col", "\(start.column)"))
                properties.append(("endColumn", "\(max(start.column, end.column - 1))"))
            }
        }
        properties.append(("title", "\(diagnostic.code.id): \(diagnostic.code.title)"))
        var text = [diagnostic.message]
        if let label = diagnostic.primary?.text, !label.isEmpty { text.append(label) }
        text += diagnostic.notes.map { "note: \($0)" }
        text += (diagnostic.helps + diagnostic.fixIts.map(\.text)).map { "help: \($0)" }
        let list = properties.map { "\($0.name)=\(Self.escaped($0.value, inProperty: true))" }
        return "::\(command) \(list.joined(separator: ","))::"
            + Self.escaped(text.joined(separator: "\n"), inProperty: false) + "\n"
    }

    /// Escapes what ends a command or a property; other control characters are shown as escapes,
    /// as they are on a terminal.
    private static func escaped(_ text: String, inProperty: Bool) -> String {
        var result = ""
        for scalar in DisplayText.escaped(text, keepingLines: true).unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\n": result += "%0A"
            case ":" where inProperty: result += "%3A"
            case "," where inProperty: result += "%2C"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
