import Diagnostics

/// Walks over bytes of YAML text; only for finding places in what libyaml has read already.
struct TextScanner {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The names of the anchors, `&name`, in parts of a text.
    static func anchors(in bytes: [UInt8], _ parts: [Range<Int>]) -> Set<String> {
        var names: Set<String> = []
        for part in parts {
            for offset in part where bytes[offset] == UInt8(ascii: "&") {
                var scanner = TextScanner(bytes, at: offset + 1)
                scanner.skipWord()
                names.insert(String(decoding: bytes[offset + 1..<scanner.offset], as: UTF8.self))
            }
        }
        return names
    }

    /// The byte at the offset; nil at the end.
    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// Whether a byte is one of `, [ ] { }`.
    static func isFlowIndicator(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case ",", "[", "]", "{", "}": true
        default: false
        }
    }

    /// Skips to the next white space or flow indicator.
    mutating func skipWord() {
        while let byte = peek, !Self.isSpace(byte), !Self.isFlowIndicator(byte) { offset += 1 }
    }

    mutating func skipBlanksAndComments() {
        while let byte = peek {
            if Self.isSpace(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = peek, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
                    offset += 1
                }
            } else {
                return
            }
        }
    }
}

/// One line of YAML text as far as it can be understood without parsing what is before it.
struct TextLine {
    let file: SourceFile
    let number: Int
    /// From the first character that is no blank to the last, comments left out.
    let content: Range<Int>
    private let start: Int

    init(_ number: Int, of file: SourceFile) {
        self.file = file
        self.number = number
        let line = file.byteRange(ofLine: number)
        start = line.lowerBound
        let bytes = file.bytes
        var lower = line.lowerBound
        while lower < line.upperBound, TextScanner.isBlank(bytes[lower]) { lower += 1 }
        var upper = Self.commentStart(in: bytes, lower..<line.upperBound)
        while upper > lower, TextScanner.isBlank(bytes[upper - 1]) { upper -= 1 }
        content = lower..<upper
    }

    init(at offset: Int, of file: SourceFile) {
        self.init(file.lineNumber(at: offset), of: file)
    }

    var isEmpty: Bool { content.isEmpty }
    /// The column the content begins at, from 1; only blanks come before it.
    var column: Int { content.lowerBound - start + 1 }
    var text: String { file.span(content).text }
    /// The first byte of the content; 0 for an empty line.
    var first: UInt8 { isEmpty ? 0 : file.bytes[content.lowerBound] }

    /// Whether this is a list entry: a dash, then a blank or nothing.
    var isListEntry: Bool { first == UInt8(ascii: "-") && endsOrIsBlank(content.lowerBound + 1) }

    /// Whether the content begins with a dash that lacks its space, as in `-ReLU`.
    var hasTightDash: Bool {
        guard first == UInt8(ascii: "-"), content.count > 1 else { return false }
        return Self.isLetter(file.bytes[content.lowerBound + 1])
    }

    /// Where the content behind any `- ` begins.
    var entryStart: Int {
        var offset = content.lowerBound
        while offset < content.upperBound, file.bytes[offset] == UInt8(ascii: "-"),
            endsOrIsBlank(offset + 1)
        {
            offset += 1
            while offset < content.upperBound, TextScanner.isBlank(file.bytes[offset]) {
                offset += 1
            }
        }
        return offset
    }

    /// The first colon outside quotes that ends a key, if any, before `limit`.
    func keyColon(before limit: Int = .max) -> Int? {
        var quote: UInt8?
        for offset in entryStart..<max(entryStart, min(content.upperBound, limit)) {
            let byte = file.bytes[offset]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                if offset == entryStart || !Self.isWord(file.bytes[offset - 1]) { quote = byte }
            } else if byte == UInt8(ascii: ":"), endsOrIsBlank(offset + 1) {
                return offset
            }
        }
        return nil
    }

    /// The colon of a word and a value written without a space, as in `filters:8`.
    var tightColon: Int? { Self.tightColon(in: file.bytes, entryStart..<content.upperBound) }

    /// The same in any range: a name, a colon, and then no space, colon or slash.
    static func tightColon(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var offset = range.lowerBound
        guard offset < range.upperBound, isLetter(bytes[offset]) else { return nil }
        while offset < range.upperBound, isWord(bytes[offset]) { offset += 1 }
        guard offset + 1 < range.upperBound, bytes[offset] == UInt8(ascii: ":") else { return nil }
        let next = bytes[offset + 1]
        let separates =
            TextScanner.isBlank(next) || next == UInt8(ascii: ":") || next == UInt8(ascii: "/")
        return separates ? nil : offset
    }

    /// The nearest line above that isn't blank or a comment, none of the text before `limit`.
    func previous(downTo limit: Int = 1) -> TextLine? {
        var number = number - 1
        while number >= limit {
            let line = TextLine(number, of: file)
            if !line.isEmpty { return line }
            number -= 1
        }
        return nil
    }

    /// The sign of a comment in another language that the line begins with.
    var foreignComment: String? {
        ["//", "/*", "--", ";"].first { sign in
            // `---` begins a document.
            text.hasPrefix(sign) && !(sign == "--" && text.hasPrefix("---"))
        }
    }

    /// What begins a line that another program left: Git's merge conflicts, Markdown's fences.
    var foreignMarker: String? {
        ["<<<<<<<", "=======", ">>>>>>>", "```"].first { text.hasPrefix($0) }
    }

    /// Whether the line is indented with tabs, so that its column means nothing.
    var hasTabs: Bool { file.bytes[start..<content.lowerBound].contains(UInt8(ascii: "\t")) }

    /// The content without what stands in quotes.
    var unquotedParts: [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = content.lowerBound
        var quote: UInt8?
        for offset in content {
            let byte = file.bytes[offset]
            if let open = quote {
                if byte == open {
                    quote = nil
                    start = offset + 1
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
                offset == start || !Self.isWord(file.bytes[offset - 1])
            {
                quote = byte
                parts.append(start..<offset)
            }
        }
        if quote == nil { parts.append(start..<content.upperBound) }
        return parts.filter { !$0.isEmpty }
    }

    private func endsOrIsBlank(_ offset: Int) -> Bool {
        offset >= content.upperBound || TextScanner.isBlank(file.bytes[offset])
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }

    static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
    }

    /// Where a `#` with a blank before it begins a comment; quotes opened on the line count.
    private static func commentStart(in bytes: [UInt8], _ range: Range<Int>) -> Int {
        var quote: UInt8?
        for offset in range {
            let byte = bytes[offset]
            let follows = offset == range.lowerBound || !isWord(bytes[offset - 1])
            if let open = quote {
                if byte == open { quote = nil }
            } else if follows, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "#"),
                offset == range.lowerBound || TextScanner.isBlank(bytes[offset - 1])
            {
                return offset
            }
        }
        return range.upperBound
    }
}
