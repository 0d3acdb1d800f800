import IR
import Plan

extension Planner {
    /// The key of the choice that decides how a node is computed (`PlanOptions.choices`); nil for
    /// nodes that no choice is made for.
    package static func choiceKey(_ value: ValueID, _ graph: borrowing Graph) -> String? {
        let node = graph[value]
        guard node.inputs.count > 1, case .constant = graph[node.inputs[1]].op else { return nil }
        let kernel = graph.type(node.inputs[1]).shape
        switch node.op {
        case .convolution(let op):
            let shape = ConvolutionShape(op, kernel: kernel, output: node.type.shape)
            return shape.groups > 1 && shape.channels == 1 && shape.filters == 1 ? nil : shape.key
        case .matmul:
            guard kernel.count == 2 else { return nil }
            return "dense \(node.type.shape.dropLast().reduce(1, *))x\(kernel[0]) -> \(kernel[1])"
        default: return nil
        }
    }

    /// How a plan computes each shape, by key.
    package static func choices(of plan: Plan) -> [String: ContractionChoice] {
        var result: [String: ContractionChoice] = [:]
        var algorithms: [ValueID: ContractionChoice.Algorithm] = [:]
        for step in plan.steps {
            if case .winogradInput(let kernel) = step.kernel, algorithms[step.value] == nil {
                algorithms[step.value] = .winograd(
                    kernel.variant, rows: kernel.rows.count, columns: kernel.columns.count)
            }
            guard case .contraction(let kernel) = step.kernel,
                let key = choiceKey(step.value, plan.graph), result[key] == nil
            else { continue }
            result[key] = ContractionChoice(
                algorithm: algorithms[step.value] ?? .direct, tile: kernel.tile,
                order: kernel.order, prefetches: kernel.prefetches)
        }
        return result
    }

    /// The ways to compute each convolution and dense layer that the cost model puts first, by key:
    /// what is worth measuring. Those in chains that run by strips are left out.
    ///
    /// - Parameters:
    ///   - graph: optimized.
    ///   - count: how many for each, at most; both kinds of algorithm get a share.
    package static func candidates(
        _ graph: borrowing Graph, target: Target, options: PlanOptions, count: Int
    ) -> [String: [ContractionChoice]] {
        let weightCount = graph.constants.reduce(0) { $0 + $1.type.count }
        let model = CostModel(
            target: target, coldWeights: weightCount * 4 > CostModel.warmLevel)
        var convolutions: [Int: ConvolutionChooser] = [:]
        for index in graph.nodes.indices {
            guard case .convolution(let op) = graph.nodes[index].op else { continue }
            let node = graph.nodes[index]
            let shape = ConvolutionShape(
                op, kernel: graph.type(node.inputs[1]).shape, output: node.type.shape)
            convolutions[index] = ConvolutionChooser(
                model: model, options: options, shape: shape,
                lanes: lanes(for: shape.filters, target))
        }
        let chains = StripChain.find(graph, forced: false) { index in
            convolutions[index]?.winograd() != nil
        }
        let inChains = Set(chains.flatMap(\.nodes))
        var result: [String: [ContractionChoice]] = [:]
        for index in graph.nodes.indices where !inChains.contains(index) {
            guard let key = choiceKey(ValueID(index), graph), result[key] == nil else { continue }
            if let chooser = convolutions[index] {
                let direct = ContractionChooser(model: model, problem: chooser.directProblem)
                let transformed =
                    chooser.shape.channels >= 16 ? chooser.candidates(chooser.variants) : []
                result[key] =
                    best(transformed, count / 2)
                    + best(direct.candidates(), count - (transformed.isEmpty ? 0 : count / 2))
            } else {
                let node = graph.nodes[index]
                let kernel = graph.type(node.inputs[1]).shape
                let rows = node.type.shape.dropLast().reduce(1, *)
                let problem = CostModel.Contraction(
                    rows: 1, columns: rows, repeats: 1, reduction: kernel[0], filters: kernel[1],
                    groups: 1, lanes: lanes(for: kernel[1], target),
                    inputBytes: rows * kernel[0] * 4)
                result[key] = best(
                    ContractionChooser(model: model, problem: problem).candidates(), count)
            }
        }
        return result
    }

    private static func best(
        _ candidates: [(choice: ContractionChoice, cycles: Double)], _ count: Int
    ) -> [ContractionChoice] {
        candidates.sorted { $0.cycles < $1.cycles }.prefix(count).map(\.choice)
    }
}
