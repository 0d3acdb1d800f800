import Compiler
import TensorFiles

/// A text that a user wants in a file.
enum TextFile {
    /// Writes a file as a whole or not at all; `-` is standard output.
    ///
    /// - Parameter note: is told what was written.
    static func write(_ text: String, to path: String, note: (String) -> Void) throws {
        if path == "-" { return Console.output.write(text) }
        do throws(TensorFileError) {
            try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
                try writer.write(text)
            }
        } catch {
            throw Failure(message: "\(error.path): \(error.message)", help: error.help)
        }
        note("wrote \(path), \(NumberText.bytes(text.utf8.count))")
    }
}
