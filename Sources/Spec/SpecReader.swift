import Diagnostics
import Syntax

/// Reads a syntax tree into a `ModelSpec`: structure, keys, layers, arguments, names.
///
/// Never stops at the first error: what can't be read is reported and left out.
package struct SpecReader {
    private let tree: SyntaxTree
    var reader: LayerReader
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
        case .sequence(let items):
            if let entries = keysWithDashes(items) {
                return read(entries, root, &spec) ? spec : nil
            }
            let start = tree.file.span(root.span.range.lowerBound..<root.span.range.lowerBound)
            let isInLines = root.span.text.hasPrefix("-") && start.start.column == 1
            report(
                Diagnostic(
                    .specStructure, "a spec should be a mapping with the key `layers`, not a list",
                    at: root.span, label: "a list without a key",
                    helps: isInLines ? [] : ["put `layers:` on a line above the list"],
                    fixIts: isInLines
                        ? [
                            FixIt(
                                span: start, replacement: "layers:\n",
                                text: "put `layers:` on a line above the list")
                        ] : []))
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
        if reportKerasConfig(entries, root) || reportOtherFormat(entries) { return false }
        if let inner = reportWrapper(entries) { return read(inner, root, &spec) }
        var layers: SyntaxNode?
        var describesInput = false
        for entry in entries {
            switch entry.keyText {
            case "name"? where entry.value.isNull, "weights"? where entry.value.isNull:
                mismatch(
                    entry,
                    entry.keyText == "name" ? "a text" : "the path of a weights file",
                    help: "leave the line out where there is none")
            case "name"?:
                if let name = entry.value.nameText, !name.isEmpty {
                    spec.name = name
                } else {
                    mismatch(entry, "a text")
                }
            case "layers"?: layers = entry.value
            case "outputs"? where entry.value.layerInOutputs(reader.catalog) != nil:
                reportLayerInOutputs(entry.value.layerInOutputs(reader.catalog)!)
            case "outputs"? where entry.value.namesByName != nil:
                mismatch(
                    entry, "the name of a layer or a list of names",
                    fixIt: keysOfLayers(entry.value, entries) ?? entry.value.namesByName)
            case "outputs"?:
                spec.outputs = InputReference.read(entry.value, "outputs", &reader.bag)
            case "weights"?:
                if let path = entry.value.nameText, !path.isEmpty {
                    spec.weights = (path, entry.value.span)
                } else {
                    mismatch(
                        entry, "the path of a weights file", fixIt: entry.value.onlyValue,
                        help: entry.value.list.map { $0.count > 1 } == true
                            ? "one file holds the variables of all layers" : nil)
                }
            case "compile"?, "fit"?:
                if case .mapping(let arguments) = entry.value.content {
                    if entry.keyText == "compile" { spec.training = entry.value }
                    TrainingKeys.check(arguments, of: entry.keyText ?? "", &reader.bag)
                } else if !entry.value.isNull {
                    let key = entry.keyText == "fit" ? "epochs" : "optimizer"
                    mismatch(
                        entry, "a mapping", fixIt: entry.value.nameText.map { "{\(key): \($0)}" })
                }
            // A place for anchors that the layers below refer to.
            case let key? where key.hasPrefix("x-"): break
            // What could not be merged has been reported.
            case "<<"?: break
            default:
                if reportUnknownKey(entry, among: entries) == "layers", layers == nil {
                    layers = entry.value
                }
                if Self.inputKeys.contains(entry.keyText?.lowercased() ?? "") {
                    describesInput = true
                }
            }
        }
        spec.describesInput = describesInput
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

    /// Whether two keys are a spec's own.
    private func isSpec(_ entries: [SyntaxEntry]) -> Bool {
        entries.contains { $0.keyText == "layers" }
    }

    /// `model:` around all of it, which is reported; returns what stands in it.
    private mutating func reportWrapper(_ entries: [SyntaxEntry]) -> [SyntaxEntry]? {
        guard !isSpec(entries),
            let wrapper = entries.first(where: {
                if case .mapping(let inner) = $0.value.content { isSpec(inner) } else { false }
            }), case .mapping(let inner) = wrapper.value.content,
            let layers = inner.first(where: { $0.keyText == "layers" })
        else { return nil }
        let name = wrapper.keyText ?? ""
        report(
            Diagnostic(
                .specStructure, "the spec stands one level too deep, inside `\(name)`",
                at: wrapper.key.span, label: "around the spec",
                secondary: [Label(span: layers.key.span, text: "belongs to the left margin")],
                helps: [
                    "remove the line `\(name):`, and indent what is below it by "
                        + "\(max(1, layers.key.span.start.column - wrapper.key.span.start.column)) fewer "
                        + "spaces"
                ]))
        return entries.filter { $0.keyText != wrapper.keyText } + inner
    }

    /// `- name: net` and `- layers: [...]`, a dash before each key: reported; returns the keys.
    private mutating func keysWithDashes(_ items: [SyntaxNode]) -> [SyntaxEntry]? {
        let entries = items.flatMap(\.entriesOrNone)
        guard entries.contains(where: { $0.keyText == "layers" }),
            items.allSatisfy({ !$0.entriesOrNone.isEmpty }),
            entries.allSatisfy({ Self.keys.contains($0.keyText ?? "") })
        else { return nil }
        report(
            Diagnostic(
                .specStructure, "the keys of a spec stand in a list", at: entries[0].key.span,
                label: "no dash before it",
                helps: [
                    "begin them at the left margin, without dashes: only the items of `layers` have one"
                ]))
        return entries
    }

    /// `[main, aux]` for `outputs: {main: softmax, aux: relu}`, where the keys are names of layers and
    /// the values are not.
    private func keysOfLayers(_ value: SyntaxNode, _ entries: [SyntaxEntry]) -> String? {
        let items = entries.first { $0.keyText == "layers" }?.value.list ?? []
        let names = Set(
            items.compactMap {
                $0.entriesOrNone.first?.value.value(forKey: "name")?.value.nameText
            })
        let keys = value.entriesOrNone.compactMap(\.keyText)
        guard keys.allSatisfy(names.contains),
            !value.entriesOrNone.allSatisfy({ names.contains($0.value.nameText ?? "") })
        else { return nil }
        return "[\(keys.joined(separator: ", "))]"
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
        let language =
            isPython
            ? "Python"
            : text.hasPrefix("<") ? "XML" : text.contains("\n[[") ? "TOML" : nil
        report(
            Diagnostic(
                .specStructure,
                language.map { "this looks like \($0); a spec is written in YAML" }
                    ?? "a spec should be a mapping with the key `layers`, not a text",
                at: tree.file.span(line), label: language == nil ? "a text" : "no YAML",
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

    /// Files of other programs that are YAML or JSON, by keys that come together in no spec.
    private mutating func reportOtherFormat(_ entries: [SyntaxEntry]) -> Bool {
        guard !isSpec(entries) else { return false }
        let formats = [
            (["backbone", "head"], "a model as Ultralytics' YOLO writes it"),
            (["cells", "nbformat"], "a Jupyter notebook"),
            (["architectures"], "the configuration of a model of Hugging Face's"),
            (["modelTopology"], "a model as TensorFlow.js writes it"),
            (["opsetImport"], "a model as ONNX writes it in JSON"),
        ]
        for (keys, kind) in formats {
            let found = keys.compactMap { key in entries.first { $0.keyText == key } }
            guard found.count == keys.count else { continue }
            report(
                Diagnostic(
                    .specStructure, "this is \(kind), not a spec", at: found[0].key.span,
                    label: "no key of a spec",
                    helps: [
                        "a spec lists the layers themselves: `layers:`, then `  - Dense: {units: "
                            + "10}`"
                    ]))
            return true
        }
        return false
    }

    private mutating func mismatch(
        _ entry: SyntaxEntry, _ expected: String, fixIt value: String? = nil, help: String? = nil
    ) {
        if case .invalid = entry.value.content { return }
        let fixIt = value.map {
            FixIt(
                span: entry.value.span, replacement: $0,
                text: "write `\(entry.keyText ?? ""): \($0)`")
        }
        report(
            Diagnostic(
                .argumentValue,
                "`\(entry.keyText ?? "")` should be \(expected), \(entry.value.foundDescription)",
                at: entry.value.span, label: "not \(expected)", helps: help.map { [$0] } ?? [],
                fixIts: fixIt.map { [$0] } ?? []))
    }

    /// A layer where the name of one is expected.
    private mutating func reportLayerInOutputs(_ layer: SyntaxNode) {
        report(
            Diagnostic(
                .argumentValue, "`outputs` should hold names of layers, not a layer",
                at: layer.span, label: "not a name",
                helps: [
                    "write the layer in the list `layers`, and its name here; without `outputs` the "
                        + "last layer's output comes out"
                ]))
    }

    /// Returns the key that was most likely meant.
    private mutating func reportUnknownKey(
        _ entry: SyntaxEntry, among entries: [SyntaxEntry]
    ) -> String? {
        guard let key = entry.keyText else { return nil }
        var fixIts: [FixIt] = []
        var helps: [String] = []
        var near = Suggestion.nearest(to: key, in: Self.keys) ?? Self.synonyms[key.lowercased()]
        if near == "layers", case .scalar = entry.value.content { near = "name" }
        if let near, entries.contains(where: { $0.keyText == near }) {
            helps = ["`\(near)` is given, and is what it is called: leave one of them out"]
        } else if let near {
            fixIts = [
                FixIt(span: entry.key.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if key == "inputs",
            entry.value.nameText != nil
                || entry.value.list?.allSatisfy({ $0.nameText != nil }) == true
        {
            helps = [
                "leave it out: what comes in are the `Input` layers of the list, in their order"
            ]
        } else if let place = Self.places[key.lowercased()] {
            helps = [place]
        } else if entry.value.isAnchored {
            helps = [
                "what only holds an anchor stands under a key that begins with `x-`: `x-\(key)`"
            ]
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

    private static let inputKeys = [
        "input", "inputs", "input_shape", "shape", "input_size", "input_dim",
    ]

    private static let places: [String: String] = {
        let inCompile = ["optimizer", "loss", "metrics", "learning_rate", "lr"]
        let inFit = ["epochs", "batch_size", "callbacks", "validation_split", "shuffle"]
        var places: [String: String] = [:]
        for key in inCompile { places[key] = "it belongs to training: `compile: {\(key): ...}`" }
        for key in inFit { places[key] = "it belongs to training: `fit: {\(key): ...}`" }
        for key in inputKeys {
            places[key] = "the first layer says what comes in: `- Input: {shape: [28, 28, 1]}`"
        }
        places["$schema"] =
            "editors read it in a comment: `# yaml-language-server: $schema=bnc.schema.json`"
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
        case .sequence(let items): return callsInBrackets(node) ?? items
        case .invalid: return nil
        case .mapping(let entries):
            if let items = itemsWithBullets(entries) { return items }
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
        var graph = GraphReader(
            reader: reader, isNested: false, sizes: sizes, isDamaged: !tree.isComplete)
        graph.read(items)
        // An Input may stand in what could not be read before the first layer.
        if let first = items.first,
            tree.damage.contains(where: { $0.upperBound <= first.span.range.lowerBound })
        {
            spec.describesInput = true
        }
        spec.outputs = graph.outputs(spec.outputs)
        spec.layers = graph.layers
        spec.brokenNames = graph.brokenNames
        spec.openSizes = graph.openSizes
        if graph.describesInput { spec.describesInput = true }
        reader.bag = graph.reader.bag
    }
}

extension SyntaxNode {
    /// A layer among names: `outputs: [{Dense: {units: 4}}]`.
    fileprivate func layerInOutputs(_ catalog: LayerCatalog) -> SyntaxNode? {
        let items = list ?? [self]
        return items.first { item in
            guard case .mapping(let entries) = item.content else { return false }
            return catalog[entries.first?.keyText ?? ""] != nil
        }
    }

    /// `[a, b]` for a mapping of titles to names: `{main: a, aux: b}`.
    var namesByName: String? {
        guard !entriesOrNone.isEmpty else { return nil }
        let entries = entriesOrNone
        let names = entries.compactMap(\.value.text)
        return names.count == entries.count ? "[\(names.joined(separator: ", "))]" : nil
    }

    /// The entries of a mapping; none for anything else.
    var entriesOrNone: [SyntaxEntry] {
        if case .mapping(let entries) = content { entries } else { [] }
    }

    /// The text of a mapping of one entry: `a.h5` of `{path: a.h5}`.
    fileprivate var onlyValue: String? {
        if let items = list, items.count == 1 {
            return items[0].nameText.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard case .mapping(let entries) = content, entries.count == 1 else { return nil }
        return entries[0].value.nameText.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let blanks: [UInt8] = [9, 10, 13, 32]

    /// Whether an anchor stands before it: `&block`.
    fileprivate var isAnchored: Bool {
        let bytes = span.file.bytes
        var index = span.range.lowerBound - 1
        while index >= 0, Self.blanks.contains(bytes[index]) { index -= 1 }
        while index > 0, bytes[index] != UInt8(ascii: " "), bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == UInt8(ascii: "&") { return true }
            index -= 1
        }
        return false
    }
}
