import Plan

/// Runs a `PoolKernel`: windows are clipped to the input once for each position, channels go by
/// vectors.
final class PoolRunner {
    private let kernel: PoolKernel
    /// Three axes; those that the kernel lacks have one cell and come first.
    private let axes: [PoolKernel.Axis]
    private let streams: Int
    private let strides: Table<Int>
    private let places: Table<Int>
    private let epilogue: Epilogue
    private let scratch: Table<Float>

    init(_ kernel: PoolKernel) {
        self.kernel = kernel
        let missing = 3 - kernel.axes.count
        precondition(missing >= 0, "pooling has at most three spatial axes")
        let unit = PoolKernel.Axis(
            input: 1, output: 1, window: 1, stride: 1, before: 0, inputStride: 0, outputStride: 0)
        axes = [PoolKernel.Axis](repeating: unit, count: missing) + kernel.axes
        streams = max(
            kernel.batch.strides.count, kernel.operandStrides.count + 2,
            Epilogue.streamCount(kernel.epilogue))
        // Channel by channel: 1 for input and output.
        strides = Table([1, 1] + kernel.operandStrides.map { $0[kernel.axes.count] })
        places = Table(repeating: 0, count: streams)
        epilogue = Epilogue(kernel.epilogue)
        scratch = Table(repeating: 0, count: kernel.channels)
    }

    /// The cells of one window.
    private struct Window {
        var input: UnsafePointer<Float>
        var counts: (Int, Int, Int)
        var strides: (Int, Int, Int)

        @inline(__always)
        func maximum<W: TileVector>(_ channel: Int) -> W {
            var best = W(repeating: -Float.greatestFiniteMagnitude)
            for i in 0..<counts.0 {
                for j in 0..<counts.1 {
                    var x = input + (channel &+ i &* strides.0 &+ j &* strides.1)
                    for _ in 0..<counts.2 {
                        best = best.orLarger(W.load(x))
                        x += strides.2
                    }
                }
            }
            return best
        }

        @inline(__always)
        func average<W: TileVector>(_ channel: Int) -> W {
            var sum = W(repeating: 0)
            for i in 0..<counts.0 {
                for j in 0..<counts.1 {
                    var x = input + (channel &+ i &* strides.0 &+ j &* strides.1)
                    for _ in 0..<counts.2 {
                        sum = sum + W.load(x)
                        x += strides.2
                    }
                }
            }
            let count = Float(counts.0 &* counts.1 &* counts.2)
            return sum * W(repeating: 1 / count)
        }

        func scalar(_ isMaximum: Bool, _ channel: Int) -> Float {
            var best = -Float.greatestFiniteMagnitude
            var sum: Float = 0
            for i in 0..<counts.0 {
                for j in 0..<counts.1 {
                    for k in 0..<counts.2 {
                        let x = input[channel + i * strides.0 + j * strides.1 + k * strides.2]
                        if x > best { best = x }
                        sum += x
                    }
                }
            }
            return isMaximum ? best : sum * (1 / Float(counts.0 * counts.1 * counts.2))
        }

        func run(_ isMaximum: Bool, _ channels: Int, _ output: UnsafeMutablePointer<Float>) {
            var channel = 0
            while channel + 16 <= channels {
                let y: SIMD16<Float> = isMaximum ? maximum(channel) : average(channel)
                y.store(output + channel)
                channel += 16
            }
            while channel + 4 <= channels {
                let y: SIMD4<Float> = isMaximum ? maximum(channel) : average(channel)
                y.store(output + channel)
                channel += 4
            }
            while channel < channels {
                output[channel] = scalar(isMaximum, channel)
                channel += 1
            }
        }
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        let (a0, a1, a2) = (axes[0], axes[1], axes[2])
        let isMaximum = kernel.kind == .maximum
        for batch in 0..<kernel.batch.count {
            for i in 0..<a0.output {
                let c0 = Self.clip(a0, i)
                for j in 0..<a1.output {
                    let c1 = Self.clip(a1, j)
                    for k in 0..<a2.output {
                        let c2 = Self.clip(a2, k)
                        let first =
                            c0.first &* a0.inputStride &+ c1.first &* a1.inputStride
                            &+ c2.first &* a2.inputStride &+ batch &* kernel.batch.strides[0]
                        let window = Window(
                            input: input + first, counts: (c0.count, c1.count, c2.count),
                            strides: (a0.inputStride, a1.inputStride, a2.inputStride))
                        let target =
                            output
                            + (i &* a0.outputStride &+ j &* a1.outputStride
                                &+ k &* a2.outputStride &+ batch &* kernel.batch.strides[1])
                        if epilogue.isEmpty {
                            window.run(isMaximum, kernel.channels, target)
                        } else {
                            window.run(isMaximum, kernel.channels, scratch.pointer)
                            finish(target, batch, (i, j, k))
                        }
                    }
                }
            }
        }
    }

    /// The first real cell of window `index` and how many there are.
    @inline(__always)
    private static func clip(_ axis: PoolKernel.Axis, _ index: Int) -> (first: Int, count: Int) {
        let start = index &* axis.stride &- axis.before
        let first = max(start, 0)
        return (first, max(min(start &+ axis.window, axis.input) &- first, 0))
    }

    private func finish(
        _ output: UnsafeMutablePointer<Float>, _ batch: Int, _ position: (Int, Int, Int)
    ) {
        let indices = [position.0, position.1, position.2].suffix(kernel.axes.count)
        for stream in 2..<max(streams, 2) {
            var place = batch * kernel.batch.strides[stream]
            for (axis, index) in indices.enumerated() {
                place += index * kernel.operandStrides[stream - 2][axis]
            }
            places.pointer[stream] = place
        }
        epilogue.finish(
            UnsafePointer(scratch.pointer), count: kernel.channels, to: output, stride: 1,
            run: Epilogue.Run(
                places: UnsafePointer(places.pointer), pitch: 1,
                strides: UnsafePointer(strides.pointer), first: 0))
    }
}
