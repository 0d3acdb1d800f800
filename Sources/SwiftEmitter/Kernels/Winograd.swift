import Plan

extension KernelWriter {
    /// Tiles to `V`: columns of a tile transformed, then its rows; a vector of channels at a time.
    mutating func emit(_ kernel: WinogradInputKernel) {
        let (rows, columns) = (kernel.variant.rows, kernel.variant.columns)
        let streams = [(name: "x", stream: 0), (name: "y", stream: 1)]
        nest(kernel.outer + [kernel.rows, kernel.columns], streams, level: "_") { writer, names in
            for run in VectorWidth.runs(kernel.channels, lanes: kernel.lanes) {
                writer.channels(run) { writer, channel in
                    for column in 0..<columns.cells {
                        let operands = (0..<rows.cells).map { row in
                            run.width.load(
                                pointerText(
                                    names[0], [(channel, 1)],
                                    plus: row * kernel.cellStrides[0] + column
                                        * kernel.cellStrides[1]))
                        }
                        writer.toCells(
                            rows, (0..<rows.cells).map { "h\($0)_\(column)" }, operands, run.width)
                    }
                    for row in 0..<rows.cells {
                        writer.toCells(
                            columns, (0..<columns.cells).map { "v\(row)_\($0)" },
                            (0..<columns.cells).map { "h\(row)_\($0)" }, run.width)
                        for column in 0..<columns.cells {
                            writer.out.line(
                                run.width.store(
                                    pointerText(
                                        names[1], [(channel, 1)],
                                        plus: (row * columns.cells + column)
                                            * kernel.positionStride),
                                    "v\(row)_\(column)"))
                        }
                    }
                }
            }
        }
    }

    /// Products back to results: columns of a tile, then its rows, then bias and epilogue. Ragged tiles
    /// at the right and at the bottom store only the results there are.
    mutating func emit(_ kernel: WinogradOutputKernel) {
        let variant = kernel.variant
        let isWhole =
            kernel.filters.isMultiple(of: kernel.lanes) && kernel.filterStrides[1] == 1
        let (now, later) = isWhole ? Self.split(kernel.epilogue) : (kernel.epilogue, nil)
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + kernel.epilogue.operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        nest(kernel.outer, streams, level: "_") { writer, names in
            let outer = zip(names, streams).map { (name: $0, stream: $1.stream) }
            writer.parts(kernel.rows, last: kernel.lastRows, variant.rows.outputs, outer, "row") {
                writer, names, rows in
                let row = zip(names, streams).map { (name: $0, stream: $1.stream) }
                writer.parts(
                    kernel.columns, last: kernel.lastColumns, variant.columns.outputs, row,
                    "column"
                ) {
                    writer, names, columns in
                    for run in VectorWidth.runs(kernel.filters, lanes: kernel.lanes) {
                        writer.channels(run) { writer, filter in
                            writer.results(kernel, now, names, filter, run.width, rows, columns)
                        }
                    }
                    guard let later else { return }
                    for row in 0..<rows {
                        writer.run(
                            later, offset(names[1], row * kernel.cellStrides[0][0]),
                            kernel.filters / kernel.lanes, rows: columns,
                            stride: kernel.cellStrides[1][0], lanes: kernel.lanes)
                    }
                }
            }
        }
    }

    /// A loop over whole tiles, and the last one by itself where it is ragged.
    private mutating func parts(
        _ loop: Loop, last: Int, _ edge: Int, _ streams: [(name: String, stream: Int)],
        _ variable: String, _ body: (inout KernelWriter, [String], Int) -> Void
    ) {
        let whole = last == edge ? loop.count : loop.count - 1
        func move(_ writer: inout KernelWriter, _ index: String?, plus: Int) -> [String] {
            streams.map { stream in
                let stride = loop.strides[stream.stream]
                guard stride != 0, index != nil || plus > 0 else { return stream.name }
                let name = stream.name + variable.prefix(1)
                writer.out.line(
                    "let \(name) = "
                        + pointerText(stream.name, [(index, stride)], plus: plus * stride))
                return name
            }
        }
        if whole > 0 {
            loopBlock(variable, whole) { writer, index in
                let names = move(&writer, index, plus: 0)
                body(&writer, names, edge)
            }
        }
        if whole < loop.count {
            block("do") { writer in
                let names = move(&writer, nil, plus: whole)
                body(&writer, names, last)
            }
        }
    }

    private mutating func results(
        _ kernel: WinogradOutputKernel, _ epilogue: [EpilogueInstruction], _ names: [String],
        _ filter: String?, _ width: VectorWidth,
        _ rows: Int, _ columns: Int
    ) {
        let variant = kernel.variant
        let whole = VectorWidth(width.lanes)
        out.line("let bias = \(whole.load(pointerText("b", [(filter, 1)])))")
        for column in 0..<variant.columns.cells {
            let operands = (0..<variant.rows.cells).map { row in
                width.load(
                    pointerText(
                        names[0], [(filter, 1)],
                        plus: (row * variant.columns.cells + column) * kernel.positionStride))
            }
            toResults(
                variant.rows,
                (0..<variant.rows.outputs).map { $0 < rows ? "h\($0)_\(column)" : "_" }, operands,
                width)
        }
        for row in 0..<rows {
            toResults(
                variant.columns,
                (0..<variant.columns.outputs).map { $0 < columns ? "m\(row)_\($0)" : "_" },
                (0..<variant.columns.cells).map { "h\(row)_\($0)" }, width)
            for column in 0..<columns {
                func place(_ stream: Int) -> Int {
                    row * kernel.cellStrides[0][stream - 1]
                        + column * kernel.cellStrides[1][stream - 1]
                }
                let value = apply(
                    epilogue, to: "added(m\(row)_\(column), bias)", lanes: width.lanes
                ) { operand in
                    let stride = kernel.filterStrides[operand.stream]
                    return Self.operandText(
                        pointerText(
                            names[operand.stream], [(filter, stride)], plus: place(operand.stream)),
                        stride: stride,
                        operand.location.region == .constants ? whole : width)
                }
                out.line(
                    width.store(
                        pointerText(names[1], [(filter, kernel.filterStrides[1])], plus: place(1)),
                        value))
            }
        }
    }

    /// A row of cells transformed, `let (v0, v1) = winogradCells(d0, d1)`.
    private mutating func toCells(
        _ line: Winograd.Line, _ names: [String], _ operands: [String], _ width: VectorWidth
    ) {
        assign(line, names, "winogradCells", operands, width)
    }

    /// A row of products transformed back. Functions that differ only in what they return have two
    /// names.
    private mutating func toResults(
        _ line: Winograd.Line, _ names: [String], _ operands: [String], _ width: VectorWidth
    ) {
        let isPair = line.outputs == 2 && line.cells > 4
        assign(line, names, isPair ? "winogradPair" : "winogradResults", operands, width)
    }

    private mutating func assign(
        _ line: Winograd.Line, _ names: [String], _ function: String, _ operands: [String],
        _ width: VectorWidth
    ) {
        guard line.isTransform else {
            out.line("let \(names[0]) = \(operands[0])")
            return
        }
        needs.functions.insert(
            Needs.Function(name: "\(function)\(line.cells)", lanes: width.lanes))
        out.line("let (\(names.joined(separator: ", "))) = \(function)(")
        out.line("    \(operands.joined(separator: ", ")))")
    }
}
