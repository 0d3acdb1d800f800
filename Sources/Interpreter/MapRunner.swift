import Plan

/// Runs a `MapKernel`: the innermost loop as runs through the epilogue, or as plain copies.
final class MapRunner {
    private static let pieceSize = 512
    /// The side of the squares a transpose goes by, so that both sides stay in cache.
    private static let square = 16

    private let kernel: MapKernel
    private let outer: PositionTable
    private let last: Loop
    private let strides: Table<Int>
    private let epilogue: Epilogue
    private let scratch: Table<Float>
    /// A loop with source stride 1 that is worth transposing with the last one.
    private let transposed: Loop?

    init(_ kernel: MapKernel) {
        self.kernel = kernel
        var loops = kernel.loops
        let streams = Epilogue.streamCount(kernel.epilogue)
        let last = loops.popLast() ?? Loop(1, [Int](repeating: 0, count: streams))
        var transposed: Loop?
        if kernel.epilogue.isEmpty && last.strides[0] > 1 && kernel.source != kernel.output,
            let index = loops.lastIndex(where: { $0.strides[0] == 1 && $0.count >= 4 })
        {
            transposed = loops.remove(at: index)
        }
        self.last = last
        self.transposed = transposed
        outer = PositionTable(loops, streams: last.strides.count)
        strides = Table(last.strides)
        epilogue = Epilogue(kernel.epilogue)
        scratch = Table(repeating: 0, count: Self.pieceSize)
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let source = UnsafePointer(memory.pointer(kernel.source))
        let output = memory.pointer(kernel.output)
        var start = 0
        while start < outer.count {
            let count = min(outer.capacity, outer.count - start)
            let places = outer.offsets(from: start, count)
            for index in 0..<count {
                let from = source + places[index]
                let to = output + places[outer.capacity + index]
                if let transposed {
                    transpose(from, to, transposed)
                } else if epilogue.isEmpty {
                    copy(from, to)
                } else {
                    apply(from, to, places + index)
                }
            }
            start += count
        }
    }

    private func apply(
        _ source: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ places: UnsafePointer<Int>
    ) {
        var run = Epilogue.Run(
            places: places, pitch: outer.capacity, strides: UnsafePointer(strides.pointer),
            first: 0)
        let (from, to) = (last.strides[0], last.strides[1])
        if from == 1 {
            epilogue.finish(source, count: last.count, to: output, stride: to, run: run)
            return
        }
        while run.first < last.count {
            let count = min(Self.pieceSize, last.count - run.first)
            ElementRun.gather(source + run.first * from, stride: from, scratch.pointer, count)
            epilogue.finish(
                UnsafePointer(scratch.pointer), count: count, to: output + run.first * to,
                stride: to, run: run)
            run.first += count
        }
    }

    private func copy(_ source: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
        let count = last.count
        switch (last.strides[0], last.strides[1]) {
        case (1, 1):
            if count < 16 {
                for index in 0..<count { output[index] = source[index] }
            } else {
                output.update(from: source, count: count)
            }
        case (0, 1): output.update(repeating: source[0], count: count)
        case (1, let to): ElementRun.scatter(source, output, stride: to, count)
        case (let from, 1): ElementRun.gather(source, stride: from, output, count)
        case (let from, let to):
            for index in 0..<count { output[index &* to] = source[index &* from] }
        }
    }

    private func transpose(
        _ source: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ other: Loop
    ) {
        let (from, to) = (last.strides[0], last.strides[1])
        let otherTo = other.strides[1]
        for row in stride(from: 0, to: other.count, by: Self.square) {
            let rowEnd = min(row + Self.square, other.count)
            for column in stride(from: 0, to: last.count, by: Self.square) {
                let columnEnd = min(column + Self.square, last.count)
                for i in row..<rowEnd {
                    let x = source + i
                    let y = output + i * otherTo
                    for j in column..<columnEnd { y[j &* to] = x[j &* from] }
                }
            }
        }
    }
}
