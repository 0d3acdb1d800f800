/// Reads the textual form that `GraphPrinter` writes; see `GraphSyntax` for what it looks like.
///
/// For texts written by hand, in a pass's tests above all, much may be left out:
/// - the type of any node but inputs and constants: it follows from the op;
/// - attributes that have a default (`Operation.defaults`);
/// - `from`, where the node comes from the layer that its name starts with;
/// - an input's or an output's name, where it is the value's.
///
/// What `#` or `//` starts is a comment up to the end of the line.
package enum GraphParser {
    /// - Throws: What was expected and what was found, with line and column. A graph that is read
    ///   obeys the ops' typing rules; all other rules are the verifier's.
    package static func parse(_ text: String) throws(GraphParseError) -> Graph {
        var reader = GraphReader(text)
        return try reader.graph()
    }
}

/// A text that is no graph: where, what was expected there, and what was found.
package struct GraphParseError: Error, Hashable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    package let message: String

    package var description: String { "\(line):\(column): \(message)" }
}

/// One run of the parser.
private struct GraphReader {
    private var cursor: GraphCursor
    private var result = Graph(name: "")
    private var values: [String: ValueID] = [:]

    init(_ text: String) { cursor = GraphCursor(text) }

    mutating func graph() throws(GraphParseError) -> Graph {
        guard cursor.take(word: "graph") else { throw cursor.unexpected("`graph`") }
        result.name = try cursor.name("the graph's name")
        try cursor.expect("{")
        while true {
            let start = place()
            if let name = try cursor.value() {
                try node(name, at: start)
            } else if cursor.take(word: "inputs") {
                result.inputs = try list { reader throws(GraphParseError) in
                    try reader.knownValue().id
                }
            } else if cursor.take(word: "return") {
                result.outputs = try outputs()
                break
            } else {
                throw cursor.unexpected("a value, `inputs` or `return`")
            }
        }
        try cursor.expect("}")
        cursor.skipSpace()
        if !cursor.isAtEnd { throw cursor.unexpected("the end of the text") }
        return result
    }

    private mutating func outputs() throws(GraphParseError) -> [GraphOutput] {
        cursor.skipSpace()
        if cursor.peek() == "}" { return [] }
        return try list { reader throws(GraphParseError) in
            reader.cursor.skipSpace()
            guard reader.cursor.peek() == "\"" else {
                let (name, id) = try reader.knownValue()
                return GraphOutput(name: name, value: id)
            }
            let name = try reader.cursor.text("the output's name")
            try reader.cursor.expect("=")
            return GraphOutput(name: name, value: try reader.knownValue().id)
        }
    }

    // MARK: Nodes

    private mutating func node(_ name: String, at start: Int) throws(GraphParseError) {
        if values[name] != nil {
            throw cursor.error("\(GraphSyntax.value(name)) is defined twice", at: start)
        }
        try cursor.expect("=")
        let opStart = place()
        let mnemonic = try cursor.word("an op")
        switch mnemonic {
        case InputOp.mnemonic: try input(name)
        case ConstantOp.mnemonic: try constant(name)
        default: try computed(name, mnemonic, at: opStart)
        }
        let id = ValueID(result.nodes.count - 1)
        values[name] = id
        result[id].layers = try layers(ofNode: name)
    }

    private mutating func input(_ name: String) throws(GraphParseError) {
        cursor.skipSpace()
        let input = cursor.peek() == "\"" ? try cursor.text("the input's name") : name
        var operands: [ValueID] = []
        let epilogue = try epilogue(&operands)
        result.nodes.append(
            Node(
                op: .input(InputOp(name: input)), inputs: operands, epilogue: epilogue,
                type: try type(), name: name, layers: []))
        result.inputs.append(ValueID(result.nodes.count - 1))
    }

    private mutating func computed(
        _ name: String, _ mnemonic: String, at start: Int
    ) throws(GraphParseError) {
        guard let make = Op.makers[mnemonic] else {
            let known = Op.makers.keys.sorted().joined(separator: ", ")
            throw cursor.error("`\(mnemonic)` is no op; the ops are \(known)", at: start)
        }
        var operands = try operands()
        let types = operands.map { result.type($0) }
        let attributes = try attributes()
        let op: Op
        let type: TensorType
        do throws(GraphError) {
            op = try make(attributes, types)
            type = try op.operation.resultType(types)
            try require(type.checkedCount != nil, "gives \(type), which is too large")
        } catch {
            throw cursor.error("\(mnemonic) \(error.message)", at: start)
        }
        let epilogue = try epilogue(&operands)
        cursor.skipSpace()
        if cursor.peek() == ":" {
            let typeStart = place()
            let given = try self.type()
            if given != type {
                throw cursor.error(
                    "\(GraphSyntax.value(name)) is \(type), not \(given)", at: typeStart)
            }
        }
        result.nodes.append(
            Node(op: op, inputs: operands, epilogue: epilogue, type: type, name: name, layers: []))
    }

    private mutating func operands() throws(GraphParseError) -> [ValueID] {
        guard startsOperand() else { return [] }
        return try list { reader throws(GraphParseError) in try reader.knownValue().id }
    }

    /// Whether a value comes next that doesn't start the next node: an op may have no operand.
    private mutating func startsOperand() -> Bool {
        var ahead = cursor
        guard (try? ahead.value()) != nil else { return false }
        return !ahead.take("=")
    }

    private mutating func attributes() throws(GraphParseError) -> Attributes {
        var list: [(name: String, value: AttributeValue)] = []
        while true {
            var ahead = cursor
            let start = place()
            guard let name = try? ahead.word(""), ahead.take("=") else { return Attributes(list) }
            if list.contains(where: { $0.name == name }) {
                throw cursor.error("attribute `\(name)` is given twice", at: start)
            }
            cursor = ahead
            list.append((name, try attributeValue()))
        }
    }

    private mutating func attributeValue() throws(GraphParseError) -> AttributeValue {
        let start = place()
        if cursor.peek() == "\"" { return .text(try cursor.text("a text")) }
        if cursor.peek() == "[" { return try listValue() }
        if let text = cursor.number() {
            let isWhole = text.unicodeScalars.allSatisfy { $0 == "-" || ("0"..."9").contains($0) }
            if isWhole { return .integer(try cursor.integer(text, "an integer", at: start)) }
            return .number(Double(text)!)
        }
        let word = try cursor.word("an attribute's value")
        guard cursor.peek() == "(" else { return .word(word) }
        guard let kind = UnaryFunction.Kind(rawValue: word) else {
            throw cursor.error("`\(word)` is no function", at: start)
        }
        return .function(try parameters(of: kind, at: start))
    }

    /// `[1,2]` or `[1:2,0:0]`.
    private mutating func listValue() throws(GraphParseError) -> AttributeValue {
        let start = place()
        try cursor.expect("[")
        if cursor.take("]") { return .integers([]) }
        let entries = try list { reader throws(GraphParseError) in
            let first = try reader.cursor.integer("an integer")
            let second = reader.cursor.take(":") ? try reader.cursor.integer("an integer") : nil
            return (first, second)
        }
        if !cursor.take("]") { throw cursor.unexpected("`,` or `]`") }
        let pairs = entries.compactMap { first, second in second.map { Padding(first, $0) } }
        if pairs.isEmpty { return .integers(entries.map(\.0)) }
        guard pairs.count == entries.count else {
            throw cursor.error("a list holds integers or pairs, not both", at: start)
        }
        return .pairs(pairs)
    }

    /// `(slope=0.2)` behind a function's name.
    private mutating func parameters(
        of kind: UnaryFunction.Kind, at start: Int
    ) throws(GraphParseError) -> UnaryFunction {
        var given: [String: Double] = [:]
        if cursor.take("("), !cursor.take(")") {
            let entries = try list { reader throws(GraphParseError) in
                let name = try reader.cursor.word("a parameter's name")
                try reader.cursor.expect("=")
                guard let text = reader.cursor.number() else {
                    throw reader.cursor.unexpected("a number")
                }
                return (name, Double(text)!)
            }
            if !cursor.take(")") { throw cursor.unexpected("`,` or `)`") }
            for (name, value) in entries { given[name] = value }
            if given.count != entries.count {
                throw cursor.error("`\(kind.rawValue)` has a parameter given twice", at: start)
            }
        }
        let names = kind.parameterNames
        guard Set(names) == Set(given.keys) else {
            let wanted = names.isEmpty ? "no parameters" : names.joined(separator: ", ")
            let found = given.isEmpty ? "none" : given.keys.sorted().joined(separator: ", ")
            throw cursor.error("`\(kind.rawValue)` takes \(wanted), found \(found)", at: start)
        }
        return UnaryFunction(kind: kind, parameters: names.map { given[$0]! })
    }

    // MARK: Epilogues

    /// Steps, each behind a `then`; appends the values that they read to `operands`.
    private mutating func epilogue(
        _ operands: inout [ValueID]
    ) throws(GraphParseError) -> [EpilogueStep] {
        var steps: [EpilogueStep] = []
        while cursor.take(word: "then") {
            let reversed = cursor.take(word: "reversed")
            let start = place()
            let word = try cursor.word("a function")
            if let function = BinaryFunction(rawValue: word) {
                operands += try stepOperands(1, of: word, at: start)
                let operand = operands.count - 1
                steps.append(.binary(function, operand: operand, reversed: reversed))
            } else if reversed {
                throw cursor.error(
                    "only a function of two can be reversed, not `\(word)`", at: start)
            } else if word == ScaleShiftOp.mnemonic {
                operands += try stepOperands(2, of: word, at: start)
                steps.append(.scaleShift(scale: operands.count - 2, shift: operands.count - 1))
            } else if let kind = UnaryFunction.Kind(rawValue: word) {
                steps.append(.unary(try parameters(of: kind, at: start)))
            } else {
                throw cursor.error("`\(word)` is no function", at: start)
            }
        }
        return steps
    }

    private mutating func stepOperands(
        _ count: Int, of word: String, at start: Int
    ) throws(GraphParseError) -> [ValueID] {
        try cursor.expect("(")
        let values = try list { reader throws(GraphParseError) in try reader.knownValue().id }
        try cursor.expect(")")
        if values.count != count {
            throw cursor.error("`\(word)` takes \(count), found \(values.count)", at: start)
        }
        return values
    }

    // MARK: Constants

    private mutating func constant(_ name: String) throws(GraphParseError) {
        let data = try written()
        var operands: [ValueID] = []
        let epilogue = try epilogue(&operands)
        let type = try type()
        let constantName =
            cursor.take(word: "named") ? try cursor.text("the constant's name") : name
        result.constants.append(
            Constant(name: constantName, type: type, data: try elements(data, of: type)))
        result.nodes.append(
            Node(
                op: .constant(ConstantOp(id: result.constants.count - 1)), inputs: operands,
                epilogue: epilogue, type: type, name: name, layers: []))
    }

    /// A constant's elements before its type is known.
    private enum Written {
        case list([(text: String, start: Int)], start: Int)
        case splat(text: String, start: Int)
        case undefined
    }

    private mutating func written() throws(GraphParseError) -> Written {
        let start = place()
        if cursor.take("{") {
            if cursor.take("}") { return .list([], start: start) }
            let numbers = try list { reader throws(GraphParseError) in try reader.writtenNumber() }
            if !cursor.take("}") { throw cursor.unexpected("`,` or `}`") }
            return .list(numbers, start: start)
        }
        switch cursor.peekWord() {
        case "undefined":
            _ = cursor.take(word: "undefined")
            return .undefined
        case "splat":
            _ = cursor.take(word: "splat")
            let number = try writtenNumber()
            return .splat(text: number.text, start: number.start)
        case "elided":
            throw cursor.error(
                "`elided` stands for numbers that were not printed; print the graph with "
                    + "`GraphPrinter(elideAbove: nil)`", at: start)
        default: throw cursor.unexpected("`{`, `splat` or `undefined`")
        }
    }

    private mutating func writtenNumber() throws(GraphParseError) -> (text: String, start: Int) {
        let start = place()
        guard let text = cursor.number() else { throw cursor.unexpected("a number") }
        return (text, start)
    }

    private func elements(
        _ written: Written, of type: TensorType
    ) throws(GraphParseError) -> ConstantData {
        switch written {
        case .undefined: return .undefined
        case .splat(let text, let start):
            guard type.elementType == .float32 else {
                throw cursor.error("`splat` is for f32, not for \(type)", at: start)
            }
            return .splat(try float(text, at: start))
        case .list(let numbers, let start):
            guard numbers.count == type.count else {
                throw cursor.error(
                    "expected \(type.count) numbers for \(type), found \(numbers.count)", at: start)
            }
            switch type.elementType {
            case .float32:
                var floats: [Float] = []
                for (text, start) in numbers { floats.append(try float(text, at: start)) }
                return .floats(floats)
            case .int32:
                var integers: [Int32] = []
                for (text, start) in numbers {
                    guard let integer = Int32(text) else {
                        throw cursor.error("`\(text)` is no i32", at: start)
                    }
                    integers.append(integer)
                }
                return .integers(integers)
            }
        }
    }

    private func float(_ text: String, at start: Int) throws(GraphParseError) -> Float {
        guard let value = Float(text), value.isFinite || text.contains("n") else {
            throw cursor.error("`\(text)` is no f32", at: start)
        }
        return value
    }

    // MARK: Types, layers, values

    /// `: f32[1,8]`
    private mutating func type() throws(GraphParseError) -> TensorType {
        try cursor.expect(":")
        let start = place()
        guard let word = cursor.peekWord(), let elementType = ElementType(rawValue: word) else {
            throw cursor.unexpected("`f32` or `i32`")
        }
        _ = cursor.take(word: word)
        try cursor.expect("[")
        var shape: [Int] = []
        if !cursor.take("]") {
            shape = try list { reader throws(GraphParseError) in
                try reader.cursor.integer("a size")
            }
            if !cursor.take("]") { throw cursor.unexpected("`,` or `]`") }
        }
        let type = TensorType(elementType, shape)
        if shape.contains(where: { $0 <= 0 }) {
            throw cursor.error("sizes should be positive, found \(type)", at: start)
        }
        if type.checkedCount == nil { throw cursor.error("\(type) is too large", at: start) }
        return type
    }

    private mutating func layers(ofNode name: String) throws(GraphParseError) -> [String] {
        guard cursor.take(word: "from") else { return GraphSyntax.defaultLayers(ofNode: name) }
        if cursor.take(word: "none") { return [] }
        return try list { reader throws(GraphParseError) in
            try reader.cursor.text("a layer's name in quotes")
        }
    }

    /// A value that is defined above.
    private mutating func knownValue() throws(GraphParseError) -> (name: String, id: ValueID) {
        let start = place()
        guard let name = try cursor.value() else { throw cursor.unexpected("a value") }
        guard let id = values[name] else {
            throw cursor.error("\(GraphSyntax.value(name)) is not defined above", at: start)
        }
        return (name, id)
    }

    /// One or more, with commas between them.
    private mutating func list<T>(
        _ element: (inout Self) throws(GraphParseError) -> T
    ) throws(GraphParseError) -> [T] {
        var list = [try element(&self)]
        while cursor.take(",") { list.append(try element(&self)) }
        return list
    }

    /// Where the next word starts.
    private mutating func place() -> Int {
        cursor.skipSpace()
        return cursor.position
    }
}
