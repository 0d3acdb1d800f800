// One-dimensional transforms of Winograd's minimal filtering (Lavin & Gray 2015,
// https://arxiv.org/abs/1509.09308), for 3 taps and 2 or 4 results. Sections as in `VectorMath.swift`.

// MARK: added needs:
@inline(__always)
func added(_ a: V, _ b: V) -> V { a + b }

// MARK: subtracted needs:
@inline(__always)
func subtracted(_ a: V, _ b: V) -> V { a - b }

// MARK: winogradCells2 needs: added subtracted
/// A row of 4 cells, transformed: `B^T d` of F(2,3).
@inline(__always)
func winogradCells(_ d0: V, _ d1: V, _ d2: V, _ d3: V) -> (V, V, V, V) {
    (subtracted(d0, d2), added(d1, d2), subtracted(d2, d1), subtracted(d1, d3))
}

// MARK: winogradCells4 needs: added subtracted madd splat
/// A row of 6 cells, transformed: `B^T d` of F(4,3) with the points 0, 1, -1, 2, -2.
@inline(__always)
func winogradCells(
    _ d0: V, _ d1: V, _ d2: V, _ d3: V, _ d4: V, _ d5: V
) -> (V, V, V, V, V, V) {
    let even = madd(d2, splat(-4), d4)
    let odd = madd(d1, splat(-4), d3)
    let evenStep = subtracted(d4, d2)
    let oddStep = subtracted(d3, d1)
    return (
        madd(d0, splat(4), madd(d2, splat(-5), d4)), added(even, odd), subtracted(even, odd),
        madd(oddStep, splat(2), evenStep), madd(oddStep, splat(-2), evenStep),
        madd(d1, splat(4), madd(d3, splat(-5), d5))
    )
}

// MARK: winogradResults2 needs: added subtracted
/// A row of 4 products back to 2 results: `A^T m` of F(2,3).
@inline(__always)
func winogradResults(_ m0: V, _ m1: V, _ m2: V, _ m3: V) -> (V, V) {
    (added(added(m0, m1), m2), subtracted(subtracted(m1, m2), m3))
}

// MARK: winogradResults4 needs: added subtracted madd splat
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
        added(added(m0, sum), outerSum), madd(outerDifference, splat(2), difference),
        madd(outerSum, splat(4), sum), madd(outerDifference, splat(8), added(difference, m5))
    )
}
