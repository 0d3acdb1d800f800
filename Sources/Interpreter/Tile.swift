/// What the positions of a tile share while they are summed: pointers and counts only.
///
/// The sum of one position runs over `taps` (offsets in the input) and, at each, over `depth`
/// elements behind each other. Weights are read in that order, `pitch` elements apart.
struct TileSum {
    /// Where the group's input starts.
    var input: UnsafePointer<Float>
    var taps: UnsafePointer<Int>
    var tapCount: Int
    var depth: Int
    var weights: UnsafePointer<Float>
    var pitch: Int
    var bias: UnsafePointer<Float>
}

// The innermost loops. `places` holds the offset of each position in the input. In bounds: a plan's
// loops stay inside their tensors, and blocks of weights and bias are padded to whole vectors.
extension TileSum {
    @inline(__always)
    func sum1<V: TileVector>(_ places: UnsafePointer<Int>) -> V {
        var a = V.load(bias)
        var w = weights
        for tap in 0..<tapCount {
            let x = input + (taps[tap] &+ places[0])
            for index in 0..<depth {
                a = a + V(repeating: x[index]) * V.load(w)
                w += pitch
            }
        }
        return a
    }

    /// One position, twice as many filters.
    @inline(__always)
    func sumWide<V: TileVector>(_ places: UnsafePointer<Int>) -> (V, V) {
        var a = V.load(bias)
        var b = V.load(bias + V.scalarCount)
        var w = weights
        for tap in 0..<tapCount {
            let x = input + (taps[tap] &+ places[0])
            for index in 0..<depth {
                let v = V(repeating: x[index])
                a = a + v * V.load(w)
                b = b + v * V.load(w + V.scalarCount)
                w += pitch
            }
        }
        return (a, b)
    }

    @inline(__always)
    func sum2<V: TileVector>(_ places: UnsafePointer<Int>) -> (V, V) {
        var a = V.load(bias)
        var b = a
        var w = weights
        for tap in 0..<tapCount {
            let x = input + taps[tap]
            let x0 = x + places[0]
            let x1 = x + places[1]
            for index in 0..<depth {
                let v = V.load(w)
                a = a + V(repeating: x0[index]) * v
                b = b + V(repeating: x1[index]) * v
                w += pitch
            }
        }
        return (a, b)
    }

    @inline(__always)
    func sum3<V: TileVector>(_ places: UnsafePointer<Int>) -> (V, V, V) {
        var a = V.load(bias)
        var b = a
        var c = a
        var w = weights
        for tap in 0..<tapCount {
            let x = input + taps[tap]
            let x0 = x + places[0]
            let x1 = x + places[1]
            let x2 = x + places[2]
            for index in 0..<depth {
                let v = V.load(w)
                a = a + V(repeating: x0[index]) * v
                b = b + V(repeating: x1[index]) * v
                c = c + V(repeating: x2[index]) * v
                w += pitch
            }
        }
        return (a, b, c)
    }

    @inline(__always)
    func sum4<V: TileVector>(_ places: UnsafePointer<Int>) -> (V, V, V, V) {
        var a = V.load(bias)
        var b = a
        var c = a
        var d = a
        var w = weights
        for tap in 0..<tapCount {
            let x = input + taps[tap]
            let x0 = x + places[0]
            let x1 = x + places[1]
            let x2 = x + places[2]
            let x3 = x + places[3]
            for index in 0..<depth {
                let v = V.load(w)
                a = a + V(repeating: x0[index]) * v
                b = b + V(repeating: x1[index]) * v
                c = c + V(repeating: x2[index]) * v
                d = d + V(repeating: x3[index]) * v
                w += pitch
            }
        }
        return (a, b, c, d)
    }
}

/// Where a tile's sums go, and what happens to them on the way: at most a scale and shift, the sum
/// with a residual, and a clamp, in this order.
struct TileSink {
    var output: UnsafeMutablePointer<Float>
    /// The offset of each position in the output; likewise for the residual.
    var places: UnsafePointer<Int>
    var scale: UnsafePointer<Float>?
    var shift: UnsafePointer<Float>?
    var residual: UnsafePointer<Float>?
    var residualPlaces: UnsafePointer<Int>
    /// `max(x, 0)`
    var raises = false
    /// `min(x, limit)`
    var limit: Float?

    init(output: UnsafeMutablePointer<Float>, places: UnsafePointer<Int>) {
        self.output = output
        self.places = places
        residualPlaces = places
    }

    /// The same for filters further on.
    func advanced(by filters: Int) -> TileSink {
        var sink = self
        sink.output += filters
        sink.scale = scale.map { $0 + filters }
        sink.shift = shift.map { $0 + filters }
        sink.residual = residual.map { $0 + filters }
        return sink
    }

    @inline(__always)
    func store<V: TileVector>(_ sum: V, _ position: Int) {
        var x = sum
        if let scale, let shift { x = x * V.load(scale) + V.load(shift) }
        if let residual { x = x + V.load(residual + residualPlaces[position]) }
        if raises { x = x.raised(to: 0) }
        if let limit { x = x.lowered(to: limit) }
        x.store(output + places[position])
    }
}

// Whole runs of positions: as many as fit the registers at a time, then exactly the rest.
extension TileSum {
    @inline(__always)
    func runWide<V: TileVector>(
        _ type: V.Type, _ places: UnsafePointer<Int>, _ count: Int, _ sink: TileSink
    ) {
        let second = sink.advanced(by: V.scalarCount)
        for position in 0..<count {
            let (a, b): (V, V) = sumWide(places + position)
            sink.store(a, position)
            second.store(b, position)
        }
    }

    @inline(__always)
    func run2<V: TileVector>(
        _ type: V.Type, _ places: UnsafePointer<Int>, _ count: Int, _ sink: TileSink
    ) {
        var position = 0
        while position + 2 <= count {
            let (a, b): (V, V) = sum2(places + position)
            sink.store(a, position)
            sink.store(b, position + 1)
            position += 2
        }
        if position < count {
            let a: V = sum1(places + position)
            sink.store(a, position)
        }
    }

    @inline(__always)
    func run4<V: TileVector>(
        _ type: V.Type, _ places: UnsafePointer<Int>, _ count: Int, _ sink: TileSink
    ) {
        var position = 0
        while position + 4 <= count {
            let (a, b, c, d): (V, V, V, V) = sum4(places + position)
            sink.store(a, position)
            sink.store(b, position + 1)
            sink.store(c, position + 2)
            sink.store(d, position + 3)
            position += 4
        }
        switch count - position {
        case 3:
            let (a, b, c): (V, V, V) = sum3(places + position)
            sink.store(a, position)
            sink.store(b, position + 1)
            sink.store(c, position + 2)
        case 2:
            let (a, b): (V, V) = sum2(places + position)
            sink.store(a, position)
            sink.store(b, position + 1)
        case 1:
            let a: V = sum1(places + position)
            sink.store(a, position)
        default: break
        }
    }

    /// The sums of `count` positions for `width` filters, a multiple of 4.
    ///
    /// Returns how many filters were done: 4, 8, 16 or 32.
    func run(
        _ places: UnsafePointer<Int>, _ count: Int, width: Int, _ sink: TileSink
    ) -> Int {
        if width >= 32 && count == 1 {
            runWide(SIMD16<Float>.self, places, count, sink)
            return 32
        }
        if width >= 16 {
            run2(SIMD16<Float>.self, places, count, sink)
            return 16
        }
        if width >= 8 {
            run4(SIMD8<Float>.self, places, count, sink)
            return 8
        }
        run4(SIMD4<Float>.self, places, count, sink)
        return 4
    }

    /// The sums of `count` positions for one filter.
    func runScalar(_ places: UnsafePointer<Int>, _ count: Int, _ sink: TileSink) {
        for position in 0..<count {
            var sum = bias[0]
            var w = weights
            for tap in 0..<tapCount {
                let x = input + (taps[tap] &+ places[position])
                for index in 0..<depth {
                    sum += x[index] * w[0]
                    w += pitch
                }
            }
            sink.output[sink.places[position]] = sum
        }
    }
}
