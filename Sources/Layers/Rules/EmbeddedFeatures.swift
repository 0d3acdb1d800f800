import Diagnostics
import Spec

/// An Embedding of what a layer computes, whose numbers are no indices.
enum EmbeddedFeatures: ModelRule {
    static let code = DiagnosticCode(
        "BNC2313", "An Embedding reads what a layer computes", severity: .warning,
        explanation: """
            An Embedding takes its inputs for the numbers of rows in its table, and what stands behind \
            their point is dropped. What a layer with variables computes is no such number: the \
            Embedding most likely belongs behind the Input.
            """,
        failing: """
            layers:
              - Input: {shape: [8]}
              - Dense: {units: 8}
              - Embedding: {input_dim: 100, output_dim: 4}
            """,
        mended: """
            layers:
              - Input: {shape: [8], dtype: int32}
              - Embedding: {input_dim: 100, output_dim: 4}
              - Dense: {units: 8}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes where node.layer is Embedding {
            var source = model.source(of: node)
            while let plain = source, plain.isElementwise || plain.layer is Flatten {
                source = model.source(of: plain)
            }
            guard let source, !source.layer.weights(source.inputTypes).isEmpty else { continue }
            bag.report(
                Diagnostic(
                    code, .warning,
                    "`\(node.item.name)` takes what `\(source.item.name)` computes for the numbers of "
                        + "rows in a table", at: node.item.span, label: "reads indices",
                    secondary: [Label(span: source.item.span, text: "computes any numbers")],
                    helps: ["an Embedding stands behind an Input of `dtype: int32`"]))
        }
    }
}
