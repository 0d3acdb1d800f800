import IR

/// Makes small graphs of the ops that passes rewrite, with branches, shared values and several
/// outputs: the same one for the same seed.
struct RandomGraph {
    private var random: SplitMix64
    private var graph = Graph(name: "random")
    private var values: [ValueID] = []

    static func make(seed: UInt64) -> Graph {
        var maker = RandomGraph(random: SplitMix64(seed: seed))
        return maker.graph(nodeCount: 3 + Int(seed % 9))
    }

    private init(random: SplitMix64) { self.random = random }

    private mutating func graph(nodeCount: Int) -> Graph {
        let shape = pick([
            [1, 4, 5, 2], [2, 3, 3, 4], [1, 2, 4, 4], [2, 6, 3], [1, 3, 4], [2, 6],
        ])
        values.append(graph.appendInput(name: "x", type: TensorType(.float32, shape)))
        for _ in 0..<nodeCount { extend() }
        let last = values.last!
        graph.outputs = [GraphOutput(name: "last", value: last)]
        if chance(3) { graph.outputs.append(GraphOutput(name: "other", value: pick(values))) }
        graph.compact()
        return graph
    }

    private mutating func extend() {
        if chance(4) { return extendByForwardFold() }
        let x = chance(6) ? pick(values) : values.last!
        let rank = graph.type(x).rank
        let new: ValueID?
        switch int(18) {
        case 0, 1, 16: new = rank > 2 ? convolution(x) : product(x)
        case 2: new = rank > 2 ? channelsFirst(x) : product(x)
        case 3, 4, 5: new = rank > 0 ? batchNormalization(x) : nil
        case 6, 7: new = unary(x)
        case 8: new = arithmetic(x)
        case 9, 10: new = merge(x)
        case 11, 17: new = rank > 2 ? pool(x) : product(x)
        case 12: new = rank > 2 && chance(2) ? recurrence(x) : pad(x)
        case 13: new = move(x)
        case 14: new = reduceOrNormalize(x)
        default: new = resize(x)
        }
        if let new { values.append(new) }
    }

    /// What a fold forwards looks for: a normalization, something that it may cross, and weights.
    private mutating func extendByForwardFold() {
        let x = values.last!
        let rank = graph.type(x).rank
        guard rank > 1 else { return }
        let normalized = batchNormalization(x)
        let crossed: ValueID?
        switch int(5) {
        case 0: crossed = normalized
        case 1 where rank > 2: crossed = pool(normalized)
        case 2: crossed = resize(normalized)
        case 3: crossed = move(normalized)
        default: crossed = reduceOrNormalize(normalized)
        }
        guard let crossed else { return }
        let crossedRank = graph.type(crossed).rank
        let weighted = crossedRank > 2 && !chance(3) ? convolution(crossed) : product(crossed)
        values.append(weighted ?? crossed)
    }

    // MARK: Chance

    private mutating func int(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func chance(_ oneIn: Int) -> Bool { int(oneIn) == 0 }
    private mutating func pick<T>(_ list: [T]) -> T { list[int(list.count)] }

    private mutating func constant(_ shape: [Int], _ range: ClosedRange<Float> = -1...1) -> ValueID
    {
        let type = TensorType(.float32, shape)
        let data: ConstantData
        if chance(6) {
            data = .splat(Float.random(in: range, using: &random))
        } else {
            data = .floats(
                (0..<type.count).map { _ in Float.random(in: range, using: &random) })
        }
        return graph.appendConstant(
            Constant(name: "c", type: type, data: data), layers: ["c"])
    }

    private mutating func append(_ op: Op, _ inputs: [ValueID]) -> ValueID {
        graph.append(op, inputs, name: op.mnemonic, layers: [op.mnemonic])
    }

    // MARK: Layers

    private mutating func convolution(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        let rank = shape.count - 2
        let channels = shape[rank + 1]
        let groups = pick([1, 1, channels, channels % 2 == 0 ? 2 : 1])
        let filters = groups * (1 + int(2))
        guard filters <= 12 else { return nil }
        let window = (0..<rank).map { min(shape[$0 + 1], 1 + int(3)) }
        let isPadded = chance(2)
        let padding = (0..<rank).map { _ in isPadded ? Padding(int(2), int(3)) : .zero }
        var inputs = [x, constant(window + [channels / groups, filters])]
        if chance(2) { inputs.append(constant([filters])) }
        let isTransposed = chance(4) && graph.type(x).count <= 200
        let op = ConvolutionOp(
            strides: (0..<rank).map { _ in isTransposed ? 1 : 1 + int(2) }, padding: padding,
            dilation: [Int](repeating: 1, count: rank),
            inputDilation: (0..<rank).map { _ in isTransposed ? 1 + int(3) : 1 }, groups: groups)
        return append(.convolution(op), inputs)
    }

    /// A convolution or pool between the transposes of a `channels_first` layer.
    private mutating func channelsFirst(_ x: ValueID) -> ValueID? {
        let rank = graph.type(x).rank
        let last = append(.transpose(TransposeOp([0] + Array(2..<rank) + [1])), [x])
        guard let y = chance(3) ? pool(last) : convolution(last) else { return nil }
        return append(.transpose(TransposeOp([0, rank - 1] + Array(1..<(rank - 1)))), [y])
    }

    private mutating func product(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        guard shape.count >= 2 else { return nil }
        let size = 1 + int(4)
        let kernel = constant([shape[shape.count - 1], size])
        return append(
            .matmul(MatmulOp()), chance(2) ? [x, kernel] : [x, kernel, constant([size])])
    }

    /// Time is the first axis behind the batch; what is between it and the last one is space.
    private mutating func recurrence(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        let units = shape[shape.count - 1]
        let kernel = constant(
            shape.dropFirst(2).dropLast().map { _ in 1 + int(3) } + [units, units])
        return append(
            .recurrent(
                RecurrentOp(
                    .simple, isBackwards: chance(2), isReversed: chance(2),
                    returnsSequence: chance(2), returnsState: chance(4))), [x, kernel])
    }

    private mutating func batchNormalization(_ x: ValueID) -> ValueID {
        let shape = graph.type(x).shape
        let axis = pick([
            shape.count - 1, shape.count - 1, shape.count - 1, min(1, shape.count - 1),
        ])
        let size = [shape[axis]]
        let gamma = constant(size, chance(3) ? -1...1 : 0.5...1.5)
        return append(
            .batchNormalization(BatchNormalizationOp(axis: axis, epsilon: 0.001)),
            [x, constant(size), constant(size, 0.5...2), gamma, constant(size)])
    }

    private mutating func unary(_ x: ValueID) -> ValueID {
        let function = pick([
            UnaryFunction(.relu), UnaryFunction(.relu), UnaryFunction(.clippedReLU, 1.5),
            UnaryFunction(.leakyReLU, 0.3), UnaryFunction(.tanh), UnaryFunction(.sigmoid),
            UnaryFunction(.absolute), UnaryFunction(.affine, 0.5, -0.25),
            UnaryFunction(.affine, 1, 0), UnaryFunction(.elu, 1), UnaryFunction(.hardTanh),
        ])
        return append(.unary(UnaryOp(function)), [x])
    }

    /// A function of a value and a constant that varies along some of its axes.
    private mutating func arithmetic(_ x: ValueID) -> ValueID {
        let shape = graph.type(x).shape.map { chance(2) ? 1 : $0 }
        let c = constant(shape.isEmpty || chance(3) ? [] : shape, 0.5...2)
        let function = pick([
            BinaryFunction.add, .subtract, .multiply, .divide, .maximum, .prelu, .keep,
        ])
        let isReversed = chance(3) && function != .divide
        return append(.binary(BinaryOp(function)), isReversed ? [c, x] : [x, c])
    }

    // MARK: Other ops

    private mutating func merge(_ x: ValueID) -> ValueID? {
        let type = graph.type(x)
        let partners = values.filter { graph.type($0) == type }
        let partner = pick(partners)
        switch int(4) {
        case 0 where type.count <= 300 && type.rank > 0:
            return append(.concatenate(ConcatenateOp(axis: type.rank - 1)), [partner, x])
        case 1 where type.rank > 2:
            let gate = append(
                .reduce(ReduceOp(.mean, axes: Array(1..<(type.rank - 1)), keepDims: true)), [x])
            return append(.binary(BinaryOp(.multiply)), [partner, gate])
        default:
            let function = pick([BinaryFunction.add, .add, .subtract, .maximum])
            return append(.binary(BinaryOp(function)), chance(2) ? [partner, x] : [x, partner])
        }
    }

    private mutating func pool(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        let rank = shape.count - 2
        let window = (0..<rank).map { min(shape[$0 + 1], chance(4) ? 1 : 2) }
        let padding = window.map { chance(3) ? Padding($0 - 1, 0) : .zero }
        return append(
            .pool(
                PoolOp(
                    chance(2) ? .maximum : .average, window: window,
                    strides: window.map { _ in 1 + int(2) }, padding: padding)), [x])
    }

    private mutating func pad(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        guard shape.count > 2, shape.reduce(1, *) <= 200 else { return nil }
        let inner = (0..<(shape.count - 2)).map { _ in Padding(int(2), int(2)) }
        let op = PadOp([.zero] + inner + [.zero], value: chance(4) ? 0.5 : 0)
        return append(.pad(op), [x])
    }

    private mutating func move(_ x: ValueID) -> ValueID {
        let shape = graph.type(x).shape
        switch int(4) {
        case 0: return append(.reshape(ReshapeOp([shape.reduce(1, *)])), [x])
        case 1 where shape.count > 1:
            return append(.reshape(ReshapeOp([shape[0], shape.dropFirst().reduce(1, *)])), [x])
        case 2:
            let sizes = shape.map { $0 > 2 && chance(2) ? $0 - 1 : $0 }
            let starts = zip(shape, sizes).map { $0 > $1 ? int(2) : 0 }
            return append(.slice(SliceOp(starts: starts, sizes: sizes)), [x])
        default:
            return append(.transpose(TransposeOp(shape.indices.shuffled(using: &random))), [x])
        }
    }

    private mutating func reduceOrNormalize(_ x: ValueID) -> ValueID? {
        let rank = graph.type(x).rank
        guard rank > 0 else { return nil }
        let axes = (0..<rank).filter { _ in chance(2) }
        if axes.isEmpty { return append(.softmax(SoftmaxOp(axes: [rank - 1])), [x]) }
        if chance(3) {
            return append(.normalize(NormalizeOp(.standard, axes: axes, epsilon: 0.1)), [x])
        }
        guard axes.count < rank else { return nil }
        let kind = pick([ReduceOp.Kind.sum, .mean, .mean, .maximum, .minimum])
        return append(.reduce(ReduceOp(kind, axes: axes, keepDims: chance(2))), [x])
    }

    private mutating func resize(_ x: ValueID) -> ValueID? {
        let shape = graph.type(x).shape
        guard shape.reduce(1, *) <= 100, !shape.isEmpty else { return nil }
        let sizes = shape.map { chance(3) ? $0 * 2 : $0 }
        return append(.resize(ResizeOp(chance(2) ? .nearest : .linear, sizes: sizes)), [x])
    }
}
