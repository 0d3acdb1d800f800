/// Lines of Swift with their indentation.
struct SourceWriter {
    private(set) var lines: [String] = []
    private var depth = 0

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func line(_ text: String = "") {
        lines.append(text.isEmpty ? "" : String(repeating: "    ", count: depth) + text)
    }

    mutating func indent(_ change: Int) { depth += change }

    /// Every line of a text, indented.
    mutating func paragraph(_ text: String) {
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line(String(part))
        }
    }

    /// `head {`, what `body` writes, `}`.
    mutating func block(_ head: String, _ body: (inout SourceWriter) -> Void) {
        open(head)
        body(&self)
        close()
    }

    /// The head of a function with its opening brace, on lines of their own where it is long.
    mutating func signature(_ head: String, _ parameters: [String], _ tail: String) {
        let line = "\(head)(\(parameters.joined(separator: ", ")))\(tail) {"
        if line.count <= 92 {
            self.line(line)
        } else {
            self.line("\(head)(")
            indent(1)
            for (index, parameter) in parameters.enumerated() {
                self.line(parameter + (index == parameters.count - 1 ? "" : ","))
            }
            indent(-1)
            self.line(")\(tail) {")
        }
    }

    /// Text wrapped to the column limit behind `prefix`, for comments.
    mutating func comment(_ text: String, prefix: String = "///") {
        let limit = 96 - depth * 4 - prefix.count
        var current = ""
        for word in text.split(separator: " ") {
            if !current.isEmpty && current.count + word.count + 1 > limit {
                line("\(prefix) \(current)")
                current = String(word)
            } else {
                current += current.isEmpty ? String(word) : " " + word
            }
        }
        if !current.isEmpty { line("\(prefix) \(current)") }
    }

    mutating func append(_ other: SourceWriter) {
        for text in other.lines { line(text) }
    }
}

/// `base + 12`, `base` for 0: pointer arithmetic without noise.
func offset(_ base: String, _ elements: Int) -> String {
    elements == 0 ? base : elements > 0 ? "\(base) + \(elements)" : "\(base) - \(-elements)"
}

/// `a * 12 + b * 3` of index names and strides; nil for nothing.
func indexText(_ terms: [(name: String?, stride: Int)]) -> String? {
    let parts = terms.compactMap { term -> String? in
        guard let name = term.name, term.stride != 0 else { return nil }
        return term.stride == 1 ? name : "\(name) * \(term.stride)"
    }
    return parts.isEmpty ? nil : parts.joined(separator: " + ")
}

/// `base + (i * 12 + 4)`.
func pointerText(_ base: String, _ terms: [(name: String?, stride: Int)], plus constant: Int = 0)
    -> String
{
    guard let index = indexText(terms) else { return offset(base, constant) }
    return constant == 0
        ? "\(base) + \(parenthesized(index))" : "\(base) + (\(index) + \(constant))"
}

private func parenthesized(_ index: String) -> String {
    index.contains(" ") ? "(\(index))" : index
}
