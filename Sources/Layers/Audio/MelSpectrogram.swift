import Diagnostics
import IR
import Spec

/// The power of a signal's frames in bands of the mel scale, `keras.layers.MelSpectrogram`.
///
/// Decibels are cut off `top_db` below the loudest band of the whole batch, as Keras does.
package struct MelSpectrogram: Layer {
    package static let className = "MelSpectrogram"
    package static let kerasPage = KerasPage.at(
        "layers/preprocessing_layers/audio_preprocessing/mel_spectrogram")
    package static let summary = "The power of a signal in bands of the mel scale."
    package static let formula =
        "output[m, t] = 10 log10(sum over f of |stft(x)[t, f]|^mag_exp * mel[f, m] / ref_power), mel a "
        + "triangle for each band; at most top_db below the largest of the batch"
    package static let example = """
        layers:
          - Input: {shape: [2000]}
          - MelSpectrogram: {fft_length: 256, sequence_stride: 128, num_mel_bins: 20}
        """

    static let fftLength = Argument.integer(
        "fft_length", default: 2048, minimum: 1, "The size of the transform.")
    static let stride = Argument.integer(
        "sequence_stride", default: 512, minimum: 1, "From one frame to the next.")
    static let sequenceLength = Argument.integer(
        "sequence_length", minimum: 1,
        "The samples of a frame, in the middle of `fft_length`; `null` for all of it."
    ).orNull()
    static let window = Argument<SignalWindow>.choice(
        "window", among: [.hann, .hamming], default: .hann,
        "The window that frames are multiplied with; `null` for none."
    ).orNull(default: .hann)
    static let rate = Argument.integer(
        "sampling_rate", default: 16000, minimum: 1, "Samples in a second.")
    static let bands = Argument.integer(
        "num_mel_bins", default: 128, minimum: 1, "How many bands.")
    static let lowest = Argument.number(
        "min_freq", default: 20, minimum: 0, "Where the first band begins, in hertz.")
    static let highest = Argument.number(
        "max_freq", minimum: 0,
        "Where the last band ends, in hertz; `null` for half of `sampling_rate`."
    ).orNull()
    static let decibels = Argument.boolean(
        "power_to_db", default: true, "Whether the output is in decibels.")
    static let range = Argument.number(
        "top_db", default: 80, "How many decibels the quietest is below the loudest at most.")
    static let exponent = Argument.number(
        "mag_exp", default: 2, "The exponent of magnitudes: 1 for the magnitude, 2 for the power.")
    static let leastPower = Argument.number(
        "min_power", default: 1e-10, minimum: 0, exclusive: true, "What less power counts as.")
    static let reference = Argument.number(
        "ref_power", default: 1, "The power of 0 decibels.")
    package static let schema: [any ArgumentDescriptor] = [
        fftLength, stride, sequenceLength, window, rate, bands, lowest, highest, decibels, range,
        exponent, leastPower, reference,
    ]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    private var fft: Int { arguments[Self.fftLength] }
    private var bins: Int { fft / 2 + 1 }
    private var bandCount: Int { arguments[Self.bands] }

    /// The loudest of all samples decides what is too quiet.
    package var usesWholeBatch: Bool { arguments[Self.decibels] }

    private func frameCount(_ samples: Int) -> Int {
        (samples + fft / 2 * 2 - fft) / arguments[Self.stride] + 1
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if let length = arguments[Self.sequenceLength], length > fft {
            check.error(
                .argumentConflict,
                "`fft_length` of `\(check.name)` is \(fft) and should hold a frame of \(length)",
                at: .argument("sequence_length"), label: "should be at most `fft_length`, \(fft)")
        }
        guard check.requireFloat(inputs), check.requireRank(inputs, axes: ["samples"]),
            check.requireSize([fft, 2 * bins], "the transform's waves"),
            check.requireSize([bins, bandCount], "the bands' weights")
        else { return nil }
        let samples = inputs[0].shape[0]
        guard fft / 2 < samples else {
            check.error(
                .windowTooLarge,
                "a frame of \(fft) samples can't be centred on the first of \(samples): the signal is "
                    + "mirrored at its ends, for \(fft / 2) samples",
                at: .argument("fft_length"), label: "larger than the input allows", inputs: [0],
                helps: ["`fft_length: \(2 * max(1, samples - 1))` fits"])
            return nil
        }
        let shape = [bandCount, frameCount(samples)]
        guard check.requireSize([shape[1], 2 * bins], "the spectra"),
            check.requireSize(shape, "the bands")
        else { return nil }
        return TensorType(.float32, shape)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let magnitudes = powers(spectra(inputs[0], &lowering), &lowering)
        let triangles = lowering.constant(
            MelScale(
                bins: bins, bands: bandCount, rate: Float(arguments[Self.rate]),
                lowest: Float(arguments[Self.lowest]),
                highest: arguments[Self.highest].flatMap { $0 == 0 ? nil : Float($0) }
                    ?? Float(arguments[Self.rate] / 2)
            ).weights, shape: [bins, bandCount], "mel")
        var bands = lowering.emit(.matmul(MatmulOp()), [magnitudes, triangles], "bands")
        if arguments[Self.decibels] { bands = decibels(bands, &lowering) }
        return lowering.transpose(bands, [0, 2, 1], "swapped")
    }

    /// The squared magnitudes `[N, frames, bins]` of a signal `[N, samples]`, mirrored at its ends.
    private func spectra(_ x: ValueID, _ lowering: inout Lowering) -> ValueID {
        let shape = lowering.type(x).shape
        let (samples, margin) = (shape[1], fft / 2)
        var mirrored = WeightedBand()
        for cell in -margin..<samples + margin {
            mirrored.append(
                cell < 0 ? -cell : cell < samples ? cell : 2 * (samples - 1) - cell, [1])
        }
        let column = lowering.reshape(x, [shape[0], samples, 1], "signal")
        let padded = lowering.band(column, axis: 1, mirrored, "mirrored")
        let waves = lowering.constant(waves, shape: [fft, 1, 2 * bins], "waves")
        let parts = lowering.emit(
            .convolution(
                ConvolutionOp(
                    strides: [arguments[Self.stride]], padding: [.zero], dilation: [1], groups: 1)),
            [padded, waves], "parts")
        let squares = lowering.unary([UnaryFunction(.square)], parts, "squares")
        let frames = lowering.type(squares).shape[1]
        return lowering.emit(
            .reduce(ReduceOp(.sum, axes: [2], keepDims: false)),
            [lowering.reshape(squares, [shape[0], frames, 2, bins], "both")], "power")
    }

    /// Cosines and sines under the window `[fft, 1, 2 * bins]`.
    private var waves: [Float] {
        let length = arguments[Self.sequenceLength] ?? fft
        // TensorFlow's window: of an odd length it is not periodic.
        let window =
            arguments[Self.window]?.values(length, periodic: length % 2 == 0)
            ?? [Double](repeating: 1, count: length)
        // Without a window a frame is as long as the transform.
        let start = (fft - length) / 2
        let isBare = arguments[Self.window] == nil
        var waves = [Float](repeating: 0, count: fft * 2 * bins)
        for time in isBare ? 0..<fft : start..<start + length {
            let factor = isBare ? 1 : window[time - start]
            for bin in 0..<bins {
                let wave = ElementaryFunctions.circle(time * bin, of: fft)
                waves[time * 2 * bins + bin] = Float(factor * wave.cosine)
                waves[time * 2 * bins + bins + bin] = Float(-factor * wave.sine)
            }
        }
        return waves
    }

    /// Magnitudes to the power of `mag_exp`, from their squares.
    private func powers(_ squares: ValueID, _ lowering: inout Lowering) -> ValueID {
        let exponent = arguments[Self.exponent]
        let functions: [UnaryFunction] =
            switch exponent {
            case 2: []
            case 1: [UnaryFunction(.squareRoot)]
            // Anything to the power of 0 is 1.
            case 0: [UnaryFunction(.threshold, .infinity, 1)]
            default:
                [
                    UnaryFunction(.logarithm), UnaryFunction(.affine, exponent / 2, 0),
                    UnaryFunction(.exponential),
                ]
            }
        return lowering.unary(functions, squares, "magnitude")
    }

    private func decibels(_ bands: ValueID, _ lowering: inout Lowering) -> ValueID {
        let least = arguments[Self.leastPower]
        let perDecade = 10 / ElementaryFunctions.logarithm(10)
        let reference =
            perDecade
            * ElementaryFunctions.logarithm(max(abs(arguments[Self.reference]), least))
        let levels = lowering.unary(
            [UnaryFunction(.logarithm), UnaryFunction(.affine, perDecade, -reference)],
            lowering.atLeast(Float(least), bands, "floor"), "decibels")
        let loudest = lowering.emit(
            .reduce(ReduceOp(.maximum, axes: [0, 1, 2], keepDims: true)), [levels], "loudest")
        let cutoff = lowering.unary(
            [UnaryFunction(.affine, 1, -arguments[Self.range])], loudest, "cutoff")
        return lowering.emit(.binary(BinaryOp(.maximum)), [levels, cutoff], "cut")
    }
}

/// Triangles over frequencies, one for each band, whose corners are evenly spaced on the mel scale of
/// HTK; in float32, as Keras computes them.
struct MelScale {
    let bins: Int
    let bands: Int
    let rate: Float
    let lowest: Float
    let highest: Float

    private static func mel(_ hertz: Float) -> Float {
        1127 * Float(ElementaryFunctions.logarithm(Double(1 + hertz / 700)))
    }

    /// `[bins, bands]`; the first bin, which is no frequency, has none.
    var weights: [Float] {
        let (first, last) = (Self.mel(lowest), Self.mel(highest))
        let step = (last - first) / Float(bands + 1)
        let corners = (0...bands + 1).map { $0 == bands + 1 ? last : first + Float($0) * step }
        let nyquist = rate / 2
        let frequencyStep = nyquist / Float(max(1, bins - 1))
        var weights = [Float](repeating: 0, count: bins * bands)
        for bin in 1..<max(1, bins) {
            let frequency = bin == bins - 1 ? nyquist : Float(bin) * frequencyStep
            let place = Self.mel(frequency)
            for band in 0..<bands {
                let (low, middle, high) = (corners[band], corners[band + 1], corners[band + 2])
                let rising = (place - low) / (middle - low)
                let falling = (high - place) / (high - middle)
                weights[bin * bands + band] = max(0, min(rising, falling))
            }
        }
        return weights
    }
}
