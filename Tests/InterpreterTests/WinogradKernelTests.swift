import IR
import Plan
import TestSupport
import Testing

/// The transforms against their matrices, in double precision.
@Suite struct WinogradKernelTests {
    /// B^T and A^T of one axis: of F(2,3) as Lavin & Gray (2015) print them, of the others from their
    /// points.
    static func matrices(_ line: Winograd.Line) -> (input: [[Double]], output: [[Double]]) {
        switch line.cells {
        case 1: ([[1]], [[1]])
        case 4:
            (
                [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
                [[1, 1, 1, 0], [0, 1, -1, -1]]
            )
        case 6: toomCook(points: [0, 0.75, -0.75, 1.5, -1.5], outputs: line.outputs)
        default: toomCook(points: [0, 0.5, -0.5, 1, -1, 2, -2], outputs: line.outputs)
        }
    }

    /// Along both axes and along each of them.
    static let variants = [3, 5, 7].flatMap { taps in
        [(taps, taps), (taps, 1), (1, taps)].flatMap {
            Winograd.variants(taps: (rows: $0.0, columns: $0.1))
        }
    }

    /// Whatever the filter: transformed, multiplied with transformed cells and transformed back, it is
    /// the sum of products.
    @Test(arguments: Winograd.Line.all)
    func transformsFilter(_ line: Winograd.Line) {
        let (input, output) = Self.matrices(line)
        var generator = SeededGenerator(line.cells)
        let weights = generator.floats(line.taps).map(Double.init)
        let cells = generator.floats(line.cells).map(Double.init)
        func times(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
            matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        let products = zip(times(line.filterTransform, weights), times(input, cells)).map(*)
        for (index, result) in times(output, products).enumerated() {
            let expected = weights.indices.reduce(0) { $0 + weights[$1] * cells[index + $1] }
            #expect(abs(result - expected) < 1e-12)
        }
    }

    @Test func variantsOfATile() {
        func texts(_ rows: Int, _ columns: Int) -> [String] {
            Winograd.variants(taps: (rows, columns)).map(\.description)
        }
        #expect(texts(3, 3) == ["F(2x2,3x3)", "F(4x4,3x3)"])
        #expect(texts(5, 5) == ["F(2x2,5x5)"])
        #expect(texts(3, 1) == ["F(2,3)", "F(4,3)"])
        #expect(texts(1, 5) == ["F(2,5)", "F(4,5)"])
        #expect(texts(7, 1) == ["F(2,7)"])
        for (rows, columns) in [(1, 1), (7, 7), (3, 5), (2, 2), (9, 1)] {
            #expect(texts(rows, columns).isEmpty)
        }
    }

    /// The construction of Toom and Cook: a row of B^T holds the coefficients of the product of x less
    /// each other point, the last one those of all; a column of A^T the powers of its point, the last
    /// one those of infinity.
    private static func toomCook(
        points: [Double], outputs: Int
    ) -> (input: [[Double]], output: [[Double]]) {
        func product(_ roots: [Double]) -> [Double] {
            let coefficients = roots.reduce([1.0]) { polynomial, root in
                zip([0] + polynomial, polynomial + [0]).map { $0 - root * $1 }
            }
            return coefficients
                + [Double](repeating: 0, count: points.count + 1 - coefficients.count)
        }
        let input = points.map { point in product(points.filter { $0 != point }) }
        let output = (0..<outputs).map { power in
            points.map { point in (0..<power).reduce(1) { result, _ in result * point } }
                + [power == outputs - 1 ? 1 : 0]
        }
        return (input + [product(points)], output)
    }

    /// L X R^T
    static func sandwich(
        _ left: [[Double]], _ x: [[Double]], _ right: [[Double]]
    ) -> [[Double]] {
        let half = left.map { row in
            x[0].indices.map { column in
                row.indices.reduce(0) { $0 + row[$1] * x[$1][column] }
            }
        }
        return half.map { row in
            right.map { weights in weights.indices.reduce(0) { $0 + weights[$1] * row[$1] } }
        }
    }

    @Test(arguments: variants, [1, 3, 4, 7, 8, 9, 16, 17])
    func tilesAreTransformed(_ variant: Winograd, channels: Int) {
        let (rows, columns) = (2, 3)
        let (down, right) = (variant.rows.outputs, variant.columns.outputs)
        let width = columns * right + variant.columns.taps - 1
        let height = rows * down + variant.rows.taps - 1
        let (pitch, tiles) = (channels + 3, 2 * rows * columns)
        let stride = tiles * pitch + 5
        var generator = SeededGenerator(channels)
        let slice = height * width * channels
        let memory = TestMemory(
            inputs: [generator.floats(2 * slice)],
            outputs: [generator.floats((variant.positions - 1) * stride + tiles * pitch - 3)],
            constants: [])
        let kernel = Kernel.winogradInput(
            WinogradInputKernel(
                variant: variant, input: Location(.input(0)), output: Location(.output(0)),
                outer: [Loop(2, [slice, rows * columns * pitch])],
                rows: Loop(rows, [down * width * channels, columns * pitch]),
                columns: Loop(columns, [right * channels, pitch]),
                cellStrides: [width * channels, channels], channels: channels,
                positionStride: stride, lanes: 4))
        expectClose(memory.run(kernel)[0], memory.expected(kernel)[0], tolerance: 2e-6)
    }

    @Test(arguments: variants, [1, 3, 4, 7, 8, 9, 16, 17])
    func productsAreTransformedBack(_ variant: Winograd, filters: Int) {
        let (rows, columns) = (2, 3)
        let (down, right) = (variant.rows.outputs, variant.columns.outputs)
        let stride = rows * columns * filters + 3
        var generator = SeededGenerator(filters)
        for (lastRows, lastColumns) in [
            (down, right), (1, right), (down, 1), (max(1, down - 1), 1),
        ] {
            let width = (columns - 1) * right + lastColumns
            let height = (rows - 1) * down + lastRows
            let memory = TestMemory(
                inputs: [
                    generator.floats(variant.positions * stride - 3),
                    generator.floats(height * width * filters),
                ], outputs: [generator.floats(height * width * filters)],
                constants: generator.floats(filters + 16))
            let row = width * filters
            let kernel = Kernel.winogradOutput(
                WinogradOutputKernel(
                    variant: variant, input: Location(.input(0)), output: Location(.output(0)),
                    bias: Location(.constants), outer: [],
                    rows: Loop(rows, [columns * filters, down * row, down * row]),
                    columns: Loop(columns, [filters, right * filters, right * filters]),
                    lastRows: lastRows, lastColumns: lastColumns,
                    cellStrides: [[row, row], [filters, filters]], filters: filters,
                    filterStrides: [1, 1, 1], positionStride: stride, lanes: 4,
                    epilogue: [
                        .binary(.add, Operand(Location(.input(1)), stream: 2), reversed: false),
                        .unary(UnaryFunction(.relu)),
                    ]))
            expectClose(memory.run(kernel)[0], memory.expected(kernel)[0], tolerance: 2e-6)
        }
    }

    private func expectClose(_ found: [Float], _ expected: [Float], tolerance: Double) {
        let scale = expected.reduce(0) { max($0, Double(abs($1))) }
        for (index, pair) in zip(found, expected).enumerated() {
            let error = abs(Double(pair.0) - Double(pair.1))
            #expect(error <= tolerance * scale, "element \(index): \(pair)")
        }
    }
}

extension TestMemory {
    func expected(_ kernel: WinogradInputKernel) -> [[Float]] {
        var result = self
        let (rows, columns) = (kernel.variant.rows, kernel.variant.columns)
        let down = WinogradKernelTests.matrices(rows).input
        let right = WinogradKernelTests.matrices(columns).input
        for place in positions(kernel.outer + [kernel.rows, kernel.columns], streams: 2) {
            for channel in 0..<kernel.channels {
                let tile = (0..<rows.cells).map { row in
                    (0..<columns.cells).map { column in
                        read(
                            kernel.input,
                            place[0] + row * kernel.cellStrides[0]
                                + column * kernel.cellStrides[1] + channel)
                    }
                }
                let values = WinogradKernelTests.sandwich(down, tile, right)
                for position in 0..<kernel.variant.positions {
                    result.write(
                        kernel.output, place[1] + position * kernel.positionStride + channel,
                        values[position / columns.cells][position % columns.cells])
                }
            }
        }
        return result.outputs
    }

    func expected(_ kernel: WinogradOutputKernel) -> [[Float]] {
        var result = self
        let variant = kernel.variant
        let downMatrix = WinogradKernelTests.matrices(variant.rows).output
        let rightMatrix = WinogradKernelTests.matrices(variant.columns).output
        let streams = kernel.filterStrides.count
        for outer in positions(kernel.outer, streams: streams) {
            for row in 0..<kernel.rows.count {
                for column in 0..<kernel.columns.count {
                    let tile = outer + (kernel.rows.strides, row) + (kernel.columns.strides, column)
                    for filter in 0..<kernel.filters {
                        let products = (0..<variant.rows.cells).map { down in
                            (0..<variant.columns.cells).map { right in
                                read(
                                    kernel.input,
                                    tile[0] + (down * variant.columns.cells + right)
                                        * kernel.positionStride
                                        + filter)
                            }
                        }
                        let values = WinogradKernelTests.sandwich(downMatrix, products, rightMatrix)
                        let downs =
                            row == kernel.rows.count - 1 ? kernel.lastRows : variant.rows.outputs
                        let rights =
                            column == kernel.columns.count - 1
                            ? kernel.lastColumns : variant.columns.outputs
                        for down in 0..<downs {
                            for right in 0..<rights {
                                var places = tile + (kernel.filterStrides, filter)
                                for stream in 1..<streams {
                                    places[stream] +=
                                        down * kernel.cellStrides[0][stream - 1]
                                        + right * kernel.cellStrides[1][stream - 1]
                                }
                                let value = values[down][right] + read(kernel.bias, filter)
                                result.write(
                                    kernel.output, places[1],
                                    finished(value, kernel.epilogue, places))
                            }
                        }
                    }
                }
            }
        }
        return result.outputs
    }
}
