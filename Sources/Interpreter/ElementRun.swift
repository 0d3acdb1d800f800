/// Elements behind each other in memory, taken a vector at a time; the last vector may be partial.
///
/// In bounds: a partial vector is read and written element by element, so nothing beyond `count` is
/// touched. `source` and `target` may be the same memory.
enum ElementRun {
    static let width = V.scalarCount

    @inline(__always)
    static func load(_ source: UnsafePointer<Float>) -> V {
        UnsafeRawPointer(source).loadUnaligned(as: V.self)
    }

    @inline(__always)
    static func store(_ vector: V, _ target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: vector, as: V.self)
    }

    /// The first `count` lanes from memory, the others `filler`.
    @inline(never)
    static func loadPartial(
        _ source: UnsafePointer<Float>, _ count: Int, filler: Float = 0
    ) -> V {
        var vector = V(repeating: filler)
        for lane in 0..<count { vector[lane] = source[lane] }
        return vector
    }

    @inline(never)
    static func storePartial(_ vector: V, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
        for lane in 0..<count { target[lane] = vector[lane] }
    }

    /// `target = function(source)`.
    @inline(__always)
    static func map(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int,
        _ function: (V) -> V
    ) {
        var index = 0
        while index < count {
            let rest = count - index
            if rest >= width {
                store(function(load(source + index)), target + index)
            } else {
                storePartial(function(loadPartial(source + index, rest)), target + index, rest)
            }
            index += width
        }
    }

    /// `target = function(source, operand)`; the operand's stride is 0 or 1.
    @inline(__always)
    static func combine(
        _ source: UnsafePointer<Float>, _ operand: UnsafePointer<Float>, operandStride: Int,
        _ target: UnsafeMutablePointer<Float>, _ count: Int, _ function: (V, V) -> V
    ) {
        if operandStride == 0 {
            let y = V(repeating: operand[0])
            map(source, target, count) { function($0, y) }
            return
        }
        var index = 0
        while index < count {
            let rest = count - index
            if rest >= width {
                let result = function(load(source + index), load(operand + index))
                store(result, target + index)
            } else {
                let y = loadPartial(operand + index, rest)
                let result = function(loadPartial(source + index, rest), y)
                storePartial(result, target + index, rest)
            }
            index += width
        }
    }

    static func gather(
        _ source: UnsafePointer<Float>, stride: Int, _ target: UnsafeMutablePointer<Float>,
        _ count: Int
    ) {
        for index in 0..<count { target[index] = source[index &* stride] }
    }

    static func scatter(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, stride: Int,
        _ count: Int
    ) {
        for index in 0..<count { target[index &* stride] = source[index] }
    }

    /// The sum in double precision: blocks of 16 vectors are summed in single precision first.
    static func sum(_ source: UnsafePointer<Float>, _ count: Int) -> Double {
        sum(source, count) { $0 }
    }

    static func sumOfSquares(_ source: UnsafePointer<Float>, _ count: Int) -> Double {
        sum(source, count) { $0 * $0 }
    }

    @inline(__always)
    private static func sum(
        _ source: UnsafePointer<Float>, _ count: Int, _ function: (V) -> V
    ) -> Double {
        var total = 0.0
        var index = 0
        while index < count {
            let end = min(index + 16 * width, count)
            var block = V.zero
            while index + width <= end {
                block += function(load(source + index))
                index += width
            }
            if index < end {
                block += function(loadPartial(source + index, end - index))
                index = end
            }
            for lane in 0..<width { total += Double(block[lane]) }
        }
        return total
    }

    /// The largest element, NaN if there is one.
    static func maximum(_ source: UnsafePointer<Float>, _ count: Int) -> Float {
        largest(source, count) { $0 }
    }

    /// The smallest element, NaN if there is one.
    static func minimum(_ source: UnsafePointer<Float>, _ count: Int) -> Float {
        -largest(source, count) { -$0 }
    }

    @inline(__always)
    private static func largest(
        _ source: UnsafePointer<Float>, _ count: Int, _ function: (V) -> V
    ) -> Float {
        var best = V(repeating: -.infinity)
        var index = 0
        while index + width <= count {
            best = binary_maximum(best, function(load(source + index)))
            index += width
        }
        if index < count {
            let x = function(loadPartial(source + index, count - index, filler: source[index]))
            best = binary_maximum(best, x)
        }
        var result = best[0]
        for lane in 1..<width where best[lane] > result || best[lane].isNaN {
            result = best[lane]
        }
        return result
    }
}
