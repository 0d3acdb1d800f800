import Diagnostics
import IR
import Spec

/// What `keras.layers.ZeroPadding1D`, `ZeroPadding2D` and `ZeroPadding3D` share.
protocol ZeroPaddingLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

enum ZeroPaddingArguments {
    static let byRank = (1...3).map {
        Argument<[Padding]>.padding(
            "padding", rank: $0, default: Padding(1, 1), "Zeros before and after each axis.")
    }
}

extension ZeroPaddingLayer {
    package static var formula: String { "output = x with zeros before and after each axis" }

    private static var padding: Argument<[Padding]> { ZeroPaddingArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { [padding, DataFormat.argument] }

    /// The padding of the spatial axes.
    var spatial: [Padding] { arguments[Self.padding] }

    /// The padding of every axis but the batch's.
    private var paddings: [Padding] {
        let padding = arguments[Self.padding]
        return arguments[DataFormat.argument] == .channelsLast
            ? padding + [.zero] : [.zero] + padding
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format)) else {
            return nil
        }
        return TensorType(
            inputs[0].elementType, zip(inputs[0].shape, paddings).map { $0 + $1.total })
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        guard inputs[0].rank == Self.rank + 1 else { return nil }
        let format = arguments[DataFormat.argument]
        let texts = zip(format.split(inputs[0].shape).spatial, spatial).map {
            "\($0) + \($1.before) + \($1.after) = \($0 + $1.total)"
        }
        return SpatialWindow.list(texts, rank: Self.rank)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.emit(.pad(PadOp([.zero] + paddings)), inputs)
    }
}
