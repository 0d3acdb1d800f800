/// How a layer treats Keras's implicit masks when a model runs.
///
/// Keras writes the masks of layers that have an argument for one into the model's graph when it is
/// built, if it knows them by then: what comes into a `Model` and out of it has none there. All others
/// find them attached to the tensors that come in, where `MultiHeadAttention` takes them away (it
/// deletes `_keras_mask` of its query, value and key).
package enum MaskFlow: Sendable {
    /// The output's mask is attached again, whatever became of the inputs', where the graph names it or
    /// the layer makes one.
    case renews
    /// The output's mask is attached where those of all inputs are.
    case follows
    /// The output is the input, with what is attached to it.
    case isItsInput
    /// The same where a `Model` begins, which attaches the masks again that the graph around it names.
    case entersModel
    /// Uses what is attached to its inputs, and its output's mask is the first one's.
    case reads
    /// The same, and takes the masks away from all that read the inputs later.
    case takesAway
}

/// Which masks are gone by the time that Keras runs a layer.
struct AttachedMasks {
    private let layers: [CheckedLayer]

    /// The inputs of each layer, by position, whose masks a layer that reads what is attached doesn't
    /// find.
    static func lost(_ layers: [CheckedLayer], outputs: [Int]) -> [Set<Int>] {
        let none = [Set<Int>](repeating: [], count: layers.count)
        let isConcerned = layers.contains { layer in
            layer.maskFlow == .takesAway
                && layer.inputs.contains { layers[$0].outputMask != nil }
        }
        guard isConcerned else { return none }
        let order = RunningOrder(layers, outputs: outputs).indices
        return AttachedMasks(layers: layers).run(order, none)
    }

    private func run(_ order: [Int], _ none: [Set<Int>]) -> [Set<Int>] {
        let isNamed = named
        var lost = none
        // The layer that made the tensor: some layers give back their input.
        var makers = Array(layers.indices)
        var isAttached = [Bool](repeating: false, count: layers.count)
        for index in order {
            let layer = layers[index]
            let sources = layer.inputs.map { makers[$0] }
            var found = sources.map { isAttached[$0] }
            let hasMask = layer.outputMask != nil
            switch layer.maskFlow {
            case .renews:
                found = zip(found, layer.inputs).map { $0 || isNamed[$1] }
                lost[index] = Set(found.indices.filter { !found[$0] })
                isAttached[index] = hasMask && (isNamed[index] || found.first ?? false)
            case .follows:
                lost[index] = Set(found.indices.filter { !found[$0] })
                isAttached[index] = hasMask && found.allSatisfy(\.self)
            case .isItsInput: makers[index] = sources[0]
            case .entersModel:
                makers[index] = sources[0]
                if isNamed[layer.inputs[0]] { isAttached[sources[0]] = true }
            case .reads, .takesAway:
                lost[index] = Set(found.indices.filter { !found[$0] })
                isAttached[index] = hasMask && found[0]
            }
            if layer.maskFlow == .takesAway {
                let own = Swift.type(of: layer.item.layer).ownInputCount(
                    layer.item.arguments, inputCount: sources.count)
                for source in sources.prefix(own) { isAttached[source] = false }
            }
        }
        return lost
    }

    /// The layers of whose outputs Keras knows a mask when it builds the graph that they stand in.
    private var named: [Bool] {
        var masks: [[Int]?] = []
        for layer in layers {
            let isEnd = layer.item.layer is ModelInput || layer.item.layer is ModelOutput
            masks.append(
                isEnd || layer.outputMask == nil
                    ? nil
                    : layer.item.layer.outputMask(layer.inputTypes, layer.inputs.map { masks[$0] }))
        }
        return zip(layers, masks).map { !$0.item.isModelOutput && $1 != nil }
    }
}

extension CheckedLayer {
    fileprivate var maskFlow: MaskFlow { Swift.type(of: item.layer).maskFlow }
}
