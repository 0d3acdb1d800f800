import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A server on standard input and output.
package enum StandardStreams {
    /// Runs until the client says `exit`, or the input ends.
    ///
    /// - Returns: the code to exit with.
    package static func run(_ server: consuming Server) -> Int32 {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isAtEnd = false
        while true {
            // All that has come is taken first, so that what was cancelled needs no answer.
            while !isAtEnd, server.wantsInput, canRead(wait: !server.hasWork) {
                let count = readSome(&buffer)
                if count == 0 {
                    isAtEnd = true
                } else {
                    guard write(server.take(buffer[..<count])) else { return 1 }
                }
            }
            if isAtEnd, !server.hasWork { return server.codeAtEnd }
            guard write(server.answer()) else { return 1 }
            if let code = server.exitCode { return code }
        }
    }

    private static func canRead(wait: Bool) -> Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&input, 1, wait ? -1 : 0)
            if count >= 0 { return count > 0 }
            // An interrupted wait goes on; what can't be polled can be read.
            if errno != EINTR { return true }
        }
    }

    /// 0 at the end of the input, and where it can't be read.
    private static func readSome(_ buffer: inout [UInt8]) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes {
                read(STDIN_FILENO, $0.baseAddress, $0.count)
            }
            if count >= 0 { return count }
            if errno != EINTR { return 0 }
        }
    }

    /// Writes messages with their headers; false where nobody reads them any more.
    private static func write(_ messages: [JSONValue]) -> Bool {
        for message in messages {
            let body = message.compactText
            var text = "Content-Length: \(body.utf8.count)\r\n\r\n" + body
            let isWritten = text.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)
                while !rest.isEmpty {
                    let count = systemWrite(STDOUT_FILENO, rest.baseAddress, rest.count)
                    if count < 0 {
                        if errno == EINTR { continue }
                        return false
                    }
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                }
                return true
            }
            guard isWritten else { return false }
        }
        return true
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
