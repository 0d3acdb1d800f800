import Plan

/// What the passes have to say about one chain of layers.
package struct RemarkChain: Sendable {
    package var layers: [String]
    package var messages: [String]
    package var passes: [String]

    /// The remarks in their order, those on the same chain of layers, or a part of it, together.
    package static func chains(_ remarks: [Remark]) -> [RemarkChain] {
        var chains: [RemarkChain] = []
        // Two that belong together have a layer in common.
        var chainsOfLayer: [String: [Int]] = [:]
        for remark in remarks {
            let own = Set(remark.layers)
            let candidates = Set(own.flatMap { chainsOfLayer[$0] ?? [] })
            let found = candidates.sorted().first {
                own.isSuperset(of: chains[$0].layers) || own.isSubset(of: chains[$0].layers)
            }
            let index = found ?? chains.count
            if found == nil {
                chains.append(RemarkChain(layers: remark.layers, messages: [], passes: []))
            } else if own.count > chains[index].layers.count {
                chains[index].layers = remark.layers
            }
            for layer in own where chainsOfLayer[layer]?.contains(index) != true {
                chainsOfLayer[layer, default: []].append(index)
            }
            if !chains[index].messages.contains(remark.message) {
                chains[index].messages.append(remark.message)
            }
            if !chains[index].passes.contains(remark.pass) {
                chains[index].passes.append(remark.pass)
            }
        }
        return chains
    }
}
