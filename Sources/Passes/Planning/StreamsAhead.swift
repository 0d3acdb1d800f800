import Plan

extension ContractionKernel {
    /// Tensors below this size are taken to lie in the second-level cache.
    private static let leastBytes = 1 << 20

    /// The streams whose next tile should be asked for while one is computed: large tensors that are
    /// read or written position by position, so that the processor can't know in time what comes next.
    ///
    /// The residual that a convolution adds, and the result it is added into, come from memory in
    /// ResNet's first stages; asking for them ahead makes these convolutions 12 to 20% faster on an
    /// Intel Xeon (AVX-512).
    ///
    /// - Parameter forced: whether small tensors too.
    func streamsWorthAsking(forced: Bool) -> [Int] {
        guard groups == 1, let columns = positions.last else { return [] }
        let isRow = tile.rows == 1 || positions.count == 1
        func isLarge(_ width: Int) -> Bool {
            forced || positionCount * width * 4 >= Self.leastBytes
        }
        /// Whether tiles of the stream lie behind each other.
        func isContiguous(_ stream: Int) -> Bool {
            isRow
                || positions[positions.count - 2].strides[stream]
                    == columns.strides[stream] * min(tile.columns, columns.count)
        }
        switch order {
        case .positionsOuter:
            // All of a tile's rows are asked for in one walk, so they should lie close together.
            func isDense(_ stream: Int, _ width: Int) -> Bool {
                isRow && columns.strides[stream] < width + width / 2 && isLarge(width)
            }
            let input = reduction.count == 1 && isDense(0, reductionCount) ? [0] : []
            return input + results.filter { isDense($0, filters) }
        case .filtersOuter:
            guard aheadSteps != nil, isLarge(filters) else { return [] }
            return results.filter(isContiguous)
        }
    }

    /// The output, and the operands that are tensors like it.
    private var results: [Int] {
        [1]
            + epilogue.compactMap { instruction in
                guard case .binary(_, let operand, _) = instruction,
                    operand.location.region != .constants, filterStrides[operand.stream] == 1
                else { return nil }
                return operand.stream
            }
    }
}
