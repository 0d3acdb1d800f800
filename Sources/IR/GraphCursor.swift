/// Reads the words of the textual form, one after the other.
struct GraphCursor {
    private let scalars: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    // MARK: Errors

    func error(_ message: String, at position: Int) -> GraphParseError {
        let before = scalars[..<min(position, scalars.count)]
        let line = before.count { $0 == "\n" } + 1
        let start = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return GraphParseError(line: line, column: before.count - start + 1, message: message)
    }

    /// What stands at the cursor isn't what should stand there.
    mutating func unexpected(_ expected: String) -> GraphParseError {
        skipSpace()
        return error("expected \(expected), found \(found())", at: position)
    }

    private func found() -> String {
        guard position < scalars.count else { return "the end of the text" }
        var end = position
        if scalars[end] == "%" { end += 1 }
        while end < scalars.count, GraphSyntax.isBare(scalars[end]) { end += 1 }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[position..<max(end, position + 1)])
        return "`\(text)`"
    }

    // MARK: Space and punctuation

    /// Moves to the next word, over white space and comments.
    mutating func skipSpace() {
        while let scalar = peek() {
            if scalar.properties.isWhitespace {
                position += 1
            } else if scalar == "#" || (scalar == "/" && peek(1) == "/") {
                while position < scalars.count, scalars[position] != "\n" { position += 1 }
            } else {
                return
            }
        }
    }

    var isAtEnd: Bool { position == scalars.count }

    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        position + ahead < scalars.count ? scalars[position + ahead] : nil
    }

    /// Moves over a character if it comes next.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    mutating func expect(_ scalar: Unicode.Scalar) throws(GraphParseError) {
        if !take(scalar) { throw unexpected("`\(scalar)`") }
    }

    // MARK: Words

    /// A word of letters, digits and `_` if it comes next: a mnemonic, an attribute's name.
    mutating func peekWord() -> String? {
        skipSpace()
        guard let first = peek(), isLetter(first) else { return nil }
        var word = ""
        var ahead = 0
        while let scalar = peek(ahead), isLetter(scalar) || isDigit(scalar) {
            word.unicodeScalars.append(scalar)
            ahead += 1
        }
        return word
    }

    mutating func word(_ expected: String) throws(GraphParseError) -> String {
        guard let word = peekWord() else { throw unexpected(expected) }
        position += word.unicodeScalars.count
        return word
    }

    /// Moves over a certain word if it comes next.
    mutating func take(word: String) -> Bool {
        guard peekWord() == word else { return false }
        position += word.unicodeScalars.count
        return true
    }

    /// A name, bare or quoted.
    mutating func name(_ expected: String) throws(GraphParseError) -> String {
        skipSpace()
        if peek() == "\"" { return try text(expected) }
        return try bareName(expected)
    }

    /// A value, `%name`, if one comes next.
    mutating func value() throws(GraphParseError) -> String? {
        skipSpace()
        guard peek() == "%" else { return nil }
        position += 1
        return peek() == "\"" ? try text("a value's name") : try bareName("a value's name")
    }

    private mutating func bareName(_ expected: String) throws(GraphParseError) -> String {
        var name = ""
        while let scalar = peek(), GraphSyntax.isBare(scalar), !(scalar == "/" && peek(1) == "/") {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        if name.isEmpty { throw unexpected(expected) }
        return name
    }

    /// A text in quotes.
    mutating func text(_ expected: String) throws(GraphParseError) -> String {
        skipSpace()
        guard peek() == "\"" else { throw unexpected(expected) }
        let start = position
        position += 1
        var result = ""
        while let scalar = peek(), scalar != "\n" {
            position += 1
            switch scalar {
            case "\"": return result
            case "\\": result.unicodeScalars.append(try escaped())
            default: result.unicodeScalars.append(scalar)
            }
        }
        throw error("the text in quotes doesn't end on its line", at: start)
    }

    private mutating func escaped() throws(GraphParseError) -> Unicode.Scalar {
        let start = position - 1
        position += 1
        switch peek(-1) {
        case "\"": return "\""
        case "\\": return "\\"
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "u" where peek() == "{":
            position += 1
            var digits = ""
            while let scalar = peek(), scalar != "}", digits.unicodeScalars.count < 9 {
                digits.unicodeScalars.append(scalar)
                position += 1
            }
            position += 1
            if peek(-1) == "}", let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code)
            {
                return scalar
            }
        default: break
        }
        throw error(#"expected `\"`, `\\`, `\n`, `\t`, `\r` or `\u{…}`"#, at: start)
    }

    // MARK: Numbers

    /// A number as it is written, if one comes next: `-1`, `0.5`, `1e-05`, `-inf`, `nan`.
    mutating func number() -> String? {
        skipSpace()
        var ahead = peek() == "-" ? 1 : 0
        func digits() -> Bool {
            let start = ahead
            while let scalar = peek(ahead), isDigit(scalar) { ahead += 1 }
            return ahead > start
        }
        if digits() {
            if peek(ahead) == ".", peek(ahead + 1).map(isDigit) == true {
                ahead += 1
                _ = digits()
            }
            if peek(ahead) == "e" || peek(ahead) == "E" {
                let mantissa = ahead
                ahead += peek(ahead + 1) == "-" || peek(ahead + 1) == "+" ? 2 : 1
                if !digits() { ahead = mantissa }
            }
        } else {
            let special = ["inf", "nan"].first { word in
                word.unicodeScalars.enumerated().allSatisfy {
                    peek(ahead + $0.offset) == $0.element
                }
            }
            guard special != nil else { return nil }
            ahead += 3
        }
        // `1x` and `infinity` are no numbers.
        if let next = peek(ahead), isLetter(next) || isDigit(next) || next == "." { return nil }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[position..<position + ahead])
        position += ahead
        return text
    }

    mutating func integer(_ expected: String) throws(GraphParseError) -> Int {
        skipSpace()
        let start = position
        guard let text = number() else { throw unexpected(expected) }
        return try integer(text, expected, at: start)
    }

    /// - Throws: Where the text is no integer, or so large that shapes computed from it overflow.
    func integer(
        _ text: String, _ expected: String, at start: Int
    ) throws(GraphParseError) -> Int {
        guard let value = Int(text), value.magnitude < 1 << 31 else {
            throw error("expected \(expected) below 2147483648, found `\(text)`", at: start)
        }
        return value
    }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
