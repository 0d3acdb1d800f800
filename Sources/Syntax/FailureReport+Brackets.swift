import Diagnostics

/// Problems inside `[...]` and `{...}`.
extension FailureReport {
    /// libyaml expected a comma or the closing bracket.
    var brackets: Diagnostic? {
        let opener = failure.contextOffset
        guard let bracket = character(at: opener), let closer = Self.closer(of: bracket) else {
            return nil
        }
        if let found = character(at: offset), found == "]" || found == "}", found != closer {
            return mismatched(opener: opener, closer: closer)
        }
        if let end = expectedEnd(of: opener) {
            return unclosed(opener: opener, closer: closer, end: end)
        }
        if offset >= bytes.count {
            return unclosed(opener: opener, closer: closer, end: contentEnd(before: bytes.count))
        }
        return missingComma
    }

    /// libyaml expected a value.
    var missingContent: Diagnostic? {
        if openBrackets.isEmpty, line.hasTightDash {
            return .missingSpaceAfterDash(file, at: line.content.lowerBound)
        }
        guard let opener = openBrackets.last?.lowerBound, let bracket = character(at: opener),
            let closer = Self.closer(of: bracket), failure.context.contains("flow")
        else { return strayBracket }
        let found = character(at: offset)
        if found == "]" || found == "}", found != closer {
            return mismatched(opener: opener, closer: closer)
        }
        if found == "-", let list = dashesInBrackets(opener) { return list }
        if let end = expectedEnd(of: opener) {
            return unclosed(opener: opener, closer: closer, end: end)
        }
        if found == nil {
            return unclosed(opener: opener, closer: closer, end: contentEnd(before: bytes.count))
        }
        if found == "," {
            return Diagnostic(
                .missingValue, "there is nothing in front of this comma",
                at: characterSpan(at: offset), label: "expected a value before it",
                helps: ["remove the comma, or write the value; `null` is a value too"])
        }
        if found == ":" { return .missingKey(at: characterSpan(at: offset)) }
        if found == "?" {
            let word = wordSpan(at: offset)
            return word.range.count == 1 ? .questionMark(word) : .placeholder(word)
        }
        if found == "-" {
            return Diagnostic(
                .missingValue, "a list with dashes can't stand in brackets",
                at: characterSpan(at: offset), label: "expected a value",
                helps: ["separate entries with commas, without dashes: `[a, b]`"])
        }
        return nil
    }

    /// `[`, a list in lines with dashes, and `]`.
    private func dashesInBrackets(_ opener: Int) -> Diagnostic? {
        let line = line
        guard bytes[opener] == UInt8(ascii: "["), line.isListEntry,
            line.content.lowerBound == offset
        else { return nil }
        let start = TextLine(at: opener, of: file)
        var number = line.number + 1
        while number <= file.lineCount {
            let next = TextLine(number, of: file)
            number += 1
            if next.isEmpty || next.isListEntry || next.column > line.column { continue }
            guard next.first == UInt8(ascii: "]"), next.column >= start.column else { return nil }
            return Diagnostic(
                .missingValue, "a list with dashes can't stand in brackets",
                at: characterSpan(at: offset), label: "expected a value",
                secondary: [Label(span: characterSpan(at: opener), text: "opened here")],
                helps: [
                    "remove the brackets, and the commas behind the entries: each dash begins one"
                ])
        }
        return nil
    }

    /// A bracket or comma outside brackets.
    var strayBracket: Diagnostic? {
        guard let found = character(at: offset), found == "]" || found == "}" || found == "," else {
            return nil
        }
        if found == ",", !line.isEmpty, offset + 1 == line.content.upperBound, offset > 0 {
            let comma = characterSpan(at: offset)
            return Diagnostic(
                .strayBracket, "a comma stands behind an entry of a list in lines", at: comma,
                label: "commas separate entries in brackets",
                fixIts: [FixIt(span: comma, replacement: "", text: "remove it")])
        }
        // `Dense {units: 10}`: what opens it is part of a text.
        let entry = line.entryStart..<max(line.entryStart, offset)
        if found != ",", let name = MissingColon.wordBeforeBracket(in: file.span(entry)),
            bytes[entry].contains(Self.opener(of: found).utf8Byte)
        {
            return .missingColonBeforeBracket(file.span(entry), name: name)
        }
        if found != ",", let colon = TextLine.tightColon(in: bytes, entry),
            bytes[colon + 1] == Self.opener(of: found).utf8Byte
        {
            return tightColon(at: colon)
        }
        let message =
            found == ","
            ? "a text can't begin with `,` unless it is quoted"
            : "this `\(found)` closes nothing"
        return Diagnostic(
            .strayBracket, message, at: characterSpan(at: offset),
            label: found == ","
                ? "commas separate entries in brackets"
                : "no `\(Self.opener(of: found))` is open here",
            helps: found == "," ? ["remove it, or quote the text it belongs to"] : [],
            fixIts: found == ","
                ? []
                : [
                    FixIt(
                        span: characterSpan(at: offset), replacement: "",
                        text: "remove it, or quote the text it belongs to")
                ])
    }

    private func mismatched(opener: Int, closer: Unicode.Scalar) -> Diagnostic {
        let open = characterSpan(at: opener)
        let inner = bytes[opener + 1..<max(opener + 1, offset)]
        if closer == "]", inner.last == UInt8(ascii: ")"), !inner.contains(UInt8(ascii: "(")) {
            // `[16, 16, 3)}`.
            let found = characterSpan(at: offset - 1)
            return Diagnostic(
                .unclosedBracket, "`[` is closed by `)`", at: found, label: "expected `]`",
                secondary: [Label(span: open, text: "opened here")],
                fixIts: [FixIt(span: found, replacement: "]", text: "close it with `]`")])
        }
        let found = characterSpan(at: offset)
        // The other bracket may close what is open outside of this one.
        let outer = openBrackets.last { $0.lowerBound < opener }
        let closesOuter =
            outer.flatMap { character(at: $0.lowerBound) }.flatMap(Self.closer)
            == character(at: offset)
        return Diagnostic(
            .unclosedBracket, "`\(open.text)` is closed by `\(found.text)`", at: found,
            label: "expected `\(closer)`",
            secondary: [Label(span: open, text: "opened here")],
            fixIts: [
                FixIt(
                    span: closesOuter ? file.span(offset..<offset) : found,
                    replacement: String(closer),
                    text: closesOuter
                        ? "close it first: `\(closer)\(found.text)`" : "close it with `\(closer)`")
            ])
    }

    private func unclosed(opener: Int, closer: Unicode.Scalar, end: Int) -> Diagnostic {
        let open = characterSpan(at: opener)
        let line = TextLine(at: opener, of: file)
        let comment = line.content.upperBound..<file.byteRange(ofLine: line.number).upperBound
        let isHidden = bytes[comment].contains(UInt8(ascii: closer))
        if end > opener + 1, bytes[end - 1] == UInt8(ascii: ")"),
            !bytes[opener..<end].contains(UInt8(ascii: "("))
        {
            let found = characterSpan(at: end - 1)
            return Diagnostic(
                .unclosedBracket, "`\(open.text)` is closed by `)`", at: found,
                label: "expected `\(closer)`", secondary: [Label(span: open, text: "opened here")],
                fixIts: [
                    FixIt(
                        span: found, replacement: String(closer), text: "close it with `\(closer)`")
                ])
        }
        return Diagnostic(
            .unclosedBracket, "`\(open.text)` is not closed", at: file.span(end..<end),
            label: "expected `\(closer)` by here",
            secondary: [Label(span: open, text: "opened here")],
            notes: isHidden
                ? ["`#` begins a comment, so the `\(closer)` behind it doesn't count"] : [],
            fixIts: [
                FixIt(
                    span: file.span(end..<end), replacement: String(closer),
                    text: "close it with `\(closer)`")
            ])
    }

    /// Where a bracket should have been closed, judged by indentation: before the first line that
    /// is a list entry, or begins no further right than the line that opens the bracket. Nil when
    /// there is no such line up to where libyaml stopped.
    private func expectedEnd(of opener: Int) -> Int? {
        let first = TextLine(at: opener, of: file)
        let last = file.lineNumber(at: min(offset, bytes.count))
        var number = first.number + 1
        while number <= last {
            let line = TextLine(number, of: file)
            number += 1
            if line.isEmpty || line.content.lowerBound > offset { continue }
            let closes = line.first == UInt8(ascii: "]") || line.first == UInt8(ascii: "}")
            if line.isListEntry || (line.column <= first.column && !closes) {
                return line.previous(downTo: first.number)?.content.upperBound
            }
        }
        return nil
    }

    /// Two entries with nothing between them.
    private var missingComma: Diagnostic {
        if let span = placeholder { return .placeholder(span) }
        if let comment = foreignComment { return comment }
        if let code = code(before: offset) {
            return Diagnostic(
                .invalidYAML, "a spec can't hold code", at: code, label: "Python's `lambda`",
                helps: ["an activation or a layer of Keras's goes by its name"])
        }
        if let opener = openBrackets.last?.lowerBound, opener < offset,
            let mark = bytes[opener..<offset].firstIndex(of: UInt8(ascii: "?")),
            TextScanner.isBlank(bytes[mark - 1]) || bytes[mark - 1] == UInt8(ascii: "["),
            mark + 1 < bytes.count, bytes[mark + 1] == UInt8(ascii: ",")
        {
            return .questionMark(file.span(mark..<mark + 1))
        }
        // At the colon of the second entry: the entry begins with the word before it.
        var start = offset
        if character(at: offset) == ":" {
            while start > 0, TextScanner.isBlank(bytes[start - 1]) { start -= 1 }
            while start > 0, !TextScanner.isSpace(bytes[start - 1]),
                !TextScanner.isFlowIndicator(bytes[start - 1])
            {
                start -= 1
            }
        }
        let end = contentEnd(before: start)
        if character(at: offset) == ":", end > 0, bytes[end - 1] == UInt8(ascii: ":") {
            return Diagnostic(
                .unexpectedColon, "a second colon follows the first", at: characterSpan(at: offset),
                label: "expected `,` or the closing bracket",
                secondary: [Label(span: file.span(end - 1..<end), text: "the first colon")],
                helps: ["quote a text that holds `: `, or put inner entries in braces"])
        }
        if start == offset, end > 0, bytes[end - 1] == UInt8(ascii: "=") {
            let gap = file.span(end - 1..<start)
            return Diagnostic(
                .missingColon, "`=` stands behind a key, not a colon",
                at: file.span(end - 1..<end), label: "expected `key: value`",
                fixIts: [FixIt(span: gap, replacement: ": ", text: "write a colon and a space")])
        }
        if end > 0, bytes[end - 1] == UInt8(ascii: "\\") {
            return Diagnostic(
                .missingComma, "a line needs no backslash at its end", at: file.span(end - 1..<end),
                label: "a text to YAML",
                fixIts: [
                    FixIt(span: file.span(end - 1..<end), replacement: "", text: "remove it")
                ])
        }
        var stop = max(offset, start + 1)
        if start == offset {
            var scanner = TextScanner(bytes, at: start)
            scanner.skipWord()
            stop = max(stop, scanner.offset)
        }
        let hasSemicolon = end > 0 && bytes[end - 1] == UInt8(ascii: ";")
        return Diagnostic(
            .missingComma, "a comma is missing between two entries",
            at: file.span(start..<min(stop, bytes.count)), label: "expected `,` before this",
            fixIts: [
                FixIt(
                    span: file.span(hasSemicolon ? end - 1..<end : end..<end), replacement: ",",
                    text: "separate the entries with `,`")
            ])
    }

    /// `lambda x: x * 2`, at its colon or behind.
    private func code(before offset: Int) -> SourceSpan? {
        let line = line.content
        let word = Array("lambda ".utf8)
        guard line.contains(offset), line.count > word.count,
            let start = line.dropLast(word.count).first(where: {
                $0 > 0 && $0 < offset && bytes[$0..<$0 + word.count].elementsEqual(word)
                    && TextScanner.isBlank(bytes[$0 - 1])
            })
        else { return nil }
        let end = bytes[start..<line.upperBound].firstIndex {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}")
        }
        return file.span(start..<max(end ?? line.upperBound, start + 6))
    }

    /// `/* a comment */` or `// a comment` behind an entry.
    private var foreignComment: Diagnostic? {
        let rest = file.span(offset..<max(offset, line.content.upperBound))
        guard let sign = ["/*", "//"].first(where: rest.text.hasPrefix),
            sign == "//" || rest.text.hasSuffix("*/") || !rest.text.contains("*/")
        else { return nil }
        return Diagnostic(
            .foreignComment, "a comment begins with `#`, not with `\(sign)`", at: rest,
            label: "no comment to YAML",
            fixIts: [
                FixIt(
                    span: file.span(offset..<offset + sign.utf8.count), replacement: "#",
                    text: "write `#`")
            ])
    }

    /// `${NAME}`, which libyaml takes for a `$` and a mapping.
    private var placeholder: SourceSpan? {
        guard offset > 0, character(at: offset) == "{", character(at: offset - 1) == "$" else {
            return nil
        }
        let line = line.content.upperBound
        guard line > offset,
            let end = bytes[offset..<line].firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        return file.span(offset - 1..<end + 1)
    }

    private static func closer(of bracket: Unicode.Scalar) -> Unicode.Scalar? {
        switch bracket {
        case "[": "]"
        case "{": "}"
        default: nil
        }
    }

    private static func opener(of bracket: Unicode.Scalar) -> Unicode.Scalar {
        bracket == "]" ? "[" : "{"
    }
}

extension Unicode.Scalar {
    fileprivate var utf8Byte: UInt8 { UInt8(ascii: self) }
}
