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
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format))
        else { return nil }
        if usesMask, let mask = check.mask() {
            let steps = format.split(inputs[0].shape).spatial
            if mask != steps {
                check.error(
                    .shapeMismatch,
                    "\(check.item.className) can't use the mask of its input, which marks "
                        + "\(TensorType(.float32, mask).shapeText): it takes one mark for each of the "
                        + "\(steps[0]) steps",
                    label: "takes a mask of steps", inputs: [0])
            }
        }
        let channels = format.split(inputs[0].shape).channels
        let ones = [Int](repeating: 1, count: Self.rank)
        return TensorType(
            .float32,
            arguments[GlobalPoolingArguments.keepDims] ? format.join(ones, channels) : [channels])
    }

    /// Keras averages over the steps that count; the other layers pass masks by.
    private var usesMask: Bool { Self.rank == 1 && Self.kind == .average }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        if usesMask, let mask = lowering.mask() {
            return maskedMean(inputs[0], mask, &lowering)
        }
        let first = arguments[DataFormat.argument] == .channelsLast ? 1 : 2
        return lowering.emit(
            .reduce(
                ReduceOp(
                    Self.kind == .maximum ? .maximum : .mean,
                    axes: Array(first..<(first + Self.rank)),
                    keepDims: arguments[GlobalPoolingArguments.keepDims])), inputs)
    }

    /// The sum over the steps that count, divided by their number.
    private func maskedMean(
        _ x: ValueID, _ mask: ValueID, _ lowering: inout Lowering
    ) -> ValueID {
        let (batch, steps) = (lowering.type(mask).shape[0], lowering.type(mask).shape[1])
        let isLast = arguments[DataFormat.argument] == .channelsLast
        let keepDims = arguments[GlobalPoolingArguments.keepDims]
        let marks = lowering.reshape(
            mask, isLast ? [batch, steps, 1] : [batch, 1, steps], "marks")
        let kept = lowering.emit(.binary(BinaryOp(.keep)), [x, marks], "kept")
        let axes = [isLast ? 1 : 2]
        let sum = lowering.emit(
            .reduce(ReduceOp(.sum, axes: axes, keepDims: keepDims)), [kept], "sum")
        let count = lowering.emit(
            .reduce(ReduceOp(.sum, axes: axes, keepDims: keepDims)), [marks], "count")
        return lowering.emit(.binary(BinaryOp(.divide)), [sum, count])
    }
}
