import Diagnostics
import Spec

/// A Reshape that looks as if it were to swap axes.
enum ReshapeAsTranspose: ModelRule {
    static let code = DiagnosticCode(
        "BNC2309", "A Reshape has the sizes of its input in another order", severity: .warning,
        explanation: """
            Reshape reads the elements row by row and writes them row by row: it doesn't move axes. \
            Where the new shape has the old sizes in another order, swapping axes is most likely what \
            was meant, which is `Permute`.
            """,
        failing: """
            layers:
              - Input: {shape: [28, 14, 3]}
              - Reshape: {target_shape: [3, 28, 14]}
              - Flatten
            """,
        mended: """
            layers:
              - Input: {shape: [28, 14, 3]}
              - Permute: {dims: [3, 1, 2]}
              - Flatten
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes where node.layer is Reshape {
            let (old, new) = (node.inputTypes[0].shape, node.output.shape)
            let isMoved = old.filter { $0 > 1 } != new.filter { $0 > 1 }
            guard old.count > 1, isMoved, old.sorted() == new.sorted() else { continue }
            var free = Set(old.indices)
            let dims = new.map { size -> Int in
                let axis = free.sorted().first { old[$0] == size }!
                free.remove(axis)
                return axis + 1
            }
            bag.report(
                Diagnostic(
                    code, .warning, "`\(node.item.name)` doesn't move axes, it cuts rows anew",
                    at: node.span("target_shape"),
                    label: "the sizes of \(node.inputTypes[0].shapeText) in another order",
                    helps: ["to swap axes, write `Permute: {dims: \(dims)}`"]))
        }
    }
}
