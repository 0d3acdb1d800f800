// swift-format-ignore-file: AlwaysUseLowerCamelCase
// The vector form of each `BinaryFunction`, named `binary_` and its raw value. Sections as in
// `VectorMath.swift`.

// MARK: binary_add needs:
@inline(__always)
func binary_add(_ x: V, _ y: V) -> V { x + y }

// MARK: binary_subtract needs:
@inline(__always)
func binary_subtract(_ x: V, _ y: V) -> V { x - y }

// MARK: binary_multiply needs:
@inline(__always)
func binary_multiply(_ x: V, _ y: V) -> V { x * y }

// MARK: binary_divide needs:
@inline(__always)
func binary_divide(_ x: V, _ y: V) -> V { x / y }

// MARK: binary_maximum needs:
/// NaN if either is.
@inline(__always)
func binary_maximum(_ x: V, _ y: V) -> V {
    y.replacing(with: x, where: (x .> y) .| (x .!= x))
}

// MARK: binary_minimum needs:
/// NaN if either is.
@inline(__always)
func binary_minimum(_ x: V, _ y: V) -> V {
    y.replacing(with: x, where: (x .< y) .| (x .!= x))
}

// MARK: binary_prelu needs:
/// `x >= 0 ? x : y * x`
@inline(__always)
func binary_prelu(_ x: V, _ y: V) -> V { (y * x).replacing(with: x, where: x .>= 0) }

// MARK: binary_squared_difference needs:
@inline(__always)
func binary_squared_difference(_ x: V, _ y: V) -> V { (x - y) * (x - y) }

// MARK: binary_arctangent2 needs: madd splat bits
/// The angle of the point (y, x), `atan2(x, y)` of the two as they are named here.
///
/// The smaller magnitude over the larger, `t` in 0...1, has the arctangent `t + t u P(u)`, `u = t^2`, P
/// of degree 9, relative error 2.5e-9; the rest of the circle is that one's mirror image.
@inline(__always)
func binary_arctangent2(_ x: V, _ y: V) -> V {
    let (high, along) = (vectorAbsolute(x), vectorAbsolute(y))
    let isSteep = high .> along
    let small = high.replacing(with: along, where: isSteep)
    let large = along.replacing(with: high, where: isSteep)
    var t = small / large
    // 0 / 0 is 0, and infinity / infinity is 1.
    t.replace(with: small.replacing(with: 1, where: small .> 0), where: small .== large)
    let u = t * t
    var p = splat(0x1.86406cp-10)
    p = madd(p, u, splat(-0x1.2ba6b6p-7))
    p = madd(p, u, splat(0x1.aefb2cp-6))
    p = madd(p, u, splat(-0x1.9115a4p-5))
    p = madd(p, u, splat(0x1.2006f8p-4))
    p = madd(p, u, splat(-0x1.6dd8fep-4))
    p = madd(p, u, splat(0x1.c62cdap-4))
    p = madd(p, u, splat(-0x1.248952p-3))
    p = madd(p, u, splat(0x1.999956p-3))
    p = madd(p, u, splat(-0x1.555556p-2))
    var angle = madd(p * u, t, t)
    angle.replace(with: splat(0x1.921fb6p0) - angle, where: isSteep)
    // What is left of 0, -0 too.
    angle.replace(with: splat(0x1.921fb6p1) - angle, where: vectorBits(y) .< 0)
    angle = vectorFromBits(vectorBits(angle) | (vectorBits(x) & VI(repeating: .min)))
    return angle.replacing(with: x + y, where: (x .!= x) .| (y .!= y))
}

// MARK: binary_keep needs:
/// `y != 0 ? x : 0`
@inline(__always)
func binary_keep(_ x: V, _ y: V) -> V { x.replacing(with: 0, where: y .== 0) }

// MARK: binary_equal needs:
@inline(__always)
func binary_equal(_ x: V, _ y: V) -> V {
    V(repeating: 0).replacing(with: 1, where: x .== y)
}

// MARK: binary_less needs:
@inline(__always)
func binary_less(_ x: V, _ y: V) -> V {
    V(repeating: 0).replacing(with: 1, where: x .< y)
}
