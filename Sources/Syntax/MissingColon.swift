import Diagnostics

/// Finds where the colon behind a key is missing in a way that YAML takes for something else.
enum MissingColon {
    struct Pair {
        let key: Range<Int>
        let value: Range<Int>
        /// Whether `=` stands in the place of the colon.
        let hasEquals: Bool
    }

    /// The key and value of `filters=8`, `filters = 8` or `filters 8`.
    static func pair(in span: SourceSpan) -> Pair? {
        let bytes = span.file.bytes
        let end = span.range.upperBound
        var offset = span.range.lowerBound
        guard offset < end, TextLine.isLetter(bytes[offset]) else { return nil }
        while offset < end, TextLine.isWord(bytes[offset]) { offset += 1 }
        let key = span.range.lowerBound..<offset
        while offset < end, TextScanner.isBlank(bytes[offset]) { offset += 1 }
        guard offset < end else { return nil }
        // `=`, `=>`, `->`, `:=`.
        let isArrow =
            offset + 1 < end && bytes[offset] == UInt8(ascii: "-")
            && bytes[offset + 1] == UInt8(ascii: ">")
        let isWalrus =
            offset + 1 < end && bytes[offset] == UInt8(ascii: ":")
            && bytes[offset + 1] == UInt8(ascii: "=")
        let hasEquals = isArrow || isWalrus || bytes[offset] == UInt8(ascii: "=")
        if hasEquals { offset += isWalrus ? 2 : 1 }
        if hasEquals, offset < end, bytes[offset] == UInt8(ascii: ">") { offset += 1 }
        while offset < end, TextScanner.isBlank(bytes[offset]) { offset += 1 }
        guard offset < end, hasEquals || offset > key.upperBound else { return nil }
        return Pair(key: key, value: offset..<end, hasEquals: hasEquals)
    }

    /// `Dense` in `Dense {units`, the key of `Dense {units: 10}`.
    static func wordBeforeBracket(in span: SourceSpan) -> Range<Int>? {
        let bytes = span.file.bytes
        let end = span.range.upperBound
        var offset = span.range.lowerBound
        guard offset < end, TextLine.isLetter(bytes[offset]) else { return nil }
        while offset < end, TextLine.isWord(bytes[offset]) { offset += 1 }
        let word = span.range.lowerBound..<offset
        while offset < end, TextScanner.isBlank(bytes[offset]) { offset += 1 }
        // `Dense => {units: 10}`.
        let isArrow =
            offset + 1 < end && bytes[offset + 1] == UInt8(ascii: ">")
            && "=-".utf8.contains(bytes[offset])
        if isArrow { offset += 2 }
        while offset < end, TextScanner.isBlank(bytes[offset]) { offset += 1 }
        guard offset < end,
            TextScanner.isFlowIndicator(bytes[offset]) || bytes[offset] == UInt8(ascii: "(")
        else { return nil }
        return word
    }
}

extension Diagnostic {
    /// - Parameter span: `layers`, `layers =` or `filters 8`.
    static func keyWithoutColon(_ span: SourceSpan) -> Diagnostic {
        let file = span.file
        if span.text.hasSuffix("="), span.range.count > 1 {
            let key = span.text.prefix { $0 != " " && $0 != "=" }
            let gap = file.span(
                span.range.lowerBound + key.utf8.count..<span.range.upperBound)
            return Diagnostic(
                .missingColon, "`=` stands behind a key, not a colon",
                at: file.span(span.range.lowerBound..<span.range.upperBound),
                label: "expected `\(key):`",
                fixIts: [FixIt(span: gap, replacement: ":", text: "write `\(key):`")])
        }
        let words = span.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        if let pair = MissingColon.pair(in: span), pair.hasEquals || words.count == 2 {
            return .missingColon(span, pair)
        }
        let shown = span.text.count <= 40 ? span.text : span.text.prefix(39) + "…"
        let next = TextLine(at: span.range.lowerBound, of: file).number + 1
        let opensList =
            words.count == 1 && next <= file.lineCount && TextLine(next, of: file).isListEntry
        return Diagnostic(
            .missingColon, "a key has no colon", at: span, label: "expected `key: value`",
            helps: opensList
                ? []
                : [
                    "write `\(shown): ` and its value; a list entry begins with `- `"
                ],
            fixIts: opensList
                ? [
                    FixIt(
                        span: file.span(span.range.upperBound..<span.range.upperBound),
                        replacement: ":",
                        text: "write `\(span.text):`")
                ] : [])
    }

    /// - Parameter span: All of `filters=8`.
    static func missingColon(_ span: SourceSpan, _ pair: MissingColon.Pair) -> Diagnostic {
        let file = span.file
        let key = file.span(pair.key).text
        let value = file.span(pair.value).text
        let gap = file.span(pair.key.upperBound..<pair.value.lowerBound)
        let sign = gap.text.filter { $0 != " " && $0 != "\t" }
        return Diagnostic(
            .missingColon,
            pair.hasEquals ? "`\(sign)` stands behind a key, not a colon" : "a key has no colon",
            at: pair.hasEquals ? gap : span, label: "expected `key: value`",
            fixIts: [
                FixIt(span: gap, replacement: ": ", text: "write `\(key): \(value)`")
            ])
    }

    /// - Parameters:
    ///   - span: `Dense {units`.
    ///   - name: `Dense`.
    static func missingColonBeforeBracket(_ span: SourceSpan, name: Range<Int>) -> Diagnostic {
        let file = span.file
        let word = file.span(name)
        if let stray = strayBracket(in: span, name: name) { return stray }
        let isCall = span.text.drop { $0 != "{" && $0 != "[" && $0 != "(" }.first == "("
        if isCall {
            return Diagnostic(
                .missingColon, "a layer's arguments stand in braces, behind a colon", at: word,
                label: "expected `\(word.text): {`",
                helps: ["write `\(word.text): {name: value, ...}`"])
        }
        let rest = file.span(
            name
                .upperBound..<max(
                    name.upperBound, TextLine(at: name.lowerBound, of: file).content.upperBound))
        let arguments = rest.text.drop { $0 == " " }.dropLast()
        if rest.text.hasSuffix("}:"), arguments.hasPrefix("{"), !arguments.contains("\n") {
            // `Dense {units: 10}:`, as if the arguments belonged to the name.
            return Diagnostic(
                .missingColon, "the colon stands behind the arguments, not behind `\(word.text)`",
                at: file.span(rest.range.upperBound - 1..<rest.range.upperBound),
                label: "belongs behind `\(word.text)`",
                secondary: [Label(span: word, text: "expected `\(word.text): `")],
                fixIts: [
                    FixIt(
                        span: rest, replacement: ": \(arguments)",
                        text: "write `\(word.text): {...}`")
                ])
        }
        // An arrow in its place goes.
        var end = name.upperBound
        while end < file.bytes.count, "=-> ".utf8.contains(file.bytes[end]) { end += 1 }
        let gap = file.span(name.upperBound..<end)
        let isArrow = gap.text.contains(">")
        return Diagnostic(
            .missingColon, "there is no colon behind `\(word.text)`", at: word,
            label: "expected `\(word.text): `",
            fixIts: [
                FixIt(
                    span: isArrow ? gap : file.span(name.upperBound..<name.upperBound),
                    replacement: isArrow ? ": " : ":",
                    text: "write a colon: `\(word.text): {...}`")
            ])
    }

    /// A bracket that a slip of the fingers put into a word: `lay}ers`, `GaussianN{oise`.
    private static func strayBracket(in span: SourceSpan, name: Range<Int>) -> Diagnostic? {
        let bytes = span.file.bytes
        let offset = name.upperBound
        guard offset < span.range.upperBound, "{}[]()".utf8.contains(bytes[offset]) else {
            return nil
        }
        let line = TextLine(at: offset, of: span.file)
        let closers: [UInt8: UInt8] = [
            UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "["): UInt8(ascii: "]"),
            UInt8(ascii: "("): UInt8(ascii: ")"),
        ]
        if let closer = closers[bytes[offset]] {
            // `Dense{units: 10}` lacks its colon.
            let text = bytes[line.content]
            let isWord = offset + 1 < bytes.count && TextLine.isWord(bytes[offset + 1])
            let opened = text.count { $0 == bytes[offset] }
            guard isWord, opened > text.count(where: { $0 == closer }) else { return nil }
        }
        let bracket = span.file.span(offset..<offset + 1)
        return Diagnostic(
            .strayBracket, "a `\(bracket.text)` stands in a key", at: bracket,
            label: "belongs to nothing",
            fixIts: [FixIt(span: bracket, replacement: "", text: "remove it")])
    }
}
