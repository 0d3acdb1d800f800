import IR
import Spec

/// What `keras.layers.ConvLSTM1D`, `ConvLSTM2D` and `ConvLSTM3D` share (Shi et al. 2015): an LSTM whose
/// products are convolutions.
///
/// Variables: `kernel` (k..., channels, 4 filters), `recurrent_kernel` (k..., filters, 4 filters), `bias`
/// (4 filters), with the gates in the order input, forget, candidate, output. The state's convolution
/// keeps its size: padding `same`, stride 1, no dilation.
protocol ConvLSTMLayer: RecurrentLayer {
    static var rank: Int { get }
}

/// The arguments of a ConvLSTM over `rank` spatial axes.
struct ConvLSTMArguments: Sendable {
    let kernel: KernelArguments

    init(rank: Int) { kernel = KernelArguments(rank: rank, modes: [.valid, .same]) }

    var schema: [any ArgumentDescriptor] {
        [
            KernelArguments.filters, kernel.size, kernel.strides, kernel.padding,
            KernelArguments.format, kernel.dilation, RecurrentArguments.activation,
            RecurrentArguments.recurrentActivation, RecurrentArguments.useBias,
        ] + RecurrentArguments.initializers + [RecurrentArguments.unitForgetBias]
            + RecurrentArguments.regularizers + [RecurrentArguments.activityRegularizer]
            + RecurrentArguments.constraints + RecurrentArguments.dropout
            + [RecurrentArguments.seed] + RecurrentArguments.runningWithMemory
            + [RecurrentArguments.unroll, RecurrentArguments.zeroOutputForMask]
    }

    static let byRank = (1...3).map(ConvLSTMArguments.init)
}

extension ConvLSTMLayer {
    package static var formula: String {
        """
        (i, f, c', o) = conv(x[t], kernel) + conv(h[t-1], recurrent_kernel) + bias
          c[t] = s(f) * c[t-1] + s(i) * activation(c'), s being recurrent_activation
          output[t] = h[t] = s(o) * activation(c[t])
        """
    }

    static var keys: ConvLSTMArguments { ConvLSTMArguments.byRank[rank - 1] }
    package static var schema: [any ArgumentDescriptor] { keys.schema }
    package static var inputCount: InputCount { .sequence(states: 2) }

    var stateNames: [String] { ["state_h", "state_c"] }
    func stateTypes(_ step: TensorType) -> [TensorType] { [step, step] }

    private var format: DataFormat { arguments[KernelArguments.format] }

    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType? {
        let axes = ["time"] + SpatialWindow.axes(rank: Self.rank, format)
        guard check.requireRank([input], axes: axes) else { return nil }
        check.requireActivation(
            arguments[RecurrentArguments.activation], argument: "activation", steps: input.shape[0])
        check.requireActivation(
            arguments[RecurrentArguments.recurrentActivation], argument: "recurrent_activation",
            steps: input.shape[0])
        let (spatial, _) = format.split(Array(input.shape.dropFirst()))
        let window = Self.keys.kernel.window(arguments)
        check.requireStrideOrDilation(window)
        let sizes = window.outputSizes(
            spatial, argument: "kernel_size", thing: "kernel", &check)
        return TensorType(.float32, format.join(sizes, arguments[KernelArguments.filters]))
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let channels = format.split(Array(inputs[0].shape.dropFirst())).channels
        let filters = arguments[KernelArguments.filters]
        let size = arguments[Self.keys.kernel.size]
        var weights = [
            WeightSpec(
                "kernel", size + [channels, 4 * filters],
                arguments[RecurrentArguments.kernelInitializer]),
            WeightSpec(
                "recurrent_kernel", size + [filters, 4 * filters],
                arguments[RecurrentArguments.recurrentInitializer]),
        ]
        if arguments[RecurrentArguments.useBias] {
            let initializer = arguments[RecurrentArguments.biasInitializer]
            weights.append(
                WeightSpec(
                    "bias", [4 * filters],
                    arguments[RecurrentArguments.unitForgetBias]
                        ? .unitForget(initializer) : initializer))
        }
        return weights
    }

    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult {
        // Time goes with the batch through the input's convolution.
        let shape = lowering.type(x).shape
        let steps = lowering.reshape(
            x, [shape[0] * shape[1]] + shape.dropFirst(2), "steps")
        let images = lowering.channelsLast(steps, format)
        var operands = [images, lowering.weight("kernel")]
        if arguments[RecurrentArguments.useBias] { operands.append(lowering.weight("bias")) }
        let convolved = lowering.emit(
            .convolution(
                Self.keys.kernel.operation(lowering.type(images), groups: 1, arguments)),
            operands, "projected")
        let projected = lowering.reshape(
            convolved, [shape[0], shape[1]] + lowering.type(convolved).shape.dropFirst(),
            "sequence")
        var run = run
        run.initialState = run.initialState.map { lowering.channelsLast($0, format) }
        var result = run.lower(
            .lstm, projected, kernel: lowering.weight("recurrent_kernel"), bias: nil,
            activation: arguments[RecurrentArguments.activation],
            recurrentActivation: arguments[RecurrentArguments.recurrentActivation], &lowering)
        guard format == .channelsFirst else { return result }
        let rank = lowering.type(result.output).rank
        let leading = Array(0..<rank - 1 - Self.rank)
        result.output = lowering.transpose(
            result.output, leading + [rank - 1] + Array(leading.count..<rank - 1),
            "channels_first")
        result.states = result.states.map { lowering.channelsFirst($0, format) }
        return result
    }
}
