import Diagnostics
import IR
import Plan
import Spec

/// An inspected model as graphs to draw: as its spec has it, and as it is computed.
extension Inspection {
    /// The layers as written; what is computed together is marked.
    package func sketchAsWritten(_ problems: ReportProblems) -> GraphSketch {
        var children = [[Int]](repeating: [], count: rows.count)
        var open: [Int] = []
        var top: [Int] = []
        for (index, row) in rows.enumerated() {
            open.removeLast(max(0, open.count - row.depth))
            if let parent = open.last { children[parent].append(index) } else { top.append(index) }
            open.append(index)
        }
        let tones = layerTones
        let outputs = Set(model.outputs.map { model.layers[$0].name })
        return sketch(top, children, tones, outputs, problems)
    }

    private func sketch(
        _ indices: [Int], _ children: [[Int]], _ tones: [String: GraphSketch.Tone],
        _ outputs: Set<String>, _ problems: ReportProblems
    ) -> GraphSketch {
        var sketch = GraphSketch()
        var boxOfRow: [Int: Int] = [:]
        for index in indices {
            let row = rows[index]
            boxOfRow[index] = sketch.boxes.count
            var box = box(row, index, tones[row.name] ?? .nothing)
            box.isOutput = row.depth == 0 && outputs.contains(row.name)
            problems.mark(&box, row: index)
            if !children[index].isEmpty {
                box.inner = self.sketch(children[index], children, tones, outputs, problems)
                box.rows += descendants(of: index, children)
            }
            sketch.boxes.append(box)
            for input in row.inputs {
                guard let from = boxOfRow[input] else { continue }
                sketch.edges.append(
                    GraphSketch.Edge(
                        from: from, to: sketch.boxes.count - 1,
                        label: rows[input].outputType.shapeText,
                        flow: areFused(rows[input], row) ? .fused : .stored))
            }
        }
        return sketch
    }

    private func descendants(of index: Int, _ children: [[Int]]) -> [Int] {
        children[index].flatMap { [$0] + descendants(of: $0, children) }
    }

    /// Whether one kernel computes both, so that what goes from one to the other isn't stored.
    private func areFused(_ a: Row, _ b: Row) -> Bool {
        switch (a.role, b.role) {
        case (.nothing, _), (_, .nothing): true
        default: !Set(a.role.kernels).isDisjoint(with: b.role.kernels)
        }
    }

    private func box(_ row: Row, _ index: Int, _ tone: GraphSketch.Tone) -> GraphSketch.Box {
        var box = GraphSketch.Box(title: row.name, tone: tone)
        let arguments = row.item.argumentsText
        box.lines = [row.className + (arguments.isEmpty ? "" : " " + arguments)]
        if case .input = row.role { box.lines = ["Input \(row.outputType.shapeText)"] }
        box.costs = [row.costText].filter { !$0.isEmpty }
        switch row.role {
        case .input, .nested: break
        case .kernels(let numbers, _): box.costs.append("kernel " + Self.ranges(numbers))
        case .fused(let layer, _):
            box.costs.append("↳ in \(layer)")
            box.isFused = true
        case .nothing:
            box.costs.append("no work")
            box.isFused = true
        }
        box.share = multiplyAdds > 0 ? Double(row.multiplyAdds) / Double(multiplyAdds) : 0
        box.line = row.line
        box.rows = [index]
        box.tooltip = tooltip(row)
        return box
    }

    private func tooltip(_ row: Row) -> String {
        var lines = ["\(row.path): \(row.className)"]
        let arguments = row.item.argumentsText
        if !arguments.isEmpty { lines.append(arguments) }
        let from = row.inputTypes.map(\.shapeText).joined(separator: ", ")
        lines.append((from.isEmpty ? "" : from + " → ") + row.outputType.shapeText)
        lines += row.shapeSteps
        if row.parameters > 0 { lines.append("\(NumberText.grouped(row.parameters)) parameters") }
        if row.multiplyAdds > 0 { lines.append("\(NumberText.grouped(row.multiplyAdds)) MACs") }
        lines.append("\(NumberText.bytes(row.activationByteCount)) of activations")
        if let field = row.receptiveField?.text, !field.isEmpty {
            lines.append("receptive field \(field)")
        }
        return lines.joined(separator: "\n")
    }

    /// What most of a layer's work is, by its ops.
    private var layerTones: [String: GraphSketch.Tone] {
        var tones: [String: GraphSketch.Tone] = [:]
        for node in graph.nodes {
            guard let tone = node.op.tone else { continue }
            for layer in node.layers where tone.rank < tones[layer]?.rank ?? Int.max {
                tones[layer] = tone
            }
        }
        return tones
    }

    // MARK: As computed

    /// The optimized graph: a box for each value that is computed, with the layers it comes from.
    package func sketchAsComputed(_ problems: ReportProblems) -> GraphSketch {
        var sketch = GraphSketch()
        var kernels: [ValueID: [Int]] = [:]
        for (index, step) in plan.steps.enumerated() {
            kernels[step.value, default: []].append(index)
        }
        var rowOfName: [String: Int] = [:]
        for (index, row) in rows.enumerated() where rowOfName[row.name] == nil {
            rowOfName[row.name] = index
        }
        let outputs = Set(plan.graph.outputs.map(\.value))
        let total = max(
            1, plan.steps.indices.reduce(0) { $0 + plan.steps[$1].kernel.cost.multiplyAdds })
        var boxOfNode = [Int?](repeating: nil, count: plan.graph.nodes.count)
        for (index, node) in plan.graph.nodes.enumerated() {
            guard let tone = node.op.tone else { continue }
            let value = ValueID(index)
            let own = kernels[value] ?? []
            var box = GraphSketch.Box(title: mainLayer(node), tone: tone)
            let others = node.layers.filter { $0 != box.title }
            box.lines = others.prefix(4).map { "+ \($0)" }
            if others.count > 5 {
                box.lines.append("+ \(others.count - 4) more")
            } else if others.count == 5 {
                box.lines.append("+ \(others[4])")
            }
            let cost = own.reduce(KernelCost()) { $0 + plan.cost(ofStep: $1) }
            if own.isEmpty {
                let isInput = node.op.tone == .input
                box.costs = [isInput ? "given by the caller" : "\(node.op.mnemonic): no kernel"]
                box.isFused = !isInput
            } else {
                let list = kernelKinds(own) ?? node.op.mnemonic
                box.costs = ["kernel \(Self.ranges(own.map { $0 + 1 })) · \(list)"]
                let macs = cost.multiplyAdds
                box.costs.append(
                    (macs > 0 ? "\(NumberText.short(macs)) MACs · " : "")
                        + "\(NumberText.bytes(cost.bytes)) moved")
            }
            box.share = Double(cost.multiplyAdds) / Double(total)
            box.isOutput = outputs.contains(value)
            box.rows = node.layers.compactMap { rowOfName[$0] }
            box.line = (rowOfName[box.title] ?? box.rows.first).map { rows[$0].line }
            let notes = own.flatMap { step in
                ["\(step + 1) \(plan.steps[step].name)"] + plan.steps[step].notes.map { "  \($0)" }
            }
            box.tooltip = ([node.layers.joined(separator: " + ")] + notes).joined(separator: "\n")
            for row in box.rows { problems.mark(&box, row: row) }
            boxOfNode[index] = sketch.boxes.count
            sketch.boxes.append(box)
            var seen: Set<Int> = []
            for input in node.inputs where seen.insert(input.index).inserted {
                guard let from = boxOfNode[input.index] else { continue }
                let type = plan.graph.type(input)
                let shape = TensorType(type.elementType, Array(type.shape.dropFirst()))
                sketch.edges.append(
                    GraphSketch.Edge(
                        from: from, to: sketch.boxes.count - 1, label: shape.shapeText))
            }
        }
        return sketch
    }

    /// What kinds of kernel there are, in a few words; nil for those that only prepare.
    private func kernelKinds(_ steps: [Int]) -> String? {
        var kinds: [String] = []
        for step in steps {
            let kind =
                plan.steps[step].kernel.name.split(separator: ",").first.map(String.init) ?? ""
            if kind != "fill", !kinds.contains(kind) { kinds.append(kind) }
        }
        // The products of Winograd's algorithm go without saying.
        if kinds.contains("Winograd") { kinds.removeAll { $0 == "contraction" } }
        return kinds.isEmpty ? nil : kinds.joined(separator: ", ")
    }

    /// The layer that does the work in a node, else its first.
    private func mainLayer(_ node: Node) -> String {
        node.layers.first { (multiplyAddsByName[$0] ?? 0) > 0 } ?? node.layers.first ?? node.name
    }
}

extension Inspection.Role {
    var kernels: [Int] {
        switch self {
        case .input, .nothing, .nested: []
        case .kernels(let numbers, _), .fused(_, let numbers): numbers
        }
    }
}

extension Inspection.Row {
    /// `4.61 k parameters · 295 k MACs`.
    var costText: String {
        [
            parameters > 0 ? "\(NumberText.short(parameters)) params" : "",
            multiplyAdds > 0 ? "\(NumberText.short(multiplyAdds)) MACs" : "",
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

extension LayerItem {
    /// The arguments as written, those of the layers inside left out: `filters: 16, kernel_size: 3`.
    var argumentsText: String {
        writtenArguments.map { "\($0.name): \($0.text)" }.joined(separator: ", ")
    }

    /// The arguments that were written, each with its text on one line.
    var writtenArguments: [(name: String, text: String)] {
        let layers = innerItems
        return type(of: layer).fullSchema.compactMap { descriptor in
            guard let span = arguments.valueSpan(descriptor.name) else { return nil }
            let holdsLayer = layers.contains {
                $0.span.range.lowerBound >= span.range.lowerBound
                    && $0.span.range.upperBound <= span.range.upperBound
            }
            if holdsLayer { return nil }
            let words = span.text.split(whereSeparator: \.isWhitespace)
            return (descriptor.name, words.joined(separator: " "))
        }
    }
}

extension Op {
    /// nil for constants, which aren't drawn.
    var tone: GraphSketch.Tone? {
        switch self {
        case .constant: nil
        case .input: .input
        case .convolution, .matmul, .recurrent: .product
        case .pool, .reduce, .softmax, .normalize, .batchNormalization: .reduction
        case .unary, .binary, .scaleShift, .band, .resize: .element
        case .pad, .slice, .concatenate, .interleave, .transpose, .reshape, .gather: .movement
        }
    }
}

extension GraphSketch.Tone {
    /// What a layer is mostly about comes first.
    fileprivate var rank: Int {
        switch self {
        case .product: 0
        case .reduction: 1
        case .element: 2
        case .movement: 3
        case .input: 4
        case .nothing: 5
        }
    }
}
