import Diagnostics

/// How the protocol counts the characters of a line. UTF-16 is what all clients know; UTF-8 is used
/// where it is offered.
enum PositionEncoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"

    /// How many units the bytes of a text take.
    fileprivate func count(_ bytes: ArraySlice<UInt8>) -> Int {
        switch self {
        case .utf8: bytes.count
        case .utf16: bytes.reduce(0) { $0 + Self.units(of: $1) }
        }
    }

    /// The UTF-16 units of the character that a byte of UTF-8 begins; 0 for one that goes on.
    fileprivate static func units(of byte: UInt8) -> Int {
        UTF8Decoder.isContinuation(byte) ? 0 : byte >= 0xF0 ? 2 : 1
    }
}

/// A text that a client edits, with its lines found.
///
/// Any position is one of the text: what is past the end of a line, or of the text, is the end.
struct TextDocument: Sendable {
    private(set) var bytes: [UInt8]
    private let encoding: PositionEncoding
    /// The offset at which each line starts; behind a final line ending there is one more line.
    private var lineStarts: [Int]

    init(_ text: String, encoding: PositionEncoding) {
        bytes = Array(text.utf8)
        self.encoding = encoding
        lineStarts = Self.findLineStarts(bytes)
    }

    /// Replaces a range, or all of the text where that is nil.
    mutating func replace(_ range: TextRange?, with text: String) {
        if let range {
            let (a, b) = (offset(of: range.start), offset(of: range.end))
            bytes.replaceSubrange(min(a, b)..<max(a, b), with: text.utf8)
        } else {
            bytes = Array(text.utf8)
        }
        lineStarts = Self.findLineStarts(bytes)
    }

    func position(at offset: Int) -> TextPosition {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let line = content(ofLine: low)
        var end = min(offset, line.upperBound)
        // Inside a character: its start.
        while end > line.lowerBound, end < line.upperBound,
            UTF8Decoder.isContinuation(bytes[end])
        {
            end -= 1
        }
        return TextPosition(
            line: low, character: encoding.count(bytes[line.lowerBound..<end]))
    }

    func range(_ range: Range<Int>) -> TextRange {
        TextRange(start: position(at: range.lowerBound), end: position(at: range.upperBound))
    }

    func range(_ span: SourceSpan) -> TextRange {
        range(span.range.lowerBound..<span.range.upperBound)
    }

    func offset(of position: TextPosition) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < lineStarts.count else { return bytes.count }
        let line = content(ofLine: position.line)
        if encoding == .utf8 {
            guard position.character < line.count else { return line.upperBound }
            var offset = line.lowerBound + max(0, position.character)
            while offset > line.lowerBound, UTF8Decoder.isContinuation(bytes[offset]) {
                offset -= 1
            }
            return offset
        }
        var left = position.character
        var offset = line.lowerBound
        while offset < line.upperBound, left > 0 {
            left -= PositionEncoding.units(of: bytes[offset])
            if left < 0 { break }  // between the halves of a character
            offset += 1
            while offset < line.upperBound, UTF8Decoder.isContinuation(bytes[offset]) {
                offset += 1
            }
        }
        return offset
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// The end of a block that begins at a place: of its line, and of those that are indented as far.
    func endOfBlock(at start: Int) -> Int {
        let first = position(at: start).line
        let column = start - lineStarts[first]
        var end = content(ofLine: first).upperBound
        for line in (first + 1)..<max(lineStarts.count, first + 1) {
            let content = content(ofLine: line)
            let indentation = bytes[content].prefix { $0 == UInt8(ascii: " ") }.count
            if indentation == content.count { continue }
            if indentation < column { break }
            end = content.upperBound
        }
        return max(end, start)
    }

    /// The bytes of a line (from 0) without its ending.
    private func content(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line]
        guard line + 1 < lineStarts.count else { return start..<bytes.count }
        var end = lineStarts[line + 1] - 1
        if end > start, bytes[end] == UInt8(ascii: "\n"), bytes[end - 1] == UInt8(ascii: "\r") {
            end -= 1
        }
        return start..<end
    }

    private static func findLineStarts(_ bytes: [UInt8]) -> [Int] {
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
            if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            starts.append(index + 1)
        }
        return starts
    }
}
