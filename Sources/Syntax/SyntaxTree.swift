import Diagnostics

/// A YAML text as a tree in which every key and value knows its range.
package struct SyntaxTree: Sendable {
    package let file: SourceFile
    /// What the document holds; nil for an empty one, or one of which nothing could be read.
    package let root: SyntaxNode?
    /// Whether the text was read to its end. Where it was not, what seems to be missing from the tree
    /// may just stand behind the error.
    package let isReadToEnd: Bool
    /// The parts that could not be read; an entry of a list that lies in one is `invalid`.
    package let damage: [Range<Int>]

    /// Whether everything that is written is in the tree.
    package var isComplete: Bool { isReadToEnd && damage.isEmpty }

    package init(
        file: SourceFile, root: SyntaxNode?, isReadToEnd: Bool = true, damage: [Range<Int>] = []
    ) {
        self.file = file
        self.root = root
        self.isReadToEnd = isReadToEnd
        self.damage = damage
    }
}

/// A value of the text. Aliases and merge keys are resolved: the node an alias stands for has the
/// alias's own span, and its children have the spans they have at the anchor.
package struct SyntaxNode: Sendable {
    package enum Content: Sendable {
        case scalar(Scalar)
        case sequence([SyntaxNode])
        case mapping([SyntaxEntry])
        /// Could not be read; that is already reported.
        case invalid
    }

    package let content: Content
    /// A scalar's text with its quotes, a flow collection with its brackets, a block collection
    /// from its first token to its last. Anchors and tags are not part of it. A value left out
    /// has an empty span.
    package let span: SourceSpan

    package init(content: Content, span: SourceSpan) {
        self.content = content
        self.span = span
    }

    /// Whether this is `null`, or a value left out.
    package var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.value == .null } else { false }
    }

    /// What the node is, in a form that fits "expected a list, found …".
    package var kindDescription: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .invalid: "something that can't be read"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .boolean(let value): "\(value)"
            case .integer, .integerOverflow, .number: "the number \(scalar.text)"
            case .string(let text): "the text \"\(Self.abbreviated(text))\""
            }
        }
    }

    /// Whether an alias stands for a list of anything but mappings, which are written elsewhere.
    func isAlias(of items: [SyntaxNode]) -> Bool {
        let place = span.range.lowerBound..<span.range.upperBound
        let areMappings = items.allSatisfy { item in
            switch item.content {
            case .mapping, .invalid: true
            case .scalar, .sequence: false
            }
        }
        return !areMappings && items.contains { !place.contains($0.span.range.lowerBound) }
    }

    /// A mapping's entry with this key.
    package func value(forKey key: String) -> SyntaxEntry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.keyText == key }
    }

    private static func abbreviated(_ text: String) -> String {
        text.count <= 40 ? text : text.prefix(39) + "…"
    }
}

/// A key and its value.
package struct SyntaxEntry: Sendable {
    package let key: SyntaxNode
    package let value: SyntaxNode

    package init(key: SyntaxNode, value: SyntaxNode) {
        self.key = key
        self.value = value
    }

    /// Whether it is a key alone, without a colon: `softmax` in `{softmax}`.
    package var isBare: Bool {
        guard value.isNull, value.span.range.isEmpty else { return false }
        let bytes = key.span.file.bytes
        var scanner = TextScanner(bytes, at: key.span.range.upperBound)
        scanner.skipBlanksAndComments()
        return scanner.peek == UInt8(ascii: ",") || scanner.peek == UInt8(ascii: "}")
    }

    /// Whether it is `shape: 28, 28, 1` in braces, where to YAML all numbers but the first are entries
    /// of their own. That is reported, and the value is a list.
    package var isListWithoutBrackets: Bool {
        guard case .sequence(let items) = value.content, let first = items.first else {
            return false
        }
        return first.span.range.lowerBound == value.span.range.lowerBound
            && key.span.range.upperBound <= value.span.range.lowerBound
            && first.span.file.path == value.span.file.path
    }

    /// The key's text, however it is quoted; nil only for a key that couldn't be read.
    package var keyText: String? {
        if case .scalar(let scalar) = key.content { scalar.text } else { nil }
    }
}

extension [SyntaxEntry] {
    /// Takes an entry in the place of the one of the same key, if that has no value behind it.
    mutating func fill(_ entry: SyntaxEntry) {
        let place = firstIndex { other in
            other.keyText == entry.keyText && other.value.isNull && !other.isBare
        }
        if let place { self[place] = entry }
    }
}
