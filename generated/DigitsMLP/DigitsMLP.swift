// Written by bnc from specs/digits_mlp.yaml. Do not edit: change the spec and compile again.
//
// Weights: specs/digits_mlp.safetensors.
// Target: generic: vectors of 4 float32, no fused multiply-add.
//
// What was fused:
// - dense, batch_normalization: folded into the matrix product's weights
// - dense, batch_normalization, activation: relu computed in the epilogue of the matrix product

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `digits_mlp`: input_layer [1, 8, 8, 1] to activation_1 [1, 10], float32, row-major, batch
/// first.
///
/// An instance holds the memory for intermediate values: use one on one thread at a time.
/// Instances made with `init(sharing:)` share the weights.
public final class DigitsMLP {
    /// The inputs' names, in the order of the spec.
    public static let inputNames: [String] = ["input_layer"]
    /// Their shapes, batch first.
    public static let inputShapes: [[Int]] = [[1, 8, 8, 1]]
    /// The outputs' names.
    public static let outputNames: [String] = ["activation_1"]
    /// Their shapes, batch first.
    public static let outputShapes: [[Int]] = [[1, 10]]
    /// Floats in the packed weights, and in the memory for intermediate values.
    public static let weightCount = 5008
    public static let arenaCount = 80

    /// Why a model can't be loaded or a prediction not be made.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let storage: Memory
    private let weights: UnsafePointer<Float>
    private let scratch: Memory
    private let arena: UnsafeMutablePointer<Float>

    /// Decodes the weights that stand in this file.
    public init() throws(Failure) {
        storage = decodeWeights()
        weights = UnsafePointer(storage.floats)
        scratch = Memory(count: Self.arenaCount)
        arena = scratch.floats
    }

    /// Another instance with the same weights, for another thread.
    public init(sharing other: DigitsMLP) {
        storage = other.storage
        weights = other.weights
        scratch = Memory(count: Self.arenaCount)
        arena = scratch.floats
    }

    /// Predicts from and into the caller's memory; allocates nothing and takes no lock.
    ///
    /// - Precondition: the buffers have the sizes of `inputShapes` and `outputShapes`.
    public func predict(
        _ input: UnsafeBufferPointer<Float>,
        into output: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(input.count == 64, "input has 64 floats")
        precondition(output.count == 10, "output has 10 floats")
        run(input.baseAddress!, output.baseAddress!)
    }

    /// Predicts from arrays, with a check of their sizes.
    public func predict(_ input: [Float]) throws(Failure) -> [Float] {
        try run([input])[0]
    }

    /// Predicts from arrays in the order of `inputNames`, into arrays in that of `outputNames`.
    public func run(_ inputs: [[Float]]) throws(Failure) -> [[Float]] {
        guard inputs.count == 1 else {
            throw Failure(description: "expected 1 inputs, found \(inputs.count)")
        }
        guard inputs[0].count == 64 else {
            throw Failure(
                description: "input `input_layer` has \(inputs[0].count) floats, expected 64")
        }
        var output0 = [Float](repeating: 0, count: 10)
        inputs[0].withUnsafeBufferPointer { input0 in
            output0.withUnsafeMutableBufferPointer { result0 in
                run(input0.baseAddress!, result0.baseAddress!)
            }
        }
        return [output0]
    }

    private func run(_ input0: UnsafePointer<Float>, _ output0: UnsafeMutablePointer<Float>) {
        dense_batch_normalization_activation(input0, weights, weights + 4096, arena)
        dense_1(UnsafePointer(arena), weights + 4160, weights + 4928, arena + 64)
        activation_1_softmax(UnsafePointer(arena + 64), output0)
    }
}

// MARK: - Kernels

/// 1 positions x 64 filters, each a sum of 64 products; then relu.
/// Direct, tile of 1x1 positions x 6 vectors of 4 filters, filters outside.
private func dense_batch_normalization_activation(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<2 {
        let k = block * 24
        let wb = w + k * 64
        let b0 = load4(b + k)
        let b1 = load4(b + (k + 4))
        let b2 = load4(b + (k + 8))
        let b3 = load4(b + (k + 12))
        let b4 = load4(b + (k + 16))
        let b5 = load4(b + (k + 20))
        do {
            let xt = x
            let yt = y
            var c0_0 = b0, c0_1 = b1, c0_2 = b2, c0_3 = b3, c0_4 = b4, c0_5 = b5
            var wp = wb
            var xp = xt
            for _ in 0..<64 {
                let w0 = load4(wp)
                let w1 = load4(wp + 4)
                let w2 = load4(wp + 8)
                let w3 = load4(wp + 12)
                let w4 = load4(wp + 16)
                let w5 = load4(wp + 20)
                let a0 = splat4(xp[0])
                c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2); c0_3 = madd(a0, w3, c0_3); c0_4 = madd(a0, w4, c0_4); c0_5 = madd(a0, w5, c0_5)
                wp += 24
                xp += 1
            }
            store4(yt + k, activation_relu(c0_0))
            store4(yt + (k + 4), activation_relu(c0_1))
            store4(yt + (k + 8), activation_relu(c0_2))
            store4(yt + (k + 12), activation_relu(c0_3))
            store4(yt + (k + 16), activation_relu(c0_4))
            store4(yt + (k + 20), activation_relu(c0_5))
        }
    }
    do {
        let k = 48
        let wb = w + 3072
        let b0 = load4(b + k)
        let b1 = load4(b + (k + 4))
        let b2 = load4(b + (k + 8))
        let b3 = load4(b + (k + 12))
        do {
            let xt = x
            let yt = y
            var c0_0 = b0, c0_1 = b1, c0_2 = b2, c0_3 = b3
            var wp = wb
            var xp = xt
            for _ in 0..<64 {
                let w0 = load4(wp)
                let w1 = load4(wp + 4)
                let w2 = load4(wp + 8)
                let w3 = load4(wp + 12)
                let a0 = splat4(xp[0])
                c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2); c0_3 = madd(a0, w3, c0_3)
                wp += 16
                xp += 1
            }
            store4(yt + k, activation_relu(c0_0))
            store4(yt + (k + 4), activation_relu(c0_1))
            store4(yt + (k + 8), activation_relu(c0_2))
            store4(yt + (k + 12), activation_relu(c0_3))
        }
    }
}

/// 1 positions x 10 filters, each a sum of 64 products.
/// Direct, tile of 1x1 positions x 3 vectors of 4 filters, filters outside.
private func dense_1(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    do {
        let wb = w
        let b0 = load4(b)
        let b1 = load4(b + 4)
        let b2 = load4(b + 8)
        do {
            let xt = x
            let yt = y
            var c0_0 = b0, c0_1 = b1, c0_2 = b2
            var wp = wb
            var xp = xt
            for _ in 0..<64 {
                let w0 = load4(wp)
                let w1 = load4(wp + 4)
                let w2 = load4(wp + 8)
                let a0 = splat4(xp[0])
                c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2)
                wp += 12
                xp += 1
            }
            store4(yt, c0_0)
            store4(yt + 4, c0_1)
            store4(yt + 8, c0_2, first: 2)
        }
    }
}

/// Softmax of 1 rows of 10.
private func activation_1_softmax(
    _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    var top = -Float.infinity
    for block in 0..<2 {
        let c = block * 4
        top = largest(top, load4(x + c))
    }
    do {
        let c = 8
        top = largest(top, load4(x + c, first: 2, fill: -Float.infinity))
    }
    var total: Float = 0
    for block in 0..<2 {
        let c = block * 4
        let v = vectorExp(load4(x + c) - top)
        store4(y + c, v)
        total += sum(v)
    }
    do {
        let c = 8
        let v = vectorExp(load4(x + c, first: 2, fill: -Float.infinity) - top)
        store4(y + c, v, first: 2)
        total += sum(v)
    }
    let share = 1 / total
    for block in 0..<2 {
        let c = block * 4
        store4(y + c, load4(UnsafePointer(y + c)) * share)
    }
    do {
        let c = 8
        store4(y + c, load4(UnsafePointer(y + c), first: 2) * share, first: 2)
    }
}

// MARK: - Vectors

@inline(__always)
private func load4(_ p: UnsafePointer<Float>) -> SIMD4<Float> {
    UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Float>.self)
}
@inline(__always)
private func load4(_ p: UnsafePointer<Float>, first n: Int, fill: Float = 0) -> SIMD4<Float> {
    var v = SIMD4<Float>(repeating: fill)
    for i in 0..<n { v[i] = p[i] }
    return v
}
@inline(__always)
private func store4(_ p: UnsafeMutablePointer<Float>, _ v: SIMD4<Float>) {
    UnsafeMutableRawPointer(p).storeBytes(of: v, as: SIMD4<Float>.self)
}
@inline(__always)
private func store4(_ p: UnsafeMutablePointer<Float>, _ v: SIMD4<Float>, first n: Int) {
    for i in 0..<n { p[i] = v[i] }
}
@inline(__always)
private func splat4(_ x: Float) -> SIMD4<Float> {
    SIMD4<Float>(repeating: x)
}
@inline(__always)
private func largest(_ x: Float, _ v: SIMD4<Float>) -> Float {
    var largest = x
    for i in 0..<4 { if v[i] > largest { largest = v[i] } }
    return largest
}
@inline(__always)
private func sum(_ v: SIMD4<Float>) -> Float {
    var sum = v[0]
    for i in 1..<4 { sum += v[i] }
    return sum
}
/// a * b + c.
@inline(__always)
private func madd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
    a * b + c
}

/// `x`, which the compiler must have as a vector here. It takes operators apart into
/// lanes and finds the vectors again in expressions of limited depth only: long ones
/// need a stop.
///
/// - Precondition: x is NaN or at least -2^127.
@inline(__always)
private func vectorWhole(_ x: SIMD4<Float>) -> SIMD4<Float> { x.replacing(with: -0x1p127, where: x .< -0x1p127) }

@inline(__always)
private func vectorBits(_ x: SIMD4<Float>) -> SIMD4<Int32> { unsafeBitCast(x, to: SIMD4<Int32>.self) }

@inline(__always)
private func vectorFromBits(_ bits: SIMD4<Int32>) -> SIMD4<Float> { unsafeBitCast(bits, to: SIMD4<Float>.self) }

/// `|x|`
@inline(__always)
private func vectorAbsolute(_ x: SIMD4<Float>) -> SIMD4<Float> { vectorFromBits(vectorBits(x) & SIMD4<Int32>(repeating: .max)) }

/// `2^n` for n in -126...127.
@inline(__always)
private func vectorPowerOf2(_ n: SIMD4<Int32>) -> SIMD4<Float> { vectorFromBits((n &+ SIMD4<Int32>(repeating: 127)) &<< 23) }

/// `n` and `expm1(r)` with `x + low = n ln 2 + r` and `|r| <= ln 2 / 2`, for x in
/// -104...89 (others are moved there) and a small `low`.
///
/// `(exp(r) - 1 - r) / r^2` is a polynomial of degree 4 for r in -0.347...0.347; its
/// error relative to `expm1(r)` is 1.3e-8. `n` is rounded by adding `1.5 * 2^23`.
@inline(__always)
private func vectorExpReduced(_ x: SIMD4<Float>, _ low: SIMD4<Float>) -> (expm1: SIMD4<Float>, n: SIMD4<Int32>) {
    var c = x.replacing(with: -104, where: x .< -104)
    c.replace(with: 89, where: c .> 89)
    let shifted = madd(c, splat4(0x1.715476p0), splat4(0x1.8p23))
    let n = shifted - splat4(0x1.8p23)
    // ln 2 in two parts, the first with few bits so that its product with n is exact.
    var r = madd(n, splat4(-0x1.63p-1), c)
    r = vectorWhole(madd(n, splat4(0x1.bd0106p-13), r) + low)
    var q = splat4(0x1.6bebf4p-10)
    q = madd(q, r, splat4(0x1.1227f6p-7))
    q = madd(q, r, splat4(0x1.555674p-5))
    q = madd(q, r, splat4(0x1.5554b0p-3))
    q = madd(q, r, splat4(0x1.fffffep-2))
    return (madd(q, r * r, r), vectorBits(shifted) &- SIMD4<Int32>(repeating: 0x4B40_0000))
}

/// `exp(x + low)`: `low` holds bits of the argument that don't fit into `x`.
@inline(__always)
private func vectorExpSum(_ x: SIMD4<Float>, _ low: SIMD4<Float>) -> SIMD4<Float> {
    let (p, n) = vectorExpReduced(x, low)
    // In two steps: 2^n itself may be too large or too small for a float.
    let half = n &>> 1
    return (p + 1) * vectorPowerOf2(half) * vectorPowerOf2(n &- half)
}

/// `exp(x)`
@inline(__always)
private func vectorExp(_ x: SIMD4<Float>) -> SIMD4<Float> { vectorExpSum(x, SIMD4<Float>.zero) }

@inline(__always)
private func activation_relu(_ x: SIMD4<Float>) -> SIMD4<Float> { x.replacing(with: 0, where: x .< 0) }

// MARK: - Memory

/// Floats at an address that is a multiple of 64 bytes.
private final class Memory: @unchecked Sendable {
    let floats: UnsafeMutablePointer<Float>
    private let base: UnsafeMutableRawPointer
    /// The bytes that were mapped; 0 where the memory was allocated.
    private let mapped: Int

    /// Zeros.
    init(count: Int) {
        #if os(Linux)
        // Fresh pages are zero. Large ones are asked for, where the system has them: a thousand
        // small ones take it milliseconds.
        let page = 1 << 21
        let bytes = (count * 4 + 64 + page - 1) & ~(page - 1)
        if count * 4 > page, let pages = mmap(
            nil, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            pages != MAP_FAILED
        {
            let start = pages.alignedUp(toMultipleOf: page)
            _ = madvise(start, bytes, MADV_HUGEPAGE)
            base = pages
            floats = start.bindMemory(to: Float.self, capacity: bytes / 4)
            mapped = bytes + page
            return
        }
        #endif
        base = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4 + 64, alignment: 64)
        floats = base.bindMemory(to: Float.self, capacity: max(count, 1) + 16)
        floats.initialize(repeating: 0, count: max(count, 1) + 16)
        mapped = 0
    }

    init(mapped base: UnsafeMutableRawPointer, bytes: Int, header: Int) {
        self.base = base
        floats = (base + header).bindMemory(to: Float.self, capacity: (bytes - header) / 4)
        mapped = bytes
    }

    deinit {
        if mapped > 0 { _ = munmap(base, mapped) } else { base.deallocate() }
    }
}

/// Reads the weights out of the text below: base64 of little-endian float32.
private func decodeWeights() -> Memory {
    let memory = Memory(count: 5008)
    let bytes = UnsafeMutableRawPointer(memory.floats)
    var bits: UInt32 = 0
    var count = 0
    var filled = 0
    weightsText.withUTF8Buffer { text in
        for character in text {
            let value: UInt8
            switch character {
            case 65...90: value = character - 65
            case 97...122: value = character - 71
            case 48...57: value = character + 4
            case 43: value = 62
            case 47: value = 63
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8, filled < 20032 {
                count -= 8
                let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
                bytes.storeBytes(of: byte, toByteOffset: filled, as: UInt8.self)
                filled += 1
            }
        }
    }
    return memory
}

private let weightsText: StaticString = """
    /xoHvR/pHj3J7FI9dQGWvOrThL15Yye9V8rIO/jTTb3c4B89ixXgvEQWnjyQzGy96b1pPMc2zbxEbVY7GHo+vX1Dw7xh
    yqo6OIhjPb07B70NhmO9RZZgvFm5TjwPVC09EkSwuy1TP70HYgq8aYUWPU0aLz3uYyQ9BgvAu3foX7wGFfu6bdsfvC5q
    rjv3t/O9T7unvEVQ1jwfmZY8mRpMPcHypbz9MJS9Ia09PYjIWL0I+089Svz1PG9TibxYf+O8S+8/PeZqOTyeU0O8yf9O
    PPi7rzxVlYW9Bp6avVNMK7yxqkK89M6FPN9E2jygdFi8bA9MvGQDJD1V1c28zZ8cPCmPl7xdVYa9uHPDPFsizrxjX/K7
    tvEPvO7SPL1x7gc9M4iLPPS7WD1UzKw9rYsIPXjN7bwu+h09ckM7PIBCbz10eHO8mtrHvEV7WrtuQYE9HjJgPeueAL60
    24k9i+EjPdVvWjxGZDw7/PDWPKI6XL0kYFq91CSCuy8NR7yk+IK8+r0NPd5hFT0x3Ka7Hzo1POKaRT2DO/O7DE7wvEfS
    c7yQEqk9tAI5PZiZr7z2rDE82G6rOh9CwbwcRea8NYuHO2XgDDx0KmQ9XiSEPYHrSD3W31m99BiIPTLzuLx7Uw28EnFr
    PdNn0zzmQcU852PEvN8wnz0KNJa8yP6AvXlIITzTV149U/cAvbVqHr33G5G7UFZZvGtamzzH0XK8+yCqPDPJwzwSAcC8
    zcYNPUOh3zwaUwC9lIcVO1bSnbw2+sc8FldlPUXSxDsrng67wCjRO4/Ch7wkkii8+1KFPMwTAjwscV88sp/WvOwRijxH
    +Vm9RUt4vZe1Vb1Zqlg8F5F7PcRd8TylHqa9zmm6PC8giL0fnJM9/jKTvY21+Tzuyz49xFtkvC3sZDzqY/87MpeXveLm
    RL2wsLK89rzGPPpaDzxWjWc9zt2wvNFj/rtBKcc9quGFu2c1ALzXHSK9u3eFPPSkFr0pQa47cZuKPArGQTxi+bm9VvFc
    vW8AOb3pzWu80kUZuqi+kLoq5Hg8/rYJPfiDALx9IRQ9uAjWvIiSZ7187T68sbgMPbh5MD3fy/u89UWFvIe8kT1rsEC8
    ATG4vM/SfDwfmV09Q3+vvKohfL0UXfk9dVOrvZl/5TycMC+9yJu3PC+b4buD0qc8JN2PvFyEPj0Moja9YSXNu3B/67xZ
    nuG76iQWPbYrJL3TPqy9956ovE4USL3Bfke8gCclPQ3qOzyeVWY9DXgXPbIfibzOxAY9m0XgvBSh0bzn4Pw60MSMPHM0
    Fr20WBS9sHVFvYnpbbzWJao88s2bvGw8gbwholw9f80RvT1DBT0EVT29sYGGvEuIyLy60Ce97O1NPFCEZLwx/ec8kfq+
    PKDn0zvuLD09UdtLPQOjSrtK4pS82kPMPK4eI7w0MMI8Nc3evHJUCj0AhGe8oZJWO0Svarz8bS081lJLvQ/3Er2rlM47
    xjJvvJokfr3uehg9q/8PPBVVMLsOWX89XbCCvDasrrzAAAY9VdzWvEG+Gr1u/de6rcI7PX6nmjwQHZU9bMF2vfZeCj13
    +mm8eR6cvMqK0rtn+6W9XEN8PHlBzLxbxwW9TBeYPXmuOr3CACo7nuzRO5211zyO38O9b1dxvQ/+nzy0tfa8AobZPM/w
    Mj0GBu28O2vAvI9MdjzjRmE83xsfvWZBbb3fKuG8GyV5vbKxyrxJ7Ek8/A2LuwLLHz2ObV09KzEfvDamE7wHYJu8m4w5
    vQeXk7zTTFE9c6ygvG5DVj3qLyi97omQOHHD7zyaWOg7URR+vKDUBj2MhhQ92JKxO8KTY7zcEBK9s+R2vemSnTxse0A7
    SYX5PFnzyrtb+JG7bH3KO4GwoTz3q5c7dCoDvXdO/rtSloU9W7ZEOg5BCTwqsUu9flISO8JAkDykCca8t76aPM5BRzyZ
    Wt27MCIHPRbOm7yzk+M86wFqvcoB3rxJZ2G9aYyJuwMrnry5w+Y82OttPXHnZb3H0MK834a+PNfv97zM5Ik8WYgDvNem
    Kj1nHsC9kOWqvH6vCT0C6KG9FQSDOn8gFz1xAhA77wiGPYR3Lb0PQ4Y9YUPjPUhv4zzdVkU9hFmju/JCnL3+FbQ9DfNX
    u1PAFb1SmKS8EVN4vTXMyryIKYm9GpmFvSNX67yz22W81sKVO5zFdD0T0os9vrT7vOeV6jp2vYQ8gduFvBFl57xuzOC8
    xcQ4PZ4Pwjw7MCK9xWUnPRX+kzxH+ke9xFVlvStsTbxU7IO8tjshvalp+jwwgEe4H5j8O1JiJ73FG3i8OuM0Pf3tijwm
    BzW9WWdbvW0BZL28TWa7v/A5PVONQ71OaDs72ZrUvDzsOT0LmQu9hDx6vAJpOj04R5G9E/rbvIogiru7kI48zYKhvAzV
    lzzjESQ7Oeqvu+qeFrxpS1c8hDw9vERW/jxEy4k9g0GTvaJr27xnw2W7k32Lu8ESTL2aMDC8DBQ4PIyaPz1cqvg8MwKH
    PCDSFT2YlFk8Z+myvJMXnznOZbG86vcXvYf3l7vGOtG82PSSvK8hcbzyK7K9JBMZvKoIdrvw2XG8aV49vBhxHTw6b0C9
    /22AvX/X67rv0cA8qwjavN+fdL0i16a9x/0SPWgv9rvMPh49G39wvHV+LDxu3gu9W3f7uwbxNLycFeM6O91uPCAjuL2I
    BBa9dwlsPFA3oz2I5tm7pGZrPZ2xmDwfVTk8PjVavQgMK73E3am9UsqtPYoFYj2ob3u9TIcFvQhMaT1yiEu8JO4ZPdAn
    +bvSXW06Pj9wvTEXHbxLRfs90fahvDi8Ab17hfW8ee/ju+BVnzz7zdu8gs6nPUWta7wX0Oi8rsxUvMah3r3G25o8wQRP
    PTTGijyoqo69vypKOzo5tzwA5nS9NCc+PbXX6DzLbQa98w4wO8cWqzxf2x09IRK9vE2DNj11eSy9YFz/vOtMfrw1Xoy5
    hLYDPM4llbynzGs8mSspPFo7FL1uLwu9+qBfvOIEhr1irow8dPahPEVwjzymqXY9Z0eCO0JsED1c1Ea9THD3vCRp+7s9
    fqk8UxMfPaxk6zuVh786InjtO/J0rzya0qW9hUImPY1YYT1tMc08HcflPT0GjL2yAkw99YmEPTt0mz1M3bS9N8ASPFPU
    4r3WA6C9bO/sOrbAYjxDKIO9cXexvKCt7jzEUQe95uzvvDB1UzzuF9C9avFfvGp4vTyiYYM8CxCLvaD8Ob0pjQi9Cc0E
    u9xiJz3PnDa8uJYyPTj4B70Uc/e8zqMZPRRqAz09LrC8eINsvL9crD2kHeK8zF3lPFa3fbvshVi8hhQaPWC5NL1JMY28
    2BwCvYsiHDuCq4091g4WO/oDTr0qIoo7vE0dvYsC8DxSNRy9jByfu3ssJj09L0k8See2ve/Ogz2MDQA9jKndvGwOsr1e
    hQE9FtUsvS8h6Top4oG98OEcvb6tKD1HFMw9kv8bvTO9kTotnxc8INFgvbb0rrwqrr+8rZUmPcoFJb0agCc9CJCqPLpj
    ozwoUiw9BsZ/vdt9nD04ooi65/gxvbnMjbzv8Jw7r1p3vC0vVj3DPbQ9pQaRPNhzLbzX3iI9raYOvdReizyOMgS9xm7W
    OzDPDz2/Aly9wu+bOg54IL0UW+e8QfDiPHICIjwU9yA94OOlvISoXD1wEgM9m+hrvH222LyLABm9CnLiPIgYqzyNlOi7
    xZb6uxHAO70Pd6o8O2ELPdxlGr1gjcK860bfvNxwHTxib1g82CYKPczuuLy6oVO9n6o9PbvGIb134IE8Mr2OvRo4Sj1D
    A5S84PyHPLl58Ty2xrg9Nm7RO7d2cjyZUI+9AUTKPEMPbz2PazI9eSJsPXNqaTpDDHE9Dph6vKKssTuR8qk9aucSvLje
    Ab0Eo3U8RuOCPOgFtjwEeJe9496qO8qldTyKF9Y8DO6ZPb0/1DuIXZo8UcgqPS7SJ70ULIS9tMpVPN2JDrzrVJC9InQj
    PVNEGTz99D89MUAmvCLvgDzYvDq9s0M6PbdERr1w30U7EoNqvaQ6lLyPw2s8ruIxveH/9rxhUUa9SLOSPNCSj7sA/Dc6
    /jtCvd2sc71ZsBQ9o88EvcjP3LxI/C29YZNqvDeghzxmw/c8O7eCujB5pLuK1We8fEhAPWFwDb0onNW8WakRPWs5VjtS
    h0e9N8vCvOt6Zz28T3S9g6o9PWe2PD3iVy89RoHvPOyl7jknI5m9bcovO9mpbz2p42C9GdZMPZyW6TxYjvq5iR8EPAvb
    yLwefdc8sdbmvBVPHL3s/qy8F924vPOyGj2kEo08UqICvCdgkr3KTGO9LgssPSaBxLxrDEq9Cq0dPKDfBzwxYpi8rINI
    vQa7DL2BvoM9t3tlOgFHYLsiK0c9y5e3vIe6kTvkPRS9OVDbPDlgJz0SfZW8/Wb5uy7VHD3O1Xc9s2vcvLhSiL2zgeM8
    gRAdvAtRl70NAXI96Cc/vP5IVr0s3JQ77bSSO6WM8Duzug+816qDveMiCrzi0Zu8PO76PDoxh7zmq4K9enwlvGKUmb3i
    PBg92XrgPJne5zyNWlM63BaDPYiIBT09d6c9FBOBPQ6IDjyTMyw9XbJkPRrJfTsUt4C8hcs8u+NImLyK3mg8+0HpO+rB
    jzw0tnI9u78/PSFcHTwF8VS9AEVbPHoDnryv54m8jI4XvZ4XGjxqA5y8kxZrvCuODL2okGi9sYtevbPpgD0GWom9ePO5
    vKL0p7xgvny9TlLZvMxps7soshM9O3kbvYuxBzyikgW92vWZvKtq1Dxn2FS7+srpuyP/Vzn5yC49ae4mPQwpmDx6W4K9
    F7b9OdfDa7w2Y029z7SSPQE6J7z0d6C8N5pqO+4gzLwKLEa9Q29fvRW+n7pRx1q8DTX7vMrIij3XKU+74hnzPExaf7wY
    1Q89x/aYPIyfhD09uVK9Ixk9PH1gJT39d0U8uV6GPEBjy7tBx9C8QWXXuvYcvLyPji+8BYsnu2wzXDviQw695hWgvTCW
    jzzk4gO9VP71ufkOxjx6BnA96AVuvOwkNL0VFs446o6yO8buTL3mmgI9WoPdPHH4Hj0qIVe6OmoTvKiUVL3llmM9szxb
    vQOiWb3fmVu9ClD1vEoSorzkmoQ9xlAIPSonS71u2oq9CWyxvOZhLb2fL6C8lEdRO/T1I72RUUs7tmM7PW8dG72DafE8
    gzT4umnvbrt1df44N9yKvcEr7rxrHrQ8D/PKPRpUPD3/sxy8WioDPTwSIz0Ojsi8+kz4PH86v71YRBS8Xx5WvXNKJj0X
    nkk9mxhFPZKhEby9OuC8B2QLvX/RPD31lME8x52fPV3Pgb0hhEe8hU2GPSNVGb0wXzK9h1savCRqTL2cvwW9jjQGu01G
    Cb3kgEg9jPQ5PVUtFbxgq2k8P3icO5UAsTzvbm66NokTvME20LzsJ0U9gMwpPebSNry/3Zk7lA+yvV0HgD0O7L6865jk
    PO7YiDwbnHk83GmDvfLG5T0HTsC8I+2KvPsQP70qBOA72o3VPH7aVL0lUjC9SOqtO+tUsjzg7IE80niDvC7Y27xrcKy7
    llgGPFXMWLwmWY08aDTdPP2AObzeqWE87oEVvU8xejyukBc6nKv3PAARobzQm2q9t9psPCJc5b18w029Oy3YOxWijT3p
    hDQ8LgFdvekygzxeDVe9tp44vL6YFD11EO88IsEaPWpkSLxtWQi8wUs4vXs1MrwWHTm8GxObPIlI9buyopU9Db/PuZWl
    jz3qsMK8WAuivI+y0bvQL5o8t65mvQOV07w+s2w7EkG1PNWRwbuJH2y92uqJvYteVTxGHdy80Y7JvH6Ppz1i3w895cV7
    vIL0ZTwyteo7C1b3vKeaXj0BjKo8cQ7sPFsNgL305w68fPa4PCCbKD2XZa08U74CvfBJ0ztzocs8lFvLvIlOdjsLdi28
    4M+IvChIKD332gM97jWUvSLevLxe5Sg9RvIuvCftjDwmMTo93elhvQZgxTsRl6W944MJPfSwLLwknA+9EV3wvMhwqrzU
    JTY9VhTePNH7RD1nWqM9I9YbPfkpPr0l31Q9Zq3xPLkJDT1P2n+8qEz6uYtBwzu7tUI92n47PaVwKD19H4s8URlkPS2M
    GT0JOgk8Nfv2vCh9gjpaSlQ9YBVKPQG74jxyboM9eycDvJsKwTyIktI7KVbpvCPzsrobUiw9mXXMvBfGvDuiwxI9K1VW
    vNhQR72A82A8p40LvZWOcL1PoIo6NzwuPY/k7zt8qJw8U3l7PDKnhbw7BEm6c7sHPGCRMz38jW29i6wAPUj/prxeJGG9
    eLzou9HvA7tGBZY9SCYQvX4cq70e93Q6zFBau0HACb0owBc7tnREPTboeL2hSoa89GU8PF7R5zqeO/G8vjnkPLJU3zwl
    Bg69T/5Ivfrkmjw9eG+82qhSPSxXRb33cL27n5tnPVlrNbyjmae8z2idPNb01DxEZwG9URL9Ob+peb29sls9GdSKvUUT
    Gj33T8Q7LVB5OpRlVL2bzTA9KlMXPd8p+zxhtSI9KsYHvasJ/rxhlqA9ltOnvJ+Z/bu+XBy9WYipvJaCgDsmPdk8t15x
    Pe/eBz1S0P4730G9Pf5DrLt1WXY87czUvBEuhT3vaxW9hVZGvfQccDuXvWG9P2fLOkDHYL01J7s7s964vLoT8rywkuO8
    K2fSPLEOqT0KqJ+8Zw9UPSBLkTynddq6KpJDPWJRqzuImjA9xL4gPU10oLx07IO8ZgqnPER6nruGZc47NJgJPaF2VbyR
    dTm9kgr2vJ6cwTvti1K9xFy+vOkgGLw5Ng48yYAGPRk/hrwY8Aq8HU8uPbGQgTwmolq7aVQdPcJYhr0Qwe08TMG+OjM0
    M70INoy8ZqOCvbSaqLzweWi4mAUOPVIQOb1Qv2Y7rC6QvVRUfz0RYC06oL8yvU6A5LyVRwi7X/9WvDuSgrxXjWm88E7E
    O9eIg72bVgE8Wab9PAkRC7whB3E8sVoJPAFLZTso8nw8MiHjvHxlJrpnXZ28QvSDu32dDj3PGc47mhBfvK8niT1Yl4Q9
    4PGZPJ09tLyxyf680J9uvC2Vgr1hGm+9EdP8PJJixruDgIc8TreRPVXxSr2bjxq9De2Guyi1hD1kQ/c89JGrvCN9QD1H
    HlA99pKBvEQq47oMsBC9CSZ0PI0M6rxPWDe9l2CUO64jDT08l3i8eZiQO4lWxD3HIEO9WKZQPEwV2rxJmAG8Oit8vbHr
    M70fzDM9JKFxPZXEQD2jzZg8TkzCPAoEGLwmlUk9zGbgOw611bw/BI+93TmRvZjh6jzKB3C7mrhPPWTdsjwJ2sG9+3nX
    PPXwWr1mqoo9/aLOO9IGE7312iy7C15PvYUtCz3PcWO8oXGNPYO+DL2t3cY8AQBqvVejAjxCBrU856yAveHKoLxD3+K9
    GxghPcTZgD1IdiO9zN98Pd8Giz0pNvA8E/JXPRIdFL3yvCw9uL+ovFtrKb0Qwga9tsTCuymoVry60zS8w7QwOch0gD2w
    THK9KlL/PHpTvDw+sFE9tN/NO/HS5DySvBi8xHpDPPKehT3l1us6jSbvvGvyWjyqmJ29xDocPRPR6Dysn+S8GpzfO54w
    gb0DIhc7kCXqvO9RPr22Y4o9hwR1PJ8U0budlqW84DlZPLhC2zzqaMc8KiaDvdwhQb01adw7MiwCPd7F9zzsIFS9drpV
    PVzR8rzFPdC6rGlzPB8DHDxwI0g8Yz4tPTDU8bxtAbk8FAU0vS7paLtic4289x9rPfnZFj0oBgK8wPU1vXRfNT06ZX88
    2CgevRkPE7yf4gW9FiQrvQncDr3+Ruw8iydBvaOPYr0IynW8o743PciIOz3RoE+9DsmTvUMfC730mQU8rUuTPMlj+Lz8
    +069ADgbPctLXb1bXA89+WV5vEL8ozyAAF+8ha5gO6GKETsZvgW80Gv6Oz2uCD1FKy49k7crvL1bPD2a6jm8Kf6YPE1y
    ujyqo4E9L81/PJHfWb1JSIA7Q+pQPE1ZAzy5UMc8P5UoPXKohb3tIja9e+hbPcjhIz1Ujcc8loPkO1+n97tkMJi7ryuC
    PQdUYryUBxe96w9kvfbXqbwURpy8XPszvCwsZr0HFYS9S9TUO8SYqzsA+EY77IMMvZBAYb04jiE9yT8DvK2xmzxH+uY8
    8ac4vQY1ID2ODIE8UKWOPImxS7208Zs8KArjvH/nAb47oTG9QiLbPHE1LD1U0YI8pqgbvYig0D0oCV28wp6fPIoeqLy2
    4GW8QgQQPdnX7bzxxFc9aKu1vJ6CPb24j2m9/PM/vbclyTwXjGI7pisqvUEiSr0JwK+8fSpWvL4tGzxnGS49Wzi6PKby
    Az2rIp+8uDCWvAqoFD2c1eK7reqFvB/VhLv7tN08G0spPKcrx7ydtKC8MZZnPTwOjjtlfd098vw0PCQq37tJrQS9UIsc
    veYRmLytbU48P2QCvME1Cz2oL1e9f0vbOzAMB73AQ329r1o/vPFwUTwvv4Y7d66svPeIeL2GiNO7PmPUPJzwx7yTQJ29
    fhxGvDR1Kr2MMI89cmSNPFfOUz0FmRc9GcOiO+Eh/Tza7ze9V8Y8vWROw7xRf0A8FCMAvMikGD27SYA8x+V/PUO5m7w2
    kTi9wa3xPAuwgDxgcZ48HEW+vfshZrzhg5C8sGB3vfVwZLt51AK9N19lPSpFxryzDIk9szoWPUCDWj0BFDa9APsEvZIN
    Lz32alu9BgQku41DMjupJBE9zR/LOz/M9bx1eQU8gWEgvYZKGDyhzNE8KQlcvZhXErx6HkG7g2+fvFyrVL33/7I9chWJ
    u7o3tbzudXW9zWdDPOfK0TycT7Q7WeSKPYfQpLz2vpq8YJhmu0BcVz3LgI28LYQtPGCrc73aeP07c2z3vImZeL3g1H09
    EC75urtDMT2PLgw9iolqvdtByTwVt4o9DtpYvG8gazlDLjM9Dp04u4F2mjtZJMS8nMgdPFoQjDxba369BWD9vI9AP73L
    3jK99aErO3bxgD0EFbe9pi9FPUPHBrvxa1w9HWGbvakyc7usohW905h1O/oOz7toSN09Fbz8OwlufT3iXxs94u7LvLZl
    +jx1lyE8vvaWvE65prvjNig9cwEgPVwjejxRFca6Nz9WvSI5B7zigZa82y2nPPHZpj0fSFU8X3RYvEApHzufa/a8cPxc
    vPmMIb1i1Xm8l7C+u2wkAL3vunW8tUSivBwhnj1ti5Q8WtpbPVDRpTyf/L48DbA6PCZHnb2hwXs8ROEWPenrtr2DO1Y9
    am8HPduaGb3EjRk9Oi4MPoLPzDzWH5A9nGc5O17XXj0wQvq8slXuvFrCajtnBgW93mUavGawv7zHZKu8e/PtOeAjAz2+
    OVE7o4WTPFN8i7xtzg29LgzNO9ygKbzF/0K9SsJ6PVX6Qb1PkRI9QE6ovGu7sLzMXw69F9kCvNz9LzuOF0m8qfvpvPaY
    T72bxRu9bG0Evbxd7znNYlm90tdcvDAFzLyBKiE9tm94PAYi5DzlgRM8TOpAPM9XyLzOOqc9m7k6PVX+VjwdBjG8BvjO
    vPB86rz3RZy8phRUvLzxQD3b3BG7sCSLPNrXITzEToK9dP2OvIj3k7wzRE08g4snvc0DNbz8WmE8oOZcvYFvpTwm/Y09
    S5dyPCp0AjzAjTI9aDAiPVdNuLyM99O8nvnmvBuQ4zzHW+a8ePKNvdeOprw2LoC4ZjNNPamjZ7z1VLO8/neJvLw4dDwI
    3Qu9fPYkvQuVizyPzzG7iG78O+nthrrGes48s28TvARvCL2SriU9GJ6GujapKL1awgk9W8kCOYqFIb0It9M8ycucvI1z
    LzyRkoc97JmpPPf8KTyFNkS8/HKlvAmb2jyTI8E84XbpPIQGjL0FMbi84lpMvGngBz2DrZG7h56MPOYefj1+h686N7lO
    PWaZ/zxCw3c9GNCNPBWoxrunE3I9jg2IvI2VhLwNm9q9eLBPutFjsLxGCB+9/v4jPRLUqDwD5Wi82iw5vYAMfLvP6wu9
    /V0Uuz8sej3z2NA8UNYqPSP6PT3DFB89QZQcPOg3GrzXsLY7Xi+EPNNS0bsF00u9B1ycvJU2WT0JXJC9Pl/ovJFMOr1K
    SKq9ga61PAOCeDw04jE9FgUnvHNflTyMXX+8slicvBvAiD0q8UK9dCvTvEHRHD1Pr5A9WOoMvXHAgL2885Q8jsuJvVgN
    tzuxkb68U8Y6PJGbDj0OmcW8ociWvDsLEr1kQDC6e1cmvT0ByjxV/m+9SkTHvKtPJzzQcSI9hWqNPFrpbb1ylAW9a4uu
    PCoyKr1YtTQ9rUPTu/gnujsHFkC8l1sHPsZ4zrsWUaU9rp5PPRdTtz3AEcC98qHfvMP63ToqEGc9mqAzulOtb70SA5C8
    ZTM7vfGJhbwu0gW8PFTaO5KlGb112m86arV8vFfwNb2g6tY8gJrePczWZj13ypG96lGPPZqbOL0QUNc8yzQpvXrWFz2e
    CvM8Jx+IvHvA5TyLENS8XiaxO4ZxhLk58ci8dqoDPWElLTzWEdo70IZrvZ7gZjusBHu8KlEsvcPrWr3gUsq8TbtHPYw0
    kjs+yZS9ngnzvByi8LxsXJM9tpenvLCmFjvpVc+8J9aavU8bOryjoQO9MQQNvc3snb3L6I+8dZA8va+reT36oIs7T1i6
    vHrIPD1HH8u84Vn0vFy9iLzNfcY8siK4vbeDkLvrSNa75ig+Pf5AE7xIzvQ8EaoMPYxkh71wL2e9wZvJvHAYTzzs2rq8
    lvojvTYXirw84pS8hgcLvQJQej2muiK9LPAIvX15Eb2SwpO8Cn0YvI5JUj2yOVS9Q2BHPLIu1D1ZyhI9zomhvNl0Uruf
    Ezm8xK+EvPz3Fr2KVku9wVYzPWJOB71XbK89/lQnPf86MT0hR2U9GdkLPeSB3jyVdiY9zurtvH/m8Trxmg49X38vvarP
    5TxYBR27jLEVPfkZsjy8/YS99HxbvaO76Ls7tIA7puEVvIkrEL1PRA+94UsdPBVt1byzz9U81uYqO92tDj0YeQE9w+Yg
    vU1eYz0SQjS6lXt+vVL2Ir0FgYE8po8EvWLfJL38YCa7J96+u36YPDxmHTi9QaVqPW6igLziUNU79oY7vEoq9jonYve9
    xFHEO4bHn7wZjhU8govHPEnuLjw1bUO7SAevvMHWzryWEzE9sPkavdnkRj0SuKE7NsgKu3IkKb2gMZg89nIsPbsgezzT
    uVi9yNtzPdLFcz2LjKe9Z9xmPfrm5zyeXfw8pHMnPaVAjjwr9/O86aswPLFqs7w7dFO7LRh7vYk1Bb3mWRs9H8NDOk5Y
    Pjziw289EY+ePDmJUL3hhHe9boX2O4J5iDwzWRO7orcTPl0lyjwmChs8vOynPe/BpztcN4e9COwBvQMqOL0N34s9KDTL
    PL1oNj1gZJY9yuBgvU47dr10tpu5hdwDveDq5Tv+yx699/uWvdYOUb1KFeI8xFW4PTUsDr25cFO9NRy5PQKy9Txg62Q7
    PjMGPeVTFr2yww26AkuxO0NY1TzrPoK8o/QzPMV0yrzsCxK8Lf2RvWz8sDy5mJ079tKEPJH8WTvzJ1Y8MXz/vBeMnrw8
    ehe8YSF7PY+kRLvVjQU9M643vYSSKzwJmiW9f/n/PBEtbr0CkXY9bnCRvKlkIT1xv048Yx4tva2ajrwS1K68Ihw8vdD+
    rTxsffK8Tl5CPNEzZL058aQ7IzBVu1WGAT2Pqck8+3cmO3aOBr0CED08I27JPKLonL0UB108hMC8vJDqhD1h6oK9wRwO
    vZ4A67xMZjM96hUJPBcwAL0aQ9C81pTbvFTItz0Rdqi9R3wsPNrg9bzM2Zg8KyLKO8dknjv0K3c8NhQJvTsDLL0Oyz86
    H7YJPB5Z8ryyFFW8k9e4POXfEj2+yTc895TpPL6mLD3dekE8krtGOBG8Kb3tO4E8pNybvIdtjLyCwx+90jdCvZPDJTtt
    Ei+94nYJvdMSgDx3bCS8vAoZvfsiFb2Qr1u8jG97vHzFzrvFFhW9UVWQvEhWMbwFl1g8YBMUvUx0Er3TcN07MaGfvEEI
    2TsPgVq7ixXBvPLPiT3+wwQ9z58cvfPFUb1qBEk9dqmqPMr1Q73LYNg9DkTHvXEnhj3HWdE8v+IDPSQgMDzwQtY7Cw52
    vCqdsDy8TYY9A5H+vIYvoLvuaGI96w+NO+gIALzUFBC9TY6ZvX+iNb1CLtU8G6IOPPENxDz0dxA9FbY3PMlKk7nASGc7
    WxmQvTfFKr2Je+28O8GyPc+fzLzlqSS8T+hNvJRe5j2CPo89RRwpO732kzwD2UG9G6gCPSVhWT0vqKq7MPp+PHGMmTzR
    Ye48FdLQO3QNj729EbW9nhYFPZfSjry6Sv48UC1ivUO/oj3ha4s8CzdtvR96pzt5hzi9tLMxPEBzMr3boK09k58PPRWN
    Z7vhEci8X00CPRhxUjwTMXI86eF/PV9FYj2bpSk9pOqJvEqW7ryq/as87SmSPIVhJr1CYou818psPWXBT73tU9C8jbxi
    vHoUuLykK4W9yDFfPe9OjrykMrc8dx4PPInDR718woS7qGWDOxnW/rqa/469TaC1vYbHNL2Pxks9LzCaPH9DWL13DMc8
    cs6yO71Wczxa3du9v8G5PAIOeDsJBM28dw5LPJICH71Wwh88FdgNPVhu6bxGh7q8ADUAvLXUe71XoT49VUKGPPdcALxt
    5Mc7q8GDvOMsBL3K+AC9YGlevMPhiLuk2oi9XlGzPXoZyLv7ADm8bcMOO5+S3ryntyw9czYPvRuTlD0GWb28eMcBvZI/
    Oj39X3a8wT4vvXt12by8zsS89NcmvcTxpTxu2JS8WM2+PAPXPLxiOgq9Tnb5vN45Ib2zc147TJW3vHCImDxMRNM9NcxL
    vXl3cTyQmaw8TZ9bPGMPH7v+wW89xw8CPRrlXj2UyO68nGwdPTAm4Lw9GU48JHUEO4xtm7w26vk7Q3ryPLygnLyvP688
    MikGPfSC2rxZTSA8uLkBvB81Ljzy4L49G1uxu8SiBD2NkDK77QKSPfWIFr1SKDq894u1PA4nUT3TW7Q8JbQ8O6FmAb0N
    /5E8EMAXO3b8rjxt6fg85JlvvRPExTsggo87GgaBPffeCrv/ekG9r8jNvC3IubwvuI29ZlEqPZo6ULz72Ku86N2IPKkT
    g73HycC90biAus9hJT1Uejq9WZm+vPNKpzoH95u8KWFQPAWfabzkDhG9He3BPLezzrx8USw7m2KLPVvUj72jpEm9dJRK
    vMcsR7x//SI82X9WPWd7a725/vU8T18Avbi3OD0p6jc9FGMwvcRfYj0xaXq9uhYEvNq3Jz1DOBE9NB4/OltS+bt/4oa8
    xM6IvYBfhTxjRFW8LVaWPBSlTr3t/Wq9miQbveuLaDzG1sY7xLvavP2VvzxMTiy8EgftvFoLRzy+NLU6GsO3vOGDfzvS
    Os49vJqEvCXS/7wAHrA8Z/AjvRvI4DwjhoM8eeyCvM2QhT1nzae86R0evdDNDD0F6Xu9BWpOvUjgLj1djnG7RYNvvRC1
    gr1tYVo9nZM4PMcIk7wiaNK8cDA7PYqgy7zZGTo9tLBXvc1Lkb1ND+U7ROEAO9KvS73crsG7OC/BPaZqQjyNVQo9v1Yk
    PL6vED1m2OO8mzw7vNwEg7zT3HM9yH2tPGR2Oj3pyFi9F5MAvH0hcjykWXo8pIV6vEYxrz3o28G8UmpfvXLOhzyLy/U6
    4Wl0vchDP7xRkDu9E64evevTDr1Pfgg9bTuHPVspt7zseNc99tc5PUCiZb0U8xq96XCPO/f3l7u3G7G7MW42PWJeiz2p
    s649GxolPQorjj0YNxg9Zykuu3yLLr0oqYs7eUtsvBiqqjlirO68P86LvbOWCr0ZVJA9YqO9vOd+Fj3LCDY8m7C8vHvL
    gzxwocK8sxZ2va0mKT0COto80M0aPcvCRb2/wqu89HbqPGawgLzAXqe9ivKqvKma8LxyXeM82g9CvS1xDD19XG29X1kF
    vcpRI7ypz2Q7tlWSPKDloDxyrEO92JBBvTRtWz0PRxk9e6chvQbPh71Jxks9JK+tvPbbQD2jTSa9gY4LvbUJPz3HC4a9
    /hDaOlygWzszUzS9fRIbPFoncbxkQvS7kdKrPalisrsqxCe9LcL4PM7hCr2ex0e9MgtfPJGKADywd4w84BAKO90D072C
    YZS7wnEnvfZRgD2wfoe8soEmPfzTBj02iN696b+CPK5kIb2XtjE8s99IPet4LjzsNAs9vVbXPWV1izx0KXg8PvP+vJWs
    5zzazwu9aq1LvZ3svbydM1u9QURPPCNkyjySXSA9ioI0vaDFZbz9NGC9odCmvK3eE7wvNgY9H55PPBuTSr1vDQy94Zgj
    vXq2Bj2zuxg992kpPZ1YKj0szqI8upy+vNrSnjvxeck9U46ivWmE+bzLmFe8SDsfvWh/QD2YuB+9wqIwO77aoLvZ5BW8
    KDs4vJI7nTx8u7E99CV9PQYxIb1/DRq9q6roPLrpwDwIoSA945k2PaqSLD2kb+87u16ou3YO1jwSQxa9h3+WvTGo1bsX
    Mwa8cn2iPN7RkD1Mviw9fPzxux3GDzySlrg6/zcJvDOfmb0LY847wJ1xvAs31zxuxx68xc+YvIbugTzdUxe9zco4OzSO
    ArzcO7a7TdvWvNc4ej0W7wI9gKzuuwSwib0CThA97X24PD5G0jyRd5Q8TzGzvPYFQzyoApw7rsSJPB3aFj3uX8E8RUlb
    O3nAS70XfEi9z0c6uxOcmL0pbEs8hwpKPbU8Kj2MjRm8QTbbO8RK+jy916o97h4SPTLCEj1aGS+8sRwivSd2QL31NEo8
    xWyHvBaWVT03AxS8YX2/ug6sI71PTZ08RyQvPNr7XTwpXqI9VtsBvZXUPL1GpqO9J6QgPEUpeb2eVNc8wn26PKCOHj2p
    euq8/763PLaC6LvbS5e9kHkbPJlMGz1+Ljs85hJWPT3LSrxBYdm8UnCiPBaSobyyNlk9XstRPbgMLj3SMbW8HZryPJTs
    cb07ni4940qtPRUA7ry2AKu85XqwvAYPc7yivK49gYg2vdaorbw9tMe9v5PWvCjtED1A89K8uLDUPD94az0rvj09EY3G
    O7G+uLzZT449vPJSvCGlCz1bPhU803aLPA7nAryoRdG87LhGvVuCNb01g4g8kUnRO4l707rFe5+8/9E3u3qpVzzlXGc9
    iEsJPHnxLD372608UpT/vCGo1zzaWV283TwLvKv9Jj0uTYg9AFuaPOaWXrcfpx69yuggPU/0R7lhgkg9yxUFvbxeI7zN
    eaK84S25PMQU3jzi4OC8UqMRvQM3AT2wVbo83ykKPV/Mir12u1W9K1RtPZFTCz1czLE6nVyFvWjDIT1Qe4u8l+hxPaLD
    NLwV49U8VrRHvZu3nbwR8Vg9l2havV7hvjx18IC8zQETvUCkwbyDO4Y9vSSDvJZDLr30lyq9LoyXu+7QLj2OqWe9tx/I
    PJtLQz08evY8kJfXu1huM70eYpa9m0ZPOqdqxrydhpO9z+qYPLNePD2SonG91+ZnvbYUJbxFE628IWo2vGQKHb0NNag9
    xZc0vSRHrLzxTHq9XUx2Pb/i8zzWqKA8GQyWPUcrcrvsaOY8cN+6Opf++Dr8xla8KICFPFSXGbxaYSA9U+rtPHqrDT2l
    1PA8SOnEvJhsT7u1IiU9WO4iPc0SMD0MErQ88TboOcs36jybdYy9aokIvajaVjsv8M06dqrMOwWgQD1kLTq8ztLnu05l
    ML1xYqA8EKA4vDEXyzyWrlO9YSn4POjH7Dxt10Y9phJHOnlViD3irR88egA2vXNmSj0qc+e8YqHqvBSKC71vh728XSqC
    veIEGzxM8F09+cIrvaRGoLtUxh695sRBvZeoATsT6we8DHBdvLUtujxC33K8nbivPMPJMb3ar0E9wzjhvOIcvjzOQ4+9
    UxXluu6NQ71nEDW9KIEsvTROHjza2BY9Dx8wO1SLNr3a/LE8QX84PDGstbnDDRQ8igF7O8nfEb3h7ZU8reJPPeMyPjx9
    upW7AOlaPMWKPDzXBcs8vOPxPIo0w7rEiki9ZzAxvcxPqDtzjai89hscvZE0RT0edwM9+ZhuvVjOOr07l3+9klODPSA4
    Sj31mYc9w8cgPANBIT1zmQO9KvJNPS1MDbsF4MK7C88CvfiWPb2khr08vRFkvMJOBb03uda8aUSwvMC6cjx4KQQ9v19b
    vW/7ND1LcPW6zqCQu2xRsD1gKVc8NF0xvUh7BL1BAJU8jlRtvC/9rrxhKbi8QuCVvHdVcTt3xS+9tSMjPdWyabwrDQ69
    e7Y/Pf0yDr3+elE6FCEuPB6TEz1HTlG8w3juPNWUgju64QY8tardvHWVAD02SKW7ohC2PaPmOb0Zboc9uzKQu69lIL0x
    eqs9kQASPGQALT30him7nHShvUXla7yyPrU6gZmUvSV9ATz9/mU9P2qQvQqrADxzl7Y84QYgveJ0CD1ZC+S9o89CvZOU
    YT0d8am6LhR1PRV4bD2SLoS8oRgJPVF8Ez1sO7a8cblSvJr2Mj1djc68BTmyPF65gL1uK8W868MGPLyXAzwrmki9WWAY
    PfgQpryR5Ck9U7U1vcOlTj0pYZa9e3aqPFl4Y7t7teg8GjKcO9VhRL0Wdta9ftxFvDgmmT3jL0M9yf86PNfQkry2D+88
    yW5LPakfa7wY0ae8P/5iPSfbpDvhSS48ydBiPDKsfL3Ifos8i5iUvBdewjyuZ349/lwzPaQBsjxdUqg7PvxAvOM8l7wV
    WUM9vKc3POicALzGZIe9PDkYvLLNZr1jAuA7SGoDOoNmNj1OD4G8NfeFvVbDM7258Mk8WTEjvNO8CzunaBa9YseiPJMM
    PD3I9ki9zEASvcSXoLyyMFw8FWoQPQ3pLj28bkO9nlz8vJJ52LxGr5U992/evIMEfLzot9k7/rfSPIu4oT0ieDe84Yu3
    u72Ql70hmSk990UPvI0Y0zwSF4C8CFxBvG01H71cSKO8i0fAPdZggzvgoYi9grSjvDJui7v78gg9ugBDPKNlhD3omGS9
    cJy/PHn7pL2lYHE9LFKUvS7gVjwD+Uq9S95VvdAaTz0dAnu8Z1eGvPdlZL0p3586ibOBPLsEhLxASqu8pJo+OycRq70I
    mHw9TDZ2PU/hCr3hfkg9wz8tvQDhpz1ti3S92j82vZw2FL3gpN47MyK3PAvVd72RmGG9zGxovKr3Mb1iwsM99bV9PZrO
    Q703jeO8qpZdPfJSjD0m4BU83CnYPHtJYrp6KhW9VBIxvdi8Mz2r1rm8sy8vvcc6FL0sgE88yrsIuwVptz1aVmS830sM
    vJ01sjx9Fb08T/c2vawxOT0v+mQ8dwVJPC6hOz14HEA93GWgPOymPj32F4g95MpNvMFxGL28W148IoPQOXRr17ytxC69
    C64pvVp3iz2BkoO7h2x/PGGHybsnfsi8doRbPYrtqDz7uAy9kN7QPYnODL3m0By98UMavd8oIL3hJrW8Zm8hPU+9pTwU
    Jwk9NDU4PaFTWzyE0TM8tgkAPa6Kyjxl5jE9kBMjvbEuuTw4piy9RbMMvHzox72NBza9PqCtu2PaAr34fgW981v8vBAe
    MzxQTBQ9xycevRh7ebwd70W9wompO7lMd7wkQpo9s2OLvOi34bwAmEM8Z2IdPYSTYLtq9I08hLgJvWNeN7yw/9A8GP9y
    PHb9GbvHR868xINAPUiSAb1sgaw7XSKqPLR3kbzHPsC869plPXWzCj2B/FK8dt5lvY8YF71mAIO9ogkRvcAPLzx87yS8
    R0bEvNnduryaDb29zcAZPT151D0DrMe8w2KFvTA3Wr0P+Om8+jR7PFn07rss9i89BlMtu5IWND2MYto8LkX4PKeEEr0d
    raS93TPLPa/E9zx6kLy96dJKPH3W0TyvIz+7bjfOPIFsor2/gUA64mjru+kNBb4HyUa9MlKtOxKZJ714+5U796LBvKnt
    Wrwejo68kUYZvRXszjtA5gE8iFC9Oxikijsedla8spTlvHeuLz3ZUOs84cIxvXsXLz2Mkps8Ws0ZPJ3eezxcfcw84KGS
    PF2PPjuBZRk8isZnPUBuuD3MrKO7DytXPJPFQLowqcY6aMLvPIhaJb1f2w295/OWPLdOhzuJPYw8CEeMPQhclb1yrEO9
    m+0DPYrt8Tyzqm08FLKHvZ7cS71LTUs71XSvuoIPDL0wIdO8WfQgPR1yIrzYAiq95bgZvY3BHT0ocgY9/e8/vYUchrzE
    /qk8i6BBPVOKkby0mf68CgCMvIAuKTxI0U88EZidvfEr9rtBuGg8SH/2vNc5Sb1/96c9F7TxPMW6Ar4kIpE8zWVuvWJW
    hD0DGsI7aVPNPaQkobwJJ1O80rS9PU53RL3V/AG951vmPD4OAL1WtIK86cJ7vIgfKz0yse29UiLnPMfvKTyLLhA9nogf
    PXLFWT0AWT09+hRBPXyPrryxBlK921OSu3abCD0Eg9U9SMFxPLJAA70j+X09pd5gvO/jFD10u5W7TUGKPRHx+rxPCb29
    4qyMPWJNEjwoCY89TBRHPcEW3zwtnw09rF0WvBA+zbwMYUm8MtjZvG5Qorxkyfg8aCcgPX6iWLzyVlQ9QLw/vMQt9jlS
    +pA9ZznOPfrU3zwvHqQ7VKwCPCh5sD0h9Ay90ZPIu7yNrbsi5Vs7EQIPPUD0yDwS5J+93IMGvY9hmjxX2Uk9OxgjvBRD
    Ybq8cB69WOuWvBgsAb2HZF294pwmvQBnhz2eCUm9Lu56vbJbFD3sp009YYCGvDkXUD1NTOw5ut2/PMxtkTsMMAQ9J6Kd
    O9cmx7w44he9SzyhPMEYcj3ilSY9WG4oPbYGkTyYUUW85P6KPMrOuD0Vyl+8D05evWqdzDz5KPA7ehUKvVvEyL3CWzk9
    ykRLvfL5nb1gsrQ9zDudPPphEz1Kh3y9dirnvAdvPT0Swo+9/G+IPbNyDb0Ji6U99ULGuhuNVD0Wths9np7vu4i6FL1d
    L4M8p2UJvcHXFD3nXqG6QeCiPHTnC73q1ns8Kye4O3q5Ar31kJe8DdGjPJHTxrs4ZBg8BFR6OiscKL2ahYM7edLKvUfV
    i7twKvC8cL2TvYLipL3zHwk9k8vnvKfy2jxOojM93XIPvHa86rw51J89/uRbPdR0u73gYhS9t8Z+PLTQOL0jqwS845hA
    Pc7RQj3Deoc96vwlPUyDk7zIOeO5YXeCuuFHYL1u+KM9byNwPSY0sz26naM9pzRkPA2Ivjwv27a7wDuHvYmmEr0/Wy69
    SIB9PRYfjbyeE9+8ZE2kPX/3kjsk1U49LXyMvAi/hTvjfTU7gSuyPR0zajuRdGu9/I4gPTSHHTtExiu99Z9BvHV0Ar2+
    aTI8nsIuPaXYF73H2uS8H2GhvDjPqbxz5jW76nUzPSE1lL1Cqww9breou5jNzTyIVs48UNH8PMs4rbwYEVE99KWyPExS
    cTzJTXS9C4kUvW/2M71iNAS8pV9TOk0O2by/mgO7TlWsvHbTRrwvLhk9xntbvWAit7xTitS70DylvDWZ2LwKHwW9s0cw
    PcJ2EbwLLVI9/EYNPYx45zwyi+88D405vbf2qTyNn0Q9gAC1vQjl6Tyq3Fm9c9stO5iK2bxbkS06XGXrOuGHGb1P0Fu8
    AkSSvd+IgzwYk408sbdTPb51yzz4C8q8sF2svRXjm73slZg9r9rnPDGZXTuwZE89aQICPTCTDjwdjuq8oRsXvbnVhb0d
    G129dYsWPOkxebxym6Q8NfcnvaP4tjq0oBO9jltfPHPFPL0Rylk8gGYPO7KzCjwW4/88Ndh6vWOYULxSOWO99HNavdJR
    Fz1ItRq98WqPPKkB07y6Sv88lQTQPHX4RD0iZkA9BXM3PaXUrr22TDa9MEdRPTwxj70ej7i8F86YPWvMNDthmUI9fQ5f
    PUaQzrryiaC8ZogXvetNCb1zzPc8KPVcvL3DI70wcyE9oRbwPB0Skjye8gM919OaPOZ6i7yDMYQ9JJjGO+L1jz2CjFO8
    R21YPVJEDD0I0qA8SAfvvG54rryb5gY8IGgXvFkwFz2szgg8IzW3PS9KubuBLEs9G982vWBOuryULew8RKq2vECGQ7wx
    zc68n4vfPO7RvDyHgzq9fzqIuoR2ML2H0BA8O5F2vbUFtT0L5aK65QcwPM4AfTynHj29L7yDPEBpLbyoskO94FatvZl8
    VL1x4pw84XuwvGL6UTutHD08HASGPHfG2DwgznW9jG+kPHlE2zx8TZo9OmkxPTSEUT2guTY9FqQZPeynmLxVbDE8BtyJ
    vQJp+bydD009ElteOlxvuzugylM97eQ/vCVC6DvTzHu9uVKlPGFztTxC45y7jn4tPWGJYrwqP4e9acRvuu0ACzsfJ1u9
    wzYdPZtcpDyEy688nCJpvFMqhTyIAZq5lNLBPL9slD1I4CY8LR58PD/XYLwKGRG8BvsUvc/s6TyQkPq7yRWovBBd4DxD
    vKY9GgY0PdguLzoJrwI86KnjO7oduDyW7IA86QeJvfQkwzwI3+O8pUKEOzKXsb0uRPs8M0sqO34bFT3b1F46XSVGPNou
    pjzvhXS9W4ZIPYeeQbxGVLG8BfPEu5xFFDz45Ii883nbPRTXI72EAn08k2V1va+yRzwLlVw8z4N8vMdqkrxKJee8PbuD
    PJSWsb24sDE9MCcqvUXQIT3Z6oq8F+73Oy6U+7x0twe9IaiIPJxSDzsAOYQ90hSPPOwgCz0Y87u9fG22vJ8KWz0busE7
    ghGUPf0wiL38tyw8Ek/9PN6OXT2Hj009fKTBvPgemj0U51c9OgljvV3k0zwLZ+08o5YLPU1zm7y3UEo8bQ1tu80Mqrwg
    Fxg91McWPcOLgj0EApq9ou38vPIxPLyNgae86AwMvYa2VL1GxCo8bRYnPNwWr706qAU9FQ5dvfc27LxGWk89mskjPZBX
    PT1vsUO8UHYFvZipZjwi4gA9UDAqPdFV7TzM0PG8AZ1cuzrcBDtQqOE8Af43PcjIgLtLqZ67aduEvfN80T2N6Dc7Kd4E
    vHEfar2WhYq8U/yUPfMSrjsFc3a8NTUqPUu+obw0BfI8ttQwvW9DsTyj3ym9mvH/vJ7AdDyHL7A8xLEyvPKlXL28NSe9
    fqGdPeSpk7w0iz88sek9vfJtgD2C04S9ooIHPAWLs72XCFK8aTuVvUpvLr1G/Z29mfWYvXfYDjwhc6I7ONS0PPcWrLwL
    BeA88Qm7PBQ5Cj0Fy+k8Y2iQPUj7Cr2AIl29iSYMvWmvFb3lbws9MU35PCrphj3axrO8ouhmu8+lOD1scF09UdBcvADm
    e7v95KC8I2qzPN2y3DxWJmy8XEriPTK4Ib0RiYs899U1PaNcdzwS/xS9+sGjvdF3+7kUqYW9+cPOPZ5moDw1pga9us6e
    vWu3/Dtf8Be99SmJvJKwmDyQm0s6IffivBos0r2LRDA8gvGFPcIbgryz3KQ6Ch2IPWwJkr1VN9w8IwC3PN2cGb0JE+27
    /SMBvSGIjjz8gle95b6UuiPexDxnJIq9RxZqvb2Meb1nEkS9TsmBvJ8jVL3jFg09584cvclfmTsyVzw9tysIuwYvM71Q
    aFC8A085PWgZnjtbUcC8+6svvd94i7uXF9s7HiHFvLvbFbwuNLq9AYo9PSiBOD220py62nEzvft9Mjx5q149UZq5PI4e
    7rzwdua8jsTWO2lGm7uhV8s8Wf3iOGdE5T0h9e67YzvCPBWIjzyKZws91/jFPCRM0rtibo28GI6wPOHs4jvWAL+85/Uj
    vUIwxjy21oC9vUO8vOlykz2NKtG8geYwvRZ+6r3Kqqo89sk3vWOlULl7/gi9iYiovfePCT2Kr/o87l21vFGTCb0Nmji9
    cubrvEPvKD1D26e7h05GveeU6rwh2tM8MYP1PUC4TbzFHkU9odF6vZGxmL0oxVa9rBOQu+OtnLspWjG97jtMPNpr3z0t
    tAM95GZBuj0olDwogCo9p/2CuvE1173Vz1E9hK1IPS6Mgr/5Mgk/F1JXv/Kzeb8XoBFAz3OuPzewKEDpL4PA0vIIvx8x
    aECfJJu/K4pxPwSq4b0nohZAnupvP8xhyj+ZIR1AaklJPz8sA78sXbG+RVy7P76i0L419DQ/WCV8vlunqj/LK+G9floI
    Pkc2CUC8Uz+/gCmSPsiHT7+N3do/xTC6PqSaOz+hd94/+sKsPzWbHUCIA+C+BdptQLmeF0BlRiC+43aYvsmsBUCi7Ea/
    bLX9v9k5Q0D3utc/k2kQwJWRJEBWNRu/nxFGwPX16788lMw/NaLqP4xvLT9x7jRA0TSTP/Y8FD/7ijTAEiGhP6d6mz92
    J6C/KXcVv4DOR0DUxvS9ex9SvrHCuT59vfc9Gy67vs1+LbwDVK2+nmCUPsajkr0bBsa9AAAAAAAAAAAM+AC+JCx6PkKQ
    nb37sp8+RqJEvpIMj70AzoG+bNCnPlCjar6s7lc8AAAAAAAAAADAj78++EbAvlXoqj1cIEi+DlcmvlgecL69RwK/gP1u
    PiqKDL9sqXG9AAAAAAAAAACLfJe9U66tPopfmz5Gpta+INt4Pj+xnz3mbNk+OHEEv6WL1b2MrbK+AAAAAAAAAAD3l6U+
    MsdfvcNR1r6574Q+sotlPtVP0z4TgZc7xqoiPqeQHL6UGwG9AAAAAAAAAAD6pcO+QUNFPavWsz05qo8+JLZovU/T6r5c
    Ybo+BVw0vq/vHD1D5F2+AAAAAAAAAADJ1jC89z8LPlokIr4Z6Ny+dNnpPu9CeL1RP3e+sD6BPsgN1r7Q4OE+AAAAAAAA
    AABpBKA+UweLPqSHp777v4u++LBFvifBWL64JrE+0gjavu0LH77LO1I9AAAAAAAAAADvb2m+qYFBPf7A4b4TvOA9iAzG
    vbzv3D7jMHA+mDTqvcO9Vj6IumG+AAAAAAAAAABwWgC+m+k4vk0R4zywIeO6cDqHvekQgr5QaLK89GbXvZRtwj1JyA+/
    AAAAAAAAAACUjbe+8+Mcvr9yBr8E6be+vtlDvhXpN75SAoC+8x1xvvWe6bw7aEA+AAAAAAAAAAB9pa69i7lTPkEs876K
    uEc9TZWQvs3x3773CI28odbvPdkgmj5WUJi+AAAAAAAAAAC2Apu9BJCAvoSZgrsEaEK+vFbXvbofor5Wi4e+PwyfPibU
    wr7xRj4+AAAAAAAAAAByLmY9HnydvQP2NT3hTpI9S2ehvrOXab6sb8i9rG3Fvq+XkT5Xbce+AAAAAAAAAAA5VNo+5VIL
    vXfZKb5/uPq8TtfnvZbfhj16B7M+VETzPJ+Jazxws+8+AAAAAAAAAAC5rn2+cH4VvlwlZj2887K9zMckvgrjhT57SOy+
    Zdy2Pq9Avb7Y6He+AAAAAAAAAAAtmEk7Z8iePgxnr754Kag+YeiHvqkyvj7w4PK+iGYAPvz2mL2s8tI+AAAAAAAAAABe
    ifc9eX3hvtG9sb5doEs+cVPbO6jr+L6Vrqm+FGD1vk95mT6hXpI9AAAAAAAAAABslJy+ZM2BvlbU7T7Dbj29xsWVvqYn
    Yz7eoCy+Up3HvV6wZD0VWTm+AAAAAAAAAAAfX6A9TARhvpWIsb2sqd2+F5EIvlv8jL7DEfC9aZDXPVV7bT4hOpW+AAAA
    AAAAAABhUMK+nxfyvhBvk77neIC+5jEmPi97tD6hHo0+XLbQvuaUKD2AHu89AAAAAAAAAACOfBK7HlHuvQelvj7oVaE+
    v8oAvh2yAT3Aojm+BLUjPnYd0b656LE+AAAAAAAAAAC1Q6I9w67NPrTIq74er8u+XAiXPgjTjDxQsPW+9ZSuPjuDTz3A
    +Ik9AAAAAAAAAACJzpE+YFzsPSQSAr8eH3S+7k6+vGcihj6leX0+nGyqvqfEwb4MV6A+AAAAAAAAAABGi1a+CnHFPjLu
    VjrmHpa+5WrkPv+voD1nIrI96yOOvql+v7xPpKu+AAAAAAAAAABvewG+yr7Rvs5ELD5ea6C9mCSLvixjmj1Ugd8+OwKt
    Pd18Er3l7yc8AAAAAAAAAAAaU5u+DZLSPiR4ij5xavS9amfJvvqQqr6rBH0+1kP4vcR8uT53pZe+AAAAAAAAAAAyU52+
    egqpvSs4Bb4/Uky+68XfPqpP2L7+C6k+EuWxvf1Xfb4QuL++AAAAAAAAAAA7zve+/ZGavuLAHL6iP4K9f8Wwvqs8Z75G
    kqg+CFKpPmUg3j7ydLG+AAAAAAAAAADk3hW+p28Av3J3fz4I/f6+JeJXva15PD55T9C+FOcEvgcy8b6m2HO+AAAAAAAA
    AABB3vM9GoFgPoUotD6Zo80+nP22vhC23b7rxoO+3nkavm1tAr5KDP09AAAAAAAAAAC8duq8UyUzPm4OsDxPnjG+nOvA
    vg9vrz4tEaq++sVEvsI0ar5TEl69AAAAAAAAAAA17T496EEAPx+ajb6Ocwu+QvikPsekPb4Muna92P+XPiENr7323zc9
    AAAAAAAAAACaQJY9sapWvm0DZb43J9Q+j7XSvpXKw72DBfO9rl5svsOOyb709bE9AAAAAAAAAACR9Ye+m0mUPZHspz3t
    9r4+AgyivaFjAr9Rh4C+0znNPkhONL4Mepo9AAAAAAAAAADtkpC+2iOEPUXr1bvwVMI+B+Lhvgz1mj0wSeq8hCihvsge
    Qb4QKKM+AAAAAAAAAABBDgO/3JTMvWLqOT6CL/E+Q5p6PlUgp76HsLo9AhUxvlUuv71xtK69AAAAAAAAAADvhTe+W+YI
    vvRvx77Vey++VlY2vt2MgT7ohlo9/IK8vQ6JpDztJ8E+AAAAAAAAAADLSi0+DnQEv/jEtD47wLm+uzjUPmjK0b4c32k9
    sR6pPvYCkL5UgAu/AAAAAAAAAADCclo7u9u5vodxhL7qRku9GleCPvvTw73ll7Y+t2NPPnbDw76Tbda+AAAAAAAAAABK
    ACk+mbwevxI/0T5IFeg98+SLvi/paj7fGIC+vdD+vSURiLwKHuW9AAAAAAAAAAAZ14Y+otXdPU677D4xkxi+BjnIvRst
    i76pKEG+BKj/Pa0Rvj77jkE9AAAAAAAAAACP9b8+/puUvvtKnL5ELQm/Ac80vpdR8bweqNc7DIeZPlDehL3ZoM2+AAAA
    AAAAAACjwv++YCrcPtMzBr5/7o0+Bl4lvg+5GD4ckBE+P9rpvjT+sjxOi7W9AAAAAAAAAADv3wW/DjUOv19Rhr7fS4k+
    6wSIPVPQeb4+psq+zhQCPrVtCT9ILpM+AAAAAAAAAAAjNJE++zpoPhu+Vr4QpcU+jkVyvn/jxz1HoIu+EmAUPVNOKz4Z
    3FO+AAAAAAAAAADegUe9AjnFPhSAwj5nbQC/sp4hvcV/m72xERU+gZlXPWaaPb488vS9AAAAAAAAAABAnD++Wrb0PO1k
    /7475BA+0pE5Pethpz65yCw+jN9KPjqvu76GE6q+AAAAAAAAAAAc15I+MWwevucd+z11xPS9ud/wvYbWIj5B7EI+xB2J
    vjP3wD5mM5u+AAAAAAAAAAA/Iey+3XW5vj2SXT7q68E+E0G+vTBeaT54yrQ9PH9lvLWRYj6aTaM9AAAAAAAAAACXzfA6
    e2faPhi2Er71D6y+7lHIvjKKGz7vTH2+HUQQvLkC5Dy6BeA+AAAAAAAAAAAEyoa+d6oYvhCJDb4osLk+owL8PMLpLr7P
    n2u+jZggvtuJLz6+9KK9AAAAAAAAAACt02M+4Syavo+NmL4jd4q7zE/Hvl66/z4nBKY9S+FgPt7UjDx3xx2/AAAAAAAA
    AADearw+ihb5vu0eYr6bT7E8XgzFPvE/zjzCyeY9KksDvwcRhb5RP7G+AAAAAAAAAACwz26+XU80Ph0M6b6TzuS9Ae3E
    PnM6uz4pL42+8VeNvsdSFb7Xl7Y9AAAAAAAAAAC5N2G9gsUQviLwsr5ozKO+61k9PvrU8r67Za2+GHUjvmhtyD6Gua4+
    AAAAAAAAAAC9y6u+b6x6vk4nj71x/oo81o4Gvg4egb6syIe+6fMMPrvUfj3bGHU+AAAAAAAAAACgF9g+ff0Iv7sVnT3L
    /FC+1Wm8vg20mr7t6Ta+UL/ZvhILgj1tZ0e+AAAAAAAAAAB2lTO+BNu7PgX9071/rK2+Xlv+vNGRjL56P4U9wO0xvgYL
    mD7fRBu/AAAAAAAAAACDg109NEJsPjJ3g7w1pv28Y+ToPrwCHz7ohkq+SQ7qPTrcfz7vLFu+AAAAAAAAAAD0Ls++C8yq
    vlhNr70ak9+9IrzCPiGzvL6arxG/jtmmPmdvhz0P1o69AAAAAAAAAAAbZr6+Wo5NPE0JiT5Snjg+uq5KvmHBnT4pAnU8
    5P+nPT7pm73A49G+AAAAAAAAAAAXfLW+VjfWPijOMz5Lvgs+UOhYvg9sQz6dN1S+LR4Ev6Rdh710hOi8AAAAAAAAAAB+
    WOu9NYXSPMoFJD4G+0q+fUa/PScoKb5YdYy+z9y1vnxL8b5Z1cU+AAAAAAAAAADrtTq78pAJvQ0IzTshSfc7VN6MvfKy
    eb1h7wA9FRaUvWCW3D0hzZg9AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    """
