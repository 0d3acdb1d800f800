import IR
import Plan

/// Runs a `WinogradInputKernel`: tiles to `V`, a vector of channels at a time.
final class WinogradInputRunner {
    private let kernel: WinogradInputKernel
    private let tiles: PositionTable

    init(_ kernel: WinogradInputKernel) {
        self.kernel = kernel
        tiles = PositionTable(kernel.outer + [kernel.rows, kernel.columns], streams: 2)
    }

    func run(_ memory: Memory) {
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        var start = 0
        while start < tiles.count {
            let count = min(tiles.capacity, tiles.count - start)
            let places = tiles.offsets(from: start, count)
            for tile in 0..<count {
                let from = input + places[tile]
                let to = output + places[tiles.capacity + tile]
                for channel in stride(from: 0, to: kernel.channels, by: ElementRun.width) {
                    let rest = min(kernel.channels - channel, ElementRun.width)
                    transform(from + channel, to + channel, rest)
                }
            }
            start += count
        }
    }

    private func transform(
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        let (rows, columns) = (kernel.variant.rows, kernel.variant.columns)
        WinogradElements.withScratch(kernel.variant.positions) { cells in
            for row in 0..<rows.cells {
                let line = input + row * kernel.cellStrides[0]
                for column in 0..<columns.cells {
                    cells[row * columns.cells + column] = WinogradElements.load(
                        line + column * kernel.cellStrides[1], count)
                }
            }
            for column in 0..<columns.cells {
                rows.toCells(cells + column, step: columns.cells)
            }
            for row in 0..<rows.cells { columns.toCells(cells + row * columns.cells, step: 1) }
            for position in 0..<kernel.variant.positions {
                WinogradElements.store(
                    cells[position], output + position * kernel.positionStride, count)
            }
        }
    }
}

/// Runs a `WinogradOutputKernel`: products back to results, with bias and epilogue.
final class WinogradOutputRunner {
    private let kernel: WinogradOutputKernel
    private let epilogue: Epilogue
    private let streams: Int
    private let tiles: PositionTable
    private let filterStrides: Table<Int>
    /// The results of a tile, `[row][column][filter]`, and where each stands in every stream.
    private let results: Table<Float>
    private let places: Table<Int>

    init(_ kernel: WinogradOutputKernel) {
        self.kernel = kernel
        epilogue = Epilogue(kernel.epilogue)
        streams = kernel.filterStrides.count
        tiles = PositionTable(kernel.outer + [kernel.rows, kernel.columns], streams: streams)
        filterStrides = Table(kernel.filterStrides)
        results = Table(repeating: 0, count: kernel.variant.results * kernel.filters)
        places = Table(repeating: 0, count: kernel.variant.columns.outputs * streams)
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        let bias = UnsafePointer(memory.pointer(kernel.bias))
        let (height, width) = (kernel.variant.rows.outputs, kernel.variant.columns.outputs)
        let (rowCount, columnCount) = (kernel.rows.count, kernel.columns.count)
        var start = 0
        while start < tiles.count {
            let count = min(tiles.capacity, tiles.count - start)
            let offsets = tiles.offsets(from: start, count)
            for index in 0..<count {
                let tile = start + index
                let isLastRow = tile / columnCount % rowCount == rowCount - 1
                let isLastColumn = tile % columnCount == columnCount - 1
                let rows = isLastRow ? kernel.lastRows : height
                let columns = isLastColumn ? kernel.lastColumns : width
                transform(input + offsets[index], bias)
                for row in 0..<rows {
                    for column in 0..<columns {
                        for stream in 1..<streams {
                            places.pointer[stream * width + column] =
                                offsets[stream * tiles.capacity + index]
                                + row * kernel.cellStrides[0][stream - 1]
                                + column * kernel.cellStrides[1][stream - 1]
                        }
                    }
                    epilogue.finishRows(
                        results.pointer + row * width * kernel.filters, rows: columns,
                        rowPitch: kernel.filters, count: kernel.filters, to: output,
                        run: Epilogue.Run(
                            places: UnsafePointer(places.pointer), pitch: width,
                            strides: UnsafePointer(filterStrides.pointer), first: 0))
                }
            }
            start += count
        }
    }

    /// The results of one tile into `results`, bias added.
    private func transform(_ input: UnsafePointer<Float>, _ bias: UnsafePointer<Float>) {
        for filter in stride(from: 0, to: kernel.filters, by: ElementRun.width) {
            let count = min(kernel.filters - filter, ElementRun.width)
            let bias = WinogradElements.load(bias + filter, count)
            transform(input + filter, bias, results.pointer + filter, count)
        }
    }

    private func transform(
        _ input: UnsafePointer<Float>, _ bias: V, _ output: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        let (rows, columns) = (kernel.variant.rows, kernel.variant.columns)
        WinogradElements.withScratch(kernel.variant.positions) { cells in
            for position in 0..<kernel.variant.positions {
                cells[position] = WinogradElements.load(
                    input + position * kernel.positionStride, count)
            }
            for column in 0..<columns.cells {
                rows.toResults(cells + column, step: columns.cells)
            }
            for row in 0..<rows.outputs {
                let line = cells + row * columns.cells
                columns.toResults(line, step: 1)
                for column in 0..<columns.outputs {
                    WinogradElements.store(
                        added(line[column], bias),
                        output + (row * columns.outputs + column) * kernel.filters, count)
                }
            }
        }
    }
}

extension Winograd.Line {
    /// Cells `step` apart, transformed in place.
    @inline(__always)
    fileprivate func toCells(_ c: UnsafeMutablePointer<V>, step n: Int) {
        switch cells {
        case 4: (c[0], c[n], c[2 * n], c[3 * n]) = winogradCells(c[0], c[n], c[2 * n], c[3 * n])
        case 6:
            (c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n]) = winogradCells(
                c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n])
        case 8:
            (c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n], c[6 * n], c[7 * n]) =
                winogradCells(
                    c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n], c[6 * n], c[7 * n])
        default: break
        }
    }

    /// Products `step` apart, transformed back in place: the results stand in front.
    @inline(__always)
    fileprivate func toResults(_ c: UnsafeMutablePointer<V>, step n: Int) {
        switch (cells, outputs) {
        case (4, 2): (c[0], c[n]) = winogradResults(c[0], c[n], c[2 * n], c[3 * n])
        case (6, 2):
            (c[0], c[n]) = winogradPair(c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n])
        case (6, 4):
            (c[0], c[n], c[2 * n], c[3 * n]) = winogradResults(
                c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n])
        case (8, 2):
            (c[0], c[n]) = winogradPair(
                c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n], c[6 * n], c[7 * n])
        case (8, 4):
            (c[0], c[n], c[2 * n], c[3 * n]) = winogradResults(
                c[0], c[n], c[2 * n], c[3 * n], c[4 * n], c[5 * n], c[6 * n], c[7 * n])
        default: break
        }
    }
}

/// Vectors of a tile that may have fewer channels than lanes.
private enum WinogradElements {
    @inline(__always)
    static func load(_ source: UnsafePointer<Float>, _ count: Int) -> V {
        count == ElementRun.width
            ? ElementRun.load(source) : ElementRun.loadPartial(source, count)
    }

    @inline(__always)
    static func store(_ vector: V, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
        if count == ElementRun.width {
            ElementRun.store(vector, target)
        } else {
            ElementRun.storePartial(vector, target, count)
        }
    }

    @inline(__always)
    static func withScratch(_ count: Int, _ body: (UnsafeMutablePointer<V>) -> Void) {
        withUnsafeTemporaryAllocation(of: V.self, capacity: count) { body($0.baseAddress!) }
    }
}
