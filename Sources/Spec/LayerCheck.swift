import Diagnostics
import IR

/// What a layer reports problems of its shapes to: knows where things stand in the spec.
package struct LayerCheck {
    package let item: LayerItem
    /// The layers whose outputs come in, for labels.
    let producers: [Producer]
    /// The shapes of the inputs' masks, the batch axis left out; nil for inputs that carry none.
    package let masks: [[Int]?]
    package var bag = DiagnosticBag()

    struct Producer {
        let name: String
        let span: SourceSpan
        let type: TensorType
    }

    /// What a message points at.
    package enum Place {
        case layer
        /// The argument's value, or the layer where it was not written.
        case argument(String)
    }

    init(item: LayerItem, producers: [Producer], masks: [[Int]?] = []) {
        self.item = item
        self.producers = producers
        self.masks = masks
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
                notes: notes, helps: helps, fixIts: fixIts))
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
            notes: ["a mask comes from `Masking` or from `Embedding` with `mask_zero: true`"])
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
            switch (found.rank, axes.count) {
            case (1, let more) where more > 1:
                helps = [
                    "if a `Flatten` came before, move it behind this layer; `Reshape` makes "
                        + "\(wanted) of a row"
                ]
            case (let many, 1) where many > 1: helps = ["`Flatten` makes one axis of all of them"]
            case (let few, let more) where few == more - 1 && axes.last == "channels":
                let shape = (found.shape + [1]).map(String.init).joined(separator: ", ")
                helps = ["if there is one channel, say so: `Reshape: {target_shape: [\(shape)]}`"]
            default: break
            }
        }
        error(
            .inputRank,
            "\(item.className) takes \(wanted), \(axes.count) \(axes.count == 1 ? "axis" : "axes") "
                + "beside the batch, and gets \(found.rank): \(found.shapeText)",
            label: "takes \(wanted)", inputs: [index],
            notes: [
                "Keras counts the batch axis too and says: expected ndim=\(axes.count + 1), "
                    + "found ndim=\(found.rank + 1)"
            ], helps: helps)
        return false
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
