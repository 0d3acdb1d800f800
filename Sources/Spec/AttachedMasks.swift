/// How a layer treats Keras's implicit masks when a model runs.
///
/// Keras writes the masks of layers that have an argument for one into the model's graph when it is
/// built. All others find them attached to the tensors that come in, where `MultiHeadAttention` takes
/// them away (it deletes `_keras_mask` of its query, value and key).
package enum MaskFlow: Sendable {
    /// The output's mask is attached again, whatever became of the inputs': the graph names it, or the
    /// layer makes one.
    case renews
    /// The output's mask is attached where those of all inputs are.
    case follows
    /// The output is the input, with what is attached to it.
    case isItsInput
    /// Uses what is attached to its inputs, and its output's mask is the first one's.
    case reads
    /// The same, and takes the masks away from all that read the inputs later.
    case takesAway
}

/// The order in which Keras runs a model, and which masks are gone by then.
struct AttachedMasks {
    private let layers: [CheckedLayer]
    private let outputs: [Int]

    /// The inputs of each layer, by position, whose masks a layer that reads what is attached doesn't
    /// find.
    static func lost(_ layers: [CheckedLayer], outputs: [Int]) -> [Set<Int>] {
        let none = [Set<Int>](repeating: [], count: layers.count)
        let isConcerned = layers.contains { layer in
            layer.maskFlow == .takesAway
                && layer.inputs.contains { layers[$0].outputMask != nil }
        }
        return isConcerned ? AttachedMasks(layers: layers, outputs: outputs).run(none) : none
    }

    private func run(_ none: [Set<Int>]) -> [Set<Int>] {
        var lost = none
        // The layer that made the tensor: some layers give back their input.
        var makers = Array(layers.indices)
        var isAttached = [Bool](repeating: false, count: layers.count)
        for index in order {
            let layer = layers[index]
            let sources = layer.inputs.map { makers[$0] }
            let found = sources.map { isAttached[$0] }
            switch layer.maskFlow {
            case .renews: isAttached[index] = layer.outputMask != nil
            case .follows:
                lost[index] = Set(found.indices.filter { !found[$0] })
                isAttached[index] = layer.outputMask != nil && found.allSatisfy(\.self)
            case .isItsInput: makers[index] = sources[0]
            case .reads, .takesAway:
                lost[index] = Set(found.indices.filter { !found[$0] })
                isAttached[index] = layer.outputMask != nil && found[0]
            }
            if layer.maskFlow == .takesAway {
                let own = Swift.type(of: layer.item.layer).ownInputCount(
                    layer.item.arguments, inputCount: sources.count)
                for source in sources.prefix(own) { isAttached[source] = false }
            }
        }
        return lost
    }

    /// Keras's order (`keras.src.ops.function.map_graph`): by the longest way to an output, the longest
    /// first, and what is as far in the order in which the search from the outputs meets it.
    private var order: [Int] {
        var depths: [Int?] = layers.map { _ in nil }
        var met: [Int] = []
        // A layer that is applied several times counts where it is farthest from the outputs.
        var layerDepths: [String: Int] = [:]
        func deepen(_ index: Int, _ depth: Int) {
            if depths[index] == nil { met.append(index) }
            depths[index] = max(depth, depths[index] ?? 0)
        }
        for index in sourcesFirst.reversed() {
            let name = layers[index].item.variablesName
            deepen(index, layerDepths[name] ?? 0)
            let depth = depths[index]!
            layerDepths[name] = depth
            for source in layers[index].inputs { deepen(source, depth + 1) }
        }
        let byDepth = Dictionary(grouping: met) { depths[$0]! }
        return byDepth.keys.sorted(by: >).flatMap { byDepth[$0]! }
    }

    /// What the outputs depend on, each layer behind those that it reads, depth first.
    private var sourcesFirst: [Int] {
        var order: [Int] = []
        var isMet = [Bool](repeating: false, count: layers.count)
        for output in outputs where !isMet[output] {
            isMet[output] = true
            var path = [(index: output, next: 0)]
            while let top = path.last {
                let inputs = layers[top.index].inputs
                guard top.next < inputs.count else {
                    order.append(top.index)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let source = inputs[top.next]
                guard !isMet[source] else { continue }
                isMet[source] = true
                path.append((source, 0))
            }
        }
        return order
    }
}

extension CheckedLayer {
    fileprivate var maskFlow: MaskFlow { Swift.type(of: item.layer).maskFlow }
}
