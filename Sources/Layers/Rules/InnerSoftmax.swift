import Diagnostics
import Spec

/// A softmax that another layer with weights reads, or another softmax.
enum InnerSoftmax: ModelRule {
    static let code = DiagnosticCode(
        "BNC2304", "A softmax stands before the last layer", severity: .warning,
        explanation: """
            Softmax makes probabilities, which is what a classifier gives in the end. As the input of \
            another layer they hide how large the numbers were, and a second softmax makes them almost \
            equal. Inside a model, `relu` and its kin are what is meant most of the time. Attention, \
            where a softmax weighs other values in `Multiply` or `Dot`, is not reported.
            """,
        failing: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 32, activation: softmax}
              - Dense: {units: 10, activation: softmax}
            """,
        mended: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 32, activation: relu}
              - Dense: {units: 10, activation: softmax}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes {
            guard let source = model.source(of: node), source.isSoftmax else { continue }
            let isSecond = node.isSoftmax && !node.hasKernel
            guard isSecond || node.hasKernel || node.layer is BatchNormalization else { continue }
            bag.report(
                Diagnostic(
                    code, .warning,
                    isSecond
                        ? "`\(node.item.name)` takes the softmax of a softmax"
                        : "`\(node.item.name)` reads the probabilities of a softmax",
                    at: source.softmaxSpan,
                    label: isSecond
                        ? "makes probabilities already" : "a softmax before the last layer",
                    secondary: [
                        Label(
                            span: node.softmaxSpan,
                            text: isSecond ? "makes probabilities again" : "reads them")
                    ],
                    notes: isSecond
                        ? ["the second softmax makes probabilities almost equal"] : [],
                    helps: [
                        isSecond
                            ? "leave one of them out"
                            : "inside a model `activation: relu` is what is meant most of the time"
                    ]))
        }
    }
}
