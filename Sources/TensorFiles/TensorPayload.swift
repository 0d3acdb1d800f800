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

    /// Exchanges the first and the last axis, for each position along those between.
    ///
    /// Tile by tile, because one of the two sides is always far from contiguous. Both buffers hold
    /// the product of `shape` elements, so every offset is in bounds.
    private static func transpose<Bits: BitwiseCopyable>(
        _ from: UnsafeRawBufferPointer, _ to: UnsafeMutableRawBufferPointer, shape: [Int],
        as _: Bits.Type
    ) {
        let size = MemoryLayout<Bits>.size
        let rank = shape.count
        var sourceStrides = [Int](repeating: size, count: rank)
        var targetStrides = sourceStrides
        for axis in 1..<rank {
            sourceStrides[axis] = sourceStrides[axis - 1] * shape[axis - 1]
            targetStrides[rank - 1 - axis] = targetStrides[rank - axis] * shape[rank - axis]
        }
        let (rows, columns) = (shape[0], shape[rank - 1])
        let (sourceStep, targetStep) = (sourceStrides[rank - 1], targetStrides[0])
        let tile = 16
        var index = [Int](repeating: 0, count: rank)
        var (source, target) = (0, 0)
        while true {
            for firstRow in stride(from: 0, to: rows, by: tile) {
                for firstColumn in stride(from: 0, to: columns, by: tile) {
                    for row in firstRow..<min(firstRow + tile, rows) {
                        for column in firstColumn..<min(firstColumn + tile, columns) {
                            let bits = from.loadUnaligned(
                                fromByteOffset: source + row * size + column * sourceStep,
                                as: Bits.self)
                            to.storeBytes(
                                of: bits,
                                toByteOffset: target + row * targetStep + column * size,
                                as: Bits.self)
                        }
                    }
                }
            }
            // The next position along the axes between.
            var axis = rank - 2
            while axis > 0 {
                index[axis] += 1
                source += sourceStrides[axis]
                target += targetStrides[axis]
                if index[axis] < shape[axis] { break }
                source -= sourceStrides[axis] * shape[axis]
                target -= targetStrides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
            if axis <= 0 { return }
        }
    }
}
