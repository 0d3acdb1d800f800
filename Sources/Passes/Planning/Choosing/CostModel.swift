import Plan

/// The cost model behind the planner's choices, in cycles of one core.
///
/// A core does some multiply-adds of a vector a cycle (`Target.Core`; one multiplication and one addition
/// without FMA), two loads at most (`loadRate`), and can add to the same register every 4 cycles.
/// Memory is three levels: what is in the first-level cache costs only its loads; the second level and
/// what lies behind it deliver so many bytes a cycle. Weights are cold (they come from behind the second level once a prediction)
/// unless all of a model's weights stay in it.
///
/// The rates are those of a server core of 2019 with a busy neighbour, deliberately low: where
/// algorithms are close, the one that streams less wins.
struct CostModel {
    let target: Target
    /// Bytes a cycle at which weights arrive; nil where they are in the second-level cache already.
    let weightRate: Double?

    /// - Parameter coldWeights: whether weights have to come from memory in each prediction.
    init(target: Target, coldWeights: Bool) {
        self.target = target
        weightRate = coldWeights ? target.core.memoryRate : nil
    }

    init(target: Target, weightRate: Double?) {
        self.target = target
        self.weightRate = weightRate
    }

    var coldWeights: Bool { weightRate != nil }

    static let firstLevel = 24 << 10
    static let secondLevel = 640 << 10
    /// What may be expected to stay in the shared cache from one strip to the next.
    static let sharedLevel = 4 << 20
    /// Bytes a cycle from the second level and from the shared cache.
    static let nearRate = 18.0
    static let sharedRate = 7.0
    /// Weights of a model up to this size are still in the second-level cache when it runs again.
    static let warmLevel = 832 << 10

    /// A contraction as the model sees it.
    struct Contraction: Hashable {
        /// Output positions along the last two position loops, and how many times these run.
        var rows: Int
        var columns: Int
        var repeats: Int
        var reduction: Int
        var filters: Int
        var groups: Int
        var lanes: Int
        /// The input all positions read together.
        var inputBytes: Int
        /// Steps of the reduction's last loop where neighbouring positions read the same inputs in it;
        /// else 0.
        var sharedSteps = 0

        /// Whether weights are read once, one after the other: the core itself sees that and asks for
        /// them ahead, and to ask for them too is in its way (Zen 4, 1024 -> 1024, behind the second
        /// level: 55 µs with asking ahead, 42 without).
        var isSinglePosition: Bool { rows * columns * repeats == 1 }
    }

    /// Whether a tile's sums and what is kept beside them stay in registers.
    ///
    /// A single position takes its weights from memory as it multiplies. A short loop is unrolled by
    /// the compiler, which then keeps inputs that are read again: with 16 registers, and an instruction
    /// for each value that is copied to all lanes, sums have to make way for them (3x3 on one channel,
    /// AVX2: 5.0 µs with 12 sums in tiles of 2x3 positions, 3.8 with 8 in tiles of 1x2).
    func fitsRegisters(_ tile: Tile, _ problem: Contraction) -> Bool {
        let step = tile.positions * tile.vectors + tile.positions + tile.vectors
        let unrolls = problem.sharedSteps > 0 && problem.sharedSteps * step <= Self.unrolledSize
        let keepsInputs = unrolls && tile.columns > 1 && target.vectorRegisters <= 16
        let inputs = keepsInputs ? tile.positions : 1
        let weights = tile.positions > 1 ? tile.vectors : 1
        return tile.accumulators + weights + inputs <= target.vectorRegisters
    }

    /// Instructions of a loop that the compiler unrolls, about.
    private static let unrolledSize = 160
    /// Cycles from one addition to a register to the next.
    private static let latency = 4.0

    /// Loads a cycle. Without AVX-512 an input is copied to all lanes by an instruction of its own, and
    /// tiles of one vector, which have as many of them as sums, stay behind two loads a cycle (Zen 3:
    /// 49x512 -> 2048 takes 1.38 ms in tiles of 13 positions x 1 vector, 1.15 in tiles of 5 x 2).
    private var loadRate: Double { target.vectorRegisters <= 16 ? 1.8 : 2 }

    // MARK: Contraction

    func cycles(
        _ problem: Contraction, _ tile: Tile, _ order: ContractionKernel.Order, prefetches: Bool
    ) -> Double {
        let layout = WeightsLayout(
            groups: 1, reduction: problem.reduction, filters: problem.filters,
            lanes: problem.lanes, vectors: tile.vectors)
        let blocks = layout.blocks
        var compute = 0.0
        var tiles = 0
        for (rowCount, rowTimes) in Self.split(problem.rows, tile.rows) {
            for (columnCount, columnTimes) in Self.split(problem.columns, tile.columns) {
                let times = rowTimes * columnTimes * problem.repeats
                tiles += times
                for block in blocks {
                    compute +=
                        Double(times)
                        * tileCycles(
                            problem, positions: rowCount * columnCount, block: block,
                            sums: tile.sums,
                            walked: order == .positionsOuter
                                ? layout.weightCount * 4
                                : problem.reduction * block.vectors * problem.lanes * 4)
                }
            }
        }
        let weightBytes = Double(layout.weightCount * 4)
        let inputBytes = Double(problem.inputBytes)
        let traffic = weightRate.map { weightBytes / $0 } ?? 0
        switch order {
        case .filtersOuter:
            // A block's weights are walked once for each tile: beyond the second level if they, and
            // the next block's that are on their way, don't fit it.
            let blockBytes = problem.reduction * blocks[0].vectors * problem.lanes * 4
            if blockBytes * (prefetches ? 2 : 1) > Self.secondLevel {
                compute += weightBytes * Double(tiles - 1) / Self.sharedRate
            }
            // The input is walked once for each block of filters.
            if problem.inputBytes > Self.secondLevel {
                compute += inputBytes * Double(blocks.count) / Self.sharedRate
            }
            // The result is written in pieces of its rows, which come and go with each block.
            let outputBytes =
                problem.rows * problem.columns * problem.repeats * problem.filters * 4
            if blocks.count > 1, outputBytes > Self.secondLevel {
                compute += 0.5 * Double(outputBytes) / Self.sharedRate
            }
        case .positionsOuter:
            // The weights are walked once for each tile.
            if layout.weightCount * 4 > Self.secondLevel {
                compute += weightBytes * Double(tiles) / Self.sharedRate
            }
            if problem.inputBytes > Self.secondLevel { compute += inputBytes / Self.sharedRate }
        }
        // Asked for in time, weights arrive while the core computes, if never quite for nothing.
        let isAhead = prefetches || problem.isSinglePosition
        var perGroup =
            isAhead ? max(compute, traffic) + 0.25 * min(compute, traffic) : compute + traffic
        // One after the other they stream in, but not while a tile ends (Zen 4: 1024 -> 1024 takes 44 µs
        // in tiles of one vector, 42 in tiles of eight).
        if problem.isSinglePosition, coldWeights { perGroup += 100 * Double(blocks.count) }
        return perGroup * Double(problem.groups)
    }

    /// One tile over the whole reduction.
    ///
    /// - Parameter walked: bytes of weights that are read before a tile reads the same ones again.
    private func tileCycles(
        _ problem: Contraction, positions: Int, block: WeightsLayout.Block, sums: Int, walked: Int
    ) -> Double {
        let vectors = block.vectors
        let products = Double(positions * vectors)
        // A last vector of half the lanes takes half the time where vectors are computed by halves.
        let halves = target.core.multiplyAdds < 2 && block.hasNarrowLast ? Double(positions) / 2 : 0
        let arithmetic =
            target.hasFMA ? (products - halves) / target.core.multiplyAdds : products
        let loads = Double(positions + vectors) / loadRate
        var step = max(arithmetic, loads, Self.latency / Double(sums))
        // So does an input that does not fit: a row of it is shared by a few tiles at best.
        if problem.inputBytes > Self.firstLevel {
            step += Double(positions * 4) / Self.nearRate * 0.3
        }
        // Weights that outgrow the first-level cache come from the second each time.
        let bytes = vectors * problem.lanes * 4
        if walked > Self.firstLevel {
            step = max(step, Double(bytes) / Self.nearRate) + Double(bytes) / Self.nearRate * 0.25
        }
        // Partial sums are set to zero and added in pairs.
        let pairs = Double(sums - 1) * products + Self.latency * Double(sums.trailingZeroBitCount)
        return Double(problem.reduction) * step + products * 1.5 + pairs + 15
    }

    // MARK: Winograd

    /// The transforms of a strip, beside its products.
    ///
    /// - Parameters:
    ///   - tiles: of one slice.
    ///   - vectors: of channels and of filters.
    func transformCycles(
        _ variant: Winograd, inputTiles: Int, outputTiles: Int, channelVectors: Int,
        filterVectors: Int, lanes: Int
    ) -> Double {
        let positions = Double(variant.positions)
        let results = Double(variant.results)
        // Loads, additions and stores of a vector of each cell: more in larger tiles, and along a
        // second axis.
        let cells = max(variant.rows.cells, variant.columns.cells)
        let isPlane = variant.rows.isTransform && variant.columns.isTransform
        let (perCell, perResult) =
            isPlane
            ? (cells == 4 ? (2.6, 1.8) : (4.2, 2.6))
            : (cells == 4 ? (1.9, 1.5) : cells == 6 ? (2.6, 1.9) : (3.2, 2.1))
        let forwards = positions * perCell
        let backwards = (positions + results) * perResult
        let inputs = Double(inputTiles * channelVectors)
        let outputs = Double(outputTiles * filterVectors)
        // Measured on cores that do two vectors a cycle; on Zen 4 they take 1.2 to 1.4 times that.
        let slower = target.core.multiplyAdds < 2 ? 1.3 : 1
        var cycles = (inputs * forwards + outputs * backwards) * slower
        let scratch = (inputs + outputs) * positions * Double(lanes * 4)
        if scratch > Double(Self.secondLevel) {
            let isShared = scratch <= 2 * Double(Self.sharedLevel)
            cycles += 2 * scratch / (isShared ? Self.sharedRate : target.core.memoryRate)
        }
        return cycles
    }

    static func split(_ count: Int, _ size: Int) -> [(size: Int, times: Int)] {
        var parts: [(Int, Int)] = []
        if count / size > 0 { parts.append((size, count / size)) }
        if count % size > 0 { parts.append((count % size, 1)) }
        return parts
    }
}

extension CostModel.Contraction {
    init(
        _ positions: [Loop], _ reduction: [Loop], filters: Int, groups: Int, lanes: Int
    ) {
        self.init(
            rows: positions.count > 1 ? positions[positions.count - 2].count : 1,
            columns: positions.last!.count,
            repeats: positions.dropLast(2).reduce(1) { $0 * $1.count },
            reduction: reduction.reduce(1) { $0 * $1.count }, filters: filters, groups: groups,
            lanes: lanes, inputBytes: Self.touched(positions, reduction) * 4,
            sharedSteps: positions.last!.strides[0] < reduction.last!.count
                ? reduction.last!.count : 0)
    }

    init(_ kernel: ContractionKernel) {
        self.init(
            kernel.positions, kernel.reduction, filters: kernel.filters, groups: kernel.groups,
            lanes: kernel.lanes)
    }

    /// Elements of a group's input that are read, about: no more than lie between the first and the
    /// last.
    static func touched(_ positions: [Loop], _ reduction: [Loop]) -> Int {
        let extent = (positions + reduction).reduce(1) { $0 + ($1.count - 1) * abs($1.strides[0]) }
        return min(extent, (positions + reduction).reduce(1) { $0 * $1.count })
    }
}
