import IR
import Plan

/// Convolutions by Winograd's algorithm: the input is transformed tile by tile, each position of the
/// tiles is a matrix product, and the products are transformed back. An axis in front (the depth of
/// a 3D convolution) is summed over with the channels; a single one is the axis of rows.
extension Planner {
    /// Tiles that are transformed, multiplied and transformed back together: some rows of tiles, or
    /// a part of one row.
    struct WinogradBlock {
        let rows: Int
        let columns: Int
    }

    /// What is constant about one convolution while its blocks are planned.
    private struct WinogradPlan {
        let variant: Winograd
        let input: View
        let output: View
        let instructions: [EpilogueInstruction]
        let operands: [[Int]]
        let axes: ConvolutionShape.WinogradAxes
        /// Tiles of the whole result, down and to the right.
        let tiles: (rows: TileAxis, columns: TileAxis)
        let transformed: View
        let products: View
        let layout: WeightsLayout
        let tile: Tile
        let prefetches: Bool
        let weights: Location
        let bias: Location
        let lanes: Int
    }

    mutating func planWinograd(
        _ value: ValueID, _ node: Node, _ op: ConvolutionOp, _ variant: Winograd,
        _ wanted: WinogradBlock, _ choice: ContractionChoice
    ) {
        let kernel = weights(of: node)
        let rank = op.strides.count
        let shape = node.type.shape
        let kernelShape = kernel.type.shape
        let convolution = ConvolutionShape(op, kernel: kernelShape, output: shape)
        let (channels, filters) = (kernelShape[rank], kernelShape[rank + 1])
        let depthTaps = convolution.winogradSlices(variant).taps
        let input = paddedInput(
            node.inputs[0], convolution.winogradPadding(op.padding, variant), value)
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        let axes = convolution.winogradAxes(variant)
        let tiles = convolution.tileAxes(variant)
        let (tileRows, tileColumns) = (tiles.rows.count, tiles.columns.count)
        let columns = min(wanted.columns, tileColumns)
        let rows = columns < tileColumns ? 1 : min(wanted.rows, tileRows)
        let stripTiles = rows * columns * tiles.rows.blocks * tiles.columns.blocks
        let lanes = self.lanes(for: filters)

        // V is [position][batch][slice][tile][channel], M likewise with output slices and filters.
        func slices(_ shape: [Int]) -> Int {
            shape[0] * (axes.depth.map { shape[$0 + 1] } ?? 1)
        }
        func scratch(_ planner: inout Planner, _ suffix: String, _ slices: Int, _ width: Int)
            -> View
        {
            // A few cells apart from a power of two, so that positions don't share cache sets.
            let pitch = ArenaAllocator.aligned(slices * stripTiles * width) + 16
            return planner.newBuffer(
                node.name + suffix, layers: node.layers, shape: [variant.positions, pitch],
                border: [])
        }
        let transformed = scratch(
            &self, ".tiles", slices(input.shape), channels + Placement.gap(channels: channels))
        let products = scratch(&self, ".products", slices(shape), filters)

        let layout = WeightsLayout(
            groups: variant.positions, reduction: depthTaps * channels, filters: filters,
            lanes: lanes, vectors: choice.tile.vectors)
        let bias = node.opInputCount == 3 ? graph.constant(node.inputs[2]) : nil
        let plan = WinogradPlan(
            variant: variant, input: input, output: output, instructions: instructions,
            operands: operands, axes: axes, tiles: tiles, transformed: transformed,
            products: products, layout: layout, tile: choice.tile, prefetches: choice.prefetches,
            weights: constants.packWinograd(kernel, variant, layout),
            bias: constants.packRows(bias, rows: 1, columns: filters, lanes: lanes),
            lanes: lanes)

        let wholeRows = tiles.rows.missing == 0 ? tileRows : tileRows - 1
        let rounds = rows == tileRows ? 1 : max(1, wholeRows / rows)
        let count =
            axes.columns == nil
            ? "\(tileRows * tiles.rows.blocks)"
            : "\(tileRows * tiles.rows.blocks)x\(tileColumns * tiles.columns.blocks)"
        var note = "Winograd \(variant), \(count) tiles"
        if axes.depth != nil { note += " in each of \(slices(input.shape)) slices" }
        if columns < tileColumns {
            note += ", \(columns) at a time"
        } else if rounds > 1 {
            note += ", \(rows) rows of them at a time"
        }
        // Before the loop, not in it.
        if case .buffer(let number) = output.location.region { closeBorder(number, of: value) }
        func row(_ planner: inout Planner, _ start: Int, _ rows: Int, isLoop: Bool) {
            for column in stride(from: 0, to: tileColumns, by: columns) {
                planner.appendWinograd(
                    plan, of: value, node, op, rows: start..<(start + rows),
                    columns: column..<min(tileColumns, column + columns), isLoop: isLoop, note)
            }
        }
        if options.threads > 1 {
            // Steps of a loop can't be split.
            for round in 0..<rounds { row(&self, round * rows, rows, isLoop: false) }
        } else {
            let first = steps.count
            row(&self, 0, rows, isLoop: rounds > 1)
            if rounds > 1 { loopSteps(first..<steps.count, count: rounds) }
        }
        let done = rows * rounds
        if done < tileRows { row(&self, done, tileRows - done, isLoop: false) }
    }

    /// The three kernels for a block of tiles.
    private mutating func appendWinograd(
        _ plan: WinogradPlan, of value: ValueID, _ node: Node, _ op: ConvolutionOp,
        rows tileRows: Range<Int>, columns tileColumns: Range<Int>, isLoop: Bool, _ note: String
    ) {
        let rank = op.strides.count
        let shape = node.type.shape
        let (input, output, axes, tileAxes) = (plan.input, plan.output, plan.axes, plan.tiles)
        let kernelChannels = input.shape[rank + 1]
        let (rows, columns) = (tileRows.count, tileColumns.count)
        let repeats = (rows: tileAxes.rows.blocks, columns: tileAxes.columns.blocks)
        let tiles = rows * columns * repeats.rows * repeats.columns
        let inputSlices = axes.depth.map { input.shape[$0 + 1] } ?? 1
        let pitch = kernelChannels + Placement.gap(channels: kernelChannels)
        let vStrides = (
            batch: inputSlices * tiles * pitch, slice: tiles * pitch,
            rowBlock: repeats.columns * rows * columns * pitch,
            columnBlock: rows * columns * pitch, row: columns * pitch, tile: pitch
        )
        // From one cell to the next; a single axis has no columns.
        func strides(_ strides: [Int]) -> (row: Int, column: Int) {
            (strides[axes.rows + 1], axes.columns.map { strides[$0 + 1] } ?? 0)
        }
        let inputStrides = strides(input.strides)
        var outer = [Loop(shape[0], [input.strides[0], vStrides.batch])]
        if let depth = axes.depth {
            outer.append(Loop(inputSlices, [input.strides[depth + 1], vStrides.slice]))
        }
        outer += [
            Loop(repeats.rows, [tileAxes.rows.blockStep * inputStrides.row, vStrides.rowBlock]),
            Loop(
                repeats.columns,
                [tileAxes.columns.blockStep * inputStrides.column, vStrides.columnBlock]),
        ]
        let rowStep = tileAxes.rows.step * inputStrides.row
        let columnStep = tileAxes.columns.step * inputStrides.column
        let moved = tileRows.lowerBound * rowStep + tileColumns.lowerBound * columnStep
        append(
            .winogradInput(
                WinogradInputKernel(
                    variant: plan.variant, input: input.location.advanced(by: moved),
                    output: plan.transformed.location, outer: outer.collapsed(),
                    rows: Loop(rows, [rowStep, vStrides.row]),
                    columns: Loop(columns, [columnStep, vStrides.tile]),
                    cellStrides: [
                        tileAxes.rows.cellStep * inputStrides.row,
                        tileAxes.columns.cellStep * inputStrides.column,
                    ],
                    channels: kernelChannels, positionStride: plan.transformed.strides[0],
                    lanes: lanes(for: kernelChannels))), of: value, suffix: "tiles", notes: [note],
            advances: isLoop ? [rows * rowStep, 0] : [])

        let filters = plan.layout.filters
        let outputSlices = axes.depth.map { shape[$0 + 1] } ?? 1
        var positions = [Loop(shape[0], [vStrides.batch, outputSlices * tiles * filters])]
        var reduction: [Loop] = []
        if let depth = axes.depth {
            positions.append(
                Loop(outputSlices, [vStrides.slice * op.strides[depth], tiles * filters]))
            reduction.append(
                Loop(
                    plan.layout.reduction / kernelChannels,
                    [vStrides.slice * op.dilation[depth]]))
        }
        positions.append(Loop(tiles, [pitch, filters]))
        positions = positions.collapsed()
        if positions.isEmpty { positions = [Loop(1, [0, 0])] }
        reduction = (reduction + [Loop(kernelChannels, [1])]).collapsed()
        if reduction.last?.strides != [1] { reduction.append(Loop(1, [1])) }
        append(
            .contraction(
                ContractionKernel(
                    input: plan.transformed.location, output: plan.products.location,
                    positions: positions, reduction: reduction, filters: filters,
                    groups: plan.variant.positions,
                    inputGroupStride: plan.transformed.strides[0],
                    outputGroupStride: plan.products.strides[0], filterStrides: [1, 1],
                    tile: plan.tile, lanes: plan.lanes, order: .filtersOuter,
                    prefetches: plan.prefetches, weights: plan.weights, bias: nil, epilogue: [])),
            of: value, suffix: "products",
            notes: [
                "the sums of each of \(plan.variant.positions) positions, \(Self.text(plan.tile, plan.lanes))"
                    + (plan.prefetches ? ", weights prefetched" : "")
            ], advances: isLoop ? [0, 0, 0] : [])

        // Of the output and of the epilogue's operands.
        let streams = [output.strides] + plan.operands
        var results = [
            Loop(shape[0], [outputSlices * tiles * filters] + streams.map { $0[0] })
        ]
        if let depth = axes.depth {
            results.append(
                Loop(outputSlices, [tiles * filters] + streams.map { $0[depth + 1] }))
        }
        results += [
            Loop(
                repeats.rows,
                [repeats.columns * rows * columns * filters]
                    + streams.map { strides($0).row * tileAxes.rows.blockStep }),
            Loop(
                repeats.columns,
                [rows * columns * filters]
                    + streams.map { strides($0).column * tileAxes.columns.blockStep }),
        ]
        let rowSteps = streams.map { strides($0).row * tileAxes.rows.step }
        let columnSteps = streams.map { strides($0).column * tileAxes.columns.step }
        var kernel = Kernel.winogradOutput(
            WinogradOutputKernel(
                variant: plan.variant, input: plan.products.location, output: output.location,
                bias: plan.bias, outer: results.collapsed(),
                rows: Loop(rows, [columns * filters] + rowSteps),
                columns: Loop(columns, [filters] + columnSteps),
                lastRows: tileAxes.rows.last(of: tileRows),
                lastColumns: tileAxes.columns.last(of: tileColumns),
                cellStrides: [
                    streams.map { strides($0).row * tileAxes.rows.cellStep },
                    streams.map { strides($0).column * tileAxes.columns.cellStep },
                ], filters: filters,
                filterStrides: [1, 1] + plan.operands.map { $0[$0.count - 1] },
                positionStride: plan.products.strides[0], lanes: plan.lanes,
                epilogue: plan.instructions))
        // Locations: products, output, bias, then the epilogue's operands, in the order of their
        // streams.
        let steps = [0, rowSteps[0], 0] + rowSteps.dropFirst()
        kernel = kernel.advanced(by: steps, rounds: tileRows.lowerBound)
        kernel = kernel.advanced(
            by: [0, columnSteps[0], 0] + columnSteps.dropFirst(), rounds: tileColumns.lowerBound)
        append(
            kernel, of: value, suffix: "results", notes: ["back from the tiles, with the epilogue"],
            advances: isLoop ? steps.map { $0 * rows } : [])
    }
}
