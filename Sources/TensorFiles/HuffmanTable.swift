/// Decodes one of deflate's canonical Huffman codes: a table for codes of up to ten bits, a walk
/// over the lengths for the rare longer ones.
struct HuffmanTable {
    static let fastBits = 10
    static let maximumBits = 15

    /// For the next `fastBits` bits of the stream: the symbol times 16 plus its code's length; 0 if
    /// the code is longer or doesn't exist.
    let fast: [UInt16]
    /// How many codes have each length.
    private let counts: [Int]
    /// The symbols in the order of their codes.
    private let symbols: [UInt16]

    /// Returns nil if the lengths describe no prefix code: too many codes, or codes left over.
    /// Deflate allows codes left over for a single code of one bit, and no codes at all.
    init?(lengths: ArraySlice<UInt8>) {
        var counts = [Int](repeating: 0, count: Self.maximumBits + 1)
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        var left = 1
        for bits in 1...Self.maximumBits {
            left = left << 1 - counts[bits]
            if left < 0 { return nil }
        }
        let used = counts.reduce(0, +)
        if left > 0, used > 1 || used == 1 && counts[1] != 1 { return nil }

        var starts = [Int](repeating: 0, count: Self.maximumBits + 2)
        var codes = [Int](repeating: 0, count: Self.maximumBits + 2)
        for bits in 1...Self.maximumBits {
            starts[bits + 1] = starts[bits] + counts[bits]
            codes[bits + 1] = (codes[bits] + counts[bits]) << 1
        }
        var fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
        var symbols = [UInt16](repeating: 0, count: used)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let bits = Int(length)
            symbols[starts[bits]] = UInt16(symbol)
            starts[bits] += 1
            let code = codes[bits]
            codes[bits] += 1
            guard bits <= Self.fastBits else { continue }
            var reversed = 0
            for bit in 0..<bits where code >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
            for index in stride(from: reversed, to: fast.count, by: 1 << bits) {
                fast[index] = UInt16(symbol << 4 | bits)
            }
        }
        self.counts = counts
        self.fast = fast
        self.symbols = symbols
    }

    /// The symbol whose code the low bits of `bits` start with, and the code's length.
    func slowDecode(_ bits: UInt64) -> (symbol: Int, length: Int)? {
        var code = 0
        var first = 0
        var index = 0
        for length in 1...Self.maximumBits {
            code |= Int(truncatingIfNeeded: bits >> UInt64(length - 1)) & 1
            let count = counts[length]
            if code - first < count { return (Int(symbols[index + code - first]), length) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        return nil
    }
}
