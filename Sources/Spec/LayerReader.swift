import Diagnostics
import IR
import Syntax

/// Reads one item of `layers:` (a class name, or one key over the arguments) into a `LayerItem`.
struct LayerReader {
    let catalog: LayerCatalog
    var names: LayerNames
    var bag: DiagnosticBag
    /// The layers that `Reuse` may name, the innermost list last.
    var scopes: [LayerScope] = []
    /// How many classes were not known: after many the nearest ones are not searched any more.
    var unknownClasses = 0
    /// Whether the first layer of the model is being read.
    var isFirst = false

    /// What an item names before its arguments are read.
    struct Head {
        let className: String
        let span: SourceSpan
        let arguments: [SyntaxEntry]
        /// The class in the catalog: the one named, or the one that was most likely meant.
        var type: (any Layer.Type)?

        func value(_ key: String) -> SyntaxNode? {
            arguments.first { $0.keyText == key }?.value
        }
    }

    /// Arguments that every layer takes besides its own.
    static let common = CommonArgument.all.map(\.name)

    /// `Conv2D`, or `Conv2D: {...}`; reports and returns nil for anything else.
    mutating func head(_ node: SyntaxNode) -> Head? {
        guard var head = parts(node) else { return nil }
        head.type = catalog[head.className] ?? reportUnknown(head)
        return head
    }

    private mutating func parts(_ node: SyntaxNode) -> Head? {
        if case .invalid = node.content { return nil }
        if let name = node.text {
            if let call = PythonCall(name) { return readCall(call, node) }
            return Head(className: name, span: node.span, arguments: [])
        }
        guard case .mapping(let all) = node.content, !all.isEmpty else {
            reportNoLayer(node)
            return nil
        }
        // What merges something that could not be read may be anything.
        let entries = all.filter { $0.keyText != "<<" }
        guard let entry = entries.first else { return nil }
        guard let className = entry.keyText else {
            bag.report(
                Diagnostic(
                    .layerItem, "a layer's class name should be a text", at: entry.key.span,
                    label: "not a class name"))
            return nil
        }
        if let head = classNameAsValue(entries) { return head }
        // `!Dense {units: 4}`: the tag, which is reported, is the class.
        if catalog[className] == nil, node.isTagged { return nil }
        if entries.count > 1 {
            reportSeveralKeys(entries, className)
            guard let type = catalog[className] else { return nil }
            if entry.value.isNull {
                // Most likely the arguments, not indented: goes on as if they were.
                return Head(
                    className: className, span: entry.key.span,
                    arguments: entries.dropFirst().filter { Self.isArgument($0, of: type) })
            }
        }
        switch entry.value.content {
        case .mapping(let arguments):
            return Head(
                className: className, span: entry.key.span,
                arguments: withNestedLayers(arguments, of: catalog[className]))
        case .invalid:
            return nil
        case _ where entry.value.isNull:
            return Head(className: className, span: entry.key.span, arguments: [])
        default:
            return readPositional(className, entry)
        }
    }

    static func isArgument(_ entry: SyntaxEntry, of type: any Layer.Type) -> Bool {
        type.fullSchema.contains { $0.name == entry.keyText }
            || common.contains(entry.keyText ?? "")
    }

    /// Reads an item; names it as Keras does.
    mutating func read(_ head: Head) -> LayerItem? {
        guard let type = head.type else { return nil }
        if type is any ReuseLayer.Type { return readReuse(head, type) }
        let given = givenName(head)
        let name = given ?? names.next(for: type.className)
        var reading = ArgumentReading(
            argument: "", layer: "`\(name)`", catalog: catalog, names: names, bag: bag,
            scopes: scopes)
        let arguments = readArguments(head, type, &reading)
        let inputs = (head.value("inputs") ?? arguments?.meantInputs).map {
            InputReference.read($0, "inputs", &reading.bag)
        }
        names = reading.names
        bag = reading.bag
        guard let arguments else { return nil }
        // A wrapper of a layer that is used elsewhere computes with that one's variables.
        let wrapped = type.schema.lazy.compactMap { $0 as? Argument<LayerItem> }
            .compactMap { arguments.likely.isWritten($0.name) ? arguments.likely[$0].shared : nil }
        return LayerItem(
            className: type.className, name: name, layer: type.init(arguments.likely),
            alternative: arguments.other.map { type.init($0) }, arguments: arguments.likely,
            inputs: inputs, references: Self.references(type, arguments.likely), span: head.span,
            nameSpan: given == nil ? nil : head.value("name")?.span,
            shared: wrapped.first)
    }

    /// The layers that the arguments of the call name, in the order of the schema.
    static func references(_ type: any Layer.Type, _ arguments: Arguments)
        -> [InputReference]
    {
        type.tensorArguments.flatMap { arguments[$0].compactMap(\.self) }
    }

    /// A layer inside another layer's argument.
    static func readNested(
        _ node: SyntaxNode, allowsReuse: Bool = false, _ reading: inout ArgumentReading
    ) -> LayerItem? {
        var reader = LayerReader(
            catalog: reading.catalog, names: reading.names, bag: reading.bag,
            scopes: reading.scopes)
        defer {
            reading.names = reader.names
            reading.bag = reader.bag
        }
        guard let head = reader.head(node), let item = reader.read(head) else { return nil }
        if let inputs = item.inputs?.first ?? item.references.first {
            reader.bag.report(
                Diagnostic(
                    .argumentConflict, "a layer inside another layer can't name its `inputs`",
                    at: inputs.span, label: "reads the layer before it",
                    helps: [
                        "write a graph at the top level of `layers`, or as a `Model` with Inputs of "
                            + "its own"
                    ]))
            return nil
        }
        if item.shared != nil, !allowsReuse {
            reader.bag.report(
                Diagnostic(
                    .reuse, "a layer inside another layer can't be a layer that is used elsewhere",
                    at: item.span, label: "inside `\(reading.layer.filter { $0 != "`" })`",
                    secondary: item.shared.map { [Label(span: $0.first, text: "used here")] } ?? [],
                    helps: [
                        "`Reuse` stands in the list `layers` of a spec or of a `Model`, or there as "
                            + "the layer of a `TimeDistributed`"
                    ]))
            return nil
        }
        // What could not be read can't stand inside another layer either.
        return item.alternative == nil ? item : nil
    }

    /// The name that is given, if it is one.
    func givenName(_ head: Head) -> String? {
        head.value("name")?.nameText.flatMap { $0.isEmpty || $0.contains("/") ? nil : $0 }
    }

    // MARK: Items that are no layers

    private mutating func reportNoLayer(_ node: SyntaxNode) {
        if node.isNull {
            let text = node.span.text
            bag.report(
                Diagnostic(
                    .layerItem, "an item of `layers` is empty", at: node.span,
                    label: text.isEmpty ? "no layer behind the dash" : "no layer",
                    helps: ["remove the line, or name a layer: `- Flatten`"]))
            return
        }
        var fixIts: [FixIt] = []
        if let items = node.list, items.count == 1, let name = items[0].text, catalog[name] != nil {
            fixIts = [
                FixIt(
                    span: node.span, replacement: name, text: "leave the brackets out: `- \(name)`")
            ]
        }
        let text = node.span.text
        let isList = node.list != nil
        let help =
            isList && text.hasPrefix("*")
            ? "layers that are repeated stand in one: `- Sequential: {layers: \(text)}`"
            : isList
                ? "the list `layers` holds no lists; layers that belong together are a "
                    + "`Sequential: {layers: [...]}`"
                : "write `- Dense: {units: 10}`, or `- Flatten` where no argument is needed"
        bag.report(
            Diagnostic(
                .layerItem,
                "a layer should be a class name, or one class name over its arguments, "
                    + node.foundDescription,
                at: node.span, label: "not a layer",
                helps: fixIts.isEmpty ? [help] : [], fixIts: fixIts))
    }

    /// `{Conv2D: ..., filters: 8}`: the arguments are not indented under the class name.
    private mutating func reportSeveralKeys(_ entries: [SyntaxEntry], _ className: String) {
        let second = entries[1]
        let key = second.keyText ?? ""
        let isArgument = catalog[className].map { Self.isArgument(second, of: $0) } ?? false
        let isBlock = second.key.span.start.line > entries[0].key.span.start.line
        bag.report(
            Diagnostic(
                .layerItem, "an item of `layers` should have one key, its class name",
                at: second.key.span,
                label: isArgument ? "not indented below `\(className):`" : "a second key",
                secondary: [Label(span: entries[0].key.span, text: "the class name")],
                helps: [
                    isArgument
                        ? isBlock
                            ? "indent the arguments by two more spaces, below `\(className):`"
                            : "put the arguments in braces: `\(className): {\(key): ...}`"
                        : "start each layer with its own `- `: `- \(key)`"
                ]))
    }

    /// `{class_name: Conv2D, config: {...}}` as in Keras's JSON, or `{type: Conv2D, filters: 8}`.
    private mutating func classNameAsValue(_ entries: [SyntaxEntry]) -> Head? {
        let keys = ["class_name", "type", "class", "layer", "kind", "op", "layer_type"]
        guard
            let index = entries.firstIndex(where: { keys.contains($0.keyText?.lowercased() ?? "") }
            ),
            let className = entries[index].value.text, catalog[entries[0].keyText ?? ""] == nil
        else { return nil }
        var arguments = entries
        arguments.remove(at: index)
        let isConfig = ["config", "args", "arguments", "params", "kwargs"]
        if let config = arguments.first(where: { isConfig.contains($0.keyText ?? "") }),
            case .mapping(let inner) = config.value.content
        {
            arguments.removeAll { $0.keyText == config.keyText }
            arguments += inner
        }
        let key = entries[index].keyText ?? ""
        bag.report(
            Diagnostic(
                .layerItem, "a layer's class name is the key over its arguments, not a value",
                at: entries[index].key.span, label: "`\(key)` is not needed",
                helps: [
                    arguments.isEmpty
                        ? "write `- \(className)`" : "write `- \(className): {...}`"
                ]))
        return Head(className: className, span: entries[index].value.span, arguments: arguments)
    }
}

extension InputReference {
    /// One name or a list of names; reports anything else and returns what could be read.
    static func read(_ node: SyntaxNode, _ key: String, _ bag: inout DiagnosticBag)
        -> [InputReference]
    {
        if let name = node.nameText { return [InputReference(name: name, span: node.span)] }
        var result: [InputReference] = []
        guard let list = node.list, !list.isEmpty else {
            if case .invalid = node.content { return [] }
            bag.report(
                Diagnostic(
                    .argumentValue,
                    "`\(key)` should be the name of a layer or a list of names, "
                        + node.foundDescription,
                    at: node.span,
                    label: node.isNull || node.list != nil ? "no name" : "not a name",
                    helps: node.isNull && key == "inputs"
                        ? ["leave `inputs` out to read the layer before"] : []))
            return []
        }
        for (index, item) in list.enumerated() {
            if index == GraphReader.largestCount {
                bag.report(
                    Diagnostic(
                        .notSupported,
                        "`\(key)` holds \(list.count) names, more than the "
                            + "\(GraphReader.largestCount) layers that a model may have",
                        at: item.span, label: "not read any more"))
                break
            }
            if bag.isFull { break }
            if let name = item.nameText {
                result.append(InputReference(name: name, span: item.span))
            } else if case .invalid = item.content {
                continue
            } else {
                bag.report(
                    Diagnostic(
                        .argumentValue,
                        "`\(key)` should hold names of layers, \(item.foundDescription)",
                        at: item.span, label: "not a name"))
            }
        }
        return result
    }
}

extension SyntaxNode {
    /// Whether a tag stands before it on its line.
    fileprivate var isTagged: Bool {
        let bytes = span.file.bytes
        var index = span.range.lowerBound - 1
        while index >= 0, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == UInt8(ascii: "!") { return true }
            index -= 1
        }
        return false
    }

    /// A layer's name: any scalar as it is written, but nothing for `null`.
    var nameText: String? {
        guard case .scalar(let scalar) = content, !isNull else { return nil }
        return scalar.text
    }
}
