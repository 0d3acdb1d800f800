import Diagnostics

/// Builds the tree from libyaml's events: resolves aliases and merge keys, checks keys, and keeps
/// the bounds.
struct TreeBuilder {
    let file: SourceFile
    private(set) var bag = DiagnosticBag()
    /// What was blanked out of the text.
    private let damage: [Range<Int>]
    private let lostAnchors: Set<String>
    private var stack: [OpenCollection] = []
    /// Whether a list or mapping has begun and not ended.
    var isOpen: Bool { !stack.isEmpty }
    private var anchors: [String: Anchor] = [:]
    private var anchorCount = 0
    /// How many nodes the tree has, counting what aliases repeat.
    private var expandedCount = 0
    private var documentCount = 0
    private var errorCount = 0
    private var root: SyntaxNode?
    /// The last value read, when it is quoted and runs over several lines.
    private(set) var lastQuoted: SourceRange?

    /// The brackets that are open, the innermost last.
    var openBrackets: [SourceRange] { stack.filter(\.isFlow).map(\.opener) }

    init(file: SourceFile, damage: [Range<Int>] = []) {
        self.file = file
        self.damage = damage
        lostAnchors = TextScanner.anchors(in: file.bytes, damage)
    }

    /// A node with what the bounds need to know of it.
    private struct Built {
        let node: SyntaxNode
        /// The nodes in it, itself included.
        var size = 1
        /// The levels of collections in it, itself included.
        var height = 0
    }

    private struct Anchor {
        let id: Int
        let span: SourceSpan
        /// Nil while the node is still being read.
        var built: Built?
    }

    /// A collection whose end hasn't come yet.
    private struct OpenCollection {
        let isMapping: Bool
        let isFlow: Bool
        /// The opening bracket, or the first token of a block.
        let opener: SourceRange
        let anchor: (name: String, id: Int)?
        var range: SourceRange
        var items: [SyntaxNode] = []
        var entries: [SyntaxEntry] = []
        var merged: [SyntaxNode] = []
        var firstKeys: [String: SourceSpan] = [:]
        var key: SyntaxNode?
        /// A tuple such as `(3, 3)`: the entries inside it have been read with its first one.
        var tuple = 0..<0
        /// Numbers without a key that follow an entry, by the entry's index: `shape: 28, 28, 1`.
        var looseNumbers: [(entry: Int, number: SyntaxNode)] = []
        /// Whether an entry could not be read, so that what is there is not what was meant.
        var isBroken = false
        var size = 1
        var height = 1
    }

    // MARK: Events

    /// Takes one event; false when there is no reason to read on.
    mutating func take(_ event: YAMLEvents.Event) -> Bool {
        if errorCount >= YAMLParser.errorLimit { return false }
        switch event {
        case .documentStart(let range):
            documentCount += 1
            if documentCount > 1 {
                report(.severalDocuments(span(range)))
                return false
            }
            return true
        case .documentEnd:
            return true
        case .streamEnd:
            if documentCount == 0 { report(.emptyDocument(file)) }
            return false
        case .alias(let name, let range):
            return count(1, at: span(range)) && takeAlias(name, span(range))
        case .scalar(let text, let isPlain, let properties, let range):
            return takeScalar(text, isPlain: isPlain, properties, range)
        case .sequenceStart(let isFlow, let properties, let range):
            return open(isMapping: false, isFlow: isFlow, properties, range)
        case .mappingStart(let isFlow, let properties, let range):
            return open(isMapping: true, isFlow: isFlow, properties, range)
        case .sequenceEnd(let range), .mappingEnd(let range):
            close(endingAt: range)
            return true
        }
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        errorCount += 1
        if errorCount <= YAMLParser.errorLimit { bag.report(diagnostic) }
    }

    /// The tree as far as it was read.
    mutating func finish() -> SyntaxNode? {
        // What is wrong with a collection that wasn't read to its end is not the user's doing.
        errorCount = YAMLParser.errorLimit
        while let top = stack.last {
            if let key = top.key {
                let end = key.span.range.upperBound
                add(Built(node: SyntaxNode(content: .invalid, span: file.span(end..<end))))
            }
            close(endingAt: top.range.upperBound..<top.range.upperBound)
        }
        return root
    }

    private mutating func takeScalar(
        _ text: String, isPlain: Bool, _ properties: YAMLEvents.Properties, _ range: Range<Int>
    ) -> Bool {
        let start = textStart(of: range, properties)
        let end = textEnd(start..<range.upperBound)
        let span = file.span(start..<end)
        guard count(1, at: span) else { return false }
        if documentCount == 1, stack.isEmpty, isPlain, text.isEmpty, properties.isEmpty {
            report(.emptyDocument(file))
            return true
        }
        checkTag(properties, range)
        let node =
            isPlain
            ? tuple(at: span, text) ?? SyntaxNode(content: content(text, at: span), span: span)
            : SyntaxNode(content: .scalar(Scalar(text: text, isPlain: false)), span: span)
        let isMultiline = file.lineNumber(at: start) < file.lineNumber(at: end)
        lastQuoted = !isPlain && isMultiline ? span.range : nil
        let built = Built(node: node)
        if let anchor = declare(properties, range) { define(anchor.name, anchor.id, as: built) }
        add(built)
        return true
    }

    /// What a text without quotes holds. What surely isn't meant as it is written is reported.
    private mutating func content(_ text: String, at span: SourceSpan) -> SyntaxNode.Content {
        let (start, end) = (span.range.lowerBound, span.range.upperBound)
        let scalar = SyntaxNode.Content.scalar(Scalar(text: text, isPlain: true))
        if text.isEmpty {
            let isDamaged = damage.contains { $0.lowerBound <= start && start <= $0.upperBound }
            return isDamaged ? .invalid : scalar
        }
        // Keys are looked at with their values.
        let isKey = stack.last.map { $0.isMapping && $0.key == nil } ?? false
        if !isKey {
            let isName = stack.last?.key.map(Self.isName) ?? false
            if let lookalike = Lookalike.aroundValue(in: span, isName: isName) {
                report(lookalike.diagnostic)
                return .scalar(Scalar(text: lookalike.value, isPlain: true))
            }
            if let problem = MissingSpace.problem(
                inValue: span,
                isMultiline: file.lineNumber(at: start) < file.lineNumber(at: end),
                key: stack.last?.key?.span,
                isInBlock: stack.last?.isFlow != true, isRoot: stack.isEmpty)
            {
                report(problem)
                return .invalid
            }
        }
        return scalar
    }

    /// A key whose value may be any text.
    private static func isName(_ key: SyntaxNode) -> Bool {
        if case .scalar(let scalar) = key.content { scalar.text == "name" } else { false }
    }

    /// Reads `(3, 3)` as the list that was meant, and reports it. In brackets it is several entries to
    /// YAML, `(3` and `3)`, of which the later ones are then left out.
    private mutating func tuple(at span: SourceSpan, _ text: String) -> SyntaxNode? {
        guard text.utf8.first == UInt8(ascii: "("), let tuple = Tuple.read(at: span) else {
            return nil
        }
        let range = tuple.span.range.lowerBound..<tuple.span.range.upperBound
        if let last = stack.indices.last, stack[last].isFlow {
            if stack[last].tuple.contains(range.lowerBound) { return nil }
            stack[last].tuple = range
        } else if range.upperBound != span.range.upperBound {
            return nil
        }
        // In the place of a key it lacks a name, which is what is said.
        let isKey = stack.last.map { $0.isMapping && $0.key == nil } ?? false
        if !isKey { report(.parentheses(tuple)) }
        return tuple
    }

    private mutating func takeAlias(_ name: String, _ span: SourceSpan) -> Bool {
        guard let anchor = anchors[name] else {
            // What was blanked out may have had it.
            if !lostAnchors.contains(name) {
                report(.unknownAnchor(name, span, known: anchors.keys.sorted()))
            }
            add(Built(node: SyntaxNode(content: .invalid, span: span)))
            return true
        }
        guard let built = anchor.built else {
            report(.recursiveAlias(name, span, anchor: anchor.span))
            add(Built(node: SyntaxNode(content: .invalid, span: span)))
            return true
        }
        guard stack.count + built.height <= YAMLParser.depthLimit else {
            report(.tooDeepByAlias(name, span, anchor: anchor.span))
            add(Built(node: SyntaxNode(content: .invalid, span: span)))
            return true
        }
        guard count(built.size - 1, at: span) else { return false }
        let node = SyntaxNode(content: built.node.content, span: span)
        add(Built(node: node, size: built.size, height: built.height))
        return true
    }

    private mutating func open(
        isMapping: Bool, isFlow: Bool, _ properties: YAMLEvents.Properties, _ range: Range<Int>
    ) -> Bool {
        let start = textStart(of: range, properties)
        let opener = SourceRange(start..<max(start, isFlow ? start + 1 : range.upperBound))
        let span = SourceSpan(file: file, range: opener)
        guard count(1, at: span) else { return false }
        guard stack.count < YAMLParser.depthLimit else {
            report(.tooDeep(span))
            return false
        }
        checkTag(properties, range)
        stack.append(
            OpenCollection(
                isMapping: isMapping, isFlow: isFlow, opener: opener,
                anchor: declare(properties, range), range: opener))
        return true
    }

    private mutating func close(endingAt range: Range<Int>) {
        var top = stack.removeLast()
        // A block's end mark is at the next token; the block itself ends with its last child.
        if top.isFlow { top.range.upperBound = max(top.range.upperBound, range.upperBound) }
        if top.isMapping {
            joinLooseNumbers(of: &top)
            resolveMerges(of: &top)
        }
        let content: SyntaxNode.Content =
            top.isBroken
            ? .invalid : top.isMapping ? .mapping(top.entries) : .sequence(top.items)
        let node = SyntaxNode(content: content, span: SourceSpan(file: file, range: top.range))
        let built = Built(node: node, size: top.size, height: top.height)
        if let anchor = top.anchor { define(anchor.name, anchor.id, as: built) }
        add(built)
    }

    // MARK: Children

    /// Adds a node to the innermost open collection.
    private mutating func add(_ built: Built) {
        guard let last = stack.indices.last else {
            root = built.node
            return
        }
        let range = stack[last].range
        let start = built.node.span.range.lowerBound
        if !stack[last].isMapping, stack[last].tuple.dropFirst().contains(start) { return }
        stack[last].range.upperBound = max(range.upperBound, built.node.span.range.upperBound)
        stack[last].size += built.size
        stack[last].height = max(stack[last].height, built.height + 1)
        if !stack[last].isMapping {
            stack[last].items.append(built.node)
        } else if let key = stack[last].key {
            stack[last].key = nil
            var mapping = stack.removeLast()
            addEntry(key, built.node, to: &mapping)
            stack.append(mapping)
        } else {
            stack[last].key = built.node
        }
    }

    /// Adds an entry unless its key is bad, which is reported, so that nobody else does.
    private mutating func addEntry(
        _ key: SyntaxNode, _ value: SyntaxNode, to mapping: inout OpenCollection
    ) {
        if mapping.tuple.dropFirst().contains(key.span.range.lowerBound) { return }
        guard case .scalar(let scalar) = key.content else {
            mapping.isBroken = true
            if case .invalid = key.content { return }
            report(.collectionAsKey(key))
            return
        }
        if scalar.text.isEmpty, scalar.isPlain {
            mapping.isBroken = true
            report(.missingKey(at: key.span))
            return
        }
        if mapping.isFlow, value.isNull, value.span.range.isEmpty, let last = mapping.entries.last,
            scalar.isPlain, scalar.value.isNumber
        {
            // `{28, 28, 1}` are values without names, of which some may be alike.
            if case .scalar(let before) = last.key.content, before.value.isNumber, last.isBare {
                mapping.entries.append(SyntaxEntry(key: key, value: value))
            } else {
                mapping.looseNumbers.append((mapping.entries.count - 1, key))
            }
            return
        }
        if let first = mapping.firstKeys[scalar.text], !isListWithoutDashes {
            report(.duplicateKey(key, first: first))
            mapping.entries.fill(SyntaxEntry(key: key, value: value))
            return
        }
        if scalar.isPlain, let (key, value) = mended(key, scalar.text, value, in: &mapping) {
            if let key { addEntry(key, value, to: &mapping) } else { mapping.isBroken = true }
            return
        }
        mapping.firstKeys[scalar.text] = key.span
        if scalar.isPlain, scalar.text == "<<" {
            mapping.merged.append(value)
        } else {
            mapping.entries.append(SyntaxEntry(key: key, value: value))
        }
    }

    /// Whether the mapping being read is the value of `layers`: there keys come again, for want of
    /// dashes, which is what is reported.
    private var isListWithoutDashes: Bool {
        guard stack.count == 1, case .scalar(let key)? = stack[0].key?.content else { return false }
        return key.text == "layers"
    }

    /// Reads `shape: 28, 28, 1` as the list that was most likely meant, and reports it. Who knows the
    /// argument may know better (`SyntaxEntry.isListWithoutBrackets`).
    private mutating func joinLooseNumbers(of mapping: inout OpenCollection) {
        for index in Set(mapping.looseNumbers.map(\.entry)).sorted() {
            let entry = mapping.entries[index]
            let numbers =
                [entry.value] + mapping.looseNumbers.filter { $0.entry == index }.map(\.number)
            guard case .scalar(let first) = entry.value.content, first.value.isNumber else {
                for number in numbers.dropFirst() { report(.numberAsKey(number)) }
                continue
            }
            report(.missingBrackets(entry.key, numbers))
            let range = entry.value.span.range.union(numbers.last!.span.range)
            mapping.entries[index] = SyntaxEntry(
                key: entry.key,
                value: SyntaxNode(
                    content: .sequence(numbers), span: SourceSpan(file: file, range: range)))
        }
    }

    /// What was meant by a key without quotes that surely isn't meant as it is: `filters:8`, `-ReLU`,
    /// `filters=8`, `Dense {units`. That is reported. The key is nil where the entry can't be used;
    /// the result is nil where there is nothing wrong.
    private mutating func mended(
        _ key: SyntaxNode, _ text: String, _ value: SyntaxNode, in mapping: inout OpenCollection
    ) -> (key: SyntaxNode?, value: SyntaxNode)? {
        let lacksValue = mapping.isFlow && value.span.range.isEmpty && value.isNull
        if let lookalike = Lookalike.within(key.span) {
            report(lookalike.diagnostic)
            return (nil, value)
        }
        if MissingSpace.isPossible(in: text) {
            let range = key.span.range.lowerBound..<key.span.range.upperBound
            if lacksValue, let colon = TextLine.tightColon(in: file.bytes, range) {
                report(.missingSpaceAfterColon(file, at: colon))
                return (node(range.lowerBound..<colon), node(colon + 1..<range.upperBound))
            }
            if let problem = MissingSpace.problem(inKey: key.span) {
                report(problem)
                return (nil, value)
            }
        }
        if lacksValue, let pair = MissingColon.pair(in: key.span) {
            report(.missingColon(key.span, pair))
            return (node(pair.key), node(pair.value))
        }
        if let name = MissingColon.wordBeforeBracket(in: key.span) {
            report(.missingColonBeforeBracket(key.span, name: name))
            return (node(name), SyntaxNode(content: .invalid, span: value.span))
        }
        return nil
    }

    private func node(_ range: Range<Int>) -> SyntaxNode {
        let span = file.span(range)
        return SyntaxNode(content: .scalar(Scalar(text: span.text, isPlain: true)), span: span)
    }

    /// Adds what the merge keys bring: what is written out wins, then the earlier of a list.
    private mutating func resolveMerges(of mapping: inout OpenCollection) {
        for value in mapping.merged {
            var sources = [value]
            if case .sequence(let items) = value.content {
                if value.isAlias(of: items) {
                    // The list stands elsewhere, where nothing is wrong with it.
                    mapping.isBroken = true
                    report(.badMerge(value))
                    continue
                }
                sources = items
            }
            for source in sources {
                switch source.content {
                case .invalid:
                    // Stays as an entry: whoever misses a key knows that it may stand there.
                    mapping.entries.append(
                        SyntaxEntry(
                            key: SyntaxNode(
                                content: .scalar(Scalar(text: "<<", isPlain: true)),
                                span: source.span), value: source))
                case .scalar, .sequence:
                    mapping.isBroken = true
                    report(.badMerge(source))
                case .mapping(let entries):
                    for entry in entries {
                        guard let text = entry.keyText, mapping.firstKeys[text] == nil else {
                            continue
                        }
                        mapping.firstKeys[text] = entry.key.span
                        mapping.entries.append(entry)
                    }
                }
            }
        }
    }

    // MARK: Anchors, tags and bounds

    private mutating func declare(
        _ properties: YAMLEvents.Properties, _ range: Range<Int>
    ) -> (name: String, id: Int)? {
        guard let name = properties.anchor else { return nil }
        anchorCount += 1
        anchors[name] = Anchor(id: anchorCount, span: propertySpan("&", in: range))
        return (name, anchorCount)
    }

    /// Gives an anchor its node, unless the name was used again inside it.
    private mutating func define(_ name: String, _ id: Int, as built: Built) {
        if anchors[name]?.id == id { anchors[name]?.built = built }
    }

    private mutating func checkTag(_ properties: YAMLEvents.Properties, _ range: Range<Int>) {
        if properties.tag != nil { report(.tag(propertySpan("!", in: range))) }
    }

    /// Counts nodes; false, and reported, when there are too many.
    private mutating func count(_ nodes: Int, at span: SourceSpan) -> Bool {
        expandedCount += nodes
        if expandedCount <= YAMLParser.nodeLimit { return true }
        report(.tooManyNodes(span))
        return false
    }

    // MARK: Places

    private func span(_ range: Range<Int>) -> SourceSpan { file.span(range) }

    /// Where a node's own text starts, behind its anchor and tag; at the latest at the range's end.
    private func textStart(of range: Range<Int>, _ properties: YAMLEvents.Properties) -> Int {
        if properties.isEmpty { return range.lowerBound }
        var scanner = TextScanner(file.bytes, at: range.lowerBound)
        while let byte = scanner.peek, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!") {
            scanner.skipWord()
            if scanner.offset >= range.upperBound { break }
            scanner.skipBlanksAndComments()
        }
        return min(scanner.offset, range.upperBound)
    }

    /// A block scalar's range runs to the next token; its text ends with its last line.
    private func textEnd(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, TextScanner.isSpace(file.bytes[end - 1]) { end -= 1 }
        return end
    }

    /// The anchor (`&`) or tag (`!`) in front of a node.
    private func propertySpan(_ sign: Unicode.Scalar, in range: Range<Int>) -> SourceSpan {
        var scanner = TextScanner(file.bytes, at: range.lowerBound)
        while let byte = scanner.peek {
            let start = scanner.offset
            scanner.skipWord()
            if byte == UInt8(ascii: sign) || scanner.offset == start {
                return span(start..<scanner.offset)
            }
            scanner.skipBlanksAndComments()
        }
        return span(range.lowerBound..<range.lowerBound)
    }
}
