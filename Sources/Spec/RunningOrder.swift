/// The order in which Keras runs the layers of a model (`keras.src.ops.function.map_graph`): by the
/// longest way to an output, the longest first, and what is as far in the order in which the search from
/// the outputs meets it. A `Model` among them runs as one layer.
struct RunningOrder {
    /// What outputs don't depend on is not among them.
    private(set) var indices: [Int] = []

    private let layers: [CheckedLayer]

    init(_ layers: [CheckedLayer], outputs: [Int]) {
        self.layers = layers
        run(Array(layers.indices), outputs: outputs, scope: 0)
    }

    /// What runs as one in a graph: a layer, or a `Model` with its layers.
    private struct Unit {
        /// Whose variables it has: units that have the same are one layer, applied again.
        var identity: String
        var members: [Int] = []
        /// The layers that it reads.
        var sources: [Int] = []
    }

    /// Runs the layers of one graph, the names of which begin with `scope` characters that are the
    /// graph's own.
    private mutating func run(_ members: [Int], outputs: [Int], scope: Int) {
        var units: [Unit] = []
        var numbers: [String: Int] = [:]
        var unitOf: [Int: Int] = [:]
        for index in members {
            let item = layers[index].item
            let own = item.name.dropFirst(scope)
            // The name of what comes into a Model inside another layer begins with a slash.
            let slash = own.dropFirst().firstIndex(of: "/")
            let name = String(own[..<(slash ?? own.endIndex)])
            let number = numbers[name] ?? units.count
            if number == units.count {
                numbers[name] = number
                let whole = item.name.prefix(scope) + name
                units.append(Unit(identity: slash == nil ? item.variablesName : String(whole)))
            }
            unitOf[index] = number
            units[number].members.append(index)
            // A Model that is applied again has layers with the variables of the first one's.
            if let slash, item.shared != nil, item.variablesName.hasSuffix(own[slash...]) {
                units[number].identity = String(
                    item.variablesName.dropLast(own[slash...].count))
            }
            units[number].sources += layers[index].inputs.filter {
                unitOf[$0].map { $0 != number } ?? false
            }
        }
        let edges = units.map { unit in unit.sources.map { unitOf[$0]! } }
        for number in Self.order(
            units.map(\.identity), edges, outputs: outputs.compactMap { unitOf[$0] })
        {
            runUnit(units[number].members, scope: scope)
        }
    }

    private mutating func runUnit(_ members: [Int], scope: Int) {
        let last = members[members.count - 1]
        // A layer with several outputs: it, and what stands for each of them.
        let isLayer = !layers[members[0]].item.name.dropFirst(scope).contains("/")
        guard members.count > 1, !isLayer else {
            indices += members
            return
        }
        let hasEnd = !layers[last].item.name.dropFirst(scope).contains("/")
        let name = layers[members[0]].item.name.dropFirst(scope).prefix { $0 != "/" }
        let outputs =
            hasEnd ? layers[last].inputs : members.filter { layers[$0].item.isModelOutput }
        // What comes in is there before anything is run.
        let innerScope = scope + name.count + 1
        let inputs = members.filter { index in
            layers[index].item.layer is ModelInput
                && !layers[index].item.name.dropFirst(innerScope).contains("/")
        }
        indices += inputs
        run(
            members.filter { !inputs.contains($0) && !(hasEnd && $0 == last) },
            outputs: outputs.filter { !inputs.contains($0) }, scope: innerScope)
        if hasEnd { indices.append(last) }
    }

    private static func order(
        _ identities: [String], _ edges: [[Int]], outputs: [Int]
    ) -> [Int] {
        var depths: [Int?] = edges.map { _ in nil }
        var met: [Int] = []
        // A layer that is applied several times counts where it is farthest from the outputs.
        var layerDepths: [String: Int] = [:]
        func deepen(_ index: Int, _ depth: Int) {
            if depths[index] == nil { met.append(index) }
            depths[index] = max(depth, depths[index] ?? 0)
        }
        for index in sourcesFirst(edges, outputs).reversed() {
            let name = identities[index]
            deepen(index, layerDepths[name] ?? 0)
            let depth = depths[index]!
            layerDepths[name] = depth
            for source in edges[index] { deepen(source, depth + 1) }
        }
        let byDepth = Dictionary(grouping: met) { depths[$0]! }
        return byDepth.keys.sorted(by: >).flatMap { byDepth[$0]! }
    }

    /// What the outputs depend on, each behind those that it reads, depth first.
    private static func sourcesFirst(_ edges: [[Int]], _ outputs: [Int]) -> [Int] {
        var order: [Int] = []
        var isMet = [Bool](repeating: false, count: edges.count)
        for output in outputs where !isMet[output] {
            isMet[output] = true
            var path = [(index: output, next: 0)]
            while let top = path.last {
                guard top.next < edges[top.index].count else {
                    order.append(top.index)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let source = edges[top.index][top.next]
                guard !isMet[source] else { continue }
                isMet[source] = true
                path.append((source, 0))
            }
        }
        return order
    }
}
