import Diagnostics
import Spec

/// A softmax over a single number, which is always 1.
enum SingleSoftmax: ModelRule {
    static let code = DiagnosticCode(
        "BNC2308", "A softmax over one number is always 1", severity: .warning,
        explanation: """
            Softmax makes numbers that sum to 1. Of a single one it makes 1, whatever comes in. For a \
            yes or no, `sigmoid` makes one number between 0 and 1; or there are two units.
            """,
        failing: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 1, activation: softmax}
            """,
        mended: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 1, activation: sigmoid}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        for node in model.nodes where node.isSoftmax && node.output.shape.last == 1 {
            let isArgument = !(node.layer is Softmax)
            let place = node.softmaxSpan
            bag.report(
                Diagnostic(
                    code, .warning,
                    "`\(node.item.name)` is always 1: a softmax over a last axis of size 1",
                    at: place, label: "over \(node.output.shapeText)",
                    helps: isArgument
                        ? [] : ["`Activation: {activation: sigmoid}` for a yes or no"],
                    fixIts: isArgument
                        ? [
                            FixIt(
                                span: place, replacement: "sigmoid",
                                text: "`sigmoid` makes a number between 0 and 1")
                        ] : []))
        }
    }
}
