import Diagnostics

/// Where a place of a YAML text stands: the keys and lists above it, and the word at it.
struct TextPlace: Sendable, Equatable {
    enum Step: Sendable, Equatable {
        /// A key and where it is written.
        case key(String, Range<Int>)
        /// An item of a list.
        case item
    }

    enum Role: Sendable, Equatable {
        /// A key, or an item of a list, which may become a key.
        case key
        /// What stands behind a key's colon.
        case value
    }

    var steps: [Step]
    var role: Role
    /// What is written at the place, quotes left out; empty where nothing is.
    var word: Range<Int>
    /// The keys of the same mapping that stand before.
    var siblings: [String] = []
    /// Whether a dash is missing before an item of a list.
    var needsDash = false
    var isInBrackets = false
}

/// Finds the place by looking at lines, indentation and brackets. A text that is being typed is seldom
/// valid YAML; this needs no more of it than what stands before the place.
struct PlaceScanner {
    private let bytes: [UInt8]
    private let cursor: Int
    private var index = 0
    private var lineStart = 0
    private var containers: [Container] = []
    private var place: TextPlace?
    /// Whether the place has been passed.
    private var isDone = false
    /// Lines of a block text (`|`) are deeper than this column.
    private var blockTextColumn: Int?

    /// A mapping or a list that is open.
    private struct Container {
        enum Kind { case mapping, list, flowMapping, flowList }

        var kind: Kind
        /// Of its keys or dashes, from 0; not used in brackets.
        var column = 0
        /// The key whose value is being read.
        var key: (text: String, range: Range<Int>)?
        var keys: [String] = []
        /// What is in brackets below has to be deeper than this column.
        var outerColumn = 0
        /// Whether a `[key: value]` made it, which ends with the item.
        var isPair = false

        var isFlow: Bool { kind == .flowMapping || kind == .flowList }
    }

    /// What is nested deeper is no spec.
    private static let depthLimit = 200

    /// nil in a comment, in a block text, and where nothing can stand.
    static func place(at offset: Int, in bytes: [UInt8]) -> TextPlace? {
        var scanner = PlaceScanner(bytes: bytes, cursor: min(max(offset, 0), bytes.count))
        scanner.scan()
        return scanner.place
    }

    private init(bytes: [UInt8], cursor: Int) {
        self.bytes = bytes
        self.cursor = cursor
    }

    // MARK: Lines

    private mutating func scan() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        while !isDone {
            scanLine()
            skipToLineEnd()
            guard index < bytes.count, index < cursor else { break }
            index += 1
            if bytes[index - 1] == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        }
    }

    private mutating func scanLine() {
        lineStart = index
        if containers.count > Self.depthLimit {
            isDone = true
            return
        }
        skipBlanks()
        let column = index - lineStart
        let isEmpty = isAtLineEnd || byte == UInt8(ascii: "#")
        if let deeper = blockTextColumn {
            if isEmpty || column > deeper {
                if cursor >= lineStart, cursor <= lineEnd { isDone = true }
                return
            }
            blockTextColumn = nil
        }
        if containers.last?.isFlow == true {
            if !isEmpty, column <= blockColumn, byte != 0x5D, byte != 0x7D {
                // The brackets were never closed.
                containers.removeAll(where: \.isFlow)
            } else {
                index = lineStart
                return scanFlow()
            }
        }
        if isEmpty {
            if cursor <= index, cursor >= lineStart { blank(column: cursor - lineStart) }
            if cursor > index, cursor <= lineEnd { isDone = true }
            return
        }
        if cursor < index, cursor >= lineStart { return blank(column: cursor - lineStart) }
        if column == 0, isDocumentMark {
            containers = []
            return
        }
        scanEntry(column: column)
    }

    /// What may stand at a column of an empty line, or before the first word of one.
    private mutating func blank(column: Int) {
        isDone = true
        containers.removeAll { $0.column > column }
        guard let last = containers.last else {
            place = TextPlace(steps: [], role: .key, word: cursor..<cursor)
            return
        }
        switch last.kind {
        case .list where last.column == column:
            finish(.key, cursor..<cursor)
            place?.needsDash = true
        case .mapping where last.column == column:
            containers[containers.count - 1].key = nil
            finish(.key, cursor..<cursor)
        default: finish(.key, cursor..<cursor)
        }
    }

    /// Entries from a column on: dashes, keys, a value.
    private mutating func scanEntry(column: Int) {
        var column = column
        var outerColumn = column
        containers.removeAll { $0.column > column }
        while byte == UInt8(ascii: "-"), isBlankOrEnd(index + 1) {
            if let last = containers.last, last.kind == .list, last.column == column {
                // The next item.
            } else {
                containers.append(Container(kind: .list, column: column, outerColumn: column))
            }
            if cursor == index {
                isDone = true
                return
            }
            index += 1
            outerColumn = column
            let afterDash = index
            skipBlanks()
            if isAtLineEnd || byte == UInt8(ascii: "#") || cursor < index {
                if cursor >= afterDash, cursor <= index { finish(.key, cursor..<cursor) }
                return
            }
            column = index - lineStart
        }
        // A list at the column of its key ends with the next key.
        if let last = containers.last, last.kind == .list, last.column == column {
            containers.removeLast()
        }
        if let last = containers.last, last.kind == .mapping, last.column == column {
            containers[containers.count - 1].key = nil
        }
        skipProperties()
        if isOpening { return scanFlow() }
        if isAtLineEnd { return }
        let token = scanToken(inBrackets: false)
        guard isColon else {
            if touches(token) { finish(.key, token.clamped) }
            return
        }
        if containers.last.map({ $0.kind != .mapping || $0.column != column }) ?? true {
            containers.append(
                Container(kind: .mapping, column: column, outerColumn: outerColumn))
        }
        let last = containers.count - 1
        containers[last].key = nil
        if touches(token) { return finish(.key, token.clamped) }
        containers[last].key = (text(token), token.clamped)
        containers[last].keys.append(text(token))
        index += 1
        scanValue()
    }

    /// What stands behind a colon.
    private mutating func scanValue() {
        let start = index
        skipBlanks()
        skipProperties()
        if isAtLineEnd || byte == UInt8(ascii: "#") || cursor < index {
            if cursor >= start, cursor <= index { finish(.value, cursor..<cursor) }
            return
        }
        if isOpening { return scanFlow() }
        if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ">") {
            blockTextColumn = containers.last?.column ?? 0
            return
        }
        let token = scanToken(inBrackets: false)
        if touches(token) { finish(.value, token.clamped) }
    }

    // MARK: Brackets

    /// Goes on in brackets to the end of the line, or behind the last one.
    private mutating func scanFlow() {
        while !isDone, !isAtLineEnd, containers.count <= Self.depthLimit {
            let gap = index
            skipBlanks()
            if byte == UInt8(ascii: "#"), index == lineStart || isBlank(index - 1) {
                if cursor > index, cursor <= lineEnd { isDone = true }
                if cursor >= gap, cursor <= index { emptyFlowPlace() }
                return
            }
            if isAtLineEnd {
                if cursor >= gap, cursor <= index { emptyFlowPlace() }
                return
            }
            let isOpen = containers.last?.isFlow == true
            if isOpen, cursor >= gap, cursor <= index, endsFlowToken || cursor < index {
                return emptyFlowPlace()
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                containers.append(
                    Container(kind: byte == UInt8(ascii: "{") ? .flowMapping : .flowList))
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard isOpen else { return skipToLineEnd() }
                if containers.last?.isPair == true { containers.removeLast() }
                if containers.last?.isFlow == true { containers.removeLast() }
                index += 1
                if containers.last?.isFlow != true { return }
            case UInt8(ascii: ","):
                guard isOpen else { return skipToLineEnd() }
                if containers.last?.isPair == true { containers.removeLast() }
                if !containers.isEmpty { containers[containers.count - 1].key = nil }
                index += 1
            case UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "*"): skipProperties()
            default:
                guard isOpen else { return skipToLineEnd() }
                scanFlowToken()
            }
        }
        if isAtLineEnd, !isDone, cursor == index, containers.last?.isFlow == true {
            emptyFlowPlace()
        }
    }

    private mutating func scanFlowToken() {
        let token = scanToken(inBrackets: true)
        var last = containers.count - 1
        let wantsKey = containers[last].key == nil
        let afterToken = index
        skipBlanks()
        guard wantsKey, isColon || byte == UInt8(ascii: ":") else {
            index = afterToken
            if touches(token) { finish(wantsKey ? .key : .value, token.clamped) }
            return
        }
        if touches(token) { return finish(.key, token.clamped) }
        if containers[last].kind == .flowList {
            containers.append(Container(kind: .flowMapping, isPair: true))
            last += 1
        }
        containers[last].key = (text(token), token.clamped)
        containers[last].keys.append(text(token))
        index += 1
    }

    /// Whether what follows ends a key or value rather than beginning one.
    private var endsFlowToken: Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    /// The place between two words in brackets: a key, or the value of one.
    private mutating func emptyFlowPlace() {
        isDone = true
        // Behind a value nothing can stand but a comma.
        var before = cursor - 1
        while before >= 0, TextPlace.isSpace(bytes[before]) { before -= 1 }
        guard before >= 0 else { return }
        switch bytes[before] {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","): finish(.key, cursor..<cursor)
        case UInt8(ascii: ":"): finish(.value, cursor..<cursor)
        default: break
        }
    }

    // MARK: Words

    /// A scalar: plain to the end of the line, a colon or a bracket; quoted over several lines.
    private mutating func scanToken(inBrackets: Bool) -> Token {
        let start = index
        if byte == 0x22 || byte == 0x27 {
            let quote = byte
            index += 1
            while index < bytes.count, byte != quote {
                if quote == 0x22, byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    index += 1
                }
                if byte == 0x0A || byte == 0x0D {
                    // An unclosed quote should not swallow the text behind it.
                    return Token(range: start..<index, isQuoted: true, isClosed: false)
                }
                index += 1
            }
            let isClosed = index < bytes.count
            if isClosed { index += 1 }
            return Token(range: start..<index, isQuoted: true, isClosed: isClosed)
        }
        var end = index
        while !isAtLineEnd {
            if isColon { break }
            if byte == UInt8(ascii: "#"), index > start, isBlank(index - 1) { break }
            if inBrackets, ",[]{}".utf8.contains(byte) { break }
            index += 1
            if !isBlank(index - 1) { end = index }
        }
        index = end
        // Always forwards, whatever stands there.
        if end == start, index < bytes.count { index += 1 }
        return Token(range: start..<end, isQuoted: false, isClosed: true)
    }

    private struct Token {
        let range: Range<Int>
        let isQuoted: Bool
        let isClosed: Bool

        /// Without quotes.
        var clamped: Range<Int> {
            guard isQuoted else { return range }
            let start = min(range.lowerBound + 1, range.upperBound)
            return start..<max(start, range.upperBound - (isClosed ? 1 : 0))
        }
    }

    private func text(_ token: Token) -> String {
        String(decoding: bytes[token.clamped], as: UTF8.self)
    }

    private func touches(_ token: Token) -> Bool {
        cursor >= token.range.lowerBound && cursor <= token.range.upperBound
    }

    private mutating func finish(_ role: TextPlace.Role, _ word: Range<Int>) {
        isDone = true
        var steps: [TextPlace.Step] = []
        for container in containers {
            if container.kind == .list || (container.kind == .flowList) { steps.append(.item) }
            if let key = container.key { steps.append(.key(key.text, key.range)) }
        }
        let last = containers.last
        place = TextPlace(
            steps: steps, role: role, word: word,
            siblings: role == .key && last?.key == nil ? last?.keys ?? [] : [],
            isInBrackets: last?.isFlow ?? false)
    }

    // MARK: Characters

    private var byte: UInt8 { index < bytes.count ? bytes[index] : 0x0A }

    private var isAtLineEnd: Bool { byte == 0x0A || byte == 0x0D }

    private var isOpening: Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

    /// A colon that ends a key.
    private var isColon: Bool {
        guard byte == UInt8(ascii: ":") else { return false }
        if isBlankOrEnd(index + 1) { return true }
        return containers.last?.isFlow == true && ",[]{}".utf8.contains(bytes[index + 1])
    }

    private func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

    private func isBlankOrEnd(_ index: Int) -> Bool {
        index >= bytes.count || TextPlace.isSpace(bytes[index])
    }

    private var isDocumentMark: Bool {
        let mark = bytes[index..<min(index + 3, bytes.count)]
        return mark.elementsEqual("---".utf8) || mark.elementsEqual("...".utf8)
    }

    /// The column of the innermost entry outside of brackets: that of its dash, if it has one.
    private var blockColumn: Int { containers.last { !$0.isFlow }?.outerColumn ?? -1 }

    private var lineEnd: Int {
        var end = index
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return end
    }

    private mutating func skipToLineEnd() { index = lineEnd }

    private mutating func skipBlanks() {
        while index < bytes.count, isBlank(index) { index += 1 }
    }

    /// Anchors, aliases and tags.
    private mutating func skipProperties() {
        while byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "*") {
            while index < bytes.count, !TextPlace.isSpace(byte), !",[]{}".utf8.contains(byte) {
                index += 1
            }
            skipBlanks()
        }
    }
}

extension TextPlace {
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
