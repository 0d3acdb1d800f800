import Diagnostics

/// Lets a text be read on behind what libyaml can't read: the list entry it stopped in is blanked out,
/// byte for byte, so that all offsets stay what they are.
struct Recovery {
    private let file: SourceFile
    /// The text as it is to be read next.
    private(set) var bytes: [UInt8]
    /// What was blanked out.
    private(set) var damage: [Range<Int>] = []
    private var attemptsLeft = 25
    private var lastIndentation: Int?
    /// False once the text read is only roughly the one that was meant.
    private(set) var isFaithful = true

    /// Larger texts are not read a second time: no spec written by hand is as large.
    private static let sizeLimit = 1 << 20

    init(_ file: SourceFile) {
        self.file = file
        bytes = file.bytes
    }

    /// The text as it was read last, for looking at the lines around an error.
    var text: SourceFile { SourceFile(path: file.path, bytes: bytes) }

    /// Whether an error says what one before it has said already: further lines that begin at the
    /// same wrong column.
    mutating func repeats(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.code == .badIndentation, let place = diagnostic.primary?.span else {
            lastIndentation = nil
            return false
        }
        defer { lastIndentation = place.start.column }
        return lastIndentation == place.start.column
    }

    /// Makes the text readable behind an error; false where that can't be done.
    mutating func repair(_ failure: YAMLEvents.Failure, _ diagnostic: Diagnostic) -> Bool {
        attemptsLeft -= 1
        guard attemptsLeft > 0, bytes.count <= Self.sizeLimit, isFaithful else { return false }
        switch diagnostic.code {
        case .tabIndentation: return replaceTabs()
        case .notUTF8, .controlCharacter: return replaceCharacters()
        case .severalDocuments, .tooDeep: return false
        default: return blank(around: diagnostic)
        }
    }

    /// A tab for each space would be as wide as anybody meant; the levels stay what they are where
    /// only tabs indent.
    private mutating func replaceTabs() -> Bool {
        isFaithful = false
        for number in 1...file.lineCount {
            var offset = file.byteRange(ofLine: number).lowerBound
            while offset < bytes.count, TextScanner.isBlank(bytes[offset]) {
                bytes[offset] = UInt8(ascii: " ")
                offset += 1
            }
        }
        return true
    }

    /// Replaces what is no text, if it is little.
    private mutating func replaceCharacters() -> Bool {
        var replaced = 0
        var offset = 0
        while offset < bytes.count {
            let (scalar, length) = bytes.withUnsafeBufferPointer {
                UTF8Decoder.decode($0, at: offset)
            }
            let isText =
                scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar == "\u{85}"
                || (scalar.value >= 0x20 && scalar.value < 0x7F)
                || (scalar.value >= 0xA0 && scalar.value < 0xFFFD) || scalar.value > 0xFFFF
            if !isText {
                replaced += 1
                if scalar == "\0" || replaced > 20 { return false }
                for index in offset..<offset + length { bytes[index] = UInt8(ascii: "?") }
            }
            offset += length
        }
        return replaced > 0
    }

    // MARK: Blanking

    private mutating func blank(around diagnostic: Diagnostic) -> Bool {
        guard let primary = diagnostic.primary?.span else { return false }
        var start = primary.range.lowerBound
        if diagnostic.code == .unclosedBracket {
            // The opening bracket may stand lines above.
            start = diagnostic.secondary.reduce(start) { min($0, $1.span.range.lowerBound) }
        }
        let text = text
        let (first, dash) = region(from: TextLine(at: start, of: text))
        var last = first
        while last.number < file.lineCount {
            let next = TextLine(last.number + 1, of: text)
            let closes = next.first == UInt8(ascii: "]") || next.first == UInt8(ascii: "}")
            if !next.isEmpty, next.column <= first.column, !closes { break }
            last = next
        }
        let lines = file.byteRange(ofLine: first.number).lowerBound..<last.content.upperBound
        guard bytes[lines].contains(where: { !TextScanner.isSpace($0) }) else { return false }
        for offset in lines where bytes[offset] != UInt8(ascii: "\n") {
            if bytes[offset] != UInt8(ascii: "\r") { bytes[offset] = UInt8(ascii: " ") }
        }
        if let dash, dash < first.content.upperBound { bytes[dash] = UInt8(ascii: "-") }
        damage.append(min(first.content.lowerBound, dash ?? .max)..<lines.upperBound)
        return true
    }

    /// The first line of what is to go, and where a dash keeps its place in a list.
    private func region(from line: TextLine) -> (first: TextLine, dash: Int?) {
        let start = line
        let isEntry = line.isListEntry || line.hasTightDash
        /// The columns of the lists that are open at the line, the innermost first.
        var lists: [Int] = []
        var outermost = Int.max
        var candidate = line.previous()
        while let above = candidate, outermost > 1 {
            if above.isListEntry, above.column < outermost {
                if !isEntry, above.column < start.column, lists.isEmpty {
                    return (above, above.content.lowerBound)
                }
                lists.append(above.column)
            }
            outermost = min(outermost, above.column)
            candidate = above.previous()
        }
        let lineStart = start.content.lowerBound - (start.column - 1)
        if isEntry {
            let column = lists.contains(start.column) ? start.column : lists.first ?? start.column
            return (start, lineStart + column - 1)
        }
        return (start, lists.contains(start.column) ? start.content.lowerBound : nil)
    }
}

extension Diagnostic {
    /// The same with its places in another file of the same length.
    func moved(to file: SourceFile) -> Diagnostic {
        func moved(_ span: SourceSpan) -> SourceSpan { SourceSpan(file: file, range: span.range) }
        var result = self
        result.primary = primary.map { Label(span: moved($0.span), text: $0.text) }
        result.secondary = secondary.map { Label(span: moved($0.span), text: $0.text) }
        result.fixIts = fixIts.map {
            FixIt(span: moved($0.span), replacement: $0.replacement, text: $0.text)
        }
        return result
    }
}
