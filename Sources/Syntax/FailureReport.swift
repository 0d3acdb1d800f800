import Diagnostics

/// Says in the user's terms why libyaml can't read on.
///
/// libyaml's own words name what its scanner or parser lacks; what the user did follows from
/// those, the place, and the lines around it.
struct FailureReport {
    let file: SourceFile
    let failure: YAMLEvents.Failure
    /// The brackets that are open, the innermost last.
    let openBrackets: [SourceRange]
    /// The last value read, when it is quoted and runs over several lines.
    let lastQuoted: SourceRange?

    /// Where libyaml stopped.
    var offset: Int { failure.offset }
    var bytes: [UInt8] { file.bytes }
    /// The line it stopped on.
    var line: TextLine { TextLine(at: offset, of: file) }

    var diagnostic: Diagnostic {
        switch failure.stage {
        case .encoding:
            return EncodingProblem.diagnostic(failure.problem, at: offset, in: file)
        case .memory:
            return Diagnostic(.invalidYAML, "the file can't be read: \(failure.problem)")
        case .scanner, .parser:
            return foreignCharacter ?? specific ?? general
        }
    }

    /// What makes a line no YAML to begin with, whatever libyaml stops at.
    private var foreignCharacter: Diagnostic? {
        let lines = [TextLine(at: failure.contextOffset, of: file), line]
        for line in lines + [line.previous()].compactMap(\.self) {
            if let marker = line.foreignMarker {
                return Diagnostic(
                    .foreignLine,
                    marker == "```"
                        ? "this line belongs to Markdown" : "the file holds a merge conflict",
                    at: file.span(line.content),
                    label: marker == "```" ? "no YAML" : "Git's marker",
                    helps: [
                        marker == "```"
                            ? "remove the line"
                            : "keep one of the two sides, and remove the markers"
                    ])
            }
            if let sign = line.foreignComment {
                return Diagnostic(
                    .foreignComment, "a comment begins with `#`, not with `\(sign)`",
                    at: file.span(line.content), label: "no comment to YAML",
                    fixIts: [
                        FixIt(
                            span: file.span(
                                line.content.lowerBound..<line.content.lowerBound
                                    + sign.utf8.count),
                            replacement: "#", text: "write `#`")
                    ])
            }
        }
        for line in lines {
            for part in line.unquotedParts {
                if let lookalike = Lookalike.within(file.span(part)) {
                    return lookalike.diagnostic
                }
            }
        }
        return nil
    }

    private var specific: Diagnostic? {
        if let context = failure.context.split(separator: " ").last, context == "directive" {
            return directive
        }
        switch failure.problem {
        case "found character that cannot start any token":
            return character(at: offset) == "\t" ? tab : reservedCharacter
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return tab
        case "mapping values are not allowed in this context": return unexpectedColon
        case "could not find expected ':'": return missingColon
        case "block sequence entries are not allowed in this context": return listOnKeyLine
        case "found unexpected ':'": return tightColon(at: offset)
        case "found unexpected end of stream", "found unexpected document indicator":
            return unclosedQuote(at: failure.contextOffset)
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return unknownEscape
        case "did not find expected alphabetic or numeric character":
            return reservedCharacter(at: failure.contextOffset)
        case "did not find expected comment or line break",
            "found an indentation indicator equal to 0":
            return badBlockText
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            return brackets
        case "did not find expected node content": return missingContent
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            return unexpectedContent
        case "found undefined tag handle":
            return .tag(wordSpan(at: offset))
        case "found incompatible YAML document", "found duplicate %YAML directive",
            "found duplicate %TAG directive":
            return directive
        default:
            return failure.context.contains(" tag")
                ? .tag(wordSpan(at: failure.contextOffset)) : nil
        }
    }

    /// What libyaml says, for what none of the above covers.
    private var general: Diagnostic {
        Diagnostic(
            .invalidYAML, "this is not valid YAML", at: characterSpan(at: offset),
            label: failure.problem,
            notes: failure.context.isEmpty ? [] : ["found \(failure.context)"])
    }

    // MARK: Single characters

    private var tab: Diagnostic {
        var end = offset
        while character(at: end) == "\t" { end += 1 }
        let span = file.span(offset..<max(end, offset))
        return Diagnostic(
            .tabIndentation, "a tab is used for indentation", at: span,
            label: end - offset > 1 ? "tabs" : "a tab", notes: otherTabs,
            fixIts: [
                allTabs
                    ?? FixIt(
                        span: span, replacement: tabReplacement(offset..<end), text: Self.tabAdvice)
            ])
    }

    private static let tabAdvice = "indent with spaces; most editors can insert them for a tab"

    /// Four spaces for each tab before what stands in the lines, where nothing but tabs indents.
    private var allTabs: FixIt? {
        guard bytes.count < 1 << 20 else { return nil }
        var tabs: [Range<Int>] = []
        for number in 1...file.lineCount {
            let line = TextLine(number, of: file)
            let start = file.byteRange(ofLine: number).lowerBound
            if line.isEmpty || line.content.lowerBound == start { continue }
            let indentation = start..<line.content.lowerBound
            guard bytes[indentation].allSatisfy({ $0 == UInt8(ascii: "\t") }) else { return nil }
            tabs.append(indentation)
        }
        guard let first = tabs.first, let last = tabs.last, tabs.count > 1 else { return nil }
        var text: [UInt8] = []
        var offset = first.lowerBound
        for range in tabs {
            text += bytes[offset..<range.lowerBound]
            text += [UInt8](repeating: UInt8(ascii: " "), count: 4 * range.count)
            offset = range.upperBound
        }
        return FixIt(
            span: file.span(first.lowerBound..<last.upperBound),
            replacement: String(decoding: text, as: UTF8.self), text: Self.tabAdvice)
    }

    /// Spaces for tabs before a line's content: where only tabs indent, as many for each that what stands
    /// below a dash is deeper than the dash's text; else up to where the line above begins.
    private func tabReplacement(_ tabs: Range<Int>) -> String {
        let line = TextLine(at: tabs.lowerBound, of: file)
        var above = line.previous()
        while let other = above, other.hasTabs { above = other.previous() }
        let start = file.byteRange(ofLine: line.number).lowerBound
        let hasSpaces = bytes[start..<tabs.lowerBound].contains(UInt8(ascii: " "))
        if !hasSpaces, above.map({ $0.column == 1 && $0.text.hasSuffix(":") }) ?? true {
            return String(repeating: "    ", count: tabs.count)
        }
        guard let before = line.previous(), !before.hasTabs else {
            return String(repeating: "    ", count: tabs.count)
        }
        let opens = before.text.hasSuffix(":")
        let column =
            line.isListEntry || !opens
            ? (before.isListEntry && !line.isListEntry
                ? before.entryStart - before.content.lowerBound + before.column : before.column)
            : before.isListEntry ? before.column + 4 : before.column + 2
        let offset = tabs.lowerBound - start
        return String(repeating: " ", count: max(1, column - 1 - offset))
    }

    /// How many more lines are indented with tabs.
    private var otherTabs: [String] {
        let first = file.lineNumber(at: offset)
        guard first < file.lineCount, bytes.count < 1 << 20 else { return [] }
        let count = (first + 1...file.lineCount).count { number in
            let line = file.byteRange(ofLine: number)
            let content = TextLine(number, of: file).content.lowerBound
            return bytes[line.lowerBound..<content].contains(UInt8(ascii: "\t"))
        }
        return count == 0 ? [] : ["so \(count == 1 ? "is 1 more line" : "are \(count) more lines")"]
    }

    private var reservedCharacter: Diagnostic? { reservedCharacter(at: offset) }

    private func reservedCharacter(at offset: Int) -> Diagnostic? {
        guard let sign = character(at: offset) else { return nil }
        let meaning =
            switch sign {
            case "*": "begins an alias, the name of a value marked with `&`"
            case "&": "begins an anchor, a mark for `*` to repeat the value"
            case "|", ">": "begins a block text, which can't stand in brackets"
            case "%": "begins a directive"
            default: "is reserved"
            }
        if sign == "%", offset > 0, bytes[offset - 1] == UInt8(ascii: "{") {
            let line = TextLine(at: offset, of: file).content.upperBound
            let close = bytes[offset..<max(line, offset)].indices.first {
                $0 > offset && bytes[$0] == UInt8(ascii: "}")
            }
            return .placeholder(file.span(offset - 1..<(close.map { $0 + 1 } ?? line)))
        }
        let before = contentEnd(before: offset)
        if sign == "*", before > line.content.lowerBound, before <= offset,
            bytes[before - 1] == UInt8(ascii: "}") || bytes[before - 1] == UInt8(ascii: "]")
        {
            return textAfterBracket(at: offset)
        }
        var scanner = TextScanner(bytes, at: offset)
        scanner.skipWord()
        let end = max(scanner.offset, offset + 1)
        let word = file.span(offset..<end)
        if sign == "*", word.range.count == 1,
            TextLine(at: offset, of: file).content.lowerBound == offset
        {
            return Diagnostic(
                .missingDash, "an entry of a list begins with `- `, not with `* `", at: word,
                label: "expected `-`",
                fixIts: [FixIt(span: word, replacement: "-", text: "write `-`")])
        }
        if sign == "&", word.range.count > 1, let next = character(at: end),
            "{[".unicodeScalars.contains(next)
        {
            return Diagnostic(
                .reservedCharacter, "there is no space behind the anchor `\(word.text)`",
                at: word, label: "expected a space after it",
                fixIts: [
                    FixIt(
                        span: file.span(end..<end), replacement: " ",
                        text: "write `\(word.text) \(next)`...")
                ])
        }
        let inner = word.text.dropFirst().dropLast()
        if sign == "`", word.text.last == "`", word.range.count > 2 {
            return Diagnostic(
                .reservedCharacter, "a backquote is no quote to YAML", at: word,
                label: "a backquote is reserved",
                fixIts: [
                    FixIt(span: word, replacement: String(inner), text: "leave the backquotes out")
                ])
        }
        let name = sign == "`" ? "a backquote" : "`\(sign)`"
        return Diagnostic(
            .reservedCharacter, "a text can't begin with \(name) unless it is quoted", at: word,
            label: "\(name) \(meaning)",
            fixIts: [
                FixIt(
                    span: word, replacement: "\"\(word.text)\"",
                    text: sign == "`"
                        ? "put the text in quotes" : "put the text in quotes: `\"\(word.text)\"`")
            ])
    }

    private var unknownEscape: Diagnostic? {
        // libyaml points at the backslash, or for a bad code behind the letter after it.
        guard let start = (max(0, offset - 2)...offset).last(where: { character(at: $0) == "\\" })
        else { return nil }
        let isUnknown = failure.problem == "found unknown escape character"
        var end = characterSpan(at: start + 1).range.upperBound
        if !isUnknown {
            let digits =
                switch character(at: start + 1) {
                case "x": 2
                case "u": 4
                default: 8
                }
            let stop = min(end + digits, line.content.upperBound)
            while end < stop, bytes[end] != UInt8(ascii: "\"") { end += 1 }
        }
        let span = file.span(start..<end)
        return Diagnostic(
            .unknownEscape,
            isUnknown
                ? "there is no escape `\(span.text)`" : "`\(span.text)` stands for no character",
            at: span, label: "in double quotes `\\` begins an escape",
            helps: ["use single quotes, which take `\\` as it is, or write `\\\\`"])
    }

    private var badBlockText: Diagnostic? {
        guard let sign = character(at: failure.contextOffset), sign == "|" || sign == ">" else {
            return nil
        }
        let line = TextLine(at: failure.contextOffset, of: file)
        let end = max(line.content.upperBound, failure.contextOffset + 1)
        return Diagnostic(
            .badBlockText, "`\(sign)` begins a text that stands on the next lines",
            at: file.span(failure.contextOffset..<end), label: "expected nothing behind `\(sign)`",
            helps: ["put the text in quotes if it is to begin with `\(sign)`"])
    }

    private var directive: Diagnostic {
        Diagnostic(
            .badDirective, "this is no directive YAML knows", at: file.span(line.content),
            label: "a line that begins with `%` is a directive",
            helps: ["remove the line; a key that begins with `%` needs quotes"])
    }

    func unclosedQuote(at opener: Int) -> Diagnostic? {
        guard let quote = character(at: opener), quote == "\"" || quote == "'" else { return nil }
        let end = file.byteRange(ofLine: file.lineNumber(at: opener)).upperBound
        let other: Unicode.Scalar = quote == "'" ? "\"" : "'"
        if let found = bytes[opener..<max(end, opener)].firstIndex(of: UInt8(ascii: other)),
            character(at: found + 1).map({ ",]} \r\n".unicodeScalars.contains($0) }) ?? true
        {
            return Diagnostic(
                .unclosedQuote, "a text in quotes begins with `\(quote)` and ends with `\(other)`",
                at: file.span(found..<found + 1), label: "expected `\(quote)`",
                secondary: [Label(span: characterSpan(at: opener), text: "opened here")],
                fixIts: [
                    FixIt(
                        span: file.span(found..<found + 1), replacement: String(quote),
                        text: "close it with `\(quote)`")
                ])
        }
        return Diagnostic(
            .unclosedQuote, "a text in quotes is not closed",
            at: file.span(opener..<max(end, opener + 1)), label: "no `\(quote)` closes this text",
            fixIts: [
                FixIt(
                    span: file.span(quoteEnd(opener, end)..<quoteEnd(opener, end)),
                    replacement: String(quote), text: "close it with `\(quote)`")
            ])
    }

    /// Where a text in quotes most likely ends: in brackets before what ends an entry, else with the line.
    private func quoteEnd(_ opener: Int, _ end: Int) -> Int {
        let line = TextLine(at: opener, of: file).content
        let isInBrackets = bytes[line.lowerBound..<max(line.lowerBound, opener)].contains {
            $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[")
        }
        var offset = opener + 1
        while isInBrackets, offset < end {
            if TextScanner.isFlowIndicator(bytes[offset]) { return offset }
            offset += 1
        }
        // A text in quotes takes what follows a `#` for its own.
        var last = max(end, opener + 1)
        while last > opener + 1, TextScanner.isSpace(bytes[last - 1]) { last -= 1 }
        return last
    }

    // MARK: Places

    /// The ASCII character at an offset, U+FFFD for any other, nil at the end.
    func character(at offset: Int) -> Unicode.Scalar? {
        guard offset < bytes.count else { return nil }
        return bytes[offset] < 0x80 ? Unicode.Scalar(bytes[offset]) : "\u{FFFD}"
    }

    /// The character at an offset; an empty span at the end.
    func characterSpan(at offset: Int) -> SourceSpan {
        guard offset < bytes.count else { return file.span(bytes.count..<bytes.count) }
        let length = bytes.withUnsafeBufferPointer { UTF8Decoder.decode($0, at: offset).length }
        return file.span(offset..<offset + length)
    }

    func wordSpan(at offset: Int) -> SourceSpan {
        var scanner = TextScanner(bytes, at: offset)
        scanner.skipWord()
        return file.span(offset..<scanner.offset)
    }

    /// The end of the last content before an offset.
    func contentEnd(before offset: Int) -> Int {
        let line = TextLine(at: offset, of: file)
        if line.content.lowerBound < offset, !line.isEmpty {
            var end = min(offset, line.content.upperBound)
            while end > line.content.lowerBound, TextScanner.isBlank(bytes[end - 1]) { end -= 1 }
            return end
        }
        return line.previous()?.content.upperBound ?? file.byteRange(ofLine: 1).lowerBound
    }
}

extension SourceRange {
    var count: Int { upperBound - lowerBound }
}
