import Diagnostics
import Syntax

/// Reads a syntax tree into a `ModelSpec`: structure, keys, layers, arguments, names.
///
/// Never stops at the first error: what can't be read is reported and left out.
package struct SpecReader {
    private let tree: SyntaxTree
    private var reader: LayerReader
    private let sizes: [String: Int]

    /// The keys of a spec.
    static let keys = SpecKey.all.map(\.name)

    /// - Parameter sizes: by name, for those that Inputs leave open.
    package static func read(
        _ tree: SyntaxTree, catalog: LayerCatalog, sizes: [String: Int] = [:],
        into bag: inout DiagnosticBag
    ) -> ModelSpec? {
        var reader = SpecReader(
            tree: tree,
            reader: LayerReader(catalog: catalog, names: LayerNames(), bag: DiagnosticBag()),
            sizes: sizes)
        let spec = reader.read()
        bag.append(contentsOf: reader.reader.bag)
        return spec
    }

    private mutating func report(_ diagnostic: Diagnostic) { reader.bag.report(diagnostic) }

    private mutating func read() -> ModelSpec? {
        guard let root = tree.root else { return nil }
        var spec = ModelSpec(
            file: tree.file, name: defaultName(), layers: [], brokenNames: [],
            isDamaged: !tree.isComplete, outputs: [], weights: nil, training: nil)
        switch root.content {
        case .invalid: return nil
        case .sequence:
            report(
                Diagnostic(
                    .specStructure, "a spec should be a mapping with the key `layers`, not a list",
                    at: root.span, label: "a list without a key",
                    helps: ["put `layers:` on a line above the list"]))
            readLayers(root, &spec)
            return spec
        case .scalar:
            reportText(root)
            return nil
        case .mapping(let entries):
            return read(entries, root, &spec) ? spec : nil
        }
    }

    private mutating func read(
        _ entries: [SyntaxEntry], _ root: SyntaxNode, _ spec: inout ModelSpec
    ) -> Bool {
        if reportKerasConfig(entries, root) { return false }
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
                if case .mapping = entry.value.content {
                    if entry.keyText == "compile" { spec.training = entry.value }
                } else if !entry.value.isNull {
                    mismatch(entry, "a mapping")
                }
            // A place for anchors that the layers below refer to.
            case let key? where key.hasPrefix("x-"): break
            default:
                if reportUnknownKey(entry) == "layers", layers == nil { layers = entry.value }
            }
        }
        guard let layers else {
            if tree.isComplete {
                let end = root.span.range.lowerBound
                report(
                    Diagnostic(
                        .specStructure, "the spec has no `layers`",
                        at: entries.first?.key.span ?? tree.file.span(end..<end),
                        label: "a spec begins here, and `layers` is missing",
                        helps: [
                            "list the layers: `layers:`, then `  - Input: {shape: [28, 28, 1]}`..."
                        ]))
            }
            return false
        }
        readLayers(layers, &spec)
        return true
    }

    // MARK: What is no spec

    /// A text that is no mapping: most likely another kind of file.
    private mutating func reportText(_ root: SyntaxNode) {
        let text = root.span.text
        let isPython = ["import ", "from ", "keras.", "Sequential(", "def ", "class "].contains {
            text.hasPrefix($0) || text.contains("\n" + $0) || text.contains(" " + $0)
        }
        let first = tree.file.byteRange(
            ofLine: tree.file.lineNumber(at: root.span.range.lowerBound))
        let line = root.span.range.lowerBound..<min(root.span.range.upperBound, first.upperBound)
        report(
            Diagnostic(
                .specStructure,
                isPython
                    ? "this looks like Python; a spec is written in YAML"
                    : "a spec should be a mapping with the key `layers`, not a text",
                at: tree.file.span(line), label: isPython ? "no YAML" : "a text",
                helps: [
                    "a spec starts with `layers:`, and lists the layers below it: `- Dense: {units: "
                        + "10}`"
                ]))
    }

    /// `{"class_name": "Sequential", "config": {...}}`: what `model.to_json()` writes.
    private mutating func reportKerasConfig(_ entries: [SyntaxEntry], _ root: SyntaxNode) -> Bool {
        guard let name = entries.first(where: { $0.keyText == "class_name" }),
            entries.contains(where: { $0.keyText == "config" })
        else { return false }
        report(
            Diagnostic(
                .specStructure, "this is a model as Keras writes it, not a spec", at: name.key.span,
                label: "`model.to_json()` begins like this",
                helps: [
                    "write the layers as a list: `layers:`, then `  - Dense: {units: 10}`, with the "
                        + "same arguments"
                ]))
        return true
    }

    private mutating func mismatch(_ entry: SyntaxEntry, _ expected: String) {
        if case .invalid = entry.value.content { return }
        report(
            Diagnostic(
                .argumentValue,
                "`\(entry.keyText ?? "")` should be \(expected), \(entry.value.foundDescription)",
                at: entry.value.span, label: "not \(expected)"))
    }

    /// Returns the key that was most likely meant.
    private mutating func reportUnknownKey(_ entry: SyntaxEntry) -> String? {
        guard let key = entry.keyText else { return nil }
        var fixIts: [FixIt] = []
        var helps: [String] = []
        var near = Suggestion.nearest(to: key, in: Self.keys) ?? Self.synonyms[key.lowercased()]
        if near == "layers", case .scalar = entry.value.content { near = "name" }
        if let near {
            fixIts = [
                FixIt(span: entry.key.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if let place = Self.places[key.lowercased()] {
            helps = [place]
        } else if reader.catalog[key] != nil {
            helps = ["`\(key)` is a layer: write `- \(key)` in the list `layers`"]
        } else {
            helps = ["the keys are \(Self.keys.map { "`\($0)`" }.joined(separator: ", "))"]
        }
        report(
            Diagnostic(
                .unknownKey, "a spec has no key `\(key)`", at: entry.key.span, label: "unknown key",
                helps: helps, fixIts: fixIts))
        return near
    }

    private static let synonyms = [
        "architecture": "layers", "network": "layers", "model": "layers", "stack": "layers",
        "modules": "layers", "backbone": "layers", "title": "name", "model_name": "name",
        "id": "name", "checkpoint": "weights", "weights_file": "weights", "pretrained": "weights",
        "training": "fit", "train": "fit",
    ]

    private static let places: [String: String] = {
        let inCompile = ["optimizer", "loss", "metrics", "learning_rate", "lr"]
        let inFit = ["epochs", "batch_size", "callbacks", "validation_split", "shuffle"]
        let inInput = ["input", "inputs", "input_shape", "shape", "input_size", "input_dim"]
        var places: [String: String] = [:]
        for key in inCompile { places[key] = "it belongs to training: `compile: {\(key): ...}`" }
        for key in inFit { places[key] = "it belongs to training: `fit: {\(key): ...}`" }
        for key in inInput {
            places[key] = "the first layer says what comes in: `- Input: {shape: [28, 28, 1]}`"
        }
        places["version"] = "a spec needs no version; leave it out"
        return places
    }()

    /// The file's name without its folder and ending.
    private func defaultName() -> String {
        let last = tree.file.path.split(separator: "/").last.map(String.init) ?? "model"
        let stem = last.split(separator: ".").first.map(String.init) ?? ""
        return stem.isEmpty ? "model" : stem
    }

    // MARK: Layers

    /// The items of `layers`; a mapping of layers is read as the list that was meant.
    private mutating func items(_ node: SyntaxNode) -> [SyntaxNode]? {
        switch node.content {
        case .sequence(let items): return items
        case .invalid: return nil
        case .mapping(let entries):
            report(
                Diagnostic(
                    .specStructure, "`layers` should be a list, not a mapping",
                    at: entries.first?.key.span ?? node.span, label: "no dash before it",
                    notes: ["a mapping has no order, and each of its keys can occur only once"],
                    helps: ["start each layer with `- `: `- Dense: {units: 10}`"]))
            return entries.map { entry in
                SyntaxNode(
                    content: .mapping([entry]),
                    span: SourceSpan(
                        file: entry.key.span.file,
                        range: entry.key.span.range.union(entry.value.span.range)))
            }
        case .scalar:
            if node.isNull, !tree.isComplete { return nil }
            report(
                Diagnostic(
                    .specStructure, "`layers` should be a list, \(node.foundDescription)",
                    at: node.span, label: node.isNull ? "no layers" : "not a list",
                    helps: [
                        node.span.text.hasPrefix("|") || node.span.text.hasPrefix(">")
                            ? "leave the `\(node.span.text.prefix(1))` out: it makes a text of what follows"
                            : "start each layer with `- `: `- Dense: {units: 10}`"
                    ]))
            return nil
        }
    }

    private mutating func readLayers(_ node: SyntaxNode, _ spec: inout ModelSpec) {
        guard let items = items(node) else { return }
        if items.isEmpty {
            report(
                Diagnostic(
                    .specStructure, "`layers` is empty", at: node.span, label: "no layer",
                    helps: ["a model needs an Input and a layer: `- Input: {shape: [4]}`"]))
        }
        var graph = GraphReader(reader: reader, isNested: false, sizes: sizes)
        graph.read(items)
        spec.outputs = graph.outputs(spec.outputs)
        spec.layers = graph.layers
        spec.brokenNames = graph.brokenNames
        spec.openSizes = graph.openSizes
        reader.bag = graph.reader.bag
    }
}
