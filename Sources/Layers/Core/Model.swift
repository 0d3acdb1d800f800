import Diagnostics
import IR
import Spec

/// A graph of layers as one layer, a nested `keras.Model(inputs, outputs)`.
///
/// In a list of layers it reads a layer for each of its Inputs, in their order, and its variables stand
/// under `<its name>/<inner layer's name>/...`. With one output, layers behind it name it by its name
/// (`encoder`); with several, `encoder/mean` is its output `mean`, and `encoder` stands for all of them
/// in their order. Layers inside it read each other and its Inputs, nothing else. `null` in the shape
/// of an inner Input takes whatever size comes in.
package struct Model: Layer, GraphLayer {
    package static let className = "Model"
    package static let aliases = ["Functional"]
    package static let kerasPage = KerasPage.at("models/model")
    package static let summary = "A graph of layers as one layer."
    package static let formula = "output = what its outputs make of what comes into its Inputs"
    package static let example = """
        layers:
          - Input: {shape: [8]}
          - Model:
              name: encoder
              layers:
                - Input: {shape: [8], name: x}
                - Dense: {units: 8, activation: relu, name: hidden}
                - Add: {inputs: [x, hidden]}
          - Dense: {units: 2}
        """

    static let layers = Argument<NestedGraph>.graph(
        "layers", "The layers, with an `Input` for each tensor that comes in.")
    static let outputNames = Argument<[InputReference]>.outputs(
        "outputs", "The layers whose outputs come out; the last layer where it is left out.")
    package static let schema: [any ArgumentDescriptor] = [layers, outputNames]
    package static let inputCount = InputCount.ownInputs

    package let graph: NestedGraph
    package let outputs: [InputReference]

    package init(_ arguments: Arguments) {
        graph = arguments[Self.layers]
        outputs = arguments[Self.outputNames]
    }

    /// Where it stands inside another layer; in a list of layers its layers take its place.
    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.nestedGraph(self, inputs)
    }
}
