import IR
import Spec

/// The arguments that every layer with a kernel over `rank` spatial axes takes, and what they mean.
struct KernelArguments: Sendable {
    let size: Argument<[Int]>
    let strides: Argument<[Int]>
    let padding: Argument<SpatialWindow.Mode>
    let dilation: Argument<[Int]>

    static let filters = Argument.integer(
        "filters", minimum: 1, former: ["nb_filter"], "The number of output channels.")
    static let format = DataFormat.argument
    static let activation = Argument<ActivationFunction>.activation(
        "activation", "The function applied to the output.")
    static let useBias = Argument.boolean(
        "use_bias", default: true, former: ["bias"], "Whether a bias is added.")

    init(rank: Int, modes: [SpatialWindow.Mode]) {
        size = .spatial(
            "kernel_size", rank: rank, former: rank == 1 ? ["filter_length"] : [],
            "The kernel's extent along each axis.")
        strides = .spatial(
            "strides", rank: rank, default: 1,
            former: rank == 1 ? ["subsample_length", "subsample"] : ["subsample"],
            "The step from one output cell to the next.")
        let causal = modes.contains(.causal) ? "; `causal`: before only" : ""
        padding = .choice(
            "padding", among: modes, default: .valid, former: ["border_mode"], ignoringCase: true,
            synonyms: SpatialWindow.synonyms,
            advice: { SpatialWindow.advice($0, rank: rank) },
            "`valid`: none; `same`: the output has ceil(size / stride) cells\(causal).")
        dilation = .spatial(
            "dilation_rate", rank: rank, default: 1, former: ["atrous_rate"],
            "The distance between the kernel's cells.")
    }

    func window(_ arguments: Arguments) -> SpatialWindow {
        SpatialWindow(
            size: arguments[size], strides: arguments[strides], dilation: arguments[dilation],
            mode: arguments[padding])
    }

    /// How the spatial sizes of the output came about.
    func arithmetic(_ input: TensorType, _ arguments: Arguments) -> String? {
        let window = window(arguments)
        guard input.rank == window.size.count + 1 else { return nil }
        return window.arithmetic(arguments[Self.format].split(input.shape).spatial)
    }

    /// The output's type without anything to check but the window, with `filters` channels for those
    /// of the input.
    func outputType(
        _ inputs: [TensorType], _ arguments: Arguments, filters: (_ channels: Int) -> Int,
        _ check: inout LayerCheck
    ) -> TensorType? {
        let format = arguments[Self.format]
        let rank = arguments[size].count
        guard check.requireFloat(inputs) else { return nil }
        guard check.requireRank(inputs, axes: SpatialWindow.axes(rank: rank, format)) else {
            let spatial = check.unknownShape(rank: rank)
            return TensorType(.float32, format.join(spatial, filters(check.unknownSize)))
        }
        let (spatial, channels) = format.split(inputs[0].shape)
        let sizes = window(arguments).outputSizes(
            spatial, argument: "kernel_size", thing: "kernel", &check)
        return check.activated(
            TensorType(.float32, format.join(sizes, filters(channels))),
            arguments[Self.activation], argument: "activation")
    }

    /// The bias's variable, if there is one.
    static func bias(_ arguments: Arguments, _ count: Int) -> [WeightSpec] {
        arguments[useBias]
            ? [WeightSpec("bias", [count], arguments[TrainingArguments.biasInitializer])] : []
    }

    /// The convolution of `x`, channels last, without the bias.
    func operation(_ x: TensorType, groups: Int, _ arguments: Arguments) -> ConvolutionOp {
        let window = window(arguments)
        return ConvolutionOp(
            strides: window.strides, padding: window.padding(Array(x.shape.dropFirst().dropLast())),
            dilation: window.dilation, groups: groups)
    }

    /// The convolution of `x`, channels last, then all that comes behind it: the bias, the layer's
    /// data format, the activation.
    static func lower(
        _ operation: ConvolutionOp, _ x: ValueID, _ kernel: ValueID, _ arguments: Arguments,
        _ lowering: inout Lowering
    ) -> ValueID {
        let types = [lowering.type(x), lowering.type(kernel)]
        guard let output = try? operation.resultType(types) else {
            preconditionFailure("a convolution of \(types) has not been checked")
        }
        var values = [x, kernel]
        let isLast = isBiasLast(output.shape, arguments)
        if arguments[useBias], !isLast { values.append(lowering.weight("bias")) }
        let convolved = lowering.emit(.convolution(operation), values)
        var y = lowering.channelsFirst(convolved, arguments[format])
        if isLast { y = lowering.addBias(y, lowering.weight("bias")) }
        return lowering.activation(arguments[activation], y)
    }

    /// Whether the bias goes along the last spatial axis, the channels being first: see `BiasPlace`.
    private static func isBiasLast(_ channelsLast: [Int], _ arguments: Arguments) -> Bool {
        guard arguments[format] == .channelsFirst, arguments[useBias] else { return false }
        let (batch, channels) = (channelsLast[0], channelsLast[channelsLast.count - 1])
        let spatial = Array(channelsLast.dropFirst().dropLast())
        let bias = [channels] + spatial.map { _ in 1 }
        return BiasPlace.guessed(bias, in: [batch, channels] + spatial) != nil
    }

    /// A depthwise kernel `[k..., C, multiplier]` as that of `C` groups: channel `c * multiplier + m`
    /// of the output is the m-th of channel `c`.
    static func depthwise(_ name: String, _ lowering: inout Lowering) -> (ValueID, groups: Int) {
        let kernel = lowering.weight(name)
        let shape = lowering.type(kernel).shape
        let groups = shape[shape.count - 2]
        let grouped = shape.dropLast(2) + [1, groups * shape[shape.count - 1]]
        return (lowering.reshape(kernel, Array(grouped), "grouped_kernel"), groups)
    }
}
