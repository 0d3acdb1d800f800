import Diagnostics
import IR
import Spec

/// Which keys each query may attend to, as attention layers put it together.
struct AttentionMask {
    /// What holds whatever the data: `use_causal_mask`, `sliding_window`.
    var isCausal = false
    var window: Int?
    /// Masks that are computed, 1 or 0 for each element, which broadcast to the scores.
    var computed: [ValueID] = []

    var isEmpty: Bool { !isCausal && window == nil && computed.isEmpty }

    /// 1 where a key may be attended to, else 0, for so many queries and keys.
    ///
    /// Query `i` sees key `j` where `j < i + 1` (causal) and `|i - j| < window`. It is computed from the
    /// positions: a matrix of constants could be large.
    func value(_ queries: Int, _ keys: Int, _ lowering: inout Lowering) -> ValueID {
        func positions(_ count: Int, from first: Int, _ shape: [Int], _ name: String) -> ValueID {
            lowering.constant((0..<count).map { Float(first + $0) }, shape: shape, name)
        }
        var parts = computed
        if isCausal {
            let j = positions(keys, from: 0, [1, keys], "key_positions")
            let end = positions(queries, from: 1, [queries, 1], "next_positions")
            parts.append(lowering.emit(.binary(BinaryOp(.less)), [j, end], "causal_mask"))
        }
        if let window {
            let j = positions(keys, from: 0, [1, keys], "key_positions")
            let i = positions(queries, from: 0, [queries, 1], "query_positions")
            let ahead = lowering.emit(.binary(BinaryOp(.subtract)), [j, i], "distance")
            let distance = lowering.emit(
                .unary(UnaryOp(UnaryFunction(.absolute))), [ahead], "distance")
            let reach = lowering.splat(Float(window), shape: [1], "sliding_window")
            parts.append(
                lowering.emit(.binary(BinaryOp(.less)), [distance, reach], "sliding_window_mask"))
        }
        return parts.dropFirst().reduce(parts[0]) {
            lowering.emit(.binary(BinaryOp(.multiply)), [$0, $1], "mask")
        }
    }
}

extension Lowering {
    /// A mask of any element type as 1 where it isn't 0, else 0.
    mutating func marks(_ mask: ValueID) -> ValueID {
        emit(.unary(UnaryOp(UnaryFunction(.notEqual, 0))), [mask], "marks")
    }

    /// `mask ? x : value`, with a mask of 1 and 0 that broadcasts to x.
    mutating func masked(_ x: ValueID, _ mask: ValueID, else value: Double) -> ValueID {
        let kept = emit(.binary(BinaryOp(.keep)), [x, mask], "kept")
        if value == 0 { return kept }
        // Exact: 1 * value - value is 0, and 0 - value is the value negated.
        let other = emit(.unary(UnaryOp(UnaryFunction(.affine, -value, value))), [mask], "masked")
        return emit(.binary(BinaryOp(.add)), [kept, other], "masked")
    }

    /// A mask of shape `[N, T]` as `[N, T, 1]`, or as `[N, 1, T]`.
    mutating func column(_ mask: ValueID) -> ValueID {
        reshape(mask, type(mask).shape + [1], "column")
    }

    mutating func row(_ mask: ValueID) -> ValueID {
        let shape = type(mask).shape
        return reshape(mask, [shape[0], 1] + shape.dropFirst(), "row")
    }

    /// `x · kernel + bias` over the last axes of x, as many as the kernel's shape has in `inner`; the
    /// variables are `name/kernel`, of shape `inner + outer`, and `name/bias`.
    mutating func projection(
        _ x: ValueID, _ name: String, inner: [Int], outer: [Int], useBias: Bool
    ) -> ValueID {
        let lead = Array(type(x).shape.dropLast(inner.count))
        let (rows, columns) = (inner.reduce(1, *), outer.reduce(1, *))
        func weight(_ variable: String, _ shape: [Int]) -> ValueID {
            self.weight("\(name)/\(variable)") {
                Constant(name: $0.name, type: TensorType(shape), data: $0.data)
            }
        }
        var operands = [reshape(x, lead + [rows], name), weight("kernel", [rows, columns])]
        let place = BiasPlace.guessed(outer, in: lead + outer)
        if useBias, place == nil { operands.append(weight("bias", [columns])) }
        let y = reshape(emit(.matmul(MatmulOp()), operands, name), lead + outer, name)
        guard useBias, let place else { return y }
        return addBias(y, weight("bias", place))
    }
}

/// A projection inside an attention layer: the variables `name/kernel` and `name/bias`.
struct AttentionProjection {
    let name: String
    let inner: [Int]
    let outer: [Int]

    func weights(_ arguments: Arguments, useBias: Bool) -> [WeightSpec] {
        var weights = [
            WeightSpec(
                "\(name)/kernel", inner + outer, arguments[TrainingArguments.kernelInitializer])
        ]
        if useBias {
            weights.append(
                WeightSpec("\(name)/bias", outer, arguments[TrainingArguments.biasInitializer]))
        }
        return weights
    }

    func lower(_ x: ValueID, useBias: Bool, _ lowering: inout Lowering) -> ValueID {
        lowering.projection(x, name, inner: inner, outer: outer, useBias: useBias)
    }
}

/// Arguments that several attention layers take, in the constructor and in the call.
enum AttentionArguments {
    /// The names of a layer's outputs, as `Layer.outputNames` has them.
    static func outputNames(_ arguments: Arguments) -> [String] {
        arguments[returnScores] ? ["output", "scores"] : []
    }

    /// What makes a sequence of a vector.
    static func help(forRankOf input: TensorType) -> [String] {
        guard input.rank == 1, let features = input.shape.first else { return [] }
        return [
            "for a sequence of one step, put `Reshape: {target_shape: [1, \(features)]}` before it"
        ]
    }

    static let dropout = Argument.number(
        "dropout", default: 0, minimum: 0, "Training: the part of the scores that is dropped.")
    static let slidingWindow = Argument.integer(
        "sliding_window", minimum: 1,
        "How far a query sees: keys less than so many steps away; `null` for all."
    ).orNull()
    static let flashAttention = Argument<TrainingOnly>.trainingOnly(
        "flash_attention", "How Keras computes it; the result is the same.")
    static let useGate = Argument.boolean(
        "use_gate", default: false,
        "Whether a sigmoid of the projected query multiplies what the heads make.")

    static let causal = Argument.boolean(
        "use_causal_mask", default: false, "Whether a query sees no later keys.")
    static let returnScores = Argument.boolean(
        "return_attention_scores", default: false,
        "Whether the scores behind the softmax come out too. The layer then has two outputs, `<its "
            + "name>/output` and `<its name>/scores`; its name alone stands for both.")
    static let attentionMask = Argument.tensor(
        "attention_mask",
        "The layer that says which queries attend to which keys: (queries, keys), not 0 where they do."
    )
    static let queryMask = Argument.tensor(
        "query_mask", "The layer that says which queries count: (queries), not 0 where they do.")
    static let valueMask = Argument.tensor(
        "value_mask", "The layer that says which values count: (keys), not 0 where they do.")
    static let keyMask = Argument.tensor(
        "key_mask", "The layer that says which keys count: (keys), not 0 where they do.")
}

extension LayerCheck {
    /// Whether a mask marks each of `count` steps; reports if not.
    mutating func requireMask(
        _ inputs: [TensorType], _ index: Int, of count: Int, argument: String, things: String
    ) -> Bool {
        if inputs[index].shape == [count] { return true }
        error(
            .shapeMismatch,
            "`\(argument)` should mark each of \(count) \(things), and is \(inputs[index].shapeText)",
            at: .argument(argument), label: "takes (\(count),)", inputs: [index])
        return false
    }
}
