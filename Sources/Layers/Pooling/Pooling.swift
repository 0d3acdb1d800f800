import Diagnostics
import IR
import Spec

/// What `keras.layers.MaxPooling1D`... and `AveragePooling1D`... share.
protocol PoolingLayer: Layer {
    static var rank: Int { get }
    static var kind: PoolOp.Kind { get }
    var arguments: Arguments { get }
}

struct PoolingArguments: Sendable {
    let size: Argument<[Int]>
    let strides: Argument<[Int]?>
    let padding: Argument<SpatialWindow.Mode>

    /// - Parameter defaultSize: nil where Keras has none.
    init(rank: Int, defaultSize: Int?) {
        size = .spatial(
            "pool_size", rank: rank, default: defaultSize,
            former: rank == 1 ? ["pool_length"] : [], "The window's extent along each axis.")
        strides = Argument<[Int]>.spatial(
            "strides", rank: rank, former: rank == 1 ? ["stride"] : [],
            "The step from one window to the next; `null` for `pool_size`."
        ).orNull()
        padding = .choice(
            "padding", among: [.valid, .same], default: .valid, former: ["border_mode"],
            synonyms: SpatialWindow.synonyms, advice: { SpatialWindow.advice($0, rank: rank) },
            "`valid`: whole windows only; `same`: the output has ceil(size / stride) cells.")
    }

    var schema: [any ArgumentDescriptor] { [size, strides, padding, DataFormat.argument] }

    static let maximum = (1...3).map { PoolingArguments(rank: $0, defaultSize: 2) }
    static let average = (1...3).map { PoolingArguments(rank: $0, defaultSize: nil) }
}

extension PoolingLayer {
    package static var formula: String {
        switch kind {
        case .maximum: "output[p, c] = max over k in pool_size of x[p * strides + k, c]"
        case .average: "output[p, c] = mean over k in pool_size of x[p * strides + k, c]"
        }
    }

    private static var keys: PoolingArguments {
        (kind == .maximum ? PoolingArguments.maximum : PoolingArguments.average)[rank - 1]
    }
    package static var schema: [any ArgumentDescriptor] { keys.schema }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        guard inputs[0].rank == Self.rank + 1 else { return nil }
        return window.arithmetic(arguments[DataFormat.argument].split(inputs[0].shape).spatial)
    }

    /// The spatial sizes of an input, and how many cells at the end of each no window reaches.
    func rest(of input: TensorType) -> (sizes: [Int], rest: [Int]) {
        let window = window
        let sizes = arguments[DataFormat.argument].split(input.shape).spatial
        guard window.mode == .valid else { return (sizes, sizes.map { _ in 0 }) }
        return (sizes, sizes.indices.map { (sizes[$0] - window.size[$0]) % window.strides[$0] })
    }

    /// Why cells are left: "(13 - 2) / 2 = 5, and 1 is left over".
    func division(of size: Int, axis: Int) -> String {
        let (pool, stride) = (window.size[axis], window.strides[axis])
        return "(\(size) - \(pool)) / \(stride) = \((size - pool) / stride), and "
            + "\((size - pool) % stride) is left over"
    }

    private var window: SpatialWindow {
        let size = arguments[Self.keys.size]
        return SpatialWindow(
            size: size, strides: arguments[Self.keys.strides] ?? size,
            dilation: [Int](repeating: 1, count: Self.rank), mode: arguments[Self.keys.padding])
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let format = arguments[DataFormat.argument]
        guard check.requireFloat(inputs) else { return nil }
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format)) else {
            return TensorType(.float32, check.unknownShape(rank: Self.rank + 1))
        }
        let (spatial, channels) = format.split(inputs[0].shape)
        let sizes = window.outputSizes(spatial, argument: "pool_size", thing: "window", &check)
        return TensorType(.float32, format.join(sizes, channels))
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let format = arguments[DataFormat.argument]
        let x = lowering.channelsLast(inputs[0], format)
        let spatial = Array(lowering.type(x).shape[1...Self.rank])
        let window = window
        let pooled = lowering.emit(
            .pool(
                PoolOp(
                    Self.kind, window: window.size, strides: window.strides,
                    padding: window.padding(spatial))), [x])
        return lowering.channelsFirst(pooled, format)
    }
}
