import Plan

extension KernelWriter {
    /// The product of two computed matrices: along the columns in vectors where both the right matrix
    /// and the result have them side by side, else one sum at a time.
    mutating func emit(_ kernel: MatmulKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "w", stream: 1), (name: "y", stream: 2)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        let columns = kernel.columns
        let isVector =
            columns.strides[1] == 1 && columns.strides[2] == 1
            && columns.strides.dropFirst(3).allSatisfy { $0 == 0 || $0 == 1 }
        nest(kernel.batch + [kernel.rows], streams, level: "_") { writer, names in
            if isVector {
                for run in VectorWidth.runs(columns.count, lanes: writer.lanes) {
                    writer.channels(run) { writer, column in
                        writer.products(kernel, names, column, run.width)
                    }
                }
            } else {
                writer.use(VectorWidth(4))
                writer.loopBlock("j", columns.count) { writer, column in
                    writer.products(kernel, names, column, VectorWidth(4, valid: 1))
                }
            }
        }
    }

    private mutating func products(
        _ kernel: MatmulKernel, _ names: [String], _ column: String?, _ width: VectorWidth
    ) {
        let strides = kernel.columns.strides
        out.line("var s = \(width.splat("0"))")
        loopBlock("i", kernel.inner.count) { writer, inner in
            let a = pointerText(names[0], [(inner, kernel.inner.strides[0])])
            let b = pointerText(
                names[1], [(inner, kernel.inner.strides[1]), (column, strides[1])])
            writer.out.line(
                "s = madd(\(width.splat("(\(a)).pointee")), \(width.load(b)), s)")
        }
        let value = apply(kernel.epilogue, to: "s", lanes: width.lanes) { operand in
            let stride = strides[operand.stream]
            return Self.operandText(
                pointerText(names[operand.stream], [(column, stride)]),
                stride: width.valid == 1 ? 1 : stride, width)
        }
        out.line(width.store(pointerText(names[2], [(column, strides[2])]), value))
    }
}
