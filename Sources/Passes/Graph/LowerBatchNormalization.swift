import IR
import Plan

/// `(x - mean) / sqrt(variance + epsilon) * gamma + beta` becomes `x * scale + shift` with
///
///     scale = gamma / sqrt(variance + epsilon)
///     shift = beta - mean * scale
///
/// which is the same function of x. Where the statistics are constants, so are scale and shift;
/// else they are computed by primitive ops.
package enum LowerBatchNormalization: GraphPass {
    package static let name = "lower-batch-normalization"
    package static let summary = "Batch normalization becomes one scale and shift per channel."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values {
            guard case .batchNormalization(let op) = editor[value].op else { continue }
            let inputs = editor[value].inputs
            let (scale, shift) =
                folded(op, value, &editor) ?? computed(op, value, &editor)
            editor.rewrite(
                value, .scaleShift(ScaleShiftOp(axis: op.axis)), [inputs[0], scale, shift])
        }
        return editor.finish()
    }

    private static func folded(
        _ op: BatchNormalizationOp, _ value: ValueID, _ editor: inout GraphEditor
    ) -> (scale: ValueID, shift: ValueID)? {
        let node = editor[value]
        let statistics = node.inputs[1...].compactMap { editor.constant($0).map(WideElements.init) }
        guard statistics.count == 4 else { return nil }
        let (mean, variance) = (statistics[0], statistics[1])
        let (gamma, beta) = (statistics[2], statistics[3])
        let scale = gamma * variance.map { 1 / ($0 + op.epsilon).squareRoot() }
        let shift = beta - mean * scale
        return editor.appendScaleAndShift(scale, shift, size: node.type.shape[op.axis], for: value)
    }

    private static func computed(
        _ op: BatchNormalizationOp, _ value: ValueID, _ editor: inout GraphEditor
    ) -> (scale: ValueID, shift: ValueID) {
        let node = editor[value]
        func emit(_ op: Op, _ inputs: [ValueID], _ suffix: String) -> ValueID {
            editor.append(op, inputs, name: "\(node.name).\(suffix)", layers: node.layers)
        }
        let (mean, variance) = (node.inputs[1], node.inputs[2])
        let (gamma, beta) = (node.inputs[3], node.inputs[4])
        let stable = emit(
            .unary(UnaryOp(UnaryFunction(.affine, 1, op.epsilon))), [variance], "epsilon")
        let deviation = emit(.unary(UnaryOp(UnaryFunction(.squareRoot))), [stable], "deviation")
        let scale = emit(.binary(BinaryOp(.divide)), [gamma, deviation], "scale")
        let offset = emit(.binary(BinaryOp(.multiply)), [mean, scale], "offset")
        let shift = emit(.binary(BinaryOp(.subtract)), [beta, offset], "shift")
        return (scale, shift)
    }
}
