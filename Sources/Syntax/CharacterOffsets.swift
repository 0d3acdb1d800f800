/// Turns libyaml's marks, which count characters after a byte order mark, into byte offsets.
///
/// Marks come nearly in order, so offsets are found by walking the bytes from the last one,
/// remembering every 256th character for marks that go back.
struct CharacterOffsets {
    private let bytes: UnsafeBufferPointer<UInt8>
    private static let stride = 256
    /// The offset of character `stride * i`.
    private var checkpoints: [Int]
    /// The mark converted last, from which the next is mostly near.
    private var last = (character: 0, offset: 0)

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        let hasByteOrderMark =
            bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        checkpoints = [hasByteOrderMark ? 3 : 0]
        last.offset = checkpoints[0]
    }

    /// The byte offset of a character; the end of the text for one behind it.
    mutating func byteOffset(ofCharacter index: Int) -> Int {
        while checkpoints.count * Self.stride <= index {
            let end = checkpoints[checkpoints.count - 1]
            if end == bytes.count { return end }
            checkpoints.append(walk(Self.stride, from: end))
        }
        var start = (character: index / Self.stride * Self.stride, offset: 0)
        start.offset = checkpoints[index / Self.stride]
        if last.character > start.character, last.character <= index { start = last }
        last = (index, walk(index - start.character, from: start.offset))
        return last.offset
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
