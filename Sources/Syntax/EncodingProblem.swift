import Diagnostics

/// The wording for files that aren't text in UTF-8.
enum EncodingProblem {
    /// A problem that the first bytes show.
    static func byteOrderMark(of file: SourceFile) -> Diagnostic? {
        let bytes = file.bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return Diagnostic(
                .notUTF8, "the file is UTF-16, not UTF-8", at: file.span(0..<2),
                label: "the byte order mark of UTF-16", helps: ["save the file as UTF-8"])
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return Diagnostic(
                .notUTF8, "the file is a ZIP archive, not a YAML text", at: file.span(0..<2),
                label: "a ZIP archive begins like this",
                helps: ["a model saved by Keras (`.keras`) is such an archive, not a model spec"])
        }
        return nil
    }

    /// A problem that libyaml met at some byte.
    static func diagnostic(_ problem: String, at offset: Int, in file: SourceFile) -> Diagnostic {
        let bytes = file.bytes
        let offset = min(offset, max(0, bytes.count - 1))
        let byte = bytes[offset]
        let (scalar, length) = bytes.withUnsafeBufferPointer { UTF8Decoder.decode($0, at: offset) }
        let span = file.span(offset..<offset + length)
        if byte == 0 || scalar != "\u{FFFD}" {
            return controlCharacter(scalar, span)
        }
        let name = "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        var notes: [String] = []
        if byte >= 0xA0 {
            notes.append("in Latin-1 the byte is `\(Unicode.Scalar(byte))`")
        }
        return Diagnostic(
            .notUTF8, "the file is not UTF-8 text", at: span,
            label: "the byte \(name) is not valid here", notes: notes,
            helps: ["save the file as UTF-8"])
    }

    private static func controlCharacter(_ scalar: Unicode.Scalar, _ span: SourceSpan) -> Diagnostic
    {
        if scalar == "\0" {
            let start = span.file.bytes.prefix(8)
            let looksWide = start.count { $0 == 0 } * 2 >= start.count
            return Diagnostic(
                .controlCharacter, "the file holds a NUL byte, so it is no text", at: span,
                label: "a NUL byte",
                helps: [
                    looksWide
                        ? "the file looks like UTF-16: save it as UTF-8"
                        : "check that this is the file you meant"
                ])
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Diagnostic(
            .controlCharacter, "the control character \(name) is not allowed", at: span,
            label: "not allowed in YAML",
            helps: ["remove it, or write it as an escape in double quotes"])
    }
}
