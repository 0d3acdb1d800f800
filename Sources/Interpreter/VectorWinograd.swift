// One-dimensional transforms of Winograd's minimal filtering (Lavin & Gray 2015,
// https://arxiv.org/abs/1509.09308): tiles of 4, 6 and 8 cells, and the results of 3, 5 and 7 taps.
// Sections as in `VectorMath.swift`.

// MARK: added needs:
@inline(__always)
func added(_ a: V, _ b: V) -> V { a + b }

// MARK: subtracted needs:
@inline(__always)
func subtracted(_ a: V, _ b: V) -> V { a - b }

// MARK: multiplied needs:
@inline(__always)
func multiplied(_ a: V, _ b: V) -> V { a * b }

// MARK: winogradCells4 needs: added subtracted
/// A row of 4 cells, transformed: `B^T d` of F(2,3).
@inline(__always)
func winogradCells(_ d0: V, _ d1: V, _ d2: V, _ d3: V) -> (V, V, V, V) {
    (subtracted(d0, d2), added(d1, d2), subtracted(d2, d1), subtracted(d1, d3))
}

// MARK: winogradCells6 needs: madd splat
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

// MARK: winogradCells8 needs: added subtracted madd splat
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

// MARK: winogradResults4 needs: added subtracted
/// A row of 4 products back to 2 results: `A^T m` of F(2,3).
@inline(__always)
func winogradResults(_ m0: V, _ m1: V, _ m2: V, _ m3: V) -> (V, V) {
    (added(added(m0, m1), m2), subtracted(subtracted(m1, m2), m3))
}

// MARK: winogradResults6 needs: added subtracted multiplied madd splat
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

// MARK: winogradPair6 needs: added subtracted madd splat
/// A row of 6 products back to 2 results: `A^T m` of F(2,5).
@inline(__always)
func winogradPair(_ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V) -> (V, V) {
    (
        added(added(m0, added(m1, m2)), added(m3, m4)),
        madd(subtracted(m3, m4), splat(1.5), madd(subtracted(m1, m2), splat(0.75), m5))
    )
}

// MARK: winogradResults8 needs: added subtracted madd splat
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

// MARK: winogradPair8 needs: added subtracted madd splat
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
