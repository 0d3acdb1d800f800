/// A layer as PyTorch makes it, `nn.Conv2d(3, 16, 3, padding=1)`, in Keras's words.
struct TorchCall {
    /// The layer in YAML, or nil where that isn't sure.
    let yaml: String?

    /// - Parameter type: the layer of Keras that it is.
    init(_ call: PythonCall, _ type: any Layer.Type) {
        guard let written = call.entries(Self.positional(call.className)) else {
            yaml = nil
            return
        }
        let known = type.schema.map(\.name)
        var entries: [(name: String, value: String)] = []
        for (name, value) in written {
            if name == "padding", known.contains("padding"), Self.single(value) != nil {
                guard let padding = Self.padding(value, written) else {
                    yaml = nil
                    return
                }
                if padding != "valid" { entries.append(("padding", padding)) }
            } else if known.contains(name) {
                entries.append((name, value))
            } else if let meaning = ForeignArguments.meaning(of: name, in: known) {
                entries.append((meaning, value))
            } else if ForeignArguments.reason(toLeaveOut: name, in: known) == nil {
                yaml = nil
                return
            }
        }
        yaml = PythonCall.yaml(type.className, entries)
    }

    /// Keras's word for so many cells of padding, where the two pad alike.
    private static func padding(_ cells: String, _ written: [(name: String, value: String)])
        -> String?
    {
        guard let cells = single(cells) else { return nil }
        if cells == 0 { return "valid" }
        func number(_ name: String, _ ifMissing: Int?) -> Int? {
            guard let value = written.first(where: { $0.name == name })?.value else {
                return ifMissing
            }
            return single(value)
        }
        guard let kernel = number("kernel_size", nil), number("stride", 1) == 1,
            number("dilation", 1) == 1, kernel == 2 * cells + 1
        else { return nil }
        return "same"
    }

    /// 3 for `3` and `[3, 3]`; nil where the numbers differ.
    private static func single(_ text: String) -> Int? {
        let numbers = text.split { "[], ".contains($0) }.map { Int($0) }
        guard let first = numbers.first, numbers.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// The arguments in PyTorch's order.
    private static func positional(_ className: String) -> [String] {
        let name = className.lowercased()
        let stem = name.hasSuffix("d") ? String(name.dropLast(2)) : name
        return switch stem {
        case "conv":
            [
                "in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation",
                "groups", "bias",
            ]
        case "convtranspose":
            ["in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding"]
        case "linear": ["in_features", "out_features", "bias"]
        case "maxpool", "avgpool": ["kernel_size", "stride", "padding"]
        case "batchnorm", "instancenorm": ["num_features", "eps", "momentum"]
        case "layernorm": ["normalized_shape", "eps"]
        case "groupnorm": ["num_groups", "num_channels", "eps"]
        case "dropout": ["p", "inplace"]
        case "lstm", "gru", "rnn": ["input_size", "hidden_size"]
        case "embedding": ["num_embeddings", "embedding_dim"]
        case "leakyrelu": ["negative_slope", "inplace"]
        case "elu": ["alpha", "inplace"]
        case "relu": ["inplace"]
        case "softmax": ["dim"]
        case "flatten": ["start_dim", "end_dim"]
        default: []
        }
    }
}
