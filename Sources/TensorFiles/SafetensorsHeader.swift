/// The JSON at the start of a safetensors file, read and checked against the file's size.
///
/// A file is: the header's length (8 bytes, little-endian), the header, the tensors' bytes.
///
///     {"__metadata__": {"format": "np"},
///      "dense/kernel": {"dtype": "F32", "shape": [4, 2], "data_offsets": [0, 32]}}
///
/// `data_offsets` count from the header's end. The tensors must fill the rest of the file exactly,
/// without overlap or hole, so that nothing can hide in it and a truncated file is noticed.
///
/// Source: https://github.com/huggingface/safetensors#format
struct SafetensorsHeader {
    struct Entry: Sendable {
        let name: String
        let shape: [Int]
        let elementType: TensorElementType
        /// From the start of the file, checked to lie in it.
        let bytes: Range<Int>
    }

    /// The reference implementation's limit.
    static let maximumByteCount = 100_000_000
    static let metadataKey = "__metadata__"

    private(set) var entries: [Entry] = []
    private(set) var metadata: [String: String] = [:]
    private(set) var byteCount = 0

    private let origin: TensorOrigin
    private let fileByteCount: Int

    /// Throws for a file that begins as one of another format.
    private static func requireNoOtherFormat(
        _ start: [UInt8], _ origin: TensorOrigin
    ) throws(TensorFileError) {
        switch TensorFileFormat(sniffing: start) {
        case .npy?:
            throw origin.error(
                "expected safetensors, found the content of an npy file",
                help: "it holds one tensor without a name: save all of them by "
                    + "`safetensors.numpy.save_file`, under `<layer name>/<variable>`")
        case .npz?:
            throw origin.error(
                "expected safetensors, found a ZIP archive, as `.npz`, `.keras` and PyTorch's `.pt` are",
                help:
                    "load it in Python, and save the tensors by `safetensors.numpy.save_file`, under "
                    + "`<layer name>/<variable>`")
        // The length may look like the start of anything: 640 is that of a Python pickle.
        case .safetensors?: return
        case nil: break
        }
        if let foreign = TensorFileFormat.foreignFormat(start) {
            throw origin.error(
                "expected safetensors, found \(foreign)",
                help: TensorFileFormat.help(about: foreign)
                    ?? "load it in Python, and save the tensors by `safetensors.numpy.save_file`, under "
                    + "`<layer name>/<variable>`")
        }
    }

    init(reading file: InputFile) throws(TensorFileError) {
        origin = TensorOrigin(path: file.path)
        fileByteCount = file.byteCount
        guard file.byteCount >= 8 else {
            throw origin.error(
                "expected the header's length in the first 8 bytes, "
                    + "found \(TensorFileError.bytes(file.byteCount))",
                help: "this is no safetensors file, or only the start of one")
        }
        let prefix = try file.bytes(
            at: 0, count: min(file.byteCount, TensorFileFormat.sniffedByteCount))
        try Self.requireNoOtherFormat(prefix, origin)
        let length = prefix[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.maximumByteCount), length >= 2 else {
            throw origin.error(
                "expected a header of 2 to \(Self.maximumByteCount) bytes, found \(length) "
                    + "at byte 0",
                help: "this is no safetensors file: its first 8 bytes give the header's length")
        }
        guard Int(length) <= file.byteCount - 8 else {
            throw origin.error(
                "expected a header of \(length) bytes at byte 8, "
                    + "found \(TensorFileError.bytes(file.byteCount - 8))",
                help: "the file was cut short; copy or download it again")
        }
        byteCount = Int(length)
        guard prefix[8] == UInt8(ascii: "{") else {
            throw origin.error(
                "expected the header to start with '{' at byte 8, "
                    + "found byte 0x\(String(prefix[8], radix: 16))",
                help: "this is no safetensors file")
        }
        try parse(try file.bytes(at: 8, count: byteCount))
        try checkLayout()
    }

    private mutating func parse(_ text: [UInt8]) throws(TensorFileError) {
        var reader = JSONReader(text)
        var seen: Set<[UInt8]> = []
        do throws(JSONReader.Failure) {
            try reader.object { (reader, key, keyOffset) throws(JSONReader.Failure) in
                // By bytes: as Swift strings, names that differ in normalization are equal.
                guard seen.insert(Array(key.utf8)).inserted else {
                    throw JSONReader.Failure(
                        message: "the name \(TensorFileError.quote(key)) stands there twice",
                        offset: keyOffset)
                }
                if key == Self.metadataKey {
                    try parseMetadata(&reader)
                } else {
                    try parseEntry(&reader, key, keyOffset)
                }
            }
            try reader.end()
        } catch {
            throw origin.error(
                "header, byte \(8 + error.offset): \(error.message)",
                help: error.help
                    ?? "write the file again; its header is not what safetensors writes")
        }
    }

    private mutating func parseMetadata(_ reader: inout JSONReader) throws(JSONReader.Failure) {
        try reader.object { (reader, key, keyOffset) throws(JSONReader.Failure) in
            let value = try reader.string()
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw JSONReader.Failure(
                    message: "the metadata key \(TensorFileError.quote(key)) stands there twice",
                    offset: keyOffset)
            }
        }
    }

    private mutating func parseEntry(
        _ reader: inout JSONReader, _ name: String, _ nameOffset: Int
    ) throws(JSONReader.Failure) {
        var elementType: TensorElementType?
        var shape: [Int]?
        var offsets: [Int]?
        func fail(
            _ message: String, at offset: Int, help: String? = nil
        ) -> JSONReader.Failure {
            JSONReader.Failure(
                message: "tensor \(TensorFileError.quote(name)): \(message)", offset: offset,
                help: help)
        }
        do throws(JSONReader.Failure) {
            try reader.object { (reader, key, keyOffset) throws(JSONReader.Failure) in
                func once(_ isNew: Bool) throws(JSONReader.Failure) {
                    guard !isNew else { return }
                    throw JSONReader.Failure(
                        message: "'\(key)' stands there twice", offset: keyOffset)
                }
                switch key {
                case "dtype":
                    try once(elementType == nil)
                    elementType = try Self.elementType(&reader)
                case "shape":
                    try once(shape == nil)
                    shape = try Self.counts(&reader, atMost: TensorShape.maximumRank)
                case "data_offsets":
                    try once(offsets == nil)
                    offsets = try Self.counts(&reader, atMost: 2)
                default:
                    try reader.skipValue()
                }
            }
        } catch {
            throw fail(error.message, at: error.offset, help: error.help)
        }
        guard let elementType, let shape, let offsets else {
            let missing =
                elementType == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
            throw fail("'\(missing)' is missing", at: nameOffset)
        }
        guard offsets.count == 2 else {
            throw fail("expected two 'data_offsets', found \(offsets.count)", at: nameOffset)
        }
        guard let size = TensorShape.byteCount(shape, elementType) else {
            throw fail("the shape \(shape) is larger than any file", at: nameOffset)
        }
        guard offsets[0] <= offsets[1], offsets[1] - offsets[0] == size else {
            throw fail(
                "expected \(TensorFileError.bytes(size)) for \(shape) of "
                    + "\(elementType.safetensorsName), found data_offsets \(offsets)",
                at: nameOffset)
        }
        // That they lie in the file is checked with the layout.
        let start = 8 + byteCount
        guard !start.addingReportingOverflow(offsets[1]).overflow else {
            throw fail("the data_offsets \(offsets) are larger than any file", at: nameOffset)
        }
        entries.append(
            Entry(
                name: name, shape: shape, elementType: elementType,
                bytes: (start + offsets[0])..<(start + offsets[1])))
    }

    private static func elementType(
        _ reader: inout JSONReader
    ) throws(JSONReader.Failure) -> TensorElementType {
        let start = reader.offset
        let name = try reader.string()
        guard let type = TensorElementType(safetensorsName: name) else {
            let known = TensorElementType.allCases.map(\.safetensorsName).joined(separator: ", ")
            throw JSONReader.Failure(
                message: "the dtype \(TensorFileError.quote(name)) is not supported, "
                    + "expected one of \(known)",
                offset: start,
                help: "convert the tensor before saving it, as in x.astype(\"float32\")")
        }
        return type
    }

    private static func counts(
        _ reader: inout JSONReader, atMost limit: Int
    ) throws(JSONReader.Failure) -> [Int] {
        var counts: [Int] = []
        try reader.array { (reader) throws(JSONReader.Failure) in
            guard counts.count < limit else { throw reader.unexpected("at most \(limit) numbers") }
            counts.append(try reader.count())
        }
        return counts
    }

    /// Throws unless the tensors fill the file from the header to its end, each byte once.
    private func checkLayout() throws(TensorFileError) {
        var end = 8 + byteCount
        let ordered = entries.sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        for entry in ordered {
            let place = TensorOrigin(path: origin.path, name: entry.name)
            let start = entry.bytes.lowerBound
            guard start >= end else {
                throw place.error(
                    "its data at byte \(start) overlaps another tensor's, "
                        + "which ends at byte \(end)",
                    help: "write the file again; each tensor needs bytes of its own")
            }
            guard start == end else {
                throw place.error(
                    "expected its data at byte \(end), found it at byte \(start): "
                        + "\(TensorFileError.bytes(start - end)) without a tensor",
                    help: "write the file again without holes between the tensors")
            }
            end = entry.bytes.upperBound
        }
        guard end <= fileByteCount else {
            throw origin.error(
                "expected \(TensorFileError.bytes(end)), found \(fileByteCount)",
                help: "the file was cut short; copy or download it again")
        }
        guard end == fileByteCount else {
            throw origin.error(
                "expected \(TensorFileError.bytes(end)), found \(fileByteCount): "
                    + "\(TensorFileError.bytes(fileByteCount - end)) at the end without a tensor",
                help: "write the file again, or cut it at byte \(end)")
        }
    }
}
