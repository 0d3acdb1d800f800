/// Writes a graph as text that `GraphParser` reads back to the same graph.
///
/// Any graph can be printed, also one that breaks the verifier's rules: an operand that is no node
/// prints as `%?7`, a constant that isn't there as `missing`. Attributes that have their default,
/// and layers that follow from the node's name, are left out.
package struct GraphPrinter {
    private let elideAbove: Int?

    /// - Parameter elideAbove: A constant with more numbers than this prints as `elided`, and the
    ///   text can't be parsed. nil prints every number.
    package init(elideAbove: Int? = 16) { self.elideAbove = elideAbove }

    package func print(_ graph: Graph) -> String {
        var lines = ["graph \(GraphSyntax.spelling(graph.name)) {"]
        for index in graph.nodes.indices { lines.append("  " + line(index, of: graph)) }
        let inOrder = graph.nodes.indices.filter {
            if case .input = graph.nodes[$0].op { true } else { false }
        }
        if graph.inputs.map(\.index) != inOrder {
            lines.append("  inputs" + list(graph.inputs.map { value($0, of: graph) }))
        }
        let outputs = graph.outputs.map {
            "\(GraphSyntax.quoted($0.name)) = \(value($0.value, of: graph))"
        }
        lines.append("  return" + list(outputs))
        lines.append("}")
        return lines.joined(separator: "\n")
    }

    private func line(_ index: Int, of graph: Graph) -> String {
        let node = graph.nodes[index]
        let opInputs = node.inputs.prefix(max(0, node.opInputCount))
        var text = "\(GraphSyntax.value(node.name)) = \(node.op.mnemonic)"
        var constantName: String?
        switch node.op {
        case .input(let op):
            text += " " + GraphSyntax.quoted(op.name)
        case .constant(let op):
            text += " "
            if graph.constants.indices.contains(op.id) {
                text += data(of: graph.constants[op.id])
                constantName = graph.constants[op.id].name
            } else {
                text += "missing"
            }
        default: break
        }
        text += list(opInputs.map { value($0, of: graph) })
        switch node.op {
        case .input, .constant: break
        default: text += attributes(of: node.op, operands: opInputs, in: graph)
        }
        for step in node.epilogue { text += " then " + self.text(of: step, node: node, in: graph) }
        text += " : \(node.type)"
        if let constantName, constantName != node.name {
            text += " named \(GraphSyntax.quoted(constantName))"
        }
        if node.layers != GraphSyntax.defaultLayers(ofNode: node.name) {
            text += " from"
            text += node.layers.isEmpty ? " none" : list(node.layers.map(GraphSyntax.quoted))
        }
        return text
    }

    /// Compared as text, because a zero and a negative zero are equal and print differently.
    private func attributes(of op: Op, operands: ArraySlice<ValueID>, in graph: Graph) -> String {
        let operation = op.operation
        let types = operands.compactMap { id in
            graph.nodes.indices.contains(id.index) ? graph.type(id) : nil
        }
        let given = operation.attributes
        let defaults = type(of: operation).defaults(operands: types, given: given)
        var text = ""
        for (name, value) in given.list
        where value.description != defaults[name]?.description { text += " \(name)=\(value)" }
        return text
    }

    private func text(of step: EpilogueStep, node: Node, in graph: Graph) -> String {
        func operand(_ slot: Int) -> String {
            node.inputs.indices.contains(slot) ? value(node.inputs[slot], of: graph) : "%?"
        }
        switch step {
        case .scaleShift(let scale, let shift):
            return "\(ScaleShiftOp.mnemonic)(\(operand(scale)), \(operand(shift)))"
        case .unary(let function): return function.description
        case .binary(let function, let slot, let reversed):
            return "\(reversed ? "reversed " : "")\(function.rawValue)(\(operand(slot)))"
        }
    }

    private func data(of constant: Constant) -> String {
        func braces(_ count: Int, _ texts: () -> [String]) -> String {
            if let elideAbove, count > elideAbove { return "elided" }
            return "{\(texts().joined(separator: ", "))}"
        }
        switch constant.data {
        case .floats(let values): return braces(values.count) { values.map(text(of:)) }
        case .integers(let values): return braces(values.count) { values.map(String.init) }
        case .splat(let value): return "splat \(text(of: value))"
        case .undefined: return "undefined"
        }
    }

    /// The shortest text that reads back as the same `Float`.
    private func text(of number: Float) -> String { number.isNaN ? "nan" : "\(number)" }

    private func value(_ id: ValueID, of graph: Graph) -> String {
        guard graph.nodes.indices.contains(id.index) else { return "%?\(id.index)" }
        return GraphSyntax.value(graph.nodes[id.index].name)
    }

    private func list(_ texts: [String]) -> String {
        texts.isEmpty ? "" : " " + texts.joined(separator: ", ")
    }
}

extension Graph: CustomStringConvertible {
    /// The textual form, with long constants elided.
    package var description: String { GraphPrinter().print(self) }
}
