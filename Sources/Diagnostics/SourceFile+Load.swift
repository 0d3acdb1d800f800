#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why a file couldn't be read.
package struct SourceFileError: Error, Sendable {
    package enum Kind: Sendable { case missing, directory, unreadable, tooLarge }

    package let kind: Kind
    package let path: String
    /// What is wrong, with the path.
    package let message: String
    /// How to mend it.
    package let help: String

    package init(kind: Kind, path: String, message: String, help: String) {
        self.kind = kind
        self.path = path
        self.message = message
        self.help = help
    }

    package var diagnostic: Diagnostic {
        let code: DiagnosticCode =
            switch kind {
            case .missing: .missingFile
            case .directory: .directoryInsteadOfFile
            case .unreadable: .unreadableFile
            case .tooLarge: .fileTooLarge
            }
        return Diagnostic(code, message, subject: path, helps: [help])
    }
}

extension SourceFile {
    /// The largest text `load` reads. The largest Keras models take some 100 KB as a spec.
    package static let sizeLimit = 16 << 20

    /// Reads a file, `-` being no special name.
    ///
    /// Pipes are read too; the limit holds for what is read, not for what `stat` says.
    package static func load(path: String) throws(SourceFileError) -> SourceFile {
        // Without O_NONBLOCK, a named pipe that nobody writes to would be waited for forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw openError(errno, path: path) }
        defer { close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR { throw directoryError(path: path) }
            if status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) > sizeLimit {
                throw sizeError(path: path)
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(max(0, min(Int(status.st_size), sizeLimit)))
        while true {
            let failure = appendChunk(from: descriptor, to: &bytes)
            if failure == EINTR { continue }
            if failure == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&wait, 1, -1)
                continue
            }
            if failure == EISDIR { throw directoryError(path: path) }
            if let failure, failure != 0 {
                throw SourceFileError(
                    kind: .unreadable, path: path,
                    message: "`\(path)` can't be read: \(String(cString: strerror(failure)))",
                    help: "check that the file can be read by you")
            }
            if failure == nil { break }
            if bytes.count > sizeLimit { throw sizeError(path: path) }
        }
        return SourceFile(path: path, bytes: bytes)
    }

    /// Reads once; 0 after some bytes, nil at the end, else the error number.
    private static func appendChunk(from descriptor: Int32, to bytes: inout [UInt8]) -> Int32? {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 { return errno }
            if count == 0 { return nil }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return 0
        }
    }

    private static func openError(_ number: Int32, path: String) -> SourceFileError {
        switch number {
        case ENOENT, ENOTDIR:
            return SourceFileError(
                kind: .missing, path: path, message: "there is no file `\(path)`",
                help: path.isEmpty
                    ? "give the path of a file"
                    : path == "-"
                        ? "standard input is `/dev/stdin`"
                        : "check the path and the folder it starts from")
        case EISDIR:
            return directoryError(path: path)
        case EACCES, EPERM:
            return SourceFileError(
                kind: .unreadable, path: path,
                message: "`\(path)` can't be read: permission denied",
                help: "check that the file can be read by you: `ls -l` shows its permissions")
        default:
            return SourceFileError(
                kind: .unreadable, path: path,
                message: "`\(path)` can't be read: \(String(cString: strerror(number)))",
                help: "check the path")
        }
    }

    private static func directoryError(path: String) -> SourceFileError {
        SourceFileError(
            kind: .directory, path: path, message: "`\(path)` is a folder, not a file",
            help: "give the path of a file in it")
    }

    private static func sizeError(path: String) -> SourceFileError {
        SourceFileError(
            kind: .tooLarge, path: path,
            message: "`\(path)` is larger than \(sizeLimit >> 20) MiB, the most that is read",
            help: "check that this is the file you meant; weights belong in a tensor file")
    }
}

/// The diagnostics of reading a file.
package enum SourceFileDiagnostics {
    package static let all: [DiagnosticCode] = [
        .missingFile, .directoryInsteadOfFile, .unreadableFile, .fileTooLarge,
        .errorsLeftOut,
    ]
}

extension DiagnosticCode {
    package static let missingFile = DiagnosticCode(
        "BNC0001", "There is no such file",
        explanation: "A path is relative to the folder the command runs in.",
        failing: "bnc inspect modle.yaml", mended: "bnc inspect model.yaml")

    package static let directoryInsteadOfFile = DiagnosticCode(
        "BNC0002", "A folder was given where a file is needed",
        explanation: "A model is one file; give its path and not that of the folder it is in.",
        failing: "bnc inspect models", mended: "bnc inspect models/digits.yaml")

    package static let unreadableFile = DiagnosticCode(
        "BNC0003", "A file can't be read",
        explanation: """
            The file exists, but the system refuses to read it: it belongs to somebody else, or its \
            permissions don't allow it. `chmod u+r` allows the owner of a file to read it.
            """,
        failing: "bnc inspect locked.yaml", mended: "bnc inspect model.yaml")

    package static let fileTooLarge = DiagnosticCode(
        "BNC0004", "A text file is too large",
        explanation: """
            At most 16 MiB are read of a text file. The largest known models take some 100 KB as a \
            spec, so a larger one is most likely another kind of file.
            """,
        failing: "bnc inspect model.safetensors",
        mended: "bnc inspect model.yaml --weights model.safetensors")

    package static let errorsLeftOut = DiagnosticCode(
        "BNC0005", "Errors are left out", severity: .remark,
        explanation: """
            At most \(DiagnosticBag.errorLimit) errors are shown, and fewer of what is no YAML: \
            a file that some program wrote can hold a million. This remark is the \
            last one in the JSON array, a notification of the run in SARIF and a notice on GitHub; on \
            a terminal the last line says it.
            """,
        failing: "bnc inspect broken.yaml --format json",
        mended: "bnc inspect model.yaml --format json")
}
