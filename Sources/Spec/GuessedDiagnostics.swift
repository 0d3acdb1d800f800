import Diagnostics

/// What two guesses of the same model have in common.
extension Diagnostic {
    /// This diagnostic as far as it doesn't depend on a guess; nil where the other one says something
    /// else.
    ///
    /// Numbers of axes are sure even where sizes are guessed: these diagnostics are kept, with `?` for
    /// the sizes.
    package func common(with other: Diagnostic) -> Diagnostic? {
        guard code == other.code, primary?.span.range == other.primary?.span.range,
            secondary.count == other.secondary.count
        else { return nil }
        let isAboutAxes = code == .inputRank || code == .axisRange
        func common(_ a: String, _ b: String) -> String? {
            a == b ? a : isAboutAxes ? Self.masked(a, b) : nil
        }
        guard let message = common(message, other.message),
            let label = common(primary?.text ?? "", other.primary?.text ?? "")
        else { return nil }
        var result = self
        result.message = message
        if let primary { result.primary = Label(span: primary.span, text: label) }
        result.secondary = []
        for (first, second) in zip(secondary, other.secondary) {
            guard let text = common(first.text, second.text) else { return nil }
            result.secondary.append(Label(span: first.span, text: text))
        }
        if !isAboutAxes {
            let isSame =
                notes == other.notes && helps == other.helps
                && fixIts.map(\.text) == other.fixIts.map(\.text)
            return isSame ? result : nil
        }
        result.notes = notes.filter(other.notes.contains)
        result.helps = helps.filter(other.helps.contains)
        return result
    }

    /// The text with `?` for each number that is another one in the other text; nil where more than
    /// numbers differ.
    private static func masked(_ a: String, _ b: String) -> String? {
        let (first, second) = (pieces(a), pieces(b))
        guard first.count == second.count else { return nil }
        var result = ""
        for (x, y) in zip(first, second) {
            if x == y {
                result += x
            } else if x.first?.isNumber == true, y.first?.isNumber == true {
                result += "?"
            } else {
                return nil
            }
        }
        return result
    }

    /// A text cut before and behind each number.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if let last = pieces.last?.last, last.isNumber == character.isNumber {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }
}
