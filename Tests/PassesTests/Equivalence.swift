import IR
import TestSupport

/// Compares what two graphs compute.
enum Equivalence {
    /// The largest difference between the outputs of two graphs on random inputs, relative to the
    /// largest element of the output.
    static func difference(_ a: Graph, _ b: Graph, seed: UInt64) throws -> Double {
        var random = SplitMix64(seed: seed)
        var inputs: [String: [Double]] = [:]
        for value in a.inputs {
            guard case .input(let op) = a[value].op else { continue }
            inputs[op.name] = (0..<a.type(value).count).map { _ in
                Double(Float.random(in: -2...2, using: &random))
            }
        }
        let expected = ReferenceEvaluator.run(a, inputs: inputs)
        let found = ReferenceEvaluator.run(b, inputs: inputs)
        guard expected.keys.sorted() == found.keys.sorted() else { return .infinity }
        var worst = 0.0
        for (name, elements) in expected {
            let scale = max(1e-30, elements.map(abs).max() ?? 0)
            for (x, y) in zip(elements, found[name]!) {
                let isSame = x == y || (x.isNaN && y.isNaN)
                worst = isSame ? worst : max(worst, abs(x - y) / scale)
                if !isSame, (x - y).isNaN { return .infinity }
            }
        }
        return worst
    }
}

/// Sebastiano Vigna's SplitMix64: the same numbers everywhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
