import Diagnostics

/// Moves lines to the column they belong at.
enum Indentation {
    private static let limit = 200

    /// A fix that begins a line at a column, with the lines below it that are indented as it is or more
    /// deeply; nil where tabs or too little room leave that open.
    ///
    /// - Parameter isAlone: whether what stands below belongs to something else.
    static func fix(
        _ line: TextLine, to column: Int, isAlone: Bool = false, text: String
    ) -> FixIt? {
        let file = line.file
        let delta = column - line.column
        guard delta != 0, !line.isEmpty, !line.hasTabs else { return nil }
        var last = line
        var number = line.number + 1
        while !isAlone, number <= file.lineCount {
            guard number - line.number < limit else { return nil }
            let next = TextLine(number, of: file)
            number += 1
            if next.isEmpty { continue }
            if next.column < line.column { break }
            if next.hasTabs { return nil }
            last = next
        }
        var lines: [String] = []
        for number in line.number...last.number {
            let text = file.lineText(number)
            let isBlank = TextLine(number, of: file).isEmpty && !text.contains("#")
            if isBlank {
                lines.append(text)
            } else if delta > 0 {
                lines.append(String(repeating: " ", count: delta) + text)
            } else {
                guard text.prefix(-delta).allSatisfy({ $0 == " " }), text.count > -delta else {
                    return nil
                }
                lines.append(String(text.dropFirst(-delta)))
            }
        }
        let start = file.byteRange(ofLine: line.number).lowerBound
        let end = file.byteRange(ofLine: last.number).upperBound
        return FixIt(
            span: file.span(start..<end), replacement: lines.joined(separator: "\n"), text: text)
    }

    /// A key among the entries of a list, which goes on below it.
    struct Stray {
        let key: TextLine
        /// The entry that it most likely belongs to.
        let entry: TextLine
    }

    /// What interrupts the list that a line belongs to: a key and its value at a column where only the
    /// list's entries, or what is further out, can be.
    static func stray(before line: TextLine) -> Stray? {
        let first = max(1, line.number - limit)
        var candidate = line.previous(downTo: first)
        while let above = candidate, above.column > line.column {
            candidate = above.previous(downTo: first)
        }
        guard let key = candidate, !key.isListEntry, key.column <= line.column,
            line.isListEntry || key.column < line.column,
            let colon = key.keyColon(), colon + 1 < key.content.upperBound
        else { return nil }
        candidate = key.previous(downTo: first)
        while let above = candidate {
            if above.isListEntry, above.column >= key.column {
                let isBeside =
                    line.isListEntry ? line.column == above.column : line.column > above.column
                return isBeside ? Stray(key: key, entry: above) : nil
            }
            if above.column < key.column || (above.column == key.column && !above.isListEntry) {
                return nil
            }
            candidate = above.previous(downTo: first)
        }
        return nil
    }
}

extension Diagnostic {
    /// - Parameter next: the line at which the list goes on.
    static func strayKey(_ stray: Indentation.Stray, before next: TextLine) -> Diagnostic {
        let file = stray.key.file
        let entry = stray.entry
        // Where the entry's arguments begin: below its class, or beside those that are there.
        let below = TextLine(min(entry.number + 1, file.lineCount), of: file)
        let column =
            below.number > entry.number && below.number < stray.key.number
                && below.column > entry.column && !below.hasTabs
            ? below.column
            : next.isListEntry ? entry.column + 4 : next.column
        let opens = entry.text.hasSuffix(":")
        let name = file.span(entry.entryStart..<entry.content.upperBound).text
        let text = "begin it at column \(column) if it belongs to `\(name.prefix { $0 != ":" })`"
        let fixIt = opens ? Indentation.fix(stray.key, to: column, isAlone: true, text: text) : nil
        return Diagnostic(
            .badIndentation, "this key stands among the entries of a list",
            at: file.span(stray.key.content), label: "begins at column \(stray.key.column)",
            secondary: [
                Label(span: file.span(entry.content), text: "an entry of the list"),
                Label(span: file.span(next.content), text: "it goes on here"),
            ],
            helps: fixIt == nil
                ? [
                    opens
                        ? text
                        : "put it above the list or below it, or into the braces of an entry"
                ] : [], fixIts: fixIt.map { [$0] } ?? [])
    }

    /// A line without a dash before the first entry that has one.
    ///
    /// - Parameter entry: the first line with a dash.
    static func firstDashMissing(_ line: TextLine, before entry: TextLine) -> Diagnostic {
        let start = line.content.lowerBound
        let text = line.text.count <= 40 ? line.text : line.text.prefix(39) + "…"
        return Diagnostic(
            .missingDash, "an entry of a list has no dash", at: line.file.span(line.content),
            label: "expected `- `",
            secondary: [Label(span: line.file.span(entry.content), text: "an entry of the list")],
            fixIts: [
                FixIt(
                    span: line.file.span(start..<start), replacement: "- ",
                    text: "write `- \(text)`")
            ])
    }
}
