import Diagnostics

/// Reads Python's `(3, 3)` and `((1, 1), (2, 2))`, which have no meaning in YAML.
enum Tuple {
    /// A tuple holds a few numbers; looking no further keeps hostile lines cheap.
    private static let lengthLimit = 80

    /// The list that the parentheses at the start of a span stand for; nil where they are not closed
    /// on the line, or hold anything but simple values.
    static func read(at span: SourceSpan) -> SyntaxNode? {
        let file = span.file
        let start = span.range.lowerBound
        let line = file.byteRange(ofLine: file.lineNumber(at: start))
        var offset = start
        let limit = min(start + lengthLimit, line.upperBound)
        return sequence(file, &offset, limit, depth: 0)
    }

    private static func sequence(
        _ file: SourceFile, _ offset: inout Int, _ limit: Int, depth: Int
    ) -> SyntaxNode? {
        let bytes = file.bytes
        let start = offset
        guard depth < 4, offset < limit, bytes[offset] == UInt8(ascii: "(") else { return nil }
        offset += 1
        var items: [SyntaxNode] = []
        while true {
            while offset < limit, TextScanner.isBlank(bytes[offset]) { offset += 1 }
            guard offset < limit else { return nil }
            switch bytes[offset] {
            case UInt8(ascii: ")"):
                offset += 1
                if items.isEmpty { return nil }
                return SyntaxNode(content: .sequence(items), span: file.span(start..<offset))
            case UInt8(ascii: "("):
                guard let inner = sequence(file, &offset, limit, depth: depth + 1) else {
                    return nil
                }
                items.append(inner)
            default:
                let word = offset
                while offset < limit, isSimple(bytes[offset]) { offset += 1 }
                if word == offset { return nil }
                let span = file.span(word..<offset)
                let text = span.text == "None" ? "null" : span.text
                // Words in parentheses are a text like any other.
                let value = ScalarValue(plain: text)
                guard value.isNumber || value == .null else { return nil }
                items.append(
                    SyntaxNode(content: .scalar(Scalar(text: text, isPlain: true)), span: span))
            }
            while offset < limit, TextScanner.isBlank(bytes[offset]) { offset += 1 }
            guard offset < limit else { return nil }
            if bytes[offset] == UInt8(ascii: ",") {
                offset += 1
            } else if bytes[offset] != UInt8(ascii: ")") {
                return nil
            }
        }
    }

    /// Letters, digits, and what numbers are made of.
    private static func isSimple(_ byte: UInt8) -> Bool {
        TextLine.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".")
    }

    /// How the list is written in YAML.
    static func text(of node: SyntaxNode) -> String {
        switch node.content {
        case .sequence(let items): "[\(items.map(text).joined(separator: ", "))]"
        case .scalar(let scalar): scalar.text
        default: ""
        }
    }
}

extension Diagnostic {
    static func parentheses(_ tuple: SyntaxNode) -> Diagnostic {
        let list = Tuple.text(of: tuple)
        return Diagnostic(
            .parentheses, "YAML has no tuples in parentheses", at: tuple.span,
            label: "expected a list in square brackets",
            fixIts: [
                FixIt(span: tuple.span, replacement: list, text: "write a list: `\(list)`")
            ])
    }
}
