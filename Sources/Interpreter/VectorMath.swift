// Elementary functions of a vector of floats, in terms of `V`, `VI` and `madd` alone.
//
// The text of each section is also what generated code contains (`VectorMathSource`); `needs` names
// the sections a section uses. Polynomials are minimax fits (Remez exchange in 40 digits, weighted
// by what the error is relative to), coefficients rounded to float32; each says its error before
// that. Literals are hexadecimal because they are read exactly.

// MARK: madd needs:
/// `a * b + c`, fused where the target can.
@inline(__always)
func madd(_ a: V, _ b: V, _ c: V) -> V { a * b + c }

// MARK: splat needs:
@inline(__always)
func splat(_ x: V.Scalar) -> V { V(repeating: x) }

// MARK: whole needs:
/// `x`, which the compiler must have as a vector here. It takes operators apart into
/// lanes and finds the vectors again in expressions of limited depth only: long ones
/// need a stop.
///
/// - Precondition: x is NaN or at least -2^127.
@inline(__always)
func vectorWhole(_ x: V) -> V { x.replacing(with: -0x1p127, where: x .< -0x1p127) }

// MARK: bits needs:
@inline(__always)
func vectorBits(_ x: V) -> VI { unsafeBitCast(x, to: VI.self) }

@inline(__always)
func vectorFromBits(_ bits: VI) -> V { unsafeBitCast(bits, to: V.self) }

/// `|x|`
@inline(__always)
func vectorAbsolute(_ x: V) -> V { vectorFromBits(vectorBits(x) & VI(repeating: .max)) }

/// `2^n` for n in -126...127.
@inline(__always)
func vectorPowerOf2(_ n: VI) -> V { vectorFromBits((n &+ VI(repeating: 127)) &<< 23) }

// MARK: expparts needs: madd splat whole bits
/// `exp(r) - 1` for `|r| <= ln 2 / 2`.
///
/// `(exp(r) - 1 - r) / r^2` is a polynomial of degree 4 for r in -0.347...0.347; its
/// error relative to `exp(r) - 1` is 1.3e-8.
@inline(__always)
func vectorExpm1Polynomial(_ r: V) -> V {
    var q = splat(0x1.6bebf4p-10)
    q = madd(q, r, splat(0x1.1227f6p-7))
    q = madd(q, r, splat(0x1.555674p-5))
    q = madd(q, r, splat(0x1.5554b0p-3))
    q = madd(q, r, splat(0x1.fffffep-2))
    return madd(q, r * r, r)
}

/// `x = n ln 2 + (high + n low)` for x in -88...89, `|high + n low| <= ln 2 / 2`, and
/// 2^n, which is 0 for n = -127 and infinity for n = 128.
///
/// n is rounded by adding `1.5 * 2^23 + 127`; the 127 makes the last bits of the sum the
/// exponent of 2^n. ln 2 is in two parts: the first has so few bits that its product
/// with n is exact; the second, `low`, is `vectorLowLn2`.
@inline(__always)
func vectorExpParts(_ x: V) -> (high: V, n: V, power: V) {
    let shifted = madd(x, splat(0x1.715476p0), splat(0x1.8000fep23))
    let n = shifted - splat(0x1.8000fep23)
    return (
        vectorWhole(madd(n, splat(-0x1.63p-1), x)), n, vectorFromBits(vectorBits(shifted) &<< 23)
    )
}

@inline(__always)
func vectorLowLn2() -> V { splat(0x1.bd0106p-13) }

// MARK: exp needs: madd splat whole bits expparts
/// `exp(x)`
@inline(__always)
func vectorExp(_ x: V) -> V {
    var c = x.replacing(with: -104, where: x .< -104)
    c.replace(with: 89, where: c .> 89)
    let shifted = madd(c, splat(0x1.715476p0), splat(0x1.8p23))
    let n = shifted - splat(0x1.8p23)
    let high = vectorWhole(madd(n, splat(-0x1.63p-1), c))
    let p = vectorExpm1Polynomial(madd(n, vectorLowLn2(), high))
    // In two steps: 2^n itself may be too large or too small for a float.
    let whole = vectorBits(shifted) &- VI(repeating: 0x4B40_0000)
    let half = whole &>> 1
    return (p + 1) * vectorPowerOf2(half) * vectorPowerOf2(whole &- half)
}

// MARK: expnormal needs: madd splat whole bits expparts
/// `exp(x)` where it is a normal number: 0 for x below -87.7, infinity above 88.4.
///
/// For exponentials that are added to 1 or to each other: faster than `vectorExp`.
@inline(__always)
func vectorExpNormal(_ x: V) -> V {
    var c = x.replacing(with: -88, where: x .< -88)
    c.replace(with: 89, where: c .> 89)
    let parts = vectorExpParts(c)
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high))
    return (p + 1) * parts.power
}

/// `exp(x + rest)`: `rest` holds bits of the argument that don't fit into `x`.
@inline(__always)
func vectorExpNormal(_ x: V, _ rest: V) -> V {
    let parts = vectorExpParts(x.replacing(with: -88, where: x .< -88))
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high + rest))
    return (p + 1) * parts.power
}

// MARK: expm1 needs: madd splat whole bits expparts
/// `exp(x) - 1` for x of at most 0, accurate near it; something else above 0.
@inline(__always)
func vectorExpm1(_ x: V) -> V {
    let parts = vectorExpParts(x.replacing(with: -30, where: x .< -30))
    let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high))
    return madd(p, parts.power, parts.power - 1)
}

// MARK: log1p needs: madd splat
/// `log(1 + f)` for f in -0.2929...0.4143, accurate near 0.
///
/// `(log(1 + f) - f + f^2 / 2) / f^3` is a polynomial of degree 7; its error relative
/// to the result is 5.9e-9.
@inline(__always)
func vectorLog1p(_ f: V) -> V {
    var p = splat(-0x1.38b666p-4)
    p = madd(p, f, splat(0x1.055c0cp-3))
    p = madd(p, f, splat(-0x1.0d8564p-3))
    p = madd(p, f, splat(0x1.22da0ap-3))
    p = madd(p, f, splat(-0x1.547240p-3))
    p = madd(p, f, splat(0x1.99a008p-3))
    p = madd(p, f, splat(-0x1.000228p-2))
    p = madd(p, f, splat(0x1.555554p-2))
    return madd(madd(p, f, splat(-0.5)), f * f, f)
}

// MARK: log needs: madd splat bits log1p
/// `log(x)`
@inline(__always)
func vectorLog(_ x: V) -> V {
    let isTiny = x .< 0x1p-126
    let bits = vectorBits(x.replacing(with: x * 0x1p23, where: isTiny))
    // x = m * 2^n with m in sqrt(1/2)...sqrt(2).
    let n = (bits &- VI(repeating: 0x3F35_04F3)) &>> 23
    let m = vectorFromBits(bits &- (n &<< 23))
    var exponent = vectorFromBits(n &+ VI(repeating: 0x4B40_0000)) - splat(0x1.8p23)
    exponent.replace(with: exponent - 23, where: isTiny)
    let y = vectorLog1p(m - 1)
    let low = madd(exponent, splat(-0x1.bd0106p-13), y)
    var result = madd(exponent, splat(0x1.63p-1), low)
    result.replace(with: -.infinity, where: x .== 0)
    result.replace(with: .nan, where: x .< 0)
    // Infinity and NaN.
    return result.replacing(with: x, where: .!(x .< .infinity))
}

// MARK: softplus needs: splat bits expnormal log1p
/// `log(1 + exp(-|x|))`
@inline(__always)
func vectorSoftplusTail(_ x: V) -> V {
    let u = vectorExpNormal(-vectorAbsolute(x))
    // From sqrt(2) on, 1 + u is halved: log(1 + u) = ln 2 + log(1 + (u - 1) / 2).
    let isLarge = u .> 0x1.a8279ap-2
    let y = vectorLog1p(u.replacing(with: (u - 1) * 0.5, where: isLarge))
    return y.replacing(with: y + splat(0x1.62e430p-1), where: isLarge)
}

// MARK: sigmoid needs: expnormal
/// `1 / (1 + exp(-x))`, 0 where it would not be a normal number.
@inline(__always)
func vectorSigmoid(_ x: V) -> V { 1 / (vectorExpNormal(-x) + 1) }

// MARK: tanh needs: bits expm1
/// `tanh(x)` as `-expm1(-2|x|) / (2 + expm1(-2|x|))` with the sign of x.
@inline(__always)
func vectorTanh(_ x: V) -> V {
    let e = vectorExpm1(vectorAbsolute(x) * -2)
    let sign = vectorBits(x) & VI(repeating: .min)
    return vectorFromBits(vectorBits(-e / (e + 2)) | sign)
}

// MARK: normal needs: madd splat whole bits expnormal
/// The distribution function of the standard normal, `erfc(-x / sqrt(2)) / 2`,
/// accurate in the tail.
///
/// With `y = |x|`, `t = 1 / (1 + 0.3 y)` and `s = 1 - t - 0.5`, the tail is
/// `exp(-y^2 / 2) t P(s)`, P of degree 9 for y in 0...15, relative error 3.5e-9.
/// `1 - t` is computed as `0.3 y t`, which is exact near 0; `y^2` is summed from two
/// parts because exp makes its rounding error y^2 / 2 times larger.
@inline(__always)
func vectorNormalDistribution(_ x: V) -> V {
    var y = vectorAbsolute(x)
    y.replace(with: 15, where: y .> 15)
    let high = vectorFromBits(vectorBits(y) & VI(repeating: ~0xFFF))
    let e = vectorExpNormal(high * high * -0.5, (y - high) * (y + high) * -0.5)
    let z = y * splat(0x1.333334p-2)
    let t = 1 / (z + 1)
    let s = vectorWhole(z * t - 0.5)
    var p = splat(0x1.51fabap-6)
    p = madd(p, s, splat(0x1.41b674p-6))
    p = madd(p, s, splat(-0x1.263a3ap-5))
    p = madd(p, s, splat(-0x1.2aaff2p-5))
    p = madd(p, s, splat(0x1.3da6bap-4))
    p = vectorWhole(madd(p, s, splat(0x1.dc0fe6p-6)))
    p = madd(p, s, splat(-0x1.c6d34ap-3))
    p = madd(p, s, splat(0x1.6281f2p-2))
    p = madd(p, s, splat(-0x1.510f0cp-2))
    p = madd(p, s, splat(0x1.c69888p-3))
    let tail = e * (p * t)
    return (1 - tail).replacing(with: tail, where: x .< 0)
}
