import Diagnostics
import IR

/// Infers every layer's shape from the inputs down: the only maker of a `CheckedModel`.
///
/// Goes on after an error. Where a type is not known for sure, two guesses are carried on that differ
/// in what is not known: what is wrong with both alike is reported, and what follows from a guess
/// stays silent. What reads a layer of which nothing is known is unknown itself.
package struct ShapeChecker {
    private let spec: ModelSpec
    private var bag = DiagnosticBag()
    private var layers: [CheckedLayer?] = []
    private var unknownNames = 0
    private var indexByName: [String: Int] = [:]
    /// What each layer makes: one producer, two guesses, or none where nothing is known.
    private var outputs: [[LayerCheck.Producer]] = []
    /// The variables' shapes by their full keys, and what layers read, for those that apply them again.
    private var variables: [String: [Int]] = [:]
    private var inputTypes: [String: [TensorType]] = [:]

    /// A tensor of more elements than this is refused (32 GiB of float32).
    static let largestCount = 1 << 33

    package static func check(_ spec: ModelSpec, into bag: inout DiagnosticBag) -> CheckedModel? {
        examine(spec, into: &bag).model
    }

    /// The same, with what is known of the layers of a model that has errors.
    ///
    /// - Parameter allowsOpenSizes: whether sizes without a number are no error. There is no model then
    ///   all the same: only what is wrong whatever their numbers is found.
    /// - Returns: the model, nil if something is wrong or open, and for each item of `spec.layers` the
    ///   layer, nil where it or what it reads is wrong, and without a model what is known of its output's
    ///   shape. Indices among these are into `spec.layers`.
    package static func examine(
        _ spec: ModelSpec, allowsOpenSizes: Bool = false, into bag: inout DiagnosticBag
    ) -> (model: CheckedModel?, layers: [CheckedLayer?], shapes: [PartialShape?]) {
        var checker = ShapeChecker(spec)
        let model = checker.run()
        if !allowsOpenSizes { checker.reportOpenSizes() }
        let failed = checker.bag.hasErrors
        bag.append(contentsOf: checker.bag)
        let shapes = model == nil ? checker.outputs.indices.map(checker.shape) : []
        return (failed ? nil : model, checker.layers, shapes)
    }

    /// A layer of a spec that may have errors.
    package struct OutlinedLayer: Sendable {
        package let item: LayerItem
        /// Indices of the layers it reads, those that there are.
        package let inputs: [Int]
        /// nil where nothing is known of it.
        package let outputShape: PartialShape?
    }

    /// What is known of a spec whatever is wrong with it; nil for items that could not be read.
    package static func outline(_ spec: ModelSpec) -> [OutlinedLayer?] {
        var checker = ShapeChecker(spec)
        _ = checker.run()
        return spec.layers.indices.map { index in
            guard let item = spec.layers[index] else { return nil }
            var inputs = (item.inputs ?? []).compactMap { checker.indexByName[$0.name] }
            if item.inputs == nil, index > 0, Swift.type(of: item.layer).takesInput {
                inputs = [index - 1]
            }
            inputs += item.references.compactMap { checker.indexByName[$0.name] }
            return OutlinedLayer(
                item: item, inputs: inputs.filter { $0 < index },
                outputShape: checker.shape(index))
        }
    }

    /// What the guesses at a layer's output have in common.
    private func shape(_ index: Int) -> PartialShape? {
        let types = outputs[index].map(\.type)
        guard let first = types.first, types.allSatisfy({ $0.rank == first.rank }) else {
            return nil
        }
        // One name is sure; of several sizes it isn't known whose a size is.
        let open = spec.openSizes.filter { !$0.isBound }
        var names: [Int: String] = [:]
        if let size = open.first, size.isNamed, open.allSatisfy({ $0.name == size.name }) {
            names[OpenSize.guesses[1]] = size.name
        }
        return PartialShape(types.map(\.shape), names: names)
    }

    /// The first layer that may be right or not, by sizes that are open.
    private var undecided: SourceSpan?

    private init(_ spec: ModelSpec) { self.spec = spec }

    private mutating func run() -> CheckedModel? {
        var all: [CheckedLayer] = []
        var complete = true
        for item in spec.layers {
            guard let item else {
                layers.append(nil)
                outputs.append([])
                complete = false
                continue
            }
            let (layer, output) = check(item)
            if indexByName[item.name] == nil { indexByName[item.name] = layers.count }
            layers.append(layer)
            outputs.append(output)
            if let layer { all.append(layer) } else { complete = false }
        }
        if !spec.layers.isEmpty, complete,
            !all.contains(where: { $0.item.inputs == nil && $0.inputs.isEmpty })
        {
            complete = false
        }
        let indices = checkOutputs()
        guard complete, let indices else { return nil }
        return CheckedModel(
            name: spec.name, file: spec.file, layers: all, outputs: indices,
            weightsPath: spec.weights, training: spec.training)
    }

    // MARK: Layers

    private mutating func check(_ item: LayerItem) -> (CheckedLayer?, [LayerCheck.Producer]) {
        guard let indices = inputs(of: item) else { return (nil, []) }
        let type = Swift.type(of: item.layer)
        guard requireCount(indices.count - item.references.count, item, type) else {
            return (nil, [])
        }
        let choices = indices.map { outputs[$0] }
        guard !choices.contains(where: \.isEmpty) else { return (nil, []) }
        let count = choices.reduce(item.alternative == nil ? 1 : 2) { max($0, $1.count) }
        if count == 1 {
            let producers = choices.map { $0[0] }
            var check = LayerCheck(item: item, producers: producers, history: outputs)
            let inferred = check.inferred(item, producers.map(\.type))
            if let inferred, !check.bag.hasErrors {
                checkShared(item, inferred.weights, producers, &check.bag)
            }
            bag.append(contentsOf: check.bag, usedBy: item)
            guard let inferred else { return (nil, []) }
            if check.bag.hasErrors {
                // What would it have been if what is not known were something else?
                var other = LayerCheck(
                    item: item, producers: producers, history: outputs, guess: 1)
                let second = other.inferred(item, producers.map(\.type))
                return (
                    nil,
                    results(
                        item, indices, [inferred.type, second?.type],
                        more: [check.moreOutputs, other.moreOutputs])
                )
            }
            let mask = item.layer.outputMask(producers.map(\.type), check.masks)
            let layer = CheckedLayer(
                item: item, inputs: indices, inputTypes: producers.map(\.type),
                outputType: inferred.type, moreOutputs: check.moreOutputs, outputMask: mask,
                weights: item.shared != nil
                    ? []
                    : inferred.weights.map {
                        var weight = $0
                        weight.name = "\(item.name)/\($0.name)"
                        return weight
                    })
            return (
                layer,
                results(
                    item, indices, [inferred.type], more: [check.moreOutputs], mask: mask)
            )
        }
        return (nil, guess(item, indices, choices))
    }

    /// Checks a layer of which something is not known: with two guesses.
    private mutating func guess(
        _ item: LayerItem, _ indices: [Int], _ choices: [[LayerCheck.Producer]]
    ) -> [LayerCheck.Producer] {
        var types: [TensorType?] = []
        var reports: [DiagnosticBag] = []
        var weights: [[WeightSpec]] = []
        var more: [[TensorType]] = []
        for guess in 0...1 {
            let producers = choices.map { $0[min(guess, $0.count - 1)] }
            var item = item
            if guess == 1, let alternative = item.alternative { item = item.with(alternative) }
            var check = LayerCheck(
                item: item, producers: producers, history: outputs, guess: guess)
            let inferred = check.inferred(item, producers.map(\.type))
            types.append(inferred?.type)
            weights.append(inferred?.weights ?? [])
            reports.append(check.bag)
            more.append(check.moreOutputs)
        }
        var own = DiagnosticBag()
        for diagnostic in reports[0].diagnostics {
            let same = reports[1].diagnostics.lazy.compactMap(diagnostic.common).first
            if let same { own.report(same) }
            if same == nil, undecided == nil, diagnostic.severity == .error {
                undecided = item.span
            }
        }
        if !reports.contains(where: \.hasErrors), weights[0] != weights[1], isOpen {
            reportOpenVariable(item, weights, choices)
        }
        bag.append(contentsOf: own, usedBy: item)
        return results(item, indices, types, more: more)
    }

    /// What a layer makes, the same guess once; nothing if one of the guesses came to nothing.
    private func results(
        _ item: LayerItem, _ inputs: [Int], _ types: [TensorType?], more: [[TensorType]],
        mask: [Int]? = nil
    ) -> [LayerCheck.Producer] {
        var result: [LayerCheck.Producer] = []
        for (type, more) in zip(types, more) {
            guard let type else { return [] }
            if result.first?.type == type, result.first?.moreOutputs == more { continue }
            result.append(
                LayerCheck.Producer(
                    item: item, type: type, inputs: inputs, index: outputs.count, mask: mask,
                    moreOutputs: more))
        }
        return result
    }

    /// The indices of the layers that a layer reads; nil where one isn't known, which is reported.
    private mutating func inputs(of item: LayerItem) -> [Int]? {
        let type = Swift.type(of: item.layer)
        if case .none = type.inputCount {
            if let first = item.inputs?.first {
                bag.report(
                    Diagnostic(
                        .inputCount, "\(type.className) takes no `inputs`", at: first.span,
                        label: "remove it"))
            }
            return []
        }
        if let inputs = item.inputs {
            let indices = inputs.map { resolve($0, below: layers.count, of: item) }
            let others = references(of: item)
            guard !inputs.isEmpty, !indices.contains(nil), let others else { return nil }
            return indices.compactMap(\.self) + others
        }
        if layers.isEmpty {
            // Where it says so is reported, with what to write instead.
            if spec.describesInput { return nil }
            let below = spec.layers.lazy.compactMap(\.self).first { $0.layer.isInput }
            bag.report(
                Diagnostic(
                    .noInput, "the model has no Input before `\(item.name)`", at: item.span,
                    label: "what shape comes in here?",
                    secondary: below.map { [Label(span: $0.span, text: "stands below it")] } ?? [],
                    helps: item.layer is ModelInput
                        ? [
                            "an Input inside a Model hands on what comes from outside: put `- Input: "
                                + "{shape: [...]}` before the Model"
                        ]
                        : item.arguments.valueSpan("layers")?.text.contains("Input:") == true
                            ? [
                                "an Input inside `\(item.className)` belongs to it; what comes into the "
                                    + "model stands before it: `- Input: {shape: [...]}`"
                            ]
                            : below != nil
                                ? ["the Input comes first: move it above `\(item.name)`"]
                                : [
                                    "start with `- Input: {shape: [...]}`, the batch axis left out; for images "
                                        + "`[height, width, channels]`"
                                ]))
            return nil
        }
        return references(of: item).map { [layers.count - 1] + $0 }
    }

    /// The indices of the layers that the arguments of the call name.
    private mutating func references(of item: LayerItem) -> [Int]? {
        let indices = item.references.map { resolve($0, below: layers.count, of: item) }
        return indices.contains(nil) ? nil : indices.compactMap(\.self)
    }

    /// The names of the last layers, for an example.
    private func lastNames(_ count: Int) -> String {
        let names = spec.layers[..<layers.count].compactMap { $0?.name }.suffix(count)
        return names.count == count ? names.joined(separator: ", ") : "first, second"
    }

    private mutating func requireCount(
        _ count: Int, _ item: LayerItem, _ type: any Layer.Type
    ) -> Bool {
        if type.inputCount.allows(count) { return true }
        var helps: [String] = []
        if item.inputs == nil, case .between = type.inputCount, let last = layers.last {
            let name = last?.name ?? "x"
            helps = ["for attention to itself: `inputs: [\(name), \(name)]`"]
        } else if let only = item.inputs?.first, item.inputs?.count == 1,
            case .between = type.inputCount
        {
            helps = ["for attention to itself: `inputs: [\(only.text), \(only.text)]`"]
        } else if item.inputs == nil {
            helps = ["name them: `inputs: [\(lastNames(2))]`"]
        } else if let inputs = item.inputs, inputs.count > 1,
            Set(inputs.map(\.span.range)).count == 1
        {
            helps = [
                "what comes in are the \(inputs.count) outputs of `\(inputs[0].owner)`; name one: "
                    + "`inputs: \(inputs[0].text)`"
            ]
        } else if let several = item.inputs?.nameOfSeveral {
            helps = [several]
        } else if case .exactly(1) = type.inputCount {
            helps = ["join them first with `Concatenate` or `Add`"]
            if item.shared != nil { helps = ["apply it to each by a `Reuse` of its own"] + helps }
        }
        bag.report(
            Diagnostic(
                .inputCount, "\(type.className) takes \(type.inputCount.text), not \(count)",
                at: item.span, label: "gets \(count)", helps: helps))
        return false
    }

    // MARK: Layers that are applied again

    /// Keeps what variables a layer has, or compares with those of the layer that it applies again.
    private mutating func checkShared(
        _ item: LayerItem, _ weights: [WeightSpec], _ producers: [LayerCheck.Producer],
        _ own: inout DiagnosticBag
    ) {
        let types = producers.map(\.type)
        guard let shared = item.shared else {
            for weight in weights { variables["\(item.name)/\(weight.name)"] = weight.shape }
            inputTypes[item.name] = types
            return
        }
        var problem: String?
        for weight in weights {
            let key = "\(shared.name)/\(weight.name)"
            guard variables[key] != weight.shape else { continue }
            let found = TensorType(.float32, weight.shape).shapeText
            if let shape = variables[key] {
                let first = TensorType(.float32, shape).shapeText
                problem = "has `\(weight.name)` of \(first), which would be \(found) here"
                break
            }
            // If something is wrong with the first use, that has been reported.
            let isKnown =
                inputTypes[shared.name] != nil
                || variables.keys.contains { $0.hasPrefix("\(shared.name)/") }
            if isKnown { problem = "has no `\(weight.name)`, and needs one of \(found) here" }
        }
        guard let problem else { return }
        func text(_ inputs: [TensorType]) -> String {
            inputs.map(\.shapeText).joined(separator: " and ")
        }
        let first = inputTypes[shared.name].map { "`\(shared.name)` reads \(text($0))" }
        own.report(
            Diagnostic(
                .reuse, "`\(shared.name)` \(problem)", at: shared.use,
                label: "reads \(text(types))",
                secondary: [Label(span: shared.first, text: first ?? "written here")]
                    + producers.filter { $0.span.range != shared.first.range }.map {
                        Label(
                            span: $0.span, text: "`\($0.name)` makes \($0.type.shapeText)")
                    },
                notes: ["a layer that is used again computes with the same variables"],
                helps: ["bring the inputs to one shape, or write a layer of its own"]))
    }

    // MARK: Open sizes

    /// Whether sizes are open, and nothing else is guessed.
    private var isOpen: Bool {
        spec.openSizes.contains { !$0.isBound } && !spec.isDamaged && !bag.hasErrors
            && spec.layers.allSatisfy {
                $0 != nil && ($0!.alternative == nil || $0!.layer is any InputLayer)
            }
    }

    private mutating func reportOpenSizes() {
        var reported: Set<String> = []
        for size in spec.openSizes where !size.isBound && reported.insert(size.name).inserted {
            let others = spec.openSizes.filter {
                $0.name == size.name && $0.span.range != size.span.range
            }
            bag.report(
                Diagnostic(
                    .openSize, "the size `\(size.name)` is open", at: size.span,
                    label: "no number",
                    secondary: others.map { Label(span: $0.span, text: "again") }
                        + (undecided.map {
                            [Label(span: $0, text: "whether it fits depends on the size")]
                        } ?? []),
                    helps: [
                        "`--bind \(size.name)=128` gives it a number; `bnc run` takes it from the data"
                    ]
                        + (size.rest.map {
                            ["if it is the batch axis, leave it out: `shape: \($0)`"]
                        } ?? [])))
        }
    }

    /// A variable whose shape depends on an open size: Keras refuses the layer too.
    private mutating func reportOpenVariable(
        _ item: LayerItem, _ weights: [[WeightSpec]], _ choices: [[LayerCheck.Producer]]
    ) {
        func text(_ shapes: [[Int]]) -> String {
            guard shapes.count == 2, shapes[0].count == shapes[1].count else {
                return TensorType(.float32, shapes[0]).shapeText
            }
            let sizes = zip(shapes[0], shapes[1]).map { $0 == $1 ? "\($0)" : "?" }
            return sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
        }
        guard let (a, b) = zip(weights[0], weights[1]).first(where: { $0.shape != $1.shape })
        else { return }
        bag.report(
            Diagnostic(
                .openSize,
                "the shape of `\(item.name)/\(a.name)`, \(text([a.shape, b.shape])), depends on an "
                    + "open size", at: item.span, label: "its variables have one shape",
                secondary: choices.map { choice in
                    Label(
                        span: choice[0].span,
                        text: "`\(choice[0].name)` makes \(text(choice.map(\.type.shape)))")
                }
                    + spec.openSizes.filter { !$0.isBound }.prefix(2).map {
                        Label(span: $0.span, text: "open")
                    },
                helps: [
                    "a layer before it that makes one size of any, as GlobalAveragePooling does, or a "
                        + "number for the size"
                ]))
    }

    // MARK: Names

    /// The index of a named layer above; reports and returns nil where there is none.
    private mutating func resolve(_ reference: InputReference, below: Int, of item: LayerItem?)
        -> Int?
    {
        if let index = indexByName[reference.name], index < below { return index }
        // What could not be read may well be what is named.
        if spec.brokenNames.contains(reference.name) || spec.brokenNames.contains(reference.owner)
            || spec.isDamaged
        {
            return nil
        }
        unknownNames += 1
        bag.report(
            NameProblem(
                spec: spec, known: indexByName, reference: reference, item: item,
                searches: unknownNames <= 50
            ).diagnostic)
        return nil
    }

    private mutating func checkOutputs() -> [Int]? {
        if spec.layers.isEmpty { return nil }
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
                        secondary: [Label(span: first, text: "first here")],
                        helps: ["name each output once"]))
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

extension Layer {
    fileprivate static var takesInput: Bool {
        if case .none = inputCount { false } else { true }
    }
}

extension LayerItem {
    fileprivate func with(_ layer: any Layer) -> LayerItem {
        var item = self
        item.layer = layer
        item.alternative = nil
        return item
    }
}
