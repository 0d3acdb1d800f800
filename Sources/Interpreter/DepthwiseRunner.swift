import IR
import Plan

/// Runs a `DepthwiseKernel`: a few positions share the weights they read, channels by vectors.
final class DepthwiseRunner {
    private static let rowsAtOnce = 4

    private let kernel: DepthwiseKernel
    private let positions: PositionTable
    private let taps: Table<Int>
    private let channelStrides: Table<Int>
    private let epilogue: Epilogue
    private let isClamp: Bool
    private let limit: Float?
    private let scratch: Table<Float>
    private let scratchPlaces: Table<Int>

    init(_ kernel: DepthwiseKernel) {
        self.kernel = kernel
        positions = PositionTable(kernel.positions, streams: kernel.channelStrides.count)
        taps = Table(kernel.taps.offsets(stream: 0))
        channelStrides = Table(kernel.channelStrides)
        epilogue = Epilogue(kernel.epilogue)
        var isClamp = kernel.epilogue.isEmpty
        var limit: Float?
        if kernel.epilogue.count == 1, case .unary(let function) = kernel.epilogue[0],
            function.kind == .relu || function.kind == .clippedReLU
        {
            isClamp = true
            limit = function.parameters.first.map { Float($0) }
        }
        self.isClamp = isClamp && kernel.channelStrides[1] == 1
        self.limit = limit
        scratch = Table(repeating: 0, count: Self.rowsAtOnce * kernel.channels)
        scratchPlaces = Table((0..<Self.rowsAtOnce).map { $0 * kernel.channels })
    }

    /// One tile: `rows` positions, channels from `channel` on.
    private struct Tile {
        var input: UnsafePointer<Float>
        var taps: UnsafePointer<Int>
        var tapCount: Int
        var weights: UnsafePointer<Float>
        var bias: UnsafePointer<Float>
        var channels: Int
        /// From one tap's weights to the next.
        var pitch: Int

        @inline(__always)
        func sum1<W: TileVector>(_ place: Int) -> W {
            var a = W.load(bias)
            var w = weights
            for tap in 0..<tapCount {
                a = a + W.load(input + (place &+ taps[tap])) * W.load(w)
                w += pitch
            }
            return a
        }

        @inline(__always)
        func sum4<W: TileVector>(_ places: UnsafePointer<Int>) -> (W, W, W, W) {
            var a = W.load(bias)
            var b = a
            var c = a
            var d = a
            var w = weights
            let (x0, x1) = (input + places[0], input + places[1])
            let (x2, x3) = (input + places[2], input + places[3])
            for tap in 0..<tapCount {
                let offset = taps[tap]
                let v = W.load(w)
                a = a + W.load(x0 + offset) * v
                b = b + W.load(x1 + offset) * v
                c = c + W.load(x2 + offset) * v
                d = d + W.load(x3 + offset) * v
                w += pitch
            }
            return (a, b, c, d)
        }

        @inline(__always)
        func run<W: TileVector>(
            _ type: W.Type, _ places: UnsafePointer<Int>, _ rows: Int, _ sink: TileSink
        ) {
            if rows == DepthwiseRunner.rowsAtOnce {
                let (a, b, c, d): (W, W, W, W) = sum4(places)
                sink.store(a, 0)
                sink.store(b, 1)
                sink.store(c, 2)
                sink.store(d, 3)
                return
            }
            for row in 0..<rows {
                let a: W = sum1(places[row])
                sink.store(a, row)
            }
        }
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let output = memory.pointer(kernel.output)
        let whole = Tile(
            input: UnsafePointer(memory.pointer(kernel.input)),
            taps: UnsafePointer(taps.pointer), tapCount: taps.count,
            weights: UnsafePointer(memory.pointer(kernel.weights)),
            bias: UnsafePointer(memory.pointer(kernel.bias)), channels: kernel.channels,
            pitch: kernel.weightPitch)
        let channels = kernel.channels
        let vectorChannels = kernel.channelStrides[0] == 1 ? channels / 4 * 4 : 0
        var start = 0
        while start < positions.count {
            let count = min(positions.capacity, positions.count - start)
            let places = positions.offsets(from: start, count)
            for row in stride(from: 0, to: count, by: Self.rowsAtOnce) {
                let rows = min(Self.rowsAtOnce, count - row)
                if isClamp {
                    var sink = TileSink(
                        output: output, places: places + (positions.capacity + row))
                    sink.raises = !kernel.epilogue.isEmpty
                    sink.limit = limit
                    run(whole, places + row, rows, vectorChannels, sink)
                    continue
                }
                let sink = TileSink(
                    output: scratch.pointer, places: UnsafePointer(scratchPlaces.pointer))
                run(whole, places + row, rows, vectorChannels, sink)
                epilogue.finishRows(
                    scratch.pointer, rows: rows, rowPitch: channels, count: channels, to: output,
                    run: Epilogue.Run(
                        places: places + row, pitch: positions.capacity,
                        strides: UnsafePointer(channelStrides.pointer), first: 0))
            }
            start += count
        }
    }

    /// All channels of up to four positions.
    @inline(__always)
    private func run(
        _ whole: Tile, _ places: UnsafePointer<Int>, _ rows: Int, _ vectorChannels: Int,
        _ wholeSink: TileSink
    ) {
        var tile = whole
        var sink = wholeSink
        var channel = 0
        while channel + 8 <= vectorChannels {
            tile.run(SIMD8<Float>.self, places, rows, sink)
            tile.input += 8
            tile.weights += 8
            tile.bias += 8
            sink.output += 8
            channel += 8
        }
        if channel < vectorChannels {
            tile.run(SIMD4<Float>.self, places, rows, sink)
            channel += 4
        }
        let inputStride = kernel.channelStrides[0]
        while channel < whole.channels {
            for row in 0..<rows {
                let x = whole.input + (places[row] &+ channel &* inputStride)
                var sum = whole.bias[channel]
                var w = whole.weights + channel
                for tap in 0..<whole.tapCount {
                    sum += x[whole.taps[tap]] * w[0]
                    w += whole.pitch
                }
                if sink.raises && sum < 0 { sum = 0 }
                if let limit = sink.limit, sum > limit { sum = limit }
                wholeSink.output[wholeSink.places[row] &+ channel] = sum
            }
            channel += 1
        }
    }
}
