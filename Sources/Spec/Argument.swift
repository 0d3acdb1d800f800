import Diagnostics
import IR
import Syntax

/// An argument of a layer, whatever the type of its value: one row of the layer's schema.
package protocol ArgumentDescriptor: Sendable {
    var name: String { get }
    var kind: ArgumentKind { get }
    /// One sentence for the docs page and the editor.
    var doc: String { get }
    /// The default as YAML, nil where the argument is required.
    var defaultText: String? { get }
    /// Names that older Keras used, with the same meaning: `nb_filter`, `alpha`.
    var formerNames: [String] { get }
    /// Two values that stand for one that could not be read, so that what doesn't depend on it can be
    /// checked all the same; empty where no value can be made up.
    var guesses: [any Sendable] { get }
    /// Whether the argument takes the place of another that is required.
    var standsFor: String? { get }
    /// Reads what the user wrote. What doesn't fit is reported; the result is then what was most
    /// likely meant, or nil.
    func read(_ node: SyntaxNode, _ reading: inout ArgumentReading) -> (any Sendable)?
}

/// An argument with its type, its default and how it is read from YAML.
///
/// A layer declares each of its arguments once, as a static constant, lists them in its `schema`,
/// and reads them by `arguments[Self.filters]`.
package struct Argument<Value: Sendable>: ArgumentDescriptor {
    package let name: String
    package let kind: ArgumentKind
    package let doc: String
    package let defaultText: String?
    package let formerNames: [String]
    /// nil where the argument is required.
    let defaultValue: Value?
    let guessedValues: [Value]
    package let standsFor: String?
    let reader: @Sendable (SyntaxNode, inout ArgumentReading) -> Value?

    package var guesses: [any Sendable] { guessedValues }

    init(
        _ name: String, _ kind: ArgumentKind, default defaultValue: Value?, text: String?,
        former: [String] = [], guesses: [Value] = [], standsFor: String? = nil, doc: String,
        reader: @escaping @Sendable (SyntaxNode, inout ArgumentReading) -> Value?
    ) {
        self.name = name
        self.kind = kind
        self.doc = doc
        self.defaultText = text
        self.formerNames = former
        self.defaultValue = defaultValue
        guessedValues = guesses
        self.standsFor = standsFor
        self.reader = reader
    }

    package func read(_ node: SyntaxNode, _ reading: inout ArgumentReading) -> (any Sendable)? {
        let reported = reading.bag.diagnostics.count
        if let value = reader(node, &reading) { return value }
        // One report with one fix of the whole value: that is most likely what was meant.
        let reports = reading.bag.diagnostics[reported...]
        guard reports.count == 1, let fixIts = reports.first?.fixIts, fixIts.count == 1,
            fixIts[0].span.range == node.span.range,
            let mended = node.replaced(by: fixIts[0].replacement)
        else { return nil }
        var quiet = reading
        return reader(mended, &quiet)
    }

    /// The same argument, with `null` read as nil.
    package func orNull(default defaultValue: Value? = nil) -> Argument<Value?> {
        let reader = self.reader
        return Argument<Value?>(
            name, .optional(kind), default: .some(defaultValue),
            text: defaultText ?? "null", former: formerNames, guesses: guessedValues, doc: doc
        ) { node, reading in
            if node.isNull { return .some(.none) }
            guard let value = reader(node, &reading) else { return nil }
            return .some(value)
        }
    }
}

/// Reports what is wrong with one argument's value, pointing at the value.
package struct ArgumentReading {
    var argument: String
    let layer: String
    let catalog: LayerCatalog
    var names: LayerNames
    var bag: DiagnosticBag
    /// The layers that `Reuse` may name, the innermost list last.
    var scopes: [LayerScope] = []

    /// "`filters` should be a positive integer, not the text "x"".
    package mutating func mismatch(
        _ node: SyntaxNode, _ kind: ArgumentKind, helps: [String] = [], fixIts: [FixIt] = []
    ) {
        if node.holdsInvalid { return }  // reported by the parser
        if helps.isEmpty, fixIts.isEmpty, reportEntries(of: node, kind) { return }
        var advice = ValueAdvice(node, kind)
        var isAdvised = !helps.isEmpty || !fixIts.isEmpty
        if let comment = node.tightComment {
            advice.fixIts = [comment]
            isAdvised = false
        } else if let end = node.endOfQuotedLines {
            advice.helps = [end]
            isAdvised = false
        }
        let all = (isAdvised ? helps : advice.helps, isAdvised ? fixIts : advice.fixIts)
        bag.report(
            Diagnostic(
                .argumentValue,
                "`\(argument)` of \(layer) should be \(kind.expectation), \(node.foundDescription)",
                at: node.span, label: node.foundLabel(kind),
                helps: all.0 + (node.isWritten ? [] : all.1.map(\.text)),
                fixIts: node.isWritten ? all.1 : []))
    }

    /// "did you mean `same`?", for a word that isn't known.
    package mutating func mismatch(_ node: SyntaxNode, _ kind: ArgumentKind, meant word: String) {
        mismatch(
            node, kind,
            fixIts: [FixIt(span: node.span, replacement: word, text: "did you mean `\(word)`?")])
    }

    /// Points at the entries of a list that don't fit, where the list as such does.
    private mutating func reportEntries(of node: SyntaxNode, _ kind: ArgumentKind) -> Bool {
        guard let entry = kind.entry, var items = node.list, !items.isEmpty else { return false }
        switch kind.withoutNull {
        case .spatial(let rank, _) where items.count != rank: return false
        case .padding(let rank):
            // One for each axis, or a pair for each.
            let lists = items.compactMap(\.list)
            guard items.count == rank, lists.isEmpty || lists.count == rank,
                lists.allSatisfy({ $0.count == 2 })
            else { return false }
            if !lists.isEmpty { items = lists.flatMap(\.self) }
        default: break
        }
        let wrong = items.filter { !$0.fits(entry) }
        for (index, item) in wrong.enumerated() {
            var advice = ValueAdvice(item, entry)
            if case .integers = kind.withoutNull, index == 0, items.count > 1,
                item.span.range == items[0].span.range, item.isNull || item.text == "None"
            {
                advice.helps = ["the batch axis is left out"]
            }
            bag.report(
                Diagnostic(
                    .argumentValue,
                    "an entry of `\(argument)` of \(layer) should be \(entry.expectation), "
                        + item.foundDescription,
                    at: item.span, label: item.foundLabel(entry), helps: advice.helps,
                    fixIts: advice.fixIts))
        }
        return !wrong.isEmpty
    }
}

/// Integers in a spec stay below this, so that products of two of them can't overflow.
package let largestSize = Int(Int32.max)

extension SyntaxNode {
    /// Whether the parser has reported this, or something in it.
    var holdsInvalid: Bool {
        switch content {
        case .invalid: true
        case .sequence(let items): items.contains(where: \.holdsInvalid)
        case .scalar, .mapping: false
        }
    }

    /// Whether the file has this text where the node says; a call in Python, read as what it means, is
    /// another text.
    var isWritten: Bool {
        let text = span.text
        if text.hasPrefix("*") { return true }
        switch content {
        case .scalar(let scalar):
            return scalar.isPlain
                ? text == scalar.text || text.utf8.count == scalar.text.utf8.count
                : text.first == "\"" || text.first == "'"
        case .sequence: return text.first?.isLetter != true
        case .mapping, .invalid: return true
        }
    }

    /// Whether this is a number of a kind.
    func fits(_ kind: ArgumentKind) -> Bool {
        switch kind {
        case .integer(let minimum): integer.map { $0 >= minimum ?? -largestSize } ?? false
        case .number: number?.isFinite ?? false
        default: false
        }
    }

    /// What would stand here if the text were another; nil if that is no YAML.
    func replaced(by text: String) -> SyntaxNode? {
        var bag = DiagnosticBag()
        let tree = YAMLParser.parse(SourceFile(path: "", text: text), into: &bag)
        guard !bag.hasErrors, let root = tree.root else { return nil }
        return SyntaxNode(content: root.content, span: span)
    }

    /// What a message says was found: "not a list of 3".
    var foundDescription: String {
        switch content {
        case .sequence(let items):
            items.isEmpty ? "not an empty list" : "not a list of \(items.count)"
        case .mapping(let entries) where entries.isEmpty: "not an empty mapping"
        case .scalar(let scalar) where isNull:
            scalar.text.isEmpty ? "and has no value" : "not `\(scalar.text)`"
        default: "not \(kindDescription)"
        }
    }

    /// The integer a node is; `2.0` counts as one, as in Keras's configs.
    var integer: Int? {
        guard case .scalar(let scalar) = content else { return nil }
        switch scalar.value {
        case .integer(let value):
            return (-largestSize...largestSize).contains(value) ? value : nil
        case .number(let value) where value == value.rounded() && abs(value) <= Double(largestSize):
            return Int(value)
        default: return nil
        }
    }

    var number: Double? {
        guard case .scalar(let scalar) = content else { return nil }
        switch scalar.value {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: return nil
        }
    }

    var text: String? {
        guard case .scalar(let scalar) = content, case .string(let value) = scalar.value else {
            return nil
        }
        return value
    }

    var list: [SyntaxNode]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    /// Every item of a list read with `read`; nil if one doesn't fit.
    func listOf<T>(_ read: (SyntaxNode) -> T?) -> [T]? {
        guard let list else { return nil }
        var result: [T] = []
        for node in list {
            guard let value = read(node) else { return nil }
            result.append(value)
        }
        return result
    }
}
