/// SplitMix64: the same numbers for the same seed, everywhere.
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }

    /// A stream of its own for a name.
    package init(_ seed: UInt64, _ name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        state = seed ^ hash
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    package mutating func below(_ limit: Int) -> Int {
        Int.random(in: 0..<max(1, limit), using: &self)
    }

    package mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

    /// - Precondition: there is an element.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// Uniform in 0..<1.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Normal with mean 0 and standard deviation 1, by Box and Muller.
    package mutating func normal() -> Double {
        let radius = (-2 * Double.log(1 - unit())).squareRoot()
        return radius * Double.cosine(2 * Double.pi * unit())
    }
}
