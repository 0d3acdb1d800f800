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
        let isCall = span.text.drop { $0 != "{" && $0 != "[" && $0 != "(" }.first == "("
        if isCall {
            return Diagnostic(
                .missingColon, "a layer's arguments stand in braces, behind a colon", at: word,
                label: "expected `\(word.text): {`",
                helps: ["write `\(word.text): {name: value, ...}`"])
        }
        return Diagnostic(
            .missingColon, "there is no colon behind `\(word.text)`", at: word,
            label: "expected `\(word.text): `",
            fixIts: [
                FixIt(
                    span: file.span(name.upperBound..<name.upperBound), replacement: ":",
                    text: "write a colon: `\(word.text): {...}`")
            ])
    }
}
