import Diagnostics
import Syntax

/// Layers that stand in the place of arguments, and arguments that stand in the place of layers: reported,
/// and read as they were meant.
extension LayerReader {
    /// The arguments where a layer stands without the name of the argument that it is
    /// (`Bidirectional: {LSTM: {units: 8}}`), or its arguments beside it
    /// (`Bidirectional: {layer: LSTM, units: 8}`).
    mutating func withNestedLayers(
        _ entries: [SyntaxEntry], of type: (any Layer.Type)?
    ) -> [SyntaxEntry] {
        // Nearly all layers hold none, and need not be looked at more closely.
        let isPossible = entries.contains { entry in
            guard let key = entry.keyText else { return false }
            return key == "layer" || key == "cell" || catalog[key] != nil
        }
        guard isPossible, let type, let argument = type.schema.first(where: { $0.kind.holdsLayers })
        else {
            return entries
        }
        if let given = entries.firstIndex(where: { $0.keyText == argument.name }) {
            let isOne = argument.kind.takesOneLayer && entries[given].value.list == nil
            return isOne
                ? withArgumentsInside(entries, given, of: type, argument.name) : entries
        }
        let places = entries.indices.filter {
            catalog[entries[$0].keyText ?? ""] != nil && !Self.isArgument(entries[$0], of: type)
        }
        guard let first = places.first, argument.kind.holdsOneLayer ? places.count == 1 : true
        else {
            return entries
        }
        let nodes = places.map { place in
            let entry = entries[place]
            return SyntaxNode(
                content: .mapping([entry]),
                span: SourceSpan(
                    file: entry.key.span.file,
                    range: entry.key.span.range.union(entry.value.span.range)))
        }
        let name = entries[first].keyText ?? ""
        let example =
            argument.kind.holdsOneLayer
            ? "`\(type.className): {\(argument.name): {\(name): {...}}}`"
            : "`\(type.className): {\(argument.name): [{\(name): {...}}, ...]}`"
        bag.report(
            Diagnostic(
                .layerItem,
                "`\(name)` stands in the place of an argument of `\(type.className)`",
                at: entries[first].key.span, label: "expected `\(argument.name): `",
                helps: ["write \(example)"]))
        var result = entries.indices.filter { !places.contains($0) }.map { entries[$0] }
        let span = SourceSpan(
            file: nodes[0].span.file, range: nodes[0].span.range.union(nodes.last!.span.range))
        result.append(
            Self.entry(
                argument.name,
                argument.kind.holdsOneLayer
                    ? nodes[0] : SyntaxNode(content: .sequence(nodes), span: span)))
        return result
    }

    /// Arguments of the inner layer that stand beside it go into it.
    private mutating func withArgumentsInside(
        _ entries: [SyntaxEntry], _ place: Int, of type: any Layer.Type, _ argument: String
    ) -> [SyntaxEntry] {
        let inner = entries[place].value
        var own: [SyntaxEntry] = []
        var name = inner.text
        if case .mapping(let written) = inner.content, written.count == 1 {
            name = written[0].keyText
            if case .mapping(let arguments) = written[0].value.content {
                own = arguments
            } else if !written[0].value.isNull {
                return entries
            }
        }
        guard let name, let innerType = catalog[name] else { return entries }
        let moved = entries.filter {
            !Self.isArgument($0, of: type) && Self.isArgument($0, of: innerType)
        }
        guard !moved.isEmpty else { return entries }
        // `RNN: {cell: LSTM, units: 4}`.
        let shown = argument == "cell" && catalog[name + "Cell"] != nil ? name + "Cell" : name
        for entry in moved {
            bag.report(
                Diagnostic(
                    .unknownKey,
                    "`\(entry.keyText ?? "")` is an argument of `\(name)`, not of "
                        + "`\(type.className)`",
                    at: entry.key.span, label: "stands beside the layer",
                    secondary: [Label(span: inner.span, text: "belongs in here")],
                    helps: [
                        "write `\(argument): {\(shown): {\(entry.keyText ?? ""): "
                            + "\(entry.value.flowText)}}`"
                    ]))
        }
        let keys = moved.map(\.keyText)
        let node = SyntaxNode(
            content: .mapping([
                SyntaxEntry(
                    key: SyntaxNode(
                        content: .scalar(Scalar(text: name, isPlain: true)), span: inner.span),
                    value: SyntaxNode(content: .mapping(own + moved), span: inner.span))
            ]), span: inner.span)
        return entries.enumerated().filter { !keys.contains($0.element.keyText) }.map {
            $0.offset == place ? SyntaxEntry(key: $0.element.key, value: node) : $0.element
        }
    }

    /// `block:`, and below it a list of layers: a Sequential of that name.
    mutating func readUnknownWithList(_ className: String, _ entry: SyntaxEntry) -> Head? {
        let areLayers = (entry.value.list ?? []).contains { item in
            if case .mapping(let entries) = item.content {
                return catalog[entries.first?.keyText ?? ""] != nil
            }
            return item.text.map { catalog[$0] != nil } ?? false
        }
        guard areLayers, let argument = catalog["Sequential"]?.schema.first else {
            // Of a layer that there isn't, how to write it is of no interest, nor what is missing.
            return Head(
                className: className, span: entry.key.span,
                arguments: [Self.entry("<<", entry.value)])
        }
        bag.report(
            Diagnostic(
                .unknownLayer, "there is no layer `\(className)`", at: entry.key.span,
                label: "not a class of keras.layers, and a list of layers below it",
                helps: [
                    "layers that belong together are a `Sequential: {name: \(className), "
                        + "\(argument.name): [...]}`"
                ]))
        return Head(
            className: "Sequential", span: entry.key.span,
            arguments: [Self.entry("name", entry.key), Self.entry(argument.name, entry.value)])
    }
}
