/// An equation of `keras.layers.EinsumDense`: `abc,cd->abd`, `...x,xy->...y`, `ab...,bc->ac...`.
///
/// Axes are numbers: those of letters their code points, those that an ellipsis stands for negative
/// ones. The batch is the first axis of the input.
struct EinsumEquation: Sendable {
    typealias Label = Int

    enum Ellipsis { case none, left, right }

    /// The letters as they are written.
    let input: [Character]
    let kernel: [Character]
    let output: [Character]
    let ellipsis: Ellipsis

    /// What is wrong with a text that is no equation.
    struct Problem: Error {
        let message: String
        var help: String?
    }

    static let form = "write `input,kernel->output` with a letter for each axis, as `abc,cd->abd`"

    init(_ text: String) throws(Problem) {
        func fail(_ message: String, _ help: String? = Self.form) -> Problem {
            Problem(message: message, help: help)
        }
        let sides = text.components(of: "->")
        guard sides.count == 2 else {
            throw fail("should have one `->`, not \(sides.count - 1)")
        }
        let operands = sides[0].split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
        guard operands.count == 2 else {
            throw fail("should have two operands before `->`, not \(operands.count)")
        }
        let terms = (operands + [sides[1]]).map(Self.term)
        for (term, text) in zip(terms, operands + [sides[1]]) {
            let letters = term.letters
            if let other = letters.first(where: { !$0.isASCII || !$0.isLetter }) {
                throw fail(
                    other.isWhitespace
                        ? "holds a space" : "holds `\(other)`, which is no letter",
                    other.isWhitespace ? "write it without spaces" : Self.form)
            }
            if letters.isEmpty { throw fail("has an operand without a letter, `\(text)`") }
            if let twice = letters.first(where: { letter in letters.count { $0 == letter } > 1 }) {
                throw fail("names axis `\(twice)` twice in `\(text)`", nil)
            }
        }
        guard terms[1].ellipsis == .none else {
            throw fail("has an ellipsis in the kernel, whose axes have to be named", nil)
        }
        guard terms[0].ellipsis == terms[2].ellipsis else {
            throw fail(
                "should have an ellipsis on the same side of the input and of the output", nil)
        }
        input = terms[0].letters
        kernel = terms[1].letters
        output = terms[2].letters
        ellipsis = terms[0].ellipsis
        try checkLetters()
    }

    private static func term(_ text: String) -> (letters: [Character], ellipsis: Ellipsis) {
        if text.hasPrefix("...") { return (Array(text.dropFirst(3)), .left) }
        if text.hasSuffix("...") { return (Array(text.dropLast(3)), .right) }
        return (Array(text), .none)
    }

    private func checkLetters() throws(Problem) {
        for letter in output where !input.contains(letter) && !kernel.contains(letter) {
            throw Problem(message: "makes axis `\(letter)`, which neither input nor kernel has")
        }
        for letter in kernel where !input.contains(letter) && !output.contains(letter) {
            throw Problem(
                message: "has axis `\(letter)` in the kernel alone, so that its size is not known")
        }
        // With an ellipsis on the left the batch is among what it stands for.
        if ellipsis != .left {
            guard output[0] == input[0] else {
                throw Problem(
                    message: "should begin with the batch, `\(input[0])`, before and behind `->`")
            }
            guard !kernel.contains(input[0]) else {
                throw Problem(message: "has the batch, `\(input[0])`, in the kernel")
            }
        }
    }

    /// How many axes of an input of `rank` (the batch included) the ellipsis stands for; nil where
    /// the ranks don't fit.
    func elided(rank: Int) -> Int? {
        let count = rank - input.count
        switch ellipsis {
        case .none: return count == 0 ? 0 : nil
        case .left: return count >= 1 ? count : nil
        case .right: return count >= 0 ? count : nil
        }
    }

    /// The labels of a term's axes where the ellipsis stands for `elided` axes.
    func labels(_ letters: [Character], elided: Int) -> [Label] {
        let own = letters.map(Self.label)
        let others = (0..<elided).map { -1 - $0 }
        return ellipsis == .right ? own + others : others + own
    }

    /// The output's letters that `output_shape` gives sizes for: without the batch.
    var outputLetters: ArraySlice<Character> {
        ellipsis == .left ? output[...] : output.dropFirst()
    }

    static func label(_ letter: Character) -> Label { Int(letter.unicodeScalars.first!.value) }
}

extension String {
    /// The parts between occurrences of a separator.
    fileprivate func components(of separator: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(self)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
