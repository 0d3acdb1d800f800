import Diagnostics

/// What is wrong with a name under `inputs` or `outputs` that no layer above has.
struct NameProblem {
    let spec: ModelSpec
    /// The layers above, by name.
    let known: [String: Int]
    let reference: InputReference
    /// The layer whose input it is; nil for an output.
    let item: LayerItem?
    /// Whether to look for what is meant, which takes its time: a text that is no spec has thousands of
    /// names that mean nothing.
    var searches = true

    var diagnostic: Diagnostic {
        if let item, item.name == reference.name { return readsItself(item) }
        if !searches {
            return Diagnostic(
                .unknownInput, "there is no layer `\(reference.text)`", at: reference.span,
                label: "no such layer")
        }
        if let item, let later = spec.layers.first(where: { $0?.name == reference.name }) ?? nil {
            return comesLater(later, item)
        }
        var helps: [String] = []
        var fixIts: [FixIt] = []
        let scope = reference.scope
        let names = known.sorted { $0.value < $1.value }.map(\.key)
            .filter { $0.hasPrefix(scope) }.map { String($0.dropFirst(scope.count)) }
            .filter { !$0.contains("/") }
        let isOutside = !scope.isEmpty && known[reference.text] != nil
        if isOutside {
            helps = [
                "a Model reads what comes in by its own Inputs: name `\(reference.text)` under its "
                    + "`inputs`, with an Input for it inside"
            ]
        } else if let item, item.layer is ModelInput, item.name.hasSuffix("/" + reference.text) {
            let model = item.name.dropLast(reference.text.count + 1)
            helps = [
                "`\(reference.text)` is an Input inside `\(model)`; `inputs` names what comes into it "
                    + "from outside, which without it is the layer before"
            ]
        } else if let input = numberedInput(names) {
            fixIts = [
                FixIt(span: reference.span, replacement: input, text: "did you mean `\(input)`?")
            ]
        } else if let end = reference.text.firstIndex(where: { $0 == "[" || $0 == ":" }),
            names.contains(String(reference.text[..<end]))
        {
            let name = String(reference.text[..<end])
            let outputs = outputs(of: scope + name)
            let number = reference.text[end...].split(separator: "]").first.flatMap {
                Int($0.dropFirst())
            }
            if let number, outputs.indices.contains(number) {
                let output = "\(name)/\(outputs[number])"
                fixIts = [
                    FixIt(
                        span: reference.span, replacement: output,
                        text: "outputs go by their names: `\(output)`")
                ]
            } else {
                fixIts = [
                    FixIt(
                        span: reference.span, replacement: name,
                        text: "a layer has one output, which goes by its name: `\(name)`")
                ]
            }
        } else if item != nil,
            ["previous", "prev", "last", "above", "x_prev", "layer_before"].contains(reference.text)
        {
            helps = ["a layer without `inputs` reads the one above it: leave it out"]
        } else if let slash = reference.text.firstIndex(of: "/"),
            names.contains(String(reference.text[..<slash]))
        {
            let outer = reference.text[..<slash]
            let more = ["return_state", "return_attention_scores"].first { argument in
                guard let item = layer(scope + outer) else { return false }
                return ([item] + item.innerItems).contains { item in
                    type(of: item.layer).fullSchema.contains { $0.name == argument }
                }
            }
            helps = [
                more != nil
                    ? "`\(outer)` has one output, which goes by its name; `\(more!): true` makes more"
                    : "what stands inside `\(outer)` can't be read from outside; `\(outer)` is what comes out "
                        + "of it"
            ]
        } else if let near = nearestOutput() {
            fixIts = [
                FixIt(span: reference.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if let model = modelHolding(scope) {
            helps = [
                "`\(reference.text)` stands inside the Model `\(model)`; from outside, `\(model)` is what "
                    + "comes out of it"
            ]
        } else if let list = list(among: names) {
            fixIts = [
                FixIt(
                    span: reference.span, replacement: list,
                    text: "several names stand in a list, separated by commas: `\(list)`")
            ]
        } else if let near = nearest(among: names) {
            fixIts = [
                FixIt(span: reference.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if let index = Int(reference.text), !names.isEmpty {
            let place = index < 0 ? names.count + index : index
            helps = ["layers have names, not numbers"]
            if names.indices.contains(place) {
                helps[0] += "; layer \(index) is `\(names[place])`"
            }
        } else if scope.isEmpty,
            let near = Suggestion.nearest(to: reference.name, in: spec.brokenNames.sorted())
        {
            fixIts = [
                FixIt(span: reference.span, replacement: near, text: "did you mean `\(near)`?")
            ]
        } else if names.isEmpty {
            helps = ["there is no layer yet"]
        } else {
            let shown = names.suffix(12).map { "`\($0)`" }.joined(separator: ", ")
            helps = [
                names.count > 12
                    ? "the last layers \(item == nil ? "" : "before ")are \(shown)"
                    : "the layers \(item == nil ? "" : "so far ")are \(shown)"
            ]
        }
        let model = scope.dropLast()
        return Diagnostic(
            .unknownInput,
            isOutside
                ? "`\(reference.text)` stands outside of the Model `\(model)`"
                : "there is no layer `\(reference.text)`"
                    + (scope.isEmpty ? "" : " in the Model `\(model)`"),
            at: reference.span, label: isOutside ? "not known in here" : "no such layer",
            helps: helps, fixIts: fixIts)
    }

    /// The names of a layer's outputs, where it has several.
    private func outputs(of name: String) -> [String] {
        layer(name)?.layer.outputNames ?? []
    }

    private func layer(_ name: String) -> LayerItem? {
        known[name].flatMap { spec.layers[$0] }
    }

    /// The Input that older Keras called `input_1`, `input_2`.
    private func numberedInput(_ names: [String]) -> String? {
        guard reference.text.hasPrefix("input_"), let number = Int(reference.text.dropFirst(6))
        else { return nil }
        let inputs = spec.layers.compactMap { layer in
            layer.flatMap { $0.layer.isInput && names.contains($0.name) ? $0.name : nil }
        }
        guard inputs.indices.contains(number - 1), inputs[number - 1].hasPrefix("input_layer")
        else { return nil }
        return inputs[number - 1]
    }

    /// The likeliest of the outputs of layers with several, for a name with a slash.
    private func nearestOutput() -> String? {
        guard reference.text.contains("/") else { return nil }
        let outputs = known.keys.sorted().filter { name in
            guard name.hasPrefix(reference.scope), let item = layer(name) else { return false }
            return item.isModelOutput || item.layer is LayerOutput
        }
        return Suggestion.nearest(
            to: reference.text, in: outputs.map { String($0.dropFirst(reference.scope.count)) })
    }

    /// The likeliest name; one that the layer doesn't read already, where several are as near.
    private func nearest(among names: [String]) -> String? {
        var names = names
        if reference.scope.isEmpty { names += spec.brokenNames.sorted() }
        let taken = item == nil ? spec.outputs.map(\.text) : item?.inputs?.map(\.text) ?? []
        let others = taken.filter(names.contains)
        if item == nil {
            return Suggestion.nearest(to: reference.text, in: names.filter { !others.contains($0) })
        }
        return Suggestion.nearest(to: reference.text, in: names.filter { !others.contains($0) })
            ?? Suggestion.nearest(to: reference.text, in: names)
    }

    /// The Model that has a layer of this name inside it.
    private func modelHolding(_ scope: String) -> String? {
        let inner = known.keys.filter {
            $0.hasPrefix(scope) && $0.hasSuffix("/" + reference.text)
        }.min()
        return inner.map { String($0.dropFirst(scope.count).dropLast(reference.text.count + 1)) }
    }

    /// `[a, b]` for `a, b` or `a b`, where these are names.
    private func list(among names: [String]) -> String? {
        let parts = reference.text.split { $0 == "," || $0 == " " || $0 == ";" }.map(String.init)
        guard parts.count > 1, parts.allSatisfy(names.contains) else { return nil }
        let text = parts.joined(separator: ", ")
        return reference.isInBrackets ? text : "[\(text)]"
    }

    private func readsItself(_ item: LayerItem) -> Diagnostic {
        Diagnostic(
            .unknownInput, "`\(item.name)` reads itself", at: reference.span,
            label: "its own output",
            secondary: [Label(span: item.span, text: "`\(item.name)` is this layer")],
            helps: ["`inputs` names layers above; recurrence is what `LSTM` and its kin are for"])
    }

    private func comesLater(_ later: LayerItem, _ item: LayerItem) -> Diagnostic {
        let place = Label(span: later.span, text: "`\(later.name)` stands here")
        if let loop = loop(from: later, to: item) {
            let path = loop.map { "`\($0)`" }.joined(separator: " reads ")
            return Diagnostic(
                .unknownInput, "`\(item.name)` and `\(later.name)` need each other's output",
                at: reference.span, label: "comes after it", secondary: [place],
                notes: ["a loop: \(path)"],
                helps: ["a model has no loops; let one of them read another layer"])
        }
        return Diagnostic(
            .unknownInput, "`\(reference.name)` comes after the layer that reads it",
            at: reference.span, label: "not known yet", secondary: [place],
            helps: ["`inputs` names layers above; move `\(later.name)` above this one"])
    }

    /// The names from `item` to `later` and back to `item`, each reading the next; nil if `later`
    /// doesn't depend on `item`.
    private func loop(from later: LayerItem, to item: LayerItem) -> [String]? {
        var indices: [String: Int] = [:]
        for (index, layer) in spec.layers.enumerated() {
            if let layer, indices[layer.name] == nil { indices[layer.name] = index }
        }
        // What reads the layer before it would read another one if it stood elsewhere.
        guard later.inputs != nil, let start = indices[later.name], let goal = indices[item.name]
        else { return nil }
        var reachedFrom: [Int: Int] = [start: start]
        var queue = [start]
        while let index = queue.popLast() {
            guard let layer = spec.layers[index] else { continue }
            var inputs = layer.inputs?.compactMap { indices[$0.name] } ?? []
            if layer.inputs == nil, index > 0, layer.readsLayerBefore { inputs = [index - 1] }
            for input in inputs where reachedFrom[input] == nil {
                reachedFrom[input] = index
                queue.append(input)
            }
        }
        guard reachedFrom[goal] != nil else { return nil }
        var path = [goal]
        while let last = path.last, last != start, let before = reachedFrom[last] {
            path.append(before)
        }
        return ([goal] + path.reversed()).compactMap { spec.layers[$0]?.name }
    }
}

extension LayerItem {
    fileprivate var readsLayerBefore: Bool {
        if case .none = type(of: layer).inputCount { false } else { true }
    }
}
