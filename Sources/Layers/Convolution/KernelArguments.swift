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

    /// The bias's variable, if there is one.
    static func bias(_ arguments: Arguments, _ count: Int) -> [WeightSpec] {
        arguments[useBias]
            ? [WeightSpec("bias", [count], arguments[TrainingArguments.biasInitializer])] : []
    }

    /// The convolution of `x`, channels last, with the bias where the layer has one (and it is not
    /// `biased` later).
    func lower(
        _ x: ValueID, _ kernel: ValueID, groups: Int, _ arguments: Arguments,
        biased: Bool = true, suffix: String? = nil, _ lowering: inout Lowering
    ) -> ValueID {
        let window = window(arguments)
        var operands = [x, kernel]
        if biased, arguments[Self.useBias] { operands.append(lowering.weight("bias")) }
        let spatial = Array(lowering.type(x).shape.dropFirst().dropLast())
        return lowering.emit(
            .convolution(
                ConvolutionOp(
                    strides: window.strides, padding: window.padding(spatial),
                    dilation: window.dilation, groups: groups)), operands, suffix)
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

    /// Back to the layer's data format, then the activation.
    static func finish(_ x: ValueID, _ arguments: Arguments, _ lowering: inout Lowering) -> ValueID {
        lowering.activation(
            arguments[activation], lowering.channelsFirst(x, arguments[format]))
    }
}
