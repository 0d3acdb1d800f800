// One-dimensional transforms of Winograd's minimal filtering (Lavin & Gray 2015,
// https://arxiv.org/abs/1509.09308), for 3 taps and 2 or 4 results. Sections as in `VectorMath.swift`.

// MARK: added needs:
@inline(__always)
func added(_ a: V, _ b: V) -> V { a + b }

// MARK: subtracted needs:
@inline(__always)
func subtracted(_ a: V, _ b: V) -> V { a - b }

// MARK: multiplied needs:
@inline(__always)
func multiplied(_ a: V, _ b: V) -> V { a * b }

// MARK: winogradCells2 needs: added subtracted
/// A row of 4 cells, transformed: `B^T d` of F(2,3).
@inline(__always)
func winogradCells(_ d0: V, _ d1: V, _ d2: V, _ d3: V) -> (V, V, V, V) {
    (subtracted(d0, d2), added(d1, d2), subtracted(d2, d1), subtracted(d1, d3))
}

// MARK: winogradCells4 needs: madd splat
/// A row of 6 cells, transformed: `B^T d` of F(4,3) with the points 0, 3/4, -3/4, 3/2, -3/2. All
/// factors are exact; with the points 0, 1, -1, 2, -2 of the paper the error is 4 times as large.
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

// MARK: winogradResults2 needs: added subtracted
/// A row of 4 products back to 2 results: `A^T m` of F(2,3).
@inline(__always)
func winogradResults(_ m0: V, _ m1: V, _ m2: V, _ m3: V) -> (V, V) {
    (added(added(m0, m1), m2), subtracted(subtracted(m1, m2), m3))
}

// MARK: winogradResults4 needs: added subtracted multiplied madd splat
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
