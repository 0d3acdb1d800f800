import Diagnostics
import IR
import Spec

/// What `keras.layers.Cropping1D`, `Cropping2D` and `Cropping3D` share.
protocol CroppingLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

enum CroppingArguments {
    static let byRank = (1...3).map {
        Argument<[Padding]>.padding(
            "cropping", rank: $0, default: $0 == 2 ? .zero : Padding(1, 1),
            "Cells cut off before and after each axis.")
    }
}

extension CroppingLayer {
    package static var formula: String { "output = x without its first and last cells" }

    private static var cropping: Argument<[Padding]> { CroppingArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] {
        rank == 1 ? [cropping] : [cropping, DataFormat.argument]
    }

    private var format: DataFormat {
        Self.rank == 1 ? .channelsLast : arguments[DataFormat.argument]
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format)) else {
            return nil
        }
        let (spatial, channels) = format.split(inputs[0].shape)
        let cuts = arguments[Self.cropping]
        let left = zip(spatial, cuts).map { $0 - $1.total }
        let gone = left.indices.filter { left[$0] <= 0 }
        if !gone.isEmpty {
            let names = SpatialWindow.axisNames[Self.rank - 1]
            let cells = gone.map { "\(cuts[$0].total)" }
            check.error(
                .windowTooLarge,
                "nothing is left of the "
                    + Axis.list(gone.map { "\(names[$0]) of \(spatial[$0])" }),
                at: .argument("cropping"),
                label: "cuts \(Set(cells).count == 1 ? cells[0] : Axis.list(cells)) cells off",
                inputs: [0],
                notes: [
                    SpatialWindow.list(
                        gone.map {
                            "\(spatial[$0]) - \(cuts[$0].before) - \(cuts[$0].after) = \(left[$0])"
                        }, axes: gone, rank: Self.rank)
                ],
                helps: ["cut at most \(gone.map { spatial[$0] - 1 }.min()!) cells off"])
        }
        let sizes = left.map { max($0, 1) }
        return TensorType(inputs[0].elementType, format.join(sizes, channels))
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        guard inputs[0].rank == Self.rank + 1 else { return nil }
        let texts = zip(format.split(inputs[0].shape).spatial, arguments[Self.cropping]).map {
            "\($0) - \($1.before) - \($1.after) = \($0 - $1.total)"
        }
        return SpatialWindow.list(texts, rank: Self.rank)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let cropping = arguments[Self.cropping]
        let cuts = [.zero] + (format == .channelsLast ? cropping + [.zero] : [.zero] + cropping)
        let shape = lowering.type(inputs[0]).shape
        return lowering.emit(
            .slice(
                SliceOp(
                    starts: cuts.map(\.before), sizes: zip(shape, cuts).map { $0 - $1.total })),
            inputs)
    }
}
