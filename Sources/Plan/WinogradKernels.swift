/// The algorithm of Winograd's minimal filtering (Lavin & Gray 2015,
/// https://arxiv.org/abs/1509.09308) along one axis or two: tiles of results from overlapping tiles of
/// cells, with one multiplication for each cell of a tile. A one-dimensional convolution is filtered
/// along its rows.
package struct Winograd: Hashable, Sendable {
    /// F(outputs, taps): along one axis, `outputs` results of a filter of `taps` weights.
    package struct Line: Hashable, Sendable {
        /// Results of a tile.
        package let outputs: Int
        package let taps: Int

        /// Cells of a tile.
        package var cells: Int { outputs + taps - 1 }
        /// Whether there is anything to transform: an axis of one tap is computed result by result.
        package var isTransform: Bool { taps > 1 }

        package init(outputs: Int, taps: Int) {
            self.outputs = outputs
            self.taps = taps
        }

        package static let none = Self(outputs: 1, taps: 1)
        /// The ones that there are transforms for.
        package static let all = [
            Self(outputs: 2, taps: 3), Self(outputs: 4, taps: 3), Self(outputs: 2, taps: 5),
            Self(outputs: 4, taps: 5), Self(outputs: 2, taps: 7),
        ]

        /// Rows of `G`: what a row of weights is multiplied with.
        package var filterTransform: [[Double]] {
            guard isTransform else { return [[1]] }
            if cells == 4 { return [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]] }
            let infinity = [Double](repeating: 0, count: taps - 1) + [1]
            return points.map { point in
                let scale = 1 / points.filter { $0 != point }.reduce(1) { $0 * (point - $1) }
                return (0..<taps).map { power in
                    (0..<power).reduce(scale) { result, _ in result * point }
                }
            } + [infinity]
        }

        /// Where the polynomials are evaluated, beside infinity: points close to 1 in pairs keep the
        /// factors of all three transforms small (Barabasz, Anderson, Soodhalter & Gregg 2020,
        /// https://arxiv.org/abs/1803.10986, on how they decide the error).
        package var points: [Double] {
            switch cells {
            case 4: [0, 1, -1]
            case 6: [0, 0.75, -0.75, 1.5, -1.5]
            case 8: [0, 0.5, -0.5, 1, -1, 2, -2]
            default: preconditionFailure("no transform of \(cells) cells")
            }
        }
    }

    /// Which of the ways to filter, by the cells of their tiles.
    package enum Size: Hashable, Sendable, CaseIterable {
        case smallest
        case largest
    }

    /// Along the last axis but one, and along the last.
    package let rows: Line
    package let columns: Line

    package init(rows: Line, columns: Line) {
        self.rows = rows
        self.columns = columns
    }

    /// F(2x2,3x3): 2.25 times fewer multiplications, as accurate as the direct sum.
    package static let f2 = Self(
        rows: Line(outputs: 2, taps: 3), columns: Line(outputs: 2, taps: 3))
    /// F(4x4,3x3): 4 times fewer, with an error two to three times that of the direct sum.
    package static let f4 = Self(
        rows: Line(outputs: 4, taps: 3), columns: Line(outputs: 4, taps: 3))

    /// Results of a tile.
    package var results: Int { rows.outputs * columns.outputs }
    /// Multiplications of a tile: its cells.
    package var positions: Int { rows.cells * columns.cells }
    /// Weights that one transformed filter comes from.
    package var taps: Int { rows.taps * columns.taps }

    /// Whether results are further from the exact ones than those of the direct sum: transforms of six
    /// cells amplify rounding where there are two of them, those of eight always do.
    package var isLessExact: Bool {
        max(rows.cells, columns.cells) > 6 || (rows.cells == 6 && columns.cells == 6)
    }

    /// The ways to filter with `taps` weights down and to the right, those of small tiles first.
    package static func variants(taps: (rows: Int, columns: Int)) -> [Self] {
        func lines(_ taps: Int) -> [Line] {
            taps == 1 ? [.none] : Line.all.filter { $0.taps == taps }
        }
        guard taps.rows > 1 || taps.columns > 1 else { return [] }
        return lines(taps.rows).flatMap { rows in
            lines(taps.columns).map { Self(rows: rows, columns: $0) }
        }.filter {
            // Two axes: tiles of at most 6x6 cells, as wide as they are high.
            let isSquare = $0.rows == $0.columns && $0.rows.cells <= 6
            return !$0.rows.isTransform || !$0.columns.isTransform || isSquare
        }
    }
}

extension Winograd: CustomStringConvertible {
    /// As the paper writes it, `F(4x4,3x3)`; along one axis `F(4,3)`.
    package var description: String {
        let lines = [rows, columns].filter(\.isTransform)
        func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "x") }
        return "F(\(text(lines.map(\.outputs))),\(text(lines.map(\.taps))))"
    }
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
