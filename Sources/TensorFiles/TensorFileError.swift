/// Why a tensor file could not be read or written: what was expected, what was found, where, and
/// how to mend it.
package struct TensorFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file, as the caller named it; empty for a tensor made in memory.
    package let path: String
    package let message: String
    package let help: String?

    package init(path: String, message: String, help: String? = nil) {
        self.path = path
        self.message = message
        self.help = help
    }

    package var description: String {
        (path.isEmpty ? "" : "\(path): ") + message + (help.map { "\n  help: \($0)" } ?? "")
    }

    /// `name` between single quotes. A name comes from the file, so what a terminal might obey is
    /// escaped, and what is too long to read is cut.
    static func quote(_ name: String) -> String {
        let limit = 120
        var text = "'"
        var length = 0
        for scalar in name.unicodeScalars {
            length += 1
            if length > limit {
                text += "…"
                break
            }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                text.unicodeScalars.append(scalar)
            }
        }
        return text + "'"
    }

    /// "1 byte", "2 bytes".
    static func bytes(_ count: Int) -> String {
        count == 1 ? "1 byte" : "\(count) bytes"
    }
}
