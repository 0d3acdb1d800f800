import IR

// Ops that slide a window over the spatial axes, and the matrix product.
extension ReferenceEvaluator {
    static func convolution(
        _ op: ConvolutionOp, _ x: ReferenceTensor, _ kernel: ReferenceTensor,
        bias: ReferenceTensor?
    ) -> ReferenceTensor {
        let rank = op.strides.count
        let groupChannels = kernel.shape[rank]
        let filters = kernel.shape[rank + 1]
        let groupFilters = filters / op.groups
        let taps = ReferenceTensor.indices(of: Array(kernel.shape[..<rank]))
        let sizes = outputSizes(
            x, window: Array(kernel.shape[..<rank]), op.strides, op.padding, op.dilation,
            op.inputDilation)
        var result: [Double] = []
        for position in ReferenceTensor.indices(of: [x.shape[0]] + sizes) {
            // Where each tap's first channel stands in x, and its first weight in the kernel.
            var cells: [(x: Int, kernel: Int)] = []
            for tap in taps {
                let cell = cell(
                    under: tap, at: position, x, op.strides, op.padding, op.dilation,
                    op.inputDilation)
                if let cell { cells.append((cell, kernel.offset(tap + [0, 0]))) }
            }
            for f in 0..<filters {
                let firstChannel = f / groupFilters * groupChannels
                var sum = bias?.elements[f] ?? 0
                for cell in cells {
                    for c in 0..<groupChannels {
                        let element = x.elements[cell.x + firstChannel + c]
                        sum += element * kernel.elements[cell.kernel + c * filters + f]
                    }
                }
                result.append(sum)
            }
        }
        return ReferenceTensor([x.shape[0]] + sizes + [filters], result)
    }

    static func pool(_ op: PoolOp, _ x: ReferenceTensor) -> ReferenceTensor {
        let ones = op.window.map { _ in 1 }
        let channels = x.shape[x.shape.count - 1]
        let sizes = outputSizes(x, window: op.window, op.strides, op.padding, ones, ones)
        var result: [Double] = []
        for position in ReferenceTensor.indices(of: [x.shape[0]] + sizes) {
            let cells = ReferenceTensor.indices(of: op.window).compactMap { tap in
                cell(under: tap, at: position, x, op.strides, op.padding, ones, ones)
            }
            for c in 0..<channels {
                result.append(pooled(op.kind, cells.map { x.elements[$0 + c] }))
            }
        }
        return ReferenceTensor([x.shape[0]] + sizes + [channels], result)
    }

    private static func outputSizes(
        _ x: ReferenceTensor, window: [Int], _ strides: [Int], _ padding: [Padding],
        _ dilation: [Int], _ inputDilation: [Int]
    ) -> [Int] {
        window.indices.map { axis in
            let reach = (window[axis] - 1) * dilation[axis] + 1
            let size = (x.shape[axis + 1] - 1) * inputDilation[axis] + 1
            let padded = size + padding[axis].before + padding[axis].after
            return (padded - reach) / strides[axis] + 1
        }
    }

    /// The offset in x of the first channel under a tap of the window at an output position
    /// `[n, o1...]`; nil where the tap is in the padding or between the cells of x.
    private static func cell(
        under tap: [Int], at position: [Int], _ x: ReferenceTensor, _ strides: [Int],
        _ padding: [Padding], _ dilation: [Int], _ inputDilation: [Int]
    ) -> Int? {
        var index = [position[0]]
        for axis in tap.indices {
            let start = position[axis + 1] * strides[axis] - padding[axis].before
            let place = start + tap[axis] * dilation[axis]
            guard place >= 0, place % inputDilation[axis] == 0 else { return nil }
            let cell = place / inputDilation[axis]
            guard cell < x.shape[axis + 1] else { return nil }
            index.append(cell)
        }
        return x.offset(index + [0])
    }

    /// The maximum passes over NaN, and starts from the lowest finite `Float`: TensorFlow's does.
    private static func pooled(_ kind: PoolOp.Kind, _ cells: [Double]) -> Double {
        switch kind {
        case .average: return cells.reduce(0, +) / Double(cells.count)
        case .maximum:
            var best = Double(-Float.greatestFiniteMagnitude)
            for cell in cells where cell > best { best = cell }
            return best
        }
    }

    static func matmul(
        _ a: ReferenceTensor, _ b: ReferenceTensor, bias: ReferenceTensor?
    ) -> ReferenceTensor {
        let (aRank, bRank) = (a.shape.count, b.shape.count)
        let (m, inner, n) = (a.shape[aRank - 2], a.shape[aRank - 1], b.shape[bRank - 1])
        let batchRank = max(aRank, bRank) - 2
        func batchSize(_ tensor: ReferenceTensor, _ axis: Int) -> Int {
            let own = axis - (batchRank - (tensor.shape.count - 2))
            return own < 0 ? 1 : tensor.shape[own]
        }
        /// The operand's own index of a matrix in the batch: axes of size 1 repeat.
        func own(_ tensor: ReferenceTensor, _ batch: [Int]) -> [Int] {
            zip(batch.suffix(tensor.shape.count - 2), tensor.shape).map { $1 == 1 ? 0 : $0 }
        }
        let batch = (0..<batchRank).map { axis in
            batchSize(a, axis) == 1 ? batchSize(b, axis) : batchSize(a, axis)
        }
        return ReferenceTensor(batch + [m, n]) { index in
            let (row, column) = (index[batchRank], index[batchRank + 1])
            let aBatch = own(a, Array(index.prefix(batchRank)))
            let bBatch = own(b, Array(index.prefix(batchRank)))
            var sum = bias?.elements[column] ?? 0
            for i in 0..<inner { sum += a[aBatch + [row, i]] * b[bBatch + [i, column]] }
            return sum
        }
    }
}
