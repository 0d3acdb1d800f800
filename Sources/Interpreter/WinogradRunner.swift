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
                    switch kernel.variant {
                    case .f2: transform2(from + channel, to + channel, rest)
                    case .f4: transform4(from + channel, to + channel, rest)
                    }
                }
            }
            start += count
        }
    }

    @inline(__always)
    private func cell(
        _ input: UnsafePointer<Float>, _ row: Int, _ column: Int, _ count: Int
    ) -> V {
        WinogradElements.load(
            input + (row * kernel.cellStrides[0] + column * kernel.cellStrides[1]), count)
    }

    private func transform2(
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        WinogradElements.withScratch(16) { half in
            for column in 0..<4 {
                let d = winogradCells(
                    cell(input, 0, column, count), cell(input, 1, column, count),
                    cell(input, 2, column, count), cell(input, 3, column, count))
                half[column] = d.0
                half[4 + column] = d.1
                half[8 + column] = d.2
                half[12 + column] = d.3
            }
            for row in 0..<4 {
                let h = half + row * 4
                let d = winogradCells(h[0], h[1], h[2], h[3])
                let target = output + row * 4 * kernel.positionStride
                WinogradElements.store(d.0, target, count)
                WinogradElements.store(d.1, target + kernel.positionStride, count)
                WinogradElements.store(d.2, target + 2 * kernel.positionStride, count)
                WinogradElements.store(d.3, target + 3 * kernel.positionStride, count)
            }
        }
    }

    private func transform4(
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        WinogradElements.withScratch(36) { half in
            for column in 0..<6 {
                let d = winogradCells(
                    cell(input, 0, column, count), cell(input, 1, column, count),
                    cell(input, 2, column, count), cell(input, 3, column, count),
                    cell(input, 4, column, count), cell(input, 5, column, count))
                half[column] = d.0
                half[6 + column] = d.1
                half[12 + column] = d.2
                half[18 + column] = d.3
                half[24 + column] = d.4
                half[30 + column] = d.5
            }
            for row in 0..<6 {
                let h = half + row * 6
                let d = winogradCells(h[0], h[1], h[2], h[3], h[4], h[5])
                let target = output + row * 6 * kernel.positionStride
                WinogradElements.store(d.0, target, count)
                WinogradElements.store(d.1, target + kernel.positionStride, count)
                WinogradElements.store(d.2, target + 2 * kernel.positionStride, count)
                WinogradElements.store(d.3, target + 3 * kernel.positionStride, count)
                WinogradElements.store(d.4, target + 4 * kernel.positionStride, count)
                WinogradElements.store(d.5, target + 5 * kernel.positionStride, count)
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
        let edge = kernel.variant.outputs
        results = Table(repeating: 0, count: edge * edge * kernel.filters)
        places = Table(repeating: 0, count: edge * edge * streams)
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        let bias = UnsafePointer(memory.pointer(kernel.bias))
        let edge = kernel.variant.outputs
        let (rowCount, columnCount) = (kernel.rows.count, kernel.columns.count)
        var start = 0
        while start < tiles.count {
            let count = min(tiles.capacity, tiles.count - start)
            let offsets = tiles.offsets(from: start, count)
            for index in 0..<count {
                let tile = start + index
                let isLastRow = tile / columnCount % rowCount == rowCount - 1
                let isLastColumn = tile % columnCount == columnCount - 1
                let rows = isLastRow ? kernel.lastRows : edge
                let columns = isLastColumn ? kernel.lastColumns : edge
                transform(input + offsets[index], bias)
                for row in 0..<rows {
                    for column in 0..<columns {
                        for stream in 1..<streams {
                            places.pointer[stream * edge * edge + column] =
                                offsets[stream * tiles.capacity + index]
                                + row * kernel.cellStrides[0][stream - 1]
                                + column * kernel.cellStrides[1][stream - 1]
                        }
                    }
                    epilogue.finishRows(
                        results.pointer + row * edge * kernel.filters, rows: columns,
                        rowPitch: kernel.filters, count: kernel.filters, to: output,
                        run: Epilogue.Run(
                            places: UnsafePointer(places.pointer), pitch: edge * edge,
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
            switch kernel.variant {
            case .f2: transform2(input + filter, bias, results.pointer + filter, count)
            case .f4: transform4(input + filter, bias, results.pointer + filter, count)
            }
        }
    }

    private func transform2(
        _ input: UnsafePointer<Float>, _ bias: V, _ output: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        func product(_ row: Int, _ column: Int) -> V {
            WinogradElements.load(input + (row * 4 + column) * kernel.positionStride, count)
        }
        WinogradElements.withScratch(8) { half in
            for column in 0..<4 {
                let m = winogradResults(
                    product(0, column), product(1, column), product(2, column), product(3, column))
                half[column] = m.0
                half[4 + column] = m.1
            }
            for row in 0..<2 {
                let h = half + row * 4
                let m = winogradResults(h[0], h[1], h[2], h[3])
                let target = output + row * 2 * kernel.filters
                WinogradElements.store(added(m.0, bias), target, count)
                WinogradElements.store(added(m.1, bias), target + kernel.filters, count)
            }
        }
    }

    private func transform4(
        _ input: UnsafePointer<Float>, _ bias: V, _ output: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        func product(_ row: Int, _ column: Int) -> V {
            WinogradElements.load(input + (row * 6 + column) * kernel.positionStride, count)
        }
        WinogradElements.withScratch(24) { half in
            for column in 0..<6 {
                let m = winogradResults(
                    product(0, column), product(1, column), product(2, column),
                    product(3, column), product(4, column), product(5, column))
                half[column] = m.0
                half[6 + column] = m.1
                half[12 + column] = m.2
                half[18 + column] = m.3
            }
            for row in 0..<4 {
                let h = half + row * 6
                let m = winogradResults(h[0], h[1], h[2], h[3], h[4], h[5])
                let target = output + row * 4 * kernel.filters
                WinogradElements.store(added(m.0, bias), target, count)
                WinogradElements.store(added(m.1, bias), target + kernel.filters, count)
                WinogradElements.store(added(m.2, bias), target + 2 * kernel.filters, count)
                WinogradElements.store(added(m.3, bias), target + 3 * kernel.filters, count)
            }
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
