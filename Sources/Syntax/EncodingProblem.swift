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
        for (start, kind, help) in binaryFiles where bytes.starts(with: start) {
            return binary(kind, help, file, start.count)
        }
        if bytes.dropFirst(4).starts(with: "TFL3".utf8) {
            return binary("a TensorFlow Lite model", specHelp, file, 8)
        }
        // The length of the header in 8 bytes, and a header in JSON.
        if bytes.count > 10, bytes[7] == 0, bytes.dropFirst(8).starts(with: #"{""#.utf8) {
            return binary(
                "a safetensors file",
                "it holds a model's weights: name it in the spec, `weights: model.safetensors`",
                file, 4)
        }
        return protocolBuffer(file)
    }

    private static func binary(
        _ kind: String, _ help: String, _ file: SourceFile, _ length: Int
    ) -> Diagnostic {
        Diagnostic(
            .notUTF8, "the file is \(kind), not a YAML text",
            at: file.span(0..<min(length, 4)), label: "\(kind) begins like this", helps: [help])
    }

    /// Models of ONNX and TensorFlow: the first field is a small number, the version, and texts or
    /// messages with their lengths follow.
    private static func protocolBuffer(_ file: SourceFile) -> Diagnostic? {
        let bytes = file.bytes
        guard bytes.count > 16, bytes[0] == 0x08, (1...32).contains(bytes[1]) else { return nil }
        let isSavedModel = bytes[1] == 1 && bytes[2] == 0x12
        // ModelProto: producer_name, graph, opset_import.
        guard isSavedModel || [0x12, 0x3A, 0x42].contains(bytes[2]) else { return nil }
        return binary(
            isSavedModel ? "a TensorFlow SavedModel" : "an ONNX model",
            isSavedModel
                ? specHelp
                : "bnc reads no ONNX: a spec lists the layers in YAML, `layers:` and "
                    + "`  - Dense: {units: 10}`, and their weights go in a safetensors file",
            file, 4)
    }

    private static let specHelp = "give the spec, a YAML text that begins with `layers:`"

    /// Files that are given in the place of a spec, by their first bytes.
    private static let binaryFiles: [(start: [UInt8], kind: String, help: String)] = [
        (
            [0x50, 0x4B, 0x03, 0x04], "a ZIP archive",
            "a model saved by Keras (`.keras`) or PyTorch is such an archive, not a model spec"
        ),
        (
            [0x89, 0x48, 0x44, 0x46], "an HDF5 file",
            "weights saved by Keras (`.h5`) are such a file; a spec is a text that begins with "
                + "`layers:`"
        ),
        ([0x1F, 0x8B], "a gzip archive", "unpack it first"),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", "give the spec, a YAML text"),
        ([0x80, 0x02], "a Python pickle", pickleHelp),
        ([0x80, 0x03], "a Python pickle", pickleHelp),
        ([0x80, 0x04], "a Python pickle", pickleHelp),
        ([0x80, 0x05], "a Python pickle", pickleHelp),
        (Array("GGUF".utf8), "a GGUF file", specHelp),
        (Array("%PDF".utf8), "a PDF document", specHelp),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image", imageHelp),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", imageHelp),
        ([0x7F, 0x45, 0x4C, 0x46], "a program", specHelp),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive", "unpack it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an XZ archive", "unpack it first"),
    ]

    private static let pickleHelp = "give the spec, a YAML text; weights go in a safetensors file"
    private static let imageHelp =
        "give the spec, a YAML text; `bnc run` predicts from arrays, such as `--input images.npy`"

    /// Whether the first bytes hold more of what no text holds than a slip can leave.
    static func isBinary(_ file: SourceFile) -> Bool {
        let bytes = file.bytes.prefix(1024)
        // UTF-16 without a mark.
        if bytes.count(where: { $0 == 0 }) * 2 + 1 >= bytes.count { return false }
        let strange = bytes.count { $0 < 0x20 && !TextScanner.isSpace($0) || $0 == 0x7F }
        return strange >= 8 && strange * 20 > bytes.count
    }

    /// A problem that libyaml met at some byte.
    static func diagnostic(_ problem: String, at offset: Int, in file: SourceFile) -> Diagnostic {
        let bytes = file.bytes
        var offset = min(offset, max(0, bytes.count - 1))
        // libyaml points at the byte that doesn't go on with a sequence, not at the one that begins it.
        if bytes[offset] != 0 {
            let start = max(0, offset - 3)
            let broken = bytes.withUnsafeBufferPointer { bytes in
                (start..<offset).last {
                    bytes[$0] > 0x7F && UTF8Decoder.decode(bytes, at: $0).scalar == "\u{FFFD}"
                        && !UTF8Decoder.isContinuation(bytes[$0])
                }
            }
            if let broken { offset = broken }
        }
        if isBinary(file) {
            return Diagnostic(
                .notUTF8, "the file is no text", at: file.span(offset..<offset + 1),
                label: "a byte that no text holds",
                helps: ["check that this is the file you meant: a spec is a YAML text"])
        }
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
