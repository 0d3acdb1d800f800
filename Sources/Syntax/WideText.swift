import Diagnostics

/// A text typed with wide characters, `layers：` and `－ Dense： ｛units： ３｝`: said once for the whole
/// file, not for each of them.
struct WideText {
    let diagnostic: Diagnostic
    /// The text in plain characters, with all offsets what they are; nil where a plain character that
    /// takes the place of a wide one would tear a word or move a column.
    let plainBytes: [UInt8]?

    /// Larger texts are not looked at: no spec written by hand is as large.
    private static let sizeLimit = 1 << 20

    private struct Place {
        let range: Range<Int>
        let plain: UInt8
    }

    /// nil where there are fewer than two such characters outside quotes and comments.
    init?(_ file: SourceFile) {
        guard file.bytes.count <= Self.sizeLimit, file.bytes.contains(where: { $0 >= 0xE3 }) else {
            return nil
        }
        let places = Self.places(in: file)
        guard places.count > 1, let first = places.first, let last = places.last else { return nil }
        let span = file.span(first.range)
        var shown: [String] = []
        for place in places where !TextLine.isWord(place.plain) && place.plain != UInt8(ascii: " ")
        {
            let sign = String(Unicode.Scalar(place.plain))
            if !shown.contains(sign), shown.count < 6 { shown.append(sign) }
        }
        diagnostic = Diagnostic(
            .lookalike, "\(places.count) wide characters stand where YAML knows plain ones only",
            at: span,
            label: "`\(span.text)` is the first; it isn't `\(Unicode.Scalar(first.plain))`",
            fixIts: [
                FixIt(
                    span: file.span(first.range.lowerBound..<last.range.upperBound),
                    replacement: Self.replacement(places, in: file),
                    text: "leave the wide input method, and type plain characters"
                        + (shown.isEmpty ? "" : ": `\(shown.joined(separator: " "))`"))
            ])
        plainBytes = Self.plain(places, in: file)
    }

    /// Whether the characters are what keeps a text from being read, going by what was said of it.
    func isMeant(_ found: DiagnosticBag, _ tree: SyntaxTree) -> Bool {
        if case .scalar? = tree.root?.content { return true }
        return found.diagnostics.contains { diagnostic in
            guard diagnostic.code == .lookalike, let span = diagnostic.primary?.span else {
                return false
            }
            return span.text.unicodeScalars.contains { Self.plain($0) != nil }
        }
    }

    private static func plain(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFF01 + 0x21)
        case 0x3000: UInt8(ascii: " ")
        case 0x3001: UInt8(ascii: ",")
        case 0x3002: UInt8(ascii: ".")
        default: nil
        }
    }

    private static func places(in file: SourceFile) -> [Place] {
        var places: [Place] = []
        for number in 1...file.lineCount {
            for part in TextLine(number, of: file).unquotedParts {
                guard file.bytes[part].contains(where: { $0 >= 0xE3 }) else { continue }
                var offset = part.lowerBound
                while offset < part.upperBound {
                    // By the bytes as they are, which need not be UTF-8.
                    let (scalar, length) = file.bytes.withUnsafeBufferPointer {
                        UTF8Decoder.decode($0, at: offset)
                    }
                    let end = min(offset + max(1, length), part.upperBound)
                    if let plain = plain(scalar) {
                        places.append(Place(range: offset..<end, plain: plain))
                    }
                    offset = end
                }
            }
        }
        return places
    }

    /// What to write from the first of them to the last.
    private static func replacement(_ places: [Place], in file: SourceFile) -> String {
        var bytes: [UInt8] = []
        var offset = places[0].range.lowerBound
        for (index, place) in places.enumerated() {
            bytes += file.bytes[offset..<place.range.lowerBound]
            let opens = place.plain == UInt8(ascii: "{") || place.plain == UInt8(ascii: "[")
            let last =
                bytes.last
                ?? (place.range.lowerBound > 0 ? file.bytes[place.range.lowerBound - 1] : 0)
            if opens, last == UInt8(ascii: ":") { bytes.append(UInt8(ascii: " ")) }
            bytes.append(place.plain)
            offset = place.range.upperBound
            let isSeparator = place.plain == UInt8(ascii: ":") || place.plain == UInt8(ascii: ",")
            let isLast = offset >= file.bytes.count || TextScanner.isSpace(file.bytes[offset])
            let next = index + 1 < places.count ? places[index + 1] : nil
            let isSpaced = next?.range.lowerBound == offset && next?.plain == UInt8(ascii: " ")
            if isSeparator, !isLast, !isSpaced { bytes.append(UInt8(ascii: " ")) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func plain(_ places: [Place], in file: SourceFile) -> [UInt8]? {
        var bytes = file.bytes
        for place in places {
            let line = TextLine(at: place.range.lowerBound, of: file)
            if place.range.lowerBound == line.content.lowerBound { return nil }
            let next = place.range.upperBound
            let isWord = TextLine.isWord(place.plain) || place.plain == UInt8(ascii: ".")
            if isWord, next < bytes.count, TextLine.isWord(bytes[next]) {
                // Wide punctuation behind it ends the word.
                let isEnd = places.contains {
                    $0.range.lowerBound == next && !TextLine.isWord($0.plain)
                        && $0.plain != UInt8(ascii: ".")
                }
                if !isEnd { return nil }
            }
            for offset in place.range { bytes[offset] = UInt8(ascii: " ") }
            bytes[place.range.lowerBound] = place.plain
        }
        return bytes
    }
}

extension SyntaxTree {
    /// The same with its places in another file of the same length.
    func moved(to file: SourceFile) -> SyntaxTree {
        SyntaxTree(
            file: file, root: root?.moved(to: file), isReadToEnd: isReadToEnd, damage: damage)
    }
}

extension SyntaxNode {
    fileprivate func moved(to file: SourceFile) -> SyntaxNode {
        let moved: Content =
            switch content {
            case .sequence(let items): .sequence(items.map { $0.moved(to: file) })
            case .mapping(let entries):
                .mapping(
                    entries.map {
                        SyntaxEntry(key: $0.key.moved(to: file), value: $0.value.moved(to: file))
                    })
            case .scalar, .invalid: content
            }
        return SyntaxNode(content: moved, span: SourceSpan(file: file, range: span.range))
    }
}
