import Foundation
import IR

// Ops in which an element of the result comes from all elements along some axes.
extension ReferenceEvaluator {
    static func reduce(_ op: ReduceOp, _ x: ReferenceTensor) -> ReferenceTensor {
        var reduced: [Double] = []
        for row in rows(of: x, along: op.axes) {
            let elements = row.map { x.elements[$0] }
            switch op.kind {
            case .sum: reduced.append(elements.reduce(0, +))
            case .mean: reduced.append(elements.reduce(0, +) / Double(elements.count))
            case .maximum: reduced.append(maximum(elements))
            case .minimum: reduced.append(-maximum(elements.map { -$0 }))
            }
        }
        var shape: [Int] = []
        for (axis, size) in x.shape.enumerated() {
            if !op.axes.contains(axis) {
                shape.append(size)
            } else if op.keepDims {
                shape.append(1)
            }
        }
        return ReferenceTensor(shape, reduced)
    }

    static func normalize(_ op: NormalizeOp, _ x: ReferenceTensor) -> ReferenceTensor {
        mapRows(of: x, along: op.axes) { row in
            let count = Double(row.count)
            let squares = row.reduce(0) { $0 + $1 * $1 }
            switch op.kind {
            case .standard:
                let mean = row.reduce(0, +) / count
                let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
                return row.map { ($0 - mean) / sqrt(variance + op.epsilon) }
            case .rootMeanSquare:
                return row.map { $0 / sqrt(squares / count + op.epsilon) }
            case .unit:
                let factor = 1 / sqrt(squares)
                return row.map { $0 * (factor > 1e12 ? 1e12 : factor) }
            }
        }
    }

    static func softmax(_ op: SoftmaxOp, _ x: ReferenceTensor) -> ReferenceTensor {
        mapRows(of: x, along: op.axes) { row in
            let top = maximum(row)
            let sum = row.reduce(0) { $0 + exp($1 - top) }
            switch op.kind {
            case .softmax: return row.map { exp($0 - top) / sum }
            case .joint:
                let base = top.isFinite ? top : 0
                let shift = base + log(row.reduce(0) { $0 + exp($1 - base) })
                return row.map { exp($0 - shift) }
            case .logSoftmax: return row.map { $0 - top - log(sum) }
            case .sparsemax: return sparsemax(row)
            }
        }
    }

    /// As Keras computes it; see `SoftmaxOp.Kind.sparsemax`.
    private static func sparsemax(_ row: [Double]) -> [Double] {
        if row.contains(where: \.isNaN) { return row.map { _ in .nan } }
        var sum = 0.0
        var supportCount = 0.0
        var supportSum = 0.0
        for (index, z) in row.sorted(by: >).enumerated() {
            sum += z
            if z > (sum - 1) / Double(index + 1) {
                supportCount += 1
                supportSum += sum
            }
        }
        let tau = (supportSum - 1) / supportCount
        return row.map { ReferenceFunctions.maximum($0 - tau, 0) }
    }

    private static func maximum(_ elements: [Double]) -> Double {
        elements.dropFirst().reduce(elements[0], ReferenceFunctions.maximum)
    }

    /// The offsets of the elements that share their index outside `axes`: one list for each index
    /// outside, in row-major order, and so within each list.
    private static func rows(of x: ReferenceTensor, along axes: [Int]) -> [[Int]] {
        var rows: [[Int]: Int] = [:]
        var result: [[Int]] = []
        for (offset, index) in ReferenceTensor.indices(of: x.shape).enumerated() {
            let outside = index.indices.filter { !axes.contains($0) }.map { index[$0] }
            if let row = rows[outside] {
                result[row].append(offset)
            } else {
                rows[outside] = result.count
                result.append([offset])
            }
        }
        return result
    }

    private static func mapRows(
        of x: ReferenceTensor, along axes: [Int], _ function: ([Double]) -> [Double]
    ) -> ReferenceTensor {
        var result = x.elements
        for row in rows(of: x, along: axes) {
            for (offset, element) in zip(row, function(row.map { x.elements[$0] })) {
                result[offset] = element
            }
        }
        return ReferenceTensor(x.shape, result)
    }
}
