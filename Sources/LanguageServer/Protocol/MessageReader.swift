import Diagnostics

/// Finds the messages in a stream of the Language Server Protocol: a header with the length of what
/// follows (`Content-Length: 52`), an empty line, and so many bytes.
///
/// Whatever the stream holds, at most `messageLimit` bytes are kept, and reading goes on at the next
/// header that can be read.
package struct MessageReader: Sendable {
    package enum Event: Sendable, Equatable {
        case message([UInt8])
        /// What can't be read, in words.
        case problem(String)
    }

    /// The most bytes of a message; a longer one is passed over.
    package static let messageLimit = 24 << 20
    /// The most bytes of a header.
    static let headerLimit = 4096

    private enum State {
        case header
        case body(Int)
        /// Passing over so many bytes.
        case discarding(Int)
    }

    private var buffer: [UInt8] = []
    /// What stands before this has been read.
    private var start = 0
    /// Where the search for the end of the header goes on.
    private var searched = 0
    private var state = State.header
    /// Whether the last thing found was no message: what is wrong is said once.
    private var isLost = false

    package init() {}

    package mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 1 << 16, start > buffer.count / 2 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next message, or what is wrong with the stream; nil until more bytes come.
    package mutating func next() -> Event? {
        while true {
            switch state {
            case .header:
                guard let end = headerEnd() else {
                    guard buffer.count - start > Self.headerLimit else { return nil }
                    skipToHeader()
                    if let problem = lost("a header doesn't end") { return problem }
                    continue
                }
                let header = buffer[start..<end.lowerBound]
                start = end.upperBound
                searched = start
                guard let length = Self.contentLength(in: header) else {
                    if let problem = lost("a header has no Content-Length") { return problem }
                    continue
                }
                if length > Self.messageLimit {
                    state = .discarding(length)
                    return .problem(
                        "a message of \(length) bytes is longer than \(Self.messageLimit), the most "
                            + "that is read")
                }
                state = .body(length)
            case .body(let length):
                guard buffer.count - start >= length else { return nil }
                let message = Array(buffer[start..<start + length])
                pass(length)
                state = .header
                isLost = false
                return .message(message)
            case .discarding(let length):
                let count = min(length, buffer.count - start)
                pass(count)
                state = count == length ? .header : .discarding(length - count)
                if count < length { return nil }
            }
        }
    }

    /// Whether the stream ended inside a message.
    package var isInsideMessage: Bool {
        if case .header = state { buffer.count > start } else { true }
    }

    private mutating func pass(_ count: Int) {
        start += count
        searched = start
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
            start = 0
            searched = 0
        }
    }

    private mutating func lost(_ problem: String) -> Event? {
        defer { isLost = true }
        return isLost ? nil : .problem(problem)
    }

    /// The empty line behind a header; lines may end with a line feed only.
    private mutating func headerEnd() -> Range<Int>? {
        let feed = UInt8(ascii: "\n")
        var index = max(start, searched - 3)
        let limit = min(buffer.count, start + Self.headerLimit)
        while index < limit {
            if buffer[index] == feed {
                if index + 1 < buffer.count, buffer[index + 1] == feed {
                    return index..<index + 2
                }
                if index + 2 < buffer.count, buffer[index + 1] == UInt8(ascii: "\r"),
                    buffer[index + 2] == feed
                {
                    return index..<index + 3
                }
            }
            index += 1
        }
        searched = index
        return nil
    }

    /// Drops what can't be a header: of as many bytes as one may have, all before the last
    /// `Content-Length:` that is not where this one began.
    private mutating func skipToHeader() {
        let end = start + Self.headerLimit
        if let name = Self.lastLength(in: buffer[start + 1..<end]) {
            start = name.lowerBound
        } else {
            start = end - Self.lengthName.count
        }
        searched = start
    }

    private static let lengthName = Array("content-length:".utf8)

    /// The last `Content-Length:` in some bytes, in any case of letters.
    private static func lastLength(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard bytes.count >= lengthName.count else { return nil }
        for first in (bytes.startIndex...bytes.endIndex - lengthName.count).reversed() {
            let last = first + lengthName.count
            let matches = zip(bytes[first..<last], lengthName).allSatisfy { byte, wanted in
                byte == wanted || ((0x41...0x5A).contains(byte) && byte + 0x20 == wanted)
            }
            if matches { return first..<last }
        }
        return nil
    }

    /// The length that a header gives. Behind a broken message a header may follow what is left of it.
    private static func contentLength(in header: ArraySlice<UInt8>) -> Int? {
        guard let name = lastLength(in: header) else { return nil }
        let line = header[name.upperBound...].prefix { $0 != 0x0A && $0 != 0x0D }
        let digits = line.drop { $0 == 0x20 || $0 == 0x09 }
        var value = 0
        var count = 0
        for byte in digits {
            guard (0x30...0x39).contains(byte), count < 18 else {
                return byte == 0x20 && count > 0 ? value : nil
            }
            value = value * 10 + Int(byte - 0x30)
            count += 1
        }
        return count > 0 ? value : nil
    }
}
