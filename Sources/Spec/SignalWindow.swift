/// Window functions that a frame of a signal is multiplied with, `scipy.signal.windows`.
package enum SignalWindow: String, CaseIterable, Sendable {
    case hann, hamming, blackman
    case blackmanHarris = "blackmanharris"
    case nuttall, flattop, boxcar, bartlett, triang, cosine

    /// The window over `count` steps; a periodic one is the window over one more, without the last.
    package func values(_ count: Int, periodic: Bool) -> [Double] {
        guard count > 1 else { return [Double](repeating: 1, count: count) }
        let steps = periodic ? count + 1 : count
        return (0..<count).map { value($0, of: steps) }
    }

    private func value(_ step: Int, of steps: Int) -> Double {
        switch self {
        case .hann: cosines([0.5, 0.5], step, steps)
        case .hamming: cosines([0.54, 0.46], step, steps)
        case .blackman: cosines([0.42, 0.5, 0.08], step, steps)
        case .blackmanHarris: cosines([0.35875, 0.48829, 0.14128, 0.01168], step, steps)
        case .nuttall: cosines([0.3635819, 0.4891775, 0.1365995, 0.0106411], step, steps)
        case .flattop:
            cosines(
                [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368], step, steps)
        case .boxcar: 1
        case .bartlett: 1 - abs(2 * Double(step) / Double(steps - 1) - 1)
        case .triang:
            steps % 2 == 0
                ? Double(2 * min(step, steps - 1 - step) + 1) / Double(steps)
                : Double(2 * (min(step, steps - 1 - step) + 1)) / Double(steps + 1)
        case .cosine: ElementaryFunctions.circle(2 * step + 1, of: 4 * steps).sine
        }
    }

    /// `a[0] - a[1] cos(angle) + a[2] cos(2 angle) - ...`
    private func cosines(_ a: [Double], _ step: Int, _ steps: Int) -> Double {
        a.indices.reduce(0) { sum, k in
            let term = a[k] * ElementaryFunctions.circle(k * step, of: steps - 1).cosine
            return k % 2 == 0 ? sum + term : sum - term
        }
    }
}

/// One side of a Fourier transform of windowed frames as a convolution's kernel `[frame, 1, bins]`,
/// `keras.initializers.STFT`.
package struct FourierKernel: Sendable, Hashable {
    package enum Side: String, Sendable { case real, imag }
    package enum Scaling: String, CaseIterable, Sendable { case density, spectrum }

    package var side: Side
    package var window: SignalWindow?
    package var scaling: Scaling?
    package var periodic: Bool

    package init(_ side: Side, window: SignalWindow?, scaling: Scaling?, periodic: Bool) {
        self.side = side
        self.window = window
        self.scaling = scaling
        self.periodic = periodic
    }

    func values(_ shape: [Int]) -> [Float] {
        let (frame, bins) = (shape[0], shape[2])
        let window = self.window?.values(frame, periodic: periodic)
        let scale =
            switch scaling {
            case .density?: window?.reduce(0) { $0 + $1 * $1 }.squareRoot() ?? 1
            case .spectrum?: window?.reduce(0) { $0 + abs($1) } ?? 1
            case nil: 1.0
            }
        return (0..<frame * bins).map { index in
            let (time, bin) = (index / bins, index % bins)
            let angle = ElementaryFunctions.circle(-time * bin, of: max(1, 2 * (bins - 1)))
            let wave = side == .real ? angle.cosine : angle.sine
            return Float(wave * (window?[time] ?? 1) / scale)
        }
    }
}
