import IR

// Constants with their elements in another order.

extension Constant {
    /// The data where it is the same whatever the order and the number of elements.
    var uniformData: ConstantData? {
        switch data {
        case .splat, .undefined: data
        case .floats, .integers: nil
        }
    }

    /// The constant with its axes in another order.
    func transposed(_ permutation: [Int]) -> Constant {
        let strides = type.shape.rowMajorStrides
        let shape = permutation.map { type.shape[$0] }
        let offsets = shape.offsets(strides: permutation.map { strides[$0] })
        return Constant(
            name: name, type: TensorType(type.elementType, shape),
            data: uniformData ?? data.gathered(offsets))
    }
}

extension ConstantData {
    func gathered(_ offsets: [Int]) -> ConstantData {
        switch self {
        case .floats(let values): .floats(offsets.map { values[$0] })
        case .integers(let values): .integers(offsets.map { values[$0] })
        case .splat, .undefined: self
        }
    }
}

/// Shapes and the offsets of their elements.
extension [Int] {
    /// The distance in a row-major tensor from one index to the next along each axis.
    var rowMajorStrides: [Int] {
        var strides = self
        var stride = 1
        for axis in indices.reversed() {
            strides[axis] = stride
            stride *= self[axis]
        }
        return strides
    }

    /// `start + sum of index * stride` for every index of this shape, in row-major order.
    func offsets(strides: [Int], start: Int = 0) -> [Int] {
        var offsets = [start]
        offsets.reserveCapacity(reduce(1, *))
        for (size, stride) in zip(self, strides) {
            offsets = offsets.flatMap { offset in (0..<size).map { offset + $0 * stride } }
        }
        return offsets
    }

    /// For every index of this shape the offset in a tensor that broadcasts to it.
    func broadcastOffsets(from shape: [Int]) -> [Int] {
        let aligned = [Int](repeating: 1, count: count - shape.count) + shape
        let strides = zip(aligned, aligned.rowMajorStrides).map { $0 == 1 ? 0 : $1 }
        return offsets(strides: strides)
    }
}
