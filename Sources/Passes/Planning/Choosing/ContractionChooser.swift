import Plan

/// Chooses tile, loop order and prefetching of a contraction by the cost model.
struct ContractionChooser {
    let model: CostModel
    let problem: CostModel.Contraction
    var orders: [ContractionKernel.Order] = [.filtersOuter, .positionsOuter]

    /// What decides a choice for one target: most contractions of a deep model are like another one.
    struct Question: Hashable {
        var problem: CostModel.Contraction
        var weightRate: Double?
    }

    private var target: Target { model.target }

    /// The choice that costs least, and what it costs.
    func choose() -> (choice: ContractionChoice, cycles: Double) {
        var best: (choice: ContractionChoice, cycles: Double)?
        for (choice, cycles) in candidates() where best == nil || cycles < best!.cycles * 0.999 {
            best = (choice, cycles)
        }
        return best!
    }

    /// Every choice there is, with its cost.
    func candidates() -> [(choice: ContractionChoice, cycles: Double)] {
        let prefetches =
            target.prefetches && model.coldWeights && weightBytes >= 128 << 10
            && !problem.isSinglePosition
        return tiles().flatMap { tile in
            orders.map { order in
                let prefetch = prefetches && order == .filtersOuter
                return (
                    ContractionChoice(tile: tile, order: order, prefetches: prefetch),
                    model.cycles(problem, tile, order, prefetches: prefetch)
                )
            }
        }
    }

    private var weightBytes: Int {
        problem.filters * problem.reduction * problem.groups * 4
    }

    private func tiles() -> [Tile] {
        let needed = (problem.filters + problem.lanes - 1) / problem.lanes
        if !target.tiles.isEmpty {
            let fitting = target.tiles.filter { $0.vectors <= needed }
            return fitting.isEmpty ? [target.tiles[0]] : fitting
        }
        var tiles: [Tile] = []
        for vectors in 1...8 where vectors <= needed {
            for rows in 1...4 where rows <= problem.rows {
                for columns in 1...28 where columns <= max(1, problem.columns) {
                    if rows > 1 && columns > 14 { continue }
                    // One position waits for its own sums.
                    for sums in rows * columns == 1 ? [1, 2, 4, 8] : [1] {
                        let tile = Tile(
                            rows: rows, columns: columns, vectors: vectors, sums: sums)
                        if model.fitsRegisters(tile, problem) { tiles.append(tile) }
                    }
                }
            }
        }
        return tiles
    }
}
