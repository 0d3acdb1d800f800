import Diagnostics
import Syntax

/// Values without names behind a class: reported, and read as the arguments that were meant.
extension LayerReader {
    /// What stands behind a class name and is no mapping of arguments.
    mutating func readPositional(_ className: String, _ entry: SyntaxEntry) -> Head? {
        guard let type = likelyType(className) else {
            return readUnknownWithList(className, entry)
        }
        if let arguments = argumentsWithDashes(type, entry) ?? argumentsWithEquals(type, entry) {
            return Head(className: className, span: entry.key.span, arguments: arguments)
        }
        if let head = readSuperfluous(className, type, entry) ?? readOwnName(type, entry) {
            return head
        }
        /// The class's name in Keras, if it is called otherwise.
        let shown = catalog[className] == nil ? type.className : className
        let whole = wholeArgument(type, listed(entry.value))
        var arguments = whole ?? positionalArguments(type, entry.value)
        let isOptional = type.schema.first?.defaultText != nil
        let isMisfit =
            whole == nil && (arguments.count > 1 || (arguments.count == 1 && isOptional))
            && !fit(arguments, type)
        if isMisfit { arguments = [] }
        let sizes = entry.value.list.map { $0.allSatisfy { $0.integer != nil } } ?? false
        let takesNone = type.schema.isEmpty && arguments.isEmpty
        let list = arguments.map { "\($0.keyText ?? ""): \($0.value.meantText)" }
        let text = "{\(list.joined(separator: ", "))}"
        let isSequential = arguments.first?.value.value(forKey: "Sequential") != nil
        let canFix =
            !arguments.isEmpty && text.utf8.count <= 60 && !text.contains("\n") && !isSequential
        let name = arguments.count == 1 ? arguments[0].keyText ?? "name" : "name"
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(shown)` need names", at: entry.value.span,
                label: "which argument is it?",
                helps: takesNone
                    ? ["`\(shown)` takes no arguments of its own"]
                    : canFix
                        ? []
                        : isMisfit && sizes
                            && ["units", "filters"].contains(type.schema.first?.name ?? "")
                            ? [
                                "one item of `layers` is one layer: `- \(shown): {"
                                    + "\(type.schema.first?.name ?? ""): "
                                    + "\(entry.value.list?.first?.span.text ?? "")}`, and so on"
                            ]
                            : isSequential
                                ? [
                                    "several layers are one: `\(name): {Sequential: {layers: [...]}}`"
                                ]
                                : entry.value.list != nil && arguments.count == 1
                                    ? [
                                        "write `\(name):` on the line above, and indent the list below it"
                                    ]
                                    : ["write `\(shown): {name: value, ...}`"],
                fixIts: canFix
                    ? [
                        FixIt(
                            span: entry.value.span, replacement: text,
                            text: "write `\(shown): \(text)`")
                    ] : []))
        // What is missing where nothing could be made of them has been said.
        return Head(
            className: className, span: entry.key.span,
            arguments: isMisfit ? [Self.entry("<<", entry.value)] : arguments)
    }

    /// A value behind a class that needs none: `AdaptiveAvgPool2d: 1`, `BatchNorm2d: 32`, `Dense: []`.
    private mutating func readSuperfluous(
        _ className: String, _ type: any Layer.Type, _ entry: SyntaxEntry
    ) -> Head? {
        let isEmpty = entry.value.list?.isEmpty ?? false
        let missing = type.schema.filter { $0.defaultText == nil }
        guard isEmpty || (missing.isEmpty && isSize(entry.value, type, called: className)) else {
            return nil
        }
        let whole = SourceSpan(
            file: entry.key.span.file, range: entry.key.span.range.union(entry.value.span.range))
        let list = missing.map { "\($0.name): ..." }.joined(separator: ", ")
        bag.report(
            Diagnostic(
                .layerItem,
                isEmpty
                    ? "the arguments of `\(type.className)` are a mapping, not an empty list"
                    : "`\(type.className)` takes its sizes from what comes in",
                at: entry.value.span, label: isEmpty ? "an empty list" : "not needed",
                helps: missing.isEmpty ? [] : ["write `\(type.className): {\(list)}`"],
                fixIts: missing.isEmpty
                    ? [
                        FixIt(
                            span: whole, replacement: type.className,
                            text: "write `- \(type.className)`")
                    ] : []))
        return Head(
            className: className, span: entry.key.span,
            arguments: missing.isEmpty ? [] : [Self.entry("<<", entry.value)])
    }

    /// `Softmax: softmax`: the layer's own name behind it.
    private mutating func readOwnName(_ type: any Layer.Type, _ entry: SyntaxEntry) -> Head? {
        guard let text = entry.value.text, type.schema.allSatisfy({ $0.defaultText != nil }),
            Suggestion.same(as: text, in: [type.className]) != nil
        else { return nil }
        let whole = SourceSpan(
            file: entry.key.span.file, range: entry.key.span.range.union(entry.value.span.range))
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(type.className)` need names",
                at: entry.value.span, label: "the layer's own name",
                fixIts: [
                    FixIt(
                        span: whole, replacement: type.className,
                        text: "write `- \(type.className)`")
                ]))
        return Head(className: type.className, span: entry.key.span, arguments: [])
    }

    /// `Dense: |`, and its arguments below as a text.
    mutating func argumentsInBlockText(
        _ type: any Layer.Type, _ entry: SyntaxEntry, _ text: String, _ sign: Character
    ) -> [SyntaxEntry]? {
        guard case .mapping(let entries)? = entry.value.replaced(by: text)?.content,
            entries.contains(where: { Self.isArgument($0, of: type) })
        else { return nil }
        let place = entry.value.span
        let mark = place.file.span(place.range.lowerBound..<place.range.lowerBound + 1)
        bag.report(
            Diagnostic(
                .layerItem, "the arguments of `\(entry.keyText ?? "")` are a text", at: mark,
                label: "makes a text of what follows",
                fixIts: [FixIt(span: mark, replacement: "", text: "leave the `\(sign)` out")]))
        return entries.map {
            SyntaxEntry(
                key: SyntaxNode(content: $0.key.content, span: place),
                value: SyntaxNode(content: $0.value.content, span: place))
        }
    }

    /// `"Dense: {units: 3}"` and `Dense:{units: 3}`: an item that is a text.
    mutating func itemInText(_ node: SyntaxNode, _ text: String) -> Head? {
        guard case .scalar(let scalar) = node.content, text.utf8.count <= 300,
            let colon = text.firstIndex(of: ":")
        else { return nil }
        let word = text[..<colon].filter { $0 != " " }
        let rest = text[text.index(after: colon)...]
        guard let type = catalog[word] else { return nil }
        let place = node.span
        if scalar.isPlain {
            // Without a space, all of it is one word to YAML.
            guard rest.first == "{", place.text == text else { return nil }
            let offset = place.range.lowerBound + text[..<colon].utf8.count
            bag.report(.missingSpaceAfterColon(place.file, at: offset))
        } else {
            bag.report(
                Diagnostic(
                    .layerItem, "a layer stands in quotes", at: place, label: "a text to YAML",
                    fixIts: [
                        FixIt(
                            span: place, replacement: text,
                            text: "leave the quotes out: `- \(text)`")
                    ]))
        }
        guard let entries = node.replaced(by: "\(word): \(rest)")?.entriesOrNone,
            let arguments = entries.first?.value.entriesOrNone
        else {
            return Head(
                className: type.className, span: place, arguments: [Self.entry("<<", node)])
        }
        return Head(
            className: type.className, span: place,
            arguments: arguments.map {
                SyntaxEntry(
                    key: SyntaxNode(content: $0.key.content, span: place),
                    value: SyntaxNode(content: $0.value.content, span: place))
            })
    }

    /// Whether a value is sizes that none of the arguments takes, such as a number of features.
    private func isSize(
        _ value: SyntaxNode, _ type: any Layer.Type, called className: String
    ) -> Bool {
        let items = value.list ?? [value]
        let numbers = items.compactMap(\.integer)
        guard numbers.count == items.count, let first = type.schema.first else { return false }
        if first.kind.takesAxes {
            // Of PyTorch's layers, it is the first argument.
            let isForeign = catalog[className] == nil
            return numbers.allSatisfy { $0 > (isForeign ? 0 : 4) }
        }
        return !first.kind.takesNumbers && !first.kind.takesLists && !fits(value, first)
    }

    /// `Dense: {units: 10, activation: relu}` for `[Dense, 10, relu]`.
    func positionalItem(_ items: [SyntaxNode]) -> String? {
        guard items.count > 1, let type = items[0].text.flatMap({ catalog[$0] }) else { return nil }
        let rest = Array(items.dropFirst())
        let areScalars = rest.allSatisfy { if case .scalar = $0.content { true } else { false } }
        let arguments = positionalArguments(
            type, SyntaxNode(content: .sequence(rest), span: rest[0].span))
        guard areScalars, arguments.count == rest.count, fit(arguments, type) else { return nil }
        return Self.item(type.className, arguments)
    }

    /// An item on one line; nil where it would be long.
    static func item(_ className: String, _ arguments: [SyntaxEntry]) -> String? {
        if arguments.isEmpty { return className }
        var texts: [String] = []
        for argument in arguments {
            guard let key = argument.keyText, key != "<<" else { return nil }
            texts.append("\(key): \(argument.value.meantText)")
        }
        let text = "\(className): {\(texts.joined(separator: ", "))}"
        return text.utf8.count <= 80 && !text.contains("\n") ? text : nil
    }
}
