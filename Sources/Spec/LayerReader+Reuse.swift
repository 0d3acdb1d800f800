import Diagnostics
import Syntax

/// The word that applies a layer again: `Reuse`.
package protocol ReuseLayer: Layer {
    static var layerArgument: Argument<String> { get }
}

/// The layers of a list that have been read, for `Reuse`.
struct LayerScope: Sendable {
    var items: [String: LayerItem] = [:]
    var broken: Set<String> = []
    /// Names that are given in the list, with their places.
    var later: [String: SourceSpan] = [:]
    /// Whether parts of the text could not be read, so that what isn't there may stand in them.
    var isDamaged = false
}

extension Argument where Value == String {
    /// The name of an earlier layer.
    package static func layerName(_ name: String, _ doc: String) -> Argument<String> {
        Argument(name, .layerName, default: nil, text: nil, doc: doc) { node, reading in
            if let name = node.nameText { return name }
            reading.mismatch(node, .layerName)
            return nil
        }
    }
}

extension LayerReader {
    /// `Reuse: {layer: encode, inputs: right}`: the layer `encode` with other inputs.
    mutating func readReuse(_ head: Head, _ type: any Layer.Type) -> LayerItem? {
        let entry = head.arguments.first { $0.keyText == "layer" }
        if entry == nil, let name = givenName(head), scopes.last?.items[name] != nil,
            let place = head.value("name")?.span
        {
            bag.report(
                Diagnostic(
                    .reuse, "the layer to use again is its `layer`, not its `name`", at: place,
                    label: "the name of this use",
                    helps: ["write `layer: \(name)`"]))
            return nil
        }
        guard let entry, let wanted = entry.value.nameText else {
            // Missing, or no name.
            var reading = reading(head.className)
            _ = readArguments(head, type, &reading)
            bag = reading.bag
            return nil
        }
        guard let (target, level) = find(wanted, at: entry.value.span, head) else { return nil }
        let targetType = Swift.type(of: target.layer)
        if targetType.isInput {
            bag.report(
                Diagnostic(
                    .reuse, "an Input can't be used again: it computes nothing",
                    at: entry.value.span, label: "an Input",
                    secondary: [Label(span: target.span, text: "`\(wanted)` is this Input")],
                    helps: ["any number of layers may read it: `inputs: \(wanted)`"]))
            return nil
        }
        let name = givenName(head) ?? nextName(for: target)
        var reading = reading(name)
        let schema = type.schema + targetType.callSchema
        let read = readArguments(head, type, &reading, schema: schema, like: target)
        let inputs = head.value("inputs").map { InputReference.read($0, "inputs", &reading.bag) }
        names = reading.names
        bag = reading.bag
        guard let read else { return nil }
        let call = targetType.callSchema.map(\.name)
        let arguments = target.arguments.replacing(call, from: read.likely)
        return LayerItem(
            className: target.className, name: name, layer: targetType.init(arguments),
            alternative: target.alternative == nil && read.other == nil
                ? nil
                : target.alternative
                    ?? targetType.init(
                        target.arguments.replacing(call, from: read.other ?? read.likely)),
            arguments: arguments, inputs: inputs,
            references: Self.references(targetType, arguments), span: head.span,
            shared: SharedLayer(
                name: target.variablesName, level: level + (target.shared?.level ?? 0),
                first: target.shared?.first ?? target.span, use: head.span))
    }

    private func reading(_ name: String) -> ArgumentReading {
        ArgumentReading(
            argument: "", layer: "`\(name)`", catalog: catalog, names: names, bag: bag,
            scopes: scopes)
    }

    /// The layer of a name, and how many lists further out it stands; reports where there is none.
    private mutating func find(_ name: String, at span: SourceSpan, _ head: Head) -> (
        item: LayerItem, level: Int
    )? {
        for (level, scope) in scopes.reversed().enumerated() {
            if let item = scope.items[name] { return (item, level) }
            if scope.broken.contains(name) || scope.isDamaged { return nil }
        }
        let known = scopes.flatMap { scope in
            scope.items.filter { !$0.value.layer.isInput }.map(\.key)
        }.sorted()
        var labels: [Label] = []
        var helps: [String] = []
        var fixIts: [FixIt] = []
        let isItself = givenName(head) == name
        if isItself {
            helps = ["give this use another name, or none"]
        } else if let place = scopes.reversed().lazy.compactMap({ $0.later[name] }).first {
            labels = [Label(span: place, text: "`\(name)` stands here")]
            helps = ["write the layer where it is used first, and `Reuse` further below"]
        } else if let only = onlyLayer(ofClass: name) {
            helps = ["write the layer's name, not its class: `layer: \(only)`"]
        } else if let near = Suggestion.nearest(to: name, in: known) {
            fixIts = [FixIt(span: span, replacement: near, text: "did you mean `\(near)`?")]
        } else {
            let shown = known.filter { !$0.contains("/") }.suffix(12).map { "`\($0)`" }
            helps = [
                shown.isEmpty
                    ? "there is no layer yet"
                    : "the layers so far are \(shown.joined(separator: ", "))"
            ]
        }
        bag.report(
            Diagnostic(
                .reuse,
                isItself
                    ? "`\(name)` can't be its own layer"
                    : labels.isEmpty
                        ? "there is no layer `\(name)` to use again"
                        : "`\(name)` comes after the `Reuse` of it",
                at: span,
                label: isItself
                    ? "this `Reuse` itself" : labels.isEmpty ? "no such layer" : "not known yet",
                secondary: labels, helps: helps, fixIts: fixIts))
        return nil
    }

    /// The name of the only layer of a class so far.
    private func onlyLayer(ofClass name: String) -> String? {
        let layers = scopes.flatMap { scope in
            scope.items.filter { $0.value.className == name }.map(\.key)
        }
        return layers.count == 1 ? layers[0] : nil
    }

    /// `encode.2` for the second use of `encode`: no layer of Keras's has such a name, so that those of
    /// the layers behind stay Keras's.
    private func nextName(for target: LayerItem) -> String {
        let full = target.variablesName
        let base = full.split(separator: "/").last.map(String.init) ?? full
        var number = 2
        while scopes.last?.items["\(base).\(number)"] != nil { number += 1 }
        return "\(base).\(number)"
    }
}

extension Arguments {
    /// These arguments, with those of the names in `names` as `other` has them.
    func replacing(_ names: [String], from other: Arguments) -> Arguments {
        var result = self
        for name in names { result.copy(name, from: other) }
        return result
    }
}
