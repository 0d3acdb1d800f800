import IR

/// Lowers a checked model into the IR, one layer after the other; what layers build their ops with.
package struct Lowering {
    package private(set) var graph: Graph
    /// The size of the first axis.
    package let batch: Int
    private let weights: [String: ConstantData]
    /// Full key to shape, from the checked model.
    private var shapes: [String: [Int]]
    /// The layer at work: its name for values and its prefix for weights.
    private var layer: String
    private var prefix: String
    /// The masks of the inputs of the layer at work: 1 for a step that counts, 0 for one that doesn't.
    package private(set) var masks: [ValueID?] = []
    /// The inputs, by position, of which the layer at work doesn't find the masks.
    private var lostMasks: Set<Int> = []
    /// What comes into the graph of layers inside the layer at work.
    private(set) var given: [(value: ValueID, mask: ValueID?)] = []
    /// What is done to variables before they are read, by their full key.
    private var rearrangements: [String: (Constant) -> Constant] = [:]
    /// The mask of its output, which a layer that computes one leaves here.
    package var outputMask: ValueID?
    /// Its outputs behind the first, which a layer with several leaves here.
    package var moreOutputs: [ValueID] = []
    /// All outputs of the layer that the one at work reads first.
    private(set) var sourceOutputs: [ValueID] = []

    /// The graph of a model at inference.
    ///
    /// - Parameters:
    ///   - weights: data by full key; a missing one is undefined, which inspecting allows.
    ///   - batch: the size of the first axis.
    package static func lower(
        _ model: CheckedModel, weights: [String: ConstantData], batch: Int = 1
    ) -> Graph {
        var lowering = Lowering(
            graph: Graph(name: model.name), batch: batch, weights: weights,
            shapes: Dictionary(
                model.weights.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first }),
            layer: "", prefix: "")
        let values = lowering.run(model, prefix: "").values
        lowering.graph.outputs = model.outputs.map {
            GraphOutput(name: model.layers[$0].name, value: values[$0])
        }
        lowering.graph.compact()
        return lowering.graph
    }

    /// The graph of one layer by itself, as if no mask came in: its inputs are the graph's.
    package static func lower(_ layer: CheckedLayer) -> Graph {
        var lowering = Lowering(
            graph: Graph(name: layer.name), batch: 1, weights: [:],
            // Those of a layer that is applied again stand under another one's name.
            shapes: Dictionary(
                layer.item.layer.weights(layer.inputTypes).map {
                    ("\(layer.name)/\($0.name)", $0.shape)
                }, uniquingKeysWith: { first, _ in first }),
            layer: layer.name, prefix: layer.name + "/")
        let inputs = layer.inputTypes.map { lowering.input($0) }
        lowering.masks = inputs.map { _ in nil }
        lowering.sourceOutputs = [lowering.input(layer.outputType)]
        let value = lowering.lower(layer.item, inputs)
        let names = layer.item.layer.outputNames.dropFirst().map { "\(layer.name)/\($0)" }
        lowering.graph.outputs =
            [GraphOutput(name: layer.name, value: value)]
            + zip(names, lowering.moreOutputs).map { GraphOutput(name: $0, value: $1) }
        lowering.graph.compact()
        return lowering.graph
    }

    /// Lowers a model's layers one after the other; their variables' keys begin with `prefix`.
    private mutating func run(
        _ model: CheckedModel, prefix base: String
    ) -> (values: [ValueID], masks: [ValueID?]) {
        var values: [ValueID] = []
        var masks: [ValueID?] = []
        var more: [[ValueID]] = []
        let lost = AttachedMasks.lost(model.layers, outputs: model.outputs)
        // A layer that doesn't find its input's mask has none to hand on.
        let losesMasks = lost.contains { !$0.isEmpty }
        for (layer, lost) in zip(model.layers, lost) {
            self.layer = layer.name
            lostMasks = lost
            prefix = base + layer.item.variablesName + "/"
            self.masks = layer.inputs.map { masks[$0] }
            sourceOutputs = layer.inputs.first.map { [values[$0]] + more[$0] } ?? []
            let value = lower(layer.item, layer.inputs.map { values[$0] })
            let type = type(value)
            let mask = outputMask.map { Array(self.type($0).shape.dropFirst()) }
            precondition(
                mask == layer.outputMask || (mask == nil && losesMasks),
                "`\(layer.name)` lowers to another mask than checked")
            masks.append(outputMask)
            precondition(
                type.shape.dropFirst() == layer.outputType.shape[...],
                "`\(layer.name)` lowers to \(type), not to \(layer.outputType)")
            precondition(
                moreOutputs.map { self.type($0).shape.dropFirst() }
                    == layer.moreOutputs.map { $0.shape[...] },
                "`\(layer.name)` lowers to other outputs than checked")
            values.append(value)
            more.append(moreOutputs)
        }
        return (values, masks)
    }

    /// Lowers a graph of layers inside the layer at work, `given` being what its first layers hand on.
    mutating func nested(
        _ model: CheckedModel, _ given: [ValueID]
    ) -> (value: ValueID, mask: ValueID?) {
        let outer = (layer, prefix, masks, lostMasks, self.given, sourceOutputs)
        defer {
            (layer, prefix, masks, lostMasks, self.given, sourceOutputs) = outer
            moreOutputs = []
        }
        self.given = zip(given, masks).map { ($0, $1) }
        let (values, masks) = run(model, prefix: prefix)
        let output = model.outputs[0]
        return (values[output], masks[output])
    }

    /// Lowers the layer at work; its output's mask is in `outputMask` then.
    private mutating func lower(_ item: LayerItem, _ inputs: [ValueID]) -> ValueID {
        outputMask = Swift.type(of: item.layer).keepsMask ? masks.first ?? nil : nil
        moreOutputs = []
        let casts = Swift.type(of: item.layer).castsIntegers
        return item.layer.lower(casts ? inputs.map { float($0) } : inputs, &self)
    }

    /// Integers as float32.
    private mutating func float(_ x: ValueID) -> ValueID {
        type(x).elementType == .float32
            ? x : emit(.unary(UnaryOp(UnaryFunction(.affine, 1, 0))), [x], "float")
    }

    /// The mask of an input of the layer at work, if it carries one that the layer finds.
    package func mask(_ index: Int = 0) -> ValueID? {
        masks.indices.contains(index) && !lostMasks.contains(index) ? masks[index] : nil
    }

    /// The type of a value, batch first.
    package func type(_ value: ValueID) -> TensorType { graph.type(value) }

    /// Lowers a layer inside the one at work; its variables stand below `path` in the weights file.
    package mutating func nested(
        _ item: LayerItem, path: String, _ inputs: [ValueID]
    ) -> ValueID {
        nested(item, path: path, inputs, masks: []).value
    }

    /// The same, with the masks of the inputs, and with that of the output.
    package mutating func nested(
        _ item: LayerItem, path: String, _ inputs: [ValueID], masks: [ValueID?]
    ) -> (value: ValueID, mask: ValueID?) {
        within(path, name: path.isEmpty ? nil : item.name, masks: masks) { lowering in
            let value = lowering.lower(item, inputs)
            return (value, lowering.outputMask)
        }
    }

    /// What `body` makes of variables that stand below `path` in the weights file.
    ///
    /// - Parameters:
    ///   - name: the layer at work meanwhile; nil for the one that is.
    ///   - masks: those of its inputs.
    package mutating func within<Result>(
        _ path: String, name: String? = nil, masks: [ValueID?] = [],
        _ body: (inout Lowering) -> Result
    ) -> Result {
        let outer = (layer, prefix, self.masks, lostMasks, outputMask, moreOutputs)
        defer { (layer, prefix, self.masks, lostMasks, outputMask, moreOutputs) = outer }
        if let name { layer = name }
        prefix += path
        self.masks = masks
        lostMasks = []
        return body(&self)
    }

    /// A graph input of this layer's name; `type` without batch.
    package mutating func input(_ type: TensorType) -> ValueID {
        graph.appendInput(
            name: layer, type: TensorType(type.elementType, [batch] + type.shape))
    }

    /// A variable of this layer by its own name: `kernel`.
    ///
    /// - Parameter arranged: gives the variable the order of elements in which an op reads it.
    /// - Precondition: the layer's `weights` names it.
    package mutating func weight(
        _ name: String, arranged: (Constant) -> Constant = { $0 }
    ) -> ValueID {
        let key = prefix + name
        guard let shape = shapes[key] else { preconditionFailure("no weight \(key)") }
        var constant = Constant(
            name: key, type: TensorType(.float32, shape), data: weights[key] ?? .undefined)
        if let rearranged = rearrangements[key] { constant = rearranged(constant) }
        return graph.appendConstant(arranged(constant), layers: [layer])
    }

    /// What `body` makes of a variable of this layer with other numbers than the weights file's.
    package mutating func changing<Result>(
        _ name: String, by change: @escaping (Constant) -> Constant,
        _ body: (inout Lowering) -> Result
    ) -> Result {
        let key = prefix + name
        let outer = rearrangements[key]
        rearrangements[key] = { constant in change(outer?(constant) ?? constant) }
        defer { rearrangements[key] = outer }
        return body(&self)
    }

    package mutating func constant(_ values: [Float], shape: [Int], _ name: String) -> ValueID {
        graph.appendConstant(
            Constant(
                name: "\(layer).\(name)", type: TensorType(.float32, shape), data: .floats(values)),
            layers: [layer])
    }

    package mutating func splat(_ value: Float, shape: [Int], _ name: String) -> ValueID {
        graph.appendConstant(
            Constant(
                name: "\(layer).\(name)", type: TensorType(.float32, shape), data: .splat(value)),
            layers: [layer])
    }

    /// Appends an op of this layer. The one that makes the layer's output needs no suffix.
    package mutating func emit(_ op: Op, _ inputs: [ValueID], _ suffix: String? = nil) -> ValueID {
        graph.append(
            op, inputs, name: suffix.map { "\(layer).\($0)" } ?? layer, layers: [layer])
    }

    // MARK: Ops that several layers are made of

    package mutating func activation(_ function: ActivationFunction, _ x: ValueID) -> ValueID {
        let last = type(x).rank - 1
        switch function.rule {
        case .linear: return x
        case .unary(let unary): return emit(.unary(UnaryOp(unary)), [x], function.name)
        case .row(let kind):
            return emit(.softmax(SoftmaxOp(kind, axes: [last])), [x], function.name)
        case .gatedLinear:
            var half = type(x).shape
            half[last] /= 2
            var starts = [Int](repeating: 0, count: half.count)
            let values = emit(.slice(SliceOp(starts: starts, sizes: half)), [x], "values")
            starts[last] = half[last]
            let gates = emit(.slice(SliceOp(starts: starts, sizes: half)), [x], "gates")
            let opened = emit(.unary(UnaryOp(UnaryFunction(.sigmoid))), [gates], "sigmoid")
            return emit(.binary(BinaryOp(.multiply)), [values, opened], "glu")
        }
    }

    package mutating func reshape(_ x: ValueID, _ shape: [Int], _ suffix: String = "reshape")
        -> ValueID
    {
        type(x).shape == shape ? x : emit(.reshape(ReshapeOp(shape)), [x], suffix)
    }

    package mutating func transpose(
        _ x: ValueID, _ permutation: [Int], _ suffix: String = "transpose"
    ) -> ValueID {
        let op = TransposeOp(permutation)
        return op.isIdentity ? x : emit(.transpose(op), [x], suffix)
    }

    /// `[N, C, d1...dn]` to `[N, d1...dn, C]`.
    package mutating func channelsLast(_ x: ValueID, _ format: DataFormat) -> ValueID {
        guard format == .channelsFirst else { return x }
        let rank = type(x).rank
        return transpose(x, [0] + Array(2..<rank) + [1], "channels_last")
    }

    /// `[N, d1...dn, C]` back to `[N, C, d1...dn]`.
    package mutating func channelsFirst(_ x: ValueID, _ format: DataFormat) -> ValueID {
        guard format == .channelsFirst else { return x }
        let rank = type(x).rank
        return transpose(x, [0, rank - 1] + Array(1..<(rank - 1)), "channels_first")
    }

    /// Adds a constant along the last axis.
    package mutating func addBias(_ x: ValueID, _ bias: ValueID) -> ValueID {
        emit(.binary(BinaryOp(.add)), [x, bias], "bias")
    }
}

/// Where the channels stand in a tensor's shape (`data_format`).
package enum DataFormat: String, Sendable, CaseIterable {
    case channelsLast = "channels_last"
    case channelsFirst = "channels_first"

    package static let argument = Argument<DataFormat>.choice(
        "data_format", default: .channelsLast, former: ["dim_ordering"],
        synonyms: [
            "nhwc": .channelsLast, "nwc": .channelsLast, "ndhwc": .channelsLast,
            "hwc": .channelsLast,
            "last": .channelsLast, "tf": .channelsLast, "nchw": .channelsFirst,
            "ncw": .channelsFirst, "ncdhw": .channelsFirst, "chw": .channelsFirst,
            "first": .channelsFirst, "th": .channelsFirst,
        ],
        "Where the channels stand: behind the spatial axes or before them.")
}
