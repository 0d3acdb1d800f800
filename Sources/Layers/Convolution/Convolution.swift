import Diagnostics
import IR
import Spec

/// What `keras.layers.Conv1D`, `Conv2D` and `Conv3D` share: everything but the number of axes.
protocol ConvolutionLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

/// The arguments of a convolution over `rank` axes.
struct ConvolutionArguments: Sendable {
    let filters = Argument.integer(
        "filters", minimum: 1, former: ["nb_filter"], "The number of output channels.")
    let kernelSize: Argument<[Int]>
    let strides: Argument<[Int]>
    let padding: Argument<SpatialWindow.CausalMode>
    let format = DataFormat.argument
    let dilation: Argument<[Int]>
    let groups = Argument.integer(
        "groups", default: 1, minimum: 1,
        "Channels are split into this many groups, each convolved by itself.")
    let activation = Argument<ActivationFunction>.activation(
        "activation", "The function applied to the output.")
    let useBias = Argument.boolean("use_bias", default: true, "Whether a bias is added.")

    init(rank: Int) {
        kernelSize = .spatial("kernel_size", rank: rank, "The kernel's extent along each axis.")
        strides = .spatial(
            "strides", rank: rank, default: 1, former: ["subsample"],
            "The step from one output cell to the next.")
        padding = .choice(
            "padding", default: .valid, former: ["border_mode"], ignoringCase: true,
            rank == 1
                ? "`valid`: none; `same`: output size is ceil(size / stride); `causal`: before only."
                : "`valid`: none; `same`: the output has ceil(size / stride) cells.")
        dilation = .spatial(
            "dilation_rate", rank: rank, default: 1, "The distance between the kernel's cells.")
    }

    var schema: [any ArgumentDescriptor] {
        [
            filters, kernelSize, strides, padding, format, dilation, groups, activation, useBias,
        ] + TrainingArguments.kernelAndBias
    }

    static let byRank = (1...3).map(ConvolutionArguments.init)
}

extension ConvolutionLayer {
    package static var formula: String {
        "output[p, f] = activation(sum over k, c of x[p * strides + k * dilation, c] * "
            + "kernel[k, c, f] + bias[f])"
    }

    static var keys: ConvolutionArguments { ConvolutionArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { keys.schema }

    private var window: SpatialWindow {
        SpatialWindow(
            size: arguments[Self.keys.kernelSize], strides: arguments[Self.keys.strides],
            dilation: arguments[Self.keys.dilation], mode: arguments[Self.keys.padding])
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let keys = Self.keys
        let format = arguments[keys.format]
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: Self.rank, format))
        else { return nil }
        let window = window
        let filters = arguments[keys.filters]
        let groups = arguments[keys.groups]
        let (spatial, channels) = format.split(inputs[0].shape)
        if window.mode == .causal, Self.rank > 1 {
            check.error(
                .argumentValue, "`causal` padding is for one axis of time; \(Self.className) has "
                    + "\(Self.rank)", at: .argument("padding"), label: "only in Conv1D")
        }
        check.requireStrideOrDilation(window)
        if channels % groups != 0 {
            check.error(
                .indivisible, "\(channels) input channels can't be split into \(groups) groups",
                at: .argument("groups"), label: "does not divide \(channels)", inputs: [0])
        }
        if filters % groups != 0 {
            check.error(
                .indivisible, "\(filters) filters can't be split into \(groups) groups",
                at: .argument("groups"), label: "does not divide `filters`")
        }
        let sizes = window.outputSizes(
            spatial, argument: "kernel_size", thing: "kernel", &check)
        return check.activated(
            TensorType(.float32, format.join(sizes, filters)), arguments[keys.activation],
            argument: "activation")
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let keys = Self.keys
        let channels = arguments[keys.format].split(inputs[0].shape).channels
        let filters = arguments[keys.filters]
        var weights = [
            WeightSpec(
                "kernel",
                arguments[keys.kernelSize] + [channels / arguments[keys.groups], filters],
                arguments[TrainingArguments.kernelInitializer])
        ]
        if arguments[keys.useBias] {
            weights.append(
                WeightSpec("bias", [filters], arguments[TrainingArguments.biasInitializer]))
        }
        return weights
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let keys = Self.keys
        let format = arguments[keys.format]
        let x = lowering.channelsLast(inputs[0], format)
        let spatial = Array(lowering.type(x).shape[1...Self.rank])
        let window = window
        var operands = [x, lowering.weight("kernel")]
        if arguments[keys.useBias] { operands.append(lowering.weight("bias")) }
        let convolved = lowering.emit(
            .convolution(
                ConvolutionOp(
                    strides: window.strides, padding: window.padding(spatial),
                    dilation: window.dilation, groups: arguments[keys.groups])), operands)
        let y = lowering.channelsFirst(convolved, format)
        return lowering.activation(arguments[keys.activation], y)
    }
}

extension LayerCheck {
    /// Keras refuses strides and dilation together.
    mutating func requireStrideOrDilation(_ window: SpatialWindow) {
        guard window.strides.contains(where: { $0 > 1 }), window.dilation.contains(where: { $0 > 1 })
        else { return }
        error(
            .argumentConflict, "`strides` and `dilation_rate` can't both be above 1",
            at: .argument("dilation_rate"), label: "with strides of \(window.strides)")
    }
}

extension DataFormat {
    /// The spatial sizes and the channels of a shape without batch.
    func split(_ shape: [Int]) -> (spatial: [Int], channels: Int) {
        switch self {
        case .channelsLast: (Array(shape.dropLast()), shape.last!)
        case .channelsFirst: (Array(shape.dropFirst()), shape.first!)
        }
    }

    func join(_ spatial: [Int], _ channels: Int) -> [Int] {
        self == .channelsLast ? spatial + [channels] : [channels] + spatial
    }
}
