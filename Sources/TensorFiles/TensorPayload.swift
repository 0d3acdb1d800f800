/// A tensor's elements. The most common type has its own case, so that a file is read straight
/// into the `[Float]` its user computes with.
enum TensorPayload: Sendable {
    case floats([Float])
    /// Little-endian elements of any other type.
    case bytes([UInt8])

    /// Reads `byteCount` bytes at `offset`, in one allocation of that size.
    init(
        reading file: InputFile, at offset: Int, byteCount: Int, as elementType: TensorElementType
    ) throws(TensorFileError) {
        if elementType == .float32 {
            self = .floats(try file.floats(at: offset, count: byteCount / 4))
        } else {
            self = .bytes(try file.bytes(at: offset, count: byteCount))
        }
    }

    /// Takes over `bytes`, which hold elements of `elementType`.
    init(_ bytes: [UInt8], as elementType: TensorElementType) {
        self.init(bytes[...], as: elementType)
    }

    init(_ bytes: ArraySlice<UInt8>, as elementType: TensorElementType) {
        guard elementType == .float32 else {
            self = .bytes(Array(bytes))
            return
        }
        let count = bytes.count / 4
        self = .floats(
            Array(unsafeUninitializedCapacity: count) { buffer, initialized in
                bytes.withUnsafeBytes { source in
                    // In bounds: `count * 4` is at most `bytes.count`.
                    UnsafeMutableRawBufferPointer(buffer)
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<(count * 4)]))
                }
                initialized = count
            })
    }

    var byteCount: Int {
        switch self {
        case .floats(let values): values.count * 4
        case .bytes(let values): values.count
        }
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch self {
        case .floats(let values): values.withUnsafeBytes(body)
        case .bytes(let values): values.withUnsafeBytes(body)
        }
    }

    private mutating func withUnsafeMutableBytes(_ body: (UnsafeMutableRawBufferPointer) -> Void) {
        switch self {
        case .floats(var values):
            self = .bytes([])  // so that `values` is the only reference and isn't copied
            values.withUnsafeMutableBytes(body)
            self = .floats(values)
        case .bytes(var values):
            self = .bytes([])
            values.withUnsafeMutableBytes(body)
            self = .bytes(values)
        }
    }

    /// Turns big-endian elements of `width` bytes into little-endian ones, and back.
    mutating func swapBytes(width: Int) {
        func swap<Bits: FixedWidthInteger & BitwiseCopyable>(_: Bits.Type) {
            withUnsafeMutableBytes { buffer in
                let size = MemoryLayout<Bits>.size
                for offset in stride(from: 0, to: buffer.count / size * size, by: size) {
                    let bits = buffer.loadUnaligned(fromByteOffset: offset, as: Bits.self)
                    buffer.storeBytes(of: bits.byteSwapped, toByteOffset: offset, as: Bits.self)
                }
            }
        }
        switch width {
        case 2: swap(UInt16.self)
        case 4: swap(UInt32.self)
        case 8: swap(UInt64.self)
        default: break
        }
    }

    /// Turns column-major (Fortran) order into row-major order.
    ///
    /// - Parameters:
    ///   - shape: the tensor's shape; its product times `width` is the payload's byte count.
    ///   - width: bytes per element.
    mutating func makeRowMajor(shape: [Int], width: Int) {
        guard shape.count > 1, byteCount > 0 else { return }
        let source = self
        func transpose<Bits: BitwiseCopyable>(_: Bits.Type) {
            source.withUnsafeBytes { from in
                withUnsafeMutableBytes { to in
                    Self.transpose(from, to, shape: shape, as: Bits.self)
                }
            }
        }
        switch width {
        case 1: transpose(UInt8.self)
        case 2: transpose(UInt16.self)
        case 4: transpose(UInt32.self)
        default: transpose(UInt64.self)
        }
    }

    /// Walks the row-major positions of `to` and fetches each from column-major `from`; both hold
    /// the product of `shape` elements, so every offset is in bounds.
    private static func transpose<Bits: BitwiseCopyable>(
        _ from: UnsafeRawBufferPointer, _ to: UnsafeMutableRawBufferPointer, shape: [Int],
        as _: Bits.Type
    ) {
        let size = MemoryLayout<Bits>.size
        var strides: [Int] = []
        var step = size
        for length in shape {
            strides.append(step)
            step *= length
        }
        let last = shape.count - 1
        var index = [Int](repeating: 0, count: shape.count)
        var origin = 0
        var target = 0
        while target < to.count {
            var offset = origin
            for _ in 0..<shape[last] {
                let bits = from.loadUnaligned(fromByteOffset: offset, as: Bits.self)
                to.storeBytes(of: bits, toByteOffset: target, as: Bits.self)
                offset += strides[last]
                target += size
            }
            var axis = last - 1
            while axis >= 0 {
                index[axis] += 1
                origin += strides[axis]
                if index[axis] < shape[axis] { break }
                origin -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
        }
    }
}
