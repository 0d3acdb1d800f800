/// The lines of a text that labels are on, with the labels under them.
struct TerminalSnippet {
    let severity: Severity
    /// The columns of the largest line number.
    let gutter: Int
    /// The terminal's columns, if known.
    let width: Int?

    /// The labels of one file.
    struct Group {
        let file: SourceFile
        /// The label whose place heads the group.
        let focus: Label
        var lines: [Line]
    }

    /// The labels that begin on one line.
    struct Line {
        let number: Int
        var labels: [(label: Label, isPrimary: Bool)]
    }

    /// A label's place on the line as shown.
    private struct Mark {
        var start: Int
        var end: Int
        let text: String
        let isPrimary: Bool
    }

    /// The labels by file, the primary's first, and by line.
    static func groups(of diagnostic: Diagnostic) -> [Group] {
        var groups: [Group] = []
        let labels =
            [diagnostic.primary].compactMap { $0.map { ($0, true) } }
            + diagnostic.secondary.map { ($0, false) }
        for (label, isPrimary) in labels {
            let number = label.span.start.line
            let group = groups.firstIndex { $0.file === label.span.file } ?? groups.count
            if group == groups.count {
                groups.append(Group(file: label.span.file, focus: label, lines: []))
            }
            if let line = groups[group].lines.firstIndex(where: { $0.number == number }) {
                groups[group].lines[line].labels.append((label, isPrimary))
            } else {
                groups[group].lines.append(Line(number: number, labels: [(label, isPrimary)]))
            }
        }
        for index in groups.indices { groups[index].lines.sort { $0.number < $1.number } }
        return groups
    }

    /// Writes the lines in order; one line between two labelled ones is shown, more are `...`.
    func write(_ group: Group, to output: inout TerminalText) {
        var last: Int?
        for line in group.lines {
            if let last, line.number == last + 2 {
                write(Line(number: last + 1, labels: []), of: group.file, to: &output)
            } else if let last, line.number > last + 2 {
                output.add("...", .gutter)
                output.endLine()
            }
            write(line, of: group.file, to: &output)
            last = line.number
        }
    }

    private func write(_ line: Line, of file: SourceFile, to output: inout TerminalText) {
        let excerpt = SourceExcerpt(
            file: file, line: line.number, labels: line.labels,
            width: max(20, (width ?? 160) - gutter - 3))
        let number = String(line.number)
        output.add(String(repeating: " ", count: gutter - number.utf8.count) + number, .gutter)
        output.add(" | ", .gutter)
        output.add(excerpt.text)
        output.endLine()

        let marks = line.labels.map { label, isPrimary in
            let columns = excerpt.columns(of: label.span)
            return Mark(
                start: columns.lowerBound, end: columns.upperBound,
                text: DisplayText.escaped(label.text), isPrimary: isPrimary)
        }
        for row in rows(for: marks) {
            output.add(String(repeating: " ", count: gutter) + " | ", .gutter)
            output.add(row)
            output.endLine()
        }
    }

    /// The rows under a line: the underlines with the rightmost text beside them, then the other
    /// texts, each on a row of its own and hanging from its underline's start.
    private func rows(for marks: [Mark]) -> [TerminalCanvas] {
        if marks.isEmpty { return [] }
        var underlines = TerminalCanvas()
        for mark in marks.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
            let sign = mark.isPrimary ? "^" : "-"
            underlines.put(
                String(repeating: sign, count: mark.end - mark.start), at: mark.start,
                role(of: mark))
        }
        var hanging = marks.filter { !$0.text.isEmpty }.enumerated().sorted { a, b in
            if a.element.start != b.element.start { return a.element.start > b.element.start }
            if a.element.isPrimary != b.element.isPrimary { return a.element.isPrimary }
            return a.offset < b.offset
        }.map(\.element)
        let limit = width.map { max(20, $0 - gutter - 3) } ?? .max
        if let first = hanging.first, marks.allSatisfy({ $0.end <= first.end }),
            first.end + 1 + DisplayText.width(of: first.text) <= limit
        {
            underlines.put(first.text, at: first.end + 1, role(of: first))
            hanging.removeFirst()
        }
        var rows = [underlines]
        if hanging.isEmpty { return rows }
        var bars = TerminalCanvas()
        for mark in hanging.reversed() { bars.put("|", at: mark.start, role(of: mark)) }
        rows.append(bars)
        for (index, mark) in hanging.enumerated() {
            // A text that would run out of the terminal moves to the left, then wraps.
            let size = min(DisplayText.width(of: mark.text), limit)
            let start = min(mark.start, limit - size)
            let lines = DisplayText.wrapped(
                mark.text, first: start, indent: start, width: width == nil ? nil : limit)
            for line in lines {
                var row = TerminalCanvas()
                for other in hanging[(index + 1)...] where other.start < start {
                    row.put("|", at: other.start, role(of: other))
                }
                row.put(line, at: start, role(of: mark))
                rows.append(row)
            }
        }
        return rows
    }

    private func role(of mark: Mark) -> TerminalRole {
        mark.isPrimary ? .severity(severity) : .secondary
    }
}
