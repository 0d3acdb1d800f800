#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes to an open file through a buffer; handed out by `AtomicFile.write`.
package struct FileWriter: ~Copyable {
    private static let capacity = 1 << 16

    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    /// Bytes written so far, buffered ones included.
    package private(set) var byteCount = 0

    /// - Parameter path: the file as the user knows it, for errors.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
        buffer.reserveCapacity(Self.capacity)
    }

    package mutating func write(_ bytes: [UInt8]) throws(TensorFileError) {
        try write(failure: bytes.withUnsafeBytes { append($0) })
    }

    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(TensorFileError) {
        try write(failure: append(bytes))
    }

    /// Writes the values little-endian.
    package mutating func write(_ floats: [Float]) throws(TensorFileError) {
        try write(failure: floats.withUnsafeBytes { append($0) })
    }

    /// Writes the text as UTF-8.
    package mutating func write(_ text: String) throws(TensorFileError) {
        try write(Array(text.utf8))
    }

    package mutating func write(_ tensor: Tensor) throws(TensorFileError) {
        try write(failure: tensor.withUnsafeBytes { append($0) })
    }

    /// Hands buffered bytes to the system.
    package mutating func flush() throws(TensorFileError) {
        try write(failure: drain())
    }

    private func write(failure: Int32) throws(TensorFileError) {
        guard failure != 0 else { return }
        throw TensorFileError(
            path: path, message: "can't write: \(String(cString: strerror(failure)))",
            help: failure == ENOSPC ? "make room on the disk, or write elsewhere" : nil)
    }

    /// Returns an `errno`, or 0.
    private mutating func append(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        byteCount += bytes.count
        if buffer.count + bytes.count <= Self.capacity {
            buffer.append(contentsOf: bytes)
            return 0
        }
        let failure = drain()
        if failure != 0 { return failure }
        if bytes.count < Self.capacity {
            buffer.append(contentsOf: bytes)
            return 0
        }
        return send(bytes)
    }

    private mutating func drain() -> Int32 {
        let failure = buffer.withUnsafeBytes { send($0) }
        buffer.removeAll(keepingCapacity: true)
        return failure
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        var rest = bytes
        while !rest.isEmpty {
            #if canImport(Glibc)
                let sent = Glibc.write(descriptor, rest.baseAddress, rest.count)
            #elseif canImport(Musl)
                let sent = Musl.write(descriptor, rest.baseAddress, rest.count)
            #else
                let sent = Darwin.write(descriptor, rest.baseAddress, rest.count)
            #endif
            if sent < 0 {
                if errno == EINTR { continue }
                return errno
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
        return 0
    }
}
