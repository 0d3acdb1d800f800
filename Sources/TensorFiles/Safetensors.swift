/// Writes `.safetensors` files.
package enum Safetensors {
    /// Writes the tensors, replacing the file as a whole or not at all.
    ///
    /// The same tensors give the same bytes. The header lists them as given; the data of wider
    /// types comes first, so that every tensor is aligned to its element size.
    ///
    /// - Throws: if two tensors have the same name, or the file can't be written.
    package static func write(
        _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:],
        to path: String
    ) throws(TensorFileError) {
        // Stable, as `sort` doesn't promise to be.
        let order = tensors.indices.sorted { first, second in
            let (a, b) = (tensors[first].tensor.elementType, tensors[second].tensor.elementType)
            return (-a.byteSize, first) < (-b.byteSize, second)
        }
        var starts = [Int](repeating: 0, count: tensors.count)
        var end = 0
        for index in order {
            starts[index] = end
            end += tensors[index].tensor.payload.byteCount
        }
        let header = try header(tensors, starts: starts, metadata: metadata, path: path)
        try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
            var length = UInt64(header.count)
            var prefix: [UInt8] = []
            for _ in 0..<8 {
                prefix.append(UInt8(truncatingIfNeeded: length))
                length >>= 8
            }
            try writer.write(prefix)
            try writer.write(header)
            for index in order { try writer.write(tensors[index].tensor) }
        }
    }

    private static func header(
        _ tensors: [(name: String, tensor: Tensor)], starts: [Int], metadata: [String: String],
        path: String
    ) throws(TensorFileError) -> [UInt8] {
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { "\(json($0.key)):\(json($0.value))" }
            members.append("\"\(SafetensorsHeader.metadataKey)\":{\(pairs.joined(separator: ","))}")
        }
        var seen: Set<[UInt8]> = [Array(SafetensorsHeader.metadataKey.utf8)]
        for (index, (name, tensor)) in tensors.enumerated() {
            guard seen.insert(Array(name.utf8)).inserted else {
                throw TensorFileError(
                    path: path,
                    message: name == SafetensorsHeader.metadataKey
                        ? "'\(name)' can't be a tensor's name, safetensors uses it for metadata"
                        : "two tensors are named \(TensorFileError.quote(name))",
                    help: "rename it")
            }
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let end = starts[index] + tensor.payload.byteCount
            members.append(
                "\(json(name)):{\"dtype\":\"\(tensor.elementType.safetensorsName)\","
                    + "\"shape\":[\(shape)],\"data_offsets\":[\(starts[index]),\(end)]}")
        }
        var header = Array("{\(members.joined(separator: ","))}".utf8)
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        guard header.count <= SafetensorsHeader.maximumByteCount else {
            throw TensorFileError(
                path: path,
                message: "expected a header of at most \(SafetensorsHeader.maximumByteCount) "
                    + "bytes, these tensors need \(header.count)",
                help: "split them over several files")
        }
        return header
    }

    /// `text` as a JSON string.
    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
