/// A SIMD type that a row of a tile is made of: 4 to 16 output channels of one position.
///
/// The requirements exist so that generic tile code, once specialized, uses the concrete types'
/// operators (the generic ones of `SIMD` work lane by lane). Wide types are split by the compiler
/// into the registers there are.
protocol TileVector: SIMD where Scalar == Float {
    static func + (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    init(repeating value: Float)
    /// `x < bound ? bound : x`, NaN staying NaN.
    func raised(to bound: Float) -> Self
    /// `x > bound ? bound : x`, NaN staying NaN.
    func lowered(to bound: Float) -> Self
    /// `other > self ? other : self`: a NaN in `other` is passed over.
    func orLarger(_ other: Self) -> Self
    /// NaN if either is.
    func maximum(_ other: Self) -> Self
    /// NaN if either is.
    func minimum(_ other: Self) -> Self
}

extension TileVector {
    @inline(__always)
    static func load(_ source: UnsafePointer<Float>) -> Self {
        UnsafeRawPointer(source).loadUnaligned(as: Self.self)
    }

    @inline(__always)
    func store(_ target: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
    }
}

extension SIMD4: TileVector where Scalar == Float {
    @inline(__always)
    func raised(to bound: Float) -> Self { replacing(with: bound, where: self .< bound) }
    @inline(__always)
    func lowered(to bound: Float) -> Self { replacing(with: bound, where: self .> bound) }
    @inline(__always)
    func orLarger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
    @inline(__always)
    func maximum(_ other: Self) -> Self {
        replacing(with: other, where: (other .> self) .| (other .!= other))
    }
    @inline(__always)
    func minimum(_ other: Self) -> Self {
        replacing(with: other, where: (other .< self) .| (other .!= other))
    }
}

extension SIMD8: TileVector where Scalar == Float {
    @inline(__always)
    func raised(to bound: Float) -> Self { replacing(with: bound, where: self .< bound) }
    @inline(__always)
    func lowered(to bound: Float) -> Self { replacing(with: bound, where: self .> bound) }
    @inline(__always)
    func orLarger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
    @inline(__always)
    func maximum(_ other: Self) -> Self {
        replacing(with: other, where: (other .> self) .| (other .!= other))
    }
    @inline(__always)
    func minimum(_ other: Self) -> Self {
        replacing(with: other, where: (other .< self) .| (other .!= other))
    }
}

extension SIMD16: TileVector where Scalar == Float {
    @inline(__always)
    func raised(to bound: Float) -> Self { replacing(with: bound, where: self .< bound) }
    @inline(__always)
    func lowered(to bound: Float) -> Self { replacing(with: bound, where: self .> bound) }
    @inline(__always)
    func orLarger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
    @inline(__always)
    func maximum(_ other: Self) -> Self {
        replacing(with: other, where: (other .> self) .| (other .!= other))
    }
    @inline(__always)
    func minimum(_ other: Self) -> Self {
        replacing(with: other, where: (other .< self) .| (other .!= other))
    }
}
