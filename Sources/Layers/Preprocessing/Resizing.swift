import Diagnostics
import IR
import Spec

/// Images of another size, `keras.layers.Resizing`, with half-pixel centers.
package struct Resizing: Layer {
    package static let className = "Resizing"
    package static let summary = "Resamples an image to another size."
    package static let formula =
        "output[i] = x at (i + 0.5) * size / new size - 0.5, along both axes"
    package static let example = """
        layers:
          - Input: {shape: [48, 64, 3]}
          - Resizing: {height: 32, width: 32, interpolation: bicubic, antialias: true}
        """

    enum FillMode: String, CaseIterable, Sendable { case constant }

    static let height = Argument.integer("height", minimum: 1, "The new height.")
    static let width = Argument.integer("width", minimum: 1, "The new width.")
    static let interpolation = Argument<Interpolation>.choice(
        "interpolation", default: .bilinear, "How values between cells are found.")
    static let crops = Argument.boolean(
        "crop_to_aspect_ratio", default: false,
        "Whether the image is cut to the new aspect ratio first, instead of distorted.")
    static let pads = Argument.boolean(
        "pad_to_aspect_ratio", default: false,
        "Whether the image is padded to the new aspect ratio first, instead of distorted.")
    static let fillMode = Argument<FillMode>.choice(
        "fill_mode", default: .constant, "What padding holds.")
    static let fillValue = Argument.number("fill_value", default: 0, "The number padding holds.")
    static let antialias = Argument.boolean(
        "antialias", default: false,
        "Whether the image is smoothed where it gets smaller; `nearest` and `area` never are.")
    package static let schema: [any ArgumentDescriptor] = [
        height, width, interpolation, crops, pads, fillMode, fillValue, antialias,
        DataFormat.argument,
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var sizes: [Int] { [arguments[Self.height], arguments[Self.width]] }
    private var format: DataFormat { arguments[DataFormat.argument] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if arguments[Self.crops], arguments[Self.pads] {
            check.error(
                .argumentConflict,
                "`crop_to_aspect_ratio` and `pad_to_aspect_ratio` can't both be true",
                at: .argument("pad_to_aspect_ratio"), label: "remove one of them")
        }
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: 2, format))
        else { return nil }
        let (spatial, channels) = format.split(inputs[0].shape)
        if arguments[Self.pads] {
            let padding = AspectRatio.padding(spatial, to: sizes)
            let padded = zip(spatial, padding).map { $0 + 2 * $1 } + [channels]
            guard check.requireSize(padded, "the padded image") else { return nil }
        }
        return TensorType(.float32, format.join(sizes, channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        var x = inputs[0]
        let spatial = format.split(Array(lowering.type(x).shape.dropFirst())).spatial
        if arguments[Self.crops] {
            x = lowering.cropped(x, to: AspectRatio.crop(spatial, to: sizes), format)
        } else if arguments[Self.pads] {
            let padding = AspectRatio.padding(spatial, to: sizes).map { Padding($0, $0) }
            let all = [.zero] + (format == .channelsLast ? padding + [.zero] : [.zero] + padding)
            if !padding.allSatisfy(\.isZero) {
                x = lowering.emit(
                    .pad(PadOp(all, value: arguments[Self.fillValue])), [x], "padded")
            }
        }
        return lowering.resize(
            x, to: sizes, format, arguments[Self.interpolation],
            antialias: arguments[Self.antialias])
    }
}

/// Images brought to the aspect ratio of their new size, as Keras does it: in float32, rounded down.
enum AspectRatio {
    /// Of height and width the one at which the other would keep the ratio.
    private static func partners(_ sizes: [Int], to target: [Int]) -> [Int] {
        let height = Float(product(sizes[1], target[0])) / Float(target[1])
        let width = Float(product(sizes[0], target[1])) / Float(target[0])
        return [height, width].map { $0 < 0x1p62 ? Int($0) : 1 << 62 }
    }

    /// The height and width of the middle part that has the ratio.
    static func crop(_ sizes: [Int], to target: [Int]) -> [Int] {
        zip(sizes, partners(sizes, to: target)).map { max(min($0, $1), 1) }
    }

    /// The cells to add before and after height and width.
    static func padding(_ sizes: [Int], to target: [Int]) -> [Int] {
        zip(sizes, partners(sizes, to: target)).map { max(0, ($1 - $0) / 2) }
    }
}

extension Lowering {
    /// The middle of an image.
    mutating func cropped(_ x: ValueID, to sizes: [Int], _ format: DataFormat) -> ValueID {
        let shape = type(x).shape
        let (spatial, channels) = format.split(Array(shape.dropFirst()))
        let starts = zip(spatial, sizes).map { ($0 - $1) / 2 }
        if starts.allSatisfy({ $0 == 0 }), spatial == sizes { return x }
        return emit(
            .slice(
                SliceOp(
                    starts: [0] + format.join(starts, 0),
                    sizes: [shape[0]] + format.join(sizes, channels))), [x], "cropped")
    }
}
