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
    /// Whether there were more errors than are mended.
    var isExhausted: Bool { attemptsLeft <= 0 }
    private var lastIndentation: Int?
    /// The messages of errors that are said once for all their lines.
    private var reported: Set<String> = []
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
    /// same wrong column or with tabs, or that belong to nothing.
    mutating func repeats(_ diagnostic: Diagnostic) -> Bool {
        switch diagnostic.code {
        case .tabIndentation, .textAfterValue, .foreignLine:
            return !reported.insert(diagnostic.message).inserted
        default: break
        }
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
        case .tabIndentation:
            return hasSpaces ? blank(around: diagnostic) : replaceTabs()
        case .notUTF8, .controlCharacter:
            return !EncodingProblem.isBinary(file) && replaceCharacters()
        case .severalDocuments, .tooDeep: return false
        case .badIndentation:
            return blankStray(diagnostic) || moveDash(diagnostic) || blank(around: diagnostic)
        case .missingComma: return insertComma(diagnostic) || blank(around: diagnostic)
        case .lookalike: return replaceLookalike(diagnostic) || blank(around: diagnostic)
        case .foreignComment: return blankLine(of: diagnostic)
        case .placeholder where isStatement(diagnostic): return blankLine(of: diagnostic)
        case .foreignLine: return blankMarkers()
        case .missingValue: return removeBrackets(diagnostic) || blank(around: diagnostic)
        case .strayBracket: return removeComma(diagnostic) || blank(around: diagnostic)
        case .textAfterValue: return removeRest(diagnostic) || blank(around: diagnostic)
        default: return blank(around: diagnostic)
        }
    }

    /// The dash of an entry that is indented too deeply goes where those above have theirs: what it holds
    /// stays in its place, and nothing is lost.
    private mutating func moveDash(_ diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.primary?.span, let above = diagnostic.secondary.first?.span,
            above.start.column < place.start.column
        else { return false }
        let text = text
        let line = TextLine(at: place.range.lowerBound, of: text)
        let entry = TextLine(at: above.range.lowerBound, of: text)
        guard line.isListEntry, entry.isListEntry, entry.column < line.column, !line.hasTabs,
            line.content.lowerBound + 1 < bytes.count
        else { return false }
        let lineStart = line.content.lowerBound - (line.column - 1)
        bytes[line.content.lowerBound] = UInt8(ascii: " ")
        bytes[lineStart + entry.column - 1] = UInt8(ascii: "-")
        return true
    }

    /// The entry of a list that a key was to belong to, and the key, so that the list goes on behind it.
    private mutating func blankStray(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.secondary.count == 2, let key = diagnostic.primary?.span else {
            return false
        }
        let text = text
        let entry = TextLine(at: diagnostic.secondary[0].span.range.lowerBound, of: text)
        let next = TextLine(at: diagnostic.secondary[1].span.range.lowerBound, of: text)
        guard entry.isListEntry, entry.number < key.start.line, key.start.line < next.number else {
            return false
        }
        var last = TextLine(next.number - 1, of: text)
        if !next.isListEntry {
            last = next
            while last.number < file.lineCount {
                let below = TextLine(last.number + 1, of: text)
                if !below.isEmpty, below.column <= entry.column { break }
                last = below
            }
        }
        blank(from: entry, to: last, dash: entry.content.lowerBound)
        return true
    }

    /// A comma in the place of the blank before the second entry, or of a semicolon: nothing is lost.
    private mutating func insertComma(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.fixIts.first?.replacement == ",",
            let start = diagnostic.primary?.span.range.lowerBound, start > 1,
            TextScanner.isBlank(bytes[start - 1])
        else { return false }
        let place = bytes[start - 2] == UInt8(ascii: ";") ? start - 2 : start - 1
        bytes[place] = UInt8(ascii: ",")
        return true
    }

    /// A comma behind an entry, of which nothing is missed.
    private mutating func removeComma(_ diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.fixIts.first?.span.range,
            diagnostic.fixIts[0].replacement.isEmpty
        else { return false }
        bytes[place.lowerBound] = UInt8(ascii: " ")
        return true
    }

    /// What follows a value in brackets to the end of the line.
    private mutating func removeRest(_ diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.primary?.span.range,
            let end = diagnostic.secondary.first?.span,
            end.text == "}" || end.text == "]", !diagnostic.fixIts.isEmpty,
            end.range.upperBound <= place.lowerBound,
            TextLine(at: place.lowerBound, of: text).isListEntry
        else { return false }
        for offset in place.lowerBound..<place.upperBound { bytes[offset] = UInt8(ascii: " ") }
        return true
    }

    /// Brackets around a list with dashes, and the commas behind its entries.
    private mutating func removeBrackets(_ diagnostic: Diagnostic) -> Bool {
        guard let opener = diagnostic.secondary.first?.span.range.lowerBound,
            let dash = diagnostic.primary?.span.range.lowerBound, bytes[dash] == UInt8(ascii: "-")
        else { return false }
        let text = text
        let column = TextLine(at: dash, of: text).column
        var number = TextLine(at: dash, of: text).number
        bytes[opener] = UInt8(ascii: " ")
        while number <= file.lineCount {
            let line = TextLine(number, of: text)
            number += 1
            if line.isEmpty { continue }
            let last = line.content.upperBound - 1
            if line.first == UInt8(ascii: "]"), line.column <= column {
                for offset in line.content where bytes[offset] != UInt8(ascii: "}") {
                    bytes[offset] = UInt8(ascii: " ")
                }
                return true
            }
            if bytes[last] == UInt8(ascii: ",") { bytes[last] = UInt8(ascii: " ") }
        }
        return true
    }

    /// A space for each tab: the levels stay what they are where only tabs indent.
    private mutating func replaceTabs() -> Bool {
        isFaithful = false
        for number in 1...file.lineCount {
            var offset = file.byteRange(ofLine: number).lowerBound
            if damage.isEmpty, offset < bytes.count, bytes[offset] == UInt8(ascii: "\t") {
                damage.append(offset..<offset + 1)
            }
            while offset < bytes.count, TextScanner.isBlank(bytes[offset]) {
                bytes[offset] = UInt8(ascii: " ")
                offset += 1
            }
        }
        return true
    }

    /// Whether some lines are indented with spaces, so that tabs have a width that can't be known.
    private var hasSpaces: Bool {
        (1...file.lineCount).contains { number in
            let line = file.byteRange(ofLine: number)
            return !line.isEmpty && bytes[line.lowerBound] == UInt8(ascii: " ")
                && !TextLine(number, of: file).isEmpty
        }
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
                for index in offset..<offset + length { bytes[index] = UInt8(ascii: "x") }
            }
            offset += length
        }
        return replaced > 0
    }

    // MARK: Blanking

    /// The sign that was meant, and spaces for the rest of the bytes; in the indentation a character
    /// counts as one column, so it can't be replaced.
    private mutating func replaceLookalike(_ diagnostic: Diagnostic) -> Bool {
        guard let fixIt = diagnostic.fixIts.first, let sign = fixIt.replacement.utf8.first,
            fixIt.replacement.utf8.dropFirst().allSatisfy({ $0 == UInt8(ascii: " ") }),
            fixIt.replacement.utf8.count <= fixIt.span.range.count
        else { return false }
        let place = fixIt.span.range
        let line = TextLine(at: place.lowerBound, of: text)
        guard !"\"'".utf8.contains(sign), place.lowerBound > line.content.lowerBound else {
            return false
        }
        for offset in place.lowerBound..<place.upperBound { bytes[offset] = UInt8(ascii: " ") }
        bytes[place.lowerBound] = sign
        return true
    }

    /// Whether a line is one of a template's, `{% for ... %}`.
    private func isStatement(_ diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.primary?.span, place.text.hasPrefix("{%") else { return false }
        return TextLine(at: place.range.lowerBound, of: text).content.lowerBound
            == place.range.lowerBound
    }

    /// Blanks out a comment, of which nothing is missed.
    private mutating func blankLine(of diagnostic: Diagnostic) -> Bool {
        guard let place = diagnostic.primary?.span.range else { return false }
        for offset in place.lowerBound..<place.upperBound { bytes[offset] = UInt8(ascii: " ") }
        return true
    }

    /// Blanks out what other programs left; all of it, as it is one thing to the user.
    private mutating func blankMarkers() -> Bool {
        var isChanged = false
        for number in 1...file.lineCount {
            let line = TextLine(number, of: file)
            guard line.foreignMarker != nil else { continue }
            for offset in line.content { bytes[offset] = UInt8(ascii: " ") }
            isChanged = true
        }
        return isChanged
    }

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
            // A list may stand at the column of its key, or further out where the key's is wrong.
            let isKeysList =
                next.isListEntry && !first.isListEntry
                && (next.column == first.column || diagnostic.code == .badIndentation)
                && (first.text.hasSuffix(":") || diagnostic.code == .missingColon)
            if !next.isEmpty, !next.hasTabs, next.column <= first.column, !closes, !isKeysList {
                break
            }
            last = next
        }
        return blank(from: first, to: last, dash: dash)
    }

    /// - Parameter dash: where a dash keeps the entry's place in its list.
    @discardableResult
    private mutating func blank(from first: TextLine, to last: TextLine, dash: Int?) -> Bool {
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
        // A tab is as deep as the user meant, below the entry above.
        let isEntry = (line.isListEntry || line.hasTightDash) && !line.hasTabs
        let startColumn = line.hasTabs ? .max : line.column
        /// The columns of the lists that are open at the line, the innermost first.
        var lists: [Int] = []
        var outermost = Int.max
        var candidate = line.previous()
        while let above = candidate, outermost > 1 {
            if above.isListEntry, above.column < outermost {
                if !isEntry, above.column < startColumn, lists.isEmpty {
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
