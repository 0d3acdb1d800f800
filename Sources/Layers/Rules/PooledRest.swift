import Diagnostics
import Spec

/// A pooling whose windows end before the input does.
enum PooledRest: ModelRule {
    static let code = DiagnosticCode(
        "BNC2305", "A pooling leaves the last rows or columns out", severity: .remark,
        explanation: """
            With `padding: valid` a pooling takes whole windows only. What is left at the end of an axis \
            that the windows don't fill is not looked at. `padding: same` looks at all of it.
            """,
        failing: """
            layers:
              - Input: {shape: [13, 13, 8]}
              - MaxPooling2D
              - Flatten
            """,
        mended: """
            layers:
              - Input: {shape: [13, 13, 8]}
              - MaxPooling2D: {padding: same}
              - Flatten
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes {
            guard let layer = node.layer as? any PoolingLayer else { continue }
            let (sizes, all) = layer.rest(of: node.inputTypes[0])
            var rest = all
            if let padding = model.input(of: node)?.layer as? any ZeroPaddingLayer {
                // Nothing is lost of zeros.
                for (axis, pad) in padding.spatial.enumerated() where rest[axis] <= pad.after {
                    rest[axis] = 0
                }
            }
            let names = SpatialWindow.axisNames[sizes.count - 1].map { singular[$0] ?? $0 }
            let parts = rest.indices.filter { rest[$0] > 0 }
            guard !parts.isEmpty else { continue }
            let counts = Set(parts.map { rest[$0] })
            let cells = parts.map { names[$0] + (rest[$0] == 1 ? "" : "s") }
            let list =
                counts.count == 1
                ? "last \(counts == [1] ? "" : "\(rest[parts[0]]) ")\(Axis.list(cells))"
                : Axis.list(zip(parts, cells).map { "last \(rest[$0]) \($1)" })
            bag.report(
                Diagnostic(
                    code, .remark, "`\(node.item.name)` leaves out the \(list) of what comes in",
                    at: node.item.span,
                    label: "takes \(node.inputTypes[0].shapeText) and makes "
                        + node.output.shapeText,
                    notes: parts.prefix(1).map { layer.division(of: sizes[$0], axis: $0) },
                    helps: ["`padding: same` takes them in; the output is larger then"]))
        }
    }

    /// What a message calls one cell along an axis.
    private static let singular = [
        "height": "row", "width": "column", "depth": "slice", "steps": "step",
    ]
}
