/// Writes a ZIP archive of stored entries.
///
/// Source: PKWARE's APPNOTE.TXT 6.3.
struct ZipWriter {
    struct Content {
        let name: String
        /// What comes before the tensor's bytes.
        let header: [UInt8]
        let tensor: Tensor

        var byteCount: Int { header.count + tensor.payload.byteCount }
    }

    /// Sizes and offsets from here on go into zip64 fields; tests lower it.
    var wideLimit = Int(UInt32.max)

    /// - Parameter writer: at the start of its file.
    func write(_ contents: [Content], to writer: inout FileWriter) throws(TensorFileError) {
        var directory: [UInt8] = []
        for content in contents {
            var checksum = CRC32()
            content.header.withUnsafeBytes { checksum.update($0) }
            content.tensor.withUnsafeBytes { checksum.update($0) }
            let name = Array(content.name.utf8)
            let size = content.byteCount
            let offset = writer.byteCount
            let isWide = size >= wideLimit

            var extra: [UInt8] = []
            if isWide {
                extra += bytes(UInt16(1)) + bytes(UInt16(16)) + bytes(UInt64(size)) * 2
            }
            try writer.write(
                bytes(UInt32(0x0403_4B50))
                    + common(checksum.value, size, name, isWide: isWide, extra: extra.count)
                    + name + extra)
            try writer.write(content.header)
            try writer.write(content.tensor)

            if offset >= wideLimit {
                extra =
                    bytes(UInt16(1)) + bytes(UInt16(isWide ? 24 : 8))
                    + (isWide ? bytes(UInt64(size)) * 2 : []) + bytes(UInt64(offset))
            }
            let wide = isWide || offset >= wideLimit
            directory += bytes(UInt32(0x0201_4B50))
            directory += bytes(UInt16(wide ? 45 : 20))
            directory += common(checksum.value, size, name, isWide: isWide, extra: extra.count)
            // No comment, disk 0, no attributes.
            directory += [UInt8](repeating: 0, count: 10)
            directory += bytes(narrow(offset)) + name + extra
        }
        try writeEnd(directory, count: contents.count, to: &writer)
    }

    private func writeEnd(
        _ directory: [UInt8], count: Int, to writer: inout FileWriter
    ) throws(TensorFileError) {
        let start = writer.byteCount
        try writer.write(directory)
        if start >= wideLimit || directory.count >= wideLimit || count >= Int(UInt16.max) {
            let position = writer.byteCount
            var end = bytes(UInt32(0x0606_4B50)) + bytes(UInt64(44))
            end += bytes(UInt16(45)) * 2 + bytes(UInt32(0)) * 2 + bytes(UInt64(count)) * 2
            end += bytes(UInt64(directory.count)) + bytes(UInt64(start))
            end += bytes(UInt32(0x0706_4B50)) + bytes(UInt32(0)) + bytes(UInt64(position))
            end += bytes(UInt32(1))
            try writer.write(end)
        }
        var end = bytes(UInt32(0x0605_4B50)) + bytes(UInt32(0))
        end += bytes(UInt16(clamping: count)) * 2
        end += bytes(narrow(directory.count)) + bytes(narrow(start)) + bytes(UInt16(0))
        try writer.write(end)
    }

    /// What local header and directory have in common: version to name and extra lengths.
    private func common(
        _ checksum: UInt32, _ size: Int, _ name: [UInt8], isWide: Bool, extra: Int
    ) -> [UInt8] {
        // Version; names are UTF-8; stored; midnight, 1 January 1980.
        bytes(UInt16(isWide ? 45 : 20)) + bytes(UInt16(0x0800)) + bytes(UInt16(0))
            + bytes(UInt16(0)) + bytes(UInt16(0x0021)) + bytes(checksum)
            + bytes(narrow(size)) * 2 + bytes(UInt16(name.count)) + bytes(UInt16(extra))
    }

    private func narrow(_ value: Int) -> UInt32 {
        value >= wideLimit ? .max : UInt32(value)
    }

    private func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        LittleEndian.bytes(of: value)
    }
}

extension [UInt8] {
    /// The bytes `times` times over.
    fileprivate static func * (bytes: [UInt8], times: Int) -> [UInt8] {
        Array(repeatElement(bytes, count: times).joined())
    }
}
