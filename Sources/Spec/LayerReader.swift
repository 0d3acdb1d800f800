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
    /// Whether a layer in the argument of another one is being read.
    var isInside = false

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
            if name.isEmpty {
                reportNoLayer(node)
                return nil
            }
            if let call = PythonCall(statement: name) { return readCall(call, node) }
            if let head = itemInText(node, name) { return head }
            if Self.isPlaceholder(name) {
                bag.report(.placeholder(node.span, expected: "a layer is expected here"))
                return nil
            }
            if node.isTagged, catalog[name] == nil { return nil }
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
        if Self.isPlaceholder(className) {
            bag.report(.placeholder(entry.key.span, expected: "a layer is expected here"))
            return nil
        }
        if let head = classNameAsValue(entries) ?? missingColon(entries) { return head }
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
            if let merge = readMerge(entry, arguments) { return merge }
            if let head = readName(entry, arguments) { return head }
            if let arguments = argumentsWithoutNames(className, entry, arguments) {
                return Head(className: className, span: entry.key.span, arguments: arguments)
            }
            return Head(
                className: className, span: entry.key.span,
                arguments: withNestedLayers(arguments, of: catalog[className]))
        case .invalid:
            return nil
        case _ where entry.value.isNull:
            return Head(className: className, span: entry.key.span, arguments: [])
        default:
            return readNamedCall(entry) ?? readPositional(className, entry)
        }
    }

    /// Whether a text stands for a layer that another program would put there: `${block}`, `<block>`,
    /// `%(block)s`, `@block@`.
    private static func isPlaceholder(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, text.count > 1 else { return false }
        let pairs: [(Character, Character)] = [("<", ">"), ("@", "@"), ("%", "%")]
        return first == "$" || text.allSatisfy { $0 == "." || $0 == "…" || $0 == "_" }
            || ["TODO", "TBD", "FIXME", "XXX"].contains(text)
            || pairs.contains { $0.0 == first && $0.1 == last }
            || text.hasPrefix("%(") || text.hasPrefix("#{") || text.hasPrefix("{{")
    }

    static func isArgument(_ entry: SyntaxEntry, of type: any Layer.Type) -> Bool {
        type.fullSchema.contains { $0.name == entry.keyText }
            || common.contains(entry.keyText ?? "")
    }

    /// Reads an item; names it as Keras does.
    mutating func read(_ head: Head) -> LayerItem? {
        guard let type = head.type else { return nil }
        if type is any ReuseLayer.Type { return readReuse(head, type) }
        let given = givenName(head) ?? meantName(head, type)
        let name = given ?? names.next(for: type.className)
        var reading = ArgumentReading(
            argument: "", layer: "`\(name)`", catalog: catalog, names: names, bag: bag,
            scopes: scopes)
        let arguments = readArguments(head, type, &reading)
        var inputs = head.value("inputs").map { InputReference.read($0, "inputs", &reading.bag) }
        if inputs == nil, let meant = arguments?.meantInputs, meant.list?.isEmpty != true {
            // That the name is another one has been said.
            var quiet = DiagnosticBag()
            inputs = InputReference.read(meant, "inputs", &quiet)
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
            scopes: reading.scopes, isInside: true)
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

    /// The name under a key that most likely means `name`: what reads the layer by it is not to blame.
    private func meantName(_ head: Head, _ type: any Layer.Type) -> String? {
        let unknown = head.arguments.filter { !Self.isArgument($0, of: type) }
        guard !unknown.isEmpty, head.value("name") == nil else { return nil }
        let known = type.fullSchema.map(\.name) + Self.common
        let entry = unknown.first { entry in
            let key = entry.keyText ?? ""
            let meant =
                Suggestion.same(as: key, in: known) ?? ForeignArguments.meaning(of: key, in: known)
                ?? Suggestion.nearest(to: key, in: known)
            return meant == "name"
        }
        guard let name = entry?.value.nameText, !name.isEmpty, !name.contains("/") else {
            return nil
        }
        return name
    }

    // MARK: Items that are no layers

    private mutating func reportNoLayer(_ node: SyntaxNode) {
        if node.isNull || node.text == "" {
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
        if let items = node.list, items.count == 2, let name = items[0].text, catalog[name] != nil,
            case .mapping = items[1].content, !items[1].span.text.contains("\n")
        {
            let text = "\(name): \(items[1].flowText)"
            fixIts = [FixIt(span: node.span, replacement: text, text: "write `- \(text)`")]
        }
        if let items = node.list, let text = positionalItem(items) {
            fixIts = [FixIt(span: node.span, replacement: text, text: "write `- \(text)`")]
        }
        let text = node.span.text
        let isList = node.list != nil
        let isRow =
            node.list.map { $0.count == 4 && $0[1].integer != nil && $0[2].text != nil } ?? false
        let help =
            isRow
            ? "in a row of YOLO's, these are from where, how often, the module and its arguments; "
                + "here each layer is one item, `- Conv2D: {filters: 64, kernel_size: 6}`"
            : isList && text.hasPrefix("*")
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
        if let loop = entries.first(where: {
            Self.repetitions.contains($0.keyText?.lowercased() ?? "")
        }), entries.contains(where: { ["layers", "layer", "block"].contains($0.keyText ?? "") }) {
            bag.report(
                Diagnostic(
                    .layerItem, "layers can't be repeated by a number", at: loop.key.span,
                    label: "no class name", helps: [Self.repetitionHelp]))
            return
        }
        let second = entries[1]
        // How deep a tab is can't be known; that it is one has been said.
        if second.key.span.isIndentedByTab { return }
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
                    isArgument && entries[0].value.entriesOrNone.count > 0 && !isBlock
                        ? "it belongs into the braces of `\(className)`: `\(className): {..., \(key): "
                            + "...}`"
                        : isArgument
                            ? isBlock
                                ? "indent the arguments by two more spaces, below `\(className):`"
                                : "put the arguments in braces: `\(className): {\(key): ...}`"
                            : "start each layer with its own `- `: `- \(key)`"
                ]))
    }

    /// `Dense units: 10`.
    private mutating func missingColon(_ entries: [SyntaxEntry]) -> Head? {
        let entry = entries[0]
        let words = (entry.keyText ?? "").split(separator: " ").map(String.init)
        guard entries.count == 1, words.count == 2, let type = catalog[words[0]],
            type.fullSchema.contains(where: { $0.name == words[1] }), !entry.value.isNull
        else { return nil }
        let whole = SourceSpan(
            file: entry.key.span.file, range: entry.key.span.range.union(entry.value.span.range))
        let text = "\(words[0]): {\(words[1]): \(entry.value.flowText)}"
        let canFix = text.utf8.count <= 80 && !text.contains("\n")
        bag.report(
            Diagnostic(
                .missingColon, "there is no colon behind `\(words[0])`", at: entry.key.span,
                label: "expected `\(words[0]): `",
                helps: canFix ? [] : ["write `\(words[0]): {\(words[1]): ...}`"],
                fixIts: canFix
                    ? [FixIt(span: whole, replacement: text, text: "write `\(text)`")] : []))
        return Head(
            className: words[0], span: entry.key.span,
            arguments: [Self.entry(words[1], entry.value)])
    }

    /// What stands beside `class_name` and `config` in Keras's JSON.
    private static let configKeys = [
        "module", "registered_name", "build_config", "compile_config", "shared_object_id",
    ]

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
            // What Keras writes beside them says nothing more.
            arguments.removeAll { $0.keyText == config.keyText }
            arguments.removeAll { entry in
                Self.configKeys.contains(entry.keyText ?? "")
                    || inner.contains { $0.keyText == entry.keyText }
            }
            arguments += inner
        }
        let key = entries[index].keyText ?? ""
        let dash = isInside ? "" : "- "
        let isKnown =
            catalog[className].map { type in
                arguments.allSatisfy { Self.isArgument($0, of: type) }
            } ?? arguments.isEmpty
        let text = isKnown ? Self.item(className, arguments) : nil
        let advice = "write `\(dash)\(text ?? "\(className): {...}")`"
        let whole = SourceSpan(
            file: entries[0].key.span.file,
            range: entries.reduce(entries[0].key.span.range) {
                $0.union($1.key.span.range).union($1.value.span.range)
            })
        // In the place of an item in lines; comments would be lost.
        let fixIt =
            isInside || whole.text.hasPrefix("{") || whole.text.contains("#")
                || !entries.allSatisfy(\.key.isWritten)
            ? nil : text.map { FixIt(span: whole, replacement: $0, text: advice) }
        bag.report(
            Diagnostic(
                .layerItem, "a layer's class name is the key over its arguments, not a value",
                at: entries[index].key.span, label: "`\(key)` is not needed",
                helps: fixIt == nil ? [advice] : [], fixIts: fixIt.map { [$0] } ?? []))
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
                    helps: key == "outputs"
                        ? node.namesByName == nil
                            ? ["without `outputs`, what the last layer makes comes out"] : []
                        : node.isNull && key == "inputs"
                            ? ["leave `inputs` out to read the layer before"] : [],
                    fixIts: node.namesByName.map {
                        [FixIt(span: node.span, replacement: $0, text: "write the names: `\($0)`")]
                    } ?? node.bareName.map {
                        [
                            FixIt(
                                span: node.span, replacement: $0,
                                text: "leave the braces out: `\($0)`")
                        ]
                    } ?? []))
            return node.namesByName == nil
                ? []
                : node.entriesOrNone.map {
                    InputReference(name: $0.value.nameText ?? "", span: $0.value.span)
                }
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
                        at: item.span, label: "not a name",
                        fixIts: item.list?.count == 1
                            ? (item.list?.first?.nameText).map {
                                [
                                    FixIt(
                                        span: item.span, replacement: $0,
                                        text: "leave the brackets out: `\($0)`")
                                ]
                            } ?? [] : []))
            }
        }
        return result
    }
}

extension SyntaxNode {
    /// `x` for `{x}`.
    fileprivate var bareName: String? {
        guard entriesOrNone.count == 1, let entry = entriesOrNone.first, entry.isBare else {
            return nil
        }
        return entry.keyText
    }

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

extension SourceSpan {
    /// Whether its line is indented with tabs, so that its column means nothing.
    fileprivate var isIndentedByTab: Bool {
        var offset = file.byteRange(ofLine: start.line).lowerBound
        while offset < range.lowerBound {
            if file.bytes[offset] == UInt8(ascii: "\t") { return true }
            if file.bytes[offset] != UInt8(ascii: " ") { return false }
            offset += 1
        }
        return false
    }
}
