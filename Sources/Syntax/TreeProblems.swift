import Diagnostics

/// The wording of what is wrong in a text that libyaml can read.
extension Diagnostic {
    static func emptyDocument(_ file: SourceFile) -> Diagnostic {
        let start = file.byteRange(ofLine: 1).lowerBound
        return Diagnostic(
            .emptyDocument, "the file holds no model", at: file.span(start..<start),
            label: "nothing but white space and comments",
            helps: ["a model begins with `layers:` and a list"])
    }

    /// - Parameter end: The line `...` before it.
    static func severalDocuments(_ separator: SourceSpan, after end: SourceSpan? = nil)
        -> Diagnostic
    {
        Diagnostic(
            .severalDocuments, "a file holds one model, but here another document begins",
            at: separator, label: "begins another document",
            secondary: end.map { [Label(span: $0, text: "ends the first document")] } ?? [],
            helps: [
                end == nil
                    ? "put the other model in a file of its own"
                    : "remove the line `...` if the model goes on here"
            ])
    }

    static func collectionAsKey(_ key: SyntaxNode) -> Diagnostic {
        let bytes = key.span.file.bytes
        let start = key.span.range.lowerBound
        if case .sequence = key.content, key.span.range.upperBound < bytes.count,
            [UInt8(ascii: "}"), UInt8(ascii: ",")].contains(bytes[key.span.range.upperBound])
        {
            let list = key.span.text.hasPrefix("(") ? Tuple.text(of: key) : key.span.text
            let text = list.count > 30 ? "[...]" : list
            return Diagnostic(
                .badKey, "a list has no name in these braces", at: key.span,
                label: "which argument is it?", helps: ["write `{name: \(text)}`"])
        }
        if start > 0, start < bytes.count, bytes[start] == UInt8(ascii: "{"),
            bytes[start - 1] == bytes[start]
        {
            return .placeholder(
                key.span.file.span(start - 1..<min(key.span.range.upperBound + 1, bytes.count)))
        }
        var colon = key.span.range.upperBound
        while colon < bytes.count, bytes[colon] == UInt8(ascii: " ") { colon += 1 }
        if key.span.text.hasPrefix("*"), colon < bytes.count, bytes[colon] == UInt8(ascii: ":") {
            return Diagnostic(
                .badKey, "`\(key.span.text)` repeats \(key.kindDescription), which can't be a key",
                at: key.span, label: "an alias",
                fixIts: [
                    FixIt(
                        span: key.span.file.span(key.span.range.upperBound..<colon + 1),
                        replacement: "", text: "leave the colon out: `\(key.span.text)`")
                ])
        }
        return Diagnostic(
            .badKey, "\(key.kindDescription) can't be a key", at: key.span,
            label: "expected a word", helps: ["a key is a word followed by `: `"])
    }

    /// - Parameter span: `{{ name }}`, `${NAME}` or `{% if ... %}`.
    package static func placeholder(
        _ span: SourceSpan, expected: String = "a value is expected here"
    ) -> Diagnostic {
        let isStatement = span.text.hasPrefix("{%")
        return Diagnostic(
            .placeholder,
            isStatement
                ? "the template's `\(span.text)` has not been carried out"
                : "the placeholder `\(span.text)` has not been filled in", at: span,
            label: isStatement ? "no YAML" : expected,
            helps: ["bnc reads the file as it is; fill templates in before"])
    }

    static func missingKey(at place: SourceSpan) -> Diagnostic {
        let bytes = place.file.bytes
        var index = place.range.lowerBound - 1
        while index > 0, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: ",") {
            index -= 1
        }
        if index > 0, bytes[index] == UInt8(ascii: "?") {
            return .questionMark(place.file.span(index..<index + 1))
        }
        return Diagnostic(
            .badKey, "there is no key in front of the colon", at: place,
            label: "expected a word before it", helps: ["write `key: value`"])
    }

    /// `[?, 8]`.
    static func questionMark(_ mark: SourceSpan) -> Diagnostic {
        Diagnostic(
            .badKey, "`?` begins a key in YAML", at: mark, label: "an open size?",
            fixIts: [
                FixIt(span: mark, replacement: "null", text: "a size that is left open is `null`")
            ])
    }

    static func duplicateKey(_ key: SyntaxNode, first: SourceSpan) -> Diagnostic {
        let text = key.span.text
        let helps =
            text == "<<"
            ? ["merge several mappings with a list: `<<: [*a, *b]`"]
            : text == "layers"
                ? ["put all layers in one list"]
                : ["remove one of them, or give one its right name"]
        return Diagnostic(
            .duplicateKey, "`\(text)` is given twice", at: key.span, label: "given again",
            secondary: [Label(span: first, text: "first given here")], helps: helps)
    }

    static func tag(_ tag: SourceSpan) -> Diagnostic {
        let text = tag.text
        let help =
            switch text {
            case "!!python/tuple", "!!seq", "!!set", "!!omap": "write a list, without the tag"
            case "!include", "!import": "a spec is one file: write here what the other one holds"
            case "!ENV", "!env", "!var", "!ref", "!new", "!apply", "!name", "!module":
                "bnc reads the file as it is: write the value"
            case "!!str": "write the text in quotes, without the tag"
            case "!!map", "!!int", "!!float", "!!bool", "!!null": "leave the tag out"
            case _ where text.dropFirst().first?.isUppercase == true:
                "a layer's class is a key over its arguments: `\(text.dropFirst()): {...}`"
            default: "leave the tag out; a text that begins with `!` needs quotes"
            }
        return Diagnostic(
            .unsupportedTag, "tags such as `\(text)` are not supported", at: tag,
            label: "a tag", helps: [help])
    }

    static func unknownAnchor(_ name: String, _ alias: SourceSpan, known: [String]) -> Diagnostic {
        var fixIts: [FixIt] = []
        var helps: [String] = []
        if let near = Suggestion.nearest(to: name, in: known) {
            fixIts = [FixIt(span: alias, replacement: "*\(near)", text: "did you mean `*\(near)`?")]
        } else if known.isEmpty {
            helps = ["mark the value to repeat with `&\(name)` before it, or quote the text"]
        } else {
            helps = [
                "the anchors up to here are \(known.map { "`&\($0)`" }.joined(separator: ", "))"
            ]
        }
        return Diagnostic(
            .unknownAnchor, "no anchor `&\(name)` comes before this alias", at: alias,
            label: "names no anchor", helps: helps, fixIts: fixIts)
    }

    static func recursiveAlias(
        _ name: String, _ alias: SourceSpan, anchor: SourceSpan
    ) -> Diagnostic {
        Diagnostic(
            .recursiveAlias, "`*\(name)` stands inside the value it repeats", at: alias,
            label: "repeats what it is in",
            secondary: [Label(span: anchor, text: "the value begins here")])
    }

    static func badMerge(_ source: SyntaxNode) -> Diagnostic {
        var isList = false
        var isWord = false
        switch source.content {
        case .sequence: isList = true
        case .scalar: isWord = true
        case .mapping, .invalid: break
        }
        return Diagnostic(
            .badMerge,
            "`<<` takes a mapping or a list of mappings, found \(source.kindDescription)",
            at: source.span, label: "expected an alias of a mapping",
            helps: [
                isList && source.span.text.hasPrefix("*")
                    ? "a list of layers is repeated by a layer: `- Sequential: {layers: "
                        + "\(source.span.text)}`"
                    : isWord && source.span.text.hasPrefix("*")
                        ? "`&\(source.span.text.dropFirst())` marks a single value: put it before the mapping, "
                            + "behind the colon or before `{`"
                        : "write `<<: *name`, where `&name` marks a mapping"
            ])
    }

    static func tooDeep(_ opener: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooDeep, "more than \(YAMLParser.depthLimit) levels of lists and mappings",
            at: opener, label: "this is level \(YAMLParser.depthLimit + 1)")
    }

    static func tooDeepByAlias(
        _ name: String, _ alias: SourceSpan, anchor: SourceSpan
    ) -> Diagnostic {
        let limit = YAMLParser.depthLimit
        return Diagnostic(
            .tooDeep,
            "with `*\(name)` there are more than \(limit) levels of lists and mappings",
            at: alias, label: "repeated too deep inside the text",
            secondary: [Label(span: anchor, text: "the value repeated")])
    }

    static func tooManyNodes(_ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            .tooManyNodes, "the file holds more than 500,000 values", at: span,
            label: "up to here, each repeated by an alias counted",
            helps: ["use fewer aliases of what itself is made of aliases"])
    }
}

/// Slips that YAML takes for words.
extension Diagnostic {
    /// - Parameters:
    ///   - numbers: The values of `shape: 28, 28, 1`, or of `units: 1,000`.
    ///   - number: How they are written as one number, where that is known to be meant.
    package static func missingBrackets(
        _ key: SyntaxNode, _ numbers: [SyntaxNode], number: String? = nil
    ) -> Diagnostic {
        let texts = numbers.map(\.span.text)
        let range = numbers[0].span.range.union(numbers[numbers.count - 1].span.range)
        let span = SourceSpan(file: key.span.file, range: range)
        let text = number ?? "[\(texts.joined(separator: ", "))]"
        return Diagnostic(
            .parentheses,
            number == nil
                ? "a list stands in square brackets"
                : "a comma in braces begins another entry, it can't stand in a number", at: span,
            label: number == nil ? "no list to YAML" : "\(texts.count) entries to YAML",
            fixIts: [
                FixIt(span: span, replacement: text, text: "write `\(key.span.text): \(text)`")
            ])
    }

    /// A number among the entries of a mapping.
    static func numberAsKey(_ number: SyntaxNode) -> Diagnostic {
        Diagnostic(
            .badKey, "a number stands where a key is expected", at: number.span,
            label: "expected `key: value`", helps: ["a list stands in brackets: `[3, 3]`"])
    }

    /// - Parameter colon: The colon of `filters:8`.
    package static func missingSpaceAfterColon(_ file: SourceFile, at colon: Int) -> Diagnostic {
        Diagnostic(
            .missingSpaceAfterColon, "there is no space after the colon",
            at: file.span(colon..<colon + 1), label: "expected a space after it",
            fixIts: [
                FixIt(
                    span: file.span(colon + 1..<colon + 1), replacement: " ",
                    text: "write `key: value` with a space")
            ])
    }

    /// - Parameter dash: The dash of `-ReLU`.
    static func missingSpaceAfterDash(_ file: SourceFile, at dash: Int) -> Diagnostic {
        Diagnostic(
            .missingSpaceAfterDash, "there is no space after the dash",
            at: file.span(dash..<dash + 1), label: "expected a space after it",
            fixIts: [
                FixIt(
                    span: file.span(dash + 1..<dash + 1), replacement: " ",
                    text: "write `- entry` with a space")
            ])
    }
}
