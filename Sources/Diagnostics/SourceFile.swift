/// A text as the user wrote it, with its lines found.
///
/// Offsets are into `bytes`. A UTF-8 byte order mark stays in place, so that offsets are those of
/// the file on disk, but it takes no column and `lineText` doesn't show it.
package final class SourceFile: Sendable {
    /// The path as the user gave it, for display.
    package let path: String
    /// The file's bytes; nothing is assumed about their encoding.
    package let bytes: [UInt8]
    /// The offset at which each line starts; the first is after a byte order mark.
    private let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        self.lineStarts = Self.findLineStarts(in: bytes)
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// How many lines the text has: a final line ending doesn't open another, and an empty text
    /// has one empty line.
    package var lineCount: Int { lineStarts.count }

    /// The place of a byte. An offset inside a line ending, or past it at the end of the text, is
    /// the place just after the line's last character.
    package func location(at offset: Int) -> SourceLocation {
        let line = lineNumber(at: offset)
        let range = byteRange(ofLine: line)
        let end = min(max(offset, range.lowerBound), range.upperBound)
        var column = 1 + UTF8Decoder.scalarCount(of: bytes, in: range.lowerBound..<end)
        // Inside a character: the column is that of the character.
        if end < range.upperBound, column > 1, UTF8Decoder.isContinuation(bytes[end]) {
            column -= 1
        }
        return SourceLocation(line: line, column: column)
    }

    /// A line's text without its ending; what isn't UTF-8 is shown as U+FFFD. Empty for a line
    /// the file doesn't have.
    package func lineText(_ line: Int) -> String {
        guard line >= 1, line <= lineCount else { return "" }
        return String(decoding: bytes[byteRange(ofLine: line)], as: UTF8.self)
    }

    /// The number of the line a byte is on, from 1.
    package func lineNumber(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line without its ending.
    package func byteRange(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    /// A span of this file.
    package func span(_ range: Range<Int>) -> SourceSpan {
        SourceSpan(file: self, range: SourceRange(range))
    }

    private static func findLineStarts(in bytes: [UInt8]) -> [Int] {
        let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        var starts = [hasByteOrderMark ? 3 : 0]
        bytes.withUnsafeBufferPointer { bytes in
            var index = starts[0]
            let count = bytes.count
            while index < count {
                // Lines are found eight bytes at a time: no byte below 0x0E, no line ending.
                while index + 8 <= count, !ByteWord(bytes, at: index).hasByte(below: 0x0E) {
                    index += 8
                }
                if index == count { break }
                let byte = bytes[index]
                index += 1
                if byte > 0x0D { continue }
                if byte == UInt8(ascii: "\r") {
                    if index < count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
                } else if byte != UInt8(ascii: "\n") {
                    continue
                }
                if index < count { starts.append(index) }
            }
        }
        return starts
    }
}

/// A place in a text as editors count it: both from 1, columns in Unicode scalars.
package struct SourceLocation: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A half-open range of UTF-8 byte offsets.
package struct SourceRange: Hashable, Sendable {
    package var lowerBound: Int
    package var upperBound: Int

    package init(lowerBound: Int, upperBound: Int) {
        self.lowerBound = lowerBound
        self.upperBound = max(lowerBound, upperBound)
    }

    package init(_ range: Range<Int>) {
        self.init(lowerBound: range.lowerBound, upperBound: range.upperBound)
    }

    package var isEmpty: Bool { lowerBound == upperBound }

    /// The smallest range that holds both.
    package func union(_ other: SourceRange) -> SourceRange {
        SourceRange(
            lowerBound: min(lowerBound, other.lowerBound),
            upperBound: max(upperBound, other.upperBound))
    }
}

/// A range of one file.
package struct SourceSpan: Sendable {
    package let file: SourceFile
    package var range: SourceRange

    package init(file: SourceFile, range: SourceRange) {
        self.file = file
        self.range = range
    }

    package var start: SourceLocation { file.location(at: range.lowerBound) }
    package var end: SourceLocation { file.location(at: range.upperBound) }

    /// The text of the span; what isn't UTF-8 is shown as U+FFFD.
    package var text: String {
        let lower = min(max(range.lowerBound, 0), file.bytes.count)
        let upper = min(max(range.upperBound, lower), file.bytes.count)
        return String(decoding: file.bytes[lower..<upper], as: UTF8.self)
    }
}
