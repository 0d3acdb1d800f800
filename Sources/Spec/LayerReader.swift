import Diagnostics
import IR
import Syntax

/// Reads one item of `layers:` (a class name, or one key over the arguments) into a `LayerItem`.
struct LayerReader {
    let catalog: LayerCatalog
    var names: LayerNames
    var bag: DiagnosticBag

    /// What an item names before its arguments are read.
    struct Head {
        let className: String
        let span: SourceSpan
        let arguments: [SyntaxEntry]
        let body: SyntaxNode?
    }

    /// Arguments that every layer takes besides its own.
    static let common = ["name", "inputs", "trainable", "dtype", "input_shape"]

    /// `Conv2D`, or `Conv2D: {...}`; reports and returns nil for anything else.
    mutating func head(_ node: SyntaxNode) -> Head? {
        if case .invalid = node.content { return nil }
        if let name = node.text {
            return Head(className: name, span: node.span, arguments: [], body: nil)
        }
        guard case .mapping(let entries) = node.content, let entry = entries.first else {
            bag.report(
                Diagnostic(
                    .layerItem,
                    "a layer should be a class name, or one class name over its arguments, not "
                        + node.kindDescription,
                    at: node.span, label: "not a layer",
                    helps: [
                        "write `- Dense: {units: 10}`, or `- Flatten` where no argument is needed"
                    ]))
            return nil
        }
        guard let className = entry.keyText else {
            bag.report(
                Diagnostic(
                    .layerItem, "a layer's class name should be a text", at: entry.key.span,
                    label: "not a class name"))
            return nil
        }
        if entries.count > 1 {
            reportSeveralKeys(entries, className)
            guard let type = catalog[className] else { return nil }
            if entry.value.isNull {
                // Most likely the arguments, not indented: goes on as if they were.
                return Head(
                    className: className, span: entry.key.span,
                    arguments: entries.dropFirst().filter { Self.isArgument($0, of: type) },
                    body: nil)
            }
        }
        switch entry.value.content {
        case .mapping(let arguments):
            return Head(
                className: className, span: entry.key.span, arguments: arguments, body: entry.value)
        case .invalid:
            return nil
        case _ where entry.value.isNull:
            return Head(className: className, span: entry.key.span, arguments: [], body: nil)
        default:
            bag.report(
                Diagnostic(
                    .layerItem,
                    "the arguments of `\(className)` should be a mapping of names to values, not "
                        + entry.value.kindDescription,
                    at: entry.value.span, label: "not a mapping",
                    helps: [helpForPositional(className, entry.value)]))
            return nil
        }
    }

    private func helpForPositional(_ className: String, _ node: SyntaxNode) -> String {
        guard let first = catalog[className]?.schema.first else {
            return "`\(className)` takes no arguments of its own"
        }
        var value = "..."
        if case .scalar(let scalar) = node.content, scalar.text.count <= 20 { value = scalar.text }
        return "name the argument: `\(className): {\(first.name): \(value)}`"
    }

    private static func isArgument(_ entry: SyntaxEntry, of type: any Layer.Type) -> Bool {
        type.fullSchema.contains { $0.name == entry.keyText }
            || common.contains(entry.keyText ?? "")
    }

    /// `{Conv2D: ..., filters: 8}`: the arguments are not indented under the class name.
    private mutating func reportSeveralKeys(_ entries: [SyntaxEntry], _ className: String) {
        let second = entries[1]
        let isArgument = catalog[className].map { Self.isArgument(second, of: $0) } ?? false
        bag.report(
            Diagnostic(
                .layerItem, "an item of `layers` should have one key, its class name",
                at: second.key.span, label: "a second key",
                secondary: [Label(span: entries[0].key.span, text: "the class name")],
                helps: [
                    isArgument
                        ? "indent `\(second.keyText ?? "")` under `\(className):`, or write "
                            + "`\(className): {\(second.keyText ?? ""): ...}`"
                        : "start each layer with its own `- `"
                ]))
    }

    /// Reads an item at the top level; names it as Keras does.
    mutating func read(_ head: Head) -> LayerItem? {
        guard let type = catalog[head.className] else {
            reportUnknown(head)
            return nil
        }
        let given = givenName(head)
        let name = given ?? names.next(for: type.className)
        var reading = ArgumentReading(
            argument: "", layer: "`\(name)`", catalog: catalog, names: names, bag: bag)
        let arguments = readArguments(head, type, &reading)
        let inputs = readInputs(head, &reading)
        names = reading.names
        bag = reading.bag
        guard let arguments else { return nil }
        return LayerItem(
            className: type.className, name: name, layer: type.init(arguments),
            arguments: arguments,
            inputs: inputs, references: Self.references(type, arguments), span: head.span)
    }

    /// The layers that the arguments of the call name, in the order of the schema.
    private static func references(_ type: any Layer.Type, _ arguments: Arguments)
        -> [InputReference]
    {
        type.tensorArguments.flatMap { arguments[$0].compactMap(\.self) }
    }

    /// A layer inside another layer's argument.
    static func readNested(_ node: SyntaxNode, _ reading: inout ArgumentReading) -> LayerItem? {
        var reader = LayerReader(
            catalog: reading.catalog, names: reading.names, bag: reading.bag)
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
                    helps: ["write a graph at the top level of `layers`"]))
            return nil
        }
        return item
    }

    private func givenName(_ head: Head) -> String? {
        head.arguments.first { $0.keyText == "name" }?.value.nameText
    }

    private mutating func reportUnknown(_ head: Head) {
        if let reason = catalog.absent[head.className] {
            bag.report(
                Diagnostic(
                    .unknownLayer, "bnc has no layer `\(head.className)`", at: head.span,
                    label: reason))
            return
        }
        var fixIts: [FixIt] = []
        if let near = Suggestion.nearest(to: head.className, in: catalog.names) {
            let name = catalog[near]?.className ?? near
            fixIts = [
                FixIt(span: head.span, replacement: name, text: "did you mean `\(name)`?")
            ]
        }
        bag.report(
            Diagnostic(
                .unknownLayer, "there is no layer `\(head.className)`", at: head.span,
                label: "not a class of keras.layers",
                helps: fixIts.isEmpty ? ["`bnc layers` lists them all"] : [], fixIts: fixIts))
    }

    /// Every argument read, unknown ones reported, missing ones reported. nil if one has no value.
    private func readArguments(
        _ head: Head, _ type: any Layer.Type, _ reading: inout ArgumentReading
    ) -> Arguments? {
        var arguments = Arguments()
        var complete = true
        let schema = type.fullSchema
        /// Arguments that a misspelt name most likely means.
        var meant: Set<String> = []
        for entry in head.arguments {
            guard let key = entry.keyText else { continue }
            if Self.common.contains(key), !schema.contains(where: { $0.name == key }) {
                if !readCommon(key, entry, &reading) { complete = false }
                continue
            }
            guard
                let argument = schema.first(where: {
                    $0.name == key || $0.formerNames.contains(key)
                })
            else {
                if let near = reportUnknownArgument(entry, key, type, &reading) {
                    meant.insert(near)
                }
                continue
            }
            if arguments.isWritten(argument.name) {
                reading.bag.report(
                    Diagnostic(
                        .argumentConflict,
                        "`\(key)` is an older name of `\(argument.name)`, which is given too",
                        at: entry.key.span, label: "remove one of them",
                        secondary: arguments.keySpan(argument.name).map {
                            [Label(span: $0, text: "given here")]
                        } ?? []))
                continue
            }
            reading.argument = key
            if let value = argument.read(entry.value, &reading) {
                arguments.set(argument.name, value, key: entry.key.span, at: entry.value.span)
            } else {
                complete = false
            }
        }
        let written = Set(head.arguments.compactMap(\.keyText))
        for argument in schema
        where argument.defaultText == nil && !arguments.isWritten(argument.name) {
            if written.contains(argument.name) || !written.isDisjoint(with: argument.formerNames) {
                continue  // written, and reported above
            }
            complete = false
            if meant.contains(argument.name) { continue }
            reading.bag.report(
                Diagnostic(
                    .missingArgument, "\(type.className) needs `\(argument.name)`", at: head.span,
                    label: "`\(argument.name)` is missing",
                    notes: ["`\(argument.name)`: \(argument.doc)"],
                    helps: ["it should be \(argument.kind.expectation)"]))
        }
        return complete ? arguments : nil
    }

    /// Returns the name that was most likely meant.
    private func reportUnknownArgument(
        _ entry: SyntaxEntry, _ key: String, _ type: any Layer.Type,
        _ reading: inout ArgumentReading
    ) -> String? {
        let known = type.fullSchema.map(\.name) + Self.common
        var fixIts: [FixIt] = []
        let near = Suggestion.nearest(to: key, in: known)
        if let near {
            fixIts = [
                FixIt(span: entry.key.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        }
        let own = type.fullSchema.filter(\.kind.mattersAtInference).map(\.name)
        reading.bag.report(
            Diagnostic(
                .unknownKey, "\(type.className) has no argument `\(key)`", at: entry.key.span,
                label: "unknown argument",
                helps: fixIts.isEmpty
                    ? [
                        own.isEmpty
                            ? "\(type.className) takes no arguments but `name` and `inputs`"
                            : "it takes \(own.joined(separator: ", "))"
                    ] : [], fixIts: fixIts))
        return near
    }

    /// `name`, `trainable`, `dtype`, `input_shape`; false where the layer can't be used.
    private func readCommon(
        _ key: String, _ entry: SyntaxEntry, _ reading: inout ArgumentReading
    ) -> Bool {
        reading.argument = key
        switch key {
        case "name":
            guard let name = entry.value.nameText else {
                reading.mismatch(entry.value, .text)
                return false
            }
            if name.isEmpty || name.contains("/") {
                reading.bag.report(
                    Diagnostic(
                        .layerName,
                        name.isEmpty
                            ? "a layer's name should not be empty"
                            : "a layer's name should not hold `/`, which separates the parts of a "
                                + "weight's key",
                        at: entry.value.span, label: "not a name"))
                return false
            }
        case "trainable":
            guard case .scalar(let scalar) = entry.value.content, case .boolean = scalar.value
            else {
                reading.mismatch(entry.value, .boolean)
                return false
            }
        case "dtype":
            guard entry.value.text == "float32" || entry.value.isNull else {
                reading.bag.report(
                    Diagnostic(
                        .notSupported,
                        "bnc computes in float32; `dtype` can't be \(entry.value.kindDescription)",
                        at: entry.value.span, label: "only `float32`"))
                return true
            }
        default: break  // `inputs` and `input_shape` are read by the model reader
        }
        return true
    }

    private func readInputs(_ head: Head, _ reading: inout ArgumentReading) -> [InputReference]? {
        guard let entry = head.arguments.first(where: { $0.keyText == "inputs" }) else {
            return nil
        }
        return InputReference.read(entry.value, "inputs", &reading.bag)
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
                    "`\(key)` should be the name of an earlier layer or a list of names, not "
                        + node.kindDescription,
                    at: node.span, label: "not a name"))
            return []
        }
        for item in list {
            if let name = item.nameText {
                result.append(InputReference(name: name, span: item.span))
            } else if case .invalid = item.content {
                continue
            } else {
                bag.report(
                    Diagnostic(
                        .argumentValue,
                        "`\(key)` should hold names of layers, not \(item.kindDescription)",
                        at: item.span, label: "not a name"))
            }
        }
        return result
    }
}

extension SyntaxNode {
    /// A layer's name: any scalar as it is written, but nothing for `null`.
    var nameText: String? {
        guard case .scalar(let scalar) = content, !isNull else { return nil }
        return scalar.text
    }
}
