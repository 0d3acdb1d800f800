import Diagnostics
import IR
import Syntax

/// The layers of a `Model`, by their names in it.
package struct NestedGraph: Sendable {
    /// nil where the item could not be read; the error has been reported.
    let layers: [LayerItem?]
    let brokenNames: Set<String>
    let isDamaged: Bool
    /// The outputs of each Model among the layers, and of each layer with several, by its name.
    let modelOutputs: [String: [String]]
    /// The graph checked for what has come in, where it stands inside another layer.
    let cache = GraphCache()

    /// Its Inputs, in the order in which they are written.
    var inputs: [LayerItem] { layers.compactMap { $0 }.filter { $0.layer is any InputLayer } }

    package var items: [LayerItem] { layers.compactMap(\.self) }

    /// The layers that the names under `outputs` stand for; the last layer where there are none.
    func outputs(_ named: [InputReference]) -> [InputReference] {
        if named.isEmpty {
            guard let last = layers.last ?? nil else { return [] }
            let group = modelOutputs.first { $0.value.count > 1 && $0.value.contains(last.name) }
            let names = group?.value ?? [last.name]
            return names.map { InputReference(name: $0, span: last.span) }
        }
        return named.flatMap { reference -> [InputReference] in
            let names = modelOutputs[reference.name].flatMap { $0.count > 1 ? $0 : nil }
            return (names ?? [reference.name]).map {
                InputReference(name: $0, span: reference.span)
            }
        }
    }

    /// The layers under full names, as they stand where the Model `item` is applied. Its Inputs become
    /// layers that hand on what `item` reads.
    ///
    /// - Parameters:
    ///   - prefix: what the names begin with.
    ///   - variables: what the names of their variables begin with: another prefix where `item`
    ///     applies a Model again.
    ///   - outer: the names of the layers above, for an example.
    /// - Returns: nil where `item` doesn't read as many layers as there are Inputs, which is reported.
    func instance(
        of item: LayerItem, prefix: String, variables: String, outer: [String] = [],
        into bag: inout DiagnosticBag
    ) -> [LayerItem?]? {
        // What is wrong with an empty list has been reported.
        if item.inputs?.isEmpty == true { return nil }
        let ports = inputs
        let count = item.inputs?.count ?? 1
        guard count == ports.count else {
            let isBroken = layers.contains { $0 == nil }
            if !isBroken { report(count, for: item, ports, outer, into: &bag) }
            return nil
        }
        var port = 0
        return layers.map { layer in
            guard var layer else { return nil }
            layer.isModelOutput = false
            if let input = layer.layer as? any InputLayer {
                layer.inputs = item.inputs.map { [$0[port]] }
                port += 1
                layer.layer = ModelInput(input, model: item, input: layer)
                layer.arguments = Arguments()
            } else {
                layer.inputs = layer.inputs?.map { $0.within(prefix) }
                layer.references = layer.references.map { $0.within(prefix) }
                layer.shared = shared(layer, item, variables)
            }
            layer.name = prefix + layer.name
            return layer
        }
    }

    /// Whose variables a layer of an instance computes with.
    private func shared(
        _ layer: LayerItem, _ item: LayerItem, _ variables: String
    ) -> SharedLayer? {
        if var shared = layer.shared {
            // A name that counts further out stays as it is.
            if shared.level == 0 { shared.name = variables + shared.name }
            shared.level = max(0, shared.level - 1) + (item.shared?.level ?? 0)
            if let use = item.shared?.use {
                shared.use = use
                shared.isInModel = true
            }
            return shared
        }
        guard let model = item.shared else { return nil }
        return SharedLayer(
            name: variables + layer.name, level: model.level, first: layer.span, use: model.use,
            isInModel: true)
    }

    private func report(
        _ count: Int, for item: LayerItem, _ ports: [LayerItem], _ outer: [String],
        into bag: inout DiagnosticBag
    ) {
        if ports.isEmpty { return }
        let own = outer.filter { !$0.contains("/") }.suffix(ports.count)
        let example =
            own.count == ports.count
            ? own.joined(separator: ", ")
            : ports.indices.map { ["first", "second", "third", "fourth"][min($0, 3)] }
                .joined(separator: ", ")
        let names = ports.map { "`\($0.name)`" }.joined(separator: ", ")
        bag.report(
            Diagnostic(
                .inputCount,
                "`\(item.name)` has \(ports.count == 1 ? "one Input" : "\(ports.count) Inputs") "
                    + "and gets \(count)", at: item.span,
                label: "takes \(names)",
                secondary: ports.map { Label(span: $0.span, text: "`\($0.name)` comes in here") },
                helps: [
                    ports.count == 1
                        ? "name one layer under `inputs`"
                        : "name a layer outside of it for each, in this order: `inputs: "
                            + "[\(example)]`"
                ]))
    }
}

/// A layer that is a graph of layers: `Model`. In a list of layers, its layers take its place.
package protocol GraphLayer: Layer {
    var graph: NestedGraph { get }
    /// What stands under its `outputs`; empty means the last layer.
    var outputs: [InputReference] { get }
}

extension Argument where Value == NestedGraph {
    /// The layers of a graph, with Inputs of its own.
    package static func graph(_ name: String, _ doc: String) -> Argument<NestedGraph> {
        Argument(name, .layers, default: nil, text: nil, doc: doc) { node, reading in
            guard let list = node.list, !list.isEmpty else {
                reading.mismatch(node, .layers, helps: node.layersHelp)
                return nil
            }
            let errors = reading.bag.errorCount
            let layers = LayerReader(
                catalog: reading.catalog, names: reading.names, bag: reading.bag,
                scopes: reading.scopes)
            var graph = GraphReader(reader: layers, isNested: true)
            graph.read(list)
            reading.names = graph.reader.names
            reading.bag = graph.reader.bag
            return graph.graph(isDamaged: reading.bag.errorCount > errors)
        }
    }
}

extension Argument where Value == [InputReference] {
    /// The name of a layer, or a list of names.
    package static func outputs(_ name: String, _ doc: String) -> Argument<[InputReference]> {
        Argument(name, .names, default: [], text: "the last layer", doc: doc) { node, reading in
            let errors = reading.bag.errorCount
            let names = InputReference.read(node, reading.argument, &reading.bag)
            return reading.bag.errorCount > errors || names.isEmpty ? nil : names
        }
    }
}

// MARK: What stands for a Model's ends

/// An Input of a Model where the Model is applied: hands on what comes in.
struct ModelInput: Layer {
    static let className = "Input"
    static let summary = "What comes into a Model."
    static let formula = "output = x"
    static let example = ""
    static let keepsMask = true
    static let maskFlow = MaskFlow.entersModel

    private let sizes: [InputSize]
    private let elementType: ElementType
    private let model: (name: String, span: SourceSpan)
    private let input: (name: String, span: SourceSpan)

    init(_ arguments: Arguments) { preconditionFailure("a Model makes it") }

    init(_ layer: any InputLayer, model: LayerItem, input: LayerItem) {
        sizes = layer.sizes
        elementType = layer.elementType
        self.model = (model.name, model.span)
        self.input = (input.name, input.span)
    }

    func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let found = inputs[0]
        let fits =
            found.rank == sizes.count
            && zip(found.shape, sizes).allSatisfy { $1.known == nil || $1.known == $0 }
        if fits, found.elementType == elementType { return found }
        let wanted = fits ? "\(elementType)" : sizes.text
        var labels = [Label(span: input.span, text: "`\(input.name)` takes \(wanted)")]
        if let producer = check.producers.first {
            labels.append(
                Label(
                    span: producer.span,
                    text: "`\(producer.name)` makes "
                        + (fits ? "\(found.elementType)" : producer.type.shapeText)))
        }
        check.bag.report(
            fits
                ? Diagnostic(
                    .elementType,
                    "`\(input.name)` of `\(model.name)` takes \(elementType) and gets "
                        + "\(found.elementType)", at: model.span,
                    label: "gets \(found.elementType)", secondary: labels,
                    helps: ["both Inputs need the same `dtype`"])
                : Diagnostic(
                    .shapeMismatch,
                    "`\(input.name)` of `\(model.name)` takes \(wanted) and gets "
                        + found.shapeText, at: model.span,
                    label: "gets \(found.shapeText)", secondary: labels,
                    helps: found.rank == sizes.count
                        ? [
                            "`null` in the shape of the inner Input takes any size: `shape: "
                                + "\(sizes.opened(for: found.shape))`"
                        ] : []))
        let known = sizes.compactMap(\.known)
        return known.count == sizes.count ? TensorType(elementType, known) : nil
    }

    func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID { inputs[0] }
}

/// A Model where it is applied: what its output layer makes.
struct ModelOutput: Layer {
    static let className = "Model"
    static let summary = "What comes out of a Model."
    static let formula = "output = x"
    static let example = ""
    static let keepsMask = true
    static let maskFlow = MaskFlow.isItsInput

    init(_ arguments: Arguments) {}
    init() {}

    func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        inputs[0]
    }

    func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID { inputs[0] }
}
