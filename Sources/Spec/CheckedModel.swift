import Diagnostics
import IR
import Syntax

/// A layer whose inputs and output have known shapes (batch axis left out).
package struct CheckedLayer: Sendable {
    package let item: LayerItem
    /// Indices of the layers it reads in `CheckedModel.layers`.
    package let inputs: [Int]
    package let inputTypes: [TensorType]
    package let outputType: TensorType
    /// The types of its outputs behind the first, where it has several.
    package let moreOutputs: [TensorType]
    /// The shape of the mask that the output carries, if it does.
    package let outputMask: [Int]?
    /// Its variables under their full keys: `conv2d/kernel`; none where it computes with those of
    /// another layer, which it applies again.
    package let weights: [WeightSpec]

    package var name: String { item.name }
    /// Its outputs under the names that others read them by: `encoder/state_h` where it has several.
    package var outputs: [(name: String, type: TensorType)] {
        let names = item.layer.outputNames.map { "\(name)/\($0)" }
        return Array(zip(names.isEmpty ? [name] : names, [outputType] + moreOutputs))
    }
    package var parameterCount: Int { weights.reduce(0) { $0 + $1.count } }
}

/// A model in which every shape is known. Only the shape checker makes one.
package struct CheckedModel: Sendable {
    package let name: String
    package let file: SourceFile
    package let layers: [CheckedLayer]
    /// Indices of the outputs' layers, in the order the spec names them.
    package let outputs: [Int]
    /// The weights file as written, relative to the spec.
    package let weightsPath: (path: String, span: SourceSpan)?
    /// What stands under `compile`.
    package let training: SyntaxNode?

    init(
        name: String, file: SourceFile, layers: [CheckedLayer], outputs: [Int],
        weightsPath: (path: String, span: SourceSpan)?, training: SyntaxNode? = nil
    ) {
        self.name = name
        self.file = file
        self.layers = layers
        self.outputs = outputs
        self.weightsPath = weightsPath
        self.training = training
    }

    /// Every variable of the model, in the order of its layers; that of a shared layer once.
    package var weights: [WeightSpec] { layers.flatMap(\.weights) }

    /// What comes in, in the order of the graph's inputs.
    package var inputs: [CheckedLayer] { layers.filter { $0.item.layer is any InputLayer } }

    /// Whether what a sample becomes depends on the others of its batch.
    package var usesWholeBatch: Bool { layers.contains { $0.item.usesWholeBatch } }
}
