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
        guard shape.isWinogradable, options.transforms else { return nil }
        if let stored = options.choices[shape.key] {
            if case .winograd = stored.algorithm { return stored }
            return nil
        }
        // Below that the transforms cost more than the products.
        guard shape.channels >= 16, shape.filters >= 16 else { return nil }
        let best = candidates().min { $0.cycles < $1.cycles }
        guard let best, best.cycles < directCycles * 0.95 else { return nil }
        return best.choice
    }

    /// The cost of the direct sum.
    var directCycles: Double {
        let rank = shape.taps.count
        let taps = shape.taps.reduce(1, *)
        let positions = shape.outputs.reduce(1, *)
        let problem = CostModel.Contraction(
            rows: shape.outputs[rank - 1], columns: shape.outputs[rank],
            repeats: shape.outputs.dropLast(2).reduce(1, *), reduction: taps * shape.channels,
            filters: shape.filters, groups: shape.groups, lanes: lanes,
            inputBytes: positions * shape.strides.reduce(1, *) * shape.channels * 4)
        return ContractionChooser(model: model, problem: problem).choose().cycles
    }

    func candidates() -> [(choice: ContractionChoice, cycles: Double)] {
        let variants: [Winograd] = options.math == .fast ? [.f2, .f4] : [.f2]
        return variants.flatMap { variant -> [(ContractionChoice, Double)] in
            let tileRows = tiles(variant, shape.outputs.count - 2)
            return (1...tileRows).filter { $0 == tileRows || $0 <= 8 }.map { rows in
                candidate(variant, rows: rows, of: tileRows)
            }
        }
    }

    private func tiles(_ variant: Winograd, _ axis: Int) -> Int {
        (shape.outputs[axis] + variant.outputs - 1) / variant.outputs
    }

    private func candidate(
        _ variant: Winograd, rows: Int, of tileRows: Int
    ) -> (ContractionChoice, Double) {
        let rank = shape.taps.count
        let depthTaps = rank == 3 ? shape.taps[0] : 1
        let outputSlices = shape.outputs.dropLast(2).reduce(1, *)
        let inputSlices =
            rank == 3
            ? shape.outputs[0] * ((shape.outputs[1] - 1) * shape.strides[0] + depthTaps)
            : shape.outputs[0]
        let tilesOfSlice = rows * tiles(variant, rank)
        let tileCount = outputSlices * tilesOfSlice
        let problem = CostModel.Contraction(
            rows: 1, columns: tileCount, repeats: 1, reduction: depthTaps * shape.channels,
            filters: shape.filters, groups: variant.positions, lanes: lanes,
            inputBytes: inputSlices * tilesOfSlice * shape.channels * 4)
        let strips = (tileRows + rows - 1) / rows
        // Weights that stay in the second-level cache beside a strip are cold only once.
        let weightBytes =
            variant.positions * problem.reduction * shape.filters * 4
        let scratchBytes =
            variant.positions * 4 * tilesOfSlice
            * (inputSlices * shape.channels + outputSlices * shape.filters)
        let stays = weightBytes + scratchBytes <= CostModel.secondLevel * 3 / 2
        let cold = model.coldWeights && (strips == 1 || !stays)
        let inner = CostModel(target: model.target, coldWeights: cold)
        let (choice, products) = ContractionChooser(
            model: inner, problem: problem, orders: [.filtersOuter]
        ).choose()
        let transforms = model.transformCycles(
            variant, inputTiles: inputSlices * tilesOfSlice, outputTiles: tileCount,
            channelVectors: (shape.channels + lanes - 1) / lanes,
            filterVectors: (shape.filters + lanes - 1) / lanes, lanes: lanes)
        var cycles = (products + transforms) * Double(tileRows) / Double(rows)
        if model.coldWeights && !cold { cycles += Double(weightBytes) / CostModel.memoryRate }
        return (
            ContractionChoice(
                algorithm: .winograd(variant, rows: rows), tile: choice.tile,
                order: .filtersOuter, prefetches: choice.prefetches), cycles
        )
    }
}
