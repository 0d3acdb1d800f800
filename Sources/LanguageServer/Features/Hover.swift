import Compiler
import Diagnostics
import Spec

/// What is known of the word at a place, in Markdown.
struct Hover {
    let document: Document
    let view: SpecView

    func answer(at offset: Int) -> JSONValue {
        guard let place = PlaceScanner.place(at: offset, in: document.text.bytes),
            !place.word.isEmpty
        else { return .null }
        var parts: [String] = []
        if let text = text(place) { parts.append(text) }
        parts += explanations(at: offset)
        guard !parts.isEmpty else { return .null }
        return .object([
            (
                "contents",
                .object([
                    ("kind", .string("markdown")),
                    ("value", .string(parts.joined(separator: "\n\n---\n\n"))),
                ])
            ),
            ("range", document.text.range(place.word).json),
        ])
    }

    private func text(_ place: TextPlace) -> String? {
        let word = document.text.text(place.word)
        switch (Slot(place.steps), place.role) {
        case (.specKey, .key):
            return SpecKey.all.first { $0.name == word }.map { "**\($0.name)**\n\n\($0.doc)" }
        case (.layer, .key), (.layer, .value): return layer(word, at: place.word.lowerBound)
        case (.value(let kind, _, _), .key) where kind.isLayer:
            return layer(word, at: place.word.lowerBound)
        case (.argument(let type, _), .key):
            return argument(word, of: type)
        case (.value(_, let argument, let type), _), (.entry(_, let argument, let type), _):
            if let named = view.layer(named: word), argument.kind.namesLayers {
                return text(named)
            }
            return Self.text(argument, of: type)
        case (.commonValue(let common), _): return Self.text(common)
        case (.layerNames, _), (.layerName, _):
            return view.layer(named: word).map { text($0) }
        default: return nil
        }
    }

    private func argument(_ name: String, of type: any Layer.Type) -> String? {
        let schema = type.fullSchema
        let argument =
            schema.first { $0.name == name } ?? schema.first { $0.formerNames.contains(name) }
        if let argument { return Self.text(argument, of: type) }
        return CommonArgument.all.first { $0.name == name }.map(Self.text)
    }

    private static func text(_ argument: any ArgumentDescriptor, of type: any Layer.Type)
        -> String
    {
        "**\(argument.name)** of \(type.className)\n\n\(LayerText.markdown(of: argument))"
    }

    private static func text(_ argument: CommonArgument) -> String {
        "**\(argument.name)** of every layer\n\n\(LayerText.markdown(of: argument))"
    }

    /// What `bnc explain` says of the problems at a place.
    private func explanations(at offset: Int) -> [String] {
        var codes: [DiagnosticCode] = []
        for diagnostic in view.diagnostics {
            guard let range = diagnostic.primary?.span.range, range.lowerBound <= offset,
                range.upperBound >= offset, !codes.contains(diagnostic.code),
                !diagnostic.code.explanation.isEmpty
            else { continue }
            codes.append(diagnostic.code)
        }
        return codes.map { "**\($0.id)**: \($0.title)\n\n\($0.explanation)" }
    }

    // MARK: Layers

    /// A layer at its class name; of a class alone what it does.
    private func layer(_ word: String, at start: Int) -> String? {
        guard let (layer, inner) = view.layer(at: start) else {
            return Slot.catalog[word].map { "**\($0.className)**\n\n\(LayerText.summary(of: $0))" }
        }
        guard let inner else { return text(layer) }
        return text(inner, in: layer)
    }

    private func text(_ layer: SpecView.Layer) -> String {
        var text = heading(layer.item)
        if let shapes = layer.shapes {
            text += "\n\n" + shape(layer, shapes)
        } else if !view.examination.bag.hasErrors, let shape = layer.outputShape {
            text += "\n\nmakes **\(shape.text)**; `?` depends on sizes that are known later"
        } else if view.examination.model == nil {
            text += "\n\nIts shape is not known, because of an error here or above."
        }
        return text + "\n\n" + LayerText.summary(of: type(of: layer.item.layer))
    }

    private func heading(_ item: LayerItem) -> String { "**\(item.name)**: \(item.className)" }

    /// From which shapes the output's comes about, and what it costs.
    private func shape(_ layer: SpecView.Layer, _ shapes: CheckedLayer) -> String {
        let output = shapes.outputType.shapeText
        var lines: [String] = []
        let inputs = view.inputs(of: layer)
        if shapes.inputTypes.isEmpty {
            lines.append("makes \(output) \(shapes.outputType.elementType)")
        } else {
            let sources = zip(shapes.inputTypes.indices, shapes.inputTypes).map { index, type in
                let name = inputs.indices.contains(index) ? "`\(inputs[index].item.name)` " : ""
                return name + type.shapeText
            }
            lines.append("\(sources.joined(separator: ", ")) → **\(output)**")
            if let arithmetic = layer.item.layer.shapeArithmetic(
                shapes.inputTypes, shapes.outputType)
            {
                lines.append("by \(arithmetic)")
            }
        }
        if shapes.outputs.count > 1 {
            let outputs = shapes.outputs.map { "`\($0.name)` \($0.type.shapeText)" }
            lines.append("outputs \(outputs.joined(separator: ", "))")
        }
        if let mask = shapes.outputMask {
            lines.append("carries a mask of \(mask.map(String.init).joined(separator: "×"))")
        }
        let trainable = shapes.weights.filter(\.trainable).reduce(0) { $0 + $1.count }
        lines += cost(
            parameters: shapes.parameterCount, trainable: trainable,
            multiplyAdds: Cost.multiplyAdds(shapes))
        return lines.joined(separator: "  \n")
    }

    private func cost(parameters: Int, trainable: Int, multiplyAdds: Int?) -> [String] {
        var items: [String] = []
        if parameters > 0 {
            let fixed = parameters - trainable
            items.append(
                NumberText.count(parameters, "parameter")
                    + (fixed > 0 ? " (\(NumberText.grouped(fixed)) not trainable)" : ""))
        }
        if let multiplyAdds, multiplyAdds > 0 {
            items.append(NumberText.count(multiplyAdds, "multiply-add"))
        }
        return items.isEmpty ? [] : [items.joined(separator: ", ")]
    }

    /// A layer inside another one.
    private func text(_ item: LayerItem, in outer: SpecView.Layer) -> String {
        var text = heading(item) + ", inside `\(outer.item.name)`"
        if let shapes = outer.shapes {
            let weights = shapes.weights.filter { $0.name.contains("/\(item.name)/") }
            let lines = cost(
                parameters: weights.reduce(0) { $0 + $1.count },
                trainable: weights.filter(\.trainable).reduce(0) { $0 + $1.count },
                multiplyAdds: Cost.multiplyAdds(shapes, of: item.name))
            let chain = chain(outer.item, shapes)
            if let (input, output) = chain[item.name] {
                text += "\n\n\(input) → **\(output)**"
            }
            if !lines.isEmpty { text += "\n\n" + lines.joined(separator: "  \n") }
        }
        return text + "\n\n" + LayerText.summary(of: type(of: item.layer))
    }

    /// What goes into each of the layers that stand behind each other, and what comes out.
    private func chain(_ item: LayerItem, _ shapes: CheckedLayer) -> [String: (String, String)] {
        var result: [String: (String, String)] = [:]
        guard var type = shapes.inputTypes.first else { return [:] }
        for inner in item.sequence {
            if case .none = Swift.type(of: inner.layer).inputCount { continue }
            let output = inner.checkedOutputType(type)
            result[inner.name] = (type.shapeText, output.shapeText)
            type = output
        }
        return result
    }
}

/// What layers cost.
enum Cost {
    /// nil where a layer is too large to be lowered while somebody waits.
    static func multiplyAdds(_ layer: CheckedLayer, of name: String? = nil) -> Int? {
        let sizes = layer.inputTypes.map(\.count) + [layer.outputType.count]
        guard sizes.allSatisfy({ $0 < 1 << 26 }), layer.weights.allSatisfy({ $0.count < 1 << 30 })
        else { return nil }
        return Lowering.lower(layer).multiplyAdds(ofLayer: name)
    }
}

extension ArgumentKind {
    var namesLayers: Bool {
        switch withoutNull {
        case .layerName, .layerNames: true
        default: false
        }
    }
}
