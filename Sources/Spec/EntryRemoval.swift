import Diagnostics
import Syntax

extension SyntaxEntry {
    /// A fix that takes the entry out of the mapping it is written in, with its comma or its lines; nil
    /// where it isn't written there by itself.
    func removal(_ text: String) -> FixIt? {
        let file = key.span.file
        let bytes = file.bytes
        let start = key.span.range.lowerBound
        let end = max(key.span.range.upperBound, value.span.range.upperBound)
        guard key.isWritten, start < key.span.range.upperBound,
            value.span.range.isEmpty || value.span.range.lowerBound >= key.span.range.upperBound,
            end <= bytes.count
        else { return nil }
        func isBlank(_ offset: Int) -> Bool {
            bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t")
        }
        func isSpace(_ offset: Int) -> Bool {
            isBlank(offset) || bytes[offset] == UInt8(ascii: "\n")
                || bytes[offset] == UInt8(ascii: "\r")
        }
        var next = end
        while next < bytes.count, isSpace(next) { next += 1 }
        if next < bytes.count, bytes[next] == UInt8(ascii: ",") {
            next += 1
            while next < bytes.count, isBlank(next) { next += 1 }
            return FixIt(span: file.span(start..<next), replacement: "", text: text)
        }
        if next < bytes.count, bytes[next] == UInt8(ascii: "}") {
            var before = start
            while before > 0, isSpace(before - 1) { before -= 1 }
            guard before > 0 else { return nil }
            let isAlone = bytes[before - 1] == UInt8(ascii: "{")
            guard isAlone || bytes[before - 1] == UInt8(ascii: ",") else { return nil }
            return FixIt(
                span: file.span((isAlone ? start : before - 1)..<end), replacement: "", text: text)
        }
        // In lines: nothing but blanks before it, and a comment at most behind it.
        let lines = file.lineNumber(at: start)...file.lineNumber(at: max(start, end - 1))
        let line = file.byteRange(ofLine: lines.lowerBound)
        let last = file.byteRange(ofLine: lines.upperBound)
        guard (line.lowerBound..<start).allSatisfy(isBlank), end <= last.upperBound else {
            return nil
        }
        var rest = end
        while rest < last.upperBound, isBlank(rest) { rest += 1 }
        guard rest == last.upperBound || bytes[rest] == UInt8(ascii: "#") else { return nil }
        let stop =
            lines.upperBound < file.lineCount
            ? file.byteRange(ofLine: lines.upperBound + 1).lowerBound : last.upperBound
        return FixIt(span: file.span(line.lowerBound..<stop), replacement: "", text: text)
    }
}
