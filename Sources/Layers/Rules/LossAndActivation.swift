import Diagnostics
import Spec

/// A loss that expects probabilities of a model that makes none, or the other way round.
enum LossAndActivation: ModelRule {
    static let code = DiagnosticCode(
        "BNC2310", "The loss expects another kind of output", severity: .warning,
        explanation: """
            Keras's crossentropies expect probabilities, as `softmax` and `sigmoid` make them, unless \
            they say `from_logits: true`; then they expect the numbers before. With the wrong one \
            training runs without a word, and badly.
            """,
        failing: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 10}
            compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
            """,
        mended: """
            layers:
              - Input: {shape: [64]}
              - Dense: {units: 10, activation: softmax}
            compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
            """)

    static func check(_ model: ModelView, _ bag: inout DiagnosticBag) {
        guard let loss = model.model.loss, loss.name.squashedSuffix == "crossentropy" else {
            return
        }
        for node in model.nodes where node.isOutput {
            let makesProbabilities = node.isSoftmax || node.activation?.name == "sigmoid"
            // Of other layers it can't be told what they make.
            guard makesProbabilities || node.activation == .linear,
                makesProbabilities == loss.fromLogits
            else { continue }
            let expected = loss.fromLogits ? "logits" : "probabilities"
            bag.report(
                Diagnostic(
                    code, .warning,
                    "`\(loss.name)` expects \(expected), and `\(node.item.name)` makes "
                        + (loss.fromLogits ? "probabilities" : "numbers of any size"),
                    at: makesProbabilities ? node.softmaxSpan : node.item.span,
                    label: makesProbabilities ? "makes probabilities" : "has no activation",
                    secondary: [Label(span: loss.span, text: "expects \(expected)")],
                    helps: [
                        loss.fromLogits
                            ? "leave the activation or `from_logits` out"
                            : "add `activation: "
                                + (node.output.shape.last == 1 ? "sigmoid" : "softmax")
                                + "`, or write the loss with `from_logits: true`"
                    ]))
        }
    }
}

extension String {
    /// `crossentropy` for whatever crossentropy it is.
    fileprivate var squashedSuffix: String {
        Suggestion.squashed(self).hasSuffix("crossentropy") ? "crossentropy" : self
    }
}
