import Diagnostics
import IR
import Spec

/// What `keras.layers.GlobalMaxPooling1D`... and `GlobalAveragePooling1D`... share.
protocol GlobalPoolingLayer: Layer {
    static var rank: Int { get }
    static var kind: PoolOp.Kind { get }
    var arguments: Arguments { get }
}

enum GlobalPoolingArguments {
    static let keepDims = Argument.boolean(
        "keepdims", default: false, "Whether the spatial axes stay, with size 1.")
    static let schema: [any ArgumentDescriptor] = [DataFormat.argument, keepDims]
}

extension GlobalPoolingLayer {
    package static var formula: String {
        switch kind {
        case .maximum: "output[c] = max over all p of x[p, c]"
        case .average: "output[c] = mean over all p of x[p, c]"
        }
    }

    package static var schema: [any ArgumentDescriptor] { GlobalPoolingArguments.schema }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        guard check.requireFloat(inputs) else { return nil }
        var shape = inputs[0].shape
        if !check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format)) {
            shape = check.unknownShape(rank: Self.rank + 1)
        }
        let channels = format.split(shape).channels
        let ones = [Int](repeating: 1, count: Self.rank)
        return TensorType(
            .float32,
            arguments[GlobalPoolingArguments.keepDims] ? format.join(ones, channels) : [channels])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let first = arguments[DataFormat.argument] == .channelsLast ? 1 : 2
        return lowering.emit(
            .reduce(
                ReduceOp(
                    Self.kind == .maximum ? .maximum : .mean,
                    axes: Array(first..<(first + Self.rank)),
                    keepDims: arguments[GlobalPoolingArguments.keepDims])), inputs)
    }
}
