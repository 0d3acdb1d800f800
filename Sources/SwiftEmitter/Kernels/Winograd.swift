import Plan

extension KernelWriter {
    /// Tiles to `V`: columns of a tile transformed, then its rows; a vector of channels at a time.
    mutating func emit(_ kernel: WinogradInputKernel) {
        let cells = kernel.variant.cells
        let streams = [(name: "x", stream: 0), (name: "y", stream: 1)]
        nest(kernel.outer + [kernel.rows, kernel.columns], streams, level: "_") { writer, names in
            for run in VectorWidth.runs(kernel.channels, lanes: kernel.lanes) {
                writer.channels(run) { writer, channel in
                    writer.need("winogradCells\(kernel.variant.rawValue)", run.width)
                    for column in 0..<cells {
                        let operands = (0..<cells).map { row in
                            run.width.load(
                                pointerText(
                                    names[0], [(channel, 1)],
                                    plus: row * kernel.cellStrides[0] + column
                                        * kernel.cellStrides[1]))
                        }
                        writer.assign(
                            (0..<cells).map { "h\($0)_\(column)" }, "winogradCells", operands)
                    }
                    for row in 0..<cells {
                        writer.assign(
                            (0..<cells).map { "v\(row)_\($0)" }, "winogradCells",
                            (0..<cells).map { "h\(row)_\($0)" })
                        for column in 0..<cells {
                            writer.out.line(
                                run.width.store(
                                    pointerText(
                                        names[1], [(channel, 1)],
                                        plus: (row * cells + column) * kernel.positionStride),
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
        let edge = kernel.variant.outputs
        let isWhole =
            kernel.filters.isMultiple(of: kernel.lanes) && kernel.filterStrides[1] == 1
        let (now, later) = isWhole ? Self.split(kernel.epilogue) : (kernel.epilogue, nil)
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + kernel.epilogue.operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        nest(kernel.outer, streams, level: "_") { writer, names in
            let outer = zip(names, streams).map { (name: $0, stream: $1.stream) }
            writer.parts(kernel.rows, last: kernel.lastRows, edge, outer, "row") {
                writer, names, rows in
                let row = zip(names, streams).map { (name: $0, stream: $1.stream) }
                writer.parts(kernel.columns, last: kernel.lastColumns, edge, row, "column") {
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
        let (cells, edge) = (kernel.variant.cells, kernel.variant.outputs)
        let whole = VectorWidth(width.lanes)
        need("winogradResults\(kernel.variant.rawValue)", width)
        out.line("let bias = \(whole.load(pointerText("b", [(filter, 1)])))")
        for column in 0..<cells {
            let operands = (0..<cells).map { row in
                width.load(
                    pointerText(
                        names[0], [(filter, 1)],
                        plus: (row * cells + column) * kernel.positionStride))
            }
            assign(
                (0..<edge).map { $0 < rows ? "h\($0)_\(column)" : "_" }, "winogradResults", operands
            )
        }
        for row in 0..<rows {
            assign(
                (0..<edge).map { $0 < columns ? "m\(row)_\($0)" : "_" }, "winogradResults",
                (0..<cells).map { "h\(row)_\($0)" })
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

    private mutating func need(_ function: String, _ width: VectorWidth) {
        needs.functions.insert(Needs.Function(name: function, lanes: width.lanes))
    }

    /// `let (a, b) = function(x, y)`.
    private mutating func assign(_ names: [String], _ function: String, _ operands: [String]) {
        out.line("let (\(names.joined(separator: ", "))) = \(function)(")
        out.line("    \(operands.joined(separator: ", ")))")
    }
}
