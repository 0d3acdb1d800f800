import Diagnostics
import IR
import Spec

/// The short-time Fourier transform of signals, `keras.layers.STFTSpectrogram`: convolutions whose
/// kernels are waves under a window, as variables that training may change.
package struct STFTSpectrogram: Layer {
    package static let className = "STFTSpectrogram"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/audio_preprocessing/stft_spectrogram")
    package static let summary = "The spectrum of each frame of a signal."
    package static let formula =
        "output[t, f] = log of the larger of |sum over k of x[t * frame_step + k] * window[k] * "
        + "exp(-2i pi k f / fft_length)| and 1e-7"
    package static let example = """
        layers:
          - Input: {shape: [1000, 1]}
          - STFTSpectrogram: {mode: magnitude, frame_length: 128, frame_step: 64}
        """

    enum Mode: String, CaseIterable, Sendable { case log, magnitude, psd, real, imag, angle, stft }

    static let mode = Argument<Mode>.choice(
        "mode", default: .log,
        "`magnitude`: of each frequency; `log`: its logarithm; `psd`: the power, both halves of the "
            + "spectrum; `real`, `imag`, `angle`: a part; `stft`: real and imaginary parts.")
    static let frameLength = Argument.integer(
        "frame_length", default: 256, minimum: 2, "The samples of a frame.")
    static let frameStep = Argument.integer(
        "frame_step", minimum: 1, "From one frame to the next; `null` for half of `frame_length`."
    ).orNull()
    static let fftLength = Argument.integer(
        "fft_length", minimum: 1,
        "The size of the transform, of which half and one frequency come out; `null` for the next "
            + "power of two."
    ).orNull()
    static let window = AudioArguments.window
    static let periodic = Argument.boolean(
        "periodic", default: false, "Whether the window goes on beyond its end.")
    static let scaling = Argument<FourierKernel.Scaling>.choice(
        "scaling", default: .density,
        "What the window is divided by: `density`, the root of its squares' sum; `spectrum`, its sum."
    ).orNull(default: .density)
    static let padding = Argument<SpatialWindow.Mode>.choice(
        "padding", among: [.valid, .same], default: .valid,
        "`valid`: frames that are whole; `same`: the signal is padded with zeros.")
    static let expands = Argument.boolean(
        "expand_dims", default: false, "Whether channels have an axis of their own.")
    package static let schema: [any ArgumentDescriptor] = [
        mode, frameLength, frameStep, fftLength, window, periodic, scaling, padding, expands,
        DataFormat.argument,
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var mode: Mode { arguments[Self.mode] }
    private var frame: Int { arguments[Self.frameLength] }
    private var format: DataFormat { arguments[DataFormat.argument] }

    /// The next power of two, or what is written.
    private var transform: Int {
        if let length = arguments[Self.fftLength] { return length }
        var power = 1
        while power < frame { power *= 2 }
        return power
    }

    private var bins: Int { transform / 2 + 1 }
    private var rows: Int { mode == .stft ? 2 * bins : bins }

    private var frames: SpatialWindow {
        SpatialWindow(
            size: [frame], strides: [arguments[Self.frameStep] ?? frame / 2], dilation: [1],
            mode: arguments[Self.padding])
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if let step = arguments[Self.frameStep], step > frame {
            check.error(
                .argumentConflict,
                "`frame_step` of `\(check.name)` is \(step) and would leave out samples between "
                    + "frames of \(frame)", at: .argument("frame_step"),
                label: "should be at most `frame_length`, \(frame)")
        }
        if let length = arguments[Self.fftLength], length < frame {
            check.error(
                .argumentConflict,
                "`fft_length` of `\(check.name)` is \(length) and should hold a frame of \(frame)",
                at: .argument("fft_length"), label: "should be at least `frame_length`, \(frame)")
        }
        guard check.requireFloat(inputs),
            check.requireRank(inputs, axes: SpatialWindow.axes(rank: 1, format)),
            check.requireSize([frame, bins], "the kernel")
        else { return nil }
        let (steps, channels) = format.split(inputs[0].shape)
        let time = frames.outputSizes(steps, argument: "frame_length", thing: "frame", &check)[0]
        guard check.requireSize([channels, time, rows], "the spectra") else { return nil }
        let shape =
            switch (format, arguments[Self.expands]) {
            case (.channelsLast, true): [time, rows, channels]
            case (.channelsLast, false): [time, channels * rows]
            case (.channelsFirst, true): [channels, time, rows]
            case (.channelsFirst, false): [channels * rows, time]
            }
        return TensorType(.float32, shape)
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        func kernel(_ side: FourierKernel.Side, _ name: String) -> WeightSpec {
            WeightSpec(
                name, [frame, 1, bins],
                .fourier(
                    FourierKernel(
                        side, window: arguments[Self.window], scaling: arguments[Self.scaling],
                        periodic: arguments[Self.periodic])))
        }
        return (mode == .imag ? [] : [kernel(.real, "real_kernel")])
            + (mode == .real ? [] : [kernel(.imag, "imag_kernel")])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        // Each channel is a signal of its own: [N * C, time, 1].
        let x = lowering.type(inputs[0]).shape
        let channels = format == .channelsLast ? x[2] : x[1]
        let steps = format == .channelsLast ? x[1] : x[2]
        let byChannel =
            format == .channelsLast
            ? lowering.transpose(inputs[0], [0, 2, 1], "signals") : inputs[0]
        let signals = lowering.reshape(byChannel, [x[0] * channels, steps, 1], "signals")
        let spectrum = spectrum(signals, &lowering)
        let shape = lowering.type(spectrum).shape
        let apart = lowering.reshape(spectrum, [x[0], channels, shape[1], rows], "channels")
        switch (format, arguments[Self.expands]) {
        case (.channelsLast, true): return lowering.transpose(apart, [0, 2, 3, 1], "joined")
        case (.channelsLast, false):
            return lowering.reshape(
                lowering.transpose(apart, [0, 2, 1, 3], "joined"),
                [x[0], shape[1], channels * rows])
        case (.channelsFirst, true): return apart
        case (.channelsFirst, false):
            return lowering.reshape(
                lowering.transpose(apart, [0, 1, 3, 2], "joined"),
                [x[0], channels * rows, shape[1]])
        }
    }

    /// What the mode asks for of signals `[N, time, 1]`, `[N, frames, rows]`.
    private func spectrum(_ signals: ValueID, _ lowering: inout Lowering) -> ValueID {
        let operation = ConvolutionOp(
            strides: frames.strides, padding: frames.padding([lowering.type(signals).shape[1]]),
            dilation: [1], groups: 1)
        func part(_ name: String) -> ValueID {
            let kernel = lowering.weight("\(name)_kernel")
            return lowering.emit(.convolution(operation), [signals, kernel], name)
        }
        func binary(_ function: BinaryFunction, _ a: ValueID, _ b: ValueID, _ name: String)
            -> ValueID
        {
            lowering.emit(.binary(BinaryOp(function)), [a, b], name)
        }
        switch mode {
        case .real: return part("real")
        case .imag: return part("imag")
        case .angle:
            let (real, imaginary) = (part("real"), part("imag"))
            return binary(.arctangent2, imaginary, real, "angle")
        case .stft:
            let (real, imaginary) = (part("real"), part("imag"))
            return lowering.emit(
                .concatenate(ConcatenateOp(axis: 2)), [real, imaginary], "parts")
        case .log, .magnitude, .psd:
            let squares = ["real", "imag"].map { name in
                lowering.unary([UnaryFunction(.square)], part(name), "\(name)_square")
            }
            let power = binary(.add, squares[0], squares[1], "power")
            guard mode != .psd else {
                // The frequencies between the first and the last stand for their mirror images too.
                let doubled = (0..<bins).map { $0 == 0 || $0 == bins - 1 ? Float(1) : 2 }
                let factors = lowering.constant(doubled, shape: [bins], "mirrored")
                return binary(.multiply, power, factors, "density")
            }
            let magnitude = lowering.unary(
                [UnaryFunction(.squareRoot)], lowering.atLeast(1e-7, power, "floor"), "magnitude")
            guard mode == .log else { return magnitude }
            return lowering.unary(
                [UnaryFunction(.logarithm)], lowering.atLeast(1e-7, magnitude, "log_floor"), "log")
        }
    }
}
