#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Replaces a file as a whole or not at all.
///
///     try AtomicFile.write(to: "x.txt") { (writer) throws(TensorFileError) in
///         try writer.write("hello")
///     }
package struct AtomicFile {
    /// Runs `body` on a temporary file beside `path`, then renames it to `path`. If anything fails
    /// the temporary is removed and what was at `path` stays as it was.
    ///
    /// A symbolic link is followed. A pipe or device, such as `/dev/stdout`, is written directly,
    /// because renaming would replace it by a file.
    package static func write(
        to path: String, _ body: (inout FileWriter) throws(TensorFileError) -> Void
    ) throws(TensorFileError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw TensorFileError(path: path, message: "not a path that can be written")
        }
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists {
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                // Renaming would get around a file's write protection.
                guard access(path, W_OK) == 0 else { throw failed(path, errno) }
            case S_IFDIR:
                throw TensorFileError(
                    path: path, message: "expected a file to write, found a directory",
                    help: "name a file in it")
            default:
                let descriptor = open(path, O_WRONLY | O_CLOEXEC)
                guard descriptor >= 0 else { throw failed(path, errno) }
                defer { close(descriptor) }
                var writer = FileWriter(descriptor: descriptor, path: path)
                try body(&writer)
                try writer.flush()
                return
            }
        }
        let target = try resolved(path, exists: exists)
        let (descriptor, temporary) = try makeTemporary(beside: target, path: path)
        var renamed = false
        defer {
            if !renamed { unlink(temporary) }
        }
        do throws(TensorFileError) {
            if exists { _ = fchmod(descriptor, status.st_mode & 0o777) }
            var writer = FileWriter(descriptor: descriptor, path: path)
            try body(&writer)
            try writer.flush()
            guard fsync(descriptor) == 0 else { throw failed(path, errno) }
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw failed(path, errno) }
        guard rename(temporary, target) == 0 else { throw failed(path, errno) }
        renamed = true
    }

    /// Where the file really is, so that renaming replaces it and not a link to it.
    private static func resolved(_ path: String, exists: Bool) throws(TensorFileError) -> String {
        guard exists else {
            var status = stat()
            if lstat(path, &status) == 0 {
                throw TensorFileError(
                    path: path, message: "a symbolic link to a file that does not exist",
                    help: "remove the link, or make what it names")
            }
            return path
        }
        guard let pointer = realpath(path, nil) else { throw failed(path, errno) }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func makeTemporary(
        beside target: String, path: String
    ) throws(TensorFileError) -> (descriptor: Int32, path: String) {
        for attempt in 0..<1000 {
            let temporary = "\(target).tmp-\(getpid())-\(attempt)"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, temporary) }
            guard errno == EEXIST else { throw failed(path, errno) }
        }
        throw failed(path, EEXIST)
    }

    private static func failed(_ path: String, _ code: Int32) -> TensorFileError {
        let directory = PathAdvice.split(path).directory
        switch code {
        case ENOENT, ENOTDIR:
            return TensorFileError(
                path: path,
                message: "can't write: there is no directory \(TensorFileError.quote(directory))",
                help: "make it first: mkdir -p \(directory)")
        case EACCES, EPERM:
            return TensorFileError(
                path: path, message: "can't write: permission denied",
                help: "check who may write there: ls -ld \(directory)")
        default:
            return TensorFileError(
                path: path, message: "can't write: \(String(cString: strerror(code)))",
                help: code == ENOSPC ? "make room on the disk, or write elsewhere" : nil)
        }
    }
}
