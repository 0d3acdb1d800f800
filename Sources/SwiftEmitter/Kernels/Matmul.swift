import Plan

extension KernelWriter {
    /// The product of two computed matrices.
    ///
    /// Where both the right matrix and the result have their columns side by side, tiles of rows and
    /// vectors of columns are summed in registers; where both matrices have the inner axis side by side,
    /// along it in vectors; else one sum at a time.
    mutating func emit(_ kernel: MatmulKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "w", stream: 1), (name: "y", stream: 2)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        let columns = kernel.columns
        let isVector =
            columns.strides[1] == 1 && columns.strides[2] == 1
            && columns.strides.dropFirst(3).allSatisfy { $0 == 0 || $0 == 1 }
        guard isVector else {
            nest(kernel.batch + [kernel.rows], streams, level: "_") { writer, names in
                writer.loopBlock("j", columns.count) { writer, column in
                    writer.sum(kernel, names, column)
                }
            }
            return
        }
        nest(kernel.batch, streams, level: "_") { writer, names in
            // Few rows have few sums: wider blocks make up for it.
            let vectors = kernel.rows.count < 4 ? 4 : 2
            for block in writer.columnBlocks(columns.count, vectors) {
                writer.block(block.times == 1 ? "do" : "for block in 0..<\(block.times)") {
                    writer in
                    let column = block.times > 1 || block.start > 0 ? "c" : nil
                    if block.times > 1 {
                        let start = block.start > 0 ? " + \(block.start)" : ""
                        writer.out.line("let c = block * \(block.width)\(start)")
                    } else if block.start > 0 {
                        writer.out.line("let c = \(block.start)")
                    }
                    let rows = (writer.target.vectorRegisters - 1) / block.widths.count - 1
                    writer.tiles(
                        "row", kernel.rows, max(1, min(rows, 8)), streams, names, "t"
                    ) { writer, count in
                        writer.tile(kernel, rows: count, block, column)
                    }
                }
            }
        }
    }

    /// Columns that a tile takes at once: vectors of the same number of lanes side by side.
    private struct ColumnBlock {
        let start: Int
        let times: Int
        let widths: [VectorWidth]
        var width: Int { widths.reduce(0) { $0 + $1.lanes } }
        var lanes: Int { widths[0].lanes }
    }

    private func columnBlocks(_ count: Int, _ vectors: Int) -> [ColumnBlock] {
        VectorWidth.runs(count, lanes: lanes).flatMap { run -> [ColumnBlock] in
            let (whole, rest) = run.times.quotientAndRemainder(dividingBy: vectors)
            let block = Array(repeating: run.width, count: vectors)
            return [
                ColumnBlock(start: run.start, times: whole, widths: block),
                ColumnBlock(
                    start: run.start + whole * vectors * run.width.lanes, times: 1,
                    widths: Array(block.prefix(rest))),
            ].filter { $0.times > 0 && !$0.widths.isEmpty }
        }
    }

    /// A tile of rows times a block of columns, over the whole inner axis.
    private mutating func tile(
        _ kernel: MatmulKernel, rows: Int, _ block: ColumnBlock, _ column: String?
    ) {
        let lanes = block.lanes
        let inner = kernel.inner
        use(VectorWidth(lanes))
        for row in 0..<rows {
            out.line(
                "var "
                    + block.widths.indices.map { "s\(row)_\($0) = splat\(lanes)(0)" }
                    .joined(separator: ", "))
        }
        out.line("var xp = xt")
        out.line("var wp = \(pointerText("wt", [(column, 1)]))")
        self.block("for _ in 0..<\(inner.count)") { writer in
            for (vector, width) in block.widths.enumerated() {
                writer.out.line(
                    "let w\(vector) = \(width.load(pointerText("wp", [], plus: vector * lanes)))")
            }
            for row in 0..<rows {
                let place = row * kernel.rows.strides[0]
                writer.out.line("let a\(row) = splat\(lanes)(xp[\(place)])")
                writer.out.line(
                    block.widths.indices.map {
                        "s\(row)_\($0) = madd(a\(row), w\($0), s\(row)_\($0))"
                    }.joined(separator: "; "))
            }
            writer.out.line("xp += \(inner.strides[0])")
            writer.out.line("wp += \(inner.strides[1])")
        }
        let strides = kernel.columns.strides
        for row in 0..<rows {
            for (vector, width) in block.widths.enumerated() {
                func place(_ stream: Int) -> String {
                    let name = stream == 2 ? "y" : "e\(stream)"
                    return pointerText(
                        "\(name)t", [(column, strides[stream])],
                        plus: row * kernel.rows.strides[stream] + vector * lanes * strides[stream])
                }
                let value = apply(kernel.epilogue, to: "s\(row)_\(vector)", lanes: lanes) {
                    Self.operandText(place($0.stream), stride: strides[$0.stream], width)
                }
                out.line(width.store(place(2), value))
            }
        }
    }

    /// One element: along the inner axis in vectors where it lies side by side in both matrices.
    private mutating func sum(_ kernel: MatmulKernel, _ names: [String], _ column: String?) {
        let strides = kernel.columns.strides
        let inner = kernel.inner
        let row = pointerText(names[1], [(column, strides[1])])
        let first = VectorWidth(4, valid: 1)
        use(first)
        if inner.strides[0] == 1, inner.strides[1] == 1, inner.count >= 4 {
            needs.helpers.insert("sum")
            out.line("let v = \(row)")
            let runs = VectorWidth.runs(inner.count, lanes: lanes)
            for lanes in Set(runs.map(\.width.lanes)).sorted(by: >) {
                out.line("var s\(lanes) = splat\(lanes)(0)")
            }
            for run in runs {
                let sum = "s\(run.width.lanes)"
                channels(run) { writer, index in
                    let a = run.width.load(pointerText(names[0], [(index, 1)]))
                    let b = run.width.load(pointerText("v", [(index, 1)]))
                    writer.out.line("\(sum) = madd(\(a), \(b), \(sum))")
                }
            }
            let sums = Set(runs.map(\.width.lanes)).sorted(by: >).map { "sum(s\($0))" }
            out.line("let s = splat4(\(sums.joined(separator: " + ")))")
        } else {
            out.line("var s = \(first.splat("0"))")
            loopBlock("i", inner.count) { writer, index in
                let a = pointerText(names[0], [(index, inner.strides[0])])
                let b = pointerText(names[1], [(index, inner.strides[1]), (column, strides[1])])
                writer.out.line(
                    "s = madd(\(first.splat("(\(a)).pointee")), \(first.load(b)), s)")
            }
        }
        let value = apply(kernel.epilogue, to: "s", lanes: 4) { operand in
            Self.operandText(
                pointerText(names[operand.stream], [(column, strides[operand.stream])]), stride: 1,
                first)
        }
        out.line(first.store(pointerText(names[2], [(column, strides[2])]), value))
    }
}
