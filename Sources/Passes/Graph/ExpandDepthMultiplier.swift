import IR
import Plan

/// A depthwise convolution with several filters for each channel becomes one with a single filter
/// for each of as many channels: channel `c` is repeated `m` times, and filter `c * m + i` reads
/// copy `i`, with the weights as they are.
///
/// Nearest resizing by the whole factor `m` is that repetition: `floor((j + 0.5) / m) = j / m`
/// rounded down.
package enum ExpandDepthMultiplier: GraphPass {
    package static let name = "expand-depth-multiplier"
    package static let summary = "Depthwise convolutions get one filter for each channel."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values {
            let node = editor[value]
            guard case .convolution(var op) = node.op else { continue }
            var sizes = editor.type(node.inputs[0]).shape
            let channels = sizes[sizes.count - 1]
            let filters = node.type.shape[sizes.count - 1]
            guard channels > 1, op.groups == channels, filters > channels else { continue }
            sizes[sizes.count - 1] = filters
            let repeated = editor.append(
                .resize(ResizeOp(.nearest, sizes: sizes)), [node.inputs[0]],
                name: "\(node.name).repeat", layers: node.layers)
            op.groups = filters
            editor.rewrite(
                value, .convolution(op), [repeated] + node.inputs.dropFirst(),
                epilogue: node.epilogue)
        }
        return editor.finish()
    }
}
