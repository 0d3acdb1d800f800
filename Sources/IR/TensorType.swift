/// What an element of a tensor is.
package enum ElementType: String, Sendable, Hashable, CaseIterable {
    case float32 = "f32"
    case int32 = "i32"

    package var byteSize: Int { 4 }
}

/// The element type and static shape of a value: `f32[1,28,28,32]`.
///
/// In the IR the first axis is the batch; in the spec's shape checker the batch axis is left out,
/// as it is in Keras's layer arguments.
package struct TensorType: Hashable, Sendable, CustomStringConvertible {
    package var elementType: ElementType
    package var shape: [Int]

    package init(_ elementType: ElementType, _ shape: [Int]) {
        self.elementType = elementType
        self.shape = shape
    }

    /// A type of f32, which nearly every value has.
    package init(_ shape: [Int]) { self.init(.float32, shape) }

    package var rank: Int { shape.count }

    /// The number of elements. Shapes are checked to fit an `Int` before a type is made.
    package var count: Int { shape.reduce(1, *) }

    /// The number of elements, or nil where it doesn't fit an `Int`: for shapes from a text or from
    /// attributes, which nobody has checked.
    package var checkedCount: Int? {
        var result = 1
        for size in shape {
            let (product, overflow) = result.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            result = product
        }
        return result
    }

    package var byteCount: Int { count * elementType.byteSize }

    package var description: String {
        "\(elementType.rawValue)[\(shape.map(String.init).joined(separator: ","))]"
    }
}
