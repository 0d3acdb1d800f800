/// The algorithm of Winograd's minimal filtering for 3x3 filters (Lavin & Gray 2015,
/// https://arxiv.org/abs/1509.09308): tiles of `outputs` x `outputs` results from overlapping tiles of
/// `outputs + 2` cells, with one multiplication for each cell of a tile.
package enum Winograd: Int, Hashable, Sendable, CaseIterable {
    /// F(2x2,3x3): 2.25 times fewer multiplications, as accurate as the direct sum.
    case f2 = 2
    /// F(4x4,3x3): 4 times fewer, with an error two to three times that of the direct sum.
    case f4 = 4

    /// Results of a tile along an axis.
    package var outputs: Int { rawValue }
    /// Cells of a tile along an axis.
    package var cells: Int { rawValue + 2 }
    /// Multiplications of a tile: cells along both axes.
    package var positions: Int { cells * cells }

    /// Rows of `G`: what a row of three weights is multiplied with.
    package var filterTransform: [[Double]] {
        switch self {
        case .f2: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]
        case .f4:
            Self.points.map { point in
                let others = Self.points.filter { $0 != point }
                let scale = 1 / others.reduce(1) { $0 * (point - $1) }
                return [scale, scale * point, scale * point * point]
            } + [[0, 0, 1]]
        }
    }

    /// Where F(4,3) evaluates its polynomials, beside infinity: points close to 1 in pairs keep the
    /// factors of all three transforms small (Barabasz, Anderson, Soodhalter & Gregg 2020,
    /// https://arxiv.org/abs/1803.10986, on how they decide the error).
    private static let points = [0, 0.75, -0.75, 1.5, -1.5]
}

/// Tiles of a padded input, transformed: `V[position][tile][channel]`.
///
/// Streams of all loops: 0 the input, 1 `V`.
package struct WinogradInputKernel: Hashable, Sendable {
    package var variant: Winograd
    package var input: Location
    package var output: Location
    /// Batch and slices.
    package var outer: [Loop]
    /// Rows of tiles, and the tiles of a row.
    package var rows: Loop
    package var columns: Loop
    /// From one cell to the next in the input, down and to the right.
    package var cellStrides: [Int]
    package var channels: Int
    /// From one position of the transform to the next in `V`.
    package var positionStride: Int
    package var lanes: Int

    package init(
        variant: Winograd, input: Location, output: Location, outer: [Loop], rows: Loop,
        columns: Loop, cellStrides: [Int], channels: Int, positionStride: Int, lanes: Int
    ) {
        self.variant = variant
        self.input = input
        self.output = output
        self.outer = outer
        self.rows = rows
        self.columns = columns
        self.cellStrides = cellStrides
        self.channels = channels
        self.positionStride = positionStride
        self.lanes = lanes
    }
}

/// Products `M[position][tile][filter]` transformed back, with bias and epilogue.
///
/// Streams of all loops: 0 `M`, 1 the output, then epilogue operands.
package struct WinogradOutputKernel: Hashable, Sendable {
    package var variant: Winograd
    package var input: Location
    package var output: Location
    package var bias: Location
    package var outer: [Loop]
    package var rows: Loop
    package var columns: Loop
    /// Rows of results in the last row of tiles, and columns in a row's last tile; the others are whole.
    package var lastRows: Int
    package var lastColumns: Int
    /// From one result to the next, down and to the right, for the streams from 1 on.
    package var cellStrides: [[Int]]
    package var filters: Int
    /// Strides along the filters for all streams.
    package var filterStrides: [Int]
    package var positionStride: Int
    package var lanes: Int
    package var epilogue: [EpilogueInstruction]

    package init(
        variant: Winograd, input: Location, output: Location, bias: Location, outer: [Loop],
        rows: Loop, columns: Loop, lastRows: Int, lastColumns: Int, cellStrides: [[Int]],
        filters: Int, filterStrides: [Int], positionStride: Int, lanes: Int,
        epilogue: [EpilogueInstruction]
    ) {
        self.variant = variant
        self.input = input
        self.output = output
        self.bias = bias
        self.outer = outer
        self.rows = rows
        self.columns = columns
        self.lastRows = lastRows
        self.lastColumns = lastColumns
        self.cellStrides = cellStrides
        self.filters = filters
        self.filterStrides = filterStrides
        self.positionStride = positionStride
        self.lanes = lanes
        self.epilogue = epilogue
    }
}
