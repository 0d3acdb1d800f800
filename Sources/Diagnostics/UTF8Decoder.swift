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
        guard first >= 0xC2, first < 0xF5, offset + length <= bytes.count else { return ("\u{FFFD}", 1) }
        var value = first & (0xFF >> UInt32(length + 1))
        for index in offset + 1..<offset + length {
            guard isContinuation(bytes[index]) else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(bytes[index] & 0x3F)
        }
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }
}
