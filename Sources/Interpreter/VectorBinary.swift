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
