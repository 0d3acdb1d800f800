import Diagnostics
import Syntax

/// What a user most likely meant by a value that doesn't fit its argument, judged by how it is written.
struct ValueAdvice {
    var helps: [String] = []
    var fixIts: [FixIt] = []

    init(_ node: SyntaxNode, _ kind: ArgumentKind) {
        switch node.content {
        case .scalar(let scalar): advise(on: scalar, node, kind)
        case .sequence(let items): advise(on: items, node, kind)
        case .mapping(let entries):
            // `{height: 3, width: 3}`.
            let sizes = entries.compactMap(\.value.integer)
            if case .spatial(let rank, _) = kind.withoutNull, sizes.count == rank,
                entries.count == rank, rank > 1
            {
                replace(
                    node, by: "[\(sizes.map(String.init).joined(separator: ", "))]",
                    "a list has one for each axis:")
            }
        case .invalid: break
        }
    }

    private mutating func replace(_ node: SyntaxNode, by text: String, _ reason: String) {
        fixIts = [FixIt(span: node.span, replacement: text, text: "\(reason) `\(text)`")]
    }

    // MARK: Single values

    private mutating func advise(
        on scalar: Scalar, _ node: SyntaxNode, _ kind: ArgumentKind
    ) {
        let text = scalar.text
        switch scalar.value {
        case .string:
            if kind.takesBooleans, let truth = Self.truth(text) {
                replace(
                    node, by: truth,
                    scalar.isPlain
                        ? "YAML 1.2 has only `true` and `false`; write" : "leave the quotes out:")
            } else if ["none", "nil", "undefined"].contains(text.lowercased()) {
                if kind.takesNull {
                    replace(node, by: "null", "YAML's word for it is")
                } else {
                    helps = ["YAML's word for \(text) is `null`, which can't stand here"]
                }
            } else if kind.takesAxes,
                ["last", "channel", "channels", "features", "channels_last"].contains(text)
            {
                replace(node, by: "-1", "the last axis is")
            } else if kind.takesNumbers || kind.takesLists {
                adviseOnNumber(text, scalar.isPlain, node, kind)
            }
        case .integer(let value) where kind.takesBooleans && (value == 0 || value == 1):
            replace(node, by: value == 1 ? "true" : "false", "write")
        case .integer, .integerOverflow:
            if kind.takesNumbers, Self.isHuge(scalar.value) {
                helps = ["the largest integer that bnc takes is \(largestSize)"]
            } else if case .padding = kind.withoutNull, let value = node.integer, value < 0 {
                helps = ["`Cropping` layers take cells away"]
            } else if case .shape = kind, let value = node.integer, value > 0 {
                replace(node, by: "[\(value)]", "write")
            } else if case .integers = kind, let value = node.integer {
                replace(node, by: "[\(value)]", "write")
            }
        case .null where text.isEmpty && node.anchor != nil:
            // `kernel_size: &k`, where the value marked so is meant.
            if let anchor = node.anchor {
                let name = "*\(anchor.text.dropFirst())"
                fixIts = [
                    FixIt(
                        span: anchor, replacement: name,
                        text: "`\(anchor.text)` marks a value; `\(name)` repeats it")
                ]
            }
        case .null where text.isEmpty:
            helps = ["write the value behind the colon, or leave the argument out"]
        default: break
        }
    }

    private static func isHuge(_ value: ScalarValue) -> Bool {
        switch value {
        case .integerOverflow: true
        case .integer(let value): value > largestSize
        default: false
        }
    }

    private static func truth(_ text: String) -> String? {
        switch text.lowercased() {
        case "yes", "on", "true", "y", "t": "true"
        case "no", "off", "false", "n", "f": "false"
        default: nil
        }
    }

    /// A number, or a list of numbers, in a form that YAML doesn't know.
    private mutating func adviseOnNumber(
        _ text: String, _ isPlain: Bool, _ node: SyntaxNode, _ kind: ArgumentKind
    ) {
        let isList = text.hasPrefix("[") && text.hasSuffix("]") && kind.takesLists
        if !isPlain, ScalarValue(plain: text).isNumber || isList {
            return replace(node, by: text, "leave the quotes out:")
        }
        let bare = text.filter { $0 != "_" && $0 != " " }
        if bare != text, Int(bare) != nil, text.contains("_") {
            return replace(node, by: bare, "YAML has no separators in numbers; write")
        }
        if let number = Self.numberWithComma(text, kind) {
            return replace(node, by: number.text, number.reason)
        }
        if text.hasSuffix("%"), let percent = Double(text.dropLast()) {
            return replace(node, by: Self.text(percent / 100), "YAML has no percentages; write")
        }
        let words = text.split(separator: " ")
        if words.count == 2, ScalarValue(plain: String(words[0])).isNumber,
            words[1].allSatisfy(\.isLetter), words[1].count > 1
        {
            return replace(node, by: String(words[0]), "a number stands without its unit:")
        }
        let digits = text.compactMap(\.wholeNumberValue)
        if digits.count == text.count, !text.utf8.allSatisfy({ $0 < 0x80 }),
            digits.allSatisfy({ $0 < 10 })
        {
            let number = digits.map(String.init).joined()
            return replace(node, by: number, "these are no digits to YAML; write")
        }
        if text.hasPrefix("0b"), let number = Int(text.dropFirst(2), radix: 2) {
            return replace(node, by: "\(number)", "YAML has no binary numbers; write")
        }
        if let number = Self.converted(text) {
            return replace(node, by: number, "a number stands as it is:")
        }
        if let power = Self.power(text) {
            return replace(node, by: "\(power)", "YAML does no arithmetic; write")
        }
        if !kind.takesLists, let product = Self.product(text) {
            return replace(node, by: "\(product)", "YAML does no arithmetic; write")
        }
        if let quotient = Self.quotient(text), quotient.isFinite {
            return replace(node, by: Self.text(quotient), "YAML does no arithmetic; write")
        }
        if kind.takesLists, let items = Self.numbers(in: text) {
            return replace(
                node, by: "[\(items.joined(separator: ", "))]",
                "a list stands in brackets, separated by commas:")
        }
        if case .integer(minimum: 1) = kind.withoutNull, text.contains(","),
            Self.numbers(in: text) != nil
        {
            helps = [Self.oneLayerEach]
        }
        if text.hasPrefix("$") || text.hasPrefix("{{") || text.hasPrefix("<") {
            helps = ["bnc reads the file as it is; fill placeholders in before"]
        }
    }

    /// `0.00392156862745098` for `1/255`.
    private static func quotient(_ text: String) -> Double? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map {
            Double($0.filter { $0 != " " })
        }
        guard parts.count == 2, let above = parts[0], let below = parts[1], below != 0 else {
            return nil
        }
        return above / below
    }

    /// 256 for `2**8` and `2^8`.
    private static func power(_ text: String) -> Int? {
        let parts = text.split { $0 == "^" || $0 == "*" }.map { $0.filter { $0 != " " } }
        guard parts.count == 2, text.contains("**") || text.contains("^"),
            let base = Int(parts[0]), let exponent = Int(parts[1]), exponent >= 0
        else { return nil }
        var result = 1
        for _ in 0..<min(exponent, 64) {
            let (next, overflow) = result.multipliedReportingOverflow(by: base)
            if overflow || next > largestSize { return nil }
            result = next
        }
        return result
    }

    /// 6272 for `7*7*128`, 65 for `64 + 1`.
    private static func product(_ text: String) -> Int? {
        for (sign, combine) in [
            ("*", { $0.multipliedReportingOverflow(by: $1) }),
            ("+", { $0.addingReportingOverflow($1) }),
        ] as [(Character, (Int, Int) -> (partialValue: Int, overflow: Bool))] {
            let parts = text.split(separator: sign, omittingEmptySubsequences: false).map {
                Int($0.filter { $0 != " " })
            }
            guard parts.count > 1, let first = parts[0] else { continue }
            var result = first
            for part in parts.dropFirst() {
                guard let part else { return nil }
                let (value, overflow) = combine(result, part)
                if overflow { return nil }
                result = value
            }
            return result
        }
        return nil
    }

    /// The numbers of `28x28x1`, `3*3`, `28 28` or `28; 28; 1`.
    private static func numbers(in text: String) -> [String]? {
        let bare =
            text.hasPrefix("(") && text.hasSuffix(")") ? text.dropFirst().dropLast() : text[...]
        let items = bare.split { "x×*;, ".contains($0) }.map(String.init)
        guard items.count > 1, items.count <= 8, items.allSatisfy({ Int($0) != nil }) else {
            return nil
        }
        return items
    }

    /// `0.5` for `0,5` where a fraction may stand, `1000` for `1,000`.
    private static func numberWithComma(
        _ text: String, _ kind: ArgumentKind
    ) -> (text: String, reason: String)? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1, !kind.takesLists,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { ("0"..."9").contains($0) } })
        else { return nil }
        if parts[0].count <= 3, parts[0] != "0", parts.dropFirst().allSatisfy({ $0.count == 3 }) {
            return (parts.joined(), "YAML has no separators in numbers; write")
        }
        guard case .number = kind.withoutNull, parts.count == 2 else { return nil }
        return (parts.joined(separator: "."), "a fraction is written with a point:")
    }

    /// 3 for `int(3)` and `np.int64(3)`.
    private static func converted(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "("), text.last == ")", open != text.startIndex,
            text[..<open].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" })
        else { return nil }
        let inner = String(text[text.index(after: open)...].dropLast())
        return ScalarValue(plain: inner).isNumber ? inner : nil
    }

    private static let oneLayerEach =
        "a layer has one; for several layers, write several items of `layers`"

    /// A number without a superfluous `.0`.
    private static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    // MARK: Lists

    private mutating func advise(
        on items: [SyntaxNode], _ node: SyntaxNode, _ kind: ArgumentKind
    ) {
        if kind.takesLists, items.count == 1, let text = items[0].text,
            let sizes = Self.numbers(in: text)
        {
            return replace(
                node, by: "[\(sizes.joined(separator: ", "))]",
                "separate the entries with commas:")
        }
        if case .activation = kind.withoutNull, items.count > 1, let last = items.last?.text {
            helps = [
                "a layer has one; the others are layers behind it: "
                    + "`- Activation: {activation: \(last)}`"
            ]
        }
        let numbers = items.compactMap(\.integer)
        guard numbers.count == items.count else { return }
        switch kind.withoutNull {
        case .integer, .number, .numbers:
            if numbers.count == 1 { replace(node, by: "\(numbers[0])", "leave the brackets out:") }
            if numbers.count > 1, case .integer(minimum: 1) = kind.withoutNull {
                helps = [Self.oneLayerEach]
            }
        case .spatial(let rank, _):
            if numbers.count == 1 {
                replace(node, by: "\(numbers[0])", "for all axes alike, write")
            } else if numbers.count > 1, numbers.count < rank {
                let all = Set(numbers).count == 1
                let text =
                    "[\([String](repeating: "\(numbers[0])", count: rank).joined(separator: ", "))]"
                if all { replace(node, by: text, "there are \(rank) spatial axes; write") }
                if !all { helps = ["there are \(rank) spatial axes here, and a number for each"] }
            } else if numbers.count == rank + 2, numbers.first == 1, numbers.last == 1 {
                let inner = numbers.dropFirst().dropLast().map(String.init)
                replace(
                    node, by: "[\(inner.joined(separator: ", "))]",
                    "leave the batch and the channels out:")
            } else if numbers.count > rank, Set(numbers).count == 1 {
                let inner = numbers.prefix(rank).map(String.init)
                replace(
                    node, by: rank == 1 ? inner[0] : "[\(inner.joined(separator: ", "))]",
                    "there \(rank == 1 ? "is one spatial axis" : "are \(rank) spatial axes"); write"
                )
            } else if numbers.count > rank {
                helps = [
                    "there \(rank == 1 ? "is one spatial axis" : "are \(rank) spatial axes") here; "
                        + "the batch and the channels are left out"
                ]
            }
        case .padding(2) where numbers.count == 4:
            replace(
                node, by: "[[\(numbers[0]), \(numbers[1])], [\(numbers[2]), \(numbers[3])]]",
                "if these are top, bottom, left and right, write")
        default: break
        }
    }
}

extension SyntaxNode {
    /// `softmax#probabilities`, where a comment is meant.
    var tightComment: FixIt? {
        guard case .scalar(let scalar) = content, scalar.isPlain,
            let sign = scalar.text.firstIndex(of: "#"), sign != scalar.text.startIndex
        else { return nil }
        let text = "\(scalar.text[..<sign]) \(scalar.text[sign...])"
        return FixIt(
            span: span, replacement: text, text: "a comment needs a space before its `#`: `\(text)`"
        )
    }

    /// Where a text in quotes ends, if that is on another line, as where a quote is missing.
    var endOfQuotedLines: String? {
        guard case .scalar(let scalar) = content, !scalar.isPlain,
            let quote = span.text.first, quote == "\"" || quote == "'",
            span.start.line < span.end.line
        else { return nil }
        return "the text ends with the `\(quote)` in line \(span.end.line): is one missing before?"
    }

    /// The anchor right before it, `&name`.
    fileprivate var anchor: SourceSpan? {
        let bytes = span.file.bytes
        let end = span.range.lowerBound
        var start = end
        while start > 0, end - start < 100, bytes[start - 1] > UInt8(ascii: " "),
            start == end || bytes[start] != UInt8(ascii: "&")
        {
            start -= 1
        }
        guard start < end, bytes[start] == UInt8(ascii: "&") else { return nil }
        return span.file.span(start..<end)
    }

    /// What a label under a value says that doesn't fit.
    func foundLabel(_ kind: ArgumentKind) -> String {
        switch content {
        case .sequence(let items):
            items.isEmpty
                ? "an empty list" : "a list of \(items.count)"
        case .mapping: "a mapping"
        case .invalid: ""
        case .scalar(let scalar):
            switch scalar.value {
            case .null: scalar.text.isEmpty ? "no value" : "not a value"
            case .boolean: "a truth value"
            case .string:
                kind.takesWords
                    ? kind.wordsText
                    : scalar.isPlain ? "a text" : "a text, as it is in quotes"
            case .integerOverflow: "too large"
            case .integer(let value):
                !kind.takesNumbers
                    ? "a number"
                    : value > largestSize
                        ? "too large" : value < 0 ? "negative" : value == 0 ? "zero" : "a number"
            case .number(let value):
                !kind.takesNumbers
                    ? "a number"
                    : !value.isFinite
                        ? "not finite"
                        : value < 0
                            ? "negative" : value == value.rounded() ? "a number" : "a fraction"
            }
        }
    }
}
