/// A tensor in a file, of which the header has been read and no element: enough to compare shapes,
/// however large the file is.
package struct TensorHeader: Sendable {
    package let path: String
    /// nil for the one of an npy file.
    package let name: String?
    package let shape: [Int]
    package let elementType: TensorElementType

    /// Reads the elements.
    ///
    /// - Throws: also if the file is another one than when the header was read.
    package func tensor() throws(TensorFileError) -> Tensor {
        let tensor: Tensor
        if let name {
            tensor =
                TensorFileFormat(path: path) == .npz
                ? try Npz.read(name, path: path) : try SafetensorsFile.open(path: path).read(name)
        } else {
            tensor = try Npy.read(path: path)
        }
        guard tensor.shape == shape else {
            throw TensorFileError(
                path: path, message: "the file changed while it was read",
                help: "run the command again")
        }
        return tensor
    }
}

extension TensorFile {
    /// All tensors of a file in its order, without reading their elements.
    ///
    /// - Throws: also if the extension is unknown or the content is of another format.
    package static func headers(path: String) throws(TensorFileError) -> [TensorHeader] {
        switch try format(path: path) {
        case .npy:
            let header = try Npy.header(path: path)
            return [
                TensorHeader(
                    path: path, name: nil, shape: header.shape, elementType: header.elementType)
            ]
        case .npz:
            return try Npz.entries(path: path).map {
                TensorHeader(
                    path: path, name: $0.name, shape: $0.shape, elementType: $0.elementType)
            }
        case .safetensors:
            let file = try SafetensorsFile.open(path: path)
            return file.names.compactMap { name in
                file.info(name).map {
                    TensorHeader(
                        path: path, name: name, shape: $0.shape, elementType: $0.elementType)
                }
            }
        }
    }
}
