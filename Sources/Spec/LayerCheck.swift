import Diagnostics
import IR

/// What a layer reports problems of its shapes to: knows where things stand in the spec.
package struct LayerCheck {
    package let item: LayerItem
    /// The layers whose outputs come in, for labels.
    package let producers: [Producer]
    /// The shapes of the inputs' masks, the batch axis left out; nil for inputs that carry none.
    package let masks: [[Int]?]
    package var bag = DiagnosticBag()
    /// 0, or 1 where the layer is checked a second time to see what depends on a guess.
    package let guess: Int
    /// Where a layer with several outputs leaves the types of those behind the first, the batch axis left
    /// out.
    package var moreOutputs: [TensorType] = []

    /// A size that is not known, different in each guess.
    package var unknownSize: Int { guess == 0 ? 1 : 61 }

    /// What the layers before make, by index; for how shapes came about.
    let history: [[Producer]]
    /// The same for layers inside this one.
    var inner: [[Producer]] = []

    /// A layer whose output is read.
    package struct Producer: Sendable {
        package let item: LayerItem
        package let type: TensorType
        /// What it reads itself, by index.
        let inputs: [Int]
        /// Its own index.
        let index: Int
        /// The shape of the mask that its output carries, the batch axis left out; nil for none.
        var mask: [Int]? = nil
        /// The types of its outputs behind the first, where it has several.
        var moreOutputs: [TensorType] = []

        package var name: String { item.name }
        var span: SourceSpan { item.span }
    }

    /// What a message points at.
    package enum Place {
        case layer
        /// The argument's value, or the layer where it was not written.
        case argument(String)
    }

    init(
        item: LayerItem, producers: [Producer], history: [[Producer]] = [], guess: Int = 0,
        masks: [[Int]?]? = nil
    ) {
        self.item = item
        self.producers = producers
        self.history = history
        self.guess = guess
        self.masks = masks ?? producers.map(\.mask)
    }

    /// What a layer reads that this one reads; nil for an Input, or inside another layer.
    package func input(of producer: Producer) -> Producer? {
        guard let index = producer.inputs.first, history.indices.contains(index) else { return nil }
        let choices = history[index]
        return choices.isEmpty ? nil : choices[min(guess, choices.count - 1)]
    }

    /// The last two layers before this one, for an example of `inputs`.
    package var lastNames: String {
        let names = history.suffix(2).compactMap { $0.first?.name }
        return names.count == 2 ? names.joined(separator: ", ") : "first, second"
    }

    /// The mask of an input, if it carries one.
    package func mask(_ index: Int = 0) -> [Int]? {
        masks.indices.contains(index) ? masks[index] : nil
    }

    package var name: String { item.name }

    package func span(_ place: Place) -> SourceSpan {
        switch place {
        case .layer: item.span
        case .argument(let name): item.arguments.valueSpan(name) ?? item.span
        }
    }

    /// Reports an error of this layer; `inputs` are the inputs at fault, whose producers get a label
    /// that says which shape they made.
    package mutating func error(
        _ code: DiagnosticCode, _ message: String, at place: Place = .layer, label: String = "",
        inputs: [Int] = [], notes: [String] = [], helps: [String] = [], fixIts: [FixIt] = []
    ) {
        bag.report(
            Diagnostic(
                code, message, at: span(place), label: label,
                secondary: inputs.compactMap { index in
                    guard producers.indices.contains(index) else { return nil }
                    let producer = producers[index]
                    return Label(
                        span: producer.span,
                        text: "`\(producer.name)` makes \(producer.type.shapeText)")
                },
                notes: notes + origins(of: inputs, code), helps: helps, fixIts: fixIts))
    }

    /// How the shapes that don't fit came about.
    private func origins(of inputs: [Int], _ code: DiagnosticCode) -> [String] {
        guard code == .shapeMismatch || code == .windowTooLarge || code == .inputRank else {
            return []
        }
        var notes: [String] = []
        for index in inputs where producers.indices.contains(index) {
            let note =
                code == .inputRank
                ? rankOrigin(of: producers[index]) : origin(of: producers[index])
            if let note, !notes.contains(note) { notes.append(note) }
        }
        return notes
    }

    /// Reports something that the user should know about this layer, and that is no error.
    package mutating func warning(
        _ code: DiagnosticCode, _ message: String, at place: Place = .layer, label: String = "",
        helps: [String] = []
    ) {
        bag.report(Diagnostic(code, .warning, message, at: span(place), label: label, helps: helps))
    }

    /// Whether input `index` carries no mask, or one that marks each of its first axis's cells;
    /// reports if not.
    package mutating func requireStepMask(_ inputs: [TensorType], _ index: Int = 0) -> Bool {
        guard let mask = mask(index), mask != Array(inputs[index].shape.prefix(1)) else {
            return true
        }
        let shape = TensorType(.float32, mask).shapeText
        error(
            .shapeMismatch,
            "\(item.className) can't use the mask of its input, which marks \(shape): it takes one mark "
                + "for each of the \(inputs[index].shape.first ?? 0) steps",
            label: "takes a mask of steps", inputs: [index],
            notes: ["a mask comes from `Masking` or from `Embedding` with `mask_zero: true`"],
            helps: ["`Reshape: {target_shape: \(inputs[index].shape)}` before it drops the mask"])
        return false
    }

    /// Whether input `index` has the rank that `axes` names (batch left out); reports if not.
    package mutating func requireRank(
        _ inputs: [TensorType], _ index: Int = 0, axes: [String], helps: [String] = []
    ) -> Bool {
        let found = inputs[index]
        if found.rank == axes.count { return true }
        let wanted = "(\(axes.joined(separator: ", ")))"
        var helps = helps
        if helps.isEmpty {
            helps = rankHelps(
                found, axes, producer: producers.indices.contains(index) ? index : nil)
        }
        error(
            .inputRank,
            "\(item.className) takes \(wanted), \(axes.count) \(axes.count == 1 ? "axis" : "axes") "
                + "beside the batch, and gets \(found.rank): \(found.shapeText)",
            label: "takes \(wanted)", inputs: [index],
            helps: helps)
        return false
    }

    /// What brings an input to the rank that `axes` names.
    private func rankHelps(_ found: TensorType, _ axes: [String], producer: Int?) -> [String] {
        let before = producer.map { producers[$0] }
        let name = item.className
        let wanted = axes.count
        if let before, before.type.rank == wanted, found.rank == wanted - 1,
            Array(before.type.shape.dropFirst()) == found.shape
        {
            return [
                "`TimeDistributed` takes the first axis for time; without it, `\(name)` takes "
                    + "\(before.type.shapeText) as it is"
            ]
        }
        // A layer on the way made fewer axes of as many.
        if found.rank < wanted, before?.item.className != "Reshape",
            let cause = before.flatMap({ axisLoss(before: $0, rank: wanted) })
        {
            if cause.item.returnsLastStep {
                return [
                    "`return_sequences: true` in `\(cause.name)` hands every step on, not only the "
                        + "last"
                ]
            }
            return [
                "`\(cause.name)` makes \(cause.type.rank == 1 ? "one axis" : "\(cause.type.rank) axes") of "
                    + "\(wanted); `\(self.name)` belongs before it"
            ]
        }
        if let before, let shape = sampleShape(found, before, rank: wanted) {
            return [
                "if the first size is the batch axis, leave it out of `\(before.name)`: `shape: "
                    + "\(shape)`"
            ]
        }
        if axes == ["time", "features"], found.rank == 3, before?.item.className != "Reshape" {
            let features = found.shape[1].multipliedReportingOverflow(by: found.shape[2])
            return features.overflow
                ? []
                : [
                    "to read it row by row, put `Reshape: {target_shape: [\(found.shape[0]), "
                        + "\(features.partialValue)]}` before it"
                ]
        }
        if axes == ["time", "features"], found.rank == 4 {
            return [
                "`TimeDistributed: {layer: Flatten}` before it makes one axis of each step's; a "
                    + "ConvLSTM2D takes steps of images"
            ]
        }
        if wanted == 1 { return ["`Flatten` before it makes one axis of all of them"] }
        if axes.last == "channels", found.rank > 1,
            ![1, 3, 4].contains(found.shape.last!)
                || found.rank > wanted || wanted == 2
        {
            if found.rank == wanted - 1 {
                let shape = (found.shape + [1]).map(String.init).joined(separator: ", ")
                if let before, before.inputs.isEmpty {
                    return [
                        "if there is one channel, say so in `\(before.name)`: `shape: [\(shape)]`"
                    ]
                }
                let oneChannel =
                    "if there is one channel, say so: `Reshape: {target_shape: [\(shape)]}`"
                guard before?.item.className != "Reshape", wanted > 2,
                    name.hasSuffix("\(wanted - 1)D")
                else { return [oneChannel] }
                return [
                    "where the last axis is the channels, Keras has "
                        + "`\(name.dropLast(2))\(wanted - 2)D`", oneChannel,
                ]
            }
        }
        if found.rank > 1, found.rank < 5, name.hasSuffix("\(wanted - 1)D") {
            let spatial = found.rank - 1
            return [
                "for \(spatial) spatial \(spatial == 1 ? "axis" : "axes") Keras has "
                    + "`\(name.dropLast(2))\(spatial)D`"
            ]
        }
        if found.rank == 1 { return [rowHelp(found.shape[0], axes)] }
        return []
    }

    /// The shape of an Input without its first axis, where that looks like the batch.
    private func sampleShape(_ found: TensorType, _ before: Producer, rank: Int) -> String? {
        guard before.inputs.isEmpty, before.item.layer is any InputLayer, found.rank == rank + 1,
            found.shape[0] == 1 || before.item.arguments.isWritten("batch_size")
                || OpenSize.guesses.contains(found.shape[0])
        else { return nil }
        return "\(Array(found.shape.dropFirst()))"
    }

    /// How a row of `count` numbers may become what `axes` names.
    private func rowHelp(_ count: Int, _ axes: [String]) -> String {
        if axes.count == 2 {
            return
                "for a sequence of single numbers, put `Reshape: {target_shape: [\(count), 1]}` before "
                + "it"
        }
        if axes.count == 3 {
            for channels in [1, 3] where count % channels == 0 {
                let side = Int(Double(count / channels).squareRoot().rounded())
                if side > 1, side * side * channels == count {
                    return
                        "if the row is an image, put `Reshape: {target_shape: [\(side), \(side), "
                        + "\(channels)]}` before it"
                }
            }
        }
        return "`Reshape` before it can make \(axes.count) axes of the row"
    }

    /// The index of `axis` in a shape without batch, from Keras's numbering in which 0 is the batch
    /// and -1 the last axis; reports and returns nil where there is none.
    package mutating func resolveAxis(
        _ axis: Int, of type: TensorType, argument: String = "axis", input: Int = 0
    ) -> Int? {
        let rank = type.rank + 1
        let resolved = axis < 0 ? axis + rank : axis
        if resolved >= 1 && resolved < rank { return resolved - 1 }
        let range =
            switch rank {
            case 1: "no axis beside the batch to name"
            case 2: "the only axis is 1, or -1"
            default: "should be 1 to \(rank - 1), or -1 to -\(rank - 1) from the end"
            }
        error(
            .axisRange,
            resolved == 0
                ? "axis \(axis) is the batch axis, which \(item.className) can't use"
                : "there is no axis \(axis) in \(type.shapeText)",
            at: .argument(argument), label: range, inputs: [input])
        return nil
    }
}

extension TensorType {
    /// A shape as Keras writes it, batch left out: `(28, 28, 32)`.
    package var shapeText: String {
        shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
    }
}
