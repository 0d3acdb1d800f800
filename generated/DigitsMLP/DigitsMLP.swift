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
/// Direct, tile of 1x1 positions x 8 vectors of 4 filters, filters outside.
private func dense_batch_normalization_activation(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<2 {
        let k = block * 32
        let wb = w + k * 64
        let b0 = load4(b + k)
        let b1 = load4(b + (k + 4))
        let b2 = load4(b + (k + 8))
        let b3 = load4(b + (k + 12))
        let b4 = load4(b + (k + 16))
        let b5 = load4(b + (k + 20))
        let b6 = load4(b + (k + 24))
        let b7 = load4(b + (k + 28))
        do {
            let xt = x
            let yt = y
            var c0_0 = b0, c0_1 = b1, c0_2 = b2, c0_3 = b3, c0_4 = b4, c0_5 = b5, c0_6 = b6, c0_7 = b7
            var wp = wb
            var xp = xt
            for _ in 0..<64 {
                let w0 = load4(wp)
                let w1 = load4(wp + 4)
                let w2 = load4(wp + 8)
                let w3 = load4(wp + 12)
                let w4 = load4(wp + 16)
                let w5 = load4(wp + 20)
                let w6 = load4(wp + 24)
                let w7 = load4(wp + 28)
                let a0 = splat4(xp[0])
                c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2); c0_3 = madd(a0, w3, c0_3); c0_4 = madd(a0, w4, c0_4); c0_5 = madd(a0, w5, c0_5); c0_6 = madd(a0, w6, c0_6); c0_7 = madd(a0, w7, c0_7)
                wp += 32
                xp += 1
            }
            store4(yt + k, activation_relu(c0_0))
            store4(yt + (k + 4), activation_relu(c0_1))
            store4(yt + (k + 8), activation_relu(c0_2))
            store4(yt + (k + 12), activation_relu(c0_3))
            store4(yt + (k + 16), activation_relu(c0_4))
            store4(yt + (k + 20), activation_relu(c0_5))
            store4(yt + (k + 24), activation_relu(c0_6))
            store4(yt + (k + 28), activation_relu(c0_7))
        }
    }
}

/// 1 positions x 10 filters, each a sum of 64 products.
/// Direct, tile of 1x1 positions x 3 vectors of 4 filters x 2 sums, filters outside.
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
            var c0_0s1 = splat4(0), c0_1s1 = splat4(0), c0_2s1 = splat4(0)
            var wp = wb
            var xp = xt
            for _ in 0..<32 {
                do {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let a0 = splat4(xp[0])
                    c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1); c0_2 = madd(a0, w2, c0_2)
                    wp += 12
                    xp += 1
                }
                do {
                    let w0 = load4(wp)
                    let w1 = load4(wp + 4)
                    let w2 = load4(wp + 8)
                    let a0 = splat4(xp[0])
                    c0_0s1 = madd(a0, w0, c0_0s1); c0_1s1 = madd(a0, w1, c0_1s1); c0_2s1 = madd(a0, w2, c0_2s1)
                    wp += 12
                    xp += 1
                }
            }
            c0_0 += c0_0s1; c0_1 += c0_1s1; c0_2 += c0_2s1
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
    var top4 = splat4(-Float.infinity)
    for block in 0..<2 {
        let c = block * 4
        top4 = larger(top4, load4(x + c))
    }
    do {
        let c = 8
        top4 = larger(top4, load4(x + c, first: 2, fill: -Float.infinity))
    }
    let top = largest(top4)
    var total4 = splat4(0)
    for block in 0..<2 {
        let c = block * 4
        let v = vectorExpNormal(load4(x + c) - top)
        store4(y + c, v)
        total4 = total4 + v
    }
    do {
        let c = 8
        let v = vectorExpNormal(load4(x + c, first: 2, fill: -Float.infinity) - top)
        store4(y + c, v, first: 2)
        total4 = total4 + v
    }
    let total = sum(total4)
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
/// a * b + c.
@inline(__always)
private func madd(_ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>) -> SIMD4<Float> {
    a * b + c
}

/// The larger one, and the first if that can't be told.
@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float {
    b > a ? b : a
}
@inline(__always)
private func larger(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
    a.replacing(with: b, where: b .> a)
}
@inline(__always)
private func larger(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> {
    a.replacing(with: b, where: b .> a)
}
@inline(__always)
private func largest(_ v: SIMD4<Float>) -> Float {
    largest(larger(v.lowHalf, v.highHalf) as SIMD2<Float>)
}
@inline(__always)
private func largest(_ v: SIMD2<Float>) -> Float {
    larger(v[0], v[1])
}

@inline(__always)
private func sum(_ v: SIMD4<Float>) -> Float {
    sum(v.lowHalf + v.highHalf as SIMD2<Float>)
}
@inline(__always)
private func sum(_ v: SIMD2<Float>) -> Float {
    v[0] + v[1]
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

/// `exp(r) - 1` for `|r| <= ln 2 / 2`.
///
/// `(exp(r) - 1 - r) / r^2` is a polynomial of degree 4 for r in -0.347...0.347; its
/// error relative to `exp(r) - 1` is 1.3e-8.
@inline(__always)
private func vectorExpm1Polynomial(_ r: SIMD4<Float>) -> SIMD4<Float> {
    var q = splat4(0x1.6bebf4p-10)
    q = madd(q, r, splat4(0x1.1227f6p-7))
    q = madd(q, r, splat4(0x1.555674p-5))
    q = madd(q, r, splat4(0x1.5554b0p-3))
    q = madd(q, r, splat4(0x1.fffffep-2))
    return madd(q, r * r, r)
}

/// `x = n ln 2 + (high + n low)` for x in -88...89, `|high + n low| <= ln 2 / 2`, and
/// 2^n, which is 0 for n = -127 and infinity for n = 128.
///
/// n is rounded by adding `1.5 * 2^23 + 127`; the 127 makes the last bits of the sum the
/// exponent of 2^n. ln 2 is in two parts: the first has so few bits that its product
/// with n is exact; the second, `low`, is `vectorLowLn2`.
@inline(__always)
private func vectorExpParts(_ x: SIMD4<Float>) -> (high: SIMD4<Float>, n: SIMD4<Float>, power: SIMD4<Float>) {
    let shifted = madd(x, splat4(0x1.715476p0), splat4(0x1.8000fep23))
    let n = shifted - splat4(0x1.8000fep23)
    return (
        vectorWhole(madd(n, splat4(-0x1.63p-1), x)), n, vectorFromBits(vectorBits(shifted) &<< 23)
    )
}

@inline(__always)
private func vectorLowLn2() -> SIMD4<Float> { splat4(0x1.bd0106p-13) }

/// `exp(x)` where it is a normal number: 0 for x below -87.7, infinity above 88.4.
///
/// For exponentials that are added to 1 or to each other: faster than `vectorExp`.
@inline(__always)
private func vectorExpNormal(_ x: SIMD4<Float>) -> SIMD4<Float> {
    var c = x.replacing(with: -88, where: x .< -88)
    c.replace(with: 89, where: c .> 89)
    let parts = vectorExpParts(c)
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high))
    return (p + 1) * parts.power
}

/// `exp(x + rest)`: `rest` holds bits of the argument that don't fit into `x`.
@inline(__always)
private func vectorExpNormal(_ x: SIMD4<Float>, _ rest: SIMD4<Float>) -> SIMD4<Float> {
    let parts = vectorExpParts(x.replacing(with: -88, where: x .< -88))
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high + rest))
    return (p + 1) * parts.power
}

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
    yqo6OIhjPb07B70NhmO9RZZgvFm5TjwPVC09QgQQPdnX7bzxxFc9aKu1vJ6CPb24j2m9/PM/vbclyTwSRLC7LVM/vQdi
    CrxphRY9TRovPe5jJD0GC8C7d+hfvAYV+7pt2x+8LmquO/e3871Pu6e8RVDWPB+ZljyZGkw9wfKlvP0wlL0hrT09iMhY
    vQj7Tz1K/PU8b1OJvFh/47wbSyk8pyvHvJ20oLwxlmc9PA6OO2V93T3y/DQ8JCrfu0vvPz3majk8nlNDvMn/Tjz4u688
    VZWFvQaemr1TTCu8sapCvPTOhTzfRNo8oHRYvGwPTLxkAyQ9VdXNvM2fHDwpj5e8XVWGvbhzwzxbIs68Y1/yu7bxD7zu
    0jy9ce4HPT5j1Dyc8Me8k0CdvX4cRrw0dSq9jDCPPXJkjTxXzlM9M4iLPPS7WD1UzKw9rYsIPXjN7bwu+h09ckM7PIBC
    bz10eHO8mtrHvEV7WrtuQYE9HjJgPeueAL6024k9i+EjPdVvWjxGZDw7/PDWPKI6XL0kYFq91CSCuy8NR7yk+IK8HEW+
    vfshZrzhg5C8sGB3vfVwZLt51AK9N19lPSpFxrz6vQ093mEVPTHcprsfOjU84ppFPYM787sMTvC8R9JzvJASqT20Ajk9
    mJmvvPasMTzYbqs6H0LBvBxF5rw1i4c7ZeAMPHQqZD1eJIQ9getIPdbfWb30GIg9MvO4vHtTDbwpCVy9mFcSvHoeQbuD
    b5+8XKtUvff/sj1yFYm7uje1vBJxaz3TZ9M85kHFPOdjxLzfMJ89CjSWvMj+gL15SCE801dePVP3AL21ah699xuRu1BW
    WbxrWps8x9FyvPsgqjwzycM8EgHAvM3GDT1Dod88GlMAvZSHFTtW0p28NvrHPBAu+bq7QzE9jy4MPYqJar3bQck8FbeK
    PQ7aWLxvIGs5FldlPUXSxDsrng67wCjRO4/Ch7wkkii8+1KFPMwTAjwscV88sp/WvOwRijxH+Vm9RUt4vZe1Vb1Zqlg8
    F5F7PcRd8TylHqa9zmm6PC8giL0fnJM9/jKTvY21+Tzuyz49HWGbvakyc7usohW905h1O/oOz7toSN09Fbz8OwlufT3E
    W2S8LexkPOpj/zsyl5e94uZEvbCwsrz2vMY8+loPPFaNZz3O3bC80WP+u0Epxz2q4YW7ZzUAvNcdIr27d4U89KQWvSlB
    rjtxm4o8CsZBPGL5ub1W8Vy9bwA5venNa7xfdFi8QCkfO59r9rxw/Fy8+YwhvWLVebyXsL67bCQAvdJFGbqovpC6KuR4
    PP62CT34gwC8fSEUPbgI1ryIkme9fO0+vLG4DD24eTA938v7vPVFhbyHvJE9a7BAvAExuLzP0nw8H5ldPUN/r7yqIXy9
    FF35PXVTq72Zf+U8nDAvvTouDD6Cz8w81h+QPZxnOTte1149MEL6vLJV7rxawmo7yJu3PC+b4buD0qc8JN2PvFyEPj0M
    oja9YSXNu3B/67xZnuG76iQWPbYrJL3TPqy9956ovE4USL3Bfke8gCclPQ3qOzyeVWY9DXgXPbIfibzOxAY9m0XgvBSh
    0bzn4Pw6QE6ovGu7sLzMXw69F9kCvNz9LzuOF0m8qfvpvPaYT73QxIw8czQWvbRYFL2wdUW9ieltvNYlqjzyzZu8bDyB
    vCGiXD1/zRG9PUMFPQRVPb2xgYa8S4jIvLrQJ73s7U08UIRkvDH95zyR+r48oOfTO+4sPT1R20s9A6NKu0rilLwG+M68
    8HzqvPdFnLymFFS8vPFAPdvcEbuwJIs82tchPNpDzDyuHiO8NDDCPDXN3rxyVAo9AIRnvKGSVjtEr2q8/G0tPNZSS70P
    9xK9q5TOO8Yyb7yaJH697noYPav/DzwVVTC7Dll/PV2wgrw2rK68wAAGPVXc1rxBvhq9bv3Xup755rwbkOM8x1vmvHjy
    jb3Xjqa8Ni6AuGYzTT2po2e8rcI7PX6nmjwQHZU9bMF2vfZeCj13+mm8eR6cvMqK0rtn+6W9XEN8PHlBzLxbxwW9TBeY
    PXmuOr3CACo7nuzRO5211zyO38O9b1dxvQ/+nzy0tfa8AobZPM/wMj0GBu28W8kCOYqFIb0It9M8ycucvI1zLzyRkoc9
    7JmpPPf8KTw7a8C8j0x2PONGYTzfGx+9ZkFtvd8q4bwbJXm9srHKvEnsSTz8DYu7AssfPY5tXT0rMR+8NqYTvAdgm7yb
    jDm9B5eTvNNMUT1zrKC8bkNWPeovKL3uiZA4ccPvPJpY6DsY0I08FajGu6cTcj2ODYi8jZWEvA2b2r14sE+60WOwvFEU
    fryg1AY9jIYUPdiSsTvCk2O83BASvbPkdr3pkp08bHtAO0mF+TxZ88q7W/iRu2x9yjuBsKE896uXO3QqA713Tv67UpaF
    PVu2RDoOQQk8KrFLvX5SEjvCQJA8pAnGvF4vhDzTUtG7BdNLvQdcnLyVNlk9CVyQvT5f6LyRTDq9t76aPM5BRzyZWt27
    MCIHPRbOm7yzk+M86wFqvcoB3rxJZ2G9aYyJuwMrnry5w+Y82OttPXHnZb3H0MK834a+PNfv97zM5Ik8WYgDvNemKj1n
    HsC9kOWqvH6vCT0C6KG9jsuJvVgNtzuxkb68U8Y6PJGbDj0OmcW8ociWvDsLEr0VBIM6fyAXPXECEDvvCIY9hHctvQ9D
    hj1hQ+M9SG/jPN1WRT2EWaO78kKcvf4VtD0N81e7U8AVvVKYpLwRU3i9NczKvIgpib0amYW9I1frvLPbZbzWwpU7nMV0
    PRPSiz2XWwc+xnjOuxZRpT2unk89F1O3PcARwL3yod+8w/rdOr60+7znleo6dr2EPIHbhbwRZee8bszgvMXEOD2eD8I8
    OzAivcVlJz0V/pM8R/pHvcRVZb0rbE28VOyDvLY7Ib2pafo8MIBHuB+Y/DtSYie9xRt4vDrjND397Yo8Jgc1vepRjz2a
    mzi9EFDXPMs0Kb161hc9ngrzPCcfiLx7wOU8WWdbvW0BZL28TWa7v/A5PVONQ71OaDs72ZrUvDzsOT0LmQu9hDx6vAJp
    Oj04R5G9E/rbvIogiru7kI48zYKhvAzVlzzjESQ7Oeqvu+qeFrxpS1c8hDw9vERW/jxEy4k9ngnzvByi8LxsXJM9tpen
    vLCmFjvpVc+8J9aavU8bOryDQZO9omvbvGfDZbuTfYu7wRJMvZowMLwMFDg8jJo/PVyq+DwzAoc8INIVPZiUWTxn6bK8
    kxefOc5lsbzq9xe9h/eXu8Y60bzY9JK8ryFxvPIrsr0kExm8qgh2u/DZcbzmKD49/kATvEjO9DwRqgw9jGSHvXAvZ73B
    m8m8cBhPPGlePbwYcR08Om9Avf9tgL1/1+u679HAPKsI2rzfn3S9Itemvcf9Ej1oL/a7zD4ePRt/cLx1fiw8bt4LvVt3
    +7sG8TS8nBXjOjvdbjwgI7i9iAQWvXcJbDxQN6M9iObZu86JobzZdFK7nxM5vMSvhLz89xa9ilZLvcFWMz1iTge9pGZr
    PZ2xmDwfVTk8PjVavQgMK73E3am9UsqtPYoFYj2ob3u9TIcFvQhMaT1yiEu8JO4ZPdAn+bvSXW06Pj9wvTEXHbxLRfs9
    0fahvDi8Ab17hfW8ee/ju+BVnzz7zdu89HxbvaO76Ls7tIA7puEVvIkrEL1PRA+94UsdPBVt1byCzqc9Ra1rvBfQ6Lyu
    zFS8xqHevcbbmjzBBE89NMaKPKiqjr2/Kko7Ojm3PADmdL00Jz49tdfoPMttBr3zDjA7xxarPF/bHT0hEr28TYM2PXV5
    LL1gXP+860x+vDVejLlBpWo9bqKAvOJQ1Tv2hju8Sir2Oidi973EUcQ7hsefvIS2AzzOJZW8p8xrPJkrKTxaOxS9bi8L
    vfqgX7ziBIa9Yq6MPHT2oTxFcI88pql2PWdHgjtCbBA9XNRGvUxw97wkafu7PX6pPFMTHz2sZOs7lYe/OiJ47TvydK88
    mtKlvcjbcz3SxXM9i4ynvWfcZj365uc8nl38PKRzJz2lQI48hUImPY1YYT1tMc08HcflPT0GjL2yAkw99YmEPTt0mz1M
    3bS9N8ASPFPU4r3WA6C9bO/sOrbAYjxDKIO9cXexvKCt7jzEUQe95uzvvDB1UzzuF9C9avFfvGp4vTyiYYM8orcTPl0l
    yjwmChs8vOynPe/BpztcN4e9COwBvQMqOL0LEIu9oPw5vSmNCL0JzQS73GInPc+cNry4ljI9OPgHvRRz97zOoxk9FGoD
    PT0usLx4g2y8v1ysPaQd4rzMXeU8Vrd9u+yFWLyGFBo9YLk0vUkxjbzYHAK9iyIcO4KrjT01HLk9ArL1PGDrZDs+MwY9
    5VMWvbLDDboCS7E7Q1jVPNYOFjv6A069KiKKO7xNHb2LAvA8UjUcvYwcn7t7LCY9PS9JPEnntr3vzoM9jA0APYyp3bxs
    DrK9XoUBPRbVLL0vIek6KeKBvfDhHL2+rSg9RxTMPZL/G70zvZE6LZ8XPDOuN72Ekis8CZolvX/5/zwRLW69ApF2PW5w
    kbypZCE9INFgvbb0rrwqrr+8rZUmPcoFJb0agCc9CJCqPLpjozwoUiw9BsZ/vdt9nD04ooi65/gxvbnMjbzv8Jw7r1p3
    vC0vVj3DPbQ9pQaRPNhzLbzX3iI9raYOvdReizyOMgS9I27JPKLonL0UB108hMC8vJDqhD1h6oK9wRwOvZ4A67zGbtY7
    MM8PPb8CXL3C75s6DnggvRRb57xB8OI8cgIiPBT3ID3g46W8hKhcPXASAz2b6Gu8fbbYvIsAGb0KcuI8iBirPI2U6LvF
    lvq7EcA7vQ93qjw7YQs93GUavWCNwrwftgk8HlnyvLIUVbyT17g85d8SPb7JNzz3lOk8vqYsPetG37zccB08Ym9YPNgm
    Cj3M7ri8uqFTvZ+qPT27xiG9d+CBPDK9jr0aOEo9QwOUvOD8hzy5efE8tsa4PTZu0Tu3dnI8mVCPvQFEyjxDD289j2sy
    PXkibD1zamk6QwxxPYxve7x8xc67xRYVvVFVkLxIVjG8BZdYPGATFL1MdBK9Dph6vKKssTuR8qk9aucSvLjeAb0Eo3U8
    RuOCPOgFtjwEeJe9496qO8qldTyKF9Y8DO6ZPb0/1DuIXZo8UcgqPS7SJ70ULIS9tMpVPN2JDrzrVJC9InQjPVNEGTz9
    9D89v+IDPSQgMDzwQtY7Cw52vCqdsDy8TYY9A5H+vIYvoLsxQCa8Iu+APNi8Or2zQzo9t0RGvXDfRTsSg2q9pDqUvI/D
    azyu4jG94f/2vGFRRr1Is5I80JKPuwD8Nzr+O0K93axzvVmwFD2jzwS9yM/cvEj8Lb1hk2q8N6CHPGbD9zw7wbI9z5/M
    vOWpJLxP6E28lF7mPYI+jz1FHCk7vfaTPDu3groweaS7itVnvHxIQD1hcA29KJzVvFmpET1rOVY7UodHvTfLwrzremc9
    vE90vYOqPT1ntjw94lcvPUaB7zzspe45JyOZvW3KLzvZqW89qeNgvRnWTD2cluk8WI76uQs3bb0feqc7eYc4vbSzMTxA
    czK926CtPZOfDz0VjWe7iR8EPAvbyLwefdc8sdbmvBVPHL3s/qy8F924vPOyGj2kEo08UqICvCdgkr3KTGO9LgssPSaB
    xLxrDEq9Cq0dPKDfBzwxYpi8rINIvQa7DL2BvoM9t3tlOgFHYLsiK0c9jbxivHoUuLykK4W9yDFfPe9OjrykMrc8dx4P
    PInDR73Ll7e8h7qRO+Q9FL05UNs8OWAnPRJ9lbz9Zvm7LtUcPc7Vdz2za9y8uFKIvbOB4zyBEB28C1GXvQ0Bcj3oJz+8
    /khWvSzclDvttJI7pYzwO7O6D7zXqoO94yIKvOLRm7x3Dks8kgIfvVbCHzwV2A09WG7pvEaHurwANQC8tdR7vTzu+jw6
    MYe85quCvXp8JbxilJm94jwYPdl64DyZ3uc8jVpTOtwWgz2IiAU9PXenPRQTgT0OiA48kzMsPV2yZD0ayX07FLeAvIXL
    PLvjSJi8it5oPPtB6TvqwY88NLZyPXM2D70bk5Q9Blm9vHjHAb2SPzo9/V92vME+L717ddm8u78/PSFcHTwF8VS9AEVb
    PHoDnryv54m8jI4XvZ4XGjxqA5y8kxZrvCuODL2okGi9sYtevbPpgD0GWom9ePO5vKL0p7xgvny9TlLZvMxps7soshM9
    O3kbvYuxBzyikgW9TZ9bPGMPH7v+wW89xw8CPRrlXj2UyO68nGwdPTAm4Lza9Zm8q2rUPGfYVLv6yum7I/9XOfnILj1p
    7iY9DCmYPHpbgr0Xtv0518NrvDZjTb3PtJI9ATonvPR3oLw3mmo77iDMvAosRr1Db1+9Fb6fulHHWrwNNfu8ysiKPdcp
    T7vtApI99YgWvVIoOrz3i7U8DidRPdNbtDwltDw7oWYBveIZ8zxMWn+8GNUPPcf2mDyMn4Q9PblSvSMZPTx9YCU9/XdF
    PLlehjxAY8u7QcfQvEFl17r2HLy8j44vvAWLJ7tsM1w74kMOveYVoL0wlo885OIDvVT+9bn5DsY8egZwPejdiDypE4O9
    x8nAvdG4gLrPYSU9VHo6vVmZvrzzSqc66AVuvOwkNL0VFs446o6yO8buTL3mmgI9WoPdPHH4Hj0qIVe6OmoTvKiUVL3l
    lmM9szxbvQOiWb3fmVu9ClD1vEoSorzkmoQ9xlAIPSonS71u2oq9CWyxvOZhLb2fL6C8T18Avbi3OD0p6jc9FGMwvcRf
    Yj0xaXq9uhYEvNq3Jz2UR1E79PUjvZFRSzu2Yzs9bx0bvYNp8TyDNPi6ae9uu3V1/jg33Iq9wSvuvGsetDwP88o9GlQ8
    Pf+zHLxaKgM9PBIjPQ6OyLz6TPg8fzq/vVhEFLxfHla9c0omPReeST0SB+28WgtHPL40tToaw7e84YN/O9I6zj28moS8
    JdL/vJsYRT2SoRG8vTrgvAdkC71/0Tw99ZTBPMednz1dz4G9IYRHvIVNhj0jVRm9MF8yvYdbGrwkaky9nL8FvY40BrtN
    Rgm95IBIPYz0OT1VLRW8YKtpPD94nDuVALE8725uup2TODzHCJO8ImjSvHAwOz2KoMu82Rk6PbSwV73NS5G9NokTvME2
    0LzsJ0U9gMwpPebSNry/3Zk7lA+yvV0HgD0O7L6865jkPO7YiDwbnHk83GmDvfLG5T0HTsC8I+2KvPsQP70qBOA72o3V
    PH7aVL0lUjC9SOqtO+tUsjzg7IE8F5MAvH0hcjykWXo8pIV6vEYxrz3o28G8UmpfvXLOhzzSeIO8LtjbvGtwrLuWWAY8
    VcxYvCZZjTxoNN08/YA5vN6pYTzugRW9TzF6PK6QFzqcq/c8ABGhvNCbar232mw8IlzlvXzDTb07Ldg7FaKNPemENDwu
    AV296TKDPF4NV70xbjY9Yl6LPamzrj0bGiU9CiuOPRg3GD1nKS67fIsuvbaeOLy+mBQ9dRDvPCLBGj1qZEi8bVkIvMFL
    OL17NTK8Fh05vBsTmzyJSPW7sqKVPQ2/z7mVpY896rDCvFgLoryPstG70C+aPLeuZr0DldO8PrNsOxJBtTzVkcG7iR9s
    vdDNGj3LwkW9v8KrvPR26jxmsIC8wF6nvYryqrypmvC82uqJvYteVTxGHdy80Y7JvH6Ppz1i3w895cV7vIL0ZTwyteo7
    C1b3vKeaXj0BjKo8cQ7sPFsNgL305w68fPa4PCCbKD2XZa08U74CvfBJ0ztzocs8lFvLvIlOdjsLdi28JK+tvPbbQD2j
    TSa9gY4LvbUJPz3HC4a9/hDaOlygWzvgz4i8KEgoPffaAz3uNZS9It68vF7lKD1G8i68J+2MPCYxOj3d6WG9BmDFOxGX
    pb3jgwk99LAsvCScD70RXfC8yHCqvNQlNj1WFN480ftEPWdaoz0j1hs9+Sk+vSXfVD3CcSe99lGAPbB+h7yygSY9/NMG
    PTaI3r3pv4I8rmQhvWat8Ty5CQ09T9p/vKhM+rmLQcM7u7VCPdp+Oz2lcCg9fR+LPFEZZD0tjBk9CToJPDX79rwofYI6
    WkpUPWAVSj0Bu+I8cm6DPXsnA7ybCsE8iJLSOylW6bwj87K6G1IsPYqCNL2gxWW8/TRgvaHQpryt3hO8LzYGPR+eTzwb
    k0q9mXXMvBfGvDuiwxI9K1VWvNhQR72A82A8p40LvZWOcL1PoIo6NzwuPY/k7zt8qJw8U3l7PDKnhbw7BEm6c7sHPGCR
    Mz38jW29i6wAPUj/prxeJGG9eLzou9HvA7tGBZY9wqIwO77aoLvZ5BW8KDs4vJI7nTx8u7E99CV9PQYxIb1IJhC9fhyr
    vR73dDrMUFq7QcAJvSjAFzu2dEQ9Nuh4vaFKhrz0ZTw8XtHnOp478by+OeQ8slTfPCUGDr1P/ki9+uSaPD14b7zaqFI9
    LFdFvfdwvbufm2c9WWs1vKOZp7x8/PG7HcYPPJKWuDr/Nwm8M5+ZvQtjzjvAnXG8CzfXPM9onTzW9NQ8RGcBvVES/Tm/
    qXm9vbJbPRnUir1FExo990/EOy1QeTqUZVS9m80wPSpTFz3fKfs8YbUiPSrGB72rCf68YZagPZbTp7yfmf27vlwcvVmI
    qbyWgoA7Jj3ZPE8xs7z2BUM8qAKcO67EiTwd2hY97l/BPEVJWzt5wEu9t15xPe/eBz1S0P4730G9Pf5DrLt1WXY87czU
    vBEuhT3vaxW9hVZGvfQccDuXvWG9P2fLOkDHYL01J7s7s964vLoT8rywkuO8K2fSPLEOqT0KqJ+8Zw9UPSBLkTynddq6
    xWyHvBaWVT03AxS8YX2/ug6sI71PTZ08RyQvPNr7XTwqkkM9YlGrO4iaMD3EviA9TXSgvHTsg7xmCqc8RHqeu4Zlzjs0
    mAk9oXZVvJF1Ob2SCva8npzBO+2LUr3EXL686SAYvDk2DjzJgAY9GT+GvBjwCrwdTy49sZCBPCaiWrvmElY9PctKvEFh
    2bxScKI8FpKhvLI2WT1ey1E9uAwuPWlUHT3CWIa9EMHtPEzBvjozNDO9CDaMvGajgr20mqi88HlouJgFDj1SEDm9UL9m
    O6wukL1UVH89EWAtOqC/Mr1OgOS8lUcIu1//Vrw7koK8V41pvPBOxDvXiIO9m1YBPLiw1Dw/eGs9K749PRGNxjuxvri8
    2U+OPbzyUrwhpQs9Wab9PAkRC7whB3E8sVoJPAFLZTso8nw8MiHjvHxlJrpnXZ28QvSDu32dDj3PGc47mhBfvK8niT1Y
    l4Q94PGZPJ09tLyxyf680J9uvC2Vgr1hGm+9EdP8PJJixruDgIc8UpT/vCGo1zzaWV283TwLvKv9Jj0uTYg9AFuaPOaW
    XrdOt5E9VfFKvZuPGr0N7Ya7KLWEPWRD9zz0kau8I31APUceUD32koG8RCrjugywEL0JJnQ8jQzqvE9YN72XYJQ7riMN
    PTyXeLx5mJA7iVbEPccgQ71YplA8TBXavEmYAbwrVG09kVMLPVzMsTqdXIW9aMMhPVB7i7yX6HE9osM0vDorfL2x6zO9
    H8wzPSShcT2VxEA9o82YPE5MwjwKBBi8JpVJPcxm4DsOtdW8PwSPvd05kb2Y4eo8ygdwu5q4Tz1k3bI8CdrBvft51zz1
    8Fq9ZqqKPf2izjvSBhO99dosu7cfyDybS0M9PHr2PJCX17tYbjO9HmKWvZtGTzqnasa8C15PvYUtCz3PcWO8oXGNPYO+
    DL2t3cY8AQBqvVejAjxCBrU856yAveHKoLxD3+K9GxghPcTZgD1IdiO9zN98Pd8Giz0pNvA8E/JXPRIdFL3yvCw9uL+o
    vFtrKb0Qwga9GQyWPUcrcrvsaOY8cN+6Opf++Dr8xla8KICFPFSXGby2xMK7KahWvLrTNLzDtDA5yHSAPbBMcr0qUv88
    elO8PD6wUT2038078dLkPJK8GLzEekM88p6FPeXW6zqNJu+8a/JaPKqYnb3EOhw9E9HoPKyf5LwanN87njCBvQMiFzt2
    qsw7BaBAPWQtOrzO0ue7TmUwvXFioDwQoDi8MRfLPJAl6rzvUT69tmOKPYcEdTyfFNG7nZalvOA5WTy4Qts86mjHPCom
    g73cIUG9NWncOzIsAj3exfc87CBUvXa6VT1c0fK8xT3QuqxpczwfAxw8cCNIPGM+LT0w1PG8bQG5PPnCK72kRqC7VMYe
    vebEQb2XqAE7E+sHvAxwXby1Lbo8FAU0vS7paLtic4289x9rPfnZFj0oBgK8wPU1vXRfNT06ZX882CgevRkPE7yf4gW9
    FiQrvQncDr3+Ruw8iydBvaOPYr0IynW8o743PciIOz3RoE+9DsmTvUMfC730mQU8QX84PDGstbnDDRQ8igF7O8nfEb3h
    7ZU8reJPPeMyPjytS5M8yWP4vPz7Tr0AOBs9y0tdvVtcDz35ZXm8QvyjPIAAX7yFrmA7oYoROxm+BbzQa/o7Pa4IPUUr
    Lj2Ttyu8vVs8PZrqObwp/pg8TXK6PKqjgT0vzX88kd9ZvUlIgDuSU4M9IDhKPfWZhz3DxyA8A0EhPXOZA70q8k09LUwN
    u0PqUDxNWQM8uVDHPD+VKD1yqIW97SI2vXvoWz3I4SM9VI3HPJaD5Dtfp/e7ZDCYu68rgj0HVGK8lAcXvesPZL3216m8
    FEacvFz7M7wsLGa9BxWEvUvU1DvEmKs7APhGOzRdMb1IewS9QQCVPI5Ubbwv/a68YSm4vELglbx3VXE77IMMvZBAYb04
    jiE9yT8DvK2xmzxH+uY88ac4vQY1ID2ODIE8UKWOPImxS7208Zs8KArjvH/nAb47oTG9QiLbPHE1LD1U0YI8pqgbvYig
    0D0oCV28wp6fPIoeqLy24GW8ohC2PaPmOb0Zboc9uzKQu69lIL0xeqs9kQASPGQALT0XjGI7pisqvUEiSr0JwK+8fSpW
    vL4tGzxnGS49Wzi6PKbyAz2rIp+8uDCWvAqoFD2c1eK7reqFvB/VhLv7tN08LhR1PRV4bD2SLoS8oRgJPVF8Ez1sO7a8
    cblSvJr2Mj1djc68BTmyPF65gL1uK8W868MGPLyXAzwrmki9WWAYPUmtBL1Qixy95hGYvK1tTjw/ZAK8wTULPagvV71/
    S9s7MAwHvcBDfb2vWj+88XBRPC+/hjt3rqy894h4vYaI07v4EKa8keQpPVO1Nb3DpU49KWGWvXt2qjxZeGO7e7XoPBoy
    nDvVYUS9FnbWvX7cRbw4Jpk94y9DPcn/OjzX0JK8BZkXPRnDojvhIf082u83vVfGPL1kTsO8UX9APBQjALzIpBg9u0mA
    PMflfz1DuZu8NpE4vcGt8TwLsIA8YHGePLYP7zzJbks9qR9rvBjRp7w//mI9J9ukO+FJLjzJ0GI8Mqx8vch+izyLmJS8
    F17CPK5nfj3+XDM9pAGyPF1SqDuzDIk9szoWPUCDWj0BFDa9APsEvZINLz32alu9BgQku41DMjupJBE9zR/LOz/M9bx1
    eQU8gWEgvYZKGDyhzNE8PvxAvOM8l7wVWUM9vKc3POicALzGZIe9PDkYvLLNZr1jAuA7SGoDOoNmNj1OD4G8NfeFvVbD
    M7258Mk8WTEjvO51db3NZ0M858rRPJxPtDtZ5Io9h9CkvPa+mrxgmGa7QFxXPcuAjbwthC08YKtzvdp4/TtzbPe8iZl4
    veDUfT3TvAs7p2gWvWLHojyTDDw9yPZIvcxAEr3El6C8sjBcPBVqED0N6S49vG5DvZ5c/LySedi8Rq+VPfdv3ryDBHy8
    Qy4zPQ6dOLuBdpo7WSTEvJzIHTxaEIw8W2t+vQVg/byPQD+9y94yvfWhKzt28YA9BBW3vaYvRT1Dxwa78WtcPei32Tv+
    t9I8i7ihPSJ4N7zhi7e7vZCXvSGZKT33RQ+8jRjTPBIXgLwIXEG8bTUfvVxIo7yLR8A91mCDO+ChiL3iXxs94u7LvLZl
    +jx1lyE8vvaWvE65prvjNig9cwEgPVwjejxRFca6Nz9WvSI5B7zigZa82y2nPPHZpj0fSFU8grSjvDJui7v78gg9ugBD
    PKNlhD3omGS9cJy/PHn7pL2lYHE9LFKUvS7gVjwD+Uq9S95VvdAaTz0dAnu8Z1eGvO+6dby1RKK8HCGePW2LlDxa2ls9
    UNGlPJ/8vjwNsDo8JkedvaHBezxE4RY96eu2vYM7Vj1qbwc925oZvcSNGT33ZWS9Kd+fOomzgTy7BIS8QEqrvKSaPjsn
    Eau9CJh8PUw2dj1P4Qq94X5IPcM/Lb0A4ac9bYt0vdo/Nr2cNhS9ZwYFvd5lGrxmsL+8x2SrvHvz7TngIwM9vjlRO6OF
    kzxTfIu8bc4NvS4MzTvcoCm8xf9CvUrCej1V+kG9T5ESPeCk3jszIrc8C9V3vZGYYb3MbGi8qvcxvWLCwz31tX09ms5D
    vTeN47yqll098lKMPSbgFTzcKdg8e0liunoqFb2bxRu9bG0Evbxd7znNYlm90tdcvDAFzLyBKiE9tm94PAYi5DzlgRM8
    TOpAPM9XyLzOOqc9m7k6PVX+VjwdBjG8VBIxvdi8Mz2r1rm8sy8vvcc6FL0sgE88yrsIuwVptz1aVmS830sMvJ01sjx9
    Fb08T/c2vawxOT0v+mQ8dwVJPMROgr10/Y68iPeTvDNETTyDiye9zQM1vPxaYTyg5ly9gW+lPCb9jT1Ll3I8KnQCPMCN
    Mj1oMCI9V024vIz307wuoTs9eBxAPdxloDzspj499heIPeTKTbzBcRi9vFtePCKD0Dl0a9e8rcQuvQuuKb1ad4s9gZKD
    u4dsfzxhh8m79VSzvP53iby8OHQ8CN0LvXz2JL0LlYs8j88xu4hu/Dvp7Ya6xnrOPLNvE7wEbwi9kq4lPRiehro2qSi9
    WsIJPSd+yLx2hFs9iu2oPPu4DL2Q3tA9ic4MvebQHL3xQxq93yggveEmtbxmbyE9T72lPBQnCT00NTg9oVNbPITRMzyF
    NkS8/HKlvAmb2jyTI8E84XbpPIQGjL0FMbi84lpMvGngBz2DrZG7h56MPOYefj1+h686N7lOPWaZ/zxCw3c9tgkAPa6K
    yjxl5jE9kBMjvbEuuTw4piy9RbMMvHzox72NBza9PqCtu2PaAr34fgW981v8vBAeMzxQTBQ9xycevUYIH73+/iM9EtSo
    PAPlaLzaLDm9gAx8u8/rC739XRS7Pyx6PfPY0DxQ1io9I/o9PcMUHz1BlBw86DcavNewtjsYe3m8He9FvcKJqTu5THe8
    JEKaPbNji7zot+G8AJhDPGdiHT2Ek2C7avSNPIS4Cb1jXje8sP/QPBj/cjx2/Rm7SkiqvYGutTwDgng8NOIxPRYFJ7xz
    X5U8jF1/vLJYnLwbwIg9KvFCvXQr07xB0Rw9T6+QPVjqDL1xwIC9vPOUPMdHzrzEg0A9SJIBvWyBrDtdIqo8tHeRvMc+
    wLzr2mU9dbMKPYH8Urx23mW9jxgXvWYAg72iCRG9wA8vPHzvJLxkQDC6e1cmvT0ByjxV/m+9SkTHvKtPJzzQcSI9hWqN
    PFrpbb1ylAW9a4uuPCoyKr1YtTQ9rUPTu/gnujsHFkC8R0bEvNnduryaDb29zcAZPT151D0DrMe8w2KFvTA3Wr0P+Om8
    +jR7PFn07rss9i89BlMtu5IWND2MYto8LkX4PCoQZz2aoDO6U61vvRIDkLxlMzu98YmFvC7SBbw8VNo7kqUZvXXabzpq
    tXy8V/A1vaDq1jyAmt49zNZmPXfKkb2nhBK9Ha2kvd0zyz2vxPc8epC8venSSjx91tE8ryM/u243zjyBbKK9v4FAOuJo
    67vpDQW+B8lGvTJSrTsSmSe9ixDUvF4msTuGcYS5OfHIvHaqAz1hJS081hHaO9CGa72e4GY7rAR7vCpRLL3D61q94FLK
    vE27Rz2MNJI7PsmUvXj7lTv3osG8qe1avB6OjryRRhm9FezOO0DmATyIUL07GKSKOx52VryylOW8d64vPdlQ6zzhwjG9
    excvPYySmzyjoQO9MQQNvc3snb3L6I+8dZA8va+reT36oIs7T1i6vHrIPD1HH8u84Vn0vFy9iLzNfcY8siK4vbeDkLvr
    SNa7Ws0ZPJ3eezxcfcw84KGSPF2PPjuBZRk8isZnPUBuuD3MrKO7DytXPJPFQLowqcY6aMLvPIhaJb1f2w295/OWPOza
    uryW+iO9NheKvDzilLyGBwu9AlB6Paa6Ir0s8Ai9fXkRvZLCk7wKfRi8jklSPbI5VL1DYEc8si7UPVnKEj23Toc7iT2M
    PAhHjD0IXJW9cqxDvZvtAz2K7fE8s6ptPBSyh72e3Eu9S01LO9V0r7qCDwy9MCHTvFn0ID0dciK8V2yvPf5UJz3/OjE9
    IUdlPRnZCz3kgd48lXYmPc7q7bx/5vE68ZoOPV9/L72qz+U8WAUdu4yxFT35GbI8vP2EvdgCKr3luBm9jcEdPShyBj39
    7z+9hRyGvMT+qTyLoEE9U4qRvLSZ/rwKAIy8gC4pPEjRTzwRmJ298Sv2u0G4aDyzz9U81uYqO92tDj0YeQE9w+YgvU1e
    Yz0SQjS6lXt+vVL2Ir0FgYE8po8EvWLfJL38YCa7J96+u36YPDxmHTi9SH/2vNc5Sb1/96c9F7TxPMW6Ar4kIpE8zWVu
    vWJWhD0DGsI7aVPNPaQkobwJJ1O80rS9PU53RL3V/AG951vmPBmOFTyCi8c8Se4uPDVtQ7tIB6+8wdbOvJYTMT2w+Rq9
    2eRGPRK4oTs2yAq7ciQpvaAxmDz2ciw9uyB7PNO5WL0+DgC9VrSCvOnCe7yIHys9MrHtvVIi5zzH7yk8iy4QPZ6IHz1y
    xVk9AFk9PfoUQT18j668sQZSvdtTkrt2mwg9K/fzvOmrMDyxarO8O3RTuy0Ye72JNQW95lkbPR/DQzpOWD484sNvPRGP
    njw5iVC94YR3vW6F9juCeYg8M1kTuwSD1T1IwXE8skADvSP5fT2l3mC87+MUPXS7lbtNQYo9EfH6vE8Jvb3irIw9Yk0S
    PCgJjz1MFEc9wRbfPC2fDT0N34s9KDTLPL1oNj1gZJY9yuBgvU47dr10tpu5hdwDveDq5Tv+yx699/uWvdYOUb1KFeI8
    xFW4PTUsDr25cFO9rF0WvBA+zbwMYUm8MtjZvG5Qorxkyfg8aCcgPX6iWLzyVlQ9QLw/vMQt9jlS+pA9ZznOPfrU3zwv
    HqQ7VKwCPOs+gryj9DM8xXTKvOwLErwt/ZG9bPywPLmYnTv20oQ8kfxZO/MnVjwxfP+8F4yevDx6F7xhIXs9j6REu9WN
    BT0oebA9IfQMvdGTyLu8ja27IuVbOxECDz1A9Mg8EuSfvdyDBr2PYZo8V9lJPTsYI7wUQ2G6vHAevVjrlrwYLAG9cb9O
    PGMeLb2tmo68EtSuvCIcPL3Q/q08bH3yvE5eQjzRM2S9OfGkOyMwVbtVhgE9j6nJPPt3Jjt2jga9AhA9PIdkXb3inCa9
    AGeHPZ4JSb0u7nq9slsUPeynTT1hgIa8ORdQPU1M7Dm63b88zG2ROwwwBD0nop071ybHvDjiF71MZjM96hUJPBcwAL0a
    Q9C81pTbvFTItz0Rdqi9R3wsPNrg9bzM2Zg8KyLKO8dknjv0K3c8NhQJvTsDLL0Oyz86SzyhPMEYcj3ilSY9WG4oPbYG
    kTyYUUW85P6KPMrOuD0Vyl+8D05evWqdzDz5KPA7ehUKvVvEyL3CWzk9ykRLvd16QTySu0Y4Ebwpve07gTyk3Ju8h22M
    vILDH73SN0K9k8MlO20SL73idgm90xKAPHdsJLy8Chm9+yIVvZCvW7zy+Z29YLK0Pcw7nTz6YRM9Sod8vXYq57wHbz09
    EsKPvfxviD2zcg29CYulPfVCxrobjVQ9FrYbPZ6e77uIuhS903DdOzGhn7xBCNk7D4Fau4sVwbzyz4k9/sMEPc+fHL3z
    xVG9agRJPXapqjzK9UO9y2DYPQ5Ex71xJ4Y9x1nRPF0vgzynZQm9wdcUPedeobpB4KI8dOcLverWezwrJ7g7erkCvfWQ
    l7wN0aM8kdPGuzhkGDwEVHo6KxwovZqFgzvuaGI96w+NO+gIALzUFBC9TY6ZvX+iNb1CLtU8G6IOPPENxDz0dxA9FbY3
    PMlKk7nASGc7WxmQvTfFKr2Je+28edLKvUfVi7twKvC8cL2TvYLipL3zHwk9k8vnvKfy2jxOojM93XIPvHa86rw51J89
    /uRbPdR0u73gYhS9t8Z+PAPZQb0bqAI9JWFZPS+oqrsw+n48cYyZPNFh7jwV0tA7dA2Pvb0Rtb2eFgU9l9KOvLpK/jxQ
    LWK9Q7+iPeFrizy00Di9I6sEvOOYQD3O0UI9w3qHPer8JT1Mg5O8yDnjuWF3grrhR2C9bvijPW8jcD0mNLM9up2jPac0
    ZDwNiL484RHIvF9NAj0YcVI8EzFyPOnhfz1fRWI9m6UpPaTqibxKlu68qv2rPO0pkjyFYSa9QmKLvNfKbD1lwU+97VPQ
    vC/btrvAO4e9iaYSvT9bLr1IgH09Fh+NvJ4T37xkTaQ9f/eSOyTVTj0tfIy8CL+FO+N9NTuBK7I9HTNqO5F0a718woS7
    qGWDOxnW/rqa/469TaC1vYbHNL2Pxks9LzCaPH9DWL13DMc8cs6yO71Wczxa3du9v8G5PAIOeDsJBM28/I4gPTSHHTtE
    xiu99Z9BvHV0Ar2+aTI8nsIuPaXYF73H2uS8H2GhvDjPqbxz5jW76nUzPSE1lL1Cqww9breou1ehPj1VQoY891wAvG3k
    xzurwYO84ywEvcr4AL1gaV68w+GIu6TaiL1eUbM9ehnIu/sAObxtww47n5LevKe3LD2Yzc08iFbOPFDR/DzLOK28GBFR
    PfSlsjxMUnE8yU10vQuJFL1v9jO9YjQEvKVfUzpNDtm8v5oDu05VrLx200a8vM7EvPTXJr3E8aU8btiUvFjNvjwD1zy8
    YjoKvU52+bzeOSG9s3NeO0yVt7xwiJg8TETTPTXMS715d3E8kJmsPC8uGT3Ge1u9YCK3vFOK1LvQPKW8NZnYvAofBb2z
    RzA9wnYRvAstUj38Rg09jHjnPDKL7zwPjTm9t/apPI2fRD09GU48JHUEO4xtm7w26vk7Q3ryPLygnLyvP688MikGPfSC
    2rxZTSA8uLkBvB81Ljzy4L49G1uxu8SiBD2NkDK7gAC1vQjl6Tyq3Fm9c9stO5iK2bxbkS06XGXrOuGHGb1P0Fu8AkSS
    vd+IgzwYk408sbdTPb51yzz4C8q8sF2svQ3/kTwQwBc7dvyuPG3p+DzkmW+9E8TFOyCCjzsaBoE9994Ku/96Qb2vyM28
    Lci5vC+4jb1mUSo9mjpQvPvYq7wV45u97JWYPa/a5zwxmV07sGRPPWkCAj0wkw48HY7qvKEbF7251YW9HRtdvXWLFjzp
    MXm8cpukPDX3J72j+LY6B/ebvClhUDwFn2m85A4RvR3twTy3s868fFEsO5tiiz1b1I+9o6RJvXSUSrzHLEe8f/0iPNl/
    Vj1ne2u9uf71PLSgE72OW188c8U8vRHKWTyAZg87srMKPBbj/zw12Hq9Y5hQvFI5Y730c1q90lEXPUi1Gr3xao88qQHT
    vLpK/zxDOBE9NB4/OltS+bt/4oa8xM6IvYBfhTxjRFW8LVaWPBSlTr3t/Wq9miQbveuLaDzG1sY7xLvavP2VvzxMTiy8
    lQTQPHX4RD0iZkA9BXM3PaXUrr22TDa9MEdRPTwxj70ej7i8F86YPWvMNDthmUI9fQ5fPUaQzrryiaC8ZogXvQAesDxn
    8CO9G8jgPCOGgzx57IK8zZCFPWfNp7zpHR690M0MPQXpe70Fak69SOAuPV2OcbtFg2+9ELWCvW1hWj3rTQm9c8z3PCj1
    XLy9wyO9MHMhPaEW8DwdEpI8nvIDPdfTmjzmeou8gzGEPSSYxjvi9Y89goxTvEdtWD1SRAw9TQ/lO0ThADvSr0u93K7B
    uzgvwT2makI8jVUKPb9WJDy+rxA9ZtjjvJs8O7zcBIO809xzPch9rTxkdjo96chYvQjSoDxIB++8bniuvJvmBjwgaBe8
    WTAXPazOCDwjNbc9L0q5u4EsSz0b3za9YE66vJQt7DxEqra8QIZDvDHNzryLy/U64Wl0vchDP7xRkDu9E64evevTDr1P
    fgg9bTuHPVspt7zseNc99tc5PUCiZb0U8xq96XCPO/f3l7u3G7G7n4vfPO7RvDyHgzq9fzqIuoR2ML2H0BA8O5F2vbUF
    tT0L5aK65QcwPM4AfTynHj29L7yDPEBpLbyoskO94FatvSipizt5S2y8GKqqOWKs7rw/zou9s5YKvRlUkD1io728534W
    PcsINjybsLy8e8uDPHChwryzFna9rSYpPQI62jyZfFS9ceKcPOF7sLxi+lE7rRw9PBwEhjx3xtg8IM51vYxvpDx5RNs8
    fE2aPTppMT00hFE9oLk2PRakGT3sp5i8cl3jPNoPQr0tcQw9fVxtvV9ZBb3KUSO8qc9kO7ZVkjyg5aA8cqxDvdiQQb00
    bVs9D0cZPXunIb0Gz4e9ScZLPVVsMTwG3Im9Amn5vJ0PTT0SW146XG+7O6DKUz3t5D+8JULoO9PMe725UqU8YXO1PELj
    nLuOfi09YYlivCo/h70zUzS9fRIbPFoncbxkQvS7kdKrPalisrsqxCe9LcL4PM7hCr2ex0e9MgtfPJGKADywd4w84BAK
    O90D072CYZS7acRvuu0ACzsfJ1u9wzYdPZtcpDyEy688nCJpvFMqhTyIAZq5lNLBPL9slD1I4CY8LR58PD/XYLwKGRG8
    BvsUvZe2MTyz30g963guPOw0Cz29Vtc9ZXWLPHQpeDw+8/68laznPNrPC71qrUu9ney9vJ0zW71BRE88I2TKPJJdID3P
    7Ok8kJD6u8kVqLwQXeA8Q7ymPRoGND3YLi86Ca8CPOip4zu6Hbg8luyAPOkHib30JMM8CN/jvKVChDsyl7G9bw0MveGY
    I716tgY9s7sYPfdpKT2dWCo9LM6iPLqcvrza0p478XnJPVOOor1phPm8y5hXvEg7H71of0A9mLgfvS5E+zwzSyo7fhsV
    PdvUXjpdJUY82i6mPO+FdL1bhkg9h55BvEZUsbwF88S7nEUUPPjkiLzzeds9FNcjvYQCfTx/DRq9q6roPLrpwDwIoSA9
    45k2PaqSLD2kb+87u16ou3YO1jwSQxa9h3+WvTGo1bsXMwa8cn2iPN7RkD1Mviw9k2V1va+yRzwLlVw8z4N8vMdqkrxK
    Jee8PbuDPJSWsb24sDE9MCcqvUXQIT3Z6oq8F+73Oy6U+7x0twe9IaiIPG7HHrzFz5i8hu6BPN1TF73Nyjg7NI4CvNw7
    trtN29a81zh6PRbvAj2ArO67BLCJvQJOED3tfbg8PkbSPJF3lDycUg87ADmEPdIUjzzsIAs9GPO7vXxttryfCls9G7rB
    O4IRlD39MIi9/LcsPBJP/Tzejl09h49NPXykwbz4Hpo9F3xIvc9HOrsTnJi9KWxLPIcKSj21PCo9jI0ZvEE22zvESvo8
    vdeqPe4eEj0ywhI9WhkvvLEcIr0ndkC99TRKPBTnVz06CWO9XeTTPAtn7Tyjlgs9TXObvLdQSjxtDW27zQyqvCAXGD3U
    xxY9w4uCPQQCmr2i7fy88jE8vI2Bp7wpXqI9VtsBvZXUPL1GpqO9J6QgPEUpeb2eVNc8wn26PKCOHj2peuq8/763PLaC
    6LvbS5e9kHkbPJlMGz1+Ljs86AwMvYa2VL1GxCo8bRYnPNwWr706qAU9FQ5dvfc27LxGWk89mskjPZBXPT1vsUO8UHYF
    vZipZjwi4gA9UDAqPdIxtbwdmvI8lOxxvTueLj3jSq09FQDuvLYAq7zlerC8Bg9zvKK8rj2BiDa91qitvD20x72/k9a8
    KO0QPUDz0rzRVe08zNDxvAGdXLs63AQ7UKjhPAH+Nz3IyIC7S6meu2nbhL3zfNE9jeg3OyneBLxxH2q9loWKvFP8lD3z
    Eq47Wz4VPNN2izwO5wK8qEXRvOy4Rr1bgjW9NYOIPJFJ0TuJe9O6xXufvP/RN7t6qVc85VxnPYhLCTx58Sw9+9utPAVz
    drw1NSo9S76hvDQF8jy21DC9b0OxPKPfKb2a8f+8nsB0PIcvsDzEsTK88qVcvbw1J71+oZ095KmTvDSLPzwfpx69yugg
    PU/0R7lhgkg9yxUFvbxeI7zNeaK84S25PMQU3jzi4OC8UqMRvQM3AT2wVbo83ykKPV/Mir12u1W9sek9vfJtgD2C04S9
    ooIHPAWLs72XCFK8aTuVvUpvLr1G/Z29mfWYvXfYDjwhc6I7ONS0PPcWrLwLBeA88Qm7PBXj1TxWtEe9m7edvBHxWD2X
    aFq9XuG+PHXwgLzNARO9QKTBvIM7hj29JIO8lkMuvfSXKr0ujJe77tAuPY6pZ70UOQo9BcvpPGNokD1I+wq9gCJdvYkm
    DL1prxW95W8LPTFN+Twq6YY92sazvKLoZrvPpTg9bHBdPVHQXLwA5nu7nYaTvc/qmDyzXjw9kqJxvdfmZ722FCW8RROt
    vCFqNrxkCh29DTWoPcWXNL0kR6y88Ux6vV1Mdj2/4vM81qigPP3koLwjarM83bLcPFYmbLxcSuI9MrghvRGJizz31TU9
    o1x3PBL/FL36waO90Xf7uRSphb35w849nmagPDWmBr1aYSA9U+rtPHqrDT2l1PA8SOnEvJhsT7u1IiU9WO4iPc0SMD0M
    ErQ88TboOcs36jybdYy9aokIvajaVjsv8M06us6evWu3/Dtf8Be99SmJvJKwmDyQm0s6IffivBos0r2LRDA8gvGFPcIb
    gryz3KQ6Ch2IPWwJkr1VN9w8IwC3PJauU71hKfg86MfsPG3XRj2mEkc6eVWIPeKtHzx6ADa9c2ZKPSpz57xioeq8FIoL
    vW+HvbxdKoK94gQbPEzwXT3dnBm9CRPtu/0jAb0hiI48/IJXveW+lLoj3sQ8ZySKvUcWar29jHm9ZxJEvU7JgbyfI1S9
    4xYNPefOHL3JX5k7Qt9yvJ24rzzDyTG92q9BPcM44bziHL48zkOPvVMV5brujUO9ZxA1vSiBLL00Th482tgWPQ8fMDtU
    iza92vyxPDJXPD23Kwi7Bi8zvVBoULwDTzk9aBmeO1tRwLz7qy+933iLu5cX2zseIcW8u9sVvC40ur0Bij09KIE4PbbS
    nLp9upW7AOlaPMWKPDzXBcs8vOPxPIo0w7rEiki9ZzAxvcxPqDtzjai89hscvZE0RT0edwM9+ZhuvVjOOr07l3+92nEz
    vft9Mjx5q149UZq5PI4e7rzwdua8jsTWO2lGm7uhV8s8Wf3iOGdE5T0h9e67YzvCPBWIjzyKZws91/jFPAXgwrsLzwK9
    +JY9vaSGvTy9EWS8wk4FvTe51rxpRLC8wLpyPHgpBD2/X1u9b/s0PUtw9brOoJC7bFGwPWApVzwkTNK7Ym6NvBiOsDzh
    7OI71gC/vOf1I71CMMY8ttaAvb1DvLzpcpM9jSrRvIHmML0Wfuq9yqqqPPbJN71jpVC5d8UvvbUjIz3Vsmm8Kw0OvXu2
    Pz39Mg69/npROhQhLjwekxM9R05RvMN47jzVlII7uuEGPLWq3bx1lQA9Nkilu3v+CL2JiKi9948JPYqv+jzuXbW8UZMJ
    vQ2aOL1y5uu8Q+8oPUPbp7uHTka955TqvCHa0zwxg/U9QLhNvMUeRT30him7nHShvUXla7yyPrU6gZmUvSV9ATz9/mU9
    P2qQvQqrADxzl7Y84QYgveJ0CD1ZC+S9o89CvZOUYT0d8am6odF6vZGxmL0oxVa9rBOQu+OtnLspWjG97jtMPNpr3z0t
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
