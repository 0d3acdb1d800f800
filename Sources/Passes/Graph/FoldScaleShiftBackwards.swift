import IR
import Plan

/// Folds a scale and shift along the channels into the weights of the convolution or matrix product
/// before it:
///
///     (sum of x * kernel + bias) * scale + shift
///         = sum of x * (kernel * scale) + (bias * scale + shift)
///
/// Filter `f` stands along the last axis of the kernel in either op, whatever the groups. It holds
/// only where nothing stands between the two, where nobody else reads the unscaled result, and
/// where the scaled axis is the one of the filters.
package enum FoldScaleShiftBackwards: GraphPass {
    package static let name = "fold-scale-shift-backwards"
    package static let summary = "Batch normalization goes into the weights before it."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            guard let scaleAndShift = editor.scaleAndShift(value) else { continue }
            let node = editor[value]
            if let reason = obstacle(value, scaleAndShift, editor) {
                remarks.append(remark(node.layers, applied: false, reason))
                continue
            }
            let producer = editor[node.inputs[0]]
            let layers = producer.layers.followed(by: node.layers)
            fold(scaleAndShift, into: producer, at: value, layers: layers, &editor)
            remarks.append(
                remark(layers, applied: true, "folded into the \(producer.op.thing)'s weights"))
        }
        return editor.finish()
    }

    private static func fold(
        _ scaleAndShift: ScaleAndShift, into producer: Node, at value: ValueID, layers: [String],
        _ editor: inout GraphEditor
    ) {
        let kernel = editor.constant(producer.inputs[1])!
        let layout = KernelLayout(producer.op, kernel.type)
        let scaled = layout.scaled(kernel, byFilter: scaleAndShift.scale)
        var bias = WideElements.splat(0)
        if producer.inputs.count > 2 { bias = WideElements(editor.constant(producer.inputs[2])!) }
        let inputs = [
            producer.inputs[0], editor.replaceConstant(producer.inputs[1], data: scaled),
            editor.replaceBias(
                of: producer, bias * scaleAndShift.scale + scaleAndShift.shift,
                filters: layout.filters),
        ]
        editor.rewrite(value, producer.op, inputs, layers: layers)
    }

    /// Why a scale and shift can't be folded; nil if it can.
    private static func obstacle(
        _ value: ValueID, _ scaleAndShift: ScaleAndShift, _ editor: GraphEditor
    ) -> String? {
        let x = editor[value].inputs[0]
        let producer = editor[x]
        guard producer.op.hasWeights else { return whatStandsBetween(x, editor) }
        if scaleAndShift.axis != producer.type.rank - 1 {
            return "scales axis \(scaleAndShift.axis), which is not the channel axis of the "
                + "\(producer.op.thing) `\(producer.name)`"
        }
        if editor.isOutput(x) { return "`\(producer.name)` is an output" }
        if !editor.hasOneUse(x) { return "`\(producer.name)` is read elsewhere too" }
        if !producer.epilogue.isEmpty {
            return "`\(producer.name)` has an epilogue, which stands between"
        }
        if producer.inputs[1...].contains(where: { editor.constant($0) == nil }) {
            return "the weights of `\(producer.name)` are not constant"
        }
        return nil
    }

    private static func whatStandsBetween(_ x: ValueID, _ editor: GraphEditor) -> String {
        let node = editor[x]
        if case .unary(let op) = node.op, let before = weightsBefore(x, editor) {
            return "the activation \(op.function.kind.rawValue) stands between "
                + "`\(before.name)` and it"
        }
        if let before = weightsBefore(x, editor) {
            return "`\(node.name)` (\(node.op.mnemonic)) stands between `\(before.name)` and it"
        }
        return "stands behind `\(node.name)` (\(node.op.mnemonic)), which has no weights"
    }

    /// The convolution or matrix product from which a value comes through nodes of one operand.
    private static func weightsBefore(_ value: ValueID, _ editor: GraphEditor) -> Node? {
        var node = editor[value]
        while !node.op.hasWeights {
            guard node.inputs.count == 1 else { return nil }
            node = editor[node.inputs[0]]
        }
        return node
    }
}
