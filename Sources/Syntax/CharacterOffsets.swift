/// Turns libyaml's marks, which count characters after a byte order mark, into byte offsets.
///
/// Marks come nearly in order, so offsets are found by walking the bytes once, remembering every
/// 256th character for marks that go back.
struct CharacterOffsets {
    private let bytes: UnsafeBufferPointer<UInt8>
    private static let stride = 256
    /// The offset of character `stride * i`.
    private var checkpoints: [Int]

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        let hasByteOrderMark =
            bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        checkpoints = [hasByteOrderMark ? 3 : 0]
    }

    /// The byte offset of a character; the end of the text for one behind it.
    mutating func byteOffset(ofCharacter index: Int) -> Int {
        while checkpoints.count * Self.stride <= index {
            let last = checkpoints[checkpoints.count - 1]
            if last == bytes.count { return last }
            checkpoints.append(walk(Self.stride, from: last))
        }
        let checkpoint = index / Self.stride
        return walk(index - checkpoint * Self.stride, from: checkpoints[checkpoint])
    }

    private func walk(_ characters: Int, from offset: Int) -> Int {
        var offset = offset
        var left = characters
        while left > 0, offset < bytes.count {
            let byte = bytes[offset]
            offset += byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            left -= 1
        }
        return min(offset, bytes.count)
    }
}
