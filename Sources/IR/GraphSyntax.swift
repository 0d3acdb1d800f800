/// The spelling rules that the printer and the parser of the textual form share.
///
///     graph digits {
///       %x = input "x" : f32[1,4]
///       %dense/kernel = constant {1.0, -0.5, 0.0, 2.0} : f32[4,1]
///       %dense = matmul %x, %dense/kernel then relu : f32[1,1]
///       return "dense" = %dense
///     }
///
/// A name stands bare where it can be read back, else in quotes: `%"a b"`. A node that names no
/// layers with `from` comes from the layer its own name starts with, up to the first `/`.
enum GraphSyntax {
    /// Whether a character may stand in a name without quotes: anything but what the form itself
    /// uses, white space, and what nobody sees.
    static func isBare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "'", "`", ",", ":", "=", "#", "%", "\\", "(", ")", "[", "]", "{", "}": false
        default: !scalar.properties.isWhitespace && !isInvisible(scalar)
        }
    }

    /// Whether a whole name may stand without quotes.
    static func isBare(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        var last: Unicode.Scalar?
        for scalar in name.unicodeScalars {
            if !isBare(scalar) || (scalar == "/" && last == "/") { return false }
            last = scalar
        }
        return true
    }

    /// A name as it stands in the text, without the `%` of a value.
    static func spelling(_ name: String) -> String { isBare(name) ? name : quoted(name) }

    /// A value as it stands in the text.
    static func value(_ name: String) -> String { "%" + spelling(name) }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where isInvisible(scalar):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// The layers of a node that names none.
    static func defaultLayers(ofNode name: String) -> [String] {
        guard let slash = name.unicodeScalars.firstIndex(of: "/") else { return [name] }
        return [String(name.unicodeScalars[..<slash])]
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}

extension AttributeValue: CustomStringConvertible {
    /// The value as it stands in the textual form.
    package var description: String {
        switch self {
        case .integer(let value): "\(value)"
        case .integers(let values): "[\(values.map(String.init).joined(separator: ","))]"
        case .pairs(let values): "[\(values.map(\.description).joined(separator: ","))]"
        case .number(let value): Self.text(of: value)
        case .word(let value): value
        case .text(let value): GraphSyntax.quoted(value)
        case .function(let value): value.description
        }
    }
}
