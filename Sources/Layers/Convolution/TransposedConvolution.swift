import Diagnostics
import IR
import Spec

/// What `keras.layers.Conv1DTranspose`, `Conv2DTranspose` and `Conv3DTranspose` share: the gradient of
/// a convolution, which scatters each cell of the input over the output.
protocol TransposedConvolutionLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

/// The arguments of a transposed convolution over `rank` axes.
struct TransposedConvolutionArguments: Sendable {
    let kernel: KernelArguments
    let outputPadding: Argument<[Int]?>
    private let rank: Int

    init(rank: Int) {
        self.rank = rank
        kernel = KernelArguments(rank: rank, modes: [.valid, .same])
        outputPadding = Argument<[Int]>.spatial(
            "output_padding", rank: rank, minimum: 0,
            "Cells added after each axis, fewer than `strides`; `null` for what makes the size of the "
                + "output simplest."
        ).orNull()
    }

    var schema: [any ArgumentDescriptor] {
        // Keras has the last two of these the other way round in three dimensions.
        let behind: [any ArgumentDescriptor] = [outputPadding, KernelArguments.format]
        return [KernelArguments.filters, kernel.size, kernel.strides, kernel.padding]
            + (rank == 3 ? behind.reversed() : behind)
            + [kernel.dilation, KernelArguments.activation, KernelArguments.useBias]
            + TrainingArguments.kernelAndBias
    }

    static let byRank = (1...3).map(TransposedConvolutionArguments.init)
}

extension TransposedConvolutionLayer {
    package static var formula: String {
        "output[o, f] = activation(sum over i, k with i * strides + k * dilation = o + crop, and c, "
            + "of x[i, c] * kernel[k, f, c] + bias[f])"
    }

    private static var keys: TransposedConvolutionArguments {
        TransposedConvolutionArguments.byRank[rank - 1]
    }
    package static var schema: [any ArgumentDescriptor] { keys.schema }

    private var format: DataFormat { arguments[KernelArguments.format] }

    /// Along one axis the output's size and the cells cut off before it.
    ///
    /// `reach = (kernel - 1) * dilation + 1`. The size is `(n - 1) * stride + max(reach, stride)` for
    /// `valid`, `n * stride` for `same`; with an output padding `p` `(n - 1) * stride + reach + p` and
    /// `(n - 1) * stride + reach % 2 + p`. For `same`, half of what the scattered input is larger is
    /// cut off before.
    private func extent(_ size: Int, _ window: SpatialWindow, _ axis: Int) -> (size: Int, crop: Int)
    {
        let stride = window.strides[axis]
        let reach = window.reach(axis)
        // Too large for a tensor, and refused as such.
        let scattered = min(product(size - 1, stride), 1 << 40)
        let padding = arguments[Self.keys.outputPadding]?[axis]
        let output: Int
        switch window.mode {
        case .same: output = scattered + (padding.map { reach % 2 + $0 } ?? stride)
        default: output = scattered + (padding.map { reach + $0 } ?? max(reach, stride))
        }
        let crop = window.mode == .same ? max(0, scattered + reach - output) / 2 : 0
        return (output, crop)
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format))
        else { return nil }
        let window = Self.keys.kernel.window(arguments)
        check.requireStrideOrDilation(window)
        checkOutputPadding(window, &check)
        let spatial = format.split(inputs[0].shape).spatial
        let sizes = spatial.indices.map { extent(spatial[$0], window, $0).size }
        return check.activated(
            TensorType(.float32, format.join(sizes, arguments[KernelArguments.filters])),
            arguments[KernelArguments.activation], argument: "activation")
    }

    private func checkOutputPadding(_ window: SpatialWindow, _ check: inout LayerCheck) {
        guard let padding = arguments[Self.keys.outputPadding] else { return }
        let names = SpatialWindow.axisNames[Self.rank - 1]
        for axis in padding.indices {
            if padding[axis] >= window.strides[axis] {
                check.error(
                    .argumentConflict,
                    "`output_padding` should be less than `strides`, and along \(names[axis]) it is "
                        + "\(padding[axis]) with strides of \(window.strides[axis])",
                    at: .argument("output_padding"), label: "at most \(window.strides[axis] - 1)",
                    helps: ["leave it out, or write `null`: Keras then chooses the size"])
                return
            }
            if window.mode == .same, padding[axis] == 0, window.reach(axis) % 2 == 0 {
                check.error(
                    .argumentConflict,
                    "with `padding: same` a kernel of even extent, \(window.reach(axis)) along "
                        + "\(names[axis]), can't have an `output_padding` of 0",
                    at: .argument("output_padding"), label: "should be 1 or more, or left out",
                    notes: ["TensorFlow refuses it too: the sizes don't fit together"])
                return
            }
        }
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        guard inputs[0].rank == Self.rank + 1 else { return nil }
        let window = Self.keys.kernel.window(arguments)
        let spatial = format.split(inputs[0].shape).spatial
        let texts = spatial.indices.map { axis in
            let size = extent(spatial[axis], window, axis).size
            let scattered = product(spatial[axis] - 1, window.strides[axis])
            return
                "(\(spatial[axis]) - 1) * \(window.strides[axis]) + \(size - scattered) = \(size)"
        }
        return SpatialWindow.list(texts, rank: Self.rank)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let filters = arguments[KernelArguments.filters]
        let kernel = WeightSpec(
            "kernel",
            arguments[Self.keys.kernel.size] + [filters, format.split(inputs[0].shape).channels],
            arguments[TrainingArguments.kernelInitializer], filterAxes: [Self.rank])
        return [kernel] + KernelArguments.bias(arguments, filters)
    }

    /// A convolution of the input with zeros between its cells, by the kernel from its end.
    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = lowering.channelsLast(inputs[0], format)
        let window = Self.keys.kernel.window(arguments)
        let spatial = Array(lowering.type(x).shape.dropFirst().dropLast())
        let padding = spatial.indices.map { axis in
            let (size, crop) = extent(spatial[axis], window, axis)
            let before = window.reach(axis) - 1 - crop
            let dilated = (spatial[axis] - 1) * window.strides[axis] + 1
            return Padding(before, size + window.reach(axis) - 1 - dilated - before)
        }
        let operation = ConvolutionOp(
            strides: [Int](repeating: 1, count: Self.rank), padding: padding,
            dilation: window.dilation, inputDilation: window.strides, groups: 1)
        let kernel = lowering.weight("kernel") { $0.convolutionKernel }
        return KernelArguments.lower(operation, x, kernel, arguments, &lowering)
    }
}

extension Constant {
    /// The kernel `[k..., F, C]` of a transposed convolution as that of the convolution which does the
    /// same: `[k..., C, F]`, from its last tap to its first.
    fileprivate var convolutionKernel: Constant {
        let rank = type.rank
        let (filters, channels) = (type.shape[rank - 2], type.shape[rank - 1])
        let shape = Array(type.shape.dropLast(2)) + [channels, filters]
        let type = TensorType(type.elementType, shape)
        guard case .floats(let values) = data else {
            return Constant(name: name, type: type, data: data)
        }
        let size = channels * filters
        let arranged = [Float](unsafeUninitializedCapacity: values.count) { buffer, count in
            count = values.count
            for tap in 0..<(values.count / size) {
                let source = values.count - (tap + 1) * size
                for channel in 0..<channels {
                    for filter in 0..<filters {
                        buffer.initializeElement(
                            at: tap * size + channel * filters + filter,
                            to: values[source + filter * channels + channel])
                    }
                }
            }
        }
        return Constant(name: name, type: type, data: .floats(arranged))
    }
}
