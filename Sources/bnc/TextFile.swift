import Compiler
import TensorFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A text that a user wants in a file.
enum TextFile {
    /// Writes a file as a whole or not at all; `-` is standard output.
    ///
    /// - Parameters:
    ///   - spec: a file that the text must not replace.
    ///   - note: is told what was written.
    static func write(_ text: String, to path: String, spec: String, note: (String) -> Void) throws
    {
        if path == "-" { return Console.output.write(text) }
        if let place = realPath(path), place == realPath(spec) {
            throw Failure(
                message: "\(path): can't write: this is the spec itself",
                help: "name another file for the result")
        }
        let guarded = Interruption.guardingTemporaries(of: path)
        defer { for path in guarded { path.release() } }
        do throws(TensorFileError) {
            try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
                try writer.write(text)
            }
        } catch {
            throw Failure(message: "\(error.path): \(error.message)", help: error.help)
        }
        note("wrote \(path), \(NumberText.bytes(text.utf8.count))")
    }

    private static func realPath(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
