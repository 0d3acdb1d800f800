/// Reads and writes tensor files of any format, which the extension tells.
package enum TensorFile {
    /// Reads all tensors of a file in its order; the one of an npy file has no name.
    ///
    /// - Throws: also if the extension is unknown or the content is of another format.
    package static func read(
        path: String
    ) throws(TensorFileError) -> [(name: String?, tensor: Tensor)] {
        switch try format(path: path) {
        case .npy:
            return [(nil, try Npy.read(path: path))]
        case .npz:
            return try Npz.read(path: path).map { ($0.name, $0.tensor) }
        case .safetensors:
            let file = try SafetensorsFile.open(path: path)
            var result: [(name: String?, tensor: Tensor)] = []
            for name in file.names { result.append((name, try file.read(name))) }
            return result
        }
    }

    /// The format that the extension tells, and that the content doesn't contradict.
    static func format(path: String) throws(TensorFileError) -> TensorFileFormat {
        let expected = TensorFileFormat(path: path)
        let sniffed: TensorFileFormat?
        let foreign: String?
        do {
            let what = expected.map { "\($0.article) \($0.rawValue) file" } ?? "a tensor file"
            let file = try InputFile(path: path, expected: what)
            let start = try file.bytes(
                at: 0, count: min(file.byteCount, TensorFileFormat.sniffedByteCount))
            sniffed = TensorFileFormat(sniffing: start)
            foreign = TensorFileFormat.foreignFormat(start)
        }
        guard let expected else {
            throw unknownExtension(
                path,
                help: archive(ofExtension: TensorFileFormat.fileExtension(of: path))
                    ?? sniffed.map { "its content is \($0.rawValue): rename it to end in .\($0)" }
                    ?? conversion(ofExtension: TensorFileFormat.fileExtension(of: path)))
        }
        if let sniffed, sniffed != expected {
            throw TensorFileError(
                path: path,
                message: "expected \(expected.rawValue), as the extension says, "
                    + "found the content of \(sniffed.article) \(sniffed.rawValue) file",
                help: "rename it to end in .\(sniffed)")
        }
        if sniffed == nil, let foreign {
            throw TensorFileError(
                path: path,
                message: "expected \(expected.rawValue), as the extension says, found \(foreign)",
                help: TensorFileFormat.help(about: foreign)
                    ?? "convert it to safetensors, npz or npy first")
        }
        return expected
    }

    /// Writes the tensors in the format the extension names.
    ///
    /// - Parameter tensors: exactly one for npy, which ignores its name; names for the others.
    package static func write(
        _ tensors: [(name: String?, tensor: Tensor)], to path: String
    ) throws(TensorFileError) {
        guard let format = TensorFileFormat(path: path) else {
            throw unknownExtension(path, help: nil)
        }
        if format == .npy {
            guard tensors.count == 1 else {
                throw TensorFileError(
                    path: path, message: "expected one tensor for npy, found \(tensors.count)",
                    help: "write a .npz or .safetensors file, which hold several")
            }
            return try Npy.write(tensors[0].tensor, to: path)
        }
        var named: [(name: String, tensor: Tensor)] = []
        for (index, (name, tensor)) in tensors.enumerated() {
            guard let name else {
                throw TensorFileError(
                    path: path,
                    message: "expected a name for each tensor, tensor \(index) has none",
                    help: "name it, or write a .npy file, which holds one without a name")
            }
            named.append((name, tensor))
        }
        if format == .npz {
            try Npz.write(named, to: path)
        } else {
            try Safetensors.write(named, to: path)
        }
    }

    /// What to say of an archive that holds a model, which is a ZIP file as npz is.
    private static func archive(ofExtension name: String?) -> String? {
        switch name?.lowercased() {
        case "keras"?, "pt"?, "pth"?, "ckpt"?, "mlpackage"?:
            "it holds a model, no data to predict from: save that in Python: "
                + "numpy.save(\"x.npy\", data)"
        default: nil
        }
    }

    /// How to make an array of a file of another kind.
    private static func conversion(ofExtension name: String?) -> String {
        let source =
            switch name?.lowercased() {
            case "csv"?: "numpy.loadtxt(path, delimiter=\",\")"
            case "txt"?, "tsv"?, "dat"?: "numpy.loadtxt(path)"
            case "png"?, "jpg"?, "jpeg"?, "bmp"?, "gif"?, "webp"?, "tif"?, "tiff"?:
                "numpy.asarray(PIL.Image.open(path))"
            case "json"?: "json.load(open(path))"
            case "pkl"?, "pickle"?: "pickle.load(open(path, \"rb\"))"
            case "wav"?: "scipy.io.wavfile.read(path)[1]"
            default: "data"
            }
        return source == "data"
            ? "save it in Python: numpy.save(\"x.npy\", data)"
            : "save what it holds in Python: numpy.save(\"x.npy\", \(source))"
    }

    private static func unknownExtension(_ path: String, help: String?) -> TensorFileError {
        let found =
            TensorFileFormat.fileExtension(of: path)
            .map { TensorFileError.quote("." + $0) } ?? "none"
        return TensorFileError(
            path: path,
            message: "expected the extension .npy, .npz or .safetensors, found \(found)",
            help: help ?? "end the name in one of them")
    }
}
