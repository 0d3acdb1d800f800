/// A dense row-major tensor as a file holds it.
///
///     let kernel = Tensor(shape: [2, 2], floats: [1, 2, 3, 4])
///     kernel.floats()  // no copy
package struct Tensor: Sendable {
    package let shape: [Int]
    /// The type in the file; `floats()` and `int32s()` convert.
    package let elementType: TensorElementType
    let payload: TensorPayload
    let origin: TensorOrigin

    /// The number of elements: the product of `shape`, 1 for a scalar.
    package var count: Int { payload.byteCount / elementType.byteSize }

    /// The elements, little-endian and row-major, `count * elementType.byteSize` bytes.
    package var bytes: [UInt8] {
        switch payload {
        case .floats: payload.withUnsafeBytes { Array($0) }
        case .bytes(let bytes): bytes
        }
    }

    /// - Precondition: `floats.count` is the product of `shape`.
    package init(shape: [Int], floats: [Float]) {
        self.init(shape: shape, elementType: .float32, payload: .floats(floats), origin: .memory)
    }

    /// - Precondition: `int32s.count` is the product of `shape`.
    package init(shape: [Int], int32s: [Int32]) {
        self.init(
            shape: shape, elementType: .int32, bytes: int32s.withUnsafeBytes { Array($0) })
    }

    /// - Parameter bytes: the elements, little-endian and row-major.
    /// - Precondition: `bytes.count` is the product of `shape` times the element's size.
    package init(shape: [Int], elementType: TensorElementType, bytes: [UInt8]) {
        self.init(
            shape: shape, elementType: elementType, payload: TensorPayload(bytes, as: elementType),
            origin: .memory)
    }

    init(
        shape: [Int], elementType: TensorElementType, payload: TensorPayload, origin: TensorOrigin
    ) {
        precondition(
            TensorShape.byteCount(shape, elementType) == payload.byteCount,
            "shape \(shape) of \(elementType) doesn't hold \(payload.byteCount) bytes")
        self.shape = shape
        self.elementType = elementType
        self.payload = payload
        self.origin = origin
    }

    /// Calls `body` with the elements as `bytes` describes them, without a copy.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        payload.withUnsafeBytes(body)
    }
}
