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

    /// `Add: {inputs: a, b}` and `Add: {inputs: (a, b)}`: names of layers without brackets. All but the
    /// first are entries of their own to YAML.
    mutating func namesWithoutBrackets(_ entries: [SyntaxEntry]) -> [SyntaxEntry]? {
        guard let place = entries.firstIndex(where: { $0.keyText == "inputs" }),
            let first = entries[place].value.text
        else { return nil }
        let bare = entries[(place + 1)...].prefix(while: \.isBare)
        guard let last = bare.last, let end = last.keyText else { return nil }
        let isTuple = first.hasPrefix("(") && end.hasSuffix(")")
        let texts = [first] + bare.compactMap(\.keyText)
        let names = texts.enumerated().map { index, text in
            let start = isTuple && index == 0 ? text.dropFirst() : text[...]
            return String(isTuple && index == texts.count - 1 ? start.dropLast() : start)
        }
        let isName = { (text: String) in
            text.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) }
        }
        guard names.allSatisfy(isName) else { return nil }
        let key = entries[place].key
        let value = entries[place].value.span
        let span = SourceSpan(file: value.file, range: value.range.union(last.key.span.range))
        let list = "[\(names.joined(separator: ", "))]"
        bag.report(
            Diagnostic(
                .parentheses,
                isTuple
                    ? "YAML has no tuples in parentheses" : "a list stands in square brackets",
                at: span, label: "no list to YAML",
                fixIts: [FixIt(span: span, replacement: list, text: "write `inputs: \(list)`")]))
        let places = [value] + bare.map(\.key.span)
        let items = zip(names, places).map { name, place in
            SyntaxNode(content: .scalar(Scalar(text: name, isPlain: true)), span: place)
        }
        let joined = SyntaxEntry(
            key: key, value: SyntaxNode(content: .sequence(items), span: span))
        return Array(entries[..<place]) + [joined] + entries[(place + 1 + bare.count)...]
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
