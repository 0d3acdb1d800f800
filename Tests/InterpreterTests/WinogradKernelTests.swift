import IR
import Plan
import TestSupport
import Testing

/// The transforms against their matrices, in double precision.
@Suite struct WinogradKernelTests {
    /// B^T and A^T: of F(2,3) as Lavin & Gray (2015) print them, of F(4,3) from its points.
    static func matrices(_ variant: Winograd) -> (input: [[Double]], output: [[Double]]) {
        switch variant {
        case .f2:
            (
                [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
                [[1, 1, 1, 0], [0, 1, -1, -1]]
            )
        case .f4: toomCook(points: [0, 0.75, -0.75, 1.5, -1.5], outputs: 4)
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

    /// M X M^T
    static func sandwich(_ matrix: [[Double]], _ x: [[Double]]) -> [[Double]] {
        let half = matrix.map { row in
            x[0].indices.map { column in
                row.indices.reduce(0) { $0 + row[$1] * x[$1][column] }
            }
        }
        return half.map { row in
            matrix.map { weights in weights.indices.reduce(0) { $0 + weights[$1] * row[$1] } }
        }
    }

    @Test(arguments: Winograd.allCases, [1, 3, 4, 7, 8, 9, 16, 17])
    func tilesAreTransformed(_ variant: Winograd, channels: Int) {
        let (rows, columns, edge) = (2, 3, variant.outputs)
        let width = columns * edge + 2
        let height = rows * edge + 2
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
                rows: Loop(rows, [edge * width * channels, columns * pitch]),
                columns: Loop(columns, [edge * channels, pitch]),
                cellStrides: [width * channels, channels], channels: channels,
                positionStride: stride, lanes: 4))
        expectClose(memory.run(kernel)[0], memory.expected(kernel)[0], tolerance: 2e-6)
    }

    @Test(arguments: Winograd.allCases, [1, 3, 4, 7, 8, 9, 16, 17])
    func productsAreTransformedBack(_ variant: Winograd, filters: Int) {
        let (rows, columns, edge) = (2, 3, variant.outputs)
        let stride = rows * columns * filters + 3
        var generator = SeededGenerator(filters)
        for (lastRows, lastColumns) in [(edge, edge), (1, edge), (edge, 1), (edge - 1, 1)] {
            let width = (columns - 1) * edge + lastColumns
            let height = (rows - 1) * edge + lastRows
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
                    rows: Loop(rows, [columns * filters, edge * row, edge * row]),
                    columns: Loop(columns, [filters, edge * filters, edge * filters]),
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
        let (matrix, _) = WinogradKernelTests.matrices(kernel.variant)
        let cells = kernel.variant.cells
        for place in positions(kernel.outer + [kernel.rows, kernel.columns], streams: 2) {
            for channel in 0..<kernel.channels {
                let tile = (0..<cells).map { row in
                    (0..<cells).map { column in
                        read(
                            kernel.input,
                            place[0] + row * kernel.cellStrides[0]
                                + column * kernel.cellStrides[1] + channel)
                    }
                }
                let values = WinogradKernelTests.sandwich(matrix, tile)
                for position in 0..<kernel.variant.positions {
                    result.write(
                        kernel.output, place[1] + position * kernel.positionStride + channel,
                        values[position / cells][position % cells])
                }
            }
        }
        return result.outputs
    }

    func expected(_ kernel: WinogradOutputKernel) -> [[Float]] {
        var result = self
        let (_, matrix) = WinogradKernelTests.matrices(kernel.variant)
        let (cells, edge) = (kernel.variant.cells, kernel.variant.outputs)
        let streams = kernel.filterStrides.count
        for outer in positions(kernel.outer, streams: streams) {
            for row in 0..<kernel.rows.count {
                for column in 0..<kernel.columns.count {
                    let tile = outer + (kernel.rows.strides, row) + (kernel.columns.strides, column)
                    for filter in 0..<kernel.filters {
                        let products = (0..<cells).map { down in
                            (0..<cells).map { right in
                                read(
                                    kernel.input,
                                    tile[0] + (down * cells + right) * kernel.positionStride
                                        + filter)
                            }
                        }
                        let values = WinogradKernelTests.sandwich(matrix, products)
                        let downs = row == kernel.rows.count - 1 ? kernel.lastRows : edge
                        let rights = column == kernel.columns.count - 1 ? kernel.lastColumns : edge
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
