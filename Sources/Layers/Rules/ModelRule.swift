import Diagnostics
import IR
import Spec

/// Something that may be a mistake, or could be better, in a model whose shapes are all right: one file
/// each, listed in `ModelRules.all`.
protocol ModelRule: Sendable {
    static var code: DiagnosticCode { get }
    static func check(_ model: ModelView, _ bag: inout DiagnosticBag)
}

package enum ModelRules {
    static let all: [any ModelRule.Type] = [
        NormalizedAxis.self, CancelledBias.self, InnerSoftmax.self, PooledRest.self,
        DenseOnImage.self, UnusedLayer.self, SingleSoftmax.self, ReshapeAsTranspose.self,
        LossAndActivation.self, ChannelsFirstInput.self, MixedDataFormats.self,
        EmbeddedFeatures.self,
    ]

    package static let codes: [DiagnosticCode] = all.map { $0.code }

    /// Reports warnings and remarks about a model.
    package static func check(_ model: CheckedModel, into bag: inout DiagnosticBag) {
        let view = ModelView(model)
        for rule in all {
            var own = DiagnosticBag()
            rule.check(view, &own)
            // A layer of a Model that is applied again is written once.
            var places: Set<SourceRange> = []
            for diagnostic in own.diagnostics {
                if let range = diagnostic.primary?.span.range, !places.insert(range).inserted {
                    continue
                }
                bag.report(diagnostic)
            }
        }
    }
}

/// A model as rules look at it: the layers inside a `Sequential` stand among the others.
struct ModelView {
    /// A class, as each rule looks at all nodes: nothing is copied.
    final class Node {
        let item: LayerItem
        /// Indices of the nodes it reads.
        let inputs: [Int]
        let inputTypes: [TensorType]
        let output: TensorType
        /// Whether it stands in the list `layers` itself.
        let isOuter: Bool
        fileprivate(set) var readers: [Int] = []
        fileprivate(set) var isOutput = false

        init(
            item: LayerItem, inputs: [Int], inputTypes: [TensorType], output: TensorType,
            isOuter: Bool
        ) {
            self.item = item
            self.inputs = inputs
            self.inputTypes = inputTypes
            self.output = output
            self.isOuter = isOuter
        }

        var layer: any Layer { item.layer }

        /// The value of an argument, if the layer has it.
        func value<Value>(_ argument: Argument<Value>) -> Value? {
            item.arguments.value(argument, of: type(of: item.layer))
        }

        /// Where an argument is written, or else the layer.
        func span(_ argument: String) -> SourceSpan {
            item.arguments.valueSpan(argument) ?? item.span
        }
    }

    let model: CheckedModel
    private(set) var nodes: [Node] = []
    /// The layers that a `Reuse` names.
    private let reused: Set<String>

    init(_ model: CheckedModel) {
        self.model = model
        reused = Set(model.layers.map(\.item).filter(\.isReuse).map(\.variablesName))
        /// The node that makes the output of each layer of the model.
        var ends: [Int] = []
        for layer in model.layers {
            let inputs = layer.inputs.map { ends[$0] }
            ends.append(
                append(layer.item, inputs, layer.inputTypes, layer.outputType, isOuter: true))
        }
        for index in nodes.indices {
            for input in nodes[index].inputs { nodes[input].readers.append(index) }
        }
        for output in model.outputs { nodes[ends[output]].isOutput = true }
    }

    private mutating func append(
        _ item: LayerItem, _ inputs: [Int], _ types: [TensorType], _ output: TensorType,
        isOuter: Bool
    ) -> Int {
        let inner = item.sequence.filter { !($0.layer is Input) }
        guard !inner.isEmpty, let input = inputs.first, var type = types.first else {
            nodes.append(
                Node(
                    item: item, inputs: inputs, inputTypes: types, output: output,
                    isOuter: isOuter))
            return nodes.count - 1
        }
        var last = input
        for item in inner {
            let next = item.checkedOutputType(type)
            last = append(item, [last], [type], next, isOuter: false)
            type = next
        }
        return last
    }

    /// Whether a layer is applied elsewhere too, so that its arguments have to suit other readers.
    func isReused(_ node: Node) -> Bool { reused.contains(node.item.variablesName) }

    /// What a node reads, if it reads one.
    func input(of node: Node) -> Node? {
        node.inputs.count == 1 ? nodes[node.inputs[0]] : nil
    }

    /// The layer whose numbers a node reads: layers that only drop or scale them are left out.
    func source(of node: Node) -> Node? {
        var source = input(of: node)
        while let node = source, node.layer is any TrainingNoise || node.layer is Identity {
            source = input(of: node)
        }
        return source
    }
}

extension ModelView.Node {
    /// The axis of the channels of what it makes, in Keras's numbering; nil where a layer has no notion
    /// of channels.
    var channelAxis: Int? {
        guard output.rank > 0 else { return nil }
        if let format = value(DataFormat.argument), !(layer is Flatten) {
            return format == .channelsLast || output.rank == 1 ? output.rank : 1
        }
        return layer is Dense ? output.rank : nil
    }

    /// Whether it keeps every element in its place: activations, dropout.
    var isElementwise: Bool {
        inputs.count == 1 && inputTypes[0] == output
            && (layer is any ElementwiseLayer || layer is any TrainingNoise || layer is Identity
                || layer is Activation || layer is PReLU)
    }

    /// What is applied last: the layer's `activation`, or the layer itself where it is one.
    var activation: ActivationFunction? { value(KernelArguments.activation) }

    /// Whether its outputs are probabilities that sum to 1 over the last axis.
    var isSoftmax: Bool {
        if let softmax = layer as? Softmax {
            return Axis.indices(softmax.arguments[Softmax.axis], rank: output.rank + 1)
                == [output.rank]
        }
        return activation?.name == "softmax"
    }

    /// Where it says that it is a softmax.
    var softmaxSpan: SourceSpan { layer is Softmax ? item.span : span("activation") }

    /// Whether it has a kernel, as Dense and convolutions have.
    var hasKernel: Bool {
        activation != nil && layer.weights(inputTypes).contains { $0.name.hasSuffix("kernel") }
    }
}
