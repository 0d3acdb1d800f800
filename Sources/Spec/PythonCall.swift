/// A layer as Python makes it, `layers.Conv2D(8, (3, 3), activation='relu')`, found where YAML is
/// expected.
struct PythonCall {
    /// The class without the modules before it.
    let className: String
    /// Whether the modules before it, or its spelling, are PyTorch's.
    let isTorch: Bool
    /// What stands between the commas; the name is nil for a positional argument.
    let arguments: [(name: String?, value: String)]
    /// What the layer is applied to, `x` or `[a, b]`; nil where it is only made.
    private(set) var reads: String?
    /// Whether all arguments could be told apart.
    private let isSimple: Bool

    /// nil for a text that is no call.
    init?(_ text: String) {
        guard let open = text.firstIndex(of: "("), text.utf8.count <= 300, text.hasSuffix(")")
        else {
            return nil
        }
        let path = text[..<open].split(separator: ".")
        guard let name = path.last, !name.isEmpty,
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
            name.first?.isLetter == true
        else { return nil }
        className = String(name)
        isTorch =
            path.dropLast().contains("nn") || name.hasSuffix("1d") || name.hasSuffix("2d")
            || name.hasSuffix("3d")
        let inner = text[text.index(after: open)...].dropLast()
        var parts: [String] = []
        var part = ""
        var depth = 0
        for character in inner {
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        parts.append(part)
        isSimple = depth == 0
        arguments = parts.map(Self.trimmed).filter { !$0.isEmpty }.map { part in
            guard let equals = part.firstIndex(of: "=") else { return (nil, part) }
            let name = Self.trimmed(String(part[..<equals]))
            guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
                return (nil, part)
            }
            return (name, Self.trimmed(String(part[part.index(after: equals)...])))
        }
    }

    /// The call in a line of Python, `x = Conv2D(8, 3)(x)`, or in what a PyTorch model prints,
    /// `(0): Linear(in_features=8, out_features=4, bias=True)`.
    init?(statement text: String) {
        guard text.utf8.count <= 300 else { return nil }
        var text = text[...]
        var reads: String?
        if text.first == "(", let close = text.firstIndex(of: ")"),
            text[text.index(after: close)...].hasPrefix(": ")
        {
            text = text[text.index(close, offsetBy: 3)...]
        }
        if let equals = text.firstIndex(of: "="), let open = text.firstIndex(of: "("), equals < open
        {
            guard
                text[..<equals].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == " " })
            else { return nil }
            text = text[text.index(after: equals)...]
            while text.first == " " { text.removeFirst() }
        }
        if let add = [".add(", ".append("].lazy.compactMap({ Self.range(of: $0, in: text) }).first,
            text.last == ")",
            text[..<add.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        {
            text = text[add.upperBound...].dropLast()
        }
        // The second pair of parentheses holds what the layer reads.
        if let open = text.firstIndex(of: "(") {
            var depth = 0
            for index in text.indices[open...] {
                if text[index] == "(" { depth += 1 }
                if text[index] == ")" { depth -= 1 }
                guard depth == 0 else { continue }
                let rest = text[text.index(after: index)...]
                if rest.first == "(", rest.last == ")" {
                    reads = String(rest.dropFirst().dropLast())
                    text = text[...index]
                }
                break
            }
        }
        self.init(String(text))
        self.reads = reads
    }

    private static func range(of part: String, in text: Substring) -> Range<Substring.Index>? {
        text.indices.first { text[$0...].hasPrefix(part) }
            .map { $0..<text.index($0, offsetBy: part.count) }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The layer in YAML, or nil where that isn't sure.
    ///
    /// - Parameters:
    ///   - className: the class's name in Keras.
    ///   - names: the layer's arguments in Keras's order, for positional ones.
    func yaml(_ className: String, _ names: [String]) -> String? {
        guard let entries = entries(names) else { return nil }
        return Self.yaml(className, entries)
    }

    /// The arguments with their names, and values as YAML has them; nil where that isn't sure.
    func entries(_ names: [String]) -> [(name: String, value: String)]? {
        guard isSimple else { return nil }
        var entries: [(name: String, value: String)] = []
        for (index, argument) in arguments.enumerated() {
            guard let name = argument.name ?? (index < names.count ? names[index] : nil),
                let value = Self.yaml(argument.value)
            else { return nil }
            entries.append((name, value))
        }
        return entries
    }

    static func yaml(_ className: String, _ entries: [(name: String, value: String)]) -> String {
        if entries.isEmpty { return className }
        let items = entries.map { "\($0.name): \($0.value)" }
        return "\(className): {\(items.joined(separator: ", "))}"
    }

    /// A value without what only Python knows; nil for calls, names and operators.
    static func yaml(_ value: String) -> String? {
        switch value {
        case "None": return "null"
        case "True": return "true"
        case "False": return "false"
        default: break
        }
        if let quote = value.first, quote == "'" || quote == "\"" {
            let word = value.dropFirst().dropLast()
            guard value.count > 2, value.last == quote,
                word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else { return nil }
            return String(word)
        }
        var list = ""
        for character in value {
            switch character {
            case "(", "[": list += "["
            case ")", "]":
                if list.hasSuffix(", ") { list.removeLast(2) }
                if list.hasSuffix(",") { list.removeLast() }
                list += "]"
            case ",", " ", ".", "-", "e": list.append(character)
            case _ where character.isNumber: list.append(character)
            default: return nil
            }
        }
        return list.replacing(",]", with: "]")
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        var result = ""
        var rest = self[...]
        while let first = rest.first {
            if rest.hasPrefix(old) {
                result += new
                rest.removeFirst(old.count)
            } else {
                result.append(first)
                rest.removeFirst()
            }
        }
        return result
    }
}
