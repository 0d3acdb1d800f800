import Diagnostics
import IR
import Spec

/// What `keras.layers.AdaptiveMaxPooling1D`... and `AdaptiveAveragePooling1D`... share: pooling to a
/// given size, whatever the input's.
protocol AdaptivePoolingLayer: Layer {
    static var rank: Int { get }
    static var kind: PoolOp.Kind { get }
    var arguments: Arguments { get }
}

enum AdaptivePoolingArguments {
    static let outputSizes = (1...3).map {
        Argument<[Int]>.spatial("output_size", rank: $0, "The size of the output along each axis.")
    }
}

extension AdaptivePoolingLayer {
    package static var formula: String {
        let word = kind == .maximum ? "max" : "mean"
        return
            "output[i, c] = \(word) over p in floor(i * n / m)..<ceil((i + 1) * n / m) of x[p, c], "
            + "m = output_size"
    }

    private static var size: Argument<[Int]> { AdaptivePoolingArguments.outputSizes[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { [size, DataFormat.argument] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format))
        else { return nil }
        let channels = format.split(inputs[0].shape).channels
        return TensorType(.float32, format.join(arguments[Self.size], channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let format = arguments[DataFormat.argument]
        var x = lowering.channelsLast(inputs[0], format)
        for (axis, size) in arguments[Self.size].enumerated() {
            x = lowering.adaptivePool(x, Self.kind, axis: axis + 1, to: size)
        }
        return lowering.channelsFirst(x, format)
    }
}

extension Lowering {
    /// Pools along one axis to `newSize` cells: cell `i` is made of cells `i * n / m`, rounded down, to
    /// `(i + 1) * n / m`, rounded up.
    ///
    /// With `g` the greatest common divisor of `n` and `m`, cells `r, r + m / g, ...` of the result have
    /// windows of one size, `n / g` apart: a pooling each, and they take turns.
    fileprivate mutating func adaptivePool(
        _ x: ValueID, _ kind: PoolOp.Kind, axis: Int, to newSize: Int
    ) -> ValueID {
        let shape = type(x).shape
        let size = shape[axis]
        if size == newSize { return x }
        let divisor = Self.greatestCommonDivisor(size, newSize)
        let (period, step) = (newSize / divisor, size / divisor)
        if kind == .average, period > 1 {
            var band = WeightedBand()
            for index in 0..<newSize {
                let start = index * size / newSize
                let count = ((index + 1) * size + newSize - 1) / newSize - start
                band.append(start, [Double](repeating: 1 / Double(count), count: count))
            }
            return self.band(x, axis: axis, band, "axis\(axis)")
        }
        let rank = shape.count - 2
        let ones = [Int](repeating: 1, count: rank)
        var phases: [ValueID] = []
        for phase in 0..<period {
            let start = phase * size / newSize
            let end = ((phase + 1) * size + newSize - 1) / newSize
            var starts = [Int](repeating: 0, count: shape.count)
            var sizes = shape
            starts[axis] = start
            sizes[axis] = (divisor - 1) * step + end - start
            let part =
                sizes == shape
                ? x : emit(.slice(SliceOp(starts: starts, sizes: sizes)), [x], "cells")
            var (window, strides) = (ones, ones)
            window[axis - 1] = end - start
            strides[axis - 1] = step
            phases.append(
                emit(
                    .pool(
                        PoolOp(
                            kind, window: window, strides: strides,
                            padding: [Padding](repeating: .zero, count: rank))), [part],
                    period == 1 ? nil : "phase_\(phase)"))
        }
        if period == 1 { return phases[0] }
        var factors = [Int](repeating: 1, count: shape.count)
        factors[axis] = period
        return emit(.interleave(InterleaveOp(factors: factors)), phases)
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
