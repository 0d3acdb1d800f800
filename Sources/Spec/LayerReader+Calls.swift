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
        let own = type.flatMap { type in
            isTorch
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
        bag.report(
            Diagnostic(
                .layerItem, "a layer is written in YAML, not as a call in Python", at: node.span,
                label: "expected `- \(shown)"
                    + (call.arguments.isEmpty && !merges ? "`" : ": {...}`"),
                notes: (isTorch && shown != call.className
                    ? ["PyTorch's `\(call.className)` is Keras's `\(shown)`"] : [])
                    + (call.reads != nil && !merges
                        ? ["a layer reads the one above it; `inputs` names another"] : []),
                helps: text == nil && type == nil && call.className.first?.isLowercase == true
                    ? ["a spec lists the layers only: leave it out if it is none"]
                    : text == nil ? ["write `- \(shown): {name: value, ...}`"] : [],
                fixIts: text.map {
                    [FixIt(span: node.span, replacement: $0, text: "write `- \($0)`")]
                } ?? []))
        // Variables are no names of layers.
        if merges, call.reads != nil { return nil }
        guard let text, let mended = node.replaced(by: text) else { return nil }
        if let name = mended.text {
            return Head(className: name, span: node.span, arguments: [])
        }
        guard case .mapping(let entries) = mended.content,
            case .mapping(let arguments)? = entries.first?.value.content
        else { return nil }
        // The mended text has places of its own; the call's is the one the user knows.
        let moved = arguments.map { entry in
            SyntaxEntry(
                key: SyntaxNode(content: entry.key.content, span: node.span),
                value: SyntaxNode(content: entry.value.content, span: node.span))
        }
        return Head(className: shown, span: node.span, arguments: moved)
    }
}
