import Diagnostics

/// Problems with lines: keys, colons, dashes, indentation.
extension FailureReport {
    /// A colon where no key can be: the key lacks its line, or the line before lacks its colon.
    var unexpectedColon: Diagnostic? {
        let line = line
        if offset - line.entryStart > 1024 {
            return Diagnostic(
                .invalidYAML, "a key is longer than 1024 characters",
                at: file.span(line.entryStart..<offset), label: "the most YAML allows is 1024")
        }
        if let first = line.keyColon(before: offset) {
            // `Conv2D:{filters: 8, kernel_size: 3}`: the first one is no colon to YAML.
            if let colon = line.tightColon, colon < first { return tightColon(at: colon) }
            return secondColon(at: offset, first: first)
        }
        guard let above = line.previous() else { return nil }
        if above.keyColon() == nil, let lookalike = Lookalike.within(file.span(above.content)) {
            return lookalike.diagnostic
        }
        if above.hasTightDash { return tightDash(on: above) }
        if let colon = above.tightColon, above.keyColon() == nil { return tightColon(at: colon) }
        if above.first == UInt8(ascii: "\"") || above.first == UInt8(ascii: "'") {
            return unclosedQuote(at: above.content.lowerBound)
        }
        if above.keyColon() == nil, !above.isListEntry { return noColon(above.content) }
        return badIndentation(of: line, nearestDownTo: above.number)
    }

    /// A word where a key must be, and no colon after it.
    var missingColon: Diagnostic? {
        let line = TextLine(at: failure.contextOffset, of: file)
        if line.hasTightDash { return tightDash(on: line) }
        if let bullet = line.text.first, "•◦‣▪●○".contains(bullet) {
            let start = line.content.lowerBound
            let mark = file.span(start..<start + bullet.utf8.count)
            return Diagnostic(
                .missingDash, "an entry of a list begins with `- `, not with `\(bullet) `",
                at: mark, label: "expected `-`",
                fixIts: [FixIt(span: mark, replacement: "-", text: "write `-`")])
        }
        if let entry = entry(beside: line) { return missingDash(on: line, beside: entry) }
        if let colon = line.tightColon { return tightColon(at: colon) }
        if line.first == UInt8(ascii: "\"") || line.first == UInt8(ascii: "'"),
            file.lineNumber(at: offset) > line.number + 1
        {
            return unclosedQuote(at: line.content.lowerBound)
        }
        return noColon(failure.contextOffset..<max(failure.contextOffset, line.content.upperBound))
    }

    var listOnKeyLine: Diagnostic? {
        guard character(at: offset) == "-" else { return nil }
        return Diagnostic(
            .listOnKeyLine, "a list can't begin on its key's line",
            at: file.span(offset..<max(offset + 1, line.content.upperBound)),
            label: "expected on a line of its own",
            helps: [
                bytes[line.entryStart..<max(line.entryStart, offset)].contains(UInt8(ascii: "}"))
                    ? "put the next entry on a line of its own"
                    : "put it on the next line, indented, or write it in brackets: `[a, b]`"
            ])
    }

    /// Something that belongs to nothing that is open: a line with a wrong indentation, or text
    /// behind a value.
    var unexpectedContent: Diagnostic? {
        let line = line
        if let stray = strayBracket { return stray }
        if character(at: offset) == ":" { return .missingKey(at: characterSpan(at: offset)) }
        if let quoted = lastQuoted, contentEnd(before: offset) == quoted.upperBound {
            return unclosedQuote(at: quoted.lowerBound)
        }
        guard offset <= line.content.lowerBound else { return textAfterValue }
        if line.hasTightDash { return tightDash(on: line) }
        let isRoot = failure.problem.hasSuffix("<document start>")
        if let above = line.previous(), isRoot {
            if above.text == "..." {
                return .severalDocuments(
                    file.span(line.content), after: file.span(above.content))
            }
            let isBlock = above.keyColon() != nil || above.isListEntry
            if !isBlock {
                return Diagnostic(
                    .textAfterValue, "there is text after the end of the model",
                    at: file.span(line.content), label: "belongs to nothing",
                    secondary: [Label(span: file.span(above.content), text: "the value ends here")],
                    helps: ["a model is a mapping: lines of `key: value`"])
            }
        }
        let first = isRoot ? max(1, line.number - 200) : file.lineNumber(at: failure.contextOffset)
        return badIndentation(of: line, nearestDownTo: first)
    }

    /// `filters:8`.
    func tightColon(at colon: Int) -> Diagnostic {
        .missingSpaceAfterColon(file, at: colon)
    }

    /// `-ReLU`.
    private func tightDash(on line: TextLine) -> Diagnostic {
        .missingSpaceAfterDash(file, at: line.content.lowerBound)
    }

    /// The nearest entry above of a list that begins at a line's column.
    private func entry(beside line: TextLine) -> TextLine? {
        if line.isListEntry { return nil }
        var candidate = line.previous(downTo: max(1, line.number - 200))
        while let above = candidate, above.column >= line.column {
            if above.column == line.column { return above.isListEntry ? above : nil }
            candidate = above.previous(downTo: max(1, line.number - 200))
        }
        return nil
    }

    /// `Flatten` among `- Conv2D` and `- Dense`.
    private func missingDash(on line: TextLine, beside entry: TextLine) -> Diagnostic {
        let start = line.content.lowerBound
        let end = entry.content.upperBound
        if line.text.allSatisfy({ $0 == "." || $0 == "…" }) {
            return Diagnostic(
                .missingDash, "`\(line.text)` is no entry of the list", at: file.span(line.content),
                label: "expected `- `", helps: ["write the entries out, or remove the line"])
        }
        return Diagnostic(
            .missingDash, "an entry of a list has no dash", at: file.span(line.content),
            label: "expected `- `",
            secondary: [
                Label(
                    span: file.span(entry.content.lowerBound..<min(end, entry.entryStart + 24)),
                    text: "an entry of the list")
            ],
            fixIts: [
                FixIt(
                    span: file.span(start..<start), replacement: "- ",
                    text: "write `- \(abbreviated(line.text))`")
            ])
    }

    private func abbreviated(_ text: String) -> String {
        text.count <= 40 ? text : text.prefix(39) + "…"
    }

    private func secondColon(at offset: Int, first: Int) -> Diagnostic {
        let key = file.span(line.entryStart..<first)
        if let name = MissingColon.wordBeforeBracket(in: key) {
            return .missingColonBeforeBracket(key, name: name)
        }
        var start = first + 1
        while start < offset, TextScanner.isBlank(bytes[start]) { start += 1 }
        let value = file.span(start..<max(start, line.content.upperBound)).text
        let isName = key.text == "name"
        let isKey = !isName && value.prefix { $0 != ":" }.utf8.allSatisfy(TextLine.isWord)
        let inBraces = "put inner entries in braces, `{\(value)}`, or on lines of their own"
        let inQuotes = "if it is a text, quote it: `\"\(value)\"`"
        return Diagnostic(
            .unexpectedColon, "a second colon follows the first on one line",
            at: characterSpan(at: offset), label: "a key can't begin on another key's line",
            secondary: [Label(span: characterSpan(at: first), text: "the first colon")],
            helps: isKey ? [] : [isName ? inBraces : inQuotes],
            fixIts: [
                FixIt(
                    span: file.span(start..<max(start, line.content.upperBound)),
                    replacement: isName ? "\"\(value)\"" : "{\(value)}",
                    text: isName ? inQuotes : inBraces)
            ])
    }

    private func noColon(_ range: Range<Int>) -> Diagnostic {
        .keyWithoutColon(file.span(range))
    }

    /// - Parameter first: The first line that may hold what the line should stand beside.
    private func badIndentation(of line: TextLine, nearestDownTo first: Int) -> Diagnostic {
        let place = file.span(line.content)
        if !line.hasTabs, let stray = Indentation.stray(before: line) {
            return .strayKey(stray, before: line)
        }
        // The line above whose column is nearest; the closer one of equals.
        var nearest: TextLine?
        var candidate = line.previous(downTo: first)
        var left = 200
        while let other = candidate, left > 0 {
            if nearest.map({ abs(other.column - line.column) < abs($0.column - line.column) })
                ?? true
            {
                nearest = other
            }
            candidate = other.previous(downTo: first)
            left -= 1
        }
        guard let nearest else {
            return Diagnostic(
                .badIndentation, "this line's indentation fits nothing above it", at: place,
                label: "begins at column \(line.column)")
        }
        if nearest.hasTightDash { return tightDash(on: nearest) }
        if let above = line.previous(downTo: first), above.isListEntry, above.column < line.column,
            above.keyColon() == nil, line.keyColon() != nil, !line.isListEntry,
            file.bytes[above.entryStart..<above.content.upperBound].allSatisfy(TextLine.isWord)
        {
            // `- Dense`, and its arguments below.
            let word = file.span(above.entryStart..<above.content.upperBound)
            return Diagnostic(
                .missingColon, "there is no colon behind `\(word.text)`", at: word,
                label: "expected `\(word.text):`",
                secondary: [Label(span: place, text: "indented below it")],
                fixIts: [
                    FixIt(
                        span: file.span(word.range.upperBound..<word.range.upperBound),
                        replacement: ":", text: "write a colon: `\(word.text):`")
                ])
        }
        if nearest.column == line.column {
            return mixed(line, with: nearest, at: place)
        }
        if let above = line.previous(downTo: first), let closed = belowBraces(line, above) {
            return closed
        }
        if nearest.previous() == nil, line.column == 1, !line.isListEntry, !nearest.isListEntry {
            // The first line alone is indented.
            let text = "begin the line at column 1"
            return Diagnostic(
                .badIndentation, "the first line is indented, and those below it are not",
                at: file.span(nearest.content), label: "begins at column \(nearest.column)",
                secondary: [Label(span: place, text: "begins at column 1")],
                fixIts: Indentation.fix(nearest, to: 1, text: text).map { [$0] } ?? [])
        }
        let isSpecKey =
            !line.isListEntry && nearest.isListEntry && line.column < nearest.column
        let column = isSpecKey ? 1 : nearest.column
        let text =
            isSpecKey
            ? "begin the line at column 1 if it is a key of the spec"
            : "begin the line at column \(column) if it belongs there"
        let fixIt = Indentation.fix(line, to: column, text: text)
        return Diagnostic(
            .badIndentation, "this line's indentation fits nothing above it", at: place,
            label: "begins at column \(line.column)",
            secondary: [
                Label(span: file.span(nearest.content), text: "begins at column \(nearest.column)")
            ],
            helps: fixIt == nil ? [text] : [], fixIts: fixIt.map { [$0] } ?? [])
    }

    /// `- Dense: {units: 3}`, and below it `      activation: relu`.
    private func belowBraces(_ line: TextLine, _ above: TextLine) -> Diagnostic? {
        guard above.isListEntry, above.column < line.column, !line.isListEntry,
            line.keyColon() != nil, let colon = above.keyColon(),
            colon + 1 < above.content.upperBound
        else { return nil }
        let end = above.content.upperBound
        let value = file.span(colon + 1..<end).text.drop { $0 == " " }
        let place = file.span(line.content)
        let isInBraces = value.hasPrefix("{") && value.hasSuffix("}")
        let next = line.number < file.lineCount ? TextLine(line.number + 1, of: file) : nil
        let isAlone = next.map { $0.isEmpty || $0.column < line.column } ?? true
        let help =
            isInBraces
            ? "put it into the braces: `{..., \(abbreviated(line.text))}`"
            : "all arguments stand below `\(file.span(above.entryStart..<colon).text):`, each with its "
                + "name"
        // A comment between the two would be lost.
        let canFix =
            isInBraces && isAlone && line.number == above.number + 1
            && file.lineText(above.number).utf8.count
                == end - file.byteRange(ofLine: above.number).lowerBound
        let separator = value.dropFirst().dropLast().contains { $0 != " " } ? ", " : ""
        return Diagnostic(
            .badIndentation, "an argument stands below a layer that has its arguments already",
            at: place, label: "belongs to nothing",
            secondary: [Label(span: file.span(above.content), text: "ends with its line")],
            helps: canFix ? [] : [help],
            fixIts: canFix
                ? [
                    FixIt(
                        span: file.span(end - 1..<line.content.upperBound),
                        replacement: "\(separator)\(line.text)}", text: help)
                ] : [])
    }

    /// A list entry beside keys, or a key beside list entries.
    private func mixed(_ line: TextLine, with other: TextLine, at place: SourceSpan) -> Diagnostic {
        let isEntry = line.isListEntry
        if !isEntry, other.isListEntry { return missingDash(on: line, beside: other) }
        if isEntry, other.keyColon() != nil, bytes[other.content.lowerBound] < 0x60,
            let above = other.previous(), above.column < other.column, above.text.hasSuffix(":")
        {
            // `Input: {shape: [8]}`, and below it `- Dense: {units: 3}`: classes are capitalized.
            return .firstDashMissing(other, before: line)
        }
        return Diagnostic(
            .badIndentation,
            isEntry
                ? "a list entry stands where a key is expected"
                : "a list goes on here, but this is no entry of it",
            at: place, label: isEntry ? "expected `key: value`" : "expected `- `",
            secondary: [
                Label(
                    span: file.span(other.content),
                    text: other.isListEntry ? "an entry of the list" : "begins at the same column")
            ],
            helps: [
                isEntry
                    ? "give the list a key of its own, or indent it below its key"
                    : "begin the line with `- `, or put it at the column of the key it belongs to"
            ])
    }

    /// `"a" b`, `[1] c`, `'it's'`.
    private var textAfterValue: Diagnostic {
        let end = contentEnd(before: offset)
        let last = end > 0 ? character(at: end - 1) : nil
        var message = "there is text after a value"
        var helps: [String] = []
        switch last {
        case "'":
            message = "there is text after the closing quote"
            helps = ["inside single quotes write `''` for `'`, or use double quotes"]
        case "\"":
            message = "there is text after the closing quote"
            helps = ["inside double quotes write `\\\"` for `\"`, or use single quotes"]
        case "]", "}": return textAfterBracket(at: offset)
        default: break
        }
        let stop = max(offset + 1, line.content.upperBound)
        return Diagnostic(
            .textAfterValue, message, at: file.span(offset..<min(stop, max(offset, bytes.count))),
            label: "expected the end of the line",
            secondary: end > 0
                ? [Label(span: file.span(end - 1..<end), text: "the value ends here")] : [],
            helps: helps)
    }

    /// `{units: 10};`, `{units: 10} // output`, `{units: 10}(x)`, `{units: 10} * 3`.
    func textAfterBracket(at offset: Int) -> Diagnostic {
        let end = contentEnd(before: offset)
        let line = TextLine(at: offset, of: file)
        let place = file.span(
            offset..<min(max(offset + 1, line.content.upperBound), max(offset, bytes.count)))
        let text = place.text
        var message = "there is text after the closing bracket"
        var helps: [String] = []
        var fixIts: [FixIt] = []
        if text.allSatisfy({ $0 == ";" || $0 == "," || $0 == "." }) {
            message = "no `\(text)` belongs after the closing bracket"
            fixIts = [FixIt(span: place, replacement: "", text: "remove it")]
        } else if let sign = ["//", "/*", "--", ";"].first(where: text.hasPrefix) {
            let mark = file.span(offset..<offset + sign.utf8.count)
            message = "a comment begins with `#`, not with `\(sign)`"
            let gap = end == offset ? " #" : "#"
            fixIts = [
                FixIt(span: mark, replacement: gap, text: "a comment begins with a space and `#`")
            ]
        } else if text.hasPrefix("("), text.hasSuffix(")"), text.count > 2 {
            let names = text.dropFirst().dropLast()
            message = "a layer is listed, not called on what it reads"
            let list = names.hasPrefix("[") || !names.contains(",") ? "\(names)" : "[\(names)]"
            helps = ["what a layer reads is an argument, `inputs: \(list)`, in the braces"]
        } else if ["->", "=>", "|", ">>"].contains(where: text.hasPrefix) {
            message = "layers are listed one below the other, not chained"
            helps = ["put the next layer on a line of its own, behind a `- `"]
        } else if text.hasPrefix("*"), text.contains(where: \.isNumber) {
            message = "a layer can't be repeated by a number"
            helps = [
                "write the layer as often as it is there: the first as "
                    + "`- &name {Dense: {units: 10}}`, the others as `- *name`"
            ]
        } else {
            helps = ["a comment begins with a space and `#`"]
        }
        return Diagnostic(
            .textAfterValue, message, at: place, label: "expected the end of the line",
            secondary: end > 0
                ? [Label(span: file.span(end - 1..<end), text: "the value ends here")] : [],
            helps: helps, fixIts: fixIts)
    }
}
