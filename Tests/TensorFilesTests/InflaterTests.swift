import Testing

@testable import TensorFiles

struct InflaterTests {
    private static let letters: [UInt8] = {
        var (count, next) = (1, 1)
        var bytes: [UInt8] = []
        for letter in 65..<80 {
            bytes += repeatElement(UInt8(letter), count: count)
            (count, next) = (next, count + next)
        }
        return bytes
    }()

    private static let vectors: [(compressed: [UInt8], content: [UInt8])] = [
        (
            Fixtures.deflatedFixed,
            Array(
                String(repeating: "to be or not to be, that is the question. ", count: 3).utf8)
        ),
        (Fixtures.deflatedHuffman, letters),
        (Fixtures.deflatedRun, [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)),
        (Fixtures.deflatedStored, Array("stored".utf8)),
        (Fixtures.deflatedDynamic, Array((0..<200).map { "\($0 * $0)," }.joined().utf8)),
        ([3, 0], []),
    ]

    @Test(arguments: vectors.indices)
    func knownVectors(_ index: Int) throws {
        let (compressed, content) = Self.vectors[index]
        #expect(try Inflater.inflate(compressed, byteCount: content.count) == content)
        let half = content.count / 2
        #expect(
            try Inflater.inflatePrefix(compressed, byteCount: half) == Array(content[..<half]))
        #expect(throws: Inflater.Failure.self) {
            try Inflater.inflate(compressed, byteCount: content.count + 1)
        }
        #expect(throws: Inflater.Failure.self) {
            try Inflater.inflate(compressed + [0], byteCount: content.count)
        }
        if !content.isEmpty {
            #expect(throws: Inflater.Failure.self) {
                try Inflater.inflate(compressed, byteCount: content.count - 1)
            }
        }
        for length in compressed.indices {
            #expect(throws: Inflater.Failure.self) {
                try Inflater.inflate(Array(compressed[..<length]), byteCount: content.count)
            }
        }
    }

    @Test(
        arguments: [
            ([7], "expected a block of type 0, 1 or 2, found 3"),
            ([1, 1, 0, 0, 0], "the length of a stored block doesn't match its complement"),
            ([], "the stream ends in the middle"),
            // Fixed code: a length of 3 and a distance of 1 before any byte.
            ([3, 2, 0], "a distance of 1 after 0 bytes"),
            // Fixed code: symbol 286 has a code and no meaning.
            ([0x1B, 3, 0], "a length without meaning"),
            // 288 symbols.
            ([0xFD, 0, 0, 0], "288 symbols and 1 distances, expected at most 286 and 30"),
            // 19 code length codes of 1 bit.
            (
                [5, 0xE0] + [0x93, 0x24, 0x49, 0x92, 0x24, 0x49, 0x92, 0x24],
                "the code for code lengths is no prefix code"
            ),
        ] as [([UInt8], String)])
    func badStreams(_ bytes: [UInt8], _ expected: String) {
        do throws(Inflater.Failure) {
            _ = try Inflater.inflate(bytes, byteCount: 10)
            Issue.record("no error")
        } catch {
            #expect(error.message == expected)
        }
    }

    @Test func checksums() {
        func checksum(_ bytes: [UInt8], split: Int) -> UInt32 {
            var checksum = CRC32()
            bytes.withUnsafeBytes { buffer in
                checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<split]))
                checksum.update(UnsafeRawBufferPointer(rebasing: buffer[split...]))
            }
            return checksum.value
        }
        #expect(checksum(Array("123456789".utf8), split: 0) == 0xCBF4_3926)
        #expect(checksum([], split: 0) == 0)
        // zlib.crc32(bytes(i * i & 255 for i in range(1000)))
        let long = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * $0) }
        for split in [0, 1, 7, 8, 9, 500, 1000] {
            #expect(checksum(long, split: split) == 0xBE2C_3C2D)
        }
    }
}
