import Diagnostics
import Syntax

/// Numbers behind a key that YAML takes for several entries: `{units: 64, 32}`, `{rate: 0,5}`. The
/// parser takes them for a list; here it is known what the argument takes.
extension LayerReader {
    /// Reads the value of an argument where it is several numbers without brackets; nil where it isn't.
    ///
    /// - Returns: what was most likely meant, and the argument that the further numbers belong to.
    func readNumbers(
        _ entry: SyntaxEntry, of argument: any ArgumentDescriptor, besides head: Head,
        _ schema: [any ArgumentDescriptor], _ reading: inout ArgumentReading
    ) -> (value: (any Sendable)?, next: (any ArgumentDescriptor)?)? {
        guard entry.isListWithoutBrackets, let items = entry.value.list else { return nil }
        var quiet = reading
        if let value = argument.read(entry.value, &quiet),
            quiet.bag.errorCount == reading.bag.errorCount
        {
            reading.bag.report(.missingBrackets(entry.key, items))
            return (value, nil)
        }
        if let text = Self.oneNumber(items, in: entry.value, argument.kind),
            let number = entry.value.replaced(by: text)
        {
            reading.bag.report(.missingBrackets(entry.key, items, number: text))
            return (argument.read(number, &quiet), nil)
        }
        guard let (next, text) = nextArgument(items, besides: head, schema, reading) else {
            return nil
        }
        let first = items[0].span.text
        let list = "\(first), \(next.name): \(text)"
        reading.bag.report(
            Diagnostic(
                .argumentValue, "`\(reading.argument)` of \(reading.layer) takes one number",
                at: entry.value.span, label: "\(items.count) numbers",
                fixIts: [
                    FixIt(
                        span: entry.value.span, replacement: list,
                        text: "write `\(reading.argument): \(list)`")
                ]))
        return (argument.read(items[0], &quiet), next)
    }

    /// `1000` for `1,000`, `0.5` for `0,5`.
    private static func oneNumber(
        _ items: [SyntaxNode], in value: SyntaxNode, _ kind: ArgumentKind
    ) -> String? {
        let texts = items.map(\.span.text)
        guard value.span.text == texts.joined(separator: ",") else { return nil }
        switch kind.withoutNull {
        case .integer, .number, .spatial:
            // Groups of three digits right behind a comma are a thousands separator.
            if texts[0].count <= 3, texts[0] != "0",
                texts.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(\.isNumber) })
            {
                return texts.joined()
            }
            guard case .number = kind.withoutNull, texts.count == 2,
                texts.allSatisfy({ $0.allSatisfy(\.isNumber) })
            else { return nil }
            return texts.joined(separator: ".")
        default: return nil
        }
    }

    /// `kernel_size` and `[3, 3]` in `{filters: 32, 3, 3}`: the argument that is missing and that the
    /// further numbers fit.
    private func nextArgument(
        _ items: [SyntaxNode], besides head: Head, _ schema: [any ArgumentDescriptor],
        _ reading: ArgumentReading
    ) -> (argument: any ArgumentDescriptor, text: String)? {
        let missing = schema.filter { argument in
            argument.defaultText == nil
                && !head.arguments.contains { $0.keyText.map(argument.isCalled) ?? false }
        }
        guard missing.count == 1, let next = missing.first else { return nil }
        let rest = items.dropFirst().map(\.span.text)
        let text = rest.count == 1 ? rest[0] : "[\(rest.joined(separator: ", "))]"
        var quiet = reading
        guard let value = items[0].replaced(by: text), next.read(value, &quiet) != nil,
            quiet.bag.errorCount == reading.bag.errorCount
        else { return nil }
        return (next, text)
    }
}
