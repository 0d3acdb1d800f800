import Diagnostics
import IR
import Plan
import Spec

/// What `bnc inspect` knows of a model: its layers, what they cost, and what becomes of them.
package struct Inspection: Sendable {
    /// A layer, or a layer inside another.
    package struct Row: Sendable {
        package var item: LayerItem
        /// Its place in the weights file: `conv2d`, `stem/conv2d`.
        package var path: String
        /// 0 for an item of `layers`, 1 for a layer inside it...
        package var depth: Int
        /// Indices of the rows it reads.
        package var inputs: [Int]
        package var inputTypes: [TensorType]
        package var outputType: TensorType
        /// How much of the model's inputs a cell of the output depends on, where that is known.
        package var receptiveField: ReceptiveField?
        /// Variables of the layer itself, without those of rows below it.
        package var trainableParameters: Int
        package var fixedParameters: Int
        /// Multiply-adds of convolutions and matrix products, for one sample, as the layer is written.
        package var multiplyAdds: Int
        package var role: Role

        package var name: String { item.name }
        package var className: String { item.className }
        package var parameters: Int { trainableParameters + fixedParameters }
        /// Bytes of the output for one sample, were it stored.
        package var activationByteCount: Int { outputType.byteCount }
        /// The spec's line with the layer's class, from 1.
        package var line: Int { item.span.start.line }
    }

    /// How a layer is computed in the end.
    package enum Role: Sendable, Hashable {
        case input
        /// By these kernels of its own (numbers from 1), which compute the layers in `with` too.
        case kernels([Int], with: [String])
        /// Within the kernels named after another layer.
        case fused(into: String, kernels: [Int])
        /// A change of shape that costs nothing, or what does nothing at inference.
        case nothing
        /// As its rows below say.
        case nested
    }

    package let model: CheckedModel
    package let rows: [Row]
    package let plan: Plan
    /// The lowered graph, before any pass.
    package let graph: Graph
    package let weights: Weights.Origin
    let multiplyAddsByName: [String: Int]

    package init(
        _ model: CheckedModel, weights: Weights, target: Target, threads: Int = 1,
        options: PlanOptions = PlanOptions()
    ) {
        self.model = model
        self.weights = weights.origin
        graph = Compiler.lower(model, weights)
        plan = Compiler.plan(graph, target: target, threads: threads, options: options)
        rows = InspectionRows(model, graph, plan).rows
        multiplyAddsByName = Dictionary(
            rows.map { ($0.name, $0.multiplyAdds) }, uniquingKeysWith: +)
    }

    package var trainableParameters: Int { rows.reduce(0) { $0 + $1.trainableParameters } }
    package var fixedParameters: Int { rows.reduce(0) { $0 + $1.fixedParameters } }
    package var parameters: Int { trainableParameters + fixedParameters }
    package var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }

    /// Why a fusion was not made, unless another way was found to fold the same layers.
    package var openRemarks: [Remark] {
        // Each layer's folds: a remark is looked up by its first layer.
        var folds: [String: [Set<String>]] = [:]
        for remark in plan.remarks where remark.applied && remark.pass.hasPrefix("fold-") {
            let layers = Set(remark.layers)
            for layer in layers { folds[layer, default: []].append(layers) }
        }
        return plan.remarks.filter { remark in
            guard !remark.applied, let first = remark.layers.first else { return !remark.applied }
            return !(folds[first] ?? []).contains { $0.isSuperset(of: remark.layers) }
        }
    }

    /// Bytes of all layers' outputs, were each stored apart: what fusing and sharing memory save from.
    package var activationByteCount: Int {
        rows.reduce(0) { $0 + ($1.depth == 0 ? $1.activationByteCount : 0) }
    }

    /// Bytes of the variables as the weights file holds them in float32.
    package var weightByteCount: Int { parameters * 4 }
    /// Bytes of the weights as kernels read them: folded, packed and padded.
    package var packedByteCount: Int { plan.constantCount * 4 }
    /// Bytes of all intermediate values at the peak.
    package var arenaByteCount: Int { plan.arenaCount * 4 }
}

/// Finds the rows: walks the layers and looks up what the graph and the plan made of each.
private struct InspectionRows {
    private let model: CheckedModel
    private(set) var rows: [Inspection.Row] = []
    private var rowByPath: [String: Int] = [:]
    /// The first row of each name.
    private var rowByName: [String: Int] = [:]
    /// Numbers (from 1) of the kernels that compute a layer.
    private var kernels: [String: [Int]] = [:]

    init(_ model: CheckedModel, _ graph: Graph, _ plan: Plan) {
        self.model = model
        for (index, step) in plan.steps.enumerated() {
            for layer in Set(step.layers) { kernels[layer, default: []].append(index + 1) }
        }
        var rowOfLayer: [Int] = []
        for layer in model.layers {
            rowOfLayer.append(rows.count)
            add(
                layer.item, path: layer.name, depth: 0, inputs: layer.inputs.map { rowOfLayer[$0] },
                layer.inputTypes, output: layer.outputType)
        }
        addParameters()
        addMultiplyAdds(graph)
        addReceptiveFields(graph)
        addRoles(plan)
    }

    private mutating func add(
        _ item: LayerItem, path: String, depth: Int, inputs: [Int], _ types: [TensorType],
        output: TensorType
    ) {
        let inner = item.sequence
        if rowByName[item.name] == nil { rowByName[item.name] = rows.count }
        rowByPath[path] = rows.count
        rows.append(
            Inspection.Row(
                item: item, path: path, depth: depth, inputs: inputs, inputTypes: types,
                outputType: output, trainableParameters: 0, fixedParameters: 0, multiplyAdds: 0,
                role: types.isEmpty ? .input : inner.isEmpty ? .nothing : .nested))
        var type = types.first
        var before = inputs
        for item in inner {
            guard let input = type, item.takesInput else { continue }
            let output = item.checkedOutputType(input)
            let row = rows.count
            add(
                item, path: "\(path)/\(item.name)", depth: depth + 1, inputs: before, [input],
                output: output)
            type = output
            before = [row]
        }
    }

    /// The row that a variable belongs to: the one whose path is the longest beginning of its key.
    private func row(ofKey key: String) -> Int? {
        var end = key.endIndex
        while let slash = key[..<end].lastIndex(of: "/") {
            if let row = rowByPath[String(key[..<slash])] { return row }
            end = slash
        }
        return nil
    }

    private mutating func addParameters() {
        for layer in model.layers {
            for weight in layer.weights {
                guard let row = row(ofKey: weight.name) else { continue }
                if weight.trainable {
                    rows[row].trainableParameters += weight.count
                } else {
                    rows[row].fixedParameters += weight.count
                }
            }
        }
    }

    private mutating func addMultiplyAdds(_ graph: Graph) {
        // What applies a layer again multiplies with the variables of the first use.
        let reused = Set(model.layers.filter { $0.item.shared != nil }.map(\.name))
        for node in graph.nodes {
            guard let count = graph.multiplyAdds(of: node) else { continue }
            let keys = node.inputs.compactMap { graph.constant($0)?.name }
            let again = node.layers.first { reused.contains($0) }
            let owner =
                again.flatMap { rowByName[$0] } ?? keys.compactMap { row(ofKey: $0) }.first
                ?? node.layers.compactMap { rowByName[$0] }.min()
            if let owner { rows[owner].multiplyAdds += count }
        }
    }

    /// A layer's output is the last value of its name and shape; one without ops hands on what it reads.
    private mutating func addReceptiveFields(_ graph: Graph) {
        let fields = ReceptiveFields(graph)
        var values: [String: [ValueID]] = [:]
        for (index, node) in graph.nodes.enumerated() {
            if case .constant = node.op { continue }
            for layer in node.layers { values[layer, default: []].append(ValueID(index)) }
        }
        for index in rows.indices {
            let name = rows[index].name
            let own = values[name]?.last {
                graph.type($0).shape.dropFirst().elementsEqual(rows[index].outputType.shape)
            }
            if let own, rowByName[name] == index {
                rows[index].receptiveField = fields[own]
            } else if values[name] == nil, rows[index].inputs.count == 1, !holdsOthers(index) {
                rows[index].receptiveField = rows[rows[index].inputs[0]].receptiveField
            }
        }
        // What holds others makes what the last of them makes.
        for index in rows.indices.reversed()
        where rows[index].receptiveField == nil && holdsOthers(index) {
            let depth = rows[index].depth
            let end = rows[(index + 1)...].firstIndex { $0.depth <= depth } ?? rows.count
            let last = rows[(index + 1)..<end].lastIndex { $0.depth == depth + 1 }
            if let last, rows[last].outputType == rows[index].outputType {
                rows[index].receptiveField = rows[last].receptiveField
            }
        }
    }

    private func holdsOthers(_ index: Int) -> Bool {
        index + 1 < rows.count && rows[index + 1].depth > rows[index].depth
    }

    private mutating func addRoles(_ plan: Plan) {
        var multiplyAdds: [String: Int] = [:]
        for row in rows { multiplyAdds[row.name, default: 0] += row.multiplyAdds }
        for index in rows.indices {
            guard rows[index].role != .nested, let numbers = kernels[rows[index].name] else {
                continue
            }
            let name = rows[index].name
            // A kernel is named after the layer that does the work in it, else after its first.
            let main = numbers.map { number in
                let layers = plan.steps[number - 1].layers
                return layers.first { multiplyAdds[$0, default: 0] > 0 } ?? layers[0]
            }
            let own = zip(numbers, main).filter { $0.1 == name }.map(\.0)
            if own.isEmpty {
                rows[index].role = .fused(into: main[0], kernels: numbers)
            } else {
                var with: [String] = []
                for number in own {
                    for layer in plan.steps[number - 1].layers
                    where layer != name && !with.contains(layer) { with.append(layer) }
                }
                rows[index].role = .kernels(own, with: with)
            }
        }
    }
}

extension LayerItem {
    fileprivate var takesInput: Bool {
        if case .none = type(of: layer).inputCount { false } else { true }
    }
}
