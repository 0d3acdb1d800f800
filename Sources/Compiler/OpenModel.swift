import Diagnostics
import IR
import Plan
import Spec

/// A model whose spec may leave sizes open: what is known of it before they have numbers.
package struct OpenModel: Sendable {
    package struct Input: Sendable {
        package let name: String
        package let span: SourceSpan
        package let elementType: ElementType
        package let rank: Int
        /// The sizes without a number, by axis, the batch left out.
        package let openSizes: [Int: OpenSize]
    }

    package let file: SourceFile
    package let inputs: [Input]

    init(_ spec: ModelSpec) {
        file = spec.file
        inputs = spec.layers.compactMap { item in
            guard let item, let input = item.layer as? any InputLayer else { return nil }
            let own = spec.openSizes.filter { $0.input == item.name && !$0.isBound }
            return Input(
                name: item.name, span: item.span, elementType: input.elementType,
                rank: input.sizes.count,
                openSizes: Dictionary(
                    own.map { ($0.axis, $0) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// Whether a size has no number.
    package var isOpen: Bool { inputs.contains { !$0.openSizes.isEmpty } }
}

extension CheckedModel {
    /// What comes in, for batches of `batch` samples.
    package func inputPorts(batch: Int = 1) -> [Port] {
        inputs.map {
            Port(
                name: $0.name,
                type: TensorType($0.outputType.elementType, [batch] + $0.outputType.shape))
        }
    }

    /// How many of `count` samples a prediction is made of: all where they depend on each other.
    package func batch(ofSamples count: Int) -> Int { usesWholeBatch ? count : 1 }
}
