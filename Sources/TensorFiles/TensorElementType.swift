/// The types of number a tensor file can hold.
package enum TensorElementType: String, Sendable, CaseIterable {
    case float32, float64, float16, bfloat16
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64
    case bool

    /// Bytes per element: 1, 2, 4 or 8.
    package var byteSize: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }

    /// The `dtype` in a safetensors header.
    package var safetensorsName: String {
        switch self {
        case .float32: "F32"
        case .float64: "F64"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .int8: "I8"
        case .uint8: "U8"
        case .int16: "I16"
        case .uint16: "U16"
        case .int32: "I32"
        case .uint32: "U32"
        case .int64: "I64"
        case .uint64: "U64"
        case .bool: "BOOL"
        }
    }

    /// The `descr` in an npy header, little-endian; nil for bfloat16, which NumPy doesn't have.
    package var npyDescriptor: String? {
        switch self {
        case .float32: "<f4"
        case .float64: "<f8"
        case .float16: "<f2"
        case .bfloat16: nil
        case .int8: "|i1"
        case .uint8: "|u1"
        case .int16: "<i2"
        case .uint16: "<u2"
        case .int32: "<i4"
        case .uint32: "<u4"
        case .int64: "<i8"
        case .uint64: "<u8"
        case .bool: "|b1"
        }
    }

    init?(safetensorsName name: String) {
        guard let match = Self.allCases.first(where: { $0.safetensorsName == name }) else {
            return nil
        }
        self = match
    }

    /// The type for an npy kind and size, as in `f4`, whatever the byte order.
    init?(npyKindAndSize text: Substring) {
        let match = Self.allCases.first { $0.npyDescriptor?.dropFirst() == text }
        guard let match else { return nil }
        self = match
    }
}
