/// Weights as base64 text in the source: a static string compiles quickly where an array literal of
/// floats takes minutes.
struct EmbeddedWeights {
    let floats: [Float]
    /// What names end in where a file has several.
    let suffix: String

    func write(to out: inout SourceWriter) {
        out.paragraph(
            """
            /// Reads the weights out of the text below: base64 of little-endian float32.
            private func decodeWeights\(suffix)() -> Memory {
                let memory = Memory(count: \(floats.count))
                let bytes = UnsafeMutableRawPointer(memory.floats)
                var bits: UInt32 = 0
                var count = 0
                var filled = 0
                weightsText\(suffix).withUTF8Buffer { text in
                    for character in text {
                        let value: UInt8
                        switch character {
                        case 65...90: value = character - 65
                        case 97...122: value = character - 71
                        case 48...57: value = character + 4
                        case 43: value = 62
                        case 47: value = 63
                        default: continue
                        }
                        bits = bits << 6 | UInt32(value)
                        count += 6
                        if count >= 8, filled < \(floats.count * 4) {
                            count -= 8
                            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                            bytes.storeBytes(of: byte, toByteOffset: filled, as: UInt8.self)
                            filled += 1
                        }
                    }
                }
                return memory
            }
            """)
        out.line()
        out.line("private let weightsText\(suffix): StaticString = \"\"\"")
        for line in lines() { out.line("    " + line) }
        out.line("    \"\"\"")
    }

    private func lines() -> [String] {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(floats.count * 4 * 4 / 3 + 4)
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for float in floats {
            let pattern = float.bitPattern.littleEndian
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bits = bits << 8 | (pattern >> shift & 0xff)
                count += 8
                while count >= 6 {
                    count -= 6
                    text.append(alphabet[Int(bits >> count & 63)])
                }
                bits &= (1 << count) - 1
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << (6 - count) & 63)]) }
        return stride(from: 0, to: text.count, by: 92).map { start in
            String(decoding: text[start..<min(start + 92, text.count)], as: UTF8.self)
        }
    }
}
