import Diagnostics
import Syntax

/// What may stand under `compile` and `fit`: the arguments of Keras's methods of these names. bnc
/// doesn't train; it keeps them, and reports slips.
enum TrainingKeys {
    private static let names = [
        "compile": [
            "optimizer", "loss", "loss_weights", "metrics", "weighted_metrics", "run_eagerly",
            "steps_per_execution", "jit_compile", "auto_scale_loss",
        ],
        "fit": [
            "x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split",
            "validation_data", "shuffle", "class_weight", "sample_weight", "initial_epoch",
            "steps_per_epoch", "validation_steps", "validation_batch_size", "validation_freq",
        ],
    ]

    private static let meanings = [
        "lr": "optimizer", "learning_rate": "optimizer", "criterion": "loss",
        "objective": "loss", "metric": "metrics", "nb_epoch": "epochs", "num_epochs": "epochs",
        "bs": "batch_size", "batch": "batch_size",
    ]

    /// Reports arguments that the method hasn't got, and losses that Keras hasn't got.
    static func check(_ entries: [SyntaxEntry], of method: String, _ bag: inout DiagnosticBag) {
        let own = names[method] ?? []
        for entry in entries {
            guard let key = entry.keyText, key != "<<" else { continue }
            if own.contains(key) {
                if key == "loss" { checkLoss(entry.value, &bag) }
                continue
            }
            let other = names.first { $0.key != method && $0.value.contains(key) }?.key
            var fixIts: [FixIt] = []
            var helps: [String] = []
            if let other {
                helps = ["it belongs to `\(other)`: `\(other): {\(key): ...}`"]
            } else if key.hasSuffix("lr") || key == "learning_rate" {
                helps = ["it belongs to the optimizer: `optimizer: {Adam: {learning_rate: ...}}`"]
            } else if let near = meanings[key.lowercased()].flatMap({ own.contains($0) ? $0 : nil })
                ?? Suggestion.nearest(to: key, in: own)
            {
                fixIts = [
                    FixIt(span: entry.key.span, replacement: near, text: "did you mean `\(near)`?")
                ]
            } else {
                helps = ["it takes \(own.map { "`\($0)`" }.joined(separator: ", "))"]
            }
            bag.report(
                Diagnostic(
                    .unknownKey, "`\(method)` takes no argument `\(key)`",
                    at: entry.key.span, label: "unknown argument", helps: helps, fixIts: fixIts))
        }
    }

    /// A loss by a name that is nearly one of Keras's; others may be somebody's own.
    private static func checkLoss(_ node: SyntaxNode, _ bag: inout DiagnosticBag) {
        guard let name = node.text,
            !losses.contains(where: { Suggestion.same(as: name, in: [$0]) != nil }),
            let near = Suggestion.nearest(to: name, in: losses)
        else { return }
        bag.report(
            Diagnostic(
                .argumentValue, "`loss` should be the name of a loss, \(node.foundDescription)",
                at: node.span, label: "not one of Keras's losses",
                fixIts: [FixIt(span: node.span, replacement: near, text: "did you mean `\(near)`?")]
            ))
    }

    private static let losses = [
        "binary_crossentropy", "binary_focal_crossentropy", "categorical_crossentropy",
        "categorical_focal_crossentropy", "categorical_generalized_cross_entropy",
        "categorical_hinge", "circle", "cosine_similarity", "crossentropy", "ctc", "dice", "hinge",
        "huber", "kl_divergence", "log_cosh", "mae", "mape", "mean_absolute_error",
        "mean_absolute_percentage_error", "mean_squared_error",
        "mean_squared_logarithmic_error", "mse", "msle", "poisson",
        "sparse_categorical_crossentropy", "squared_hinge", "tversky",
    ]
}
