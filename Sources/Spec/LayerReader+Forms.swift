import Diagnostics
import Syntax

/// Arguments in a form that is none, but whose meaning is plain: reported, and read as it was meant.
extension LayerReader {
    /// `Activation: {softmax}`, `Conv2D: {32, 3, activation: relu}`: values without names in braces.
    mutating func argumentsWithoutNames(
        _ className: String, _ entry: SyntaxEntry, _ entries: [SyntaxEntry]
    ) -> [SyntaxEntry]? {
        guard let type = likelyType(className), entries.contains(where: \.isBare) else {
            return nil
        }
        if let joined = namesWithoutBrackets(entries) { return joined }
        let values = entries.filter { $0.isBare && !Self.isArgument($0, of: type) }.map(\.key)
        let named = entries.filter { !$0.isBare || Self.isArgument($0, of: type) }
        guard let first = values.first, let last = values.last,
            named.allSatisfy({ !$0.isBare && Self.isArgument($0, of: type) })
        else { return nil }
        let span = SourceSpan(file: first.span.file, range: first.span.range.union(last.span.range))
        let list = SyntaxNode(content: .sequence(values), span: span)
        let whole = wholeArgument(type, list)
        var all = whole ?? positionalArguments(type, list, besides: named)
        if whole == nil, !fit(all, type) { all = [] }
        let arguments = all.filter { new in !named.contains { $0.keyText == new.keyText } }
        let texts = (arguments + named).map { argument in
            let isWhole = argument.value.list != nil && argument.value.span.range == span.range
            let value =
                isWhole
                ? "[\(values.map(\.span.text).joined(separator: ", "))]" : argument.value.meantText
            return "\(argument.keyText ?? ""): \(value)"
        }
        let text = "{\(texts.joined(separator: ", "))}"
        let canFix = !arguments.isEmpty && text.utf8.count <= 80 && !text.contains("\n")
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(className)` need names", at: span,
                label: values.count == 1 ? "which argument is it?" : "which arguments are they?",
                helps: canFix
                    ? []
                    : type.schema.isEmpty && !type.mergesLayers
                        ? ["`\(className)` takes no arguments of its own"]
                        : ["write `\(className): {name: value, ...}`"],
                fixIts: canFix
                    ? [
                        FixIt(
                            span: entry.value.span, replacement: text,
                            text: "write `\(className): \(text)`")
                    ] : []))
        return arguments + named
            + (arguments.isEmpty ? [Self.entry("<<", list)] : [])
    }

    /// The class that a name most likely means.
    func likelyType(_ className: String) -> (any Layer.Type)? {
        let known = catalog.sameName(as: className) ?? catalog.foreign(className)?.className
        return catalog[className] ?? known.flatMap { catalog[$0] }
    }

    /// Whether an item is a layer of the catalog.
    private func isLayer(_ item: SyntaxNode) -> Bool {
        if case .mapping(let entries) = item.content {
            return entries.count == 1 && catalog[entries[0].keyText ?? ""] != nil
        }
        return item.text.map { catalog[$0] != nil } ?? false
    }

    /// `{Sequential: {layers: [...]}}` around a list of layers.
    private func sequential(_ list: SyntaxNode) -> SyntaxNode {
        let layers = SyntaxNode(
            content: .mapping([Self.entry("layers", list)]), span: list.span)
        return SyntaxNode(content: .mapping([Self.entry("Sequential", layers)]), span: list.span)
    }

    /// The first arguments, one for each value.
    func positionalArguments(
        _ type: any Layer.Type, _ value: SyntaxNode, besides named: [SyntaxEntry] = []
    ) -> [SyntaxEntry] {
        let values = listed(value).list ?? [value]
        guard values.count <= 3 else { return [] }
        let open = type.schema.filter { argument in !named.contains { $0.keyText == argument.name }
        }
        return zip(open, values).map { Self.entry($0.name, mended($1, $0)) }
    }

    /// `64, relu` and `32, (3, 3)` as the list that was meant; the places in the text are not the file's.
    func listed(_ value: SyntaxNode) -> SyntaxNode {
        guard let text = value.text, text.contains(","), text.utf8.count < 100,
            PythonCall(text) == nil
        else { return value }
        let list = text.contains("(") ? PythonCall.yaml(text) ?? text : text
        return value.replaced(by: "[\(list)]")?.placed(at: value.span) ?? value
    }

    /// A value, or what was most likely meant by it: 0.5 for `1/2`.
    private func mended(_ value: SyntaxNode, _ argument: any ArgumentDescriptor) -> SyntaxNode {
        guard case .scalar = value.content else { return value }
        var quiet = ArgumentReading(
            argument: argument.name, layer: "", catalog: catalog, names: names,
            bag: DiagnosticBag(), scopes: scopes)
        _ = argument.read(value, &quiet)
        // One report with one fix of the whole value: that is most likely what was meant.
        guard quiet.bag.diagnostics.count == 1,
            let fixIt = quiet.bag.diagnostics[0].fixIts.first
                ?? ValueAdvice(value, argument.kind).fixIts.first,
            fixIt.span.range == value.span.range,
            let node = value.replaced(by: fixIt.replacement), fits(node, argument)
        else { return value }
        return node
    }

    func fits(_ value: SyntaxNode, _ argument: any ArgumentDescriptor) -> Bool {
        var quiet = ArgumentReading(
            argument: argument.name, layer: "", catalog: catalog, names: names,
            bag: DiagnosticBag(), scopes: scopes)
        return argument.read(value, &quiet) != nil && !quiet.bag.hasErrors
    }

    /// Whether the values are what these arguments take; a layer may still have something wrong inside.
    func fit(_ arguments: [SyntaxEntry], _ type: any Layer.Type) -> Bool {
        arguments.allSatisfy { entry in
            guard let argument = type.fullSchema.first(where: { $0.name == entry.keyText }) else {
                return true
            }
            // Layers inside each other would be read again at every level.
            let items = entry.value.list ?? [entry.value]
            let isFlat = items.allSatisfy { if case .scalar = $0.content { true } else { false } }
            return !isFlat || argument.kind.holdsLayers || fits(entry.value, argument)
        }
    }

    /// A list that is one argument as a whole: `Input: [28, 28, 1]`, `Add: [a, b]`,
    /// `Sequential: [Flatten]`.
    func wholeArgument(_ type: any Layer.Type, _ value: SyntaxNode) -> [SyntaxEntry]? {
        guard let items = value.list, !items.isEmpty else { return nil }
        let areScalars = items.allSatisfy { if case .scalar = $0.content { true } else { false } }
        if type.mergesLayers, areScalars, items.allSatisfy({ $0.integer == nil }) {
            return [Self.entry("inputs", value)]
        }
        guard let first = type.schema.first else { return nil }
        switch first.kind.withoutNull {
        case .layers, .oneOrMoreLayers: return [Self.entry(first.name, value)]
        case .layer where items.count == 1: return [Self.entry(first.name, items[0])]
        case .layer where items.allSatisfy({ isLayer($0) }) && catalog["Sequential"] != nil:
            return [Self.entry(first.name, sequential(value))]
        case .shape where items.count == 4 && items[0].isNull:
            // `[null, 28, 28, 1]`: with the batch.
            return [
                Self.entry(
                    first.name,
                    SyntaxNode(content: .sequence(Array(items.dropFirst())), span: value.span))
            ]
        case .shape, .partialShape, .integers, .axes, .padding:
            return areScalars ? [Self.entry(first.name, value)] : nil
        case .spatial(let rank, _) where rank > 1 && rank == items.count:
            // `MaxPooling2D: [2, 2]`; two sizes after all.
            return areScalars ? [Self.entry(first.name, value)] : nil
        default: return nil
        }
    }

    /// `Dense:`, and below it `- units: 10`: a dash before each argument.
    mutating func argumentsWithDashes(
        _ type: any Layer.Type, _ entry: SyntaxEntry
    ) -> [SyntaxEntry]? {
        guard let items = entry.value.list, !items.isEmpty else { return nil }
        var entries: [SyntaxEntry] = []
        for item in items {
            guard case .mapping(let own) = item.content,
                own.allSatisfy({ Self.isArgument($0, of: type) })
            else { return nil }
            entries += own
        }
        let className = entry.keyText ?? ""
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(className)` stand in a list",
                at: entries[0].key.span, label: "no dash before it",
                secondary: [Label(span: entry.key.span, text: "takes a mapping of arguments")],
                helps: [
                    "write them without dashes, indented by two more spaces below "
                        + "`\(className):`"
                ]))
        return entries
    }

    /// `Dense:`, and below it `units = 10`.
    mutating func argumentsWithEquals(
        _ type: any Layer.Type, _ entry: SyntaxEntry
    ) -> [SyntaxEntry]? {
        guard case .scalar(let scalar) = entry.value.content else { return nil }
        if !scalar.isPlain { return argumentsInQuotes(type, entry, scalar.text) }
        guard
            let pairs = Self.assignments(scalar.text)?.map({ pair in
                (name: pair.name, value: PythonCall.yaml(pair.value) ?? pair.value)
            }),
            pairs.allSatisfy({ pair in
                type.fullSchema.contains { $0.name == pair.name }
                    || Self.common.contains(pair.name)
            })
        else { return nil }
        let text = pairs.map { "\($0.name): \($0.value)" }
        bag.report(
            Diagnostic(
                .layerItem,
                "`=` stands behind \(pairs.count == 1 ? "an argument" : "arguments"), not a colon",
                at: entry.value.span, label: "expected `\(pairs[0].name): `",
                fixIts: [
                    FixIt(
                        span: entry.value.span, replacement: "{\(text.joined(separator: ", "))}",
                        text: "write `\(text.joined(separator: "`, `"))`")
                ]))
        return pairs.compactMap { pair in
            entry.value.replaced(by: pair.value).map { Self.entry(pair.name, $0) }
        }
    }

    /// `Dense: "units: 10"`.
    private mutating func argumentsInQuotes(
        _ type: any Layer.Type, _ entry: SyntaxEntry, _ text: String
    ) -> [SyntaxEntry]? {
        if let sign = entry.value.span.text.first, sign == "|" || sign == ">" {
            return argumentsInBlockText(type, entry, text, sign)
        }
        let braced = text.hasPrefix("{") ? text : "{\(text)}"
        guard text.contains(":"), text.utf8.count <= 300,
            case .mapping(let entries)? = entry.value.replaced(by: braced)?.content,
            !entries.isEmpty, entries.allSatisfy({ Self.isArgument($0, of: type) })
        else { return nil }
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(entry.keyText ?? "")` are in quotes",
                at: entry.value.span, label: "a text to YAML",
                fixIts: [
                    FixIt(
                        span: entry.value.span, replacement: braced,
                        text: "write `\(entry.keyText ?? ""): \(braced)`")
                ]))
        // The text's places are not the file's.
        return entries.map {
            SyntaxEntry(
                key: SyntaxNode(content: $0.key.content, span: entry.value.span),
                value: SyntaxNode(content: $0.value.content, span: entry.value.span))
        }
    }

    /// The pairs of `filters = 8 kernel_size = 3`, as YAML joins such lines.
    private static func assignments(_ text: String) -> [(name: String, value: String)]? {
        guard text.utf8.count <= 300 else { return nil }
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(trimmed)
        guard parts.count > 1 else { return nil }
        var result: [(name: String, value: String)] = []
        var name = parts[0]
        for (index, part) in parts.dropFirst().enumerated() {
            var value = part[...]
            var next = ""
            if index < parts.count - 2 {
                // What stands before the next `=` ends with its name.
                guard let space = part.lastIndex(where: { $0 == " " || $0 == "," }) else {
                    return nil
                }
                value = part[..<space]
                next = String(part[part.index(after: space)...])
            }
            let isWord = !name.isEmpty && name.allSatisfy { $0.isLetter || $0 == "_" }
            let text = trimmed(value.last == "," ? value.dropLast() : value)
            guard isWord, !text.isEmpty else { return nil }
            result.append((name, text))
            name = next
        }
        return result
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    static func entry(_ name: String, _ value: SyntaxNode) -> SyntaxEntry {
        SyntaxEntry(
            key: SyntaxNode(content: .scalar(Scalar(text: name, isPlain: true)), span: value.span),
            value: value)
    }

    // MARK: Layers in the place of arguments

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

extension ArgumentKind {
    /// Whether one layer may stand there without a list.
    fileprivate var takesOneLayer: Bool {
        if case .oneOrMoreLayers = withoutNull { true } else { holdsOneLayer }
    }
    fileprivate var holdsOneLayer: Bool { if case .layer = withoutNull { true } else { false } }
}

extension SyntaxNode {
    /// The text as it can stand in braces: a mapping in lines gets braces of its own.
    var flowText: String {
        let text = span.text
        if case .mapping = content, !text.hasPrefix("{") { return "{\(text)}" }
        return text
    }

    /// The text of a value, also where that isn't what stands in its place.
    var meantText: String {
        if case .scalar(let scalar) = content, scalar.isPlain, !span.range.isEmpty {
            return scalar.text
        }
        if case .sequence(let items) = content, span.text.first != "*" {
            return "[\(items.map(\.meantText).joined(separator: ", "))]"
        }
        // `LSTM(4)`, of which this is what was meant.
        if case .mapping(let entries) = content, span.text.last == ")" {
            let texts = entries.map { "\($0.keyText ?? ""): \($0.value.meantText)" }
            return "{\(texts.joined(separator: ", "))}"
        }
        return flowText
    }
}
