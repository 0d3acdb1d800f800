import Diagnostics
import IR

/// Layers inside other layers: `Sequential`, `TimeDistributed`, `SpectralNormalization`.
extension LayerCheck {
    /// Checks a layer inside the one at work and returns its output's type.
    ///
    /// - Parameters:
    ///   - input: what comes in, which `previous` makes, or where that is nil the layers that the
    ///     outer layer reads.
    ///   - mask: the shape of the mask that comes with it.
    ///   - takesStates: whether the layer at work takes more outputs than the first, where there are.
    /// - Returns: nil where the likeliest type is not known.
    package mutating func nested(
        _ item: LayerItem, _ input: TensorType, mask: [Int]? = nil,
        after previous: LayerItem? = nil, takesStates: Bool = false
    ) -> TensorType? {
        let type = Swift.type(of: item.layer)
        guard type.inputCount.takesTheLayerBefore else {
            bag.report(
                Diagnostic(
                    .inputCount,
                    "\(type.className) takes \(type.inputCount.text), and `\(name)` gives each layer "
                        + "inside it the one before",
                    at: item.span, label: "can't stand inside `\(name)`",
                    helps: [
                        "write a graph at the top level of `layers`, where `inputs` names layers"
                    ]))
            return nil
        }
        // The layers inside go on where those outside end.
        let all = history + inner
        let last = inner.indices.last { inner[$0].first?.name == previous?.name }
        let producers = last.map { inner[$0] } ?? self.producers
        var check = LayerCheck(
            item: item, producers: producers, history: all, guess: guess,
            masks: [mask])
        let output = check.outputType(item, [input])
        if item.layer.outputNames.count > 1, !takesStates {
            let count = item.layer.outputNames.count
            check.bag.report(
                Diagnostic(
                    .inputCount,
                    "`\(item.name)` has \(count) outputs, and `\(name)` takes one of each layer",
                    at: item.arguments.valueSpan("return_state") ?? item.span,
                    label: "\(count) outputs",
                    helps: [
                        (item.arguments.valueSpan("return_state") == nil
                            ? "" : "leave it out, or ")
                            + "put the layer into the list of `layers` itself"
                    ]))
        }
        let isPart = producers.first.map { $0.type != input } ?? false
        for var diagnostic in check.bag.diagnostics {
            if isPart { diagnostic.notes.append("`\(name)` gives it \(input.shapeText)") }
            bag.report(diagnostic)
        }
        if let output {
            inner.append([
                Producer(
                    item: item, type: output, inputs: producers.first.map { [$0.index] } ?? [],
                    index: all.count)
            ])
        }
        return output
    }

    /// What `body` makes of a check that speaks for a layer inside the one at work.
    package mutating func within<Result>(
        _ item: LayerItem, masks: [[Int]?] = [], _ body: (inout LayerCheck) -> Result
    ) -> Result {
        var check = LayerCheck(
            item: item, producers: producers, history: history, guess: guess, masks: masks)
        defer { bag.append(contentsOf: check.bag) }
        return body(&check)
    }
}

extension LayerItem {
    /// The layers that stand behind each other in this one, if it holds a list of them. The cells of
    /// a recurrence are none: they see a step, not what comes in.
    package var sequence: [LayerItem] {
        for descriptor in type(of: layer).schema {
            if case .layers = descriptor.kind, let argument = descriptor as? Argument<[LayerItem]> {
                return arguments[argument]
            }
        }
        return []
    }

    /// The output's type for an input that has been checked.
    package func checkedOutputType(_ input: TensorType) -> TensorType {
        var check = LayerCheck(item: self, producers: [])
        guard let type = check.outputType(self, [input]), !check.bag.hasErrors else {
            preconditionFailure("`\(name)` has not been checked for \(input)")
        }
        return type
    }
}

extension LayerItem {
    /// The layers that arguments of this one hold.
    package var innerItems: [LayerItem] {
        ArgumentIndex.nested(of: type(of: layer)).flatMap { descriptor -> [LayerItem] in
            switch descriptor {
            case let argument as Argument<LayerItem>: [arguments[argument]]
            case let argument as Argument<LayerItem?>: arguments[argument].map { [$0] } ?? []
            case let argument as Argument<[LayerItem]>: arguments[argument]
            case let argument as Argument<NestedGraph>: arguments[argument].items
            default: []
            }
        }
    }

    /// Whether it is a recurrence, or one both ways, that could hand every step on.
    var returnsLastStep: Bool {
        ([self] + innerItems).contains { item in
            type(of: item.layer).schema.contains { $0.name == "return_sequences" }
        }
    }

    /// Whether what a sample becomes depends on the others of its batch.
    package var usesWholeBatch: Bool {
        layer.usesWholeBatch || innerItems.contains(where: \.usesWholeBatch)
    }
}
