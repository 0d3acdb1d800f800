/// Decodes UTF-8 one scalar at a time while keeping byte offsets, which `String` doesn't when the
/// bytes aren't valid.
package enum UTF8Decoder {
    package static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The scalar that starts at `offset` and how many bytes it takes; U+FFFD and 1 for a byte
    /// that starts no valid scalar.
    package static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, at offset: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        let first = UInt32(bytes[offset])
        if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard first >= 0xC2, first < 0xF5, offset + length <= bytes.count else {
            return ("\u{FFFD}", 1)
        }
        var value = first & (0xFF >> UInt32(length + 1))
        for index in offset + 1..<offset + length {
            guard isContinuation(bytes[index]) else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(bytes[index] & 0x3F)
        }
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }

    /// How many scalars begin in a range of bytes.
    package static func scalarCount(of bytes: [UInt8], in range: Range<Int>) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var count = range.count
            var index = range.lowerBound
            while index + 8 <= range.upperBound {
                count -= ByteWord(bytes, at: index).continuationCount
                index += 8
            }
            while index < range.upperBound {
                if isContinuation(bytes[index]) { count -= 1 }
                index += 1
            }
            return count
        }
    }
}

/// Eight bytes looked at together; files of one huge line make the difference felt.
struct ByteWord {
    private let bits: UInt64

    /// - Precondition: `offset + 8 <= bytes.count`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) {
        precondition(offset >= 0 && offset + 8 <= bytes.count)
        // In bounds by the line above; no alignment is assumed.
        bits = UnsafeRawPointer(bytes.baseAddress!).loadUnaligned(
            fromByteOffset: offset, as: UInt64.self)
    }

    private static let lowBits: UInt64 = 0x0101_0101_0101_0101

    /// Whether any byte is below a limit of at most 128 ("Bit Twiddling Hacks", `hasless`): a
    /// borrow can only come from a byte that is below, so the answer is exact.
    func hasByte(below limit: UInt8) -> Bool {
        (bits &- Self.lowBits &* UInt64(limit)) & ~bits & (Self.lowBits << 7) != 0
    }

    /// How many bytes continue a UTF-8 sequence: top bits `10`.
    var continuationCount: Int {
        ((bits >> 7) & ~(bits >> 6) & Self.lowBits).nonzeroBitCount
    }
}
