import Diagnostics
import IR
import Syntax

/// A name from `keras.activations` and what it computes.
package struct ActivationFunction: Sendable, Hashable {
    package enum Rule: Sendable, Hashable {
        case linear
        case unary(UnaryFunction)
        /// Over the last axis.
        case row(SoftmaxOp.Kind)
        /// Gated linear unit: the first half of the last axis times the sigmoid of the second.
        case gatedLinear
    }

    package let name: String
    package let rule: Rule

    package init(name: String, rule: Rule) {
        self.name = name
        self.rule = rule
    }

    package static let linear = ActivationFunction(name: "linear", rule: .linear)
    package static let tanh = ActivationFunction(name: "tanh", rule: .unary(UnaryFunction(.tanh)))
    package static let sigmoid = ActivationFunction(
        name: "sigmoid", rule: .unary(UnaryFunction(.sigmoid)))

    private static func unary(
        _ name: String, _ kind: UnaryFunction.Kind, _ parameters: Double...
    ) -> ActivationFunction {
        ActivationFunction(
            name: name, rule: .unary(UnaryFunction(kind: kind, parameters: parameters)))
    }

    /// Every name that `activation:` takes. `gelu` is the exact one; `leaky_relu` has slope 0.2 here
    /// and 0.3 as a layer, as in Keras.
    package static let all: [ActivationFunction] = [
        unary("relu", .relu), unary("relu6", .clippedReLU, 6),
        unary("leaky_relu", .leakyReLU, 0.2), unary("elu", .elu, 1), unary("selu", .selu),
        unary("celu", .celu, 1), unary("gelu", .gelu), unary("silu", .silu),
        unary("swish", .silu), unary("mish", .mish), unary("hard_silu", .hardSiLU),
        unary("hard_swish", .hardSiLU), unary("sigmoid", .sigmoid),
        unary("hard_sigmoid", .hardSigmoid), unary("log_sigmoid", .logSigmoid),
        unary("sparse_sigmoid", .sparseSigmoid), unary("tanh", .tanh),
        unary("hard_tanh", .hardTanh), unary("tanh_shrink", .tanhShrink),
        unary("softplus", .softplus), unary("sparse_plus", .sparsePlus),
        unary("softsign", .softsign), unary("soft_shrink", .softShrink, 0.5),
        unary("hard_shrink", .hardShrink, 0.5), unary("squareplus", .squareplus, 4),
        unary("exponential", .exponential),
        ActivationFunction(name: "softmax", rule: .row(.softmax)),
        ActivationFunction(name: "log_softmax", rule: .row(.logSoftmax)),
        ActivationFunction(name: "sparsemax", rule: .row(.sparsemax)),
        ActivationFunction(name: "glu", rule: .gatedLinear), linear,
    ]

    /// A layer as an activation, if it is one.
    static func of(_ item: LayerItem) -> ActivationFunction? {
        (item.layer as? any ActivationLayer)?.activation
    }

    package static let named: [String: ActivationFunction] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension ActivationFunction {
    /// What other libraries, and other spellings, call an activation.
    private static let synonyms: [String: String] = [
        "identity": "linear", "lin": "linear", "logistic": "sigmoid",
        "sigm": "sigmoid", "lrelu": "leaky_relu", "leaky": "leaky_relu", "swiglu": "silu",
        "relu_6": "relu6", "hardtanh": "hard_tanh", "hardsigmoid": "hard_sigmoid",
        "hardswish": "hard_swish", "logsoftmax": "log_softmax", "logsigmoid": "log_sigmoid",
        "exp": "exponential", "gelu_new": "gelu", "gelu_tanh": "gelu", "quick_gelu": "gelu",
    ]

    /// Reports what is no activation, with the one that was most likely meant.
    static func report(_ node: SyntaxNode, _ reading: inout ArgumentReading) {
        let names = all.map(\.name)
        if let text = node.text, ["none", "nil"].contains(text.lowercased()) {
            return reading.mismatch(node, .activation)
        }
        if let text = node.text {
            if text == "null" || text == "~" {
                let fixIt = FixIt(
                    span: node.span, replacement: "null", text: "leave the quotes out: `null`")
                return reading.mismatch(node, .activation, fixIts: [fixIt])
            }
            // `LeakyReLU(0.1)`: with its number, which its name alone would lose.
            if let call = PythonCall(text), !call.arguments.isEmpty,
                let className = reading.catalog.sameName(as: call.className),
                let type = reading.catalog[className], type is any ActivationLayer.Type,
                let yaml = call.yaml(type.className, type.schema.map(\.name))
            {
                let fixIt = FixIt(
                    span: node.span, replacement: "{\(yaml)}", text: "write `{\(yaml)}`")
                return reading.mismatch(node, .activation, fixIts: [fixIt])
            }
            // `nn.ReLU()`, `tf.nn.relu`, `keras.activations.relu`.
            let path = text.prefix { $0 != "(" }.split(separator: ".")
            let name = path.last.map(String.init) ?? text
            let meant =
                synonyms[name.lowercased()] ?? named[name.lowercased()]?.name
                ?? Suggestion.nearest(to: name, in: names)
            if let meant { return reading.mismatch(node, .activation, meant: meant) }
            if reading.catalog[text] != nil {
                return reading.mismatch(
                    node, .activation,
                    helps: ["`\(text)` is a layer: write it on a line of its own, `- \(text)`"])
            }
            return reading.mismatch(
                node, .activation,
                helps: ["the names are \(names.joined(separator: ", "))"])
        }
        if let only = node.list?.first?.text, node.list?.count == 1, named[only] != nil {
            let fixIt = FixIt(
                span: node.span, replacement: only,
                text: node.span.text.hasPrefix("-")
                    ? "no list is needed: `\(reading.argument): \(only)`"
                    : "leave the brackets out: `\(only)`")
            return reading.mismatch(node, .activation, fixIts: [fixIt])
        }
        if case .mapping(let entries) = node.content, let name = entries.first?.keyText,
            reading.catalog[name] != nil
        {
            return reading.mismatch(
                node, .activation,
                helps: [
                    "a layer with arguments stands on a line of its own: `- \(name): {...}` behind "
                        + "this one"
                ])
        }
        reading.mismatch(node, .activation)
    }
}

/// A layer without variables that may stand where Keras takes a function: `activation: {LeakyReLU:
/// {negative_slope: 0.1}}`.
package protocol ActivationLayer: Layer {
    /// nil where its arguments make it more than a function of elements or of the last axis.
    var activation: ActivationFunction? { get }
}
