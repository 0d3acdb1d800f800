import IR
import Plan

/// Moves elementwise work into the node that makes the elements, so that each is stored once:
/// activations, scale and shift along the last axis, and functions of two whose other operand
/// broadcasts to the producer's result (a residual, a gate `[N,1,1,C]`).
///
/// The producer's result must have no other reader and be no output; then no path leads from it to
/// the other operand either, and no cycle can come of it. Between two producers a convolution or
/// matrix product wins, and between equals the later one: its partner is ready by then.
package enum FuseEpilogues: GraphPass {
    package static let name = "fuse-epilogues"
    package static let summary = "Activations and additions go into the op before them."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            guard let slot = slotToFuse(value, editor) else { continue }
            let node = editor[value]
            let producer = editor[node.inputs[slot]]
            let layers = producer.layers.followed(by: node.layers)
            fuse(value, slot: slot, producer, layers: layers, &editor)
            remarks.append(
                remark(
                    layers, applied: true,
                    "\(verb(node.op)) in the epilogue of the \(producer.op.thing)"))
        }
        return editor.finish()
    }

    /// The operand whose producer takes the node into its epilogue.
    private static func slotToFuse(_ value: ValueID, _ editor: GraphEditor) -> Int? {
        let node = editor[value]
        switch node.op {
        case .unary: break
        case .scaleShift(let op): if op.axis != node.type.rank - 1 { return nil }
        case .binary:
            return [0, 1].filter { canTake(node, slot: $0, editor) }.max {
                rank(node.inputs[$0], editor) < rank(node.inputs[$1], editor)
            }
        default: return nil
        }
        return canTake(node, slot: 0, editor) ? 0 : nil
    }

    private static func canTake(_ node: Node, slot: Int, _ editor: GraphEditor) -> Bool {
        let x = node.inputs[slot]
        return editor[x].op.operation.mayCarryEpilogue && editor.hasOneUse(x)
            && editor.type(x) == node.type
    }

    private static func rank(_ value: ValueID, _ editor: GraphEditor) -> (Int, Int) {
        (editor[value].op.hasWeights ? 1 : 0, value.index)
    }

    private static func fuse(
        _ value: ValueID, slot: Int, _ producer: Node, layers: [String],
        _ editor: inout GraphEditor
    ) {
        let node = editor[value]
        let end = producer.inputs.count
        let step: EpilogueStep
        switch node.op {
        case .unary(let op): step = .unary(op.function)
        case .scaleShift: step = .scaleShift(scale: end, shift: end + 1)
        case .binary(let op):
            let reversed = slot == 1 && !op.function.isCommutative
            step = .binary(op.function, operand: end, reversed: reversed)
        default: preconditionFailure("\(node.op.mnemonic) is no step of an epilogue")
        }
        // The node's operands without the fused one stand behind the producer's.
        var inputs = node.inputs
        inputs.remove(at: slot)
        let own = node.epilogue.map { $0.moved(by: end - 1) }
        editor.rewrite(
            value, producer.op, producer.inputs + inputs,
            epilogue: producer.epilogue + [step] + own, layers: layers)
    }

    private static func verb(_ op: Op) -> String {
        switch op {
        case .unary(let op): "\(op.function.kind.rawValue) computed"
        case .binary(let op): "\(op.function.rawValue) computed"
        default: "scaled and shifted"
        }
    }
}
