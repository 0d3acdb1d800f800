/// The header of an `.npy` file: magic, version, length, and a Python dictionary.
///
///     \x93NUMPY 1 0 <length> {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
///
/// Source: `numpy.lib.format`.
struct NpyHeader {
    /// Longer headers belong to structured types only, which are refused anyway.
    static let maximumByteCount = 1 << 20
    /// Magic, version and length of versions 2 and 3; version 1 needs two bytes less.
    static let prefixByteCount = 12
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    let elementType: TensorElementType
    let isBigEndian: Bool
    let isFortranOrder: Bool
    let shape: [Int]
    /// Where the elements start.
    let byteCount: Int

    /// Bytes of elements, which fit in `Int`.
    var dataByteCount: Int { TensorShape.byteCount(shape, elementType)! }

    /// How long the header is, from the first `prefixByteCount` bytes or all there are.
    static func byteCount(
        prefix: [UInt8], fileByteCount: Int, origin: TensorOrigin
    ) throws(TensorFileError) -> Int {
        guard prefix.starts(with: magic) else {
            if magic.starts(with: prefix) { throw truncated(10, fileByteCount, origin) }
            throw origin.error(
                "expected an npy file to start with \\x93NUMPY, found other bytes",
                help: "save the array with numpy.save")
        }
        guard prefix.count >= 8 else { throw truncated(10, fileByteCount, origin) }
        let version = prefix[6]
        guard (1...3).contains(version), prefix[7] == 0 else {
            throw origin.error(
                "expected npy version 1.0, 2.0 or 3.0 at byte 6, "
                    + "found \(version).\(prefix[7])",
                help: "save the array again with a released NumPy")
        }
        let width = version == 1 ? 2 : 4
        guard prefix.count >= 8 + width else {
            throw truncated(8 + width, fileByteCount, origin)
        }
        let length = prefix[8..<(8 + width)].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= maximumByteCount else {
            throw origin.error(
                "expected a header of at most \(maximumByteCount) bytes, found \(length) at byte 8",
                help: "save a plain array of numbers, not a structured one")
        }
        let end = 8 + width + length
        guard end <= fileByteCount else { throw truncated(end, fileByteCount, origin) }
        return end
    }

    private static func truncated(
        _ expected: Int, _ found: Int, _ origin: TensorOrigin
    ) -> TensorFileError {
        origin.error(
            "expected an npy header of \(TensorFileError.bytes(expected)), "
                + "found \(TensorFileError.bytes(found))",
            help: "the file was cut short; save or copy it again")
    }

    /// - Parameter bytes: the whole header, as long as `byteCount(prefix:…)` says.
    init(parsing bytes: [UInt8], origin: TensorOrigin) throws(TensorFileError) {
        byteCount = bytes.count
        var reader = PythonLiteralReader(bytes, from: bytes[6] == 1 ? 10 : 12)
        var values: [String: (value: PythonLiteral, offset: Int)] = [:]
        do throws(PythonLiteralReader.Failure) {
            for (key, value, offset) in try reader.dictionary() {
                guard values.updateValue((value, offset), forKey: key) == nil else {
                    throw PythonLiteralReader.Failure(
                        message: "the key \(TensorFileError.quote(key)) stands there twice",
                        offset: offset)
                }
            }
        } catch {
            throw origin.error(
                "npy header, byte \(error.offset): \(error.message)",
                help: "save the array again with numpy.save")
        }
        let known = ["descr", "fortran_order", "shape"]
        if let missing = known.first(where: { values[$0] == nil }) {
            throw origin.error(
                "npy header: expected the keys 'descr', 'fortran_order' and 'shape', "
                    + "'\(missing)' is missing",
                help: "save the array again with numpy.save")
        }
        if let extra = values.keys.filter({ !known.contains($0) }).min() {
            throw origin.error(
                "npy header: expected the keys 'descr', 'fortran_order' and 'shape', "
                    + "found \(TensorFileError.quote(extra)) too",
                help: "save the array again with numpy.save")
        }
        (elementType, isBigEndian) = try Self.elementType(values["descr"]!, origin)
        guard case .bool(let isFortranOrder) = values["fortran_order"]!.value else {
            throw Self.wrong("fortran_order", "True or False", values["fortran_order"]!, origin)
        }
        guard case .integers(let shape) = values["shape"]!.value else {
            throw Self.wrong("shape", "a tuple of sizes", values["shape"]!, origin)
        }
        guard shape.count <= TensorShape.maximumRank else {
            throw origin.error(
                "npy header: expected at most \(TensorShape.maximumRank) dimensions, "
                    + "found \(shape.count)",
                help: "reshape the array before saving it")
        }
        guard TensorShape.byteCount(shape, elementType) != nil else {
            throw origin.error(
                "npy header: the shape \(shape) is larger than any file",
                help: "the header is damaged; save the array again")
        }
        self.isFortranOrder = isFortranOrder
        self.shape = shape
    }

    private static func wrong(
        _ key: String, _ expected: String, _ found: (value: PythonLiteral, offset: Int),
        _ origin: TensorOrigin
    ) -> TensorFileError {
        origin.error(
            "npy header, byte \(found.offset): expected '\(key)' to be \(expected), "
                + "found \(found.value)",
            help: "save the array again with numpy.save")
    }

    private static func elementType(
        _ found: (value: PythonLiteral, offset: Int), _ origin: TensorOrigin
    ) throws(TensorFileError) -> (TensorElementType, isBigEndian: Bool) {
        if case .fields = found.value {
            throw origin.error(
                "npy header, byte \(found.offset): the array is structured (it has named fields), "
                    + "expected plain numbers",
                help: "save each field by itself, as in numpy.save(\"x.npy\", a[\"x\"])")
        }
        guard case .string(let text) = found.value else {
            throw wrong("descr", "a type such as '<f4'", found, origin)
        }
        if let order = text.first, "<>|=".contains(order),
            let type = TensorElementType(npyKindAndSize: text.dropFirst())
        {
            return (type, order == ">")
        }
        let kind = text.drop { "<>|=".contains($0) }.first
        let (what, help): (String, String)
        switch kind {
        case "O":
            (what, help) = (
                "holds Python objects",
                "convert the array to numbers before saving it, as in x.astype(\"float32\")"
            )
        case "c": (what, help) = ("holds complex numbers", "save x.real and x.imag separately")
        case "S", "U", "a":
            (what, help) = ("holds text", "map the text to integers before saving it")
        case "M", "m":
            (what, help) = ("holds dates or durations", "save x.astype(\"int64\") instead")
        case "V":
            (what, help) = (
                "holds raw bytes without a type (NumPy writes bfloat16 like that)",
                "save x.astype(\"float32\"), or use safetensors, which knows bfloat16"
            )
        default:
            (what, help) = (
                "has a type that is not supported",
                "convert the array before saving it, as in x.astype(\"float32\")"
            )
        }
        throw origin.error(
            "npy header, byte \(found.offset): the array \(what), "
                + "'descr' is \(TensorFileError.quote(text))",
            help: help)
    }
}
