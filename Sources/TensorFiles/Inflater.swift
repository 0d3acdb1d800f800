/// Decompresses a deflate stream into a buffer of known size.
///
/// Source: RFC 1951.
struct Inflater {
    /// What is wrong with the stream, and at about which byte of it.
    struct Failure: Error, Equatable {
        let message: String
        let offset: Int
    }

    /// No stream expands by more: 258 bytes need at least a bit of length and a bit of distance.
    static let maximumRatio = 1032

    private let input: UnsafeRawBufferPointer
    private let output: UnsafeMutableRawBufferPointer
    private var read = 0
    private var written = 0
    /// Bits taken from the input and not used yet, the next one lowest.
    private var bits: UInt64 = 0
    private var bitCount = 0

    private init(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        self.input = input
        self.output = output
    }

    /// Decompresses `input`, which must give exactly `byteCount` bytes and hold nothing more.
    ///
    /// The caller bounds `byteCount`; that much is allocated.
    static func inflate(_ input: [UInt8], byteCount: Int) throws(Failure) -> [UInt8] {
        try inflate(input, byteCount: byteCount, isPrefix: false)
    }

    /// Decompresses no more than the first `byteCount` bytes.
    static func inflatePrefix(_ input: [UInt8], byteCount: Int) throws(Failure) -> [UInt8] {
        try inflate(input, byteCount: byteCount, isPrefix: true)
    }

    private static func inflate(
        _ input: [UInt8], byteCount: Int, isPrefix: Bool
    ) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let result = [UInt8](unsafeUninitializedCapacity: byteCount) { target, initialized in
            input.withUnsafeBytes { source in
                // The array may have more room than was asked for.
                let room = UnsafeMutableRawBufferPointer(target)[..<byteCount]
                var inflater = Inflater(
                    source, into: UnsafeMutableRawBufferPointer(rebasing: room))
                do throws(Failure) {
                    try inflater.run(isPrefix: isPrefix)
                    if !isPrefix { try inflater.checkEnd() }
                    initialized = inflater.written
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return result
    }

    private mutating func run(isPrefix: Bool) throws(Failure) {
        var isLast = false
        while !isLast {
            if isPrefix, written == output.count { return }
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try copyStored(isPrefix: isPrefix)
            case 1: try decode(Self.fixedSymbols, Self.fixedDistances, isPrefix: isPrefix)
            case 2:
                let (symbols, distances) = try readTables()
                try decode(symbols, distances, isPrefix: isPrefix)
            default: throw fail("expected a block of type 0, 1 or 2, found 3")
            }
        }
    }

    private func checkEnd() throws(Failure) {
        guard written == output.count else {
            throw fail(
                "expected \(TensorFileError.bytes(output.count)) of content, found \(written)")
        }
        let unused = input.count - read + bitCount / 8
        guard unused == 0 else {
            throw fail("\(TensorFileError.bytes(unused)) follow the end of the stream")
        }
    }

    private func fail(_ message: String) -> Failure {
        Failure(message: message, offset: read - bitCount / 8)
    }

    private func endsEarly() -> Failure {
        Failure(message: "the stream ends in the middle", offset: input.count)
    }

    private func tooLong() -> Failure {
        fail("the content is longer than the \(TensorFileError.bytes(output.count)) declared")
    }

    // MARK: Bits

    /// Brings `bitCount` to at least 56, or to all that is left.
    @inline(__always)
    private mutating func refill() {
        if input.count - read >= 8 {
            // In bounds: eight bytes are left. Bits above `bitCount` are the same ones again later.
            let word = input.loadUnaligned(fromByteOffset: read, as: UInt64.self)
            bits |= UInt64(littleEndian: word) << UInt64(bitCount)
            read += (63 - bitCount) >> 3
            bitCount |= 56
        } else {
            while bitCount <= 56, read < input.count {
                bits |= UInt64(input[read]) << UInt64(bitCount)
                read += 1
                bitCount += 8
            }
        }
    }

    @inline(__always)
    private mutating func drop(_ count: Int) {
        bits >>= UInt64(count)
        bitCount -= count
    }

    /// The next `count` bits, at most 16.
    @inline(__always)
    private mutating func take(_ count: Int) throws(Failure) -> Int {
        if bitCount < count { refill() }
        guard bitCount >= count else { throw endsEarly() }
        let value = Int(truncatingIfNeeded: bits & (1 << UInt64(count) - 1))
        drop(count)
        return value
    }

    @inline(__always)
    private mutating func symbol(
        _ fast: UnsafeBufferPointer<UInt16>, _ table: borrowing HuffmanTable
    ) throws(Failure) -> Int {
        if bitCount < HuffmanTable.maximumBits { refill() }
        let mask = 1 << HuffmanTable.fastBits - 1
        // In bounds: `fast` has `mask + 1` entries.
        let entry = Int(fast[Int(truncatingIfNeeded: bits) & mask])
        let (symbol, length): (Int, Int)
        if entry != 0 {
            (symbol, length) = (entry >> 4, entry & 15)
        } else if let found = table.slowDecode(bits) {
            (symbol, length) = found
        } else {
            throw bitCount < HuffmanTable.maximumBits ? endsEarly() : fail("a code without meaning")
        }
        guard length <= bitCount else { throw endsEarly() }
        drop(length)
        return symbol
    }

    // MARK: Blocks

    private mutating func copyStored(isPrefix: Bool) throws(Failure) {
        drop(bitCount % 8)
        let length = try take(16)
        let complement = try take(16)
        guard length == ~complement & 0xFFFF else {
            throw fail("the length of a stored block doesn't match its complement")
        }
        // Give whole bytes back, and forget those read ahead.
        read -= bitCount / 8
        bits = 0
        bitCount = 0
        guard input.count - read >= length else { throw endsEarly() }
        let room = output.count - written
        guard length <= room || isPrefix else { throw tooLong() }
        let count = min(length, room)
        // In bounds: `input` has `length` bytes left, `output` has `room`.
        UnsafeMutableRawBufferPointer(rebasing: output[written..<(written + count)])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: input[read..<(read + count)]))
        read += length
        written += count
    }

    private mutating func decode(
        _ symbols: HuffmanTable, _ distances: HuffmanTable, isPrefix: Bool
    ) throws(Failure) {
        var failure: Failure?
        symbols.fast.withUnsafeBufferPointer { fastSymbols in
            distances.fast.withUnsafeBufferPointer { fastDistances in
                do throws(Failure) {
                    while true {
                        let symbol = try symbol(fastSymbols, symbols)
                        if symbol < 256 {
                            guard written < output.count else {
                                if isPrefix { return }
                                throw tooLong()
                            }
                            output[written] = UInt8(symbol)
                            written += 1
                            continue
                        }
                        if symbol == 256 { return }
                        try copyMatch(symbol - 257, fastDistances, distances, isPrefix: isPrefix)
                        if isPrefix, written == output.count { return }
                    }
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
    }

    @inline(__always)
    private mutating func copyMatch(
        _ lengthIndex: Int, _ fastDistances: UnsafeBufferPointer<UInt16>,
        _ distances: borrowing HuffmanTable, isPrefix: Bool
    ) throws(Failure) {
        guard lengthIndex < Self.lengthBases.count else { throw fail("a length without meaning") }
        var length = Self.lengthBases[lengthIndex]
        length += try take(Self.lengthBits[lengthIndex])
        let distanceIndex = try symbol(fastDistances, distances)
        guard distanceIndex < Self.distanceBases.count else {
            throw fail("a distance without meaning")
        }
        let extra = Self.distanceBits[distanceIndex]
        let distance = Self.distanceBases[distanceIndex] + (try take(extra))
        guard distance <= written else {
            throw fail("a distance of \(distance) after \(TensorFileError.bytes(written))")
        }
        let room = output.count - written
        if length > room {
            guard isPrefix else { throw tooLong() }
            length = room
        }
        guard length > 0, let base = output.baseAddress else { return }
        // In bounds: `distance` is at most `written`, `length` at most the room after it.
        let target = base + written
        let source = target - distance
        // The last `distance` bytes, over and over: what is copied doubles in each round.
        var copied = 0
        while copied < length {
            let count = min(distance + copied, length - copied)
            (target + copied).copyMemory(from: source, byteCount: count)
            copied += count
        }
        written += length
    }

    private mutating func readTables() throws(Failure) -> (HuffmanTable, HuffmanTable) {
        let symbolCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let lengthCount = try take(4) + 4
        guard symbolCount <= 286, distanceCount <= 30 else {
            throw fail(
                "\(symbolCount) symbols and \(distanceCount) distances, expected at most "
                    + "286 and 30")
        }
        var lengthLengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<lengthCount { lengthLengths[Self.lengthOrder[index]] = UInt8(try take(3)) }
        guard let lengthTable = HuffmanTable(lengths: lengthLengths[...]) else {
            throw fail("the code for code lengths is no prefix code")
        }
        var lengths: [UInt8] = []
        let total = symbolCount + distanceCount
        while lengths.count < total {
            var failure: Failure?
            var code = 0
            lengthTable.fast.withUnsafeBufferPointer { fast in
                do throws(Failure) {
                    code = try symbol(fast, lengthTable)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            switch code {
            case ..<16:
                lengths.append(UInt8(code))
            case 16:
                guard let previous = lengths.last else { throw fail("repeats a length before any") }
                lengths += repeatElement(previous, count: 3 + (try take(2)))
            case 17:
                lengths += repeatElement(0, count: 3 + (try take(3)))
            default:
                lengths += repeatElement(0, count: 11 + (try take(7)))
            }
        }
        guard lengths.count == total else { throw fail("more code lengths than symbols") }
        guard lengths[256] != 0 else { throw fail("no code ends the block") }
        guard let symbols = HuffmanTable(lengths: lengths[..<symbolCount]) else {
            throw fail("the code for symbols is no prefix code")
        }
        guard let distances = HuffmanTable(lengths: lengths[symbolCount...]) else {
            throw fail("the code for distances is no prefix code")
        }
        return (symbols, distances)
    }

    // MARK: Tables of RFC 1951, 3.2.5 to 3.2.7

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
        13, 13,
    ]
    private static let lengthOrder = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]
    private static let fixedSymbols: HuffmanTable = {
        let lengths =
            [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
            + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8)
        return HuffmanTable(lengths: lengths[...])!
    }()
    private static let fixedDistances = HuffmanTable(
        lengths: [UInt8](repeating: 5, count: 32)[...])!
}
