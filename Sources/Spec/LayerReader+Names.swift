import Diagnostics
import Syntax

/// Class names that are not in the catalog.
extension LayerReader {
    /// Reports an unknown class; the result is the class to go on with, if it is sure enough.
    mutating func reportUnknown(_ head: Head) -> (any Layer.Type)? {
        unknownClasses += 1
        if head.className.isEmpty {
            bag.report(
                Diagnostic(
                    .layerItem, "the class name is empty", at: head.span, label: "no class name",
                    helps: ["name a layer: `- Dense: {units: 10}`"]))
            return nil
        }
        let guess = guess(head)
        var label = "not a class of keras.layers"
        let isAbsent = catalog.absent[head.className] != nil
        if isAbsent { label = guess.help ?? label }
        // A layer with its arguments can't take the place of a key.
        let canReplace =
            !(guess.replacement ?? "").contains("...")
            && (!(guess.replacement ?? "").contains(":") || !head.span.isKey)
        bag.report(
            Diagnostic(
                .unknownLayer,
                isAbsent
                    ? "bnc has no layer `\(head.className)`"
                    : "there is no layer `\(head.className)`",
                at: head.span, label: label,
                notes: (guess.note
                    ?? guess.replacement.flatMap {
                        Suggestion.strangeLetter(in: head.className, meant: $0)
                    }).map { [$0] } ?? [],
                helps: (isAbsent
                    ? head.className == "Lambda" ? [Self.lambdaHelp] : []
                    : guess.help.map { [$0] } ?? [])
                    + (canReplace ? [] : guess.replacement.map { ["did you mean `\($0)`?"] } ?? []),
                fixIts: !canReplace
                    ? []
                    : guess.replacement.map {
                        [FixIt(span: head.span, replacement: $0, text: "did you mean `\($0)`?")]
                    } ?? []))
        return guess.isSure ? guess.className.flatMap { catalog[$0] } : nil
    }

    private static let lambdaHelp =
        "what it computes may be a layer: `Rescaling`, `Reshape`, `Permute`, `Multiply`, "
        + "`UnitNormalization`, `Activation`..."

    /// What the names of models in keras.applications and the like begin with.
    private static let wholeModels = [
        "alexnet", "bert", "convnext", "densenet", "efficientnet", "googlenet", "inceptionresnet",
        "inceptionv", "lenet", "mobilenet", "nasnet", "regnet", "resnet", "resnext", "squeezenet",
        "transformer", "unet", "vgg", "xception", "yolo",
    ]

    /// What a class name most likely means.
    private struct Guess {
        /// The class in the catalog.
        var className: String?
        /// What to write in its place.
        var replacement: String?
        var note: String?
        /// What to say where there is no replacement.
        var help: String?
        /// Whether to go on with the class.
        var isSure = false
    }

    private func guess(_ head: Head) -> Guess {
        let full = head.className
        if let item = scopes.last?.items[full], !item.layer.isInput {
            let inputs = head.value("inputs").map { ", inputs: \($0.span.text)" } ?? ""
            return Guess(
                note: "`\(full)` is the name of a layer above",
                help: "`Reuse: {layer: \(full)\(inputs)}` applies it again")
        }
        if SpecReader.keys.contains(full), full != "layers" {
            return Guess(
                help: "`\(full)` is a key of the spec, beside `layers`: begin it at the left margin"
            )
        }
        if Self.repetitions.contains(full.lowercased()) || isRepeated(full) {
            return Guess(help: Self.repetitionHelp)
        }
        if ["include", "import", "extends", "from_file", "file"].contains(full.lowercased()) {
            return Guess(help: "a spec is one file: write the layers of the other one here")
        }
        if let reason = catalog.absent[full] { return Guess(help: reason) }
        // `keras.layers.Conv2D`, `nn.Linear`.
        let name = full.split(separator: ".").last.map(String.init) ?? full
        if let known = catalog[name] ?? catalog.sameName(as: name).flatMap({ catalog[$0] }) {
            return Guess(
                className: known.className, replacement: known.className, isSure: true)
        }
        if let foreign = catalog.foreign(name) {
            let known = catalog[foreign.className]
            if known == nil, let reason = catalog.absent[foreign.className] {
                return Guess(note: "Keras calls it `\(foreign.className)`", help: reason)
            }
            return Guess(
                className: known == nil ? nil : foreign.className,
                replacement: head.arguments.isEmpty || !foreign.instead.contains(":")
                    ? foreign.instead : nil,
                note: foreign.note ?? foreign.origin.map { "`\(name)` is \($0)'s name" },
                help: head.arguments.isEmpty || !foreign.instead.contains(":")
                    ? nil : "write `\(foreign.instead)`",
                isSure: known.map { !$0.mergesLayers } ?? false && !foreign.instead.contains(":"))
        }
        let activations = ActivationFunction.all.map(\.name)
        if let activation = Suggestion.same(as: name, in: activations) {
            return activationGuess(name, activation, head)
        }
        if let absent = Suggestion.same(as: name, in: catalog.absent.keys.sorted()) {
            return Guess(note: "Keras calls it `\(absent)`", help: catalog.absent[absent])
        }
        // `Conv`, `MaxPool`: for two spatial axes, as most have.
        if let planar = Suggestion.same(as: name + "2D", in: catalog.names),
            let known = catalog[planar]
        {
            let stem = known.className.dropLast(2)
            return Guess(
                className: known.className, replacement: known.className,
                note:
                    "`\(stem)1D`, `\(stem)2D` and `\(stem)3D` differ in the number of spatial axes"
            )
        }
        if let help = Self.help(forUnknown: name) { return Guess(help: help) }
        if Self.wholeModels.contains(where: { name.lowercased().hasPrefix($0) }) {
            return Guess(
                help:
                    "`\(name)` is a whole model, not a layer: a spec lists the layers it is made of"
            )
        }
        guard unknownClasses <= 200, let near = Suggestion.nearest(to: name, in: catalog.names),
            let known = catalog[near]
        else {
            return Guess(
                help: name.first?.isUppercase == true
                    ? "a spec knows Keras's layers, not those of a program; `bnc layers` lists them "
                        + "all" : "`bnc layers` lists them all")
        }
        let planar = String(known.className.dropLast(2)) + "2D"
        if let digit = known.className.dropLast().last, digit.isNumber, !name.contains(digit),
            let other = catalog[planar], Suggestion.nearest(to: name, in: [planar]) != nil
        {
            // `AdaptiveMaxPoolingxD`: the number of axes is what isn't known.
            return Guess(className: other.className, replacement: other.className)
        }
        let takes = known.fullSchema.flatMap { [$0.name] + $0.formerNames } + LayerReader.common
        return Guess(
            className: known.className, replacement: known.className,
            isSure: head.arguments.allSatisfy { entry in
                let key = entry.keyText ?? ""
                return takes.contains(key) || ForeignArguments.meaning(of: key, in: takes) != nil
                    || Suggestion.nearest(to: key, in: takes) != nil
            })
    }

    /// `Dense x 3`, `3x Dense`, `Dense*3`.
    private func isRepeated(_ text: String) -> Bool {
        let words = text.split { " x×*".contains($0) }.map(String.init)
        return words.count == 2 && words.contains { catalog[$0] != nil }
            && words.contains { Int($0) != nil }
    }

    static let repetitions = ["repeat", "loop", "foreach", "for", "times"]

    static let repetitionHelp =
        "a spec has no loops; YAML repeats a layer by an anchor: the first as "
        + "`- &name {Dense: {units: 10}}`, the others as `- *name`"

    /// What to say of names whose kind is known.
    private static func help(forUnknown name: String) -> String? {
        let hub = [
            "PositionEmbedding", "SinePositionEncoding", "TokenAndPositionEmbedding",
            "RotaryEmbedding", "TransformerEncoder", "TransformerDecoder", "FNetEncoder",
            "MaskedLMHead", "CachedMultiHeadAttention", "PositionalEncoding",
            "PositionalEmbedding",
        ]
        let parts = [
            "TransformerEncoder":
                "`MultiHeadAttention`, `Add`, `LayerNormalization` and `Dense`",
            "TransformerDecoder":
                "`MultiHeadAttention` with `use_causal_mask: true`, `Add`, `LayerNormalization` and "
                + "`Dense`",
        ]
        if let known = hub.first(where: { $0.lowercased() == name.lowercased() }) {
            let made =
                parts[known]
                ?? (known.contains("Position")
                    ? "an `Embedding` of the positions, an Input of int32, and `Add`" : nil)
            return "it belongs to KerasHub or to a program, not to Keras"
                + (made.map { ": it is made of \($0)" } ?? "; `bnc layers` lists Keras's layers")
        }
        let ends = [
            "Block", "Bottleneck", "Stage", "Backbone", "Encoder", "Decoder", "Head", "Stem",
        ]
        guard name.first?.isUppercase == true, ends.contains(where: { name.hasSuffix($0) }),
            name.count > 6
        else { return nil }
        return "a part of a model is written as the layers it is made of, as a `Sequential` or a "
            + "`Model` where it has a name; YAML's anchors repeat it"
    }

    private func activationGuess(_ name: String, _ activation: String, _ head: Head) -> Guess {
        let text = "Activation: {activation: \(activation)}"
        return Guess(
            className: "Identity", replacement: head.arguments.isEmpty ? text : nil,
            note: "in Keras `\(activation)` is an activation, not a layer",
            help: head.arguments.isEmpty ? nil : "write `\(text)`",
            isSure: head.arguments.isEmpty)
    }
}

/// A layer of another library, or of older Keras, and what it is here.
package struct ForeignLayer: Sendable {
    /// What to write instead: a class name, or one over arguments.
    package let instead: String
    /// Whose name it is: `PyTorch`.
    package let origin: String?
    /// What else to know.
    package let note: String?

    package init(_ instead: String, origin: String? = nil, note: String? = nil) {
        self.instead = instead
        self.origin = origin
        self.note = note
    }

    var className: String { String(instead.prefix { $0 != ":" }) }
}

extension SourceSpan {
    /// Whether a colon follows.
    fileprivate var isKey: Bool {
        var offset = range.upperBound
        while offset < file.bytes.count, file.bytes[offset] == UInt8(ascii: " ") { offset += 1 }
        return offset < file.bytes.count && file.bytes[offset] == UInt8(ascii: ":")
    }
}
