/// Checks the rules that every graph between two passes obeys.
///
/// A violation is a bug of the pass (or of the lowering) that made the graph, never a user's fault.
package enum Verifier {
    /// All violations, in the order of the nodes; each names the node.
    package static func verify(_ graph: Graph) -> [GraphError] {
        var checker = GraphChecker(graph: graph)
        checker.checkAll()
        return checker.errors
    }
}

/// One run of the verifier.
private struct GraphChecker {
    let graph: Graph
    private(set) var errors: [GraphError] = []

    init(graph: Graph) { self.graph = graph }

    mutating func checkAll() {
        var names: Set<String> = []
        names.reserveCapacity(graph.nodes.count)
        for (index, node) in graph.nodes.enumerated() {
            if !names.insert(node.name).inserted { report(node, "another node has the same name") }
            checkSizes(node)
            if checkOperandOrder(node, index), checkEpilogueSlots(node) {
                checkOp(node)
                checkEpilogue(node)
            }
        }
        checkInputs()
        checkOutputs()
    }

    private mutating func report(_ node: Node, _ message: String) {
        errors.append(GraphError("\(GraphSyntax.value(node.name)): \(message)"))
    }

    private mutating func report(_ message: String) {
        errors.append(GraphError("graph \(GraphSyntax.spelling(graph.name)): \(message)"))
    }

    private mutating func checkSizes(_ node: Node) {
        if node.type.shape.contains(where: { $0 <= 0 }) {
            report(node, "sizes should be positive, found \(node.type)")
        } else if node.type.checkedCount == nil {
            report(node, "\(node.type) is too large")
        }
    }

    // MARK: Operands

    /// Whether every operand is a node that stands before this one.
    private mutating func checkOperandOrder(_ node: Node, _ index: Int) -> Bool {
        var isFine = true
        for (slot, operand) in node.inputs.enumerated() where !(0..<index).contains(operand.index) {
            isFine = false
            if graph.nodes.indices.contains(operand.index) {
                let name = GraphSyntax.value(graph[operand].name)
                report(node, "operand \(slot), \(name), should stand before it")
            } else {
                report(node, "operand \(slot) is value \(operand.index), which is no node")
            }
        }
        return isFine
    }

    /// Whether the steps read the slots behind the op's own operands, each once and in order: then
    /// the textual form needn't number them.
    private mutating func checkEpilogueSlots(_ node: Node) -> Bool {
        if node.epilogue.isEmpty { return true }
        let slots = node.epilogue.flatMap { step -> [Int] in
            switch step {
            case .scaleShift(let scale, let shift): [scale, shift]
            case .binary(_, let operand, _): [operand]
            case .unary: []
            }
        }
        let first = node.inputs.count - slots.count
        if slots.allSatisfy(node.inputs.indices.contains) {
            if slots == Array(first..<node.inputs.count) { return true }
            report(
                node,
                "the epilogue reads operands \(slots), should read each of the last "
                    + "\(slots.count) of \(node.inputs.count) in order")
        } else {
            report(
                node, "the epilogue reads operands \(slots) and there are \(node.inputs.count)")
        }
        return false
    }

    // MARK: Ops

    private mutating func checkOp(_ node: Node) {
        let operands = node.inputs.prefix(node.opInputCount).map { graph.type($0) }
        switch node.op {
        case .input:
            if !operands.isEmpty { report(node, "an input has no operands") }
        case .constant(let op):
            if !operands.isEmpty { report(node, "a constant has no operands") }
            checkConstant(node, op.id)
        default:
            do throws(GraphError) {
                let type = try node.op.operation.resultType(operands)
                if type != node.type { report(node, "should be \(type), not \(node.type)") }
            } catch {
                report(node, "\(node.op.mnemonic) \(error.message)")
            }
        }
    }

    private mutating func checkConstant(_ node: Node, _ id: Int) {
        guard graph.constants.indices.contains(id) else {
            report(node, "is constant \(id) and there are \(graph.constants.count)")
            return
        }
        let constant = graph.constants[id]
        if constant.type != node.type {
            report(node, "should be \(constant.type) as its constant is, not \(node.type)")
        }
        let stored: (count: Int, type: ElementType)
        switch constant.data {
        case .floats(let values): stored = (values.count, .float32)
        case .integers(let values): stored = (values.count, .int32)
        case .splat: stored = (constant.type.checkedCount ?? 0, .float32)
        case .undefined: return
        }
        if stored.type != constant.type.elementType {
            report(node, "holds \(stored.type.rawValue) elements, should hold \(constant.type)")
        }
        if stored.count != constant.type.checkedCount {
            report(node, "holds \(stored.count) elements, should hold \(constant.type)")
        }
    }

    private mutating func checkEpilogue(_ node: Node) {
        if node.epilogue.isEmpty { return }
        guard node.op.operation.mayCarryEpilogue else {
            report(node, "\(node.op.mnemonic) can't carry an epilogue")
            return
        }
        func type(_ slot: Int) -> TensorType { graph.type(node.inputs[slot]) }
        for step in node.epilogue {
            switch step {
            case .unary: break
            case .scaleShift(let scale, let shift):
                guard let channels = node.type.shape.last else {
                    report(node, "scale_shift needs a last axis, \(node.type) has none")
                    continue
                }
                let wanted = TensorType(.float32, [channels])
                for slot in [scale, shift] where type(slot) != wanted {
                    report(node, "scale_shift takes \(wanted), not \(type(slot))")
                }
            case .binary(let function, let slot, _):
                let operand = type(slot)
                let shape = try? broadcast(node.type.shape, operand.shape)
                if operand.elementType != .float32 || shape != node.type.shape {
                    report(
                        node,
                        "\(function.rawValue) takes what broadcasts to \(node.type), not \(operand)"
                    )
                }
            }
        }
    }

    // MARK: The graph's ends

    private mutating func checkInputs() {
        var listed: Set<ValueID> = []
        var names: Set<String> = []
        for value in graph.inputs {
            guard graph.nodes.indices.contains(value.index) else {
                report("input value \(value.index) is no node")
                continue
            }
            let node = graph[value]
            guard case .input(let op) = node.op else {
                report(node, "is listed as an input and is \(article(node.op.mnemonic))")
                continue
            }
            if !listed.insert(value).inserted {
                report(node, "is listed as an input twice")
            } else if !names.insert(op.name).inserted {
                report(node, "another input is named \(GraphSyntax.quoted(op.name))")
            }
        }
        for (index, node) in graph.nodes.enumerated() {
            if case .input = node.op, !listed.contains(ValueID(index)) {
                report(node, "should be listed as an input")
            }
        }
    }

    private func article(_ word: String) -> String {
        "aeiou".contains(word.prefix(1)) ? "an \(word)" : "a \(word)"
    }

    private mutating func checkOutputs() {
        if graph.outputs.isEmpty { report("has no outputs") }
        var names: Set<String> = []
        for output in graph.outputs {
            let name = GraphSyntax.quoted(output.name)
            if !graph.nodes.indices.contains(output.value.index) {
                report("output \(name) is value \(output.value.index), which is no node")
            }
            if !names.insert(output.name).inserted { report("two outputs are named \(name)") }
        }
    }
}
