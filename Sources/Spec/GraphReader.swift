import Diagnostics
import Syntax

/// Reads a list of layers, that of a spec or of a `Model` inside one. Names are those of the list; a
/// `Model` in it is replaced by its layers.
struct GraphReader {
    var reader: LayerReader
    /// Whether the list stands inside a `Model`.
    let isNested: Bool
    /// Sizes by name, for those that an Input leaves open.
    let sizes: [String: Int]
    /// nil where the item could not be read; the error has been reported.
    private(set) var layers: [LayerItem?] = []
    private(set) var brokenNames: Set<String> = []
    private(set) var openSizes: [OpenSize] = []
    /// Whether the shape of what comes in stands where it can't be used, which is reported.
    private(set) var describesInput = false
    /// The outputs of each Model in the list, and of each layer with several, by its name.
    private(set) var modelOutputs: [String: [String]] = [:]
    /// The outputs of the layer before, where there are several.
    private var outputsBefore: [String]?
    private var taken: [String: (span: SourceSpan, isGiven: Bool)] = [:]

    /// Names that were proposed for layers of a name that is taken.
    private var proposed: Set<String> = []
    /// The last number that was proposed behind a name.
    private var proposedNumbers: [String: Int] = [:]

    /// Models that apply models again can grow without bounds.
    static let largestCount = 5_000

    init(
        reader: LayerReader, isNested: Bool, sizes: [String: Int] = [:], isDamaged: Bool = false
    ) {
        self.reader = reader
        self.isNested = isNested
        self.sizes = sizes
        self.reader.scopes.append(LayerScope(isDamaged: isDamaged))
    }

    private mutating func report(_ diagnostic: Diagnostic) { reader.bag.report(diagnostic) }

    /// The scope of the list itself.
    private var scope: LayerScope {
        get { reader.scopes[reader.scopes.count - 1] }
        // In place: setting would copy all names that the scope holds.
        _modify { yield &reader.scopes[reader.scopes.count - 1] }
    }

    /// The list as read, once all its items are.
    func graph(isDamaged: Bool) -> NestedGraph {
        NestedGraph(
            layers: layers, brokenNames: brokenNames, isDamaged: isDamaged,
            modelOutputs: modelOutputs)
    }

    // MARK: Items

    mutating func read(_ nodes: [SyntaxNode]) {
        for node in nodes {
            guard case .mapping(let entries) = node.content,
                let name = entries.first?.value.value(forKey: "name")?.value,
                let text = name.nameText, scope.later[text] == nil
            else { continue }
            scope.later[text] = name.span
        }
        for (index, node) in nodes.enumerated() {
            if index == Self.largestCount {
                report(
                    Diagnostic(
                        .notSupported,
                        "there are \(nodes.count) layers, more than the \(Self.largestCount) that a "
                            + "model may have", at: node.span,
                        label: "layer \(index + 1), not read any more"))
                layers.append(nil)
                break
            }
            if reader.bag.isFull { break }
            reader.isFirst = index == 0
            readItem(node)
        }
    }

    private mutating func readItem(_ node: SyntaxNode) {
        guard let head = reader.head(node) else { return leaveOut(node) }
        if let input = implicitInput(head, isFirst: layers.isEmpty) { append(input) }
        guard let item = reader.read(head) else {
            let given = head.value("name")?.nameText
            let name = given ?? head.type.map { LayerNames.snakeCase($0.className) }
            markBroken(name ?? LayerNames.snakeCase(head.className))
            layers.append(nil)
            return
        }
        if reader.catalog[head.className] == nil {
            markBroken(LayerNames.snakeCase(head.className))
        }
        let given = head.value("name")?.span
        let span = given ?? item.span
        if let first = taken[item.name] {
            let isDefault = given == nil || !first.isGiven
            let free = freeName(like: item.name)
            report(
                Diagnostic(
                    .layerName, "two layers have the name `\(item.name)`", at: span,
                    label: "the name again",
                    secondary: [Label(span: first.span, text: "the first")],
                    notes: isDefault
                        ? ["a layer without a `name` is named after its class, and numbered"] : [],
                    helps: ["give one of them another `name`, as `\(free)`"]
                        + (isDefault || scope.items[item.name]?.className != item.className
                            ? []
                            : [
                                "to apply the first again, with its variables: `Reuse: {layer: "
                                    + "\(item.name), inputs: ...}`"
                            ])))
        } else {
            taken[item.name] = (span, given != nil)
        }
        if isNested, layers.isEmpty, !(item.layer is any InputLayer) {
            report(
                Diagnostic(
                    .noInput, "the Model has no Input before `\(item.name)`", at: item.span,
                    label: "what shape comes in here?",
                    helps: ["start its `layers` with `- Input: {shape: [...]}`"]))
        }
        append(item)
    }

    /// `conv_2` for a second `conv`, unless there is one.
    private mutating func freeName(like name: String) -> String {
        var number = proposedNumbers[name, default: 1]
        var free: String
        repeat {
            number += 1
            free = "\(name)_\(number)"
        } while taken[free] != nil || scope.later[free] != nil || proposed.contains(free)
        proposed.insert(free)
        proposedNumbers[name] = number
        return free
    }

    private mutating func markBroken(_ name: String) {
        brokenNames.insert(name)
        scope.broken.insert(name)
    }

    /// An item that can't be read still takes its name, so that the names behind it are right and
    /// nobody is told that there is no such layer.
    private mutating func leaveOut(_ node: SyntaxNode) {
        layers.append(nil)
        let text = node.span.text
        var words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
            .map { String($0.drop { $0 == "-" }) }
        words.removeAll(where: \.isEmpty)
        guard let name = words.first, let type = reader.catalog[name] else { return }
        if let index = words.firstIndex(of: "name"), index + 1 < words.count {
            markBroken(words[index + 1])
        } else {
            markBroken(reader.names.next(for: type.className))
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
        if !isFirst, !layers.contains(where: { $0?.layer.isInput ?? true }) {
            let first = layers.first??.name ?? ""
            describesInput = true
            report(
                Diagnostic(
                    .argumentConflict, "`input_shape` belongs to the first layer of a model",
                    at: entry.key.span, label: "not the first layer",
                    secondary: layers.first.map {
                        $0.map { [Label(span: $0.span, text: "the first")] } ?? []
                    } ?? [],
                    helps: [
                        "say what comes into `\(first)` with a layer before it: `- Input: {shape: "
                            + "[...]}`"
                    ]))
            return nil
        }
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
            names: reader.names, bag: reader.bag, scopes: reader.scopes)
        let name = reading.names.next(for: "Input")
        var value = entry.value
        if key != "input_shape" {
            // Reported as an unknown argument when the layer is read; goes on as if it were known.
            reading.bag = DiagnosticBag()
            if let size = value.integer { value = value.replaced(by: "[\(size)]") ?? value }
            if key == "batch_input_shape", let list = value.list {
                value = SyntaxNode(content: .sequence(Array(list.dropFirst())), span: value.span)
            }
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

    // MARK: What items become

    /// Appends an item, or what it stands for: a Model's layers, an Input of known sizes.
    private mutating func append(_ item: LayerItem) {
        var item = item
        item.inputs = item.inputs.map { $0.flatMap { expanded($0) } }
        for reference in item.references { requireOneOutput(reference) }
        if item.inputs == nil, let before = outputsBefore, !item.layer.isInput {
            item.inputs = before.map { InputReference(name: $0, span: item.span) }
        }
        outputsBefore = nil
        if scope.items[item.name] == nil { scope.items[item.name] = item }
        if let model = item.layer as? any GraphLayer {
            return place(item, model.graph, model.outputs)
        }
        if !isNested, let input = item.layer as? any InputLayer {
            item = known(item, input)
        }
        layers.append(item)
        placeOutputs(of: item)
    }

    /// What stands for each output of a layer with several, behind the layer.
    private mutating func placeOutputs(of item: LayerItem) {
        let outputs = item.layer.outputNames
        guard outputs.count > 1 else { return }
        let names = outputs.map { "\(item.name)/\($0)" }
        for (index, name) in names.enumerated() {
            layers.append(
                LayerItem(
                    className: LayerOutput.className, name: name, layer: LayerOutput(index),
                    alternative: nil, arguments: Arguments(),
                    inputs: [InputReference(name: item.name, span: item.span)], references: [],
                    span: item.span))
        }
        modelOutputs[item.name] = names
        outputsBefore = names
    }

    /// The layers of a Model in its place, and behind them what stands for the Model itself.
    private mutating func place(
        _ item: LayerItem, _ graph: NestedGraph, _ outputs: [InputReference]
    ) {
        let prefix = item.name + "/"
        guard
            let instance = graph.instance(
                of: item, prefix: prefix, variables: item.variablesName + "/",
                outer: layers.compactMap { $0?.name }, into: &reader.bag)
        else {
            layers.append(nil)
            markBroken(item.name)
            for layer in graph.layers { if let layer { markBroken(prefix + layer.name) } }
            return
        }
        guard layers.count + instance.count <= Self.largestCount else {
            report(
                Diagnostic(
                    .notSupported, "the model has more than \(Self.largestCount) layers",
                    at: item.span, label: "`\(item.name)` adds \(instance.count)"))
            layers.append(nil)
            markBroken(item.name)
            return
        }
        layers += instance
        for case let layer? in instance where scope.items[layer.name] == nil {
            scope.items[layer.name] = layer
        }
        for name in graph.brokenNames { markBroken(prefix + name) }
        let names = graph.outputs(outputs).map { $0.within(prefix) }
        guard !names.isEmpty else {
            layers.append(nil)
            markBroken(item.name)
            return
        }
        for name in names.dropFirst(names.count > 1 ? 0 : 1)
        where !layers.contains(where: { $0?.name == name.name })
            && !brokenNames.contains(name.name)
        {
            let inner = graph.items.filter { !$0.layer.isInput }.map(\.name)
            let near = Suggestion.nearest(to: name.text, in: inner)
            report(
                Diagnostic(
                    .unknownInput, "there is no layer `\(name.text)` in `\(item.name)`",
                    at: name.span, label: "no such layer",
                    helps: near == nil && !inner.isEmpty
                        ? [
                            "its layers are "
                                + inner.suffix(12).map { "`\($0)`" }.joined(separator: ", ")
                        ] : [],
                    fixIts: near.map {
                        [FixIt(span: name.span, replacement: $0, text: "did you mean `\($0)`?")]
                    } ?? []))
            brokenNames.insert(name.name)
        }
        modelOutputs[item.name] = names.map(\.name)
        if names.count == 1 {
            layers.append(
                LayerItem(
                    className: item.className, name: item.name, layer: ModelOutput(),
                    alternative: nil, arguments: Arguments(), inputs: names, references: [],
                    span: item.span, shared: nil))
        } else {
            outputsBefore = names.map(\.name)
            for index in layers.indices.suffix(instance.count) {
                guard let name = layers[index]?.name, names.contains(where: { $0.name == name })
                else { continue }
                layers[index]?.isModelOutput = true
            }
        }
    }

    // MARK: Names

    /// The layers that a name stands for: several for a layer with several outputs.
    mutating func expanded(_ reference: InputReference) -> [InputReference] {
        if let outputs = modelOutputs[reference.name], outputs.count > 1 {
            return outputs.map { InputReference(name: $0, span: reference.span) }
        }
        guard let slash = reference.name.firstIndex(of: "/"),
            let outputs = modelOutputs[String(reference.name[..<slash])],
            !outputs.contains(reference.name)
        else { return [reference] }
        let model = String(reference.name[..<slash])
        let inner = String(reference.name[reference.name.index(after: slash)...])
        let isThere = layers.contains { $0?.name == reference.name }
        guard isThere || !brokenNames.contains(reference.name) else { return [reference] }
        let names = outputs.map { String($0.dropFirst(model.count + 1)) }
        let near = isThere ? nil : Suggestion.nearest(to: reference.name, in: outputs)
        let isModel = scope.items[model]?.layer is any GraphLayer
        report(
            Diagnostic(
                .unknownInput,
                isThere
                    ? "`\(inner)` is no output of the Model `\(model)`"
                    : "\(isModel ? "the Model " : "")`\(model)` has no output `\(inner)`",
                at: reference.span,
                label: isThere ? "inside `\(model)` only" : "no such output",
                helps: near != nil
                    ? []
                    : isThere
                        ? [
                            "name it under `outputs` of `\(model)`: `outputs: "
                                + "[\((names + [inner]).joined(separator: ", "))]`"
                        ]
                        : [
                            "its outputs are "
                                + outputs.filter { !brokenNames.contains($0) }.map { "`\($0)`" }
                                .joined(separator: ", ")
                        ],
                fixIts: near.map {
                    [FixIt(span: reference.span, replacement: $0, text: "did you mean `\($0)`?")]
                } ?? []))
        brokenNames.insert(reference.name)
        return [reference]
    }

    /// Reports a layer with several outputs in the place of one tensor.
    private mutating func requireOneOutput(_ reference: InputReference) {
        guard let outputs = modelOutputs[reference.name], outputs.count > 1 else { return }
        report(
            Diagnostic(
                .inputCount, "`\(reference.name)` has \(outputs.count) outputs", at: reference.span,
                label: "which one?", helps: ["name one: `\(outputs[0])`"]))
        brokenNames.insert(reference.name)
    }

    /// The outputs of a spec: those it names, or those of a Model of several outputs at the end.
    mutating func outputs(_ named: [InputReference]) -> [InputReference] {
        if named.isEmpty, let before = outputsBefore {
            let span = scope.items.first { modelOutputs[$0.key] == before }?.value.span
            return before.compactMap { name in
                span.map { InputReference(name: name, span: $0) }
            }
        }
        return named.flatMap { expanded($0) }
    }

    // MARK: Open sizes

    /// An Input with numbers for the sizes that it leaves open: those that are given, or else two
    /// guesses.
    private mutating func known(_ item: LayerItem, _ input: any InputLayer) -> LayerItem {
        let isOpen = input.sizes.contains { $0.known == nil }
        guard isOpen else { return item }
        var isBound = true
        var guesses: [[InputSize]] = [[], []]
        for (axis, size) in input.sizes.enumerated() {
            var open: OpenSize?
            if case .open(let name, let span) = size {
                let full = name ?? "\(item.name).\(axis)"
                open = OpenSize(
                    name: full, input: item.name, axis: axis, span: span, isNamed: name != nil,
                    isBound: sizes[full] != nil)
                let rest = input.sizes.dropFirst().compactMap(\.known)
                if axis == 0, name == nil, !rest.isEmpty, rest.count == input.sizes.count - 1 {
                    open?.rest = "[\(rest.map(String.init).joined(separator: ", "))]"
                }
            }
            if let open { openSizes.append(open) }
            let value = open.flatMap { sizes[$0.name] }
            if open != nil, value == nil { isBound = false }
            for guess in 0...1 {
                guesses[guess].append(
                    open == nil ? size : .known(value ?? OpenSize.guesses[guess]))
            }
        }
        let type = Swift.type(of: input)
        var item = item
        let shape = type.shapeArgument.name
        func layer(_ sizes: [InputSize]) -> (any Layer, Arguments) {
            var arguments = item.arguments
            let key = arguments.keySpan(shape) ?? item.span
            arguments.set(shape, sizes, key: key, at: arguments.valueSpan(shape) ?? item.span)
            return (type.init(arguments), arguments)
        }
        let (first, arguments) = layer(guesses[0])
        if !isBound { item.alternative = layer(guesses[1]).0 }
        item.layer = first
        item.arguments = arguments
        return item
    }
}

extension Layer {
    /// Whether it reads nothing.
    static var isInput: Bool { if case .none = inputCount { true } else { false } }
    var isInput: Bool { Self.isInput }
}
