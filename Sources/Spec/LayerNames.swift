import Diagnostics

/// Keras's default names: the class name in snake case, numbered per spec.
package struct LayerNames: Sendable {
    private var counts: [String: Int] = [:]
    /// What names of a class begin with.
    private var bases: [String: String] = [:]

    package init() {}

    /// `conv2d`, `conv2d_1`...; layers with a given name take no number.
    package mutating func next(for className: String) -> String {
        let base = bases[className] ?? Self.base(className)
        bases[className] = base
        let count = counts[base, default: 0]
        counts[base] = count + 1
        return count == 0 ? base : "\(base)_\(count)"
    }

    private static func base(_ className: String) -> String {
        switch className {
        case "Input": "input_layer"
        // The class of a `keras.Model` with inputs and outputs is Functional.
        case "Model": "functional"
        default: snakeCase(className)
        }
    }

    /// Keras's `to_snake_case`: `MaxPooling2D` is `max_pooling2d`, `PReLU` is `p_re_lu`.
    package static func snakeCase(_ name: String) -> String {
        // (.)([A-Z][a-z]+) -> \1_\2, scanning for non-overlapping matches from the left.
        var first: [Character] = []
        let characters = name.filter { $0.isLetter || $0.isNumber || $0 == "_" }.map { $0 }
        var i = 0
        while i < characters.count {
            if i + 2 < characters.count, characters[i + 1].isUpperASCII,
                characters[i + 2].isLowerASCII
            {
                first += [characters[i], "_", characters[i + 1]]
                i += 2
                while i < characters.count, characters[i].isLowerASCII {
                    first.append(characters[i])
                    i += 1
                }
            } else {
                first.append(characters[i])
                i += 1
            }
        }
        // ([a-z])([A-Z]) -> \1_\2
        var result: [Character] = []
        for (index, character) in first.enumerated() {
            if index > 0, character.isUpperASCII, first[index - 1].isLowerASCII {
                result.append("_")
            }
            result.append(character)
        }
        return String(result).lowercased()
    }
}

extension Character {
    fileprivate var isUpperASCII: Bool { "A" <= self && self <= "Z" }
    fileprivate var isLowerASCII: Bool { "a" <= self && self <= "z" }
}
