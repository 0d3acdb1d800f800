import Diagnostics
import Syntax

/// Items whose key is no class of Keras 3's, but says what is meant: a name over a layer, and older
/// Keras's `Merge`.
extension LayerReader {
    // MARK: Names over layers

    /// `h: {Dense: {units: 4}}`: what the layer is to be called, over the layer.
    mutating func readName(_ entry: SyntaxEntry, _ arguments: [SyntaxEntry]) -> Head? {
        let name = entry.keyText ?? ""
        guard arguments.count == 1, let inner = arguments[0].keyText, catalog[inner] != nil,
            catalog[name] == nil, catalog.sameName(as: name) == nil,
            catalog.foreign(name) == nil, name.first?.isUppercase != true
        else { return nil }
        let own: [SyntaxEntry]
        switch arguments[0].value.content {
        case .mapping(let entries): own = entries
        case _ where arguments[0].value.isNull: own = []
        default: return nil
        }
        let texts =
            own.map { "\($0.keyText ?? ""): \($0.value.flowText)" } + ["name: \(name)"]
        let text = "\(inner): {\(texts.joined(separator: ", "))}"
        let whole = SourceSpan(
            file: entry.key.span.file, range: entry.key.span.range.union(entry.value.span.range))
        let canFix =
            text.utf8.count <= 80 && !text.contains("\n")
            && !own.contains { $0.keyText == "name" }
        bag.report(
            Diagnostic(
                .layerItem, "the key of an item is its class, not its name", at: entry.key.span,
                label: "the name of a layer?",
                secondary: [Label(span: arguments[0].key.span, text: "the class")],
                helps: canFix ? [] : ["write `\(inner): {..., name: \(name)}`"],
                fixIts: canFix
                    ? [FixIt(span: whole, replacement: text, text: "write `\(text)`")] : []))
        return Head(
            className: inner, span: arguments[0].key.span,
            arguments: own.contains { $0.keyText == "name" }
                ? own : own + [Self.entry("name", entry.key)])
    }

    // MARK: Older Keras

    /// `Merge: {mode: concat}` of Keras 1, which is a layer of its own for each mode now; nil for any
    /// other layer, and no head where it doesn't say what it merges.
    mutating func readMerge(_ entry: SyntaxEntry, _ arguments: [SyntaxEntry]) -> Head?? {
        let className = entry.keyText ?? ""
        guard className.lowercased() == "merge", catalog[className] == nil,
            let mode = arguments.first(where: { $0.keyText == "mode" }),
            let (name, isCosine) = Self.modes[mode.value.text?.lowercased() ?? ""],
            let type = catalog[name]
        else { return nil }
        let names = ["concat_axis": "axis", "dot_axes": "axes", "layers": "inputs"]
        var written: [SyntaxEntry] = []
        for argument in arguments where argument.keyText != "mode" {
            let key = argument.keyText ?? ""
            let meant = names[key] ?? key
            let isTaken = type.schema.contains { $0.name == meant } || meant == "inputs"
            // `concat_axis` beside a sum, `output_shape` of a function.
            if !isTaken,
                [
                    "axis", "axes", "output_shape", "output_mask", "node_indices",
                    "tensor_indices", "arguments",
                ].contains(meant)
            {
                continue
            }
            let node = SyntaxNode(
                content: .scalar(Scalar(text: meant, isPlain: true)), span: argument.key.span)
            written.append(SyntaxEntry(key: node, value: argument.value))
        }
        var added: [(name: String, value: String)] = isCosine ? [("normalize", "true")] : []
        if name == "Dot", !written.contains(where: { $0.keyText == "axes" }) {
            // What older Keras took by default.
            added.insert(("axes", "-1"), at: 0)
        }
        for (name, value) in added {
            let node = SyntaxNode(
                content: .scalar(Scalar(text: value, isPlain: true)), span: mode.value.span)
            written.append(Self.entry(name, node))
        }
        let texts = written.map { argument in
            let own = added.first { $0.name == argument.keyText }?.value
            return "\(argument.keyText ?? ""): \(own ?? argument.value.flowText)"
        }
        let readsNothing = !written.contains { $0.keyText == "inputs" }
        let text =
            readsNothing
            ? "\(name): {\((["inputs: [first, second]"] + texts).joined(separator: ", "))}"
            : "\(name): {\(texts.joined(separator: ", "))}"
        let whole = SourceSpan(
            file: entry.key.span.file, range: entry.key.span.range.union(entry.value.span.range))
        let canFix =
            text.utf8.count <= 80 && !text.contains("\n") && !whole.text.contains("\n")
            && !readsNothing
        bag.report(
            Diagnostic(
                .unknownLayer, "there is no layer `\(className)`", at: entry.key.span,
                label: "not a class of keras.layers",
                secondary: [Label(span: mode.value.span, text: "this is `\(name)` now")],
                notes: ["older Keras's `Merge` is a layer of its own for each mode"],
                helps: canFix
                    ? []
                    : readsNothing
                        ? ["write `\(text)`, with the layers that it merges"]
                        : ["write `\(name): {...}`, without `mode`"],
                fixIts: canFix
                    ? [FixIt(span: whole, replacement: text, text: "write `\(text)`")] : []))
        if readsNothing { return .some(nil) }
        return Head(className: name, span: entry.key.span, arguments: written)
    }

    private static let modes: [String: (name: String, isCosine: Bool)] = [
        "sum": ("Add", false), "add": ("Add", false), "mul": ("Multiply", false),
        "multiply": ("Multiply", false), "ave": ("Average", false), "avg": ("Average", false),
        "average": ("Average", false), "mean": ("Average", false), "max": ("Maximum", false),
        "min": ("Minimum", false), "sub": ("Subtract", false), "concat": ("Concatenate", false),
        "concatenate": ("Concatenate", false), "dot": ("Dot", false), "cos": ("Dot", true),
        "cosine": ("Dot", true),
    ]
}
