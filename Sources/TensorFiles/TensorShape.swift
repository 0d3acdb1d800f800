/// Overflow-checked arithmetic on shapes that come from a file.
enum TensorShape {
    /// As many dimensions as NumPy allows.
    static let maximumRank = 64

    /// Bytes of a dense tensor; nil if the sizes don't fit in `Int`. A zero among the dimensions
    /// doesn't excuse an overflow of the others, so that strides always fit too.
    static func byteCount(_ shape: [Int], _ elementType: TensorElementType) -> Int? {
        var total = elementType.byteSize
        for size in shape where size != 0 {
            guard size > 0 else { return nil }
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            total = product
        }
        return shape.contains(0) ? 0 : total
    }
}
