import Plan

/// Runs a `BandKernel`, a vector of results at a time.
final class BandRunner {
    private let kernel: BandKernel
    private let places: PositionTable

    init(_ kernel: BandKernel) {
        self.kernel = kernel
        places = PositionTable(kernel.outer, streams: 2)
    }

    func run(_ memory: Memory) {
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        let rows = UnsafePointer(memory.pointer(kernel.rows))
        var start = 0
        while start < places.count {
            let count = min(places.capacity, places.count - start)
            let offsets = places.offsets(from: start, count)
            for position in 0..<count {
                let source = input + offsets[position]
                let target = output + offsets[places.capacity + position]
                for index in 0..<kernel.count {
                    let row = rows + index * kernel.pitch
                    sum(
                        source + Int(row[0]) * kernel.inputStride, row + 2, Int(row[1]),
                        target + index * kernel.outputStride)
                }
            }
            start += count
        }
    }

    /// One result of the axis, for all of the inner loop.
    private func sum(
        _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ taps: Int,
        _ target: UnsafeMutablePointer<Float>
    ) {
        let (from, to) = (kernel.inner.strides[0], kernel.inner.strides[1])
        let count = kernel.inner.count
        var index = 0
        if from == 1 && to == 1 {
            while index + ElementRun.width <= count {
                var result = V(repeating: 0)
                for tap in 0..<taps {
                    let x = ElementRun.load(source + (tap &* kernel.inputStride &+ index))
                    result = madd(x, splat(weights[tap]), result)
                }
                ElementRun.store(result, target + index)
                index += ElementRun.width
            }
        }
        while index < count {
            var result: Float = 0
            for tap in 0..<taps {
                result += source[tap &* kernel.inputStride &+ index &* from] * weights[tap]
            }
            target[index &* to] = result
            index += 1
        }
    }
}
