import Diagnostics

/// The spec's text with line numbers, what each layer makes beside its line, and what is wrong below it.
struct SpecListing {
    struct Layer {
        var line: Int
        /// Its row in the table, which the graph's boxes name too.
        var row: Int
        var note: String
    }

    private(set) var text = ""

    /// A line is shown up to so many characters.
    private static let longestLine = 400

    init(_ file: SourceFile, _ problems: ReportProblems, layers: [Layer]) {
        var layersOfLine: [Int: [Layer]] = [:]
        for layer in layers { layersOfLine[layer.line, default: []].append(layer) }
        var named: Set<Severity> = []
        text = "<div class=\"code\">\n"
        for line in 1...file.lineCount {
            let layers = layersOfLine[line] ?? []
            let own = problems.byLine[line] ?? []
            let rows = layers.map { String($0.row) }.joined(separator: " ")
            text +=
                "<div"
                + Markup.attributes([
                    ("class", "ln"), ("id", "L\(line)"), ("data-r", rows),
                ]) + "><span class=\"no\">\(line)</span><code>"
            text += Self.marked(file, line, own.map { problems.diagnostics[$0] }) + "</code>"
            if let note = layers.last?.note, !note.isEmpty {
                text += "<span class=\"note\">\(Markup.escaped(note))</span>"
            }
            text += "</div>\n"
            for index in own {
                let diagnostic = problems.diagnostics[index]
                let isFirst = named.insert(diagnostic.severity).inserted
                text += Self.problem(
                    diagnostic, id: isFirst ? "p-\(diagnostic.severity.name)" : nil)
            }
        }
        text += "</div>\n"
    }

    /// A line, the places of its problems marked.
    private static func marked(
        _ file: SourceFile, _ line: Int, _ diagnostics: [Diagnostic]
    ) -> String {
        let range = file.byteRange(ofLine: line)
        func piece(_ lower: Int, _ upper: Int) -> String {
            let text = String(decoding: file.bytes[lower..<max(lower, upper)], as: UTF8.self)
            return Markup.escaped(text.count > longestLine ? text.prefix(longestLine) + "…" : text)
        }
        var text = ""
        var done = range.lowerBound
        for diagnostic in diagnostics.sorted(by: { start($0) < start($1) }) {
            guard let span = diagnostic.primary?.span.range, span.lowerBound >= done else {
                continue
            }
            let end = min(span.upperBound, range.upperBound)
            guard end > span.lowerBound else { continue }
            text += piece(done, span.lowerBound)
            text +=
                "<mark class=\"\(diagnostic.severity.name)\">\(piece(span.lowerBound, end))</mark>"
            done = end
        }
        return text + piece(done, range.upperBound)
    }

    private static func start(_ diagnostic: Diagnostic) -> Int {
        diagnostic.primary?.span.range.lowerBound ?? 0
    }

    /// A problem as a box.
    static func problem(_ diagnostic: Diagnostic, id: String?) -> String {
        var text =
            "<div"
            + Markup.attributes([
                ("class", "problem \(diagnostic.severity.name)"), ("id", id ?? ""),
            ]) + "><p><b>\(diagnostic.severity.name)[\(diagnostic.code.id)]</b> "
        text += Markup.escaped(diagnostic.message)
        if let label = diagnostic.primary?.text, !label.isEmpty {
            text += " <em>\(Markup.escaped(label))</em>"
        }
        text += "</p>"
        if diagnostic.primary == nil, let subject = diagnostic.subject {
            text += "<p>\(Markup.escaped(subject))</p>"
        }
        for label in diagnostic.secondary where !label.text.isEmpty {
            let line = label.span.start.line
            text += "<p><a href=\"#L\(line)\">line \(line)</a>: \(Markup.escaped(label.text))</p>"
        }
        for note in diagnostic.notes { text += "<p>note: \(Markup.escaped(note))</p>" }
        for help in diagnostic.helps + diagnostic.fixIts.map(\.text) {
            text += "<p class=\"help\">help: \(Markup.escaped(help))</p>"
        }
        return text + "</div>\n"
    }
}
