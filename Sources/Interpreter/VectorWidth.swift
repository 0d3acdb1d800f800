/// The vector that functions of elements work on. Emitted code has the text of `VectorMath.swift`,
/// `VectorActivations.swift` and `VectorBinary.swift` with a `V` as wide as its target's registers.
typealias V = SIMD8<Float>

/// As many integers as `V` has floats: the bits of a `V`.
typealias VI = SIMD8<Int32>
