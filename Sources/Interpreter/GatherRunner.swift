import Plan

/// Runs a `GatherKernel`.
final class GatherRunner {
    private let kernel: GatherKernel
    private let places: PositionTable

    init(_ kernel: GatherKernel) {
        self.kernel = kernel
        places = PositionTable(kernel.loops, streams: 2)
    }

    func run(_ memory: Memory) {
        let table = memory.pointer(kernel.table)
        let indices = memory.pointer(kernel.indices)
        let output = memory.pointer(kernel.output)
        let rows = Float(kernel.rows)
        var start = 0
        while start < places.count {
            let count = min(places.capacity, places.count - start)
            let offsets = places.offsets(from: start, count)
            for position in 0..<count {
                let index = indices[offsets[position]].rounded(.towardZero)
                let target = output + offsets[places.capacity + position]
                // In bounds: other numbers, and NaN, fail the comparison.
                if index >= -rows && index < rows {
                    let row = Int(index) + (index < 0 ? kernel.rows : 0)
                    target.update(from: table + row * kernel.width, count: kernel.width)
                } else {
                    target.update(repeating: .nan, count: kernel.width)
                }
            }
            start += count
        }
    }
}
