import Diagnostics
import IR
import Plan
import Spec

/// What `bnc inspect` knows of a model: its layers, what they cost, and what becomes of them.
package struct Inspection: Sendable {
    /// A layer, or a layer inside another.
    package struct Row: Sendable {
        package var name: String
        package var className: String
        /// 0 for an item of `layers`, 1 for a layer inside it...
        package var depth: Int
        package var outputType: TensorType
        /// Variables of the layer itself, without those of rows below it.
        package var trainableParameters: Int
        package var fixedParameters: Int
        /// Multiply-adds of convolutions and matrix products, for one sample, as the layer is written.
        package var multiplyAdds: Int
        package var role: Role

        package var parameters: Int { trainableParameters + fixedParameters }
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

    package init(
        _ model: CheckedModel, weights: Weights, target: Target, threads: Int = 1,
        options: PlanOptions = PlanOptions()
    ) {
        self.model = model
        self.weights = weights.origin
        graph = Compiler.lower(model, weights)
        plan = Compiler.plan(graph, target: target, threads: threads, options: options)
        rows = InspectionRows(model, graph, plan).rows
    }

    package var trainableParameters: Int { rows.reduce(0) { $0 + $1.trainableParameters } }
    package var fixedParameters: Int { rows.reduce(0) { $0 + $1.fixedParameters } }
    package var parameters: Int { trainableParameters + fixedParameters }
    package var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }

    /// Why a fusion was not made, unless another way was found to fold the same layers.
    package var openRemarks: [Remark] {
        let folded = plan.remarks.filter { $0.applied && $0.pass.hasPrefix("fold-") }
        return plan.remarks.filter { remark in
            !remark.applied
                && !folded.contains { Set($0.layers).isSuperset(of: remark.layers) }
        }
    }

    /// Bytes of the variables as the weights file holds them in float32.
    package var weightByteCount: Int { parameters * 4 }
    /// Bytes of the weights as kernels read them: folded, packed and padded.
    package var packedByteCount: Int { plan.constants.count * 4 }
    /// Bytes of all intermediate values at the peak.
    package var arenaByteCount: Int { plan.arenaCount * 4 }
}

/// Finds the rows: walks the layers and looks up what the graph and the plan made of each.
private struct InspectionRows {
    private let model: CheckedModel
    private(set) var rows: [Inspection.Row] = []
    /// Each row's place in the weights file: `conv2d`, `stem/conv2d`.
    private var paths: [String] = []
    /// Numbers (from 1) of the kernels that compute a layer.
    private var kernels: [String: [Int]] = [:]

    init(_ model: CheckedModel, _ graph: Graph, _ plan: Plan) {
        self.model = model
        for (index, step) in plan.steps.enumerated() {
            for layer in Set(step.layers) { kernels[layer, default: []].append(index + 1) }
        }
        for layer in model.layers {
            add(
                layer.item, path: layer.name, depth: 0, inputs: layer.inputTypes,
                output: layer.outputType)
        }
        addParameters()
        addMultiplyAdds(graph)
        addRoles(plan)
    }

    private mutating func add(
        _ item: LayerItem, path: String, depth: Int, inputs: [TensorType], output: TensorType
    ) {
        let inner = item.sequence
        rows.append(
            Inspection.Row(
                name: item.name, className: item.className, depth: depth, outputType: output,
                trainableParameters: 0, fixedParameters: 0, multiplyAdds: 0,
                role: inputs.isEmpty ? .input : inner.isEmpty ? .nothing : .nested))
        paths.append(path)
        var type = inputs.first
        for item in inner {
            guard let input = type, item.takesInput else { continue }
            let output = item.checkedOutputType(input)
            add(
                item, path: "\(path)/\(item.name)", depth: depth + 1, inputs: [input],
                output: output)
            type = output
        }
    }

    /// The row that a variable belongs to: the one whose path is the longest beginning of its key.
    private func row(ofKey key: String) -> Int? {
        var best: Int?
        for (index, path) in paths.enumerated()
        where key.hasPrefix(path + "/")
            && path.utf8.count > best.map({ paths[$0].utf8.count }) ?? -1
        {
            best = index
        }
        return best
    }

    private mutating func addParameters() {
        for weight in model.weights {
            guard let row = row(ofKey: weight.name) else { continue }
            if weight.trainable {
                rows[row].trainableParameters += weight.count
            } else {
                rows[row].fixedParameters += weight.count
            }
        }
    }

    private mutating func addMultiplyAdds(_ graph: Graph) {
        for node in graph.nodes {
            let count: Int
            switch node.op {
            case .convolution(let op):
                let kernel = graph.type(node.inputs[1])
                let x = graph.type(node.inputs[0])
                // Transposed, each cell goes into one output cell for each tap.
                count =
                    op.dilatesInput
                    ? x.count / x.shape.last! * kernel.count
                    : node.type.count * (kernel.count / kernel.shape.last!)
            case .recurrent:
                let x = graph.type(node.inputs[0])
                let kernel = graph.type(node.inputs[1])
                count = x.count / x.shape.last! * kernel.count
            case .matmul: count = node.type.count * graph.type(node.inputs[0]).shape.last!
            default: continue
            }
            let owner =
                node.inputs.lazy.compactMap { graph.constant($0)?.name }.compactMap(row(ofKey:))
                .first ?? rows.firstIndex { node.layers.contains($0.name) }
            if let owner { rows[owner].multiplyAdds += count }
        }
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
