import Compiler
import Diagnostics
import IR
import Layers
import Spec

/// Random models that pass bnc's checks, built layer by layer from the catalog's own schemas.
///
/// Each model has a layer that it is about, in turn over the whole catalog, so that every layer and
/// every argument is met however hard it is to fit; others are put before and behind it. What doesn't
/// pass is thrown away, or kept for a look at whether Keras refuses it too.
package struct ModelGenerator {
    /// A model that passed.
    package struct Product {
        package var draft: Draft
        package var model: CheckedModel
        /// A model that was refused, with the refusal's codes.
        package var refused: (draft: Draft, diagnostics: [Diagnostic])?
    }

    private let catalog: LayerCatalog
    private let examples: LayerExamples
    /// Called with each model's text before it is checked.
    private let note: (String) -> Void

    /// Layers that passes fuse, fold and move, which stand around the others more often than the rest.
    private static let neighbours = [
        "Conv", "Dense", "BatchNormalization", "ReLU", "Activation", "Pooling", "ZeroPadding",
        "Cropping", "UpSampling", "Add", "Multiply", "Concatenate", "Reshape", "Permute", "Flatten",
    ]
    private let usual: [any Layer.Type]

    /// Tensors stay below this many elements, and variables too.
    private static let largestCount = 3000

    package init(_ catalog: LayerCatalog = .keras, note: @escaping (String) -> Void = { _ in }) {
        self.catalog = catalog
        self.note = note
        examples = LayerExamples(catalog)
        usual = catalog.layers.filter { type in
            Self.neighbours.contains { type.className.contains($0) }
        }
    }

    /// Whether a model passes, and what is said of it.
    package func check(_ draft: Draft) -> (model: CheckedModel?, diagnostics: [Diagnostic]) {
        var bag = DiagnosticBag()
        let text = draft.yaml
        note(text)
        let model = Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag)
        return (model, bag.diagnostics.filter { $0.severity == .error })
    }

    /// Whether it is small enough to be computed by definition.
    package static func isSmall(_ model: CheckedModel) -> Bool {
        model.layers.allSatisfy { layer in
            layer.outputType.count <= largestCount && layer.outputType.count > 0
                && layer.parameterCount <= 10 * largestCount
                && layer.outputType.count * max(1, layer.parameterCount) <= 4_000_000
        }
    }

    /// The model of an index.
    package func product(seed: UInt64, index: Int) -> Product? {
        var random = SeededRandom(seed, "model \(index)")
        let layers = catalog.layers
        let focus = layers[index % layers.count]
        var building = Building(draft: Draft(layers: [], outputs: []))
        addInput(&building, for: focus, &random)
        let wanted = random.chance(3) ? 4 + random.below(9) : random.below(5)
        var placed = 0
        var isFocusPlaced = focus.inputCount.isNone
        for attempt in 0..<120 {
            if isFocusPlaced, placed >= wanted { break }
            if attempt % 12 == 11, building.values.count < 9 {
                addInput(&building, for: focus, &random)
            }
            let isFocus = !isFocusPlaced && (placed >= wanted || random.chance(2))
            let type = isFocus ? focus : random.pick(random.chance(2) ? layers : usual)
            guard let layer = candidate(type, building, &random) else { continue }
            var draft = building.draft
            draft.layers.append(layer)
            draft.outputs = [layer.name]
            let (model, diagnostics) = check(draft)
            guard let model else {
                if isFocus || building.refused == nil {
                    building.refused = (draft, diagnostics)
                }
                continue
            }
            guard Self.isSmall(model),
                let made = model.layers.first(where: { $0.name == layer.name })
                    ?? model.layers.last
            else { continue }
            building.draft = draft
            building.values += made.outputs
            placed += 1
            if isFocus { isFocusPlaced = true }
        }
        guard isFocusPlaced else { return nil }
        return finished(building, &random)
    }

    private func finished(_ building: Building, _ random: inout SeededRandom) -> Product? {
        var draft = building.draft
        let read = Set(
            draft.layers.flatMap { layer in
                draft.layers.filter { Draft.reads(layer, $0.name) }.map(\.name)
            })
        var outputs = draft.layers.map(\.name).filter { !read.contains($0) }
        // Whatever nobody reads is an output; now and then something that is read is one too.
        if random.chance(4),
            let more = draft.layers.filter({ $0.className != "Input" }).randomElement(
                using: &random), !outputs.contains(more.name)
        {
            outputs.append(more.name)
        }
        if outputs.count > 1, random.chance(4) { outputs.shuffle(using: &random) }
        let sources = Set(draft.layers.filter { $0.className == "Input" }.map(\.name))
        let made = outputs.filter { !sources.contains($0) }
        draft.outputs = made.isEmpty ? outputs : made
        draft = draft.pruned()
        var refused = building.refused
        if refused != nil { refused!.draft = refused!.draft.pruned() }
        guard let model = check(draft).model else { return nil }
        return Product(draft: draft, model: model, refused: refused)
    }

    /// A model that grows.
    private struct Building {
        var draft: Draft
        /// What there is to read.
        var values: [(name: String, type: TensorType)] = []
        var refused: (draft: Draft, diagnostics: [Diagnostic])?
    }

    // MARK: Layers

    private func addInput(
        _ building: inout Building, for focus: any Layer.Type, _ random: inout SeededRandom
    ) {
        let rank = random.pick([0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4])
        var shape: [Int] = []
        for _ in 0..<rank {
            var size = random.pick([1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9])
            if random.chance(20) { size = 10 + random.below(24) }
            while size > 1, shape.reduce(size, *) > 1200 { size /= 2 }
            shape.append(size)
        }
        // The shape that the example of the layer has, or one like another input's.
        if random.chance(4), let other = building.values.last { shape = other.type.shape }
        let name = "x\(building.draft.layers.count)"
        var layer = DraftLayer(
            "Input", [("name", .text(name)), ("shape", .list(shape.map { .integer($0) }))])
        if random.chance(9) { layer["dtype"] = .text("int32") }
        if random.chance(30) { layer["dtype"] = .text("bool") }
        var draft = building.draft
        draft.layers.append(layer)
        draft.outputs = [name]
        guard let type = check(draft).model?.layers.last?.outputType else { return }
        building.draft = draft
        building.values.append((name, type))
    }

    private func candidate(
        _ type: any Layer.Type, _ building: Building, _ random: inout SeededRandom
    ) -> DraftLayer? {
        guard let count = type.inputCount.pick(&random) else { return nil }
        let values = building.values
        var read: [(name: String, type: TensorType)] = []
        for position in 0..<count {
            let alike = values.filter { value in
                read.first.map { value.type.shape == $0.type.shape } ?? false
            }
            let loosely = values.filter { value in
                read.first.map { value.type.rank == $0.type.rank } ?? false
            }
            if position > 0, !alike.isEmpty, !random.chance(3) {
                read.append(random.pick(alike))
            } else if position > 0, !loosely.isEmpty, random.chance(2) {
                read.append(random.pick(loosely))
            } else if random.chance(3) {
                read.append(random.pick(values))
            } else {
                read.append(values[values.count - 1])
            }
        }
        var layer = layer(
            type, reading: read.map(\.type), names: values.map(\.name), depth: 0, &random)
        layer["name"] = .text("y\(building.draft.layers.count)")
        if case .exactly(1) = type.inputCount {} else { layer["inputs"] = .list([]) }
        if case .sequence = type.inputCount, count == 1 { layer["inputs"] = nil }
        layer.inputs = read.map(\.name)
        return layer
    }

    /// A layer with random arguments.
    private func layer(
        _ type: any Layer.Type, reading inputs: [TensorType], names: [String], depth: Int,
        _ random: inout SeededRandom
    ) -> DraftLayer {
        var layer = DraftLayer(type.className)
        let outer = type.className
        let values = ArgumentValues(inputs: inputs, names: names) { random in
            guard depth < 2, let inner = innerType(of: outer, &random) else { return nil }
            var shapes = inputs
            if random.chance(2), let first = inputs.first, first.rank > 1 {
                shapes[0] = TensorType(first.elementType, Array(first.shape.dropFirst()))
            }
            return self.layer(inner, reading: shapes, names: [], depth: depth + 1, &random)
        }
        let example = examples.own(type.className)
        // Few layers have many arguments at once, so that those which don't go together let others in.
        let rarity = random.pick([2, 3, 3, 6])
        for argument in type.fullSchema {
            let isRequired = argument.defaultText == nil && argument.standsFor == nil
            if case .choice(let words) = argument.kind, words.count < 2 {
                continue
            }
            guard isRequired || random.chance(rarity) else { continue }
            var value = values.value(argument.kind, &random)
            if case .text = argument.kind, case .text(let text)? = example?[argument.name],
                text.contains("->")
            {
                value = .text(einsum(inputs.first?.rank ?? 1, &random))
            }
            if value == nil || (isRequired && random.chance(12)) {
                value = example?[argument.name] ?? value
            }
            if let value { layer[argument.name] = value }
        }
        return layer
    }

    private func innerType(
        of outer: String, _ random: inout SeededRandom
    ) -> (any Layer.Type)? {
        let examples = examples.inner(outer)
        if let example = examples.randomElement(using: &random), !random.chance(3) {
            if random.chance(2) { return catalog[example.className] }
            let kin = catalog.layers.filter {
                $0.className.suffix(4) == example.className.suffix(4)
            }
            if let type = kin.randomElement(using: &random) { return type }
        }
        return random.pick(catalog.layers)
    }

    /// `abc,cd->abd`: the batch stays, some axes are contracted, some are new.
    private func einsum(_ rank: Int, _ random: inout SeededRandom) -> String {
        let letters = Array("abcdefgh").map(String.init)
        let batch = Array(letters.prefix(1))
        let axes = Array(letters.dropFirst().prefix(rank))
        let contracted = axes.filter { _ in random.chance(2) }
        let shared = axes.filter { !contracted.contains($0) && random.chance(4) }
        let new = Array(["x", "y"].prefix(1 + random.below(2)))
        var kernel = contracted + shared + new
        var output = axes.filter { !contracted.contains($0) } + new
        if random.chance(3) { kernel.shuffle(using: &random) }
        if random.chance(3) { output.shuffle(using: &random) }
        let dots = random.chance(6)
        let head = dots ? "..." : (batch + axes).joined()
        if dots {
            let last = axes.last ?? "b"
            return "...\(last),\(last)x->...x"
        }
        return "\(head),\(kernel.joined())->\((batch + output).joined())"
    }
}

extension InputCount {
    var isNone: Bool { if case .none = self { true } else { false } }

    /// How many inputs to give; nil for a layer without.
    func pick(_ random: inout SeededRandom) -> Int? {
        switch self {
        case .none: nil
        case .exactly(let count): count
        case .ownInputs: 1
        case .atLeast(let least): least + random.pick([0, 1, 1, 1, 2])
        case .between(let least, let most): least + random.below(most - least + 1)
        case .sequence(let states): random.chance(4) ? 1 + (states ?? 1 + random.below(4)) : 1
        }
    }
}
