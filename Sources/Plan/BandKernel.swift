import IR

/// Weighted sums of neighbours along one axis (`BandOp`).
///
/// Streams of `outer` and `inner`: 0 input, 1 output; `inner` is the vector loop. For each of the
/// axis's `count` results the constants have a row of `pitch` numbers: the first cell, how many cells
/// there are, and their weights.
package struct BandKernel: Hashable, Sendable {
    package var input: Location
    package var output: Location
    package var rows: Location
    package var outer: [Loop]
    package var inner: Loop
    package var count: Int
    package var pitch: Int
    package var inputStride: Int
    package var outputStride: Int

    package init(
        input: Location, output: Location, rows: Location, outer: [Loop], inner: Loop, count: Int,
        pitch: Int, inputStride: Int, outputStride: Int
    ) {
        self.input = input
        self.output = output
        self.rows = rows
        self.outer = outer
        self.inner = inner
        self.count = count
        self.pitch = pitch
        self.inputStride = inputStride
        self.outputStride = outputStride
    }
}
