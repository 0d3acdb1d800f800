/// One kind of tensor operation: its attributes, its textual form, its typing rule.
///
/// Every op is a value type in a file of its own under `Ops/`; `Op` lists them.
package protocol Operation: Hashable, Sendable {
    /// The word of the textual form: `convolution`.
    static var mnemonic: String { get }
    init(_ attributes: Attributes) throws(GraphError)
    var attributes: Attributes { get }
    /// The result's type, or the rule that the operands break.
    func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType
    /// Whether steps may follow the op before its result is stored (`Node.epilogue`).
    var mayCarryEpilogue: Bool { get }
    /// What the textual form leaves out: the values of attributes that aren't `given`. They may
    /// depend on the operands' types (one stride for each spatial axis) and on attributes that have
    /// no default. Anything may be wrong with `operands` and `given`: they are not checked yet.
    static func defaults(operands: [TensorType], given: Attributes) -> Attributes
}

extension Operation {
    package var mayCarryEpilogue: Bool { false }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        Attributes()
    }

    /// An op from its textual form: what `given` leaves out has its default, and every attribute
    /// is one that the op knows.
    init(_ given: Attributes, operands: [TensorType]) throws(GraphError) {
        try self.init(given.filled(with: Self.defaults(operands: operands, given: given)))
        let known = attributes.list.map(\.name)
        for (name, _) in given.list where !known.contains(name) {
            let names = known.isEmpty ? "none" : known.joined(separator: ", ")
            throw GraphError("has no attribute `\(name)`; it has \(names)")
        }
    }
}

/// The closed set of ops. Layers lower into it, passes rewrite it, engines run it.
package enum Op: Hashable, Sendable {
    case input(InputOp)
    case constant(ConstantOp)
    case convolution(ConvolutionOp)
    case matmul(MatmulOp)
    case unary(UnaryOp)
    case binary(BinaryOp)
    case scaleShift(ScaleShiftOp)
    case batchNormalization(BatchNormalizationOp)
    case normalize(NormalizeOp)
    case softmax(SoftmaxOp)
    case reduce(ReduceOp)
    case pool(PoolOp)
    case pad(PadOp)
    case slice(SliceOp)
    case concatenate(ConcatenateOp)
    case interleave(InterleaveOp)
    case band(BandOp)
    case transpose(TransposeOp)
    case reshape(ReshapeOp)
    case resize(ResizeOp)
    case gather(GatherOp)
    case recurrent(RecurrentOp)

    /// The op itself, whatever it is.
    package var operation: any Operation {
        switch self {
        case .input(let op): op
        case .constant(let op): op
        case .convolution(let op): op
        case .matmul(let op): op
        case .unary(let op): op
        case .binary(let op): op
        case .scaleShift(let op): op
        case .batchNormalization(let op): op
        case .normalize(let op): op
        case .softmax(let op): op
        case .reduce(let op): op
        case .pool(let op): op
        case .pad(let op): op
        case .slice(let op): op
        case .concatenate(let op): op
        case .interleave(let op): op
        case .band(let op): op
        case .transpose(let op): op
        case .reshape(let op): op
        case .resize(let op): op
        case .gather(let op): op
        case .recurrent(let op): op
        }
    }

    package var mnemonic: String { type(of: operation).mnemonic }

    /// What makes an op from its attributes and its operands' types.
    typealias Maker = @Sendable (Attributes, [TensorType]) throws(GraphError) -> Op

    /// The ops by the word of their textual form.
    static let makers: [String: Maker] = [
        InputOp.mnemonic: { a, types throws(GraphError) in
            .input(try InputOp(a, operands: types))
        },
        ConstantOp.mnemonic: { a, types throws(GraphError) in
            .constant(try ConstantOp(a, operands: types))
        },
        ConvolutionOp.mnemonic: { a, types throws(GraphError) in
            .convolution(try ConvolutionOp(a, operands: types))
        },
        MatmulOp.mnemonic: { a, types throws(GraphError) in
            .matmul(try MatmulOp(a, operands: types))
        },
        UnaryOp.mnemonic: { a, types throws(GraphError) in
            .unary(try UnaryOp(a, operands: types))
        },
        BinaryOp.mnemonic: { a, types throws(GraphError) in
            .binary(try BinaryOp(a, operands: types))
        },
        ScaleShiftOp.mnemonic: { a, types throws(GraphError) in
            .scaleShift(try ScaleShiftOp(a, operands: types))
        },
        BatchNormalizationOp.mnemonic: { a, types throws(GraphError) in
            .batchNormalization(try BatchNormalizationOp(a, operands: types))
        },
        NormalizeOp.mnemonic: { a, types throws(GraphError) in
            .normalize(try NormalizeOp(a, operands: types))
        },
        SoftmaxOp.mnemonic: { a, types throws(GraphError) in
            .softmax(try SoftmaxOp(a, operands: types))
        },
        ReduceOp.mnemonic: { a, types throws(GraphError) in
            .reduce(try ReduceOp(a, operands: types))
        },
        PoolOp.mnemonic: { a, types throws(GraphError) in
            .pool(try PoolOp(a, operands: types))
        },
        PadOp.mnemonic: { a, types throws(GraphError) in
            .pad(try PadOp(a, operands: types))
        },
        SliceOp.mnemonic: { a, types throws(GraphError) in
            .slice(try SliceOp(a, operands: types))
        },
        ConcatenateOp.mnemonic: { a, types throws(GraphError) in
            .concatenate(try ConcatenateOp(a, operands: types))
        },
        BandOp.mnemonic: { a, types throws(GraphError) in
            .band(try BandOp(a, operands: types))
        },
        InterleaveOp.mnemonic: { a, types throws(GraphError) in
            .interleave(try InterleaveOp(a, operands: types))
        },
        TransposeOp.mnemonic: { a, types throws(GraphError) in
            .transpose(try TransposeOp(a, operands: types))
        },
        ReshapeOp.mnemonic: { a, types throws(GraphError) in
            .reshape(try ReshapeOp(a, operands: types))
        },
        ResizeOp.mnemonic: { a, types throws(GraphError) in
            .resize(try ResizeOp(a, operands: types))
        },
        GatherOp.mnemonic: { a, types throws(GraphError) in
            .gather(try GatherOp(a, operands: types))
        },
        RecurrentOp.mnemonic: { a, types throws(GraphError) in
            .recurrent(try RecurrentOp(a, operands: types))
        },
    ]
}

/// Throws what is wrong unless the rule holds: the typing rules read as a list of requirements.
func require(_ holds: Bool, _ message: @autoclosure () -> String) throws(GraphError) {
    if !holds { throw GraphError(message()) }
}

func requireOperands(_ operands: [TensorType], _ count: Int) throws(GraphError) {
    try require(operands.count == count, "takes \(count) operands, not \(operands.count)")
}
