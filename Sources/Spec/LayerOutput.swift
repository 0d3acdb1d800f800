import IR

/// One of the outputs of a layer that makes several: `encoder/state_h`. Stands behind the layer in the
/// list of layers, and reads it alone.
package struct LayerOutput: Layer {
    package static let className = "Output"
    package static let summary = "One of a layer's outputs."
    package static let formula = "output = x"
    package static let example = ""
    package static let maskFlow = MaskFlow.isItsInput

    private let index: Int

    package init(_ arguments: Arguments) { preconditionFailure("a layer with outputs makes it") }

    /// - Parameter index: which one, in Keras's order.
    init(_ index: Int) { self.index = index }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard index > 0 else { return inputs[0] }
        // Fewer are known where the layer has an error.
        let more = check.producers.first?.moreOutputs ?? []
        return more.indices.contains(index - 1) ? more[index - 1] : nil
    }

    /// Keras's masks are of the first output.
    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        index == 0 ? masks.first ?? nil : nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.outputMask = index == 0 ? lowering.mask() : nil
        return lowering.sourceOutputs.count > index
            ? lowering.sourceOutputs[index] : lowering.sourceOutputs[0]
    }
}
