/// The functions of elements that generated code may need, section by section, in an order in which
/// they can stand in a file.
///
/// The text is that of `Sources/Interpreter/VectorMath.swift`, `VectorActivations.swift` and
/// `VectorBinary.swift`, where it is compiled and tested with a `V` of 8 lanes; a test compares the
/// two. It takes `V`, `VI` (as many `Int32`) to be declared, and `madd` to be replaced by a fused
/// multiply-add where the target has one.
package enum VectorMathSource {
    package static let sections: [(name: String, needs: [String], text: String)] =
        foundations + activations + binaries
}

extension VectorMathSource {
    private static let foundations: [(name: String, needs: [String], text: String)] = [
        (
            "madd", [],
            """
            /// `a * b + c`, fused where the target can.
            @inline(__always)
            func madd(_ a: V, _ b: V, _ c: V) -> V { a * b + c }
            """
        ),
        (
            "splat", [],
            """
            @inline(__always)
            func splat(_ x: V.Scalar) -> V { V(repeating: x) }
            """
        ),
        (
            "bits", [],
            """
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
            """
        ),
        (
            "exp", ["madd", "splat", "bits"],
            """
            /// `n` and `expm1(r)` with `x + low = n ln 2 + r` and `|r| <= ln 2 / 2`, for x in -104...89 (others
            /// are moved there) and a small `low`.
            ///
            /// `(exp(r) - 1 - r) / r^2` is a polynomial of degree 4 on ±0.347; its error relative to `expm1(r)` is
            /// 1.3e-8. `n` is rounded by adding `1.5 * 2^23`.
            @inline(__always)
            func vectorExpReduced(_ x: V, _ low: V) -> (expm1: V, n: VI) {
                var c = x.replacing(with: -104, where: x .< -104)
                c.replace(with: 89, where: c .> 89)
                let shifted = madd(c, splat(0x1.715476p0), splat(0x1.8p23))
                let n = shifted - splat(0x1.8p23)
                // ln 2 in two parts, the first with few bits so that its product with n is exact.
                var r = madd(n, splat(-0x1.63p-1), c)
                r = madd(n, splat(0x1.bd0106p-13), r) + low
                var q = splat(0x1.6bebf4p-10)
                q = madd(q, r, splat(0x1.1227f6p-7))
                q = madd(q, r, splat(0x1.555674p-5))
                q = madd(q, r, splat(0x1.5554b0p-3))
                q = madd(q, r, splat(0x1.fffffep-2))
                return (madd(q, r * r, r), vectorBits(shifted) &- VI(repeating: 0x4B40_0000))
            }

            /// `exp(x + low)`: `low` holds bits of the argument that don't fit into `x`.
            @inline(__always)
            func vectorExpSum(_ x: V, _ low: V) -> V {
                let (p, n) = vectorExpReduced(x, low)
                // In two steps: 2^n itself may be too large or too small for a float.
                let half = n &>> 1
                return (p + 1) * vectorPowerOf2(half) * vectorPowerOf2(n &- half)
            }

            /// `exp(x)`
            @inline(__always)
            func vectorExp(_ x: V) -> V { vectorExpSum(x, V.zero) }
            """
        ),
        (
            "expm1", ["madd", "splat", "bits", "exp"],
            """
            /// `exp(x) - 1`, accurate near 0.
            @inline(__always)
            func vectorExpm1(_ x: V) -> V {
                let (p, n) = vectorExpReduced(x.replacing(with: -30, where: x .< -30), V.zero)
                let scale = vectorPowerOf2(n &- 1)
                return madd(p, scale, scale - 0.5) * 2
            }
            """
        ),
        (
            "log1p", ["madd", "splat"],
            """
            /// `log(1 + f)` for f in -0.2929...0.4143, accurate near 0.
            ///
            /// `(log(1 + f) - f + f^2 / 2) / f^3` is a polynomial of degree 7; its error relative to the result is
            /// 5.9e-9.
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
            """
        ),
        (
            "log", ["madd", "splat", "bits", "log1p"],
            """
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
                var result = madd(exponent, splat(0x1.63p-1), madd(exponent, splat(-0x1.bd0106p-13), y))
                result.replace(with: -.infinity, where: x .== 0)
                result.replace(with: .nan, where: x .< 0)
                // Infinity and NaN.
                return result.replacing(with: x, where: .!(x .< .infinity))
            }
            """
        ),
        (
            "softplus", ["splat", "bits", "exp", "log1p"],
            """
            /// `log(1 + exp(-|x|))`
            @inline(__always)
            func vectorSoftplusTail(_ x: V) -> V {
                let u = vectorExp(-vectorAbsolute(x))
                // From sqrt(2) on, 1 + u is halved: log(1 + u) = ln 2 + log(1 + (u - 1) / 2).
                let isLarge = u .> 0x1.a8279ap-2
                let y = vectorLog1p(u.replacing(with: (u - 1) * 0.5, where: isLarge))
                return y.replacing(with: y + splat(0x1.62e430p-1), where: isLarge)
            }
            """
        ),
        (
            "sigmoid", ["bits", "splat", "exp"],
            """
            /// `1 / (1 + exp(-x))`, accurate on both sides.
            @inline(__always)
            func vectorSigmoid(_ x: V) -> V {
                let e = vectorExp(-vectorAbsolute(x))
                return splat(1).replacing(with: e, where: x .< 0) / (e + 1)
            }
            """
        ),
        (
            "tanh", ["bits", "expm1"],
            """
            /// `tanh(x)` as `-expm1(-2|x|) / (2 + expm1(-2|x|))` with the sign of x.
            @inline(__always)
            func vectorTanh(_ x: V) -> V {
                let e = vectorExpm1(vectorAbsolute(x) * -2)
                let sign = vectorBits(x) & VI(repeating: .min)
                return vectorFromBits(vectorBits(-e / (e + 2)) | sign)
            }
            """
        ),
        (
            "normal", ["madd", "splat", "bits", "exp"],
            """
            /// The distribution function of the standard normal, `erfc(-x / sqrt(2)) / 2`, accurate in the tail.
            ///
            /// With `y = |x|` and `t = 1 / (1 + 0.3 y)`, the tail is `exp(-y^2 / 2) t P(t)`, P of degree 9 for y in
            /// 0...15, relative error 3.5e-9. `y^2` is summed from two parts because exp makes its rounding
            /// error y^2 / 2 times larger.
            @inline(__always)
            func vectorNormalDistribution(_ x: V) -> V {
                var y = vectorAbsolute(x)
                y.replace(with: 15, where: y .> 15)
                let high = vectorFromBits(vectorBits(y) & VI(repeating: ~0xFFF))
                let e = vectorExpSum(high * high * -0.5, (y - high) * (y + high) * -0.5)
                let t = 1 / madd(y, splat(0x1.333334p-2), splat(1))
                var p = splat(-0x1.51fabap-6)
                p = madd(p, t, splat(0x1.cca7b0p-4))
                p = madd(p, t, splat(-0x1.d386bep-3))
                p = madd(p, t, splat(0x1.88f9ccp-3))
                p = madd(p, t, splat(-0x1.45aae4p-4))
                p = madd(p, t, splat(0x1.8a0de6p-4))
                p = madd(p, t, splat(0x1.410352p-4))
                p = madd(p, t, splat(0x1.c38a50p-4))
                p = madd(p, t, splat(0x1.e9c39ep-4))
                p = madd(p, t, splat(0x1.ea3c9ep-4))
                let tail = e * (p * t)
                return (1 - tail).replacing(with: tail, where: x .< 0)
            }
            """
        ),
    ]
}

extension VectorMathSource {
    private static let activations: [(name: String, needs: [String], text: String)] = [
        (
            "activation_relu", [],
            """
            @inline(__always)
            func activation_relu(_ x: V) -> V { x.replacing(with: 0, where: x .< 0) }
            """
        ),
        (
            "activation_clipped_relu", [],
            """
            @inline(__always)
            func activation_clipped_relu(_ x: V, _ maximum: Float) -> V {
                let y = x.replacing(with: 0, where: x .< 0)
                return y.replacing(with: maximum, where: y .> maximum)
            }
            """
        ),
        (
            "activation_leaky_relu", [],
            """
            @inline(__always)
            func activation_leaky_relu(_ x: V, _ slope: Float) -> V {
                (x * slope).replacing(with: x, where: x .>= 0)
            }
            """
        ),
        (
            "activation_general_relu", [],
            """
            @inline(__always)
            func activation_general_relu(
                _ x: V, _ maximum: Float, _ slope: Float, _ threshold: Float
            ) -> V {
                var y = ((x - threshold) * slope).replacing(with: x, where: x .> threshold)
                y.replace(with: maximum, where: x .>= maximum)
                return y
            }
            """
        ),
        (
            "activation_elu", ["expm1"],
            """
            @inline(__always)
            func activation_elu(_ x: V, _ alpha: Float) -> V {
                (vectorExpm1(x) * alpha).replacing(with: x, where: x .> 0)
            }
            """
        ),
        (
            "activation_selu", ["expm1"],
            """
            /// The constants are 1.0507009873554805 and its product with 1.6732632423543772.
            @inline(__always)
            func activation_selu(_ x: V) -> V {
                (vectorExpm1(x) * 0x1.c212ccp0).replacing(with: x * 0x1.0cfabep0, where: x .> 0)
            }
            """
        ),
        (
            "activation_celu", ["expm1"],
            """
            @inline(__always)
            func activation_celu(_ x: V, _ alpha: Float) -> V {
                (vectorExpm1(x / alpha) * alpha).replacing(with: x, where: x .> 0)
            }
            """
        ),
        (
            "activation_exponential", ["exp"],
            """
            @inline(__always)
            func activation_exponential(_ x: V) -> V { vectorExp(x) }
            """
        ),
        (
            "activation_gelu", ["normal"],
            """
            @inline(__always)
            func activation_gelu(_ x: V) -> V { x * vectorNormalDistribution(x) }
            """
        ),
        (
            "activation_gelu_tanh", ["madd", "splat", "sigmoid"],
            """
            /// `0.5 x (1 + tanh(u))` is `x sigmoid(2u)`; the constants are `2 sqrt(2 / pi)` and 0.044715 times it.
            @inline(__always)
            func activation_gelu_tanh(_ x: V) -> V {
                x * vectorSigmoid(x * madd(x * x, splat(0x1.2444f2p-4), splat(0x1.988454p0)))
            }
            """
        ),
        (
            "activation_hard_shrink", ["bits"],
            """
            @inline(__always)
            func activation_hard_shrink(_ x: V, _ threshold: Float) -> V {
                V.zero.replacing(with: x, where: vectorAbsolute(x) .> threshold)
            }
            """
        ),
        (
            "clip6", [],
            """
            /// `min(max(x + 3, 0), 6) / 6`
            @inline(__always)
            func vectorHardSigmoid(_ x: V) -> V {
                var y = x + 3
                y.replace(with: 0, where: y .< 0)
                y.replace(with: 6, where: y .> 6)
                return y * 0x1.555556p-3
            }
            """
        ),
        (
            "activation_hard_sigmoid", ["clip6"],
            """
            @inline(__always)
            func activation_hard_sigmoid(_ x: V) -> V { vectorHardSigmoid(x) }
            """
        ),
        (
            "activation_hard_silu", ["clip6"],
            """
            @inline(__always)
            func activation_hard_silu(_ x: V) -> V { x * vectorHardSigmoid(x) }
            """
        ),
        (
            "activation_hard_tanh", [],
            """
            @inline(__always)
            func activation_hard_tanh(_ x: V) -> V {
                let y = x.replacing(with: -1, where: x .< -1)
                return y.replacing(with: 1, where: y .> 1)
            }
            """
        ),
        (
            "activation_log_sigmoid", ["softplus"],
            """
            @inline(__always)
            func activation_log_sigmoid(_ x: V) -> V {
                x.replacing(with: 0, where: x .> 0) - vectorSoftplusTail(x)
            }
            """
        ),
        (
            "activation_mish", ["madd", "splat", "bits", "exp"],
            """
            /// `x tanh(softplus(x))` is `x n / (n + 2)` with `n = u (u + 2)`, `u = exp(x)`; for positive x numerator
            /// and denominator are divided by `u^2`.
            @inline(__always)
            func activation_mish(_ x: V) -> V {
                let u = vectorExp(-vectorAbsolute(x))
                let isNegative = x .< 0
                let n = madd(u, splat(2), splat(1)).replacing(with: u * (u + 2), where: isNegative)
                let rest = (u * u * 2).replacing(with: 2, where: isNegative)
                return x * (n / (n + rest))
            }
            """
        ),
        (
            "activation_sigmoid", ["sigmoid"],
            """
            @inline(__always)
            func activation_sigmoid(_ x: V) -> V { vectorSigmoid(x) }
            """
        ),
        (
            "activation_silu", ["sigmoid"],
            """
            @inline(__always)
            func activation_silu(_ x: V) -> V { x * vectorSigmoid(x) }
            """
        ),
        (
            "activation_soft_shrink", [],
            """
            @inline(__always)
            func activation_soft_shrink(_ x: V, _ threshold: Float) -> V {
                let y = V.zero.replacing(with: x - threshold, where: x .> threshold)
                return y.replacing(with: x + threshold, where: x .< -threshold)
            }
            """
        ),
        (
            "activation_softplus", ["softplus"],
            """
            @inline(__always)
            func activation_softplus(_ x: V) -> V {
                x.replacing(with: 0, where: x .< 0) + vectorSoftplusTail(x)
            }
            """
        ),
        (
            "activation_softsign", ["bits"],
            """
            @inline(__always)
            func activation_softsign(_ x: V) -> V { x / (vectorAbsolute(x) + 1) }
            """
        ),
        (
            "activation_sparse_plus", [],
            """
            @inline(__always)
            func activation_sparse_plus(_ x: V) -> V {
                let y = ((x + 1) * (x + 1) * 0.25).replacing(with: 0, where: x .<= -1)
                return y.replacing(with: x, where: x .>= 1)
            }
            """
        ),
        (
            "activation_sparse_sigmoid", [],
            """
            @inline(__always)
            func activation_sparse_sigmoid(_ x: V) -> V {
                let y = (x + 1) * 0.5
                let z = y.replacing(with: 0, where: y .< 0)
                return z.replacing(with: 1, where: z .> 1)
            }
            """
        ),
        (
            "activation_squareplus", ["madd", "splat", "bits"],
            """
            /// `(x + sqrt(x^2 + b)) / 2`; for negative x as `b / (2 (sqrt(x^2 + b) - x))`, where nothing cancels.
            @inline(__always)
            func activation_squareplus(_ x: V, _ b: Float) -> V {
                let magnitude = vectorAbsolute(x)
                let root = madd(x, x, splat(b)).squareRoot()
                let sum = magnitude + root.replacing(with: magnitude, where: magnitude .> 0x1p60)
                // x - x makes NaN of -infinity, as the definition does.
                return (sum * 0.5).replacing(with: b * 0.5 / sum + (x - x), where: x .< 0)
            }
            """
        ),
        (
            "activation_tanh", ["tanh"],
            """
            @inline(__always)
            func activation_tanh(_ x: V) -> V { vectorTanh(x) }
            """
        ),
        (
            "activation_tanh_shrink", ["madd", "splat", "bits", "tanh"],
            """
            /// `x - tanh(x)`. For `|x| < 1`, where it cancels, `x^3` times a polynomial of degree 6 in `x^2`,
            /// relative error 6.3e-8.
            @inline(__always)
            func activation_tanh_shrink(_ x: V) -> V {
                let u = x * x
                var p = splat(0x1.b939e8p-12)
                p = madd(p, u, splat(-0x1.49163ap-9))
                p = madd(p, u, splat(0x1.0d53ecp-7))
                p = madd(p, u, splat(-0x1.62e1ccp-6))
                p = madd(p, u, splat(0x1.b9d588p-5))
                p = madd(p, u, splat(-0x1.110ffep-3))
                p = madd(p, u, splat(0x1.555554p-2))
                return (x - vectorTanh(x)).replacing(with: p * u * x, where: vectorAbsolute(x) .< 1)
            }
            """
        ),
        (
            "activation_threshold", [],
            """
            @inline(__always)
            func activation_threshold(_ x: V, _ threshold: Float, _ value: Float) -> V {
                V(repeating: value).replacing(with: x, where: x .> threshold)
            }
            """
        ),
        (
            "activation_affine", ["madd", "splat"],
            """
            @inline(__always)
            func activation_affine(_ x: V, _ scale: Float, _ shift: Float) -> V {
                madd(x, splat(scale), splat(shift))
            }
            """
        ),
        (
            "activation_negate", [],
            """
            @inline(__always)
            func activation_negate(_ x: V) -> V { -x }
            """
        ),
        (
            "activation_absolute", ["bits"],
            """
            @inline(__always)
            func activation_absolute(_ x: V) -> V { vectorAbsolute(x) }
            """
        ),
        (
            "activation_square", [],
            """
            @inline(__always)
            func activation_square(_ x: V) -> V { x * x }
            """
        ),
        (
            "activation_sqrt", [],
            """
            @inline(__always)
            func activation_sqrt(_ x: V) -> V { x.squareRoot() }
            """
        ),
        (
            "activation_reciprocal", [],
            """
            @inline(__always)
            func activation_reciprocal(_ x: V) -> V { 1 / x }
            """
        ),
    ]
}

extension VectorMathSource {
    private static let binaries: [(name: String, needs: [String], text: String)] = [
        (
            "binary_add", [],
            """
            @inline(__always)
            func binary_add(_ x: V, _ y: V) -> V { x + y }
            """
        ),
        (
            "binary_subtract", [],
            """
            @inline(__always)
            func binary_subtract(_ x: V, _ y: V) -> V { x - y }
            """
        ),
        (
            "binary_multiply", [],
            """
            @inline(__always)
            func binary_multiply(_ x: V, _ y: V) -> V { x * y }
            """
        ),
        (
            "binary_divide", [],
            """
            @inline(__always)
            func binary_divide(_ x: V, _ y: V) -> V { x / y }
            """
        ),
        (
            "binary_maximum", [],
            """
            /// NaN if either is.
            @inline(__always)
            func binary_maximum(_ x: V, _ y: V) -> V { y.replacing(with: x, where: (x .> y) .| (x .!= x)) }
            """
        ),
        (
            "binary_minimum", [],
            """
            /// NaN if either is.
            @inline(__always)
            func binary_minimum(_ x: V, _ y: V) -> V { y.replacing(with: x, where: (x .< y) .| (x .!= x)) }
            """
        ),
        (
            "binary_prelu", [],
            """
            /// `x >= 0 ? x : y * x`
            @inline(__always)
            func binary_prelu(_ x: V, _ y: V) -> V { (y * x).replacing(with: x, where: x .>= 0) }
            """
        ),
        (
            "binary_squared_difference", [],
            """
            @inline(__always)
            func binary_squared_difference(_ x: V, _ y: V) -> V { (x - y) * (x - y) }
            """
        ),
    ]
}
