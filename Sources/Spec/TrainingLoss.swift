import Diagnostics
import Syntax

/// The loss under `compile`, as far as a model's output has to suit it.
package struct TrainingLoss: Sendable {
    /// As written: `categorical_crossentropy`, `BinaryCrossentropy`.
    package let name: String
    package let fromLogits: Bool
    package let span: SourceSpan
}

extension CheckedModel {
    /// nil where there is none, or one for each output.
    package var loss: TrainingLoss? {
        guard let entry = training?.value(forKey: "loss") else { return nil }
        let node = entry.value
        if let name = node.text {
            return TrainingLoss(name: name, fromLogits: false, span: node.span)
        }
        guard case .mapping(let entries) = node.content, entries.count == 1,
            let name = entries[0].keyText
        else { return nil }
        var fromLogits = false
        if case .scalar(let scalar)? = entries[0].value.value(forKey: "from_logits")?.value.content
        {
            fromLogits = scalar.value == .boolean(true)
        }
        return TrainingLoss(name: name, fromLogits: fromLogits, span: entries[0].key.span)
    }
}
