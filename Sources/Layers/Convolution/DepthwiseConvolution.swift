import Diagnostics
import IR
import Spec

/// What `keras.layers.DepthwiseConv1D` and `DepthwiseConv2D` share.
protocol DepthwiseConvolutionLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

struct DepthwiseArguments: Sendable {
    let kernel: KernelArguments
    static let multiplier = Argument.integer(
        "depth_multiplier", default: 1, minimum: 1, "The output channels of each input channel.")

    var schema: [any ArgumentDescriptor] {
        [
            kernel.size, kernel.strides, kernel.padding, Self.multiplier, KernelArguments.format,
            kernel.dilation, KernelArguments.activation, KernelArguments.useBias,
        ] + TrainingArguments.depthwiseAndBias
    }

    static let byRank = (1...2).map {
        DepthwiseArguments(kernel: KernelArguments(rank: $0, modes: [.valid, .same]))
    }
}

extension DepthwiseConvolutionLayer {
    package static var formula: String {
        "output[p, c * multiplier + m] = activation(sum over k of "
            + "x[p * strides + k * dilation, c] * kernel[k, c, m] + bias[c * multiplier + m])"
    }

    private static var keys: DepthwiseArguments { DepthwiseArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { keys.schema }

    private func channels(_ input: TensorType) -> (input: Int, output: Int) {
        let channels = arguments[KernelArguments.format].split(input.shape).channels
        return (channels, product(channels, arguments[DepthwiseArguments.multiplier]))
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        Self.keys.kernel.outputType(
            inputs, arguments, filters: { product($0, arguments[DepthwiseArguments.multiplier]) },
            &check)
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        Self.keys.kernel.arithmetic(inputs[0], arguments)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let channels = channels(inputs[0])
        let kernel = WeightSpec(
            "kernel",
            arguments[Self.keys.kernel.size]
                + [channels.input, arguments[DepthwiseArguments.multiplier]],
            arguments[TrainingArguments.depthwiseInitializer],
            filterAxes: [Self.rank, Self.rank + 1])
        return [kernel] + KernelArguments.bias(arguments, channels.output)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = lowering.channelsLast(inputs[0], arguments[KernelArguments.format])
        let (kernel, groups) = KernelArguments.depthwise("kernel", &lowering)
        let operation = Self.keys.kernel.operation(lowering.type(x), groups: groups, arguments)
        return KernelArguments.lower(operation, x, kernel, arguments, &lowering)
    }
}
