/// NumPy's `.npz`: a ZIP archive of `.npy` files, stored or deflated.
///
/// Source: `numpy.savez`, `numpy.savez_compressed`.
package enum Npz {
    /// What an archive says of an array.
    package struct Entry: Sendable, Equatable {
        /// Without the `.npy`.
        package let name: String
        package let shape: [Int]
        package let elementType: TensorElementType
    }

    /// The arrays' names, shapes and types in the archive's order, without reading the elements.
    package static func entries(path: String) throws(TensorFileError) -> [Entry] {
        let archive = try ZipArchive(InputFile(path: path, expected: "an npz archive"))
        var result: [Entry] = []
        for (name, entry) in try arrays(of: archive) {
            let header = try Npy.header(
                prefix: try archive.readPrefix(entry, byteCount: NpyHeader.prefixByteCount),
                fileByteCount: entry.byteCount, origin: TensorOrigin(path: path, name: name)
            ) { (count) throws(TensorFileError) in
                try archive.readPrefix(entry, byteCount: count)
            }
            result.append(
                Entry(name: name, shape: header.shape, elementType: header.elementType))
        }
        return result
    }

    /// Reads all arrays in the archive's order; names are without the `.npy`.
    package static func read(
        path: String
    ) throws(TensorFileError) -> [(name: String, tensor: Tensor)] {
        let archive = try ZipArchive(InputFile(path: path, expected: "an npz archive"))
        var result: [(name: String, tensor: Tensor)] = []
        for (name, entry) in try arrays(of: archive) {
            result.append((name, try read(entry, of: archive, name: name)))
        }
        return result
    }

    /// Reads one array.
    package static func read(
        _ name: String, path: String
    ) throws(TensorFileError) -> Tensor {
        let archive = try ZipArchive(InputFile(path: path, expected: "an npz archive"))
        let arrays = try arrays(of: archive)
        guard let match = arrays.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            let suggestion = EditDistance.nearest(to: name, among: arrays.map(\.name))
            throw TensorFileError(
                path: path, message: "there is no array \(TensorFileError.quote(name))",
                help: suggestion.map { "did you mean \(TensorFileError.quote($0))?" })
        }
        return try read(match.entry, of: archive, name: match.name)
    }

    private static func read(
        _ entry: ZipEntry, of archive: ZipArchive, name: String
    ) throws(TensorFileError) -> Tensor {
        let origin = TensorOrigin(path: archive.file.path, name: name)
        guard entry.method == .stored else {
            return try Npy.parse(try archive.read(entry), origin: origin)
        }
        // Straight from the file into the tensor.
        var checksum: CRC32? = CRC32()
        let tensor = try Npy.read(
            archive.file, bytes: entry.bytes, origin: origin, checksum: &checksum)
        try archive.check(checksum!, of: entry)
        return tensor
    }

    /// The entries but directories, under their arrays' names; nothing else may be in there.
    private static func arrays(
        of archive: ZipArchive
    ) throws(TensorFileError) -> [(name: String, entry: ZipEntry)] {
        var arrays: [(name: String, entry: ZipEntry)] = []
        var seen: Set<[UInt8]> = []
        for entry in archive.entries where !(entry.name.hasSuffix("/") && entry.byteCount == 0) {
            let bytes = Array(entry.name.utf8)
            guard bytes.count > 4, bytes.suffix(4).elementsEqual(".npy".utf8) else {
                let isKeras = archive.entries.contains { $0.name == "model.weights.h5" }
                throw TensorFileError(
                    path: archive.file.path,
                    message: "expected an archive of .npy files, found "
                        + TensorFileError.quote(entry.name),
                    help: isKeras
                        ? "this is a .keras file; export its weights as safetensors first"
                        : "save the arrays with numpy.savez")
            }
            guard seen.insert(bytes).inserted else {
                throw TensorFileError(
                    path: archive.file.path,
                    message: "two entries are named \(TensorFileError.quote(entry.name))",
                    help: "save the archive again, each array under its own name")
            }
            arrays.append((String(decoding: bytes.dropLast(4), as: UTF8.self), entry))
        }
        return arrays
    }

    /// Writes the arrays uncompressed, replacing the file as a whole or not at all.
    ///
    /// The same tensors give the same bytes: all dates are the earliest that ZIP knows.
    ///
    /// - Throws: if two have the same name, for bfloat16, or if the file can't be written.
    package static func write(
        _ tensors: [(name: String, tensor: Tensor)], to path: String
    ) throws(TensorFileError) {
        var seen: Set<[UInt8]> = []
        var contents: [ZipWriter.Content] = []
        for (name, tensor) in tensors {
            let origin = TensorOrigin(path: path, name: name)
            guard seen.insert(Array(name.utf8)).inserted else {
                throw origin.error("two tensors have this name", help: "rename one of them")
            }
            guard !name.isEmpty, name.utf8.count <= Int(UInt16.max) - 4 else {
                throw origin.error(
                    "expected a name of 1 to \(Int(UInt16.max) - 4) bytes, "
                        + "found \(name.utf8.count)",
                    help: "rename it")
            }
            let header = try Npy.header(of: tensor, origin: origin)
            contents.append(ZipWriter.Content(name: name + ".npy", header: header, tensor: tensor))
        }
        try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
            try ZipWriter().write(contents, to: &writer)
        }
    }
}
