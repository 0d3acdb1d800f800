import Diagnostics

/// Characters that look like those YAML knows and are others: spaces that don't break, quotes of
/// printed text, wide punctuation. Word processors, chats and PDF files are full of them.
struct Lookalike {
    let diagnostic: Diagnostic
    /// The text with the character replaced, without what a quote or space at its ends would add.
    let value: String

    /// What a character looks like; nil for all others.
    private static func twin(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
        case 0x200B, 0x2060, 0xFEFF: ""
        case 0x201C...0x201F, 0xAB, 0xBB: "\""
        case 0x2018...0x201B: "'"
        case 0xFF1A: ":"
        case 0xFF0C, 0x3001: ","
        case 0xFF3B: "["
        case 0xFF3D: "]"
        case 0xFF5B: "{"
        case 0xFF5D: "}"
        case 0xFF08: "("
        case 0xFF09: ")"
        case 0x2010...0x2015, 0x2212, 0xFF0D: "-"
        default: nil
        }
    }

    /// A key, or a line that can't be read: any such character is one too many.
    static func within(_ span: SourceSpan) -> Lookalike? {
        find(in: span, whole: false) { _ in true }
    }

    /// A value, which may hold such characters inside: only those at its start and end count.
    ///
    /// - Parameter isName: Whether it may be any text, of which only a pair of quotes is none.
    static func aroundValue(in span: SourceSpan, isName: Bool = false) -> Lookalike? {
        let scalars = Array(span.text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else { return nil }
        let isQuote = { (scalar: Unicode.Scalar) in
            scalar.value > 0x7F && ["\"", "'"].contains(twin(of: scalar))
        }
        if isName, scalars.count < 3 || !isQuote(first) || !isQuote(last) { return nil }
        let isMinus =
            twin(of: first) == "-" && scalars.count > 1 && scalars[1].properties.numericType != nil
        let starts = first.value > 0x7F && (isMinus || !(twin(of: first) ?? "-").hasPrefix("-"))
        let ends = last.value > 0x7F && !(twin(of: last) ?? "-").hasPrefix("-")
        guard starts || ends else { return nil }
        return find(in: span, whole: true) { $0 == (starts ? 0 : scalars.count - 1) }
    }

    /// - Parameter whole: whether to replace all of the text, not just the character.
    private static func find(
        in span: SourceSpan, whole: Bool, where counts: (Int) -> Bool
    ) -> Lookalike? {
        let file = span.file
        guard
            file.bytes[span.range.lowerBound..<span.range.upperBound].contains(where: { $0 > 0x7F })
        else { return nil }
        var offset = span.range.lowerBound
        for (index, scalar) in span.text.unicodeScalars.enumerated() {
            let length = String(scalar).utf8.count
            if scalar.value > 0x7F, counts(index), let twin = twin(of: scalar) {
                let place = file.span(offset..<offset + length)
                let value = plain(span.text)
                var diagnostic = diagnostic(scalar, twin, place)
                let next = place.range.upperBound
                if twin == ":" || twin == ",", next < file.bytes.count,
                    !TextScanner.isSpace(file.bytes[next])
                {
                    diagnostic.fixIts = [
                        FixIt(
                            span: place, replacement: twin + " ",
                            text: "write `\(twin)` and a space")
                    ]
                }
                if whole, twin == "\"" || twin == "'" {
                    diagnostic.fixIts = [
                        FixIt(span: span, replacement: value, text: "write `\(value)`")
                    ]
                }
                return Lookalike(diagnostic: diagnostic, value: value)
            }
            offset += length
        }
        return nil
    }

    private static func plain(_ text: String) -> String {
        let replaced = text.unicodeScalars.map { twin(of: $0) ?? String($0) }.joined()
        return String(replaced.trimming { $0 == " " || $0 == "\"" || $0 == "'" })
    }

    private static func diagnostic(
        _ scalar: Unicode.Scalar, _ twin: String, _ place: SourceSpan
    ) -> Diagnostic {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let message =
            switch twin {
            case "": "an invisible character (\(name)) stands here"
            case " ": "this space (\(name)) is not one to YAML"
            case "\"", "'": "`\(scalar)` (\(name)) is no quote to YAML"
            default: "`\(scalar)` (\(name)) only looks like `\(twin)`"
            }
        let help =
            switch twin {
            case "": "remove it"
            case " ": "type the space again"
            default: "write `\(twin)`"
            }
        return Diagnostic(
            .lookalike, message, at: place,
            label: twin.isEmpty
                ? "not to be seen" : twin == " " ? "not a plain space" : "not `\(twin)`",
            fixIts: [FixIt(span: place, replacement: twin, text: help)])
    }
}

extension String {
    /// The text without the characters at its ends that a test accepts.
    fileprivate func trimming(_ test: (Character) -> Bool) -> Substring {
        var result = self[...]
        while let first = result.first, test(first) { result.removeFirst() }
        while let last = result.last, test(last) { result.removeLast() }
        return result
    }
}
