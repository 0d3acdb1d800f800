extension Tensor {
    /// The elements as `Float`: no copy for float32; float64 and wide integers round to nearest,
    /// ties to even; bool is 0 or 1.
    package func floats() -> [Float] {
        if case .floats(let values) = payload { return values }
        return switch elementType {
        case .float32: convert(from: Float.self) { $0 }
        case .float16: convert(from: UInt16.self, Self.float(half:))
        case .bfloat16: convert(from: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
        case .float64: convert(from: Double.self) { Float($0) }
        case .int8: convert(from: Int8.self) { Float($0) }
        case .uint8: convert(from: UInt8.self) { Float($0) }
        case .int16: convert(from: Int16.self) { Float($0) }
        case .uint16: convert(from: UInt16.self) { Float($0) }
        case .int32: convert(from: Int32.self) { Float($0) }
        case .uint32: convert(from: UInt32.self) { Float($0) }
        case .int64: convert(from: Int64.self) { Float($0) }
        case .uint64: convert(from: UInt64.self) { Float($0) }
        case .bool: convert(from: UInt8.self) { $0 == 0 ? 0 : 1 }
        }
    }

    /// The elements as `Int32`, each exactly; floating-point types pass if they hold whole numbers.
    ///
    /// - Throws: an error that names the first element which is no `Int32`.
    package func int32s() throws(TensorFileError) -> [Int32] {
        switch elementType {
        case .float32, .float16, .bfloat16: try exactly(floats()) { Int32(exactly: $0) }
        case .float64: try exactly(convert(from: Double.self) { $0 }) { Int32(exactly: $0) }
        case .int8: convert(from: Int8.self) { Int32($0) }
        case .uint8: convert(from: UInt8.self) { Int32($0) }
        case .int16: convert(from: Int16.self) { Int32($0) }
        case .uint16: convert(from: UInt16.self) { Int32($0) }
        case .int32: convert(from: Int32.self) { $0 }
        case .uint32: try exactly(convert(from: UInt32.self) { $0 }) { Int32(exactly: $0) }
        case .int64: try exactly(convert(from: Int64.self) { $0 }) { Int32(exactly: $0) }
        case .uint64: try exactly(convert(from: UInt64.self) { $0 }) { Int32(exactly: $0) }
        case .bool: convert(from: UInt8.self) { $0 == 0 ? 0 : 1 }
        }
    }

    /// IEEE 754 binary16 to binary32, exact. By hand, since `Float16` is missing on Intel Macs.
    static func float(half: UInt16) -> Float {
        let sign = UInt32(half & 0x8000) << 16
        let exponent = UInt32(half >> 10) & 0x1F
        let fraction = UInt32(half) & 0x3FF
        switch exponent {
        case 0:
            // Subnormal: `fraction` units of 2^-24; the multiplication is exact.
            let magnitude = Float(fraction) * 0x1p-24
            return Float(bitPattern: sign | magnitude.bitPattern)
        case 0x1F:
            return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default:
            return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }

    @inline(__always)
    private func convert<Source: BitwiseCopyable, Target>(
        from _: Source.Type, _ transform: (Source) -> Target
    ) -> [Target] {
        payload.withUnsafeBytes { buffer in
            let count = buffer.count / MemoryLayout<Source>.size
            return Array(unsafeUninitializedCapacity: count) { target, initialized in
                // In bounds: `target` has room for `count`, `buffer` holds as many.
                for index in 0..<count {
                    let offset = index * MemoryLayout<Source>.size
                    let value = buffer.loadUnaligned(fromByteOffset: offset, as: Source.self)
                    target.initializeElement(at: index, to: transform(value))
                }
                initialized = count
            }
        }
    }

    @inline(__always)
    private func exactly<Source>(
        _ values: [Source], _ transform: (Source) -> Int32?
    ) throws(TensorFileError) -> [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard let exact = transform(value) else {
                throw origin.error(
                    "expected whole numbers that fit in 32 bits, "
                        + "found \(value) at \(position(of: index))",
                    help: "convert the array before saving it, as in x.astype(\"int32\")")
            }
            result.append(exact)
        }
        return result
    }

    /// "[0, 2]", the row-major coordinates of an element.
    private func position(of index: Int) -> String {
        var rest = index
        var coordinates: [Int] = []
        for size in shape.reversed() {
            coordinates.append(rest % size)
            rest /= size
        }
        return "\(Array(coordinates.reversed()))"
    }
}
