import Diagnostics
import IR
import Spec

/// A layer, or a whole `Model`, applied once more: what calling a Keras layer a second time is.
///
/// The variables are those of the layer that `layer` names: they stand in the weights file once, under
/// its name, and count once. The inputs may have other shapes as long as the variables fit. Arguments
/// of the call (masks) are given anew. Without a `name`, the second use of `encode` is `encode.2`.
package struct Reuse: ReuseLayer {
    package static let className = "Reuse"
    package static let kerasPage = KerasPage.none
    package static let summary = "Applies a layer again, with the same variables."
    package static let formula = "output = layer(x)"
    package static let example = """
        layers:
          - Input: {shape: [8], name: left}
          - Input: {shape: [8], name: right}
          - Dense: {units: 4, name: encode, inputs: left}
          - Reuse: {layer: encode, inputs: right}
          - Subtract: {inputs: [encode, encode.2]}
        """

    package static let layerArgument = Argument<String>.layerName(
        "layer", "The name of an earlier layer, or of an earlier use of one.")
    package static let schema: [any ArgumentDescriptor] = [layerArgument]

    /// Those of every layer; each layer takes its own.
    package static let callSchema: [any ArgumentDescriptor] = {
        let all =
            MultiHeadAttention.callSchema + Attention.callSchema + CategoryEncoding.callSchema
        var names: Set<String> = []
        return all.filter { names.insert($0.name).inserted }
    }()

    package init(_ arguments: Arguments) {}

    /// Never called: an item of this class is read as the layer that it names.
    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        preconditionFailure("a Reuse is read as the layer it names")
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        preconditionFailure("a Reuse is read as the layer it names")
    }
}
