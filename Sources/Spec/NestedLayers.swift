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
    /// - Returns: nil where the likeliest type is not known.
    package mutating func nested(
        _ item: LayerItem, _ input: TensorType, mask: [Int]? = nil,
        after previous: LayerItem? = nil
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
        let producers =
            previous.map { [Producer(name: $0.name, span: $0.span, type: input)] } ?? producers
        return within(item, producers, masks: [mask]) { $0.outputType(item, [input]) }
    }

    /// What `body` makes of a check that speaks for a layer inside the one at work.
    package mutating func within<Result>(
        _ item: LayerItem, masks: [[Int]?] = [], _ body: (inout LayerCheck) -> Result
    ) -> Result {
        within(item, producers, masks: masks, body)
    }

    private mutating func within<Result>(
        _ item: LayerItem, _ producers: [Producer], masks: [[Int]?],
        _ body: (inout LayerCheck) -> Result
    ) -> Result {
        var check = LayerCheck(item: item, producers: producers, masks: masks)
        defer { bag.append(contentsOf: check.bag) }
        return body(&check)
    }
}

extension LayerItem {
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
        type(of: layer).fullSchema.flatMap { descriptor -> [LayerItem] in
            switch descriptor {
            case let argument as Argument<LayerItem>: [arguments[argument]]
            case let argument as Argument<LayerItem?>: arguments[argument].map { [$0] } ?? []
            case let argument as Argument<[LayerItem]>: arguments[argument]
            default: []
            }
        }
    }

    /// Whether what a sample becomes depends on the others of its batch.
    package var usesWholeBatch: Bool {
        layer.usesWholeBatch || innerItems.contains(where: \.usesWholeBatch)
    }
}
