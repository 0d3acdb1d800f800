/// The value of an attribute in the textual form: what ops are printed as and parsed from.
package enum AttributeValue: Hashable, Sendable {
    case integer(Int)
    case integers([Int])
    /// `[1:2,0:0]`, for padding before and after.
    case pairs([Padding])
    case number(Double)
    case word(String)
    case text(String)
    case function(UnaryFunction)

    /// A number that reads back as the same `Double`.
    static func text(of number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        let whole = number.rounded(.towardZero)
        if whole == number, abs(number) < 1e15, !(number == 0 && number.sign == .minus) {
            return String(Int(number)) + ".0"
        }
        return "\(number)"
    }
}

/// Cells added before and after along one axis.
package struct Padding: Hashable, Sendable, CustomStringConvertible {
    package var before: Int
    package var after: Int

    package init(_ before: Int, _ after: Int) {
        self.before = before
        self.after = after
    }

    package static let zero = Padding(0, 0)
    package var isZero: Bool { before == 0 && after == 0 }
    package var total: Int { before + after }
    package var description: String { "\(before):\(after)" }
}

/// The attributes of one op by name, with typed access for `Operation.init`.
package struct Attributes: Sendable {
    package private(set) var list: [(name: String, value: AttributeValue)]

    package init(_ list: [(name: String, value: AttributeValue)] = []) { self.list = list }

    package subscript(_ name: String) -> AttributeValue? { list.first { $0.name == name }?.value }

    /// These attributes, and those of `defaults` that are not among them.
    func filled(with defaults: Attributes) -> Attributes {
        Attributes(list + defaults.list.filter { self[$0.name] == nil })
    }

    package func integer(_ name: String) throws(GraphError) -> Int {
        if case .integer(let value) = self[name] { return value }
        throw GraphError("attribute `\(name)` should be an integer")
    }

    package func integers(_ name: String) throws(GraphError) -> [Int] {
        if case .integers(let value) = self[name] { return value }
        throw GraphError("attribute `\(name)` should be a list of integers")
    }

    package func pairs(_ name: String) throws(GraphError) -> [Padding] {
        switch self[name] {
        case .pairs(let value): return value
        case .integers(let value) where value.isEmpty: return []
        default: throw GraphError("attribute `\(name)` should be a list of pairs")
        }
    }

    package func number(_ name: String) throws(GraphError) -> Double {
        switch self[name] {
        case .number(let value): return value
        case .integer(let value): return Double(value)
        default: throw GraphError("attribute `\(name)` should be a number")
        }
    }

    package func word<T: RawRepresentable & CaseIterable>(
        _ name: String, as: T.Type = T.self
    ) throws(GraphError) -> T where T.RawValue == String {
        if case .word(let text) = self[name], let value = T(rawValue: text) { return value }
        let words = T.allCases.map(\.rawValue).joined(separator: ", ")
        throw GraphError("attribute `\(name)` should be one of \(words)")
    }

    package func text(_ name: String) throws(GraphError) -> String {
        if case .text(let value) = self[name] { return value }
        throw GraphError("attribute `\(name)` should be a quoted text")
    }

    package func function(_ name: String) throws(GraphError) -> UnaryFunction {
        switch self[name] {
        case .function(let value): return value
        case .word(let word):
            if let kind = UnaryFunction.Kind(rawValue: word), kind.parameterNames.isEmpty {
                return UnaryFunction(kind)
            }
        default: break
        }
        throw GraphError("attribute `\(name)` should be a function with its parameters")
    }
}

/// A rule of the IR that a graph breaks, or text that is no graph: a bug in bnc or in a test's
/// text, never in what a user wrote.
package struct GraphError: Error, Hashable, CustomStringConvertible {
    package let message: String
    package init(_ message: String) { self.message = message }
    package var description: String { message }
}
