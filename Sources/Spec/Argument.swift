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
    /// Reads what the user wrote; reports and returns nil where it doesn't fit.
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
    let reader: @Sendable (SyntaxNode, inout ArgumentReading) -> Value?

    init(
        _ name: String, _ kind: ArgumentKind, default defaultValue: Value?, text: String?,
        former: [String] = [], doc: String,
        reader: @escaping @Sendable (SyntaxNode, inout ArgumentReading) -> Value?
    ) {
        self.name = name
        self.kind = kind
        self.doc = doc
        self.defaultText = text
        self.formerNames = former
        self.defaultValue = defaultValue
        self.reader = reader
    }

    package func read(_ node: SyntaxNode, _ reading: inout ArgumentReading) -> (any Sendable)? {
        reader(node, &reading)
    }

    /// The same argument, with `null` read as nil.
    package func orNull(default defaultValue: Value? = nil) -> Argument<Value?> {
        let reader = self.reader
        return Argument<Value?>(
            name, .optional(kind), default: .some(defaultValue),
            text: defaultText ?? "null", former: formerNames, doc: doc
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

    /// "`filters` should be a positive integer, not the text "x"".
    package mutating func mismatch(
        _ node: SyntaxNode, _ kind: ArgumentKind, helps: [String] = [], fixIts: [FixIt] = []
    ) {
        if case .invalid = node.content { return }  // reported by the parser
        var fixIts = fixIts
        if helps.isEmpty, fixIts.isEmpty, let text = node.text, kind.takesNumbers,
            Double(text)?.isFinite == true
        {
            fixIts = [
                FixIt(span: node.span, replacement: text, text: "leave the quotes out: `\(text)`")
            ]
        }
        bag.report(
            Diagnostic(
                .argumentValue,
                "`\(argument)` of \(layer) should be \(kind.expectation), \(node.foundDescription)",
                at: node.span, label: "not \(kind.expectation)", helps: helps, fixIts: fixIts))
    }
}

/// Integers in a spec stay below this, so that products of two of them can't overflow.
package let largestSize = Int(Int32.max)

extension SyntaxNode {
    /// What a message says was found: "not a list of 3".
    var foundDescription: String {
        switch content {
        case .sequence(let items):
            items.isEmpty ? "not an empty list" : "not a list of \(items.count)"
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
