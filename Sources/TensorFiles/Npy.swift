/// NumPy's `.npy`: one array.
///
/// Versions 1 to 3, either byte order, row-major or column-major; numbers and booleans only.
///
/// Source: `numpy.lib.format`.
package enum Npy {
    /// Reads the one array of a file.
    package static func read(path: String) throws(TensorFileError) -> Tensor {
        let file = try InputFile(path: path, expected: "an npy file")
        var checksum = CRC32?.none
        return try read(
            file, bytes: 0..<file.byteCount, origin: TensorOrigin(path: path),
            checksum: &checksum)
    }

    /// Reads the header of a file and checks that the elements fill the rest of it.
    static func header(path: String) throws(TensorFileError) -> NpyHeader {
        let file = try InputFile(path: path, expected: "an npy file")
        let prefix = try file.bytes(
            at: 0, count: min(file.byteCount, NpyHeader.prefixByteCount))
        return try header(
            prefix: prefix, fileByteCount: file.byteCount, origin: TensorOrigin(path: path)
        ) { (count) throws(TensorFileError) in try file.bytes(at: 0, count: count) }
    }

    /// Reads an array from memory.
    ///
    /// - Parameter path: what errors call the bytes.
    package static func parse(
        _ bytes: [UInt8], path: String = ""
    ) throws(TensorFileError) -> Tensor {
        try parse(bytes, origin: TensorOrigin(path: path))
    }

    /// Writes one array, replacing the file as a whole or not at all.
    ///
    /// - Throws: for bfloat16, which NumPy doesn't have, or if the file can't be written.
    package static func write(_ tensor: Tensor, to path: String) throws(TensorFileError) {
        let header = try header(of: tensor, origin: TensorOrigin(path: path))
        try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
            try writer.write(header)
            try writer.write(tensor)
        }
    }

    static func parse(
        _ bytes: [UInt8], origin: TensorOrigin
    ) throws(TensorFileError) -> Tensor {
        let header = try header(
            prefix: Array(bytes.prefix(NpyHeader.prefixByteCount)), fileByteCount: bytes.count,
            origin: origin
        ) { (count) throws(TensorFileError) in Array(bytes[..<count]) }
        return tensor(
            header, TensorPayload(bytes[header.byteCount...], as: header.elementType),
            origin: origin)
    }

    /// Reads the array at `bytes` of a file, which may be an archive.
    ///
    /// - Parameter checksum: takes in all the bytes, if there is one.
    static func read(
        _ file: InputFile, bytes: Range<Int>, origin: TensorOrigin, checksum: inout CRC32?
    ) throws(TensorFileError) -> Tensor {
        var text: [UInt8] = []
        let prefix = try file.bytes(
            at: bytes.lowerBound, count: min(bytes.count, NpyHeader.prefixByteCount))
        let header = try header(
            prefix: prefix, fileByteCount: bytes.count, origin: origin
        ) { (count) throws(TensorFileError) in
            text = try file.bytes(at: bytes.lowerBound, count: count)
            return text
        }
        let payload = try TensorPayload(
            reading: file, at: bytes.lowerBound + header.byteCount,
            byteCount: header.dataByteCount, as: header.elementType)
        if checksum != nil {
            text.withUnsafeBytes { checksum?.update($0) }
            payload.withUnsafeBytes { checksum?.update($0) }
        }
        return tensor(header, consume payload, origin: origin)
    }

    /// Reads the header and checks that the elements fill the rest of the file.
    static func header(
        prefix: [UInt8], fileByteCount: Int, origin: TensorOrigin,
        text: (_ byteCount: Int) throws(TensorFileError) -> [UInt8]
    ) throws(TensorFileError) -> NpyHeader {
        let count = try NpyHeader.byteCount(
            prefix: prefix, fileByteCount: fileByteCount, origin: origin)
        let header = try NpyHeader(parsing: try text(count), origin: origin)
        let expected = header.dataByteCount
        let found = fileByteCount - count
        guard expected == found else {
            let help =
                found < expected
                ? "the file was cut short; save or copy it again"
                : "save the array again; one npy file holds one array"
            throw origin.error(
                "expected \(TensorFileError.bytes(expected)) at byte \(count) for "
                    + "\(header.shape) of \(header.elementType), found \(found)",
                help: help)
        }
        return header
    }

    /// Consumes the payload so that it is rearranged in place.
    private static func tensor(
        _ header: NpyHeader, _ payload: consuming TensorPayload, origin: TensorOrigin
    ) -> Tensor {
        let width = header.elementType.byteSize
        if header.isBigEndian { payload.swapBytes(width: width) }
        if header.isFortranOrder { payload.makeRowMajor(shape: header.shape, width: width) }
        return Tensor(
            shape: header.shape, elementType: header.elementType, payload: payload, origin: origin)
    }

    /// A header as NumPy writes it: version 1 unless it is too long, padded to 64 bytes.
    static func header(
        of tensor: Tensor, origin: TensorOrigin
    ) throws(TensorFileError) -> [UInt8] {
        guard let descriptor = tensor.elementType.npyDescriptor else {
            throw origin.error(
                "npy has no \(tensor.elementType)",
                help: "write a .safetensors file, or convert the tensor to float32")
        }
        let sizes = tensor.shape.map(String.init).joined(separator: ", ")
        let shape = tensor.shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
        let text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': \(shape), }"
        let end = 10 + text.utf8.count + 1
        let total = (end + 63) / 64 * 64
        // 64 dimensions of at most 20 digits fit in version 1's two bytes.
        precondition(total - 10 <= UInt16.max)
        let length = UInt16(total - 10)
        return NpyHeader.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
            + Array(text.utf8) + [UInt8](repeating: 0x20, count: total - end) + [0x0A]
    }
}
