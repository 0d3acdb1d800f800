import Diagnostics
import Syntax

/// Reads a syntax tree into a `ModelSpec`: structure, keys, layers, arguments, names.
///
/// Never stops at the first error: what can't be read is reported and left out.
package struct SpecReader {
    private let file: SourceFile
    private var reader: LayerReader

    /// The keys of a spec.
    static let keys = ["name", "layers", "outputs", "weights", "compile", "fit"]

    package static func read(
        _ tree: SyntaxTree, catalog: LayerCatalog, into bag: inout DiagnosticBag
    ) -> ModelSpec? {
        var reader = SpecReader(
            file: tree.file,
            reader: LayerReader(catalog: catalog, names: LayerNames(), bag: DiagnosticBag()))
        let spec = reader.read(tree)
        bag.append(contentsOf: reader.reader.bag)
        return spec
    }

    private mutating func report(_ diagnostic: Diagnostic) { reader.bag.report(diagnostic) }

    private mutating func read(_ tree: SyntaxTree) -> ModelSpec? {
        guard let root = tree.root else { return nil }
        if case .invalid = root.content { return nil }
        guard case .mapping(let entries) = root.content else {
            var helps = ["a spec starts with `layers:` and lists the layers below it"]
            if root.list != nil { helps = ["put `layers:` on a line above the list"] }
            report(
                Diagnostic(
                    .specStructure,
                    "a spec should be a mapping with the key `layers`, not \(root.kindDescription)",
                    at: root.span, label: "not a spec", helps: helps))
            return nil
        }
        var spec = ModelSpec(
            file: file, name: defaultName(), layers: [], brokenNames: [], outputs: [], weights: nil)
        var layers: SyntaxNode?
        for entry in entries {
            switch entry.keyText {
            case "name"?:
                if let name = entry.value.nameText, !name.isEmpty {
                    spec.name = name
                } else {
                    mismatch(entry, "a text")
                }
            case "layers"?: layers = entry.value
            case "outputs"?:
                spec.outputs = InputReference.read(entry.value, "outputs", &reader.bag)
            case "weights"?:
                if let path = entry.value.nameText, !path.isEmpty {
                    spec.weights = (path, entry.value.span)
                } else {
                    mismatch(entry, "the path of a weights file")
                }
            case "compile"?, "fit"?:
                if case .mapping = entry.value.content { break }
                if !entry.value.isNull { mismatch(entry, "a mapping") }
            // A place for anchors that the layers below refer to.
            case let key? where key.hasPrefix("x-"): break
            default: reportUnknownKey(entry)
            }
        }
        guard let layers else {
            report(
                Diagnostic(
                    .specStructure, "the spec has no `layers`", at: root.span,
                    label: "`layers` is missing",
                    helps: ["list the layers: `layers:`, then `  - Input: {shape: [28, 28, 1]}`..."]
                ))
            return nil
        }
        readLayers(layers, &spec)
        return spec
    }

    private mutating func mismatch(_ entry: SyntaxEntry, _ expected: String) {
        if case .invalid = entry.value.content { return }
        report(
            Diagnostic(
                .argumentValue,
                "`\(entry.keyText ?? "")` should be \(expected), not \(entry.value.kindDescription)",
                at: entry.value.span, label: "not \(expected)"))
    }

    private mutating func reportUnknownKey(_ entry: SyntaxEntry) {
        guard let key = entry.keyText else { return }
        var fixIts: [FixIt] = []
        if let near = Suggestion.nearest(to: key, in: Self.keys) {
            fixIts = [
                FixIt(span: entry.key.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        }
        report(
            Diagnostic(
                .unknownKey, "a spec has no key `\(key)`", at: entry.key.span, label: "unknown key",
                helps: fixIts.isEmpty ? ["the keys are \(Self.keys.joined(separator: ", "))"] : [],
                fixIts: fixIts))
    }

    /// The file's name without its folder and ending.
    private func defaultName() -> String {
        let last = file.path.split(separator: "/").last.map(String.init) ?? "model"
        let stem = last.split(separator: ".").first.map(String.init) ?? ""
        return stem.isEmpty ? "model" : stem
    }

    private mutating func readLayers(_ node: SyntaxNode, _ spec: inout ModelSpec) {
        guard let items = node.list else {
            if case .invalid = node.content { return }
            report(
                Diagnostic(
                    .specStructure, "`layers` should be a list, not \(node.kindDescription)",
                    at: node.span, label: "not a list",
                    helps: ["start each layer with `- `: `- Dense: {units: 10}`"]))
            return
        }
        if items.isEmpty {
            report(
                Diagnostic(.specStructure, "`layers` is empty", at: node.span, label: "no layer"))
        }
        var taken: [String: SourceSpan] = [:]
        func name(_ item: LayerItem, _ head: LayerReader.Head) -> SourceSpan {
            item.arguments.valueSpan("name")
                ?? head.arguments.first { $0.keyText == "name" }?.value.span ?? item.span
        }
        for node in items {
            guard let head = reader.head(node) else {
                spec.layers.append(nil)
                continue
            }
            if let input = implicitInput(head) { spec.layers.append(input) }
            let item = reader.read(head)
            if let item {
                let span = name(item, head)
                if let first = taken[item.name] {
                    report(
                        Diagnostic(
                            .layerName, "two layers have the name `\(item.name)`", at: span,
                            label: "the second", secondary: [Label(span: first, text: "the first")],
                            helps: ["give one of them another `name`"]))
                } else {
                    taken[item.name] = span
                }
            } else if let given = head.arguments.first(where: { $0.keyText == "name" })?.value
                .nameText
            {
                spec.brokenNames.insert(given)
            } else if let type = reader.catalog[head.className] {
                // The name it would have had, so that a reference to it stays silent.
                spec.brokenNames.insert(LayerNames.snakeCase(type.className))
            }
            spec.layers.append(item)
        }
    }

    /// `input_shape: [...]` on a layer, as in older Keras code: an `Input` before it.
    private mutating func implicitInput(_ head: LayerReader.Head) -> LayerItem? {
        guard let entry = head.arguments.first(where: { $0.keyText == "input_shape" }),
            let input = reader.catalog["Input"]
        else { return nil }
        var reading = ArgumentReading(
            argument: "input_shape", layer: "`\(head.className)`", catalog: reader.catalog,
            names: reader.names, bag: reader.bag)
        let name = reading.names.next(for: "Input")
        let shape = input.schema.first { $0.name == "shape" }?.read(entry.value, &reading)
        reader.names = reading.names
        reader.bag = reading.bag
        guard let shape else { return nil }
        var arguments = Arguments()
        arguments.set("shape", shape, key: entry.key.span, at: entry.value.span)
        return LayerItem(
            className: "Input", name: name, layer: input.init(arguments), arguments: arguments,
            inputs: nil, references: [], span: entry.key.span)
    }
}
