import Diagnostics

/// Finds where a missing space made one word of two: valid YAML that surely isn't meant.
enum MissingSpace {
    /// A quick test that leaves out nearly all keys.
    static func isPossible(in key: String) -> Bool {
        key.utf8.contains(UInt8(ascii: ":")) || key.utf8.first == UInt8(ascii: "-")
    }

    /// `-Conv2D: …` and `Conv2D:{filters: …`, which have the first word as part of their key.
    static func problem(inKey key: SourceSpan) -> Diagnostic? {
        let file = key.file
        let range = key.range.lowerBound..<key.range.upperBound
        if startsWithTightDash(file, range) {
            return .missingSpaceAfterDash(file, at: range.lowerBound)
        }
        guard let colon = TextLine.tightColon(in: file.bytes, range) else { return nil }
        switch Unicode.Scalar(file.bytes[colon + 1]) {
        case "{", "[", "\"", "'": return .missingSpaceAfterColon(file, at: colon)
        default: return nil
        }
    }

    /// A value without quotes that is a line of its own below its key, such as `filters:8` or
    /// `-ReLU`, or that runs on over a line which looks like a list entry.
    static func problem(
        inValue value: SourceSpan, isMultiline: Bool, key: SourceSpan?, isInBlock: Bool,
        isRoot: Bool
    ) -> Diagnostic? {
        guard isInBlock, !value.range.isEmpty else { return nil }
        let file = value.file
        let number = file.lineNumber(at: value.range.lowerBound)
        let isBelowKey = key.map { file.lineNumber(at: $0.range.upperBound) < number } ?? isRoot
        guard isBelowKey || isMultiline else { return nil }
        let first = TextLine(number, of: file)
        if isBelowKey, first.content.lowerBound == value.range.lowerBound {
            if first.hasTightDash {
                return .missingSpaceAfterDash(file, at: first.content.lowerBound)
            }
            let range = value.range.lowerBound..<first.content.upperBound
            if let lookalike = Lookalike.within(file.span(range)) { return lookalike.diagnostic }
            if let colon = TextLine.tightColon(in: file.bytes, range) {
                return .missingSpaceAfterColon(file, at: colon)
            }
        }
        if !isMultiline { return nil }
        let last = file.lineNumber(at: value.range.upperBound)
        for number in first.number + 1..<last + 1 {
            let line = TextLine(number, of: file)
            if line.hasTightDash {
                return .missingSpaceAfterDash(file, at: line.content.lowerBound)
            }
            if line.isListEntry {
                // `layers：`, with a wide colon, or `layers`, without one.
                if let lookalike = Lookalike.within(file.span(first.content)) {
                    return lookalike.diagnostic
                }
                let word = first.text.filter { $0 != " " && $0 != "=" }
                let isKey =
                    !first.isListEntry && first.column < line.column
                    && word.utf8.allSatisfy(TextLine.isWord)
                return isKey
                    ? .keyWithoutColon(file.span(first.content)) : joined(line, with: first)
            }
        }
        return nil
    }

    private static func startsWithTightDash(_ file: SourceFile, _ range: Range<Int>) -> Bool {
        range.count > 1 && file.bytes[range.lowerBound] == UInt8(ascii: "-")
            && TextLine.isLetter(file.bytes[range.lowerBound + 1])
    }

    private static func joined(_ line: TextLine, with first: TextLine) -> Diagnostic {
        Diagnostic(
            .badIndentation, "this list entry is indented too deeply, so it joins the text above",
            at: line.file.span(line.content), label: "begins at column \(line.column)",
            secondary: [
                Label(
                    span: line.file.span(first.content), text: "begins at column \(first.column)")
            ],
            helps: ["begin the line at column \(first.column)"])
    }
}
