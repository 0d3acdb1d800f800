import Compiler
import Diagnostics
import Spec

/// What may be written at a place: keys, layers, arguments, values, names of layers.
struct Completion {
    let document: Document
    /// nil where the text is no spec yet.
    let view: SpecView?
    /// Whether the client moves the cursor to what is left to fill in.
    let hasSnippets: Bool

    /// The protocol's numbers for kinds of items.
    private enum Kind: Int {
        case layer = 7
        case argument = 10
        case value = 12
        case key = 14
        case name = 18
    }

    private struct Item {
        var label: String
        var kind: Kind
        var detail: String
        var doc: String?
        /// What is inserted, where that is more than the label; with `$1`... where something is to be
        /// filled in.
        var snippet: String?
        var isDefault = false
    }

    func answer(at offset: Int) -> JSONValue {
        let items: [JSONValue]
        if let place = PlaceScanner.place(at: offset, in: document.text.bytes) {
            let range = document.text.range(place.word)
            let prefix = prefix(place)
            items = self.items(place).enumerated().map { index, item in
                json(item, order: index, range, prefix)
            }
        } else {
            items = []
        }
        return .object([("isIncomplete", .bool(false)), ("items", .array(items))])
    }

    private func items(_ place: TextPlace) -> [Item] {
        switch (Slot(place.steps), place.role) {
        case (.specKey, .key): specKeys(place)
        case (.layerList, .key), (.layer, _): layers(place)
        case (.argument(let layer, _), .key): arguments(of: layer, place)
        case (.value(let kind, let argument, _), .value): values(of: kind, argument, place)
        case (.value(let kind, _, _), .key) where kind.isLayer: layers(place)
        case (.commonValue(let common), .value): values(of: common)
        case (.layerNames, _), (.layerName, _): names(place)
        default: []
        }
    }

    // MARK: Keys and layers

    private func specKeys(_ place: TextPlace) -> [Item] {
        SpecKey.all.filter { !place.siblings.contains($0.name) }.map { key in
            let rest = hasColon(place) ? "" : key.kind == .layers ? ":\n  - " : ": "
            return Item(
                label: key.name, kind: .key, detail: "key of a spec", doc: key.doc,
                snippet: key.name + rest)
        }
    }

    private func layers(_ place: TextPlace) -> [Item] {
        // In a list in brackets, and behind a key, a layer with arguments needs braces.
        let needsBraces = place.role == .value || (place.isInBrackets && place.steps.last == .item)
        return Slot.catalog.layers.map { layer in
            var item = Item(
                label: layer.className, kind: .layer, detail: layer.summary,
                doc: LayerText.summary(of: layer))
            var wanted = layer.fullSchema.filter { $0.defaultText == nil }.map { $0.name }
            if layer.readsNamedLayers { wanted.append("inputs") }
            if hasSnippets, !hasColon(place), !wanted.isEmpty {
                let list = wanted.enumerated().map { index, name in
                    name == "inputs" ? "inputs: [$\(index + 1)]" : "\(name): $\(index + 1)"
                }
                let text = "\(layer.className): {\(list.joined(separator: ", "))}"
                item.snippet = needsBraces ? "{\(text)}" : text
            }
            return item
        }
    }

    private func arguments(of layer: any Layer.Type, _ place: TextPlace) -> [Item] {
        let schema = layer.fullSchema
        let colon = hasColon(place) ? "" : ": "
        func item(_ argument: any ArgumentDescriptor) -> Item {
            Item(
                label: argument.name, kind: .argument,
                detail: argument.defaultText.map { "default \($0)" } ?? "required",
                doc: LayerText.markdown(of: argument), snippet: argument.name + colon)
        }
        let common = CommonArgument.all.filter { common in
            !schema.contains { $0.name == common.name }
        }.map { common in
            Item(
                label: common.name, kind: .argument, detail: "default: \(common.defaultText)",
                doc: LayerText.markdown(of: common), snippet: common.name + colon)
        }
        // What is required first, what matters only for training last.
        let ranked = schema.map { argument in
            (argument.defaultText == nil ? 0 : argument.kind.mattersAtInference ? 1 : 3, argument)
        }
        let own = (0...3).map { rank in ranked.filter { $0.0 == rank }.map { item($0.1) } }
        return (own[0] + own[1] + common + own[3]).filter { !place.siblings.contains($0.label) }
    }

    // MARK: Values

    private func values(
        of kind: ArgumentKind, _ argument: any ArgumentDescriptor, _ place: TextPlace
    ) -> [Item] {
        if case .oneOrMoreLayers = kind { return layers(place) }
        if argument.kind.namesLayers { return names(place) }
        var words = kind.words
        if case .optional = argument.kind { words.append("null") }
        if let text = argument.defaultText, !words.contains(text) { words.insert(text, at: 0) }
        return words.map { word in
            let isDefault = word == argument.defaultText
            return Item(
                label: word, kind: .value,
                detail: isDefault ? "default of \(argument.name)" : argument.name,
                isDefault: isDefault)
        }
    }

    private func values(of common: CommonArgument) -> [Item] {
        let words: [String] =
            switch common.kind {
            case .boolean: ["true", "false"]
            case .elementType: ["float32"]
            case .name, .layerNames, .shape: []
            }
        return words.map { Item(label: $0, kind: .value, detail: common.name) }
    }

    /// The layers that can be named here: those above, the nearest first; for `outputs` all.
    private func names(_ place: TextPlace) -> [Item] {
        guard let view else { return [] }
        var limit = document.text.bytes.count + 1
        for step in place.steps {
            if case .key(let name, let range) = step, Slot.catalog[name] != nil {
                limit = range.lowerBound
                break
            }
        }
        return view.names(before: limit).map { layer in
            let shape = layer.shapes.map { " " + $0.outputsText } ?? ""
            return Item(
                label: layer.item.name, kind: .name, detail: layer.item.className + shape)
        }
    }

    // MARK: The text around

    /// Whether a colon follows the word, so that only the word is to be changed.
    private func hasColon(_ place: TextPlace) -> Bool {
        let rest = document.text.bytes[place.word.upperBound...]
        let quotes: [UInt8] = [0x22, 0x27, 0x20]
        return rest.prefix(8).drop { quotes.contains($0) }.first == UInt8(ascii: ":")
    }

    /// What has to stand before what is inserted: a dash, or a space behind a dash or colon.
    private func prefix(_ place: TextPlace) -> String {
        if place.needsDash { return "- " }
        let bytes = document.text.bytes
        let isBelowKey =
            switch Slot(place.steps) {
            case .layerList, .layerNames: place.role == .key && !place.isInBrackets
            default: false
            }
        if isBelowKey { return "- " }
        guard place.word.isEmpty, place.word.lowerBound > 0 else { return "" }
        let before = bytes[place.word.lowerBound - 1]
        return before == UInt8(ascii: ":") || before == UInt8(ascii: "-") ? " " : ""
    }

    private func json(_ item: Item, order: Int, _ range: TextRange, _ prefix: String) -> JSONValue {
        let order = String(order)
        var members: [(key: String, value: JSONValue)] = [
            ("label", .string(item.label)), ("kind", .int(item.kind.rawValue)),
            ("detail", .string(item.detail)),
            (
                "sortText",
                .string(String(repeating: "0", count: max(0, 5 - order.utf8.count)) + order)
            ),
            ("filterText", .string(item.label)),
        ]
        if let doc = item.doc {
            members.append(
                (
                    "documentation",
                    .object([("kind", .string("markdown")), ("value", .string(doc))])
                ))
        }
        if item.isDefault { members.append(("preselect", .bool(true))) }
        let text = prefix + (item.snippet ?? item.label)
        if item.snippet?.contains("$") == true {
            members.append(("insertTextFormat", .int(2)))
        }
        members.append(
            ("textEdit", .object([("range", range.json), ("newText", .string(text))])))
        return .object(members)
    }
}

extension Layer {
    /// Whether it makes no sense without `inputs`.
    fileprivate static var readsNamedLayers: Bool {
        switch inputCount {
        case .none, .exactly(0), .exactly(1), .sequence, .ownInputs: false
        case .exactly, .atLeast, .between: true
        }
    }
}

extension ArgumentKind {
    /// The words that may be written.
    fileprivate var words: [String] {
        switch self {
        case .boolean: ["true", "false"]
        case .choice(let words): words
        case .activation: ActivationFunction.all.map(\.name)
        case .initializer: Initializer.names.compactMap(\.first)
        case .optional(let kind): kind.words
        default: []
        }
    }
}
