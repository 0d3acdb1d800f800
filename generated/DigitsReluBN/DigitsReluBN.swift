// Written by bnc from specs/digits_relu_bn.yaml. Do not edit: change the spec and compile again.
//
// Weights: specs/digits_relu_bn.safetensors.
// Target: generic: vectors of 4 float32, no fused multiply-add.
//
// What was fused:
// - batch_normalization, dense: folded into the matrix product's weights
// - conv2d: relu computed in the epilogue of the convolution

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// `digits_relu_bn`: input_layer [1, 8, 8, 1] to dense [1, 10], float32, row-major, batch first.
///
/// An instance holds the memory for intermediate values: use one on one thread at a time.
/// Instances made with `init(sharing:)` share the weights.
public final class DigitsReluBN {
    /// The inputs' names, in the order of the spec.
    public static let inputNames: [String] = ["input_layer"]
    /// Their shapes, batch first.
    public static let inputShapes: [[Int]] = [[1, 8, 8, 1]]
    /// The outputs' names.
    public static let outputNames: [String] = ["dense"]
    /// Their shapes, batch first.
    public static let outputShapes: [[Int]] = [[1, 10]]
    /// Floats in the packed weights, and in the memory for intermediate values.
    public static let weightCount = 3856
    public static let arenaCount = 1440

    /// Why a model can't be loaded or a prediction not be made.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let storage: Memory
    private let weights: UnsafePointer<Float>
    private let scratch: Memory
    private let arena: UnsafeMutablePointer<Float>

    /// Maps the weights file that bnc wrote with this source.
    public init(weights path: String) throws(Failure) {
        switch Memory.map(path, count: Self.weightCount, layout: 0x77489c54e417da9a) {
        case .success(let memory): storage = memory
        case .failure(let problem): throw Failure(description: problem.description)
        }
        weights = UnsafePointer(storage.floats)
        scratch = Memory(count: Self.arenaCount)
        arena = scratch.floats
    }

    /// Another instance with the same weights, for another thread.
    public init(sharing other: DigitsReluBN) {
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
        conv2d_relu(input0, weights, weights + 288, arena)
        max_pooling2d(UnsafePointer(arena), arena + 1152)
        batch_normalization_dense(UnsafePointer(arena + 1152), weights + 320, weights + 3776, arena)
        dense_softmax(UnsafePointer(arena), output0)
    }
}

// MARK: - Kernels

/// 36 positions x 32 filters, each a sum of 9 products; then relu.
/// Direct, tile of 2x2 positions x 2 vectors of 4 filters, filters outside.
private func conv2d_relu(
    _ x: UnsafePointer<Float>,
    _ w: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
) {
    for block in 0..<4 {
        let k = block * 8
        let wb = w + k * 9
        let b0 = load4(b + k)
        let b1 = load4(b + (k + 4))
        for row in 0..<3 {
            let xr = x + (row * 16)
            let yr = y + (row * 384)
            for column in 0..<3 {
                let xt = xr + (column * 2)
                let yt = yr + (column * 64)
                var c0_0 = b0, c0_1 = b1
                var c1_0 = b0, c1_1 = b1
                var c2_0 = b0, c2_1 = b1
                var c3_0 = b0, c3_1 = b1
                var wp = wb
                for r0 in 0..<3 {
                    var xp = xt + (r0 * 8)
                    for _ in 0..<3 {
                        let w0 = load4(wp)
                        let w1 = load4(wp + 4)
                        let a0 = splat4(xp[0])
                        c0_0 = madd(a0, w0, c0_0); c0_1 = madd(a0, w1, c0_1)
                        let a1 = splat4(xp[1])
                        c1_0 = madd(a1, w0, c1_0); c1_1 = madd(a1, w1, c1_1)
                        let a2 = splat4(xp[8])
                        c2_0 = madd(a2, w0, c2_0); c2_1 = madd(a2, w1, c2_1)
                        let a3 = splat4(xp[9])
                        c3_0 = madd(a3, w0, c3_0); c3_1 = madd(a3, w1, c3_1)
                        wp += 8
                        xp += 1
                    }
                }
                store4(yt + k, activation_relu(c0_0))
                store4(yt + (k + 4), activation_relu(c0_1))
                store4(yt + (k + 32), activation_relu(c1_0))
                store4(yt + (k + 36), activation_relu(c1_1))
                store4(yt + (k + 192), activation_relu(c2_0))
                store4(yt + (k + 196), activation_relu(c2_1))
                store4(yt + (k + 224), activation_relu(c3_0))
                store4(yt + (k + 228), activation_relu(c3_1))
            }
        }
    }
}

/// Maximum over windows of 2x2: 3x3 cells x 32 channels.
private func max_pooling2d(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    for o0 in 0..<3 {
        let x0 = x + (o0 * 384)
        let n0 = 2
        let y0 = y + (o0 * 96)
        for o1 in 0..<3 {
            let x1 = x0 + (o1 * 64)
            let n1 = 2
            let y1 = y0 + (o1 * 32)
            for block in 0..<8 {
                let c = block * 4
                var s = splat4(-Float.greatestFiniteMagnitude)
                for k0 in 0..<n0 {
                    let p0 = x1 + (k0 * 192)
                    for k1 in 0..<n1 {
                        let p1 = p0 + (k1 * 32)
                        let a = load4(p1 + c)
                        s = s.replacing(with: a, where: a .> s)
                    }
                }
                store4(y1 + c, s)
            }
        }
    }
}

/// 1 positions x 10 filters, each a sum of 288 products.
/// Direct, tile of 1x1 positions x 3 vectors of 4 filters x 2 sums, filters outside.
private func batch_normalization_dense(
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
            for _ in 0..<144 {
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
private func dense_softmax(_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
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

extension Memory {
    struct Problem: Error { let description: String }

    /// A weights file as memory: a header of 64 bytes, then little-endian float32.
    static func map(_ path: String, count: Int, layout: UInt64) -> Result<Memory, Problem> {
        func problem(_ text: String) -> Result<Memory, Problem> {
            .failure(Problem(description: "weights file \(path): \(text)"))
        }
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return problem(String(cString: strerror(errno))) }
        defer { _ = close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return problem(String(cString: strerror(errno))) }
        let size = Int(status.st_size)
        guard size >= 64 else { return problem("\(size) bytes are too few for its header") }
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
            return problem(String(cString: strerror(errno)))
        }
        let memory = Memory(mapped: base, bytes: size, header: 64)
        let magic = UInt32(littleEndian: base.load(as: UInt32.self))
        guard magic == 0x77636e62, UInt32(littleEndian: (base + 4).load(as: UInt32.self)) == 1 else {
            return problem("not written by this version of bnc")
        }
        guard UInt64(littleEndian: (base + 8).load(as: UInt64.self)) == layout else {
            return problem("written for another model or with other options; compile again")
        }
        guard size == 64 + count * 4 else {
            return problem("expected \(64 + count * 4) bytes, found \(size)")
        }
        return .success(memory)
    }
}
