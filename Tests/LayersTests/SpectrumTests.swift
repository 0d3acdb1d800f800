import Spec
import Testing

/// The numbers that spectrograms are made of, against scipy and the definitions.
@Suite struct SpectrumTests {
    private func isClose(_ found: [Double], _ expected: [Double]) -> Bool {
        found.count == expected.count
            && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }
    }

    /// `scipy.signal.get_window(NAME, 6, fftbins=False)`.
    @Test func windowsAreThoseOfScipy() {
        let halves: [(SignalWindow, [Double])] = [
            (.hann, [0, 0.345491503, 0.904508497]), (.hamming, [0.08, 0.397852183, 0.912147817]),
            (.blackman, [0, 0.200770143, 0.849229857]),
            (.nuttall, [0.0003628, 0.110515253, 0.798258097]),
            (.flattop, [-0.000421051, -0.067714252, 0.606872153]), (.boxcar, [1, 1, 1]),
            (.bartlett, [0, 0.4, 0.8]), (.triang, [0.166666667, 0.5, 0.833333333]),
            (.cosine, [0.258819045, 0.707106781, 0.965925826]),
        ]
        for (window, half) in halves {
            let found = window.values(6, periodic: false)
            #expect(isClose(found.map { ($0 * 1e9).rounded() / 1e9 }, half + half.reversed()))
            // A periodic window of 5 is the symmetric one of 6 without its end.
            #expect(window.values(5, periodic: true) == Array(found.dropLast()))
            #expect(window.values(1, periodic: true) == [1])
        }
    }

    @Test func theCircleClosesExactly() {
        for (turn, cosine, sine) in [(0, 1.0, 0.0), (3, 0, 1), (6, -1, 0), (9, 0, -1), (-3, 0, -1)]
        {
            let found = ElementaryFunctions.circle(turn, of: 12)
            #expect(found.cosine == cosine && found.sine == sine)
        }
        let sixth = ElementaryFunctions.circle(1, of: 6)
        #expect(abs(sixth.cosine - 0.5) < 1e-16 && abs(sixth.sine - 0.8660254037844386) < 2e-16)
        for turn in 0..<1009 {
            let (cosine, sine) = ElementaryFunctions.circle(turn, of: 1009)
            #expect(abs(cosine * cosine + sine * sine - 1) < 4e-16)
        }
    }

    @Test func logarithmsAreExactToTheLastBits() {
        let expected = [
            (1.0, 0.0), (10, 2.302585092994046), (0.5, -0.6931471805599453),
            (1e-300, -690.7755278982137), (1.4142135, 0.3465735461755332),
            (12.428571428571429, 2.5199979695992702),
        ]
        for (x, y) in expected {
            #expect(abs(ElementaryFunctions.logarithm(x) - y) <= 4e-16 * max(1, abs(y)))
        }
    }

    @Test func aKernelIsAWaveUnderItsWindow() throws {
        let kernel = FourierKernel(.imag, window: .hann, scaling: .spectrum, periodic: true)
        guard
            case .floats(let values) = Initializer.fourier(kernel).values(
                for: "k", shape: [4, 1, 3])
        else {
            Issue.record("no numbers")
            return
        }
        // The window is 0, 1/2, 1, 1/2 and its sum 2.
        let expected: [Float] = [0, 0, 0, 0, -0.25, 0, 0, 0, 0, 0, 0.25, 0]
        #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-7 })
    }
}
