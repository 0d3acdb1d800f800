import Diagnostics
import IR
import Spec

/// What `keras.layers.SeparableConv1D` and `SeparableConv2D` share: a depthwise convolution, then one
/// over the channels alone, without anything in between.
protocol SeparableConvolutionLayer: Layer {
    static var rank: Int { get }
    var arguments: Arguments { get }
}

extension DepthwiseArguments {
    var separableSchema: [any ArgumentDescriptor] {
        [
            KernelArguments.filters, kernel.size, kernel.strides, kernel.padding,
            KernelArguments.format, kernel.dilation, Self.multiplier, KernelArguments.activation,
            KernelArguments.useBias,
        ] + TrainingArguments.separable
    }
}

extension SeparableConvolutionLayer {
    package static var formula: String {
        "output[p, f] = activation(sum over c, m of pointwise_kernel[c * multiplier + m, f] * "
            + "(sum over k of x[p * strides + k * dilation, c] * depthwise_kernel[k, c, m]) + bias[f])"
    }

    private static var keys: DepthwiseArguments { DepthwiseArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { keys.separableSchema }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        Self.keys.kernel.outputType(
            inputs, arguments, filters: { _ in arguments[KernelArguments.filters] }, &check)
    }

    package func shapeArithmetic(_ inputs: [TensorType], _ output: TensorType) -> String? {
        Self.keys.kernel.arithmetic(inputs[0], arguments)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let channels = arguments[KernelArguments.format].split(inputs[0].shape).channels
        let multiplier = arguments[DepthwiseArguments.multiplier]
        let filters = arguments[KernelArguments.filters]
        let ones = [Int](repeating: 1, count: Self.rank)
        return [
            WeightSpec(
                "depthwise_kernel", arguments[Self.keys.kernel.size] + [channels, multiplier],
                arguments[TrainingArguments.depthwiseInitializer]),
            WeightSpec(
                "pointwise_kernel", ones + [product(channels, multiplier), filters],
                arguments[TrainingArguments.pointwiseInitializer]),
        ] + KernelArguments.bias(arguments, filters)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = lowering.channelsLast(inputs[0], arguments[KernelArguments.format])
        let (kernel, groups) = KernelArguments.depthwise("depthwise_kernel", &lowering)
        let depthwise = lowering.emit(
            .convolution(
                Self.keys.kernel.operation(lowering.type(x), groups: groups, arguments)),
            [x, kernel], "depthwise")
        let ones = [Int](repeating: 1, count: Self.rank)
        let pointwise = ConvolutionOp(
            strides: ones, padding: [Padding](repeating: .zero, count: Self.rank),
            dilation: ones, groups: 1)
        return KernelArguments.lower(
            pointwise, depthwise, lowering.weight("pointwise_kernel"), arguments, &lowering)
    }
}
