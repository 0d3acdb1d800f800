import IR
import Plan

/// Convolutions with 3x3 filters by Winograd's algorithm: the input is transformed tile by tile, each
/// position of the tiles is a matrix product, and the products are transformed back. A third axis in
/// front (the depth of a 3D convolution) is summed over with the channels.
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
        /// Tiles of the whole result, down and to the right.
        let tileRows: Int
        let tileColumns: Int
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
        let (channels, filters) = (kernelShape[rank], kernelShape[rank + 1])
        let depthTaps = rank == 3 ? kernelShape[0] : 1
        let input = paddedInput(
            node.inputs[0], ConvolutionShape.winogradPadding(op, node.type.shape, variant), value)
        let output = outputView(value)
        let (instructions, operands) = epilogue(node.epilogue, of: node, firstStream: 2)
        let tileRows = (shape[rank - 1] + variant.outputs - 1) / variant.outputs
        let tileColumns = (shape[rank] + variant.outputs - 1) / variant.outputs
        let columns = min(wanted.columns, tileColumns)
        let rows = columns < tileColumns ? 1 : min(wanted.rows, tileRows)
        let lanes = self.lanes(for: filters)

        // V is [position][batch][slice][tile][channel], M likewise with output slices and filters.
        let slices = shape[0] * (rank == 3 ? input.shape[1] : 1)
        let outputSlices = shape[0] * (rank == 3 ? shape[1] : 1)
        func scratch(_ planner: inout Planner, _ suffix: String, _ slices: Int, _ width: Int)
            -> View
        {
            // A few cells apart from a power of two, so that positions don't share cache sets.
            let pitch = ArenaAllocator.aligned(slices * rows * columns * width) + 16
            return planner.newBuffer(
                node.name + suffix, layers: node.layers, shape: [variant.positions, pitch],
                border: [])
        }
        let transformed = scratch(
            &self, ".tiles", slices, channels + Placement.gap(channels: channels))
        let products = scratch(&self, ".products", outputSlices, filters)

        let layout = WeightsLayout(
            groups: variant.positions, reduction: depthTaps * channels, filters: filters,
            lanes: lanes, vectors: choice.tile.vectors)
        let bias = node.opInputCount == 3 ? graph.constant(node.inputs[2]) : nil
        let plan = WinogradPlan(
            variant: variant, input: input, output: output, instructions: instructions,
            operands: operands, tileRows: tileRows, tileColumns: tileColumns,
            transformed: transformed,
            products: products, layout: layout, tile: choice.tile, prefetches: choice.prefetches,
            weights: constants.packWinograd(kernel, variant, layout),
            bias: constants.packRows(bias, rows: 1, columns: filters, lanes: lanes),
            lanes: lanes)

        let lastRows = shape[rank - 1] - (tileRows - 1) * variant.outputs
        let wholeRows = lastRows == variant.outputs ? tileRows : tileRows - 1
        let rounds = rows == tileRows ? 1 : max(1, wholeRows / rows)
        var note =
            "Winograd F(\(variant.outputs)x\(variant.outputs),3x3), \(tileRows)x\(tileColumns) tiles"
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
        let edge = plan.variant.outputs
        let shape = node.type.shape
        let (input, output) = (plan.input, plan.output)
        let kernelChannels = input.shape[rank + 1]
        let (rows, columns) = (tileRows.count, tileColumns.count)
        let tiles = rows * columns
        let inputSlices = rank == 3 ? input.shape[1] : 1
        let pitch = kernelChannels + Placement.gap(channels: kernelChannels)
        let vStrides = (
            batch: inputSlices * tiles * pitch, slice: tiles * pitch,
            row: columns * pitch, tile: pitch
        )
        var outer = [Loop(shape[0], [input.strides[0], vStrides.batch])]
        if rank == 3 { outer.append(Loop(inputSlices, [input.strides[1], vStrides.slice])) }
        let moved =
            tileRows.lowerBound * edge * input.strides[rank - 1]
            + tileColumns.lowerBound * edge * input.strides[rank]
        append(
            .winogradInput(
                WinogradInputKernel(
                    variant: plan.variant, input: input.location.advanced(by: moved),
                    output: plan.transformed.location, outer: outer.collapsed(),
                    rows: Loop(rows, [edge * input.strides[rank - 1], vStrides.row]),
                    columns: Loop(columns, [edge * input.strides[rank], vStrides.tile]),
                    cellStrides: [input.strides[rank - 1], input.strides[rank]],
                    channels: kernelChannels, positionStride: plan.transformed.strides[0],
                    lanes: lanes(for: kernelChannels))), of: value, suffix: "tiles", notes: [note],
            advances: isLoop ? [rows * edge * input.strides[rank - 1], 0] : [])

        let filters = plan.layout.filters
        let outputSlices = rank == 3 ? shape[1] : 1
        var positions = [Loop(shape[0], [vStrides.batch, outputSlices * tiles * filters])]
        var reduction: [Loop] = []
        if rank == 3 {
            positions.append(
                Loop(outputSlices, [vStrides.slice * op.strides[0], tiles * filters]))
            reduction.append(
                Loop(plan.layout.reduction / kernelChannels, [vStrides.slice * op.dilation[0]]))
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

        var results = [
            Loop(shape[0], streams(output, plan.operands, 0, outputSlices * tiles * filters))
        ]
        if rank == 3 {
            results.append(Loop(shape[1], streams(output, plan.operands, 1, tiles * filters)))
        }
        func scaled(_ axis: Int) -> [Int] {
            [output.strides[axis]] + plan.operands.map { $0[axis] }
        }
        let rowStep = scaled(rank - 1).map { $0 * edge }
        let columnStep = scaled(rank).map { $0 * edge }
        let operandRows = plan.operands.map { $0[rank - 1] * edge }
        let operandColumns = plan.operands.map { $0[rank] * edge }
        func last(_ axis: Int, _ tiles: Range<Int>, of count: Int) -> Int {
            tiles.upperBound < count ? edge : shape[axis] - (count - 1) * edge
        }
        var kernel = Kernel.winogradOutput(
            WinogradOutputKernel(
                variant: plan.variant, input: plan.products.location, output: output.location,
                bias: plan.bias, outer: results.collapsed(),
                rows: Loop(rows, [columns * filters] + rowStep),
                columns: Loop(columns, [filters] + columnStep),
                lastRows: last(rank - 1, tileRows, of: plan.tileRows),
                lastColumns: last(rank, tileColumns, of: plan.tileColumns),
                cellStrides: [scaled(rank - 1), scaled(rank)], filters: filters,
                filterStrides: [1, 1] + plan.operands.map { $0[rank + 1] },
                positionStride: plan.products.strides[0], lanes: plan.lanes,
                epilogue: plan.instructions))
        // Locations: products, output, bias, then the epilogue's operands, in the order of their
        // streams.
        let steps = [0, rowStep[0], 0] + operandRows
        kernel = kernel.advanced(by: steps, rounds: tileRows.lowerBound)
        kernel = kernel.advanced(
            by: [0, columnStep[0], 0] + operandColumns, rounds: tileColumns.lowerBound)
        append(
            kernel, of: value, suffix: "results", notes: ["back from the tiles, with the epilogue"],
            advances: isLoop ? steps.map { $0 * rows } : [])
    }

    private func streams(_ output: View, _ operands: [[Int]], _ axis: Int, _ first: Int) -> [Int] {
        [first, output.strides[axis]] + operands.map { $0[axis] }
    }
}
