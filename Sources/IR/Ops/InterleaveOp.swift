/// Tensors in turns along several axes: with `factors` `f`, the operand of phase `r` (one index for
/// each axis, `r[a]` in `0..<f[a]`) has the cells `r[a], r[a] + f[a], ...` of the result.
///
/// Operands: one for each phase, in row-major order of the phases. Axis `a` of the operand of phase
/// `r` has `(size - r[a]) / f[a]` cells, rounded up.
package struct InterleaveOp: Operation {
    package static let mnemonic = "interleave"
    package var factors: [Int]

    package init(factors: [Int]) { self.factors = factors }

    package init(_ attributes: Attributes) throws(GraphError) {
        factors = try attributes.integers("factors")
    }

    package var attributes: Attributes { Attributes([("factors", .integers(factors))]) }

    /// The first cell of each operand, in their order.
    package var phases: [[Int]] {
        var result: [[Int]] = [[]]
        for factor in factors {
            result = result.flatMap { head in (0..<factor).map { head + [$0] } }
        }
        return result
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try require(factors.allSatisfy { $0 > 0 }, "factors should be positive")
        try require(
            operands.count == TensorType(factors).checkedCount,
            "takes one operand for each phase")
        let rank = factors.count
        try require(
            operands.allSatisfy { $0.rank == rank && $0.elementType == operands[0].elementType },
            "takes operands of rank \(rank) and of one element type")
        // Along each axis, what the operands that differ in its phase only have together.
        var shape = [Int](repeating: 0, count: rank)
        for (phase, operand) in zip(phases, operands) {
            for axis in 0..<rank where phase.enumerated().allSatisfy({ $0 == axis || $1 == 0 }) {
                shape[axis] += operand.shape[axis]
            }
        }
        for (phase, operand) in zip(phases, operands) {
            for axis in 0..<rank {
                let wanted = (shape[axis] - phase[axis] + factors[axis] - 1) / factors[axis]
                try require(
                    operand.shape[axis] == wanted,
                    "phase \(phase) should have \(wanted) cells along axis \(axis), not "
                        + "\(operand.shape[axis])")
            }
        }
        return TensorType(operands[0].elementType, shape)
    }
}
