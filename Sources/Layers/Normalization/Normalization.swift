import Diagnostics
import IR
import Spec

/// Brings data to mean 0 and variance 1 by fixed statistics, `keras.layers.Normalization`.
///
/// The statistics are the arguments `mean` and `variance`, or else what `adapt` wrote into the
/// variables of these names.
package struct Normalization: Layer {
    package static let className = "Normalization"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/numerical/normalization")
    package static let summary = "Brings data to mean 0 and variance 1 by fixed statistics."
    package static let formula =
        "output = (x - mean) / max(sqrt(variance), 1e-7); with invert: x * max(sqrt(variance), 1e-7)"
        + " + mean"
    package static let example = """
        layers:
          - Input: {shape: [32, 32, 3]}
          - Normalization: {mean: [0.49, 0.48, 0.45], variance: [0.06, 0.06, 0.07]}
        """

    static let axis = Argument.axes(
        "axis", default: [-1],
        "The axes along which each index has statistics of its own; `null` for one mean of all."
    ).orNull(default: [-1])
    static let mean = Argument<[Double]>.numbers(
        "mean", "The mean, or one for each index of the axis."
    ).orNull()
    static let variance = Argument<[Double]>.numbers(
        "variance", "The variance, or one for each index of the axis."
    ).orNull()
    static let invert = Argument.boolean(
        "invert", default: false, "Whether to go back from normalized data.")
    package static let schema: [any ArgumentDescriptor] = [axis, mean, variance, invert]

    /// Against division by 0, `keras.config.epsilon()`.
    private static let smallest = 1e-7

    package static let castsIntegers = true
    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var axes: [Int] { arguments[Self.axis] ?? [] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        guard let axes = check.resolveAxes(axes, of: inputs[0]) else { return inputs[0] }
        switch (arguments[Self.mean], arguments[Self.variance]) {
        case (nil, nil): break
        case (nil, _?), (_?, nil):
            let given = arguments[Self.mean] == nil ? "variance" : "mean"
            let missing = arguments[Self.mean] == nil ? "mean" : "variance"
            check.error(
                .argumentConflict, "`\(given)` needs `\(missing)` beside it",
                at: .argument(given), label: "`\(missing)` is not given",
                helps: ["leave both out where `adapt` wrote them into the weights"])
        case (let mean?, let variance?):
            checkStatistics(mean, variance, axes, inputs[0], &check)
        }
        return inputs[0]
    }

    private func checkStatistics(
        _ mean: [Double], _ variance: [Double], _ axes: [Int], _ input: TensorType,
        _ check: inout LayerCheck
    ) {
        if let negative = variance.first(where: { $0 < 0 }) {
            check.error(
                .argumentValue, "`variance` should be 0 or more, not \(LayerCheck.text(negative))",
                at: .argument("variance"), label: "no variance is negative",
                helps: ["a variance is the square of a standard deviation"])
        }
        if mean.count != variance.count {
            check.error(
                .argumentConflict,
                "`mean` has \(mean.count) numbers and `variance` has \(variance.count)",
                at: .argument("variance"), label: "should have as many as `mean`")
        } else if mean.count > 1, axes.last.map({ input.shape[$0] }) != mean.count {
            let size = axes.last.map { "\(input.shape[$0]) along axis \($0 + 1)" }
            check.error(
                .shapeMismatch,
                "`mean` has \(mean.count) numbers, and the input has \(size ?? "no axis of its own")",
                at: .argument("mean"), label: "one number, or one for each index of the axis",
                inputs: [0])
        }
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        guard arguments[Self.mean] == nil else { return [] }
        let shape = Axis.indices(axes, rank: inputs[0].rank + 1).map { inputs[0].shape[$0 - 1] }
        return [
            WeightSpec("mean", shape, .zeros, trainable: false),
            WeightSpec("variance", shape, .ones, trainable: false),
            // What `adapt` has counted; nothing reads it.
            WeightSpec("count", [], .zeros, trainable: false, isCounter: true),
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        if let mean = arguments[Self.mean], let variance = arguments[Self.variance] {
            return lowerGiven(x, mean, variance, &lowering)
        }
        let shape = lowering.type(x).shape
        let axes = Axis.indices(axes, rank: shape.count)
        let mean = lowering.broadcastable(lowering.weight("mean"), axes, of: shape)
        let variance = lowering.broadcastable(lowering.weight("variance"), axes, of: shape)
        let root = lowering.emit(.unary(UnaryOp(UnaryFunction(.squareRoot))), [variance], "sqrt")
        let smallest = lowering.splat(Float(Self.smallest), shape: [1], "epsilon")
        let deviation = lowering.emit(.binary(BinaryOp(.maximum)), [root, smallest], "deviation")
        if arguments[Self.invert] {
            let scaled = lowering.emit(.binary(BinaryOp(.multiply)), [x, deviation], "scaled")
            return lowering.emit(.binary(BinaryOp(.add)), [scaled, mean])
        }
        let centered = lowering.emit(.binary(BinaryOp(.subtract)), [x, mean], "centered")
        return lowering.emit(.binary(BinaryOp(.divide)), [centered, deviation])
    }

    /// One scale and shift for all, or one for each index of the last of the axes.
    private func lowerGiven(
        _ x: ValueID, _ mean: [Double], _ variance: [Double], _ lowering: inout Lowering
    ) -> ValueID {
        let deviations = variance.map { max($0.squareRoot(), Self.smallest) }
        let invert = arguments[Self.invert]
        let scales = invert ? deviations : deviations.map { 1 / $0 }
        let shifts = invert ? mean : zip(mean, deviations).map { -$0 / $1 }
        return lowering.scaleAndShift(
            x, scales, shifts, axis: Axis.indices(axes, rank: lowering.type(x).rank).last)
    }
}
