import Foundation
import IR

// Ops that move elements and compute nothing, and resampling.
extension ReferenceEvaluator {
    static func pad(_ op: PadOp, _ x: ReferenceTensor) -> ReferenceTensor {
        let shape = zip(x.shape, op.padding).map { $0 + $1.before + $1.after }
        return ReferenceTensor(shape) { index in
            let source = zip(index, op.padding).map { $0 - $1.before }
            let isInside = zip(source, x.shape).allSatisfy { $0 >= 0 && $0 < $1 }
            return isInside ? x[source] : op.value
        }
    }

    static func slice(_ op: SliceOp, _ x: ReferenceTensor) -> ReferenceTensor {
        ReferenceTensor(op.sizes) { index in
            x[index.indices.map { op.starts[$0] + index[$0] * op.steps[$0] }]
        }
    }

    static func concatenate(
        _ op: ConcatenateOp, _ operands: [ReferenceTensor]
    ) -> ReferenceTensor {
        var shape = operands[0].shape
        shape[op.axis] = operands.reduce(0) { $0 + $1.shape[op.axis] }
        return ReferenceTensor(shape) { index in
            var source = index
            for operand in operands {
                if source[op.axis] < operand.shape[op.axis] { return operand[source] }
                source[op.axis] -= operand.shape[op.axis]
            }
            fatalError("\(index) is outside of \(shape)")
        }
    }

    static func interleave(
        _ op: InterleaveOp, _ operands: [ReferenceTensor]
    ) -> ReferenceTensor {
        var shape = operands[0].shape
        for axis in shape.indices {
            // The operands of the phases along this axis alone.
            let stride = op.factors.suffix(from: axis + 1).reduce(1, *)
            shape[axis] = (0..<op.factors[axis]).reduce(0) {
                $0 + operands[$1 * stride].shape[axis]
            }
        }
        return ReferenceTensor(shape) { index in
            var phase = 0
            for (i, factor) in zip(index, op.factors) { phase = phase * factor + i % factor }
            return operands[phase][zip(index, op.factors).map { $0 / $1 }]
        }
    }

    static func transpose(_ op: TransposeOp, _ x: ReferenceTensor) -> ReferenceTensor {
        ReferenceTensor(op.permutation.map { x.shape[$0] }) { index in
            var source = index
            for (axis, from) in op.permutation.enumerated() { source[from] = index[axis] }
            return x[source]
        }
    }

    static func band(
        _ op: BandOp, _ x: ReferenceTensor, weights: ReferenceTensor
    ) -> ReferenceTensor {
        var shape = x.shape
        shape[op.axis] = op.starts.count
        return ReferenceTensor(shape) { index in
            let o = index[op.axis]
            return (0..<op.counts[o]).reduce(0) { sum, tap in
                var source = index
                source[op.axis] = op.starts[o] + tap
                return sum + weights[[o, tap]] * x[source]
            }
        }
    }

    static func resize(_ op: ResizeOp, _ x: ReferenceTensor) -> ReferenceTensor {
        var result = x
        let axes = x.shape.indices.filter { x.shape[$0] != op.sizes[$0] }
        for axis in axes.reversed() {
            result = resize(result, op.method, axis: axis, to: op.sizes[axis])
        }
        guard op.method == .linear, axes.count == 1 else { return result }
        // The image's other axis, along which every element lies between itself and itself.
        return ReferenceTensor(result.shape) { result[$0] + (result[$0] - result[$0]) * 0 }
    }

    private static func resize(
        _ x: ReferenceTensor, _ method: ResizeOp.Method, axis: Int, to size: Int
    ) -> ReferenceTensor {
        let old = x.shape[axis]
        var shape = x.shape
        shape[axis] = size
        return ReferenceTensor(shape) { index in
            func element(_ i: Int) -> Double {
                var source = index
                source[axis] = min(max(i, 0), old - 1)
                return x[source]
            }
            // In integers, so that rounding can't put a cell on the wrong side.
            if method == .nearest { return element((2 * index[axis] + 1) * old / (2 * size)) }
            let place = (Double(index[axis]) + 0.5) * Double(old) / Double(size) - 0.5
            let (below, above) = (element(Int(floor(place))), element(Int(ceil(place))))
            return below + (above - below) * (place - floor(place))
        }
    }
}
