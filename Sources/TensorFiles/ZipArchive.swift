/// An open ZIP archive whose directory has been checked: each entry lies within the file, before
/// the directory, and apart from the others; each local header agrees with the directory.
///
/// Source: PKWARE's APPNOTE.TXT 6.3.
struct ZipArchive {
    let file: InputFile
    /// In the directory's order.
    private(set) var entries: [ZipEntry] = []

    private static let endByteCount = 22
    private static let endSignature: UInt32 = 0x0605_4B50
    private static let locatorByteCount = 20
    private static let locatorSignature: UInt32 = 0x0706_4B50
    private static let end64ByteCount = 56
    private static let end64Signature: UInt32 = 0x0606_4B50
    private static let entryByteCount = 46
    private static let entrySignature: UInt32 = 0x0201_4B50
    private static let localByteCount = 30
    private static let localSignature: UInt32 = 0x0403_4B50

    init(_ file: InputFile) throws(TensorFileError) {
        self.file = file
        let (directory, count) = try findDirectory()
        try readDirectory(directory, count: count)
        try locateEntries(before: directory.lowerBound)
    }

    /// The content of an entry, its checksum verified.
    func read(_ entry: ZipEntry) throws(TensorFileError) -> [UInt8] {
        var content = try file.bytes(at: entry.bytes.lowerBound, count: entry.bytes.count)
        if entry.method == .deflated {
            do throws(Inflater.Failure) {
                content = try Inflater.inflate(content, byteCount: entry.byteCount)
            } catch {
                throw damaged(entry, error)
            }
        }
        var checksum = CRC32()
        content.withUnsafeBytes { checksum.update($0) }
        try check(checksum, of: entry)
        return content
    }

    /// At most the first `byteCount` bytes of an entry; its checksum can't be verified.
    func readPrefix(_ entry: ZipEntry, byteCount: Int) throws(TensorFileError) -> [UInt8] {
        let count = min(byteCount, entry.byteCount)
        switch entry.method {
        case .stored:
            return try file.bytes(at: entry.bytes.lowerBound, count: count)
        case .deflated:
            let content = try file.bytes(at: entry.bytes.lowerBound, count: entry.bytes.count)
            do throws(Inflater.Failure) {
                return try Inflater.inflatePrefix(content, byteCount: count)
            } catch {
                throw damaged(entry, error)
            }
        }
    }

    func check(_ checksum: CRC32, of entry: ZipEntry) throws(TensorFileError) {
        guard checksum.value == entry.checksum else {
            throw fail(
                "entry \(TensorFileError.quote(entry.name)): expected the CRC-32 "
                    + "\(Self.hexadecimal(entry.checksum)), "
                    + "found \(Self.hexadecimal(checksum.value))",
                help: "the archive is damaged; copy or download it again")
        }
    }

    private func damaged(_ entry: ZipEntry, _ failure: Inflater.Failure) -> TensorFileError {
        fail(
            "entry \(TensorFileError.quote(entry.name)): compressed data, byte "
                + "\(entry.bytes.lowerBound + failure.offset): \(failure.message)",
            help: "the archive is damaged; copy or download it again")
    }

    private func fail(_ message: String, help: String? = nil) -> TensorFileError {
        TensorFileError(path: file.path, message: message, help: help)
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    // MARK: The directory

    /// Finds the directory through the record at the file's end, which a comment may follow.
    private func findDirectory() throws(TensorFileError) -> (Range<Int>, count: Int) {
        let tailCount = min(file.byteCount, Self.endByteCount + Int(UInt16.max))
        let tailStart = file.byteCount - tailCount
        let tail = try file.bytes(at: tailStart, count: tailCount)
        var position = tailCount - Self.endByteCount
        while position >= 0 {
            if LittleEndian.load(tail, at: position, as: UInt32.self) == Self.endSignature,
                position + Self.endByteCount + Int(field(tail, position + 20)) == tailCount
            {
                break
            }
            position -= 1
        }
        guard position >= 0 else {
            let start = try file.bytes(
                at: 0, count: min(file.byteCount, TensorFileFormat.sniffedByteCount))
            if let foreign = TensorFileFormat.foreignFormat(start) {
                throw fail(
                    "expected npz, as the extension says, found \(foreign)",
                    help: TensorFileFormat.help(about: foreign)
                        ?? "convert it to safetensors, npz or npy first")
            }
            throw fail(
                "expected a ZIP directory at the end of the file, found none",
                help: "this is no archive, or it was cut short; copy or download it again")
        }
        let end = tailStart + position
        var start = Int(LittleEndian.load(tail, at: position + 16, as: UInt32.self))
        var size = Int(LittleEndian.load(tail, at: position + 12, as: UInt32.self))
        var count = Int(field(tail, position + 10))
        var isSplit =
            field(tail, position + 4) != 0 || field(tail, position + 6) != 0
            || field(tail, position + 8) != field(tail, position + 10)
        var limit = end
        if start == UInt32.max || size == UInt32.max || count == UInt16.max,
            let (record, at) = try end64(before: end)
        {
            let (disks, sizes) = (Array(record[16..<24]), Array(record[24...]))
            isSplit = disks.contains { $0 != 0 } || sizes[..<8] != sizes[8..<16]
            count = Int(clamping: LittleEndian.load(sizes, at: 8, as: UInt64.self))
            size = Int(clamping: LittleEndian.load(sizes, at: 16, as: UInt64.self))
            start = Int(clamping: LittleEndian.load(sizes, at: 24, as: UInt64.self))
            limit = at
        }
        guard !isSplit else {
            throw fail(
                "the archive is split over several files", help: "join the parts: zip -s 0")
        }
        guard start <= limit, size == limit - start else {
            throw fail(
                "expected the ZIP directory to end at byte \(limit), "
                    + "found \(TensorFileError.bytes(size)) at byte \(start)",
                help: "the archive is damaged; copy or download it again")
        }
        guard count <= size / Self.entryByteCount else {
            throw fail(
                "expected at most \(size / Self.entryByteCount) entries in a ZIP directory of "
                    + "\(TensorFileError.bytes(size)), found \(count)",
                help: "the archive is damaged; copy or download it again")
        }
        return (start..<limit, count)
    }

    private func field(_ bytes: [UInt8], _ offset: Int) -> UInt16 {
        LittleEndian.load(bytes, at: offset, as: UInt16.self)
    }

    /// The zip64 record, if the locator before the end record names one.
    private func end64(before end: Int) throws(TensorFileError) -> ([UInt8], at: Int)? {
        let locatorStart = end - Self.locatorByteCount
        guard locatorStart >= Self.end64ByteCount else { return nil }
        let locator = try file.bytes(at: locatorStart, count: Self.locatorByteCount)
        guard LittleEndian.load(locator, at: 0, as: UInt32.self) == Self.locatorSignature else {
            return nil
        }
        let start = Int(clamping: LittleEndian.load(locator, at: 8, as: UInt64.self))
        guard start <= locatorStart - Self.end64ByteCount else {
            throw fail(
                "expected the zip64 record before byte \(locatorStart), found it at byte \(start)",
                help: "the archive is damaged; copy or download it again")
        }
        let record = try file.bytes(at: start, count: Self.end64ByteCount)
        guard LittleEndian.load(record, at: 0, as: UInt32.self) == Self.end64Signature else {
            throw fail(
                "expected the zip64 record at byte \(start), found something else",
                help: "the archive is damaged; copy or download it again")
        }
        return (record, start)
    }

    private mutating func readDirectory(
        _ range: Range<Int>, count: Int
    ) throws(TensorFileError) {
        let bytes = try file.bytes(at: range.lowerBound, count: range.count)
        var offset = 0
        for index in 0..<count {
            let place = "ZIP directory, entry \(index) at byte \(range.lowerBound + offset)"
            let help = "the archive is damaged; copy or download it again"
            guard bytes.count - offset >= Self.entryByteCount,
                LittleEndian.load(bytes, at: offset, as: UInt32.self) == Self.entrySignature
            else { throw fail("\(place): expected an entry, found something else", help: help) }
            let nameEnd = offset + Self.entryByteCount + Int(field(bytes, offset + 28))
            let extraEnd = nameEnd + Int(field(bytes, offset + 30))
            let end = extraEnd + Int(field(bytes, offset + 32))
            guard end <= bytes.count else {
                throw fail("\(place): it reaches beyond the directory", help: help)
            }
            let nameBytes = bytes[(offset + Self.entryByteCount)..<nameEnd]
            guard let name = String(validating: nameBytes, as: UTF8.self) else {
                throw fail("\(place): its name is not valid UTF-8", help: help)
            }
            let entry = try Self.entry(
                name, fixed: Array(bytes[offset..<(offset + Self.entryByteCount)]),
                extra: Array(bytes[nameEnd..<extraEnd])
            ) { fail("entry \(TensorFileError.quote(name)): \($0)", help: $1) }
            entries.append(entry)
            offset = end
        }
        guard offset == bytes.count else {
            throw fail(
                "expected the ZIP directory's \(count) entries to end at byte \(range.upperBound), "
                    + "they end at byte \(range.lowerBound + offset)",
                help: "the archive is damaged; copy or download it again")
        }
    }

    private static func entry(
        _ name: String, fixed: [UInt8], extra: [UInt8],
        fail: (_ message: String, _ help: String) -> TensorFileError
    ) throws(TensorFileError) -> ZipEntry {
        let flags = LittleEndian.load(fixed, at: 8, as: UInt16.self)
        guard flags & 0x2041 == 0 else {
            throw fail("it is encrypted", "save the archive without a password")
        }
        let method: ZipEntry.Method
        switch LittleEndian.load(fixed, at: 10, as: UInt16.self) {
        case 0: method = .stored
        case 8: method = .deflated
        case let other:
            let known: [UInt16: String] = [
                9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ",
            ]
            throw fail(
                "expected it stored or deflated, found method \(other)"
                    + (known[other].map { " (\($0))" } ?? ""),
                "save the archive with numpy.savez or numpy.savez_compressed")
        }
        var compressed = Int(LittleEndian.load(fixed, at: 20, as: UInt32.self))
        var size = Int(LittleEndian.load(fixed, at: 24, as: UInt32.self))
        var header = Int(LittleEndian.load(fixed, at: 42, as: UInt32.self))
        // The zip64 field holds, in this order, those that don't fit in 32 bits.
        if size == UInt32.max || compressed == UInt32.max || header == UInt32.max {
            var wide = zip64Field(in: extra)[...]
            func widen(_ value: inout Int) throws(TensorFileError) {
                guard value == UInt32.max else { return }
                guard wide.count >= 8 else {
                    throw fail(
                        "its zip64 field is missing or too short",
                        "the archive is damaged; copy or download it again")
                }
                value = Int(
                    clamping: LittleEndian.load(Array(wide.prefix(8)), at: 0, as: UInt64.self))
                wide = wide.dropFirst(8)
            }
            try widen(&size)
            try widen(&compressed)
            try widen(&header)
        }
        let isPossible =
            switch method {
            case .stored: size == compressed
            case .deflated: size / Inflater.maximumRatio <= compressed
            }
        guard isPossible else {
            throw fail(
                "\(TensorFileError.bytes(compressed)) in the archive can't be "
                    + "\(TensorFileError.bytes(size)) of content",
                "the archive is damaged; copy or download it again")
        }
        return ZipEntry(
            name: name, method: method, checksum: LittleEndian.load(fixed, at: 16, as: UInt32.self),
            compressedByteCount: compressed, byteCount: size, headerOffset: header)
    }

    /// The content of the extra field with id 1.
    private static func zip64Field(in extra: [UInt8]) -> [UInt8] {
        var offset = 0
        while extra.count - offset >= 4 {
            let size = Int(LittleEndian.load(extra, at: offset + 2, as: UInt16.self))
            let end = offset + 4 + size
            guard end <= extra.count else { break }
            if LittleEndian.load(extra, at: offset, as: UInt16.self) == 1 {
                return Array(extra[(offset + 4)..<end])
            }
            offset = end
        }
        return []
    }

    // MARK: The entries

    private mutating func locateEntries(before directoryStart: Int) throws(TensorFileError) {
        for index in entries.indices {
            entries[index].bytes = try locate(entries[index], before: directoryStart)
        }
        // Entries that share bytes make a small archive unfold to any size.
        var previous: ZipEntry?
        for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
            if let previous, entry.headerOffset < previous.bytes.upperBound {
                throw fail(
                    "entry \(TensorFileError.quote(entry.name)) at byte \(entry.headerOffset) "
                        + "overlaps \(TensorFileError.quote(previous.name)), "
                        + "which ends at byte \(previous.bytes.upperBound)",
                    help: "the archive is damaged; copy or download it again")
            }
            previous = entry
        }
    }

    private func locate(
        _ entry: ZipEntry, before directoryStart: Int
    ) throws(TensorFileError) -> Range<Int> {
        let place = "entry \(TensorFileError.quote(entry.name))"
        let help = "the archive is damaged; copy or download it again"
        let name = Array(entry.name.utf8)
        let headerCount = Self.localByteCount + name.count
        guard entry.headerOffset <= directoryStart - headerCount else {
            throw fail(
                "\(place): expected its header before the directory at byte \(directoryStart), "
                    + "found it at byte \(entry.headerOffset)",
                help: help)
        }
        let header = try file.bytes(at: entry.headerOffset, count: headerCount)
        let method: UInt16 = entry.method == .stored ? 0 : 8
        guard LittleEndian.load(header, at: 0, as: UInt32.self) == Self.localSignature,
            Int(field(header, 26)) == name.count,
            header[Self.localByteCount...].elementsEqual(name),
            field(header, 8) == method, field(header, 6) & 0x2041 == 0
        else {
            throw fail(
                "\(place): the header at byte \(entry.headerOffset) doesn't agree with the "
                    + "archive's directory",
                help: help)
        }
        let start = entry.headerOffset + headerCount + Int(field(header, 28))
        guard start <= directoryStart, entry.compressedByteCount <= directoryStart - start else {
            throw fail(
                "\(place): expected \(TensorFileError.bytes(entry.compressedByteCount)) at byte "
                    + "\(start), the directory starts at byte \(directoryStart)",
                help: help)
        }
        return start..<(start + entry.compressedByteCount)
    }
}
