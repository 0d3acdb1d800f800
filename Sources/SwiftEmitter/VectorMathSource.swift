/// The functions of elements that generated code may need, section by section, in an order in which
/// they can stand in a file.
///
/// The text is that of `Sources/Interpreter/VectorMath.swift`, `VectorActivations.swift`,
/// `VectorBinary.swift` and `VectorWinograd.swift`, where it is compiled and tested with a `V` of 8 lanes; a test compares the
/// two. It takes `V`, `VI` (as many `Int32`) to be declared, and `madd` to be replaced by a fused
/// multiply-add where the target has one.
package enum VectorMathSource {
    package static let sections: [(name: String, needs: [String], text: String)] =
        foundations + activations + binaries + winograd
}

extension VectorMathSource {
    static let foundations: [(name: String, needs: [String], text: String)] = [
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
            "whole", [],
            """
            /// `x`, which the compiler must have as a vector here. It takes operators apart into
            /// lanes and finds the vectors again in expressions of limited depth only: long ones
            /// need a stop.
            ///
            /// - Precondition: x is NaN or at least -2^127.
            @inline(__always)
            func vectorWhole(_ x: V) -> V { x.replacing(with: -0x1p127, where: x .< -0x1p127) }
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
            "expparts", ["madd", "splat", "whole", "bits"],
            """
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
            """
        ),
        (
            "exp", ["madd", "splat", "whole", "bits", "expparts"],
            """
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
            """
        ),
        (
            "expnormal", ["madd", "splat", "whole", "bits", "expparts"],
            """
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
            """
        ),
        (
            "expm1", ["madd", "splat", "whole", "bits", "expparts"],
            """
            /// `exp(x) - 1` for x of at most 0, accurate near it; something else above 0.
            @inline(__always)
            func vectorExpm1(_ x: V) -> V {
                let parts = vectorExpParts(x.replacing(with: -30, where: x .< -30))
                let p = vectorExpm1Polynomial(madd(parts.n, vectorLowLn2(), parts.high))
                return madd(p, parts.power, parts.power - 1)
            }
            """
        ),
        (
            "log1p", ["madd", "splat"],
            """
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
                let low = madd(exponent, splat(-0x1.bd0106p-13), y)
                var result = madd(exponent, splat(0x1.63p-1), low)
                result.replace(with: -.infinity, where: x .== 0)
                result.replace(with: .nan, where: x .< 0)
                // Infinity and NaN.
                return result.replacing(with: x, where: .!(x .< .infinity))
            }
            """
        ),
        (
            "softplus", ["splat", "bits", "expnormal", "log1p"],
            """
            /// `log(1 + exp(-|x|))`
            @inline(__always)
            func vectorSoftplusTail(_ x: V) -> V {
                let u = vectorExpNormal(-vectorAbsolute(x))
                // From sqrt(2) on, 1 + u is halved: log(1 + u) = ln 2 + log(1 + (u - 1) / 2).
                let isLarge = u .> 0x1.a8279ap-2
                let y = vectorLog1p(u.replacing(with: (u - 1) * 0.5, where: isLarge))
                return y.replacing(with: y + splat(0x1.62e430p-1), where: isLarge)
            }
            """
        ),
        (
            "sigmoid", ["expnormal"],
            """
            /// `1 / (1 + exp(-x))`, 0 where it would not be a normal number.
            @inline(__always)
            func vectorSigmoid(_ x: V) -> V { 1 / (vectorExpNormal(-x) + 1) }
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
            "normal", ["madd", "splat", "whole", "bits", "expnormal"],
            """
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
            """
        ),
    ]
}

extension VectorMathSource {
    static let binaries: [(name: String, needs: [String], text: String)] = [
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
            func binary_maximum(_ x: V, _ y: V) -> V {
                y.replacing(with: x, where: (x .> y) .| (x .!= x))
            }
            """
        ),
        (
            "binary_minimum", [],
            """
            /// NaN if either is.
            @inline(__always)
            func binary_minimum(_ x: V, _ y: V) -> V {
                y.replacing(with: x, where: (x .< y) .| (x .!= x))
            }
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
        (
            "binary_arctangent2", ["madd", "splat", "bits"],
            """
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
            """
        ),
        (
            "binary_keep", [],
            """
            /// `y != 0 ? x : 0`
            @inline(__always)
            func binary_keep(_ x: V, _ y: V) -> V { x.replacing(with: 0, where: y .== 0) }
            """
        ),
        (
            "binary_equal", [],
            """
            @inline(__always)
            func binary_equal(_ x: V, _ y: V) -> V {
                V(repeating: 0).replacing(with: 1, where: x .== y)
            }
            """
        ),
        (
            "binary_less", [],
            """
            @inline(__always)
            func binary_less(_ x: V, _ y: V) -> V {
                V(repeating: 0).replacing(with: 1, where: x .< y)
            }
            """
        ),
    ]
}

extension VectorMathSource {
    static let winograd: [(name: String, needs: [String], text: String)] = [
        (
            "added", [],
            """
            @inline(__always)
            func added(_ a: V, _ b: V) -> V { a + b }
            """
        ),
        (
            "subtracted", [],
            """
            @inline(__always)
            func subtracted(_ a: V, _ b: V) -> V { a - b }
            """
        ),
        (
            "multiplied", [],
            """
            @inline(__always)
            func multiplied(_ a: V, _ b: V) -> V { a * b }
            """
        ),
        (
            "winogradCells4", ["added", "subtracted"],
            """
            /// A row of 4 cells, transformed: `B^T d` of F(2,3).
            @inline(__always)
            func winogradCells(_ d0: V, _ d1: V, _ d2: V, _ d3: V) -> (V, V, V, V) {
                (subtracted(d0, d2), added(d1, d2), subtracted(d2, d1), subtracted(d1, d3))
            }
            """
        ),
        (
            "winogradCells6", ["madd", "splat"],
            """
            /// A row of 6 cells, transformed: `B^T d` of F(4,3) and F(2,5) with the points 0, 3/4, -3/4, 3/2,
            /// -3/2. All factors are exact; with the points 0, 1, -1, 2, -2 of the paper the error is 4 times as
            /// large.
            @inline(__always)
            func winogradCells(
                _ d0: V, _ d1: V, _ d2: V, _ d3: V, _ d4: V, _ d5: V
            ) -> (V, V, V, V, V, V) {
                let even = madd(d2, splat(-2.25), d4)
                let odd = madd(d1, splat(-2.25), d3)
                let evenStep = madd(d2, splat(-0.5625), d4)
                let oddStep = madd(d1, splat(-0.5625), d3)
                return (
                    madd(d0, splat(1.265625), madd(d2, splat(-2.8125), d4)),
                    madd(odd, splat(0.75), even), madd(odd, splat(-0.75), even),
                    madd(oddStep, splat(1.5), evenStep), madd(oddStep, splat(-1.5), evenStep),
                    madd(d1, splat(1.265625), madd(d3, splat(-2.8125), d5))
                )
            }
            """
        ),
        (
            "winogradCells8", ["added", "subtracted", "madd", "splat"],
            """
            /// A row of 8 cells, transformed: `B^T d` of F(4,5) and F(2,7) with the points 0, 1/2, -1/2, 1, -1, 2,
            /// -2. All factors are exact.
            @inline(__always)
            func winogradCells(
                _ d0: V, _ d1: V, _ d2: V, _ d3: V, _ d4: V, _ d5: V, _ d6: V, _ d7: V
            ) -> (V, V, V, V, V, V, V, V) {
                let halfEven = madd(d2, splat(4), madd(d4, splat(-5), d6))
                let halfOdd = madd(d1, splat(4), madd(d3, splat(-5), d5))
                let even = added(d2, madd(d4, splat(-4.25), d6))
                let odd = added(d1, madd(d3, splat(-4.25), d5))
                let twiceEven = madd(d2, splat(0.25), madd(d4, splat(-1.25), d6))
                let twiceOdd = madd(d1, splat(0.25), madd(d3, splat(-1.25), d5))
                return (
                    madd(subtracted(d2, d4), splat(5.25), subtracted(d6, d0)),
                    madd(halfOdd, splat(0.5), halfEven), madd(halfOdd, splat(-0.5), halfEven),
                    added(even, odd), subtracted(even, odd),
                    madd(twiceOdd, splat(2), twiceEven), madd(twiceOdd, splat(-2), twiceEven),
                    madd(subtracted(d3, d5), splat(5.25), subtracted(d7, d1))
                )
            }
            """
        ),
        (
            "winogradResults4", ["added", "subtracted"],
            """
            /// A row of 4 products back to 2 results: `A^T m` of F(2,3).
            @inline(__always)
            func winogradResults(_ m0: V, _ m1: V, _ m2: V, _ m3: V) -> (V, V) {
                (added(added(m0, m1), m2), subtracted(subtracted(m1, m2), m3))
            }
            """
        ),
        (
            "winogradResults6", ["added", "subtracted", "multiplied", "madd", "splat"],
            """
            /// A row of 6 products back to 4 results: `A^T m` of F(4,3).
            @inline(__always)
            func winogradResults(
                _ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V
            ) -> (V, V, V, V) {
                let sum = added(m1, m2)
                let difference = subtracted(m1, m2)
                let outerSum = added(m3, m4)
                let outerDifference = subtracted(m3, m4)
                return (
                    added(added(m0, sum), outerSum),
                    madd(outerDifference, splat(1.5), multiplied(difference, splat(0.75))),
                    madd(outerSum, splat(2.25), multiplied(sum, splat(0.5625))),
                    madd(outerDifference, splat(3.375), madd(difference, splat(0.421875), m5))
                )
            }
            """
        ),
        (
            "winogradPair6", ["added", "subtracted", "madd", "splat"],
            """
            /// A row of 6 products back to 2 results: `A^T m` of F(2,5).
            @inline(__always)
            func winogradPair(_ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V) -> (V, V) {
                (
                    added(added(m0, added(m1, m2)), added(m3, m4)),
                    madd(subtracted(m3, m4), splat(1.5), madd(subtracted(m1, m2), splat(0.75), m5))
                )
            }
            """
        ),
        (
            "winogradResults8", ["added", "subtracted", "madd", "splat"],
            """
            /// A row of 8 products back to 4 results: `A^T m` of F(4,5).
            @inline(__always)
            func winogradResults(
                _ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V, _ m6: V, _ m7: V
            ) -> (V, V, V, V) {
                let halfSum = added(m1, m2)
                let halfDifference = subtracted(m1, m2)
                let sum = added(m3, m4)
                let difference = subtracted(m3, m4)
                let twiceSum = added(m5, m6)
                let twiceDifference = subtracted(m5, m6)
                return (
                    added(added(m0, halfSum), added(sum, twiceSum)),
                    madd(twiceDifference, splat(2), madd(halfDifference, splat(0.5), difference)),
                    madd(twiceSum, splat(4), madd(halfSum, splat(0.25), sum)),
                    madd(
                        twiceDifference, splat(8),
                        added(madd(halfDifference, splat(0.125), difference), m7))
                )
            }
            """
        ),
        (
            "winogradPair8", ["added", "subtracted", "madd", "splat"],
            """
            /// A row of 8 products back to 2 results: `A^T m` of F(2,7).
            @inline(__always)
            func winogradPair(
                _ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V, _ m6: V, _ m7: V
            ) -> (V, V) {
                (
                    added(added(m0, added(m1, m2)), added(added(m3, m4), added(m5, m6))),
                    madd(
                        subtracted(m5, m6), splat(2),
                        added(madd(subtracted(m1, m2), splat(0.5), subtracted(m3, m4)), m7))
                )
            }
            """
        ),
    ]
}
