import Diagnostics
import IR
import Spec

/// Numbers of the ranges that numbers fall into, `keras.layers.Discretization`.
///
/// Range 0 is what is less than the first boundary, range n what is not less than the n-th. With
/// `output_mode: int` the numbers of the ranges are whole numbers in float32.
package struct Discretization: Layer {
    package static let className = "Discretization"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/numerical/discretization")
    package static let summary = "The number of the range that each number falls into."
    package static let formula =
        "output = the number of boundaries b with b <= x; encoded as by CategoryEncoding where "
        + "output_mode is not int"
    package static let example = """
        layers:
          - Input: {shape: [4]}
          - Discretization: {bin_boundaries: [0.0, 1.5, 10.0], output_mode: one_hot}
        """

    static let boundaries = Argument<[Double]>.numbers(
        "bin_boundaries", "The boundaries between the ranges, ascending."
    ).orNull()
    static let mode = Argument<CategoryEncoding.Mode>.choice(
        "output_mode", among: [.int, .oneHot, .multiHot, .count], default: .int,
        "`int`: the range's number; the others as in CategoryEncoding.")
    package static let schema: [any ArgumentDescriptor] = [
        boundaries,
        Argument<TrainingOnly>.trainingOnly(
            "num_bins", "For `adapt`: how many ranges to make; the boundaries say what it made."),
        Argument<TrainingOnly>.trainingOnly(
            "epsilon", default: "0.01", "For `adapt`: how exact the boundaries are."),
        mode,
        Argument<DefaultOnly>.defaultOnly(
            "sparse", default: "false", reason: "tensors are dense", "The output is dense."),
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var mode: CategoryEncoding.Mode { arguments[Self.mode] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard let boundaries = arguments[Self.boundaries] else {
            check.error(
                .missingArgument, "Discretization needs `bin_boundaries`",
                label: "`bin_boundaries` is missing",
                helps: ["after `adapt`, they are `layer.bin_boundaries`"])
            return nil
        }
        let place = check.span(.argument("bin_boundaries"))
        if boundaries.count == 1, Double(place.text) != nil {
            check.error(
                .argumentValue,
                "`bin_boundaries` of `\(check.name)` should be a list of numbers, not a number",
                at: .argument("bin_boundaries"), label: "not a list",
                fixIts: [
                    FixIt(
                        span: place, replacement: "[\(place.text)]",
                        text: "a list of one: `[\(place.text)]`")
                ])
        }
        if !zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 <= $1 }) {
            check.error(
                .argumentValue, "`bin_boundaries` of `\(check.name)` should ascend",
                at: .argument("bin_boundaries"), label: "not in order")
        }
        return check.encoded(inputs[0], places: boundaries.count + 1, mode).map {
            TensorType(.float32, $0)
        }
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let boundaries = arguments[Self.boundaries]!
        let count = boundaries.count
        let shape = lowering.type(inputs[0]).shape
        let x = lowering.reshape(inputs[0], shape + [1], "numbers")
        let bounds = lowering.constant(
            boundaries.map { Float($0) }, shape: [count], "bin_boundaries")
        // NaN is less than nothing: it falls into the last range, as in Keras on TensorFlow.
        let below = lowering.emit(.binary(BinaryOp(.less)), [x, bounds], "below")
        if mode == .int {
            let number = lowering.emit(
                .reduce(ReduceOp(.sum, axes: [shape.count], keepDims: false)), [below], "above")
            return lowering.emit(
                .unary(UnaryOp(UnaryFunction(.affine, -1, Double(count)))), [number])
        }
        // What is below a boundary and not below the one before.
        func padded(_ before: Int, _ after: Int, _ value: Double) -> ValueID {
            let none = [Padding](repeating: .zero, count: shape.count)
            return lowering.emit(
                .pad(PadOp(none + [Padding(before, after)], value: value)), [below], "bounded")
        }
        let marks = lowering.emit(
            .binary(BinaryOp(.subtract)), [padded(0, 1, 1), padded(1, 0, 0)], "marks")
        return lowering.encode(marks, mode)
    }
}
