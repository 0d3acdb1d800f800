import Plan

/// Decides whether a convolution is computed directly or by Winograd's algorithm, and by which.
///
/// This comes before memory is laid out, as ragged tiles ask for a wider border.
struct ConvolutionChooser {
    let model: CostModel
    let options: PlanOptions
    let shape: ConvolutionShape
    let lanes: Int

    /// The choice for a convolution that Winograd's algorithm should compute; nil for a direct one.
    func winograd() -> ContractionChoice? {
        guard options.transforms else { return nil }
        if let stored = options.choices[shape.key] {
            guard case .winograd(let variant, _, _) = stored.algorithm,
                shape.winogradVariants.contains(variant)
            else { return nil }
            return stored
        }
        if let forced = options.forced.winograd {
            let variants = shape.winogradVariants
            let variant = forced == .smallest ? variants.first : variants.last
            guard let variant else { return nil }
            return candidates([variant]).min { $0.cycles < $1.cycles }?.choice
        }
        // Below that the transforms cost more than the products.
        guard shape.channels >= 16, shape.filters >= 16 else { return nil }
        // Along one axis of a filter of two was measured on Zen 4 only.
        let known = variants.filter {
            model.target.core == .zen4 || !shape.isAlongOneOfTwo($0)
        }
        let best = candidates(known.filter(fits)).min { $0.cycles < $1.cycles }
        guard let best, best.cycles < directCycles * 0.95 else { return nil }
        return best.choice
    }

    /// The algorithms that are exact enough.
    var variants: [Winograd] {
        shape.winogradVariants.filter { options.math == .fast || !$0.isLessExact }
    }

    /// Whether the interpreter has room for the transformed filters, which it keeps in memory of its
    /// own; emitted code maps them from a file.
    private func fits(_ variant: Winograd) -> Bool {
        let filters = shape.winogradSlices(variant).taps * shape.channels * shape.filters
        return model.target.tiles.isEmpty || filters * variant.positions * 4 <= 16 << 20
    }

    /// The cost of the direct sum.
    var directCycles: Double {
        ContractionChooser(model: model, problem: directProblem).choose().cycles
    }

    /// The direct sum, as far as it is known before memory is laid out.
    var directProblem: CostModel.Contraction {
        let rank = shape.taps.count
        let taps = shape.taps.reduce(1, *)
        let positions = shape.outputs.reduce(1, *)
        let isPointwise = taps == 1 && shape.strides.allSatisfy { $0 == 1 }
        return CostModel.Contraction(
            rows: isPointwise ? 1 : shape.outputs[rank - 1],
            columns: isPointwise ? positions : shape.outputs[rank],
            repeats: isPointwise ? 1 : shape.outputs.dropLast(2).reduce(1, *),
            reduction: taps * shape.channels, filters: shape.filters, groups: shape.groups,
            lanes: lanes,
            inputBytes: positions * shape.strides.reduce(1, *) * shape.channels * 4,
            sharedSteps: shape.taps[rank - 1] > shape.strides[rank - 1]
                && shape.dilation[rank - 1] == 1 ? shape.taps[rank - 1] * shape.channels : 0)
    }

    /// The ways to cut the tiles into blocks, with their costs.
    func candidates(
        _ variants: [Winograd]
    ) -> [(choice: ContractionChoice, cycles: Double)] {
        variants.flatMap { variant -> [(ContractionChoice, Double)] in
            let axes = shape.tileAxes(variant)
            let (tileRows, tileColumns) = (axes.rows.count, axes.columns.count)
            // A strip of a few tiles leaves the products' tiles half empty.
            let strip = tileColumns * axes.rows.blocks * axes.columns.blocks
            let rows =
                strip < 8 ? Array(1...8) + [12, 16, 24, 32, 48, 64, 96, 128, 256] : Array(1...8)
            if options.threads > 1 { return blocks(variant, rows, tileRows, tileColumns) }
            let parts = (2...4).filter { tileColumns / $0 >= 7 }
            return (rows.filter { $0 < tileRows } + [tileRows]).map {
                candidate(variant, rows: $0, of: tileRows, columns: tileColumns)
            }
                + parts.map {
                    candidate(
                        variant, rows: 1, of: tileRows, columns: (tileColumns + $0 - 1) / $0)
                }
        }
    }

    /// Blocks for several threads: as many rows for each of them as one thread would take at a time, so
    /// that each thread's part of a block stays in its own cache.
    private func blocks(
        _ variant: Winograd, _ rows: [Int], _ tileRows: Int, _ tileColumns: Int
    ) -> [(ContractionChoice, Double)] {
        let count = options.threads
        let whole = candidate(variant, rows: tileRows, of: tileRows, columns: tileColumns)
        return [whole]
            + rows.filter { $0 * count < tileRows }.map { rows in
                var (choice, cycles) = candidate(
                    variant, rows: rows, of: tileRows, columns: tileColumns)
                choice.algorithm = .winograd(variant, rows: rows * count, columns: tileColumns)
                return (choice, cycles)
            }
    }

    /// All strips of `rows` rows of tiles, by parts of a row of `columns` tiles.
    private func candidate(
        _ variant: Winograd, rows: Int, of tileRows: Int, columns: Int
    ) -> (ContractionChoice, Double) {
        let parts = (shape.tileAxes(variant).columns.count + columns - 1) / columns
        let strips = (tileRows + rows - 1) / rows * parts
        let (choice, cycles) = strip(variant, rows: rows, columns: columns, strips: strips)
        var total = cycles * Double(tileRows / rows * parts)
        let rest = tileRows % rows
        if rest > 0 {
            total +=
                strip(variant, rows: rest, columns: columns, strips: strips).cycles * Double(parts)
        }
        return (choice, total)
    }

    /// One strip of `strips` alike.
    private func strip(
        _ variant: Winograd, rows: Int, columns: Int, strips: Int
    ) -> (choice: ContractionChoice, cycles: Double) {
        let slices = shape.winogradSlices(variant)
        let (inputSlices, outputSlices, depthTaps) = (slices.inputs, slices.outputs, slices.taps)
        let axes = shape.tileAxes(variant)
        let tilesOfSlice = rows * columns * axes.rows.blocks * axes.columns.blocks
        let tileCount = outputSlices * tilesOfSlice
        let problem = CostModel.Contraction(
            rows: 1, columns: tileCount, repeats: 1, reduction: depthTaps * shape.channels,
            filters: shape.filters, groups: variant.positions, lanes: lanes,
            inputBytes: inputSlices * tilesOfSlice * shape.channels * 4)
        let weightBytes = variant.positions * problem.reduction * shape.filters * 4
        let scratchBytes =
            variant.positions * 4 * tilesOfSlice
            * (inputSlices * shape.channels + outputSlices * shape.filters)
        // Weights that stay in the second-level cache beside a strip are cold only once; others come
        // from memory for the first strip, and from the shared cache again if they fit there.
        let stays = weightBytes + scratchBytes <= CostModel.secondLevel * 3 / 2
        let memoryRate = model.target.core.memoryRate
        let repeated =
            stays
            ? 1e9
            : weightBytes <= CostModel.sharedLevel ? CostModel.sharedRate : memoryRate
        let rate = Double(strips) / (1 / memoryRate + Double(strips - 1) / repeated)
        let inner = CostModel(target: model.target, weightRate: model.coldWeights ? rate : nil)
        let (choice, products) = ContractionChooser(
            model: inner, problem: problem, orders: [.filtersOuter]
        ).choose()
        let transforms = model.transformCycles(
            variant, inputTiles: inputSlices * tilesOfSlice, outputTiles: tileCount,
            channelVectors: (shape.channels + lanes - 1) / lanes,
            filterVectors: (shape.filters + lanes - 1) / lanes, lanes: lanes)
        return (
            ContractionChoice(
                algorithm: .winograd(variant, rows: rows, columns: columns), tile: choice.tile,
                order: .filtersOuter, prefetches: choice.prefetches && !stays),
            products + transforms
        )
    }
}
