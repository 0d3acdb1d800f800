import Diagnostics
import Syntax
import Testing

/// A tree as text, one node on a line with its span, for tests to compare.
struct TreeText {
    private(set) var lines: [String] = []

    init(_ node: SyntaxNode?) {
        if let node { add(node, "") } else { lines = ["nothing"] }
    }

    private mutating func add(_ node: SyntaxNode, _ prefix: String) {
        let (start, end) = (node.span.start, node.span.end)
        let indent = String(repeating: " ", count: prefix.prefix { $0 == " " }.count + 2)
        let place = "\(start.line):\(start.column)-\(end.line):\(end.column)"
        switch node.content {
        case .invalid: lines.append("\(prefix)invalid \(place)")
        case .scalar(let scalar): lines.append("\(prefix)\(scalar.value) \(place)")
        case .sequence(let items):
            lines.append("\(prefix)list \(place)")
            for item in items { add(item, indent) }
        case .mapping(let entries):
            lines.append("\(prefix)mapping \(place)")
            for entry in entries {
                let key = entry.key.span.start
                add(entry.value, "\(indent)\(entry.keyText ?? "?")@\(key.line):\(key.column) = ")
            }
        }
    }
}

/// Parses a text as `m.yaml`.
func parse(_ text: String) -> (tree: SyntaxTree, bag: DiagnosticBag) {
    parse(bytes: Array(text.utf8))
}

func parse(bytes: [UInt8]) -> (tree: SyntaxTree, bag: DiagnosticBag) {
    var bag = DiagnosticBag()
    let tree = YAMLParser.parse(SourceFile(path: "m.yaml", bytes: bytes), into: &bag)
    return (tree, bag)
}

/// What a user sees for a text.
func rendered(_ text: String) -> String {
    TerminalRenderer().render(parse(text).bag.sorted())
}

/// A text with a mistake, and what a user sees of it.
struct BrokenText: CustomTestStringConvertible, Sendable {
    /// The mistake.
    let name: String
    let text: String
    let expected: String

    init(_ name: String, _ text: String, _ expected: String) {
        self.name = name
        self.text = text
        self.expected = expected
    }

    var testDescription: String { name }
}
