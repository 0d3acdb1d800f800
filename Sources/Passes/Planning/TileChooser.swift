import Plan

/// Chooses the register tile of a contraction by a cost model: cycles of the inner loop, which is
/// bound by multiply-adds, loads or latency, over all tiles of all blocks.
///
/// For one step of the reduction a tile of `p` positions and `v` vectors loads `v` vectors of weights,
/// broadcasts `p` inputs and does `p * v` multiply-adds. Per cycle a core does two multiply-adds (one
/// multiply and one add without FMA) and two loads; an accumulator can be added to every 4 cycles.
struct TileChooser {
    let target: Target
    let lanes: Int
    let filters: Int
    let reduction: Int
    /// Output positions along the last two position loops.
    let rows: Int
    let columns: Int

    struct Choice {
        var tile: Tile
        var cycles: Double
    }

    func choose() -> Choice {
        var best: Choice?
        let vectorsNeeded = (filters + lanes - 1) / lanes
        for tile in candidates(vectorsNeeded) {
            let cycles = cost(tile)
            if best == nil || cycles < best!.cycles * 0.999 {
                best = Choice(tile: tile, cycles: cycles)
            }
        }
        return best!
    }

    private func candidates(_ vectorsNeeded: Int) -> [Tile] {
        if !target.tiles.isEmpty {
            let fitting = target.tiles.filter { $0.vectors <= vectorsNeeded }
            return fitting.isEmpty ? [target.tiles[0]] : fitting
        }
        var tiles: [Tile] = []
        for vectors in 1...8 where vectors <= vectorsNeeded {
            for rowCount in 1...4 where rowCount <= rows {
                for columnCount in 1...28 where columnCount <= max(1, columns) {
                    let tile = Tile(rows: rowCount, columns: columnCount, vectors: vectors)
                    if rowCount > 1 && columnCount > 14 { continue }
                    if tile.accumulators + vectors + 1 <= target.vectorRegisters
                        || tile.accumulators == 1
                    {
                        tiles.append(tile)
                    }
                }
            }
        }
        return tiles
    }

    private func cost(_ tile: Tile) -> Double {
        let blocks = WeightsLayout(
            groups: 1, reduction: reduction, filters: filters, lanes: lanes, vectors: tile.vectors
        ).blocks
        var total = 0.0
        for block in blocks {
            for (rowCount, rowTimes) in split(rows, tile.rows) {
                for (columnCount, columnTimes) in split(columns, tile.columns) {
                    total +=
                        Double(rowTimes * columnTimes)
                        * tileCost(positions: rowCount * columnCount, vectors: block.vectors)
                }
            }
        }
        return total
    }

    private func split(_ count: Int, _ size: Int) -> [(size: Int, times: Int)] {
        var parts: [(Int, Int)] = []
        if count / size > 0 { parts.append((size, count / size)) }
        if count % size > 0 { parts.append((count % size, 1)) }
        return parts
    }

    private func tileCost(positions: Int, vectors: Int) -> Double {
        let products = Double(positions * vectors)
        let arithmetic = target.hasFMA ? products / 2 : products
        let loads = Double(positions + vectors) / 2
        let step = max(arithmetic, loads, 4)
        // Weights of a block that outgrows the first-level cache come from the second.
        let streamed = reduction * vectors * lanes * 4 > 24_000 ? Double(vectors) * 0.6 : 0
        return Double(reduction) * max(step, step * 0.75 + streamed) + products * 1.5 + 12
    }
}
