import Diagnostics
import Syntax

/// `layers` with other signs than dashes before its items: bullets and numbers.
extension SpecReader {
    /// The items of `• Dense: {...}`, `1. Dense: {...}` and `1: {Dense: {...}}`, which is reported; nil
    /// where the entries begin otherwise.
    mutating func itemsWithBullets(_ entries: [SyntaxEntry]) -> [SyntaxNode]? {
        var items: [SyntaxNode] = []
        var signs: [SourceSpan] = []
        for entry in entries {
            guard let key = entry.keyText else { return nil }
            let file = entry.key.span.file
            let range = entry.key.span.range
            let whole = SourceSpan(file: file, range: range.union(entry.value.span.range))
            if key.allSatisfy(\.isNumber), case .mapping(let inner) = entry.value.content,
                inner.count == 1
            {
                items.append(entry.value)
                signs.append(SourceSpan(file: file, range: range))
                continue
            }
            guard let sign = Self.bullet(of: key), entry.key.span.text == key else { return nil }
            let end = range.lowerBound + sign.utf8.count
            let rest = String(key.dropFirst(sign.count + 1))
            let name = SyntaxNode(
                content: .scalar(Scalar(text: rest, isPlain: true)),
                span: file.span(end + 1..<range.upperBound))
            items.append(
                SyntaxNode(
                    content: entry.isBare
                        ? name.content : .mapping([SyntaxEntry(key: name, value: entry.value)]),
                    span: whole))
            signs.append(file.span(range.lowerBound..<end))
        }
        guard let first = signs.first else { return nil }
        let others = signs.count - 1
        reader.bag.report(
            Diagnostic(
                .missingDash, "an item of `layers` begins with `- `, not with `\(first.text)`",
                at: first, label: "expected `-`",
                notes: others == 0
                    ? [] : ["so \(others == 1 ? "does 1 item more" : "do \(others) items more")"],
                helps: ["write `- Dense: {units: 10}`"]))
        return items
    }

    /// `•` of `• Dense`, `1.` of `1. Dense`.
    private static func bullet(of key: String) -> String? {
        guard let space = key.firstIndex(of: " ") else { return nil }
        let sign = key[..<space]
        if sign.count == 1, "•◦‣·▪●○∙*+".contains(sign) { return String(sign) }
        guard let last = sign.last, ".)".contains(last), sign.count > 1,
            sign.dropLast().allSatisfy(\.isNumber)
        else { return nil }
        return String(sign)
    }
}
