/// A value of a graph: the result of the node with the same index.
package struct ValueID: Hashable, Sendable, Comparable {
    package let index: Int
    package init(_ index: Int) { self.index = index }
    package static func < (a: ValueID, b: ValueID) -> Bool { a.index < b.index }
}

/// What happens to each element of an op's result before it is stored: fusion's work.
///
/// Operand numbers index `Node.inputs`: behind the op's own operands, one slot for each operand of
/// a step, in the order of the steps (so that the textual form needn't number them). The steps run
/// in order.
package enum EpilogueStep: Hashable, Sendable {
    /// `y * scale[c] + shift[c]` along the last axis.
    case scaleShift(scale: Int, shift: Int)
    case unary(UnaryFunction)
    /// `function(y, operand)` with an operand that broadcasts to the result's shape and most often
    /// has it (a residual), or, where `reversed`, `function(operand, y)`.
    case binary(BinaryFunction, operand: Int, reversed: Bool)
}

/// One operation with its operands, its result's type, and the layers it came from.
package struct Node: Sendable {
    package var op: Op
    package var inputs: [ValueID]
    package var epilogue: [EpilogueStep]
    package var type: TensorType
    /// The value's name in the textual form, unique in the graph: `conv2d`, `conv2d.bias`.
    package var name: String
    /// The layers this node computes, in the order of the data:
    /// `["conv2d", "batch_normalization"]`.
    package var layers: [String]

    package init(
        op: Op, inputs: [ValueID], epilogue: [EpilogueStep] = [], type: TensorType, name: String,
        layers: [String]
    ) {
        self.op = op
        self.inputs = inputs
        self.epilogue = epilogue
        self.type = type
        self.name = name
        self.layers = layers
    }

    /// The operands of the op itself, without those that only the epilogue reads.
    package var opInputCount: Int { Self.opInputCount(inputs.count, epilogue) }

    static func opInputCount(_ inputCount: Int, _ epilogue: [EpilogueStep]) -> Int {
        var first = inputCount
        for step in epilogue {
            switch step {
            case .scaleShift(let scale, let shift): first = min(first, scale, shift)
            case .binary(_, let operand, _): first = min(first, operand)
            case .unary: break
            }
        }
        return first
    }
}

/// A result that the caller asks for, under the layer's name.
package struct GraphOutput: Hashable, Sendable {
    package var name: String
    package var value: ValueID

    package init(name: String, value: ValueID) {
        self.name = name
        self.value = value
    }
}

/// A model as a graph of values, each with element type and static shape, batch first.
///
/// `nodes` is in topological order: a node's operands stand before it. Passes may append out of
/// order while they work and call `compact()` when they are done.
package struct Graph: Sendable {
    package var name: String
    package var nodes: [Node]
    package var constants: [Constant]
    /// The graph's inputs in the spec's order; each is a node with an `InputOp`.
    package var inputs: [ValueID]
    package var outputs: [GraphOutput]

    package init(name: String) {
        self.name = name
        nodes = []
        constants = []
        inputs = []
        outputs = []
    }

    package subscript(_ value: ValueID) -> Node {
        get { nodes[value.index] }
        _modify { yield &nodes[value.index] }
    }

    package func type(_ value: ValueID) -> TensorType { nodes[value.index].type }

    /// The constant a value is, if it is one.
    package func constant(_ value: ValueID) -> Constant? {
        if case .constant(let op) = nodes[value.index].op { return constants[op.id] }
        return nil
    }

    /// How many times each value is read, by nodes and as an output.
    package func useCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: nodes.count)
        for node in nodes { for input in node.inputs { counts[input.index] += 1 } }
        for output in outputs { counts[output.value.index] += 1 }
        return counts
    }

    package func isOutput(_ value: ValueID) -> Bool { outputs.contains { $0.value == value } }

    /// Appends a node; its type is the op's rule applied to its operands.
    ///
    /// - Precondition: the operands obey the op's rule.
    @discardableResult
    package mutating func append(
        _ op: Op, _ inputs: [ValueID], epilogue: [EpilogueStep] = [], name: String,
        layers: [String]
    ) -> ValueID {
        let count = Node.opInputCount(inputs.count, epilogue)
        let type: TensorType
        do throws(GraphError) {
            type = try op.operation.resultType(inputs.prefix(count).map { nodes[$0.index].type })
        } catch {
            preconditionFailure("\(name): \(op.mnemonic) \(error.message)")
        }
        nodes.append(
            Node(
                op: op, inputs: inputs, epilogue: epilogue, type: type, name: uniqueName(name),
                layers: layers))
        return ValueID(nodes.count - 1)
    }

    @discardableResult
    package mutating func appendConstant(_ constant: Constant, layers: [String]) -> ValueID {
        constants.append(constant)
        nodes.append(
            Node(
                op: .constant(ConstantOp(id: constants.count - 1)), inputs: [], type: constant.type,
                name: uniqueName(constant.name), layers: layers))
        return ValueID(nodes.count - 1)
    }

    @discardableResult
    package mutating func appendInput(name: String, type: TensorType) -> ValueID {
        nodes.append(
            Node(
                op: .input(InputOp(name: name)), inputs: [], type: type, name: uniqueName(name),
                layers: [name]))
        inputs.append(ValueID(nodes.count - 1))
        return ValueID(nodes.count - 1)
    }

    /// Makes every reader of `old` read `new`, outputs included.
    package mutating func replaceUses(of old: ValueID, with new: ValueID) {
        for index in nodes.indices where index != new.index {
            for slot in nodes[index].inputs.indices where nodes[index].inputs[slot] == old {
                nodes[index].inputs[slot] = new
            }
        }
        for index in outputs.indices where outputs[index].value == old {
            outputs[index].value = new
        }
    }

    /// Drops what no output needs and restores topological order; inputs always stay.
    /// Where the order is free, nodes keep the order they had.
    package mutating func compact() {
        let needed = reachable()
        if isCompact(needed) {
            usedNames = nil
            return
        }
        var order: [Int] = []
        var state = [UInt8](repeating: 0, count: nodes.count)  // 0 new, 1 open, 2 placed
        var stack: [(node: Int, next: Int)] = []
        func visit(_ root: Int) {
            guard state[root] == 0 else { return }
            stack.append((root, 0))
            state[root] = 1
            while let top = stack.last {
                if top.next < nodes[top.node].inputs.count {
                    stack[stack.count - 1].next += 1
                    let child = nodes[top.node].inputs[top.next].index
                    precondition(state[child] != 1, "the graph has a cycle")
                    if state[child] == 0 {
                        state[child] = 1
                        stack.append((child, 0))
                    }
                } else {
                    stack.removeLast()
                    state[top.node] = 2
                    order.append(top.node)
                }
            }
        }
        for index in nodes.indices where needed[index] { visit(index) }
        var renumbered = [Int](repeating: -1, count: nodes.count)
        for (new, old) in order.enumerated() { renumbered[old] = new }
        var kept: [Constant] = []
        nodes = order.map { old in
            var node = nodes[old]
            node.inputs = node.inputs.map { ValueID(renumbered[$0.index]) }
            if case .constant(let op) = node.op {
                kept.append(constants[op.id])
                node.op = .constant(ConstantOp(id: kept.count - 1))
            }
            return node
        }
        constants = kept
        inputs = inputs.map { ValueID(renumbered[$0.index]) }
        for index in outputs.indices {
            outputs[index].value = ValueID(renumbered[outputs[index].value.index])
        }
        usedNames = nil
    }

    /// Whether there is nothing to drop and nothing to move: most passes leave most models alone.
    private func isCompact(_ needed: [Bool]) -> Bool {
        if needed.contains(false) { return false }
        var constantCount = 0
        for index in nodes.indices {
            if case .constant(let op) = nodes[index].op {
                if op.id != constantCount { return false }
                constantCount += 1
            }
            for input in nodes[index].inputs where input.index >= index { return false }
        }
        return constantCount == constants.count
    }

    /// For each node, whether an output needs it or it is an input.
    private func reachable() -> [Bool] {
        var needed = [Bool](repeating: false, count: nodes.count)
        var open = inputs + outputs.map(\.value)
        while let value = open.popLast() {
            guard !needed[value.index] else { continue }
            needed[value.index] = true
            open += nodes[value.index].inputs
        }
        return needed
    }

    /// Names in use, with the next number to try; rebuilt after `compact`.
    private var usedNames: [String: Int]?

    private mutating func uniqueName(_ wanted: String) -> String {
        if usedNames == nil {
            usedNames = [:]
            for node in nodes { usedNames![node.name] = 1 }
        }
        guard var number = usedNames![wanted] else {
            usedNames![wanted] = 1
            return wanted
        }
        while usedNames!["\(wanted).\(number)"] != nil { number += 1 }
        usedNames![wanted] = number + 1
        usedNames!["\(wanted).\(number)"] = 1
        return "\(wanted).\(number)"
    }
}
