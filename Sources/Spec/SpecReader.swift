import Diagnostics
import Syntax

/// Reads a syntax tree into a `ModelSpec`: structure, keys, layers, arguments, names.
///
/// Never stops at the first error: what can't be read is reported and left out.
package struct SpecReader {
    private let tree: SyntaxTree
    private var reader: LayerReader

    /// The keys of a spec.
    static let keys = SpecKey.all.map(\.name)

    package static func read(
        _ tree: SyntaxTree, catalog: LayerCatalog, into bag: inout DiagnosticBag
    ) -> ModelSpec? {
        var reader = SpecReader(
            tree: tree,
            reader: LayerReader(catalog: catalog, names: LayerNames(), bag: DiagnosticBag()))
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
        var taken: [String: (span: SourceSpan, isGiven: Bool)] = [:]
        for node in items {
            reader.isFirst = spec.layers.isEmpty
            guard let head = reader.head(node) else {
                leaveOut(node, &spec)
                continue
            }
            if let input = implicitInput(head, isFirst: spec.layers.isEmpty) {
                spec.layers.append(input)
            }
            guard let item = reader.read(head) else {
                let given = head.value("name")?.nameText
                let name = given ?? head.type.map { LayerNames.snakeCase($0.className) }
                spec.brokenNames.insert(name ?? LayerNames.snakeCase(head.className))
                spec.layers.append(nil)
                continue
            }
            if head.type?.className != head.className {
                spec.brokenNames.insert(LayerNames.snakeCase(head.className))
            }
            let given = head.value("name")?.span
            let span = given ?? item.span
            if let first = taken[item.name] {
                let isDefault = given == nil || !first.isGiven
                report(
                    Diagnostic(
                        .layerName, "two layers have the name `\(item.name)`", at: span,
                        label: "the second",
                        secondary: [Label(span: first.span, text: "the first")],
                        notes: isDefault
                            ? ["a layer without a `name` is named after its class, and numbered"]
                            : [], helps: ["give one of them another `name`"]))
            } else {
                taken[item.name] = (span, given != nil)
            }
            spec.layers.append(item)
        }
    }

    /// An item that can't be read still takes its name, so that the names behind it are right and
    /// nobody is told that there is no such layer.
    private mutating func leaveOut(_ node: SyntaxNode, _ spec: inout ModelSpec) {
        spec.layers.append(nil)
        let text = node.span.text
        var words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
            .map { String($0.drop { $0 == "-" }) }
        words.removeAll(where: \.isEmpty)
        guard let name = words.first, let type = reader.catalog[name] else { return }
        if let index = words.firstIndex(of: "name"), index + 1 < words.count {
            spec.brokenNames.insert(words[index + 1])
        } else {
            spec.brokenNames.insert(reader.names.next(for: type.className))
        }
    }

    /// `input_shape: [...]` on the first layer, as in older Keras code: an `Input` before it.
    private mutating func implicitInput(_ head: LayerReader.Head, isFirst: Bool) -> LayerItem? {
        let olderKeys = ["input_shape", "batch_input_shape", "input_dim"]
        guard let input = reader.catalog["Input"], head.type?.className != "Input",
            let entry = head.arguments.first(where: {
                olderKeys.contains($0.keyText ?? "") && ($0.keyText == "input_shape" || isFirst)
            }), let key = entry.keyText
        else { return nil }
        if !isFirst {
            report(
                Diagnostic(
                    .argumentConflict, "`input_shape` belongs to the first layer of a model",
                    at: entry.key.span, label: "what comes in is known here",
                    helps: ["leave it out; a second input is an `Input` layer of its own"]))
            return nil
        }
        var reading = ArgumentReading(
            argument: key, layer: "`\(head.className)`", catalog: reader.catalog,
            names: reader.names, bag: reader.bag)
        let name = reading.names.next(for: "Input")
        var value = entry.value
        if key != "input_shape" {
            // Reported as an unknown argument when the layer is read; goes on as if it were known.
            reading.bag = DiagnosticBag()
            if let size = value.integer { value = value.replaced(by: "[\(size)]") ?? value }
        }
        let shape = input.schema.first { $0.name == "shape" }?.read(value, &reading)
        reader.names = reading.names
        if key == "input_shape" { reader.bag = reading.bag }
        guard let shape else { return nil }
        var arguments = Arguments()
        arguments.set("shape", shape, key: entry.key.span, at: entry.value.span)
        return LayerItem(
            className: "Input", name: name, layer: input.init(arguments), alternative: nil,
            arguments: arguments, inputs: nil, references: [], span: entry.key.span)
    }
}
