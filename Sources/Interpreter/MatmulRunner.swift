import Plan

/// Runs a `MatmulKernel` on the tiles of the contraction; the second matrix takes the place of the
/// weights, read where it lies, or from a copy where its columns are not neighbours.
final class MatmulRunner {
    private static let rowsAtOnce = 4

    private let kernel: MatmulKernel
    private let batch: PositionTable
    private let rows: PositionTable
    private let inner: Table<Int>
    private let depth: Int
    private let columnStrides: Table<Int>
    private let epilogue: Epilogue
    private let zeros = Table<Float>(repeating: 0, count: 32)
    /// The rows of a tile, before the epilogue.
    private let scratch: Table<Float>
    private let scratchPlaces: Table<Int>
    private let places: Table<Int>
    private let packed: Table<Float>?

    init(_ kernel: MatmulKernel) {
        self.kernel = kernel
        let streams = kernel.columns.strides.count
        batch = PositionTable(kernel.batch, streams: streams)
        rows = PositionTable([kernel.rows], streams: streams)
        let innerStride = kernel.inner.strides[0]
        inner = Table(innerStride == 1 ? [0] : (0..<kernel.inner.count).map { $0 * innerStride })
        depth = innerStride == 1 ? kernel.inner.count : 1
        columnStrides = Table(kernel.columns.strides)
        epilogue = Epilogue(kernel.epilogue)
        let columns = kernel.columns.count
        scratch = Table(repeating: 0, count: Self.rowsAtOnce * columns)
        scratchPlaces = Table((0..<Self.rowsAtOnce).map { $0 * columns })
        places = Table(repeating: 0, count: streams * Self.rowsAtOnce)
        packed =
            kernel.columns.strides[1] == 1
            ? nil : Table(repeating: 0, count: kernel.inner.count * columns)
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let a = memory.pointer(kernel.a)
        let b = memory.pointer(kernel.b)
        let output = memory.pointer(kernel.output)
        let streams = columnStrides.count
        var packedOffset: Int?
        for index in 0..<batch.count {
            let base = batch.offsets(from: index, 1)
            let pitch = batch.capacity
            var sum = TileSum(
                input: UnsafePointer(a + base[0]), taps: UnsafePointer(inner.pointer),
                tapCount: inner.count, depth: depth,
                weights: UnsafePointer(b + base[pitch]), pitch: kernel.inner.strides[1],
                bias: UnsafePointer(zeros.pointer))
            if let packed {
                if packedOffset != base[pitch] { pack(sum.weights, packed.pointer) }
                packedOffset = base[pitch]
                sum.weights = UnsafePointer(packed.pointer)
                sum.pitch = kernel.columns.count
            }
            var start = 0
            while start < rows.count {
                let count = min(Self.rowsAtOnce, rows.count - start)
                let rowPlaces = rows.offsets(from: start, count)
                for stream in 0..<streams {
                    for row in 0..<count {
                        places.pointer[stream * Self.rowsAtOnce + row] =
                            base[stream * pitch] + rowPlaces[stream * rows.capacity + row]
                    }
                }
                run(sum, rowPlaces, count, output)
                start += count
            }
        }
    }

    /// Copies a matrix so that its columns are neighbours.
    private func pack(_ b: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
        let columns = kernel.columns.count
        for row in 0..<kernel.inner.count {
            ElementRun.gather(
                b + row * kernel.inner.strides[1], stride: kernel.columns.strides[1],
                target + row * columns, columns)
        }
    }

    /// All columns of up to four rows.
    private func run(
        _ whole: TileSum, _ rowPlaces: UnsafePointer<Int>, _ count: Int,
        _ output: UnsafeMutablePointer<Float>
    ) {
        let columns = kernel.columns.count
        let isDirect = epilogue.isEmpty && kernel.columns.strides[2] == 1
        let outputPlaces = UnsafePointer(places.pointer + 2 * Self.rowsAtOnce)
        var sink = TileSink(
            output: isDirect ? output : scratch.pointer,
            places: isDirect ? outputPlaces : UnsafePointer(scratchPlaces.pointer))
        var sum = whole
        var column = 0
        while column < columns {
            var done = 1
            if columns - column >= 4 {
                done = sum.run(rowPlaces, count, width: columns - column, sink)
            } else {
                sum.runScalar(rowPlaces, count, sink)
            }
            sum.weights += done
            sink.output += done
            column += done
        }
        if isDirect { return }
        for row in 0..<count {
            epilogue.finish(
                UnsafePointer(scratch.pointer + row * columns), count: columns,
                to: output + outputPlaces[row], stride: kernel.columns.strides[2],
                run: Epilogue.Run(
                    places: UnsafePointer(places.pointer + row), pitch: Self.rowsAtOnce,
                    strides: UnsafePointer(columnStrides.pointer), first: 0))
        }
    }
}
