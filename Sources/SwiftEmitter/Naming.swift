/// Names in emitted Swift from names in a spec.
package enum Naming {
    /// `digits_cnn` is `DigitsCNN`: words in upper camel case, those without a vowel in capitals.
    package static func typeName(_ name: String) -> String {
        var words: [String] = []
        var word = ""
        for character in name {
            if character.isASCII, character.isLetter || character.isNumber {
                if let last = word.last, character.isUppercase, last.isLowercase {
                    words.append(word)
                    word = ""
                }
                word.append(character)
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        let joined = words.map { word -> String in
            let letters = word.prefix { $0.isLetter }
            let hasVowel = letters.contains { "aeiouyAEIOUY".contains($0) }
            if !hasVowel { return letters.uppercased() + word.dropFirst(letters.count) }
            return word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
        if joined.isEmpty { return "Model" }
        if joined.first!.isNumber { return "Model" + joined }
        return reservedTypes.contains(joined) ? joined + "Model" : joined
    }

    /// Types that an emitted file uses or that would be ambiguous.
    private static let reservedTypes: Set<String> = [
        "Int", "Float", "String", "Array", "Error", "Never", "Any", "Type", "Protocol", "Self",
        "Swift", "Main", "Predict", "Optional", "Result", "Void", "Bool", "Double", "Character",
        "Set", "Dictionary", "Range", "Sequence", "Collection", "UInt", "SIMD", "Glibc", "Darwin",
        "Memory", "Failure", "Threads", "Places", "Variant", "Synchronization", "Builtin",
        "BenchmarkMain",
    ]

    /// A name for a function, a parameter or a tuple label: `max_pooling2d.border` is
    /// `max_pooling2d_border`.
    package static func identifier(_ name: String) -> String {
        var result = ""
        for character in name {
            let isPlain = character.isASCII && (character.isLetter || character.isNumber)
            result.append(isPlain ? character : "_")
        }
        while result.contains("__") { result = result.replacing("__", with: "_") }
        if result.isEmpty || result == "_" { result = "value" }
        if result.first!.isNumber { result = "_" + result }
        return keywords.contains(result) ? result + "_" : result
    }

    /// Identifiers for names, in order, each one once and none of `taken`.
    package static func identifiers(_ names: [String], taken: Set<String> = []) -> [String] {
        var used = taken
        return names.map { name in
            let base = identifier(name)
            var candidate = base
            var number = 2
            while !used.insert(candidate).inserted {
                candidate = "\(base)_\(number)"
                number += 1
            }
            return candidate
        }
    }

    private static let keywords: Set<String> = [
        "as", "associatedtype", "borrowing", "break", "case", "catch", "class", "consuming",
        "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough",
        "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "package", "precedencegroup", "private",
        "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var",
        "where", "while", "Any", "Type", "Protocol", "open", "actor", "await", "async", "some",
        "any", "into",
    ]
}
