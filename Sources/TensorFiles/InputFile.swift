#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regular, non-empty file open for reading at any position, from any thread.
///
/// Nothing is mapped: if somebody truncates a mapped file, reading it kills the process; with
/// `pread` it is an error like any other.
final class InputFile: Sendable {
    let path: String
    /// The size when the file was opened; never 0.
    let byteCount: Int
    private let descriptor: Int32

    /// - Parameter expected: what the file should hold, for the error about an empty one.
    init(path: String, expected: String) throws(TensorFileError) {
        // A C string ends at its first zero, so such a path would open another file.
        guard !path.utf8.contains(0) else {
            throw TensorFileError(path: path, message: "no such file: the path holds a zero byte")
        }
        // O_NONBLOCK keeps a named pipe from blocking here; it means nothing to a regular file.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw PathAdvice.openingFailed(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw PathAdvice.openingFailed(path, code)
        }
        var problem: TensorFileError?
        switch status.st_mode & S_IFMT {
        case S_IFREG where status.st_size == 0:
            problem = TensorFileError(
                path: path, message: "the file is empty, expected \(expected)",
                help: "write it again; whatever was to write it may have stopped early")
        case S_IFREG:
            break
        case S_IFDIR:
            problem = PathAdvice.openingFailed(path, EISDIR)
        default:
            problem = TensorFileError(
                path: path, message: "not a regular file, expected \(expected)",
                help: "save the data to a file first; a pipe or device can't be read at a position")
        }
        if let problem {
            close(descriptor)
            throw problem
        }
        self.path = path
        self.byteCount = Int(status.st_size)
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Reads `count` bytes at `offset`; nothing is allocated unless the file has them.
    func bytes(at offset: Int, count: Int) throws(TensorFileError) -> [UInt8] {
        try array(of: UInt8.self, at: offset, count: count)
    }

    /// Reads `count` little-endian floats at `offset`, straight into the array.
    func floats(at offset: Int, count: Int) throws(TensorFileError) -> [Float] {
        try array(of: Float.self, at: offset, count: count)
    }

    private func array<Element: BitwiseCopyable>(
        of _: Element.Type, at offset: Int, count: Int
    ) throws(TensorFileError) -> [Element] {
        let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
        guard !overflow, offset >= 0, size >= 0, offset <= byteCount, size <= byteCount - offset
        else {
            throw TensorFileError(
                path: path,
                message: "expected \(count) elements at byte \(offset), "
                    + "the file ends at byte \(byteCount)")
        }
        var failure: TensorFileError?
        let values = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            failure = fill(UnsafeMutableRawBufferPointer(buffer), at: offset)
            initialized = failure == nil ? count : 0
        }
        if let failure { throw failure }
        return values
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> TensorFileError? {
        var done = 0
        while done < buffer.count {
            // In bounds: `done < buffer.count`, and no more than the rest is asked for.
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let got = pread(descriptor, room.baseAddress, room.count, off_t(offset + done))
            if got > 0 {
                done += got
            } else if got == 0 {
                return TensorFileError(
                    path: path,
                    message: "the file got shorter while it was read: "
                        + "expected \(byteCount) bytes, it ends at byte \(offset + done)",
                    help: "read it again once whatever writes it has finished")
            } else if errno != EINTR {
                return TensorFileError(
                    path: path,
                    message: "can't read at byte \(offset + done): "
                        + String(cString: strerror(errno)))
            }
        }
        return nil
    }
}
