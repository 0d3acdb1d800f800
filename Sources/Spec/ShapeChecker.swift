import Diagnostics
import IR

/// Infers every layer's shape from the inputs down: the only maker of a `CheckedModel`.
///
/// Goes on after an error with the likeliest shape; what reads a layer of unknown shape is unknown
/// itself and stays silent.
package struct ShapeChecker {
    private let spec: ModelSpec
    private var bag = DiagnosticBag()
    private var layers: [CheckedLayer?] = []
    private var indexByName: [String: Int] = [:]
    private var producers: [LayerCheck.Producer?] = []

    /// A tensor of more elements than this is refused (32 GiB of float32).
    static let largestCount = 1 << 33

    package static func check(_ spec: ModelSpec, into bag: inout DiagnosticBag) -> CheckedModel? {
        var checker = ShapeChecker(spec)
        let model = checker.run()
        let failed = checker.bag.hasErrors
        bag.append(contentsOf: checker.bag)
        return failed ? nil : model
    }

    private init(_ spec: ModelSpec) { self.spec = spec }

    private mutating func run() -> CheckedModel? {
        var all: [CheckedLayer] = []
        var complete = true
        for item in spec.layers {
            guard let item else {
                layers.append(nil)
                producers.append(nil)
                complete = false
                continue
            }
            let layer = check(item)
            if indexByName[item.name] == nil { indexByName[item.name] = layers.count }
            layers.append(layer)
            if let layer { all.append(layer) } else { complete = false }
        }
        if !spec.layers.isEmpty, complete,
            !all.contains(where: { $0.item.inputs == nil && $0.inputs.isEmpty })
        {
            complete = false
        }
        let outputs = checkOutputs()
        guard complete, let outputs else { return nil }
        return CheckedModel(
            name: spec.name, file: spec.file, layers: all, outputs: outputs,
            weightsPath: spec.weights)
    }

    private mutating func check(_ item: LayerItem) -> CheckedLayer? {
        let type = Swift.type(of: item.layer)
        var indices: [Int] = []
        var known = true
        if case .none = type.inputCount {
            if let first = item.inputs?.first {
                bag.report(
                    Diagnostic(
                        .inputCount, "\(type.className) takes no `inputs`", at: first.span,
                        label: "remove it"))
            }
        } else if let inputs = item.inputs {
            for input in inputs {
                guard let index = resolve(input, below: layers.count, of: item) else {
                    known = false
                    continue
                }
                indices.append(index)
            }
            if inputs.isEmpty { known = false }
        } else if layers.isEmpty {
            producers.append(nil)
            bag.report(
                Diagnostic(
                    .noInput, "the model has no Input before `\(item.name)`", at: item.span,
                    label: "what shape comes in here?",
                    helps: [
                        "start with `- Input: {shape: [...]}`, the batch axis left out; for images "
                            + "`[height, width, channels]`"
                    ]))
            return nil
        } else {
            indices = [layers.count - 1]
        }
        let ownCount = indices.count
        for reference in item.references {
            guard let index = resolve(reference, below: layers.count, of: item) else {
                known = false
                continue
            }
            indices.append(index)
        }
        var types: [TensorType] = []
        var masks: [[Int]?] = []
        for index in indices {
            if let layer = layers[index] {
                types.append(layer.outputType)
                masks.append(layer.outputMask)
            } else {
                known = false
            }
        }
        guard known else {
            producers.append(nil)
            return nil
        }
        if !type.inputCount.allows(ownCount) {
            producers.append(nil)
            reportInputCount(item, type, ownCount)
            return nil
        }
        var check = LayerCheck(
            item: item, producers: indices.compactMap { producers[$0] }, masks: masks)
        let output = check.inferred(item, types)
        bag.append(contentsOf: check.bag)
        guard let output else {
            producers.append(nil)
            return nil
        }
        producers.append(LayerCheck.Producer(name: item.name, span: item.span, type: output.type))
        return CheckedLayer(
            item: item, inputs: indices, inputTypes: types, outputType: output.type,
            outputMask: check.bag.hasErrors ? nil : item.layer.outputMask(types, masks),
            weights: output.weights.map {
                var weight = $0
                weight.name = "\(item.name)/\($0.name)"
                return weight
            })
    }

    private mutating func reportInputCount(
        _ item: LayerItem, _ type: any Layer.Type, _ count: Int
    ) {
        var helps: [String] = []
        if item.inputs == nil {
            helps = ["name them: `inputs: [first, second]`"]
        } else if case .exactly(1) = type.inputCount {
            helps = ["join them first with `Concatenate` or `Add`"]
        }
        bag.report(
            Diagnostic(
                .inputCount,
                "\(type.className) takes \(type.inputCount.text), not \(count)", at: item.span,
                label: "gets \(count)", helps: helps))
    }

    /// The index of a named layer above; reports and returns nil where there is none.
    private mutating func resolve(_ reference: InputReference, below: Int, of item: LayerItem?)
        -> Int?
    {
        if let index = indexByName[reference.name], index < below { return index }
        if spec.brokenNames.contains(reference.name) { return nil }
        let later = spec.layers.contains { $0?.name == reference.name }
        var helps: [String] = []
        var fixIts: [FixIt] = []
        if later {
            helps = ["`inputs` names earlier layers; move `\(reference.name)` above this one"]
        } else if let near = Suggestion.nearest(to: reference.name, in: indexByName.keys.sorted()) {
            fixIts = [
                FixIt(span: reference.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if indexByName.count <= 20 {
            let names = indexByName.sorted { $0.value < $1.value }.map(\.key)
            helps = ["the layers so far are \(names.joined(separator: ", "))"]
        }
        bag.report(
            Diagnostic(
                .unknownInput,
                later
                    ? "`\(reference.name)` comes after the layer that reads it"
                    : "there is no layer `\(reference.name)`",
                at: reference.span, label: later ? "not known yet" : "no such layer",
                helps: helps, fixIts: fixIts))
        return nil
    }

    private mutating func checkOutputs() -> [Int]? {
        if spec.outputs.isEmpty {
            return layers.isEmpty || layers.last! == nil ? nil : [compactIndex(layers.count - 1)]
        }
        var result: [Int] = []
        var seen: [String: SourceSpan] = [:]
        for output in spec.outputs {
            guard let index = resolve(output, below: layers.count, of: nil) else { continue }
            if let first = seen.updateValue(output.span, forKey: output.name) {
                bag.report(
                    Diagnostic(
                        .argumentConflict, "`\(output.name)` is named twice in `outputs`",
                        at: output.span, label: "again",
                        secondary: [Label(span: first, text: "first here")]))
            }
            result.append(compactIndex(index))
        }
        return result.count == spec.outputs.count ? result : nil
    }

    /// The index among the layers that could be checked (the same unless there was an error).
    private func compactIndex(_ index: Int) -> Int {
        layers[..<index].reduce(0) { $0 + ($1 == nil ? 0 : 1) }
    }
}

extension LayerCheck {
    /// The output's type and the weights, with sizes that can be computed with.
    package mutating func inferred(_ item: LayerItem, _ inputs: [TensorType])
        -> (type: TensorType, weights: [WeightSpec])?
    {
        guard let type = outputType(item, inputs) else { return nil }
        if bag.hasErrors { return (type, []) }
        let weights = item.layer.weights(inputs)
        for weight in weights where !fits(weight.shape) {
            let shape = TensorType(.float32, weight.shape).shapeText
            error(
                .tooLarge,
                "`\(weight.name)` \(shape) has more than \(ShapeChecker.largestCount) elements",
                label: "too large", inputs: Array(inputs.indices))
            return (type, [])
        }
        return (type, weights)
    }

    /// The output's type, with a number of elements that can be computed with.
    mutating func outputType(_ item: LayerItem, _ inputs: [TensorType]) -> TensorType? {
        guard let type = item.layer.outputType(inputs, &self) else { return nil }
        if fits(type.shape) { return type }
        error(
            .tooLarge,
            "the output \(type.shapeText) has more than \(ShapeChecker.largestCount) elements",
            label: "too large", inputs: Array(inputs.indices))
        return nil
    }

    /// Whether a tensor inside the layer has a number of elements that can be computed with; reports
    /// if not.
    package mutating func requireSize(_ shape: [Int], _ thing: String) -> Bool {
        if fits(shape) { return true }
        error(
            .tooLarge,
            "\(thing), \(TensorType(.float32, shape).shapeText), would have more than "
                + "\(ShapeChecker.largestCount) elements", label: "too large")
        return false
    }

    private func fits(_ shape: [Int]) -> Bool {
        var count = 1
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            if size < 1 || overflow || product > ShapeChecker.largestCount { return false }
            count = product
        }
        return true
    }
}
