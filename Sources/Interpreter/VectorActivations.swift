// swift-format-ignore-file: AlwaysUseLowerCamelCase
// The vector form of each `UnaryFunction.Kind`, named `activation_` and its raw value, with the
// parameters in the order of `parameterNames`. Sections as in `VectorMath.swift`.
//
// A comparison with NaN is false, so that a condition is asked in the way that lets NaN through.

// MARK: activation_relu needs:
@inline(__always)
func activation_relu(_ x: V) -> V { x.replacing(with: 0, where: x .< 0) }

// MARK: activation_clipped_relu needs:
@inline(__always)
func activation_clipped_relu(_ x: V, _ maximum: Float) -> V {
    let y = x.replacing(with: 0, where: x .< 0)
    return y.replacing(with: maximum, where: y .> maximum)
}

// MARK: activation_leaky_relu needs:
@inline(__always)
func activation_leaky_relu(_ x: V, _ slope: Float) -> V {
    (x * slope).replacing(with: x, where: x .>= 0)
}

// MARK: activation_general_relu needs:
@inline(__always)
func activation_general_relu(
    _ x: V, _ maximum: Float, _ slope: Float, _ threshold: Float
) -> V {
    let high = x.replacing(with: maximum, where: x .>= maximum)
    // Without a slope nothing is multiplied: NaN and infinities below the threshold are 0.
    let low = slope == 0 ? V() : (x - threshold) * slope
    return low.replacing(with: high, where: x .> threshold)
}

// MARK: activation_elu needs: expm1
@inline(__always)
func activation_elu(_ x: V, _ alpha: Float) -> V {
    (vectorExpm1(x) * alpha).replacing(with: x, where: x .> 0)
}

// MARK: activation_selu needs: expm1
/// The constants are 1.0507009873554805 and its product with 1.6732632423543772.
@inline(__always)
func activation_selu(_ x: V) -> V {
    (vectorExpm1(x) * 0x1.c212ccp0).replacing(with: x * 0x1.0cfabep0, where: x .> 0)
}

// MARK: activation_celu needs: expm1
@inline(__always)
func activation_celu(_ x: V, _ alpha: Float) -> V {
    (vectorExpm1(x / alpha) * alpha).replacing(with: x, where: x .> 0)
}

// MARK: activation_exponential needs: exp
@inline(__always)
func activation_exponential(_ x: V) -> V { vectorExp(x) }

// MARK: activation_gelu needs: normal
@inline(__always)
func activation_gelu(_ x: V) -> V { x * vectorNormalDistribution(x) }

// MARK: activation_gelu_tanh needs: madd splat expnormal
/// `0.5 x (1 + tanh(u))` is `x sigmoid(2u)`; the constants are `2 sqrt(2 / pi)` and
/// 0.044715 times it.
@inline(__always)
func activation_gelu_tanh(_ x: V) -> V {
    let u = x * madd(x * x, splat(0x1.2444f2p-4), splat(0x1.988454p0))
    return x / (vectorExpNormal(-u) + 1)
}

// MARK: activation_hard_shrink needs: bits
@inline(__always)
func activation_hard_shrink(_ x: V, _ threshold: Float) -> V {
    V.zero.replacing(with: x, where: vectorAbsolute(x) .> threshold)
}

// MARK: clip6 needs:
/// `min(max(x + 3, 0), 6) / 6`
@inline(__always)
func vectorHardSigmoid(_ x: V) -> V {
    var y = x + 3
    y.replace(with: 0, where: y .< 0)
    y.replace(with: 6, where: y .> 6)
    return y * 0x1.555556p-3
}

// MARK: activation_hard_sigmoid needs: clip6
@inline(__always)
func activation_hard_sigmoid(_ x: V) -> V { vectorHardSigmoid(x) }

// MARK: activation_hard_silu needs: clip6
@inline(__always)
func activation_hard_silu(_ x: V) -> V { x * vectorHardSigmoid(x) }

// MARK: activation_hard_tanh needs:
@inline(__always)
func activation_hard_tanh(_ x: V) -> V {
    let y = x.replacing(with: -1, where: x .< -1)
    return y.replacing(with: 1, where: y .> 1)
}

// MARK: activation_log_sigmoid needs: softplus
@inline(__always)
func activation_log_sigmoid(_ x: V) -> V {
    x.replacing(with: 0, where: x .> 0) - vectorSoftplusTail(x)
}

// MARK: activation_mish needs: madd splat bits expnormal
/// `x tanh(softplus(x))` is `x n / (n + 2)` with `n = u (u + 2)`, `u = exp(x)`; for
/// positive x numerator and denominator are divided by `u^2`.
@inline(__always)
func activation_mish(_ x: V) -> V {
    let u = vectorExpNormal(-vectorAbsolute(x))
    let isNegative = x .< 0
    let n = madd(u, splat(2), splat(1)).replacing(with: u * (u + 2), where: isNegative)
    let rest = (u * u * 2).replacing(with: 2, where: isNegative)
    return x * (n / (n + rest))
}

// MARK: activation_sigmoid needs: sigmoid
@inline(__always)
func activation_sigmoid(_ x: V) -> V { vectorSigmoid(x) }

// MARK: activation_silu needs: expnormal
/// `x / (1 + exp(-x))`
@inline(__always)
func activation_silu(_ x: V) -> V { x / (vectorExpNormal(-x) + 1) }

// MARK: activation_soft_shrink needs:
@inline(__always)
func activation_soft_shrink(_ x: V, _ threshold: Float) -> V {
    let y = V.zero.replacing(with: x - threshold, where: x .> threshold)
    return y.replacing(with: x + threshold, where: x .< -threshold)
}

// MARK: activation_softplus needs: softplus
@inline(__always)
func activation_softplus(_ x: V) -> V {
    x.replacing(with: 0, where: x .< 0) + vectorSoftplusTail(x)
}

// MARK: activation_softsign needs: bits
@inline(__always)
func activation_softsign(_ x: V) -> V { x / (vectorAbsolute(x) + 1) }

// MARK: activation_sparse_plus needs:
@inline(__always)
func activation_sparse_plus(_ x: V) -> V {
    let y = ((x + 1) * (x + 1) * 0.25).replacing(with: 0, where: x .<= -1)
    return y.replacing(with: x, where: x .>= 1)
}

// MARK: activation_sparse_sigmoid needs:
@inline(__always)
func activation_sparse_sigmoid(_ x: V) -> V {
    let y = (x + 1) * 0.5
    let z = y.replacing(with: 0, where: y .< 0)
    return z.replacing(with: 1, where: z .> 1)
}

// MARK: activation_squareplus needs: madd splat bits
/// `(x + sqrt(x^2 + b)) / 2`; for negative x as `b / (2 (sqrt(x^2 + b) - x))`, where
/// nothing cancels.
@inline(__always)
func activation_squareplus(_ x: V, _ b: Float) -> V {
    let magnitude = vectorAbsolute(x)
    let root = madd(x, x, splat(b)).squareRoot()
    let isLarge = magnitude .> 0x1p60
    let half = magnitude * 0.5 + root.replacing(with: magnitude, where: isLarge) * 0.5
    // x - x makes NaN of -infinity, as the definition does.
    return half.replacing(with: b * 0.25 / half + (x - x), where: x .< 0)
}

// MARK: activation_tanh needs: tanh
@inline(__always)
func activation_tanh(_ x: V) -> V { vectorTanh(x) }

// MARK: activation_tanh_shrink needs: madd splat bits tanh
/// `x - tanh(x)`. For `|x| < 1.25`, where it cancels, `x^3` times a polynomial of
/// degree 8 in `x^2`, relative error 1.4e-8.
@inline(__always)
func activation_tanh_shrink(_ x: V) -> V {
    let u = x * x
    var p = splat(0x1.6fff26p-16)
    p = madd(p, u, splat(-0x1.bc9fa2p-13))
    p = madd(p, u, splat(0x1.05460cp-10))
    p = madd(p, u, splat(-0x1.a6b87cp-9))
    p = madd(p, u, splat(0x1.1c6922p-7))
    p = madd(p, u, splat(-0x1.656e5cp-6))
    p = madd(p, u, splat(0x1.ba0ac6p-5))
    p = madd(p, u, splat(-0x1.1110d2p-3))
    p = madd(p, u, splat(0x1.555556p-2))
    let isSmall = vectorAbsolute(x) .< 1.25
    return (x - vectorTanh(x)).replacing(with: p * u * x, where: isSmall)
}

// MARK: activation_threshold needs:
@inline(__always)
func activation_threshold(_ x: V, _ threshold: Float, _ value: Float) -> V {
    V(repeating: value).replacing(with: x, where: x .> threshold)
}

// MARK: activation_affine needs: madd splat
@inline(__always)
func activation_affine(_ x: V, _ scale: Float, _ shift: Float) -> V {
    madd(x, splat(scale), splat(shift))
}

// MARK: activation_negate needs:
@inline(__always)
func activation_negate(_ x: V) -> V { -x }

// MARK: activation_absolute needs: bits
@inline(__always)
func activation_absolute(_ x: V) -> V { vectorAbsolute(x) }

// MARK: activation_square needs:
@inline(__always)
func activation_square(_ x: V) -> V { x * x }

// MARK: activation_sqrt needs:
@inline(__always)
func activation_sqrt(_ x: V) -> V { x.squareRoot() }

// MARK: activation_reciprocal needs:
@inline(__always)
func activation_reciprocal(_ x: V) -> V { 1 / x }

// MARK: activation_log needs: log
@inline(__always)
func activation_log(_ x: V) -> V { vectorLog(x) }

// MARK: activation_not_equal needs:
@inline(__always)
func activation_not_equal(_ x: V, _ value: Float) -> V {
    V(repeating: 1).replacing(with: 0, where: x .== value)
}
