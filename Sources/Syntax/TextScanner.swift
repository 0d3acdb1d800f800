/// Walks over bytes of YAML text; only for finding places in what libyaml has read already.
struct TextScanner {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The byte at the offset; nil at the end.
    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    /// Skips to the next white space.
    mutating func skipWord() {
        while let byte = peek, !Self.isSpace(byte) { offset += 1 }
    }

    mutating func skipBlanksAndComments() {
        while let byte = peek {
            if Self.isSpace(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "#") {
                while let byte = peek, byte != UInt8(ascii: "\n") { offset += 1 }
            } else {
                return
            }
        }
    }
}
