import Diagnostics
import IR
import Synchronization

/// What comes into a graph of layers that stands inside another layer.
private struct GivenInput: Layer {
    static let className = "Input"
    static let summary = "What comes in."
    static let formula = "output = x"
    static let example = ""
    static let inputCount = InputCount.none

    private let index: Int
    private let type: TensorType
    private let mask: [Int]?

    init(_ arguments: Arguments) { preconditionFailure("a Model makes it") }

    init(_ index: Int, _ type: TensorType, _ mask: [Int]?) {
        self.index = index
        self.type = type
        self.mask = mask
    }

    func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? { type }
    func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? { mask }

    func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.outputMask = lowering.given[index].mask
        return lowering.given[index].value
    }
}

/// Graphs that have been checked, by what comes in: layers ask for their shapes, masks and variables one
/// after the other, and graphs stand inside each other.
final class GraphCache: Sendable {
    struct Key: Hashable {
        let inputs: [TensorType]
        let masks: [[Int]?]
    }

    private let models = Mutex<[Key: CheckedModel]>([:])

    subscript(_ key: Key) -> CheckedModel? {
        get { models.withLock { $0[key] } }
        set { models.withLock { $0[key] = newValue } }
    }
}

/// A graph of layers inside another layer than a graph: `TimeDistributed: {layer: {Model: ...}}`.
extension GraphLayer {
    /// The graph for inputs of these types; nil if something is wrong, which is reported.
    func checked(
        _ item: LayerItem, _ inputs: [TensorType], _ masks: [[Int]?], into bag: inout DiagnosticBag
    ) -> CheckedModel? {
        let masks = inputs.indices.map { masks.indices.contains($0) ? masks[$0] : nil }
        let key = GraphCache.Key(inputs: inputs, masks: masks)
        if let model = graph.cache[key] { return model }
        if let outer = graph.items.compactMap(\.shared).first(where: { $0.level > 0 }) {
            bag.report(
                Diagnostic(
                    .reuse,
                    "a Model inside another layer can't use layers that stand outside of it",
                    at: outer.use, label: "`\(outer.name)` stands outside",
                    secondary: [Label(span: outer.first, text: "it is written here")],
                    helps: ["write the layer inside the Model"]))
            return nil
        }
        var item = item
        // Whose the variables are matters where it is applied.
        item.shared = nil
        // No layer has such a name.
        item.inputs = inputs.indices.map { InputReference(name: "/\($0)", span: item.span) }
        guard let instance = graph.instance(of: item, prefix: "", variables: "", into: &bag)
        else { return nil }
        let outputs = graph.outputs(self.outputs)
        if outputs.count > 1 {
            bag.report(
                Diagnostic(
                    .inputCount,
                    "`\(item.name)` has \(outputs.count) outputs, and stands where one is taken",
                    at: outputs[1].span, label: "another output",
                    helps: ["leave one of them under `outputs`"]))
            return nil
        }
        let given = inputs.indices.map { index -> LayerItem? in
            return LayerItem(
                className: "Input", name: "/\(index)",
                layer: GivenInput(index, inputs[index], masks[index]),
                alternative: nil, arguments: Arguments(), inputs: nil, references: [],
                span: item.span)
        }
        let spec = ModelSpec(
            file: item.span.file, name: item.name, layers: given + instance,
            brokenNames: graph.brokenNames, isDamaged: graph.isDamaged, outputs: outputs,
            weights: nil, training: nil)
        var own = DiagnosticBag()
        let model = ShapeChecker.check(spec, into: &own)
        bag.append(contentsOf: own)
        // What is warned about is said each time.
        if own.diagnostics.isEmpty { graph.cache[key] = model }
        return model
    }
}

extension LayerCheck {
    /// Checks the graph of the layer at work and returns its output's type.
    package mutating func nestedGraph(
        _ layer: any GraphLayer, _ inputs: [TensorType]
    ) -> TensorType? {
        guard let model = layer.checked(item, inputs, masks, into: &bag) else { return nil }
        return model.layers[model.outputs[0]].outputType
    }
}

extension GraphLayer {
    /// The graph for inputs that have been checked.
    private func known(_ inputs: [TensorType], _ masks: [[Int]?]) -> CheckedModel {
        var bag = DiagnosticBag()
        let span = graph.items[0].span
        let item = LayerItem(
            className: Self.className, name: "model", layer: self, alternative: nil,
            arguments: Arguments(), inputs: nil, references: [], span: span)
        guard let model = checked(item, inputs, masks, into: &bag) else {
            preconditionFailure("the Model has not been checked for \(inputs)")
        }
        return model
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        let model = known(inputs, masks)
        return model.layers[model.outputs[0]].outputMask
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] { known(inputs, []).weights }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let types = inputs.map { value in
            let type = lowering.type(value)
            return TensorType(type.elementType, Array(type.shape.dropFirst()))
        }
        let masks = inputs.indices.map { index in
            lowering.mask(index).map { Array(lowering.type($0).shape.dropFirst()) }
        }
        let output = lowering.nested(known(types, masks), inputs)
        lowering.outputMask = output.mask
        return output.value
    }
}
