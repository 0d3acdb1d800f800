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
    let kernel: KernelArguments
    let groups = Argument.integer(
        "groups", default: 1, minimum: 1,
        "Channels are split into this many groups, each convolved by itself.")

    init(rank: Int) {
        kernel = KernelArguments(
            rank: rank, modes: rank == 1 ? [.valid, .same, .causal] : [.valid, .same])
    }

    var schema: [any ArgumentDescriptor] {
        [
            KernelArguments.filters, kernel.size, kernel.strides, kernel.padding,
            KernelArguments.format, kernel.dilation, groups, KernelArguments.activation,
            KernelArguments.useBias,
        ] + TrainingArguments.kernelAndBias
    }

    static let byRank = (1...3).map(ConvolutionArguments.init)
    static let schemas = byRank.map(\.schema)
}

extension ConvolutionLayer {
    package static var formula: String {
        "output[p, f] = activation(sum over k, c of x[p * strides + k * dilation, c] * "
            + "kernel[k, c, f] + bias[f])"
    }

    static var keys: ConvolutionArguments { ConvolutionArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { ConvolutionArguments.schemas[rank - 1] }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let filters = arguments[KernelArguments.filters]
        guard
            let output = Self.keys.kernel.outputType(
                inputs, arguments, filters: { _ in filters }, &check)
        else { return nil }
        check.requireStrideOrDilation(Self.keys.kernel.window(arguments))
        guard inputs[0].rank == Self.rank + 1 else { return output }
        let groups = arguments[Self.keys.groups]
        let channels = arguments[KernelArguments.format].split(inputs[0].shape).channels
        if channels % groups != 0 {
            check.error(
                .indivisible, "\(channels) input channels can't be split into \(groups) groups",
                at: .argument("groups"), label: "does not divide \(channels)", inputs: [0],
                helps: check.divisors(of: channels, near: groups, argument: "groups"))
        }
        if filters % groups != 0 {
            check.error(
                .indivisible, "\(filters) filters can't be split into \(groups) groups",
                at: .argument("groups"), label: "does not divide `filters`, \(filters)",
                helps: [
                    "`filters: \(product((filters + groups - 1) / groups, groups))` is the next "
                        + "multiple of \(groups)"
                ])
        }
        return output
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        Self.keys.kernel.arithmetic(inputs[0], arguments)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let keys = Self.keys
        let channels = arguments[KernelArguments.format].split(inputs[0].shape).channels
        let filters = arguments[KernelArguments.filters]
        let kernel = WeightSpec(
            "kernel",
            arguments[keys.kernel.size] + [channels / arguments[keys.groups], filters],
            arguments[TrainingArguments.kernelInitializer])
        return [kernel] + KernelArguments.bias(arguments, filters)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let keys = Self.keys
        let format = arguments[KernelArguments.format]
        let x = lowering.channelsLast(inputs[0], format)
        let kernel = lowering.weight("kernel")
        let operation = keys.kernel.operation(
            lowering.type(x), groups: arguments[keys.groups], arguments)
        return KernelArguments.lower(operation, x, kernel, arguments, &lowering)
    }
}

extension LayerCheck {
    /// Keras refuses strides and dilation together.
    mutating func requireStrideOrDilation(_ window: SpatialWindow) {
        guard window.strides.contains(where: { $0 > 1 }),
            window.dilation.contains(where: { $0 > 1 })
        else { return }
        error(
            .argumentConflict, "`strides` and `dilation_rate` can't both be above 1",
            at: .argument("dilation_rate"), label: "with strides of \(window.strides)",
            notes: ["Keras refuses the two together in \(item.className)"])
    }

    /// A help that names the numbers near `wanted` that divide `size`.
    func divisors(of size: Int, near wanted: Int, argument: String) -> [String] {
        guard size <= 1 << 16 else { return [] }
        let divisors = (1...size).filter { size % $0 == 0 }
        let below = divisors.last { $0 < wanted }
        let above = divisors.first { $0 > wanted }
        let near = [below, above].compactMap(\.self).map { "`\(argument): \($0)`" }
        return near.isEmpty ? [] : ["\(near.joined(separator: " or ")) would divide \(size)"]
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
