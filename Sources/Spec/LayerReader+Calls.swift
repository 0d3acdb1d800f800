import Diagnostics
import Syntax

/// Layers that are written as a program makes them.
extension LayerReader {
    /// `Conv2D(8, 3, activation='relu')`, `nn.Conv2d(3, 8, 3)`.
    mutating func readCall(_ call: PythonCall, _ node: SyntaxNode) -> Head? {
        let foreign = catalog[call.className] == nil ? catalog.foreign(call.className) : nil
        let className =
            foreign?.className ?? catalog.sameName(as: call.className) ?? call.className
        let type = catalog[className]
        let torchNames = ["in_features", "in_channels", "num_features", "inplace"]
        let isTorch =
            call.isTorch || foreign?.origin == "PyTorch"
            || call.arguments.contains { torchNames.contains($0.name ?? "") }
        let merges = type?.mergesLayers ?? false
        // `Add(a, b)`: what it merges in the place of its arguments.
        let merged = call.arguments.map { $0.name == nil ? $0.value : "" }
        let areNames = merged.allSatisfy {
            $0.first?.isLetter == true
                && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        let own: String? = type.flatMap { type in
            if merges, !merged.isEmpty, areNames {
                return "\(type.className): {inputs: [\(merged.joined(separator: ", "))]}"
            }
            return isTorch
                ? TorchCall(call, type).yaml : call.yaml(type.className, type.schema.map(\.name))
        }
        // What a merging layer reads belongs to it; the others read the layer above.
        let text = own.map { own in
            guard merges, let reads = call.reads else { return own }
            let inputs = "inputs: \(reads.hasPrefix("[") ? reads : "[\(reads)]")"
            return own.hasSuffix("}")
                ? own.dropLast() + ", \(inputs)}" : "\(own): {\(inputs)}"
        }
        let shown = type?.className ?? call.className
        let dash = isInside ? "" : "- "
        // In braces, a layer with arguments needs braces of its own.
        let written = text.map { isInside && $0.hasSuffix("}") ? "{\($0)}" : $0 }
        bag.report(
            Diagnostic(
                .layerItem, "a layer is written in YAML, not as a call in Python", at: node.span,
                label: "expected `\(dash)\(shown)"
                    + (call.arguments.isEmpty && !merges ? "`" : ": {...}`"),
                notes: (isTorch && shown != call.className
                    ? ["PyTorch's `\(call.className)` is Keras's `\(shown)`"] : [])
                    + (call.reads != nil && !merges
                        ? ["a layer reads the one above it; `inputs` names another"] : []),
                helps: text == nil && type == nil && call.className.first?.isLowercase == true
                    ? ["a spec lists the layers only: leave it out if it is none"]
                    : text == nil ? ["write `\(dash)\(shown): {name: value, ...}`"] : [],
                fixIts: written.map {
                    [FixIt(span: node.span, replacement: $0, text: "write `\(dash)\($0)`")]
                } ?? []))
        // Variables are no names of layers.
        if merges, call.reads != nil || (areNames && !merged.isEmpty) { return nil }
        guard let text, let mended = node.replaced(by: text) else { return nil }
        if let name = mended.text {
            return Head(className: name, span: node.span, arguments: [])
        }
        guard case .mapping(let entries) = mended.content,
            case .mapping(let arguments)? = entries.first?.value.content
        else { return nil }
        return Head(className: shown, span: node.span, arguments: moved(arguments, to: node))
    }

    /// The mended text has places of its own; the call's is the one the user knows.
    private func moved(_ arguments: [SyntaxEntry], to node: SyntaxNode) -> [SyntaxEntry] {
        arguments.map { entry in
            SyntaxEntry(
                key: SyntaxNode(content: entry.key.content, span: node.span),
                value: SyntaxNode(content: entry.value.content, span: node.span))
        }
    }

    /// `fc1: Dense(10)`: a name over a call.
    mutating func readNamedCall(_ entry: SyntaxEntry) -> Head? {
        guard let name = entry.keyText, catalog[name] == nil, let text = entry.value.text,
            let call = PythonCall(statement: text), let type = catalog[call.className],
            var arguments = call.entries(type.schema.map(\.name))
        else { return nil }
        if !arguments.contains(where: { $0.name == "name" }) { arguments.append(("name", name)) }
        let mended = PythonCall.yaml(type.className, arguments)
        bag.report(
            Diagnostic(
                .layerItem, "the key of an item is its class, not its name", at: entry.key.span,
                label: "the name of a layer?",
                secondary: [Label(span: entry.value.span, text: "a call in Python")],
                fixIts: [
                    FixIt(
                        span: SourceSpan(
                            file: entry.key.span.file,
                            range: entry.key.span.range.union(entry.value.span.range)),
                        replacement: mended, text: "write `\(mended)`")
                ]))
        let inner = entry.value.replaced(by: mended)?.value(forKey: type.className)?.value
        return Head(
            className: type.className, span: entry.value.span,
            arguments: moved(inner?.entriesOrNone ?? [], to: entry.value))
    }
}
