import IR
import Plan

/// Padding with zeros along the spatial axes becomes the padding of the convolutions that read it:
/// they take cells outside of their operand as zeros.
///
/// Never a pool's, whose padding cells take no part in an average or a maximum. Where somebody else
/// reads the padded value too, it stays for them.
package enum AbsorbPadding: GraphPass {
    package static let name = "absorb-padding"
    package static let summary = "Convolutions pad their operand themselves."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            guard case .pad(let pad) = editor[value].op, pad.value == 0,
                pad.padding.count > 2, pad.padding.first!.isZero, pad.padding.last!.isZero
            else { continue }
            for reader in editor.readers(of: value) {
                absorb(pad, value, into: reader, &editor, &remarks)
            }
        }
        return editor.finish()
    }

    private static func absorb(
        _ pad: PadOp, _ value: ValueID, into reader: ValueID, _ editor: inout GraphEditor,
        _ remarks: inout [Remark]
    ) {
        let node = editor[reader]
        // The padded value must be what is convolved, and nothing else to the convolution.
        guard case .convolution(var op) = node.op, node.inputs[0] == value,
            !node.inputs.dropFirst().contains(value)
        else { return }
        for axis in op.padding.indices {
            // Zeros between the cells stand between those of the padding too.
            let distance = op.inputDilation[axis]
            op.padding[axis].before += pad.padding[axis + 1].before * distance
            op.padding[axis].after += pad.padding[axis + 1].after * distance
        }
        let layers = editor[value].layers.followed(by: node.layers)
        editor.rewrite(
            reader, .convolution(op), editor[value].inputs + node.inputs.dropFirst(),
            epilogue: node.epilogue, layers: layers)
        remarks.append(
            remark(layers, applied: true, "padded by the convolution `\(node.name)` itself"))
    }
}
