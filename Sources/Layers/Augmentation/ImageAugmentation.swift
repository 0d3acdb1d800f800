import Diagnostics
import IR
import Spec

/// A layer that changes images at random in training and is the identity at inference, where Keras
/// still asks for images.
protocol ImageAugmentation: Layer {
    /// What it does in training, without a subject: `turns images by random angles`.
    static var effect: String { get }
    /// The arguments of the example, as they are written in a spec.
    static var exampleArguments: String { get }
    /// What Keras's constructor takes for a factor.
    static var factorBounds: ClosedRange<Double> { get }
    /// Whether Keras wants each of two numbers inside the bounds; else the range between them has to
    /// meet that of the bounds.
    static var boundsEachNumber: Bool { get }
    /// Whether a factor has to be above the lower bound.
    static var excludesLowest: Bool { get }
    /// Whether Keras's constructor looks at `value_range`; if not, what is wrong with it shows in
    /// training only.
    var checksValueRange: Bool { get }
    var arguments: Arguments { get }
    func bounds(of factor: String) -> ClosedRange<Double>
    /// Reports what else is wrong with an image `(height, width, channels)`.
    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck)
}

extension ImageAugmentation {
    package static var summary: String { "In training, \(effect)." }
    package static var formula: String { "output = x at inference; in training it \(effect)" }
    package static var example: String {
        """
        layers:
          - Input: {shape: [32, 32, 3]}
          - \(className)\(exampleArguments.isEmpty ? "" : ": {\(exampleArguments)}")
        """
    }
    static var exampleArguments: String { "" }
    static var factorBounds: ClosedRange<Double> { -1...1 }
    static var boundsEachNumber: Bool { false }
    static var excludesLowest: Bool { false }
    var checksValueRange: Bool { true }

    func bounds(of factor: String) -> ClosedRange<Double> { Self.factorBounds }

    func check(_ sizes: [Int], _ channels: Int, _ check: inout LayerCheck) {}

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        for case let factor as Argument<[Double]> in Self.schema {
            self.check(factor.name, arguments[factor], &check)
        }
        for case let factor as Argument<[Double]?> in Self.schema {
            if let values = arguments[factor] { self.check(factor.name, values, &check) }
        }
        let hasFormat = Self.schema.contains { $0.name == DataFormat.argument.name }
        let format = hasFormat ? arguments[DataFormat.argument] : .channelsLast
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: 2, format))
        else { return nil }
        let (sizes, channels) = format.split(inputs[0].shape)
        self.check(sizes, channels, &check)
        return inputs[0]
    }

    /// Keras's rule for a range of values, which are two, and for a factor, which is a number or two.
    private func check(_ name: String, _ values: [Double], _ check: inout LayerCheck) {
        if name == AugmentationArguments.valueRange.name {
            guard values.count != 2 else { return }
            let message = "`value_range` of `\(check.name)` should be two numbers"
            if checksValueRange {
                check.error(
                    .argumentValue, message, at: .argument(name), label: "should be `[low, high]`")
            } else {
                check.warning(
                    .argumentValue,
                    message + "; Keras takes others for inference, where it isn't used",
                    at: .argument(name), label: "should be `[low, high]`")
            }
            return
        }
        let bounds = bounds(of: name)
        let isInside =
            values.count == 2 && !Self.boundsEachNumber
            ? values[0] <= bounds.upperBound && values[1] >= bounds.lowerBound
            : values.prefix(2).allSatisfy(bounds.contains)
        // Keras takes no list of one.
        let written = check.item.arguments.valueSpan(name)?.text
        let isListOfOne = values.count == 1 && written.map { Double($0) == nil } ?? false
        let isLowest = Self.excludesLowest && values.contains(bounds.lowerBound)
        guard values.count > 2 || isListOfOne || !isInside || isLowest else { return }
        let (low, high) = (Self.text(bounds.lowerBound), Self.text(bounds.upperBound))
        check.error(
            .argumentValue,
            "`\(name)` of `\(check.name)` should be a number from \(Self.excludesLowest ? "above " : "")"
                + "\(low) to \(high), or two of them",
            at: .argument(name),
            label: isListOfOne
                ? "a list of one number"
                : values.count > 2
                    ? "\(values.count) numbers"
                    : isInside ? "should be above \(low)" : "not in \(low)...\(high)")
    }

    private static func text(_ number: Double) -> String { "\(Int(number))" }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID { inputs[0] }
}

/// Arguments that several augmentations take.
enum AugmentationArguments {
    enum Interpolation: String, CaseIterable, Sendable { case bilinear, nearest }
    enum FillMode: String, CaseIterable, Sendable { case reflect, wrap, constant, nearest }

    static func factor(_ name: String = "factor", default value: Double? = nil) -> Argument<
        [Double]
    > {
        .numbers(name, default: value, "Training: how strong; a number, or the least and the most.")
    }

    static func optionalFactor(_ name: String) -> Argument<[Double]?> {
        Argument<[Double]>.numbers(
            name,
            "Training: how strong; a number, the least and the most, or `null` for not at all."
        ).orNull()
    }

    static let valueRange = Argument<[Double]>.numbers(
        "value_range", default: [0, 255],
        "Training: the smallest and the largest value of an image.")
    static let interpolation = Argument<Interpolation>.choice(
        "interpolation", default: .bilinear, "Training: how values between cells are found.")
    static let fillMode = Argument<FillMode>.choice(
        "fill_mode", default: .reflect, "Training: what is seen where the image ends.")
    static let fillValue = Argument.number(
        "fill_value", default: 0, "Training: the value of `fill_mode: constant`.")
    static let seed = TrainingArguments.seed
    static let format = DataFormat.argument
}
