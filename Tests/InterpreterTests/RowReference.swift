import Foundation
import Plan

extension RowKernel.Function {
    /// The row after the function, in double precision.
    func reference(_ row: [Double]) -> [Double] {
        let count = Double(row.count)
        let top = row.reduce(-.infinity) { larger($0, $1) }
        let total = row.reduce(0) { $0 + exp($1 - top) }
        let squares = row.reduce(0) { $0 + $1 * $1 }
        switch self {
        case .softmax(.softmax): return row.map { exp($0 - top) / total }
        case .softmax(.joint):
            let base = top.isFinite ? top : 0
            let shift = base + log(row.reduce(0) { $0 + exp($1 - base) })
            return row.map { exp($0 - shift) }
        case .softmax(.logSoftmax): return row.map { $0 - top - log(total) }
        case .softmax(.sparsemax):
            if top.isNaN { return row.map { _ in .nan } }
            var sum = 0.0
            var support: [Double] = []
            for (index, z) in row.sorted(by: >).enumerated() {
                sum += z
                if z > (sum - 1) / Double(index + 1) { support.append(sum) }
            }
            let tau = (support.reduce(0, +) - 1) / Double(support.count)
            return row.map { max($0 - tau, 0) }
        case .normalize(.standard, let epsilon):
            let mean = row.reduce(0, +) / count
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            return row.map { ($0 - mean) / sqrt(variance + epsilon) }
        case .normalize(.rootMeanSquare, let epsilon):
            return row.map { $0 / sqrt(squares / count + epsilon) }
        case .normalize(.unit, _):
            let factor = 1 / sqrt(squares)
            return row.map { $0 * (factor > 1e12 ? 1e12 : factor) }
        }
    }
}
