import Diagnostics
import Syntax

/// `layers: [Input(shape=(4,)), Dense(10, activation="relu")]`: to YAML the commas inside the calls end
/// entries, so that the items say nothing.
extension SpecReader {
    /// The items that a list of calls in brackets means, which is reported; nil for any other list.
    mutating func callsInBrackets(_ node: SyntaxNode) -> [SyntaxNode]? {
        let text = node.span.text
        guard text.hasPrefix("["), text.hasSuffix("]"), text.utf8.count < 4_000,
            let items = node.list
        else { return nil }
        let parts = Self.parts(of: String(text.dropFirst().dropLast()))
        let calls = parts.compactMap { PythonCall(statement: $0) }
        guard calls.count == parts.count, parts.count != items.count, !parts.isEmpty else {
            return nil
        }
        let layers = calls.map { call -> String? in
            let foreign = reader.catalog.foreign(call.className)?.className
            let name = reader.catalog.sameName(as: call.className) ?? foreign
            guard let type = reader.catalog[call.className] ?? name.flatMap({ reader.catalog[$0] })
            else { return nil }
            return call.isTorch
                ? TorchCall(call, type).yaml : call.yaml(type.className, type.schema.map(\.name))
        }
        let known = layers.compactMap(\.self)
        let isKnown = known.count == layers.count
        let mended = known.map { "\n  - \($0)" }.joined()
        reader.bag.report(
            Diagnostic(
                .layerItem, "layers are written in YAML, not as calls in Python", at: node.span,
                label: "expected a list with `- ` before each layer",
                helps: isKnown ? [] : ["write each on a line: `- \(known.first ?? "Flatten")`"],
                fixIts: isKnown
                    ? [
                        FixIt(
                            span: node.span, replacement: mended,
                            text: "write each on a line: `- \(known[0])`, and so on")
                    ] : []))
        guard isKnown else { return [SyntaxNode(content: .invalid, span: node.span)] }
        let list = known.map { "{\($0)\($0.contains(":") ? "" : ": {}")}" }
        return node.replaced(by: "[\(list.joined(separator: ", "))]")?.list?.map {
            $0.placed(at: node.span)
        }
    }

    /// The text between commas that stand in no brackets and no quotes.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        var quote: Character?
        for character in text where !character.isNewline {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if "([{".contains(character) {
                depth += 1
            } else if ")]}".contains(character) {
                depth -= 1
            } else if character == ",", depth == 0 {
                parts.append(part)
                part = ""
                continue
            }
            part.append(character)
        }
        parts.append(part)
        return parts.map { part in
            var part = part[...]
            while part.first == " " { part.removeFirst() }
            while part.last == " " { part.removeLast() }
            return String(part)
        }.filter { !$0.isEmpty }
    }
}

extension SyntaxNode {
    /// The same with this place for all of it: what is read from another text than the file's.
    func placed(at span: SourceSpan) -> SyntaxNode {
        let placed: Content =
            switch content {
            case .sequence(let items): .sequence(items.map { $0.placed(at: span) })
            case .mapping(let entries):
                .mapping(
                    entries.map {
                        SyntaxEntry(key: $0.key.placed(at: span), value: $0.value.placed(at: span))
                    })
            case .scalar, .invalid: content
            }
        return SyntaxNode(content: placed, span: span)
    }
}
