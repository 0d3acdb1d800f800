import IR
import Plan

/// Computes at compile time what depends on constants only: ops that move elements, and elementwise
/// arithmetic, in double precision.
///
/// A splat stays a splat. A result that would be much larger than what it comes from is left to be
/// computed at run time: it would only make the weights larger.
package enum FoldConstants: GraphPass {
    package static let name = "fold-constants"
    package static let summary = "What depends on constants only is computed at compile time."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            let node = editor[value]
            let operands = node.inputs.compactMap { editor.constant($0) }
            guard node.epilogue.isEmpty, !operands.isEmpty, operands.count == node.inputs.count,
                let data = folded(node, operands)
            else { continue }
            editor.rewrite(value, asConstant: data)
        }
        return editor.finish()
    }

    private static func folded(_ node: Node, _ operands: [Constant]) -> ConstantData? {
        let size = operands.reduce(0) { $0 + $1.type.count }
        let isSmall = node.type.count <= max(4096, 2 * size)
        if let data = moved(node, operands, isSmall: isSmall) { return data }
        guard isSmall || operands.allSatisfy({ $0.uniformData != nil }) else { return nil }
        return computed(node, operands.map(WideElements.init), operands)?.data
    }

    // MARK: Arithmetic

    private static func computed(
        _ node: Node, _ elements: [WideElements], _ operands: [Constant]
    ) -> WideElements? {
        func broadcast(_ slot: Int) -> WideElements {
            guard case .list = elements[slot] else { return elements[slot] }
            return elements[slot].gathered(
                node.type.shape.broadcastOffsets(from: operands[slot].type.shape))
        }
        switch node.op {
        case .unary(let op):
            return function(op.function).map { elements[0].map($0) }
        case .binary(let op):
            return function(op.function).map { broadcast(0).combined(with: broadcast(1), $0) }
        case .scaleShift(let op):
            func along(_ slot: Int) -> WideElements {
                var shape = [Int](repeating: 1, count: node.type.rank)
                shape[op.axis] = node.type.shape[op.axis]
                return elements[slot].gathered(node.type.shape.broadcastOffsets(from: shape))
            }
            return elements[0] * along(1) + along(2)
        default: return nil
        }
    }

    /// The functions of plain arithmetic; what needs a series is left to the engines.
    private static func function(_ function: UnaryFunction) -> ((Double) -> Double)? {
        let p = function.parameters
        return switch function.kind {
        case .affine: { $0 * p[0] + p[1] }
        case .negate: { -$0 }
        case .absolute: { abs($0) }
        case .square: { $0 * $0 }
        case .squareRoot: { $0.squareRoot() }
        case .reciprocal: { 1 / $0 }
        case .relu: { $0 < 0 ? 0 : $0 }
        case .clippedReLU: { $0 < 0 ? 0 : $0 > p[0] ? p[0] : $0 }
        case .leakyReLU: { $0 < 0 ? $0 * p[0] : $0 }
        case .notEqual: { $0 != p[0] ? 1 : 0 }
        default: nil
        }
    }

    private static func function(_ function: BinaryFunction) -> ((Double, Double) -> Double)? {
        switch function {
        case .add: { $0 + $1 }
        case .subtract: { $0 - $1 }
        case .multiply: { $0 * $1 }
        case .divide: { $0 / $1 }
        // NaN goes through, whichever side it is on.
        case .maximum: { $0.isNaN || $0 > $1 ? $0 : $1 }
        case .minimum: { $0.isNaN || $0 < $1 ? $0 : $1 }
        case .squaredDifference: { ($0 - $1) * ($0 - $1) }
        case .keep: { $1 != 0 ? $0 : 0 }
        case .equal: { $0 == $1 ? 1 : 0 }
        case .less: { $0 < $1 ? 1 : 0 }
        case .prelu, .arctangent2: nil
        }
    }

    // MARK: Movement

    /// The result of an op that only moves elements, of either element type.
    private static func moved(
        _ node: Node, _ operands: [Constant], isSmall: Bool
    ) -> ConstantData? {
        let source = operands[0]
        let offsets: [Int]
        switch node.op {
        case .reshape: return source.data
        case .transpose, .slice: if let data = source.uniformData { return data }
        case .pad(let op): return isSmall ? padded(op, source, node.type) : nil
        case .concatenate(let op): return concatenated(op, operands)
        default: return nil
        }
        switch node.op {
        case .transpose(let op):
            offsets = node.type.shape.offsets(
                strides: op.permutation.map { source.type.shape.rowMajorStrides[$0] })
        case .slice(let op):
            let strides = source.type.shape.rowMajorStrides
            let start = zip(op.starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
            offsets = node.type.shape.offsets(strides: zip(op.steps, strides).map(*), start: start)
        default: return nil
        }
        return source.data.gathered(offsets)
    }

    private static func padded(
        _ op: PadOp, _ source: Constant, _ type: TensorType
    ) -> ConstantData? {
        guard source.isDefined else { return .undefined }
        if case .splat(let value) = source.data, value == Float(op.value) { return source.data }
        guard source.type.elementType == .float32, let elements = source.floats else { return nil }
        var result = [Float](repeating: Float(op.value), count: type.count)
        let strides = type.shape.rowMajorStrides
        let start = zip(op.padding, strides).reduce(0) { $0 + $1.0.before * $1.1 }
        for (element, offset) in zip(
            elements, source.type.shape.offsets(strides: strides, start: start))
        { result[offset] = element }
        return .floats(result)
    }

    private static func concatenated(
        _ op: ConcatenateOp, _ operands: [Constant]
    ) -> ConstantData? {
        if operands.contains(where: { !$0.isDefined }) { return .undefined }
        if let data = operands[0].uniformData, operands.allSatisfy({ $0.data == data }) {
            return data
        }
        guard operands[0].type.elementType == .float32 else { return nil }
        let rows = operands[0].type.shape[..<op.axis].reduce(1, *)
        var result: [Float] = []
        let parts = operands.map { (elements: $0.floats!, width: $0.type.count / rows) }
        for row in 0..<rows {
            for part in parts {
                result += part.elements[row * part.width..<(row + 1) * part.width]
            }
        }
        return .floats(result)
    }
}
