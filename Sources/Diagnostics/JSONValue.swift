/// A JSON value whose objects keep the order of their members, so that output is reproducible.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The value as text, indented by two spaces, ending without a line feed. Collections of
    /// at most three numbers stand on one line.
    package var text: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        // JSON has no way to write these.
        case .double(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.write(quoting: value, to: &text)
        case .array(let values):
            Self.write("[", values.map { (nil, $0) }, "]", to: &text, indent: indent)
        case .object(let members):
            Self.write("{", members.map { ($0.key, $0.value) }, "}", to: &text, indent: indent)
        }
    }

    private var isCollection: Bool {
        switch self {
        case .array(let values): !values.isEmpty
        case .object(let members): !members.isEmpty
        default: false
        }
    }

    private static func write(
        _ opening: String, _ members: [(String?, JSONValue)], _ closing: String,
        to text: inout String, indent: Int
    ) {
        text += opening
        let isShort =
            members.count <= 3 && members.allSatisfy { !$0.1.isCollection && $0.1.isNumber }
        for (index, member) in members.enumerated() {
            if index > 0 { text += isShort ? ", " : "," }
            if !isShort { text += "\n" + String(repeating: " ", count: indent + 2) }
            if let key = member.0 {
                write(quoting: key, to: &text)
                text += ": "
            }
            member.1.write(to: &text, indent: indent + 2)
        }
        if !isShort { text += "\n" + String(repeating: " ", count: indent) }
        text += closing
    }

    private var isNumber: Bool {
        switch self {
        case .int, .double: true
        default: false
        }
    }

    private static func write(quoting string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += #"\""#
            case "\\": text += #"\\"#
            case "\n": text += #"\n"#
            case "\r": text += #"\r"#
            case "\t": text += #"\t"#
            default:
                // U+2028 and U+2029 are escaped for readers that take JSON as JavaScript; other
                // invisible ones so that a terminal shows the output as it is.
                if DisplayText.needsEscape(scalar) {
                    for unit in UTF16.encode(scalar)! {
                        let digits = String(unit, radix: 16)
                        text += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}

extension JSONValue {
    /// The value as text on one line, without spaces.
    package var compactText: String {
        var text = ""
        writeCompact(to: &text)
        return text
    }

    private func writeCompact(to text: inout String) {
        switch self {
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.writeCompact(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(quoting: member.key, to: &text)
                text += ":"
                member.value.writeCompact(to: &text)
            }
            text += "}"
        default: write(to: &text, indent: 0)
        }
    }
}
