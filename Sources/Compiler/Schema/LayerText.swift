import Spec

/// Layers and arguments explained in Markdown, for editors.
package enum LayerText {
    /// The summary with the formula.
    package static func summary(of layer: any Layer.Type) -> String {
        "\(layer.summary)\n\n```text\n\(layer.formula)\n```\n\nTakes \(layer.inputCount.text)."
    }

    package static func markdown(of argument: any ArgumentDescriptor) -> String {
        var text = argument.doc
        if argument.kind.isUnrestricted {
            text += "\n\nKept as written."
        } else {
            text += "\n\nTakes \(argument.kind.expectation)."
        }
        text += argument.defaultText.map { " Default: `\($0)`." } ?? " Required."
        return text
    }

    package static func markdown(of argument: CommonArgument) -> String {
        "\(argument.doc)\n\nTakes \(argument.expectation). Default: \(argument.defaultText)."
    }
}

extension ArgumentKind {
    /// Whether any value does.
    fileprivate var isUnrestricted: Bool { if case .trainingOnly = self { true } else { false } }
}
