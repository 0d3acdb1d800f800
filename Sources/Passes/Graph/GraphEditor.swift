import IR

/// A graph while a pass rewrites it. Who reads each value is known at any time, and a node that
/// nothing reads any more no longer counts as a reader.
///
/// Ids stay valid until `finish`; new nodes stand at the end, whatever they read.
struct GraphEditor {
    private(set) var graph: Graph
    /// The nodes that read each value, once for each slot.
    private var readers: [[ValueID]]
    private var outputs: Set<ValueID>

    init(_ graph: consuming Graph) {
        self.graph = graph
        readers = [[ValueID]](repeating: [], count: self.graph.nodes.count)
        outputs = Set(self.graph.outputs.map(\.value))
        for (index, node) in self.graph.nodes.enumerated() {
            for input in node.inputs { readers[input.index].append(ValueID(index)) }
        }
    }

    /// The rewritten graph in topological order, without dead nodes.
    consuming func finish() -> Graph {
        graph.compact()
        return graph
    }

    // MARK: Questions

    subscript(_ value: ValueID) -> Node { graph[value] }
    func type(_ value: ValueID) -> TensorType { graph.type(value) }
    func constant(_ value: ValueID) -> Constant? { graph.constant(value) }
    func isOutput(_ value: ValueID) -> Bool { outputs.contains(value) }

    /// All values there are now.
    var values: [ValueID] { graph.nodes.indices.map { ValueID($0) } }

    /// Whether an output may need the value. (Nodes that were dead from the start count as alive.)
    func isAlive(_ value: ValueID) -> Bool {
        !readers[value.index].isEmpty || outputs.contains(value) || graph[value].op.isInput
    }

    /// The nodes that read a value, each once, in the order of their ids.
    func readers(of value: ValueID) -> [ValueID] { Set(readers[value.index]).sorted() }

    /// Whether a value is read in one place and is not an output: then its reader may do with it
    /// what it likes.
    func hasOneUse(_ value: ValueID) -> Bool {
        readers[value.index].count == 1 && !isOutput(value)
    }

    // MARK: Changes

    @discardableResult
    mutating func append(
        _ op: Op, _ inputs: [ValueID], epilogue: [EpilogueStep] = [], name: String,
        layers: [String]
    ) -> ValueID {
        let value = graph.append(op, inputs, epilogue: epilogue, name: name, layers: layers)
        readers.append([])
        for input in inputs { readers[input.index].append(value) }
        return value
    }

    mutating func appendConstant(_ constant: Constant, layers: [String]) -> ValueID {
        readers.append([])
        return graph.appendConstant(constant, layers: layers)
    }

    /// The constant `original` with other elements, for the one slot that is being rewritten: in
    /// place where nothing else reads it. It keeps its name.
    mutating func replaceConstant(
        _ original: ValueID, type: TensorType? = nil, data: ConstantData
    ) -> ValueID {
        guard case .constant(let op) = graph[original].op else {
            preconditionFailure("\(graph[original].name) is no constant")
        }
        let constant = Constant(
            name: graph.constants[op.id].name, type: type ?? graph.type(original), data: data)
        guard readers[original.index].count <= 1, !isOutput(original) else {
            return appendConstant(constant, layers: graph[original].layers)
        }
        graph.constants[op.id] = constant
        graph[original].type = constant.type
        return original
    }

    /// Makes a node compute something else under its own name. Its type follows from the op.
    ///
    /// Whoever reads the node must agree with its new type.
    mutating func rewrite(
        _ value: ValueID, _ op: Op, _ inputs: [ValueID], epilogue: [EpilogueStep] = [],
        layers: [String]? = nil
    ) {
        let old = graph[value].inputs
        let operandCount = inputs.count - epilogue.reduce(0) { $0 + $1.slots.count }
        let type: TensorType
        do throws(GraphError) {
            type = try op.operation.resultType(inputs.prefix(operandCount).map { graph.type($0) })
        } catch {
            preconditionFailure("\(graph[value].name): \(op.mnemonic) \(error.message)")
        }
        graph[value].op = op
        graph[value].inputs = inputs
        graph[value].epilogue = epilogue
        graph[value].type = type
        if let layers { graph[value].layers = layers }
        for input in inputs { readers[input.index].append(value) }
        dropReader(value, of: old)
    }

    /// Makes a node a constant under its own name.
    mutating func rewrite(_ value: ValueID, asConstant data: ConstantData) {
        let node = graph[value]
        graph.constants.append(Constant(name: node.name, type: node.type, data: data))
        graph[value].op = .constant(ConstantOp(id: graph.constants.count - 1))
        graph[value].inputs = []
        graph[value].epilogue = []
        dropReader(value, of: node.inputs)
    }

    /// Names further layers that a node computes.
    mutating func setLayers(of value: ValueID, _ layers: [String]) { graph[value].layers = layers }

    /// Makes every reader of `old` except `new` itself read `new`, outputs included.
    mutating func replaceUses(of old: ValueID, with new: ValueID) {
        precondition(old != new)
        for reader in Set(readers[old.index]) where reader != new {
            for slot in graph[reader].inputs.indices where graph[reader].inputs[slot] == old {
                graph[reader].inputs[slot] = new
            }
        }
        for index in graph.outputs.indices where graph.outputs[index].value == old {
            graph.outputs[index].value = new
        }
        readers[new.index] += readers[old.index].filter { $0 != new }
        readers[old.index].removeAll { $0 != new }
        if outputs.remove(old) != nil { outputs.insert(new) }
        release(old)
    }

    /// Takes a node out of the readers of its operands, once for each slot.
    private mutating func dropReader(_ reader: ValueID, of values: [ValueID]) {
        // One operand may fill thousands of slots: it is gone through once.
        var slots: [ValueID: Int] = [:]
        for value in values { slots[value, default: 0] += 1 }
        for value in values {
            guard var count = slots.removeValue(forKey: value) else { continue }
            readers[value.index].removeAll { other in
                guard other == reader, count > 0 else { return false }
                count -= 1
                return true
            }
            release(value)
        }
    }

    /// Takes a dead node out of the readers of its operands, and so on upwards.
    private mutating func release(_ value: ValueID) {
        guard !isAlive(value) else { return }
        dropReader(value, of: graph[value].inputs)
        graph[value].inputs = []
        graph[value].epilogue = []
    }
}

extension Op {
    var isInput: Bool { if case .input = self { true } else { false } }
    var isConstant: Bool { if case .constant = self { true } else { false } }
}

extension Node {
    /// What the op itself reads.
    var opInputs: [ValueID] { Array(inputs.prefix(opInputCount)) }
}

extension EpilogueStep {
    /// The operands it reads, in order.
    var slots: [Int] {
        switch self {
        case .scaleShift(let scale, let shift): [scale, shift]
        case .unary: []
        case .binary(_, let operand, _): [operand]
        }
    }

    /// The same step where operands stand `distance` slots further on.
    func moved(by distance: Int) -> EpilogueStep {
        switch self {
        case .scaleShift(let scale, let shift):
            .scaleShift(scale: scale + distance, shift: shift + distance)
        case .unary: self
        case .binary(let function, let operand, let reversed):
            .binary(function, operand: operand + distance, reversed: reversed)
        }
    }
}
