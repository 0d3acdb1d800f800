import Diagnostics
import IR
import Spec

/// Numbers of categories as vectors with a place for each category, `keras.layers.CategoryEncoding`.
/// A number that is no category leaves its vector 0.
package struct CategoryEncoding: Layer {
    package static let className = "CategoryEncoding"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/categorical/category_encoding")
    package static let summary = "Vectors with a place for each category, from their numbers."
    package static let formula =
        "one_hot: output[i, t] = 1 if x[i] = t else 0; multi_hot: max over i; count: sum over i, of "
        + "count_weights[i] if given"
    package static let example = """
        layers:
          - Input: {shape: [6], dtype: int32}
          - CategoryEncoding: {num_tokens: 10, output_mode: count}
        """

    enum Mode: String, CaseIterable, Sendable {
        case int
        case oneHot = "one_hot"
        case multiHot = "multi_hot"
        case count, binary
    }

    static let tokens = Argument.integer(
        "num_tokens", minimum: 1, "The number of categories: 0 to one less than this."
    ).orNull()
    static let mode = Argument<Mode>.choice(
        "output_mode", among: [.multiHot, .oneHot, .count, .binary], default: .multiHot,
        "`one_hot`: a vector for each number; `multi_hot`: one for all, 1 for those there are; `count`: "
            + "one for all, how often each is there; `binary`: an older word for `multi_hot`.")
    package static let schema: [any ArgumentDescriptor] = [
        tokens, mode,
        Argument<DefaultOnly>.defaultOnly(
            "sparse", default: "false", reason: "tensors are dense", "The output is dense."),
    ]
    static let weights = Argument.tensor(
        "count_weights", "For `count`: the layer with a weight for each number.")
    package static let callSchema: [any ArgumentDescriptor] = [weights]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var mode: Mode { arguments[Self.mode] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard let count = arguments[Self.tokens] else {
            check.error(
                .missingArgument, "CategoryEncoding needs `num_tokens`",
                at: .argument("num_tokens"), label: "should be a positive integer",
                notes: ["Keras can't work it out from the data either"])
            return nil
        }
        if inputs.count > 1 {
            guard mode == .count else {
                check.error(
                    .argumentConflict, "`count_weights` is for `output_mode: count` only",
                    at: .argument("count_weights"), label: "not used here")
                return nil
            }
            guard inputs[1].shape == inputs[0].shape else {
                check.error(
                    .shapeMismatch,
                    "`count_weights` should have a weight for each number, and is "
                        + inputs[1].shapeText, at: .argument("count_weights"),
                    label: "should be \(inputs[0].shapeText)", inputs: [0, 1])
                return nil
            }
            guard check.requireFloat([inputs[0], inputs[1]].suffix(1)) else { return nil }
        }
        return check.encoded(inputs[0], places: count, mode).map { TensorType(.float32, $0) }
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let count = arguments[Self.tokens]!
        let shape = lowering.type(inputs[0]).shape
        let x = lowering.reshape(inputs[0], shape + [1], "numbers")
        let numbers = (0...count).map { Float($0) }
        func vector(_ numbers: [Float], _ name: String) -> ValueID {
            lowering.constant(numbers, shape: [count], name)
        }
        var marks: ValueID
        if lowering.type(x).elementType == .int32 {
            marks = lowering.emit(
                .binary(BinaryOp(.equal)), [x, vector(numbers.dropLast(), "categories")], "marks")
        } else {
            // Fractions are cut off: category t has t <= x < t + 1, and 0 all of -1 < x < 1.
            let below = lowering.emit(
                .binary(BinaryOp(.less)), [x, vector(Array(numbers.dropFirst()), "next")],
                "below_next")
            let lower = lowering.emit(
                .binary(BinaryOp(.less)),
                [x, vector([(-1 as Float).nextUp] + numbers[1..<count], "categories")], "below")
            marks = lowering.emit(.binary(BinaryOp(.subtract)), [below, lower], "marks")
        }
        if inputs.count > 1 {
            let weights = lowering.reshape(inputs[1], shape + [1], "weights")
            marks = lowering.emit(.binary(BinaryOp(.multiply)), [marks, weights], "weighted")
        }
        return lowering.encode(marks, mode)
    }
}

extension LayerCheck {
    /// The shape of encoded numbers; reports and returns nil where there is none.
    mutating func encoded(
        _ input: TensorType, places: Int, _ mode: CategoryEncoding.Mode
    ) -> [Int]? {
        guard requireSize(input.shape + [places], "the marks of all numbers") else { return nil }
        switch mode {
        case .int: return input.shape
        case .oneHot:
            // As Keras does: an axis of size 1 gives its place to the categories.
            return (input.shape.last == 1 ? input.shape.dropLast() : input.shape) + [places]
        case .multiHot, .count, .binary:
            guard input.rank == 1 else {
                error(
                    .inputRank,
                    "`output_mode: \(mode.rawValue)` takes one list of numbers for each sample, and "
                        + "gets \(input.shapeText)", label: "takes (numbers,)", inputs: [0],
                    helps: input.rank == 0
                        ? ["`output_mode: one_hot` takes single numbers"] : [])
                return nil
            }
            return [places]
        }
    }
}

extension Lowering {
    /// Marks `[N, ..., numbers, places]`, 1 for the place of each number, as a mode joins them.
    mutating func encode(_ marks: ValueID, _ mode: CategoryEncoding.Mode) -> ValueID {
        let shape = type(marks).shape
        switch mode {
        case .int: return marks
        case .oneHot:
            let isSingle = shape.count > 2 && shape[shape.count - 2] == 1
            return isSingle
                ? reshape(marks, Array(shape.dropLast(2)) + [shape[shape.count - 1]]) : marks
        case .multiHot, .binary:
            return emit(.reduce(ReduceOp(.maximum, axes: [1], keepDims: false)), [marks])
        case .count: return emit(.reduce(ReduceOp(.sum, axes: [1], keepDims: false)), [marks])
        }
    }
}
