import IR
import Plan

/// Runs a `ReduceKernel`: vectors along the last kept axis where it is contiguous, else along the
/// last reduced one, else element by element.
///
/// Sums are taken in single precision over few elements and from there on in double precision, so
/// that a mean of many elements is as good as one of a few.
final class ReduceRunner {
    /// Kept elements that are finished at a time.
    private static let pieceSize = 256
    /// Elements that are summed in single precision.
    private static let blockSize = 16

    private let kernel: ReduceKernel
    private let outer: PositionTable
    private let last: Loop
    private let strides: Table<Int>
    private let rows: PositionTable
    private let row: Loop
    private let factor: Double
    private let epilogue: Epilogue
    private let scratch = Table<Float>(repeating: 0, count: ReduceRunner.pieceSize)
    private let totals = Table<Double>(repeating: 0, count: 16)

    init(_ kernel: ReduceKernel) {
        self.kernel = kernel
        let streams = kernel.kept.first?.strides.count ?? Epilogue.streamCount(kernel.epilogue)
        last = kernel.kept.last ?? Loop(1, [Int](repeating: 0, count: streams))
        outer = PositionTable(kernel.kept.dropLast(), streams: streams)
        strides = Table(last.strides)
        row = kernel.reduced.last ?? Loop(1, [1])
        rows = PositionTable(kernel.reduced.dropLast(), streams: 1)
        let count = kernel.reduced.reduce(1) { $0 * $1.count }
        factor = kernel.kind == .mean ? 1 / Double(count) : 1
        epilogue = Epilogue(kernel.epilogue)
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        var start = 0
        while start < outer.count {
            let count = min(outer.capacity, outer.count - start)
            let places = outer.offsets(from: start, count)
            for index in 0..<count {
                var run = Epilogue.Run(
                    places: places + index, pitch: outer.capacity,
                    strides: UnsafePointer(strides.pointer), first: 0)
                while run.first < last.count {
                    let size = min(Self.pieceSize, last.count - run.first)
                    reduce(input + (places[index] + run.first * last.strides[0]), size)
                    epilogue.finish(
                        UnsafePointer(scratch.pointer), count: size,
                        to: output
                            + (places[outer.capacity + index] + run.first * last.strides[1]),
                        stride: last.strides[1], run: run)
                    run.first += size
                }
            }
            start += count
        }
    }

    /// Reduces for `count` neighbours of the last kept axis into `scratch`.
    private func reduce(_ input: UnsafePointer<Float>, _ count: Int) {
        var index = 0
        if last.strides[0] == 1 {
            while index + 16 <= count {
                reduceVector(SIMD16<Float>.self, input + index, scratch.pointer + index)
                index += 16
            }
            while index + 4 <= count {
                reduceVector(SIMD4<Float>.self, input + index, scratch.pointer + index)
                index += 4
            }
        }
        while index < count {
            scratch.pointer[index] = reduceOne(input + index * last.strides[0])
            index += 1
        }
    }

    @inline(__always)
    private func reduceVector<W: TileVector>(
        _ type: W.Type, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        switch kernel.kind {
        case .sum, .mean: sumVector(type, input, output)
        case .maximum:
            fold(W(repeating: -.infinity), input, output) { $0.maximum($1) }
        case .minimum:
            fold(W(repeating: .infinity), input, output) { $0.minimum($1) }
        }
    }

    @inline(__always)
    private func sumVector<W: TileVector>(
        _ type: W.Type, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let totals = totals.pointer
        for lane in 0..<W.scalarCount { totals[lane] = 0 }
        var block = W(repeating: 0)
        var room = Self.blockSize
        eachRow { place in
            var x = input + place
            for _ in 0..<row.count {
                block = block + W.load(x)
                x += row.strides[0]
                room -= 1
                if room == 0 {
                    for lane in 0..<W.scalarCount { totals[lane] += Double(block[lane]) }
                    block = W(repeating: 0)
                    room = Self.blockSize
                }
            }
        }
        for lane in 0..<W.scalarCount {
            output[lane] = Float((totals[lane] + Double(block[lane])) * factor)
        }
    }

    @inline(__always)
    private func fold<W: TileVector>(
        _ start: W, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ function: (W, W) -> W
    ) {
        var best = start
        eachRow { place in
            var x = input + place
            for _ in 0..<row.count {
                best = function(best, W.load(x))
                x += row.strides[0]
            }
        }
        best.store(output)
    }

    /// Visits the last reduced loop at every position of the others.
    @inline(__always)
    private func eachRow(_ body: (Int) -> Void) {
        var start = 0
        while start < rows.count {
            let count = min(rows.capacity, rows.count - start)
            let places = rows.offsets(from: start, count)
            for index in 0..<count { body(places[index]) }
            start += count
        }
    }

    private func reduceOne(_ input: UnsafePointer<Float>) -> Float {
        let stride = row.strides[0]
        switch kernel.kind {
        case .sum, .mean:
            var total = 0.0
            eachRow { place in
                let x = input + place
                if stride == 1 {
                    total += ElementRun.sum(x, row.count)
                } else {
                    for index in 0..<row.count { total += Double(x[index &* stride]) }
                }
            }
            return Float(total * factor)
        case .maximum:
            var best = -Float.infinity
            eachRow { place in
                let x = input + place
                if stride == 1 {
                    best = Self.larger(best, ElementRun.maximum(x, row.count))
                } else {
                    for index in 0..<row.count { best = Self.larger(best, x[index &* stride]) }
                }
            }
            return best
        case .minimum:
            var best = -Float.infinity
            eachRow { place in
                let x = input + place
                if stride == 1 {
                    best = Self.larger(best, -ElementRun.minimum(x, row.count))
                } else {
                    for index in 0..<row.count { best = Self.larger(best, -x[index &* stride]) }
                }
            }
            return -best
        }
    }

    /// The larger of two, NaN if either is.
    @inline(__always)
    private static func larger(_ a: Float, _ b: Float) -> Float { b > a || b.isNaN ? b : a }
}
