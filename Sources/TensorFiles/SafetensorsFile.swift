/// An open `.safetensors` file: its header checked, its tensors read when asked for.
///
///     let file = try SafetensorsFile.open(path: "weights.safetensors")
///     let kernel = try file.read("dense/kernel").floats()
///
/// Reading allocates the one tensor, nothing else, and may be done from several threads.
package final class SafetensorsFile: Sendable {
    package let path: String
    /// The header's `__metadata__`.
    package let metadata: [String: String]
    private let file: InputFile
    private let entries: [SafetensorsHeader.Entry]
    /// By the name's bytes: as Swift strings, names that differ in normalization are equal.
    private let indices: [[UInt8]: Int]

    /// Opens the file and checks its whole header.
    package static func open(path: String) throws(TensorFileError) -> SafetensorsFile {
        try SafetensorsFile(InputFile(path: path, expected: "a safetensors file"))
    }

    private init(_ file: InputFile) throws(TensorFileError) {
        let header = try SafetensorsHeader(reading: file)
        path = file.path
        metadata = header.metadata
        self.file = file
        entries = header.entries
        var indices: [[UInt8]: Int] = [:]
        for (index, entry) in entries.enumerated() { indices[Array(entry.name.utf8)] = index }
        self.indices = indices
    }

    /// The tensors' names in the header's order.
    package var names: [String] { entries.map(\.name) }

    /// A tensor's shape and type; nil if there is no such tensor.
    package func info(_ name: String) -> (shape: [Int], elementType: TensorElementType)? {
        indices[Array(name.utf8)].map { (entries[$0].shape, entries[$0].elementType) }
    }

    /// Reads one tensor.
    ///
    /// - Throws: if there is no such tensor, or the file can't be read any more.
    package func read(_ name: String) throws(TensorFileError) -> Tensor {
        guard let index = indices[Array(name.utf8)] else {
            let suggestion = EditDistance.nearest(to: name, among: names)
            throw TensorFileError(
                path: path, message: "there is no tensor \(TensorFileError.quote(name))",
                help: suggestion.map { "did you mean \(TensorFileError.quote($0))?" })
        }
        let entry = entries[index]
        let payload = try TensorPayload(
            reading: file, at: entry.bytes.lowerBound, byteCount: entry.bytes.count,
            as: entry.elementType)
        return Tensor(
            shape: entry.shape, elementType: entry.elementType, payload: payload,
            origin: TensorOrigin(path: path, name: name))
    }
}
