import Diagnostics

/// Text of HTML and SVG. What bnc writes is both HTML5 and well-formed XML.
enum Markup {
    /// A user's text between tags or within a quoted attribute: markup and what could steer or reorder a
    /// display is escaped.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in DisplayText.escaped(text, keepingLines: true).unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            // What XML has no way to write.
            case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A text of at most so many characters, its middle left out where it is longer.
    static func shortened(_ text: String, to limit: Int) -> String {
        let text = DisplayText.escaped(text)
        guard text.count > limit else { return text }
        let head = (limit - 1) * 2 / 3
        return "\(text.prefix(head))…\(text.suffix(limit - 1 - head))"
    }

    /// A text of at most so many characters.
    static func cut(_ text: String, to limit: Int) -> String {
        let text = DisplayText.escaped(text)
        return text.count > limit ? "\(text.prefix(limit - 1))…" : text
    }

    /// A coordinate: at most one digit behind the point.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// `id="x" class="y"`, empty values left out.
    static func attributes(_ list: [(name: String, value: String)]) -> String {
        list.filter { !$0.value.isEmpty }.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
    }
}
