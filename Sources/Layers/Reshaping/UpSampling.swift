import Diagnostics
import IR
import Spec

/// What `keras.layers.UpSampling1D`, `UpSampling2D` and `UpSampling3D` share.
protocol UpSamplingLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

enum UpSamplingArguments {
    static let interpolation = Argument<Interpolation>.choice(
        "interpolation", default: .nearest, ignoringCase: true,
        "How values between cells are found; `nearest` repeats cells.")
    static let byRank = (1...3).map {
        Argument<[Int]>.spatial(
            "size", rank: $0, default: 2, former: $0 == 1 ? ["length"] : [],
            "The factor along each axis.")
    }
}

extension UpSamplingLayer {
    package static var formula: String {
        rank == 2
            ? "output[p, c] = x[floor(p / size), c], or between the nearest cells"
            : "output[p, c] = x[floor(p / size), c]"
    }

    private static var size: Argument<[Int]> { UpSamplingArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] {
        switch rank {
        case 1: [size]
        case 2: [size, DataFormat.argument, UpSamplingArguments.interpolation]
        default: [size, DataFormat.argument]
        }
    }

    private var format: DataFormat {
        Self.rank == 1 ? .channelsLast : arguments[DataFormat.argument]
    }

    private var interpolation: Interpolation {
        Self.rank == 2 ? arguments[UpSamplingArguments.interpolation] : .nearest
    }

    private func sizes(_ spatial: [Int]) -> [Int] {
        zip(spatial, arguments[Self.size]).map(product)
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format))
        else { return nil }
        let (spatial, channels) = format.split(inputs[0].shape)
        return TensorType(.float32, format.join(sizes(spatial), channels))
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        guard inputs[0].rank == Self.rank + 1 else { return nil }
        let texts = zip(format.split(inputs[0].shape).spatial, arguments[Self.size]).map {
            "\($0) * \($1) = \(product($0, $1))"
        }
        return SpatialWindow.list(texts, rank: Self.rank)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let shape = Array(lowering.type(inputs[0]).shape.dropFirst())
        return lowering.resize(
            inputs[0], to: sizes(format.split(shape).spatial), format, interpolation)
    }
}
