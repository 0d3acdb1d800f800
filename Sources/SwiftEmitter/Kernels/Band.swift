import Plan

extension KernelWriter {
    /// Weighted sums of neighbours along an axis, in vectors along what stands still.
    mutating func emit(_ kernel: BandKernel) {
        let streams = [(name: "x", stream: 0), (name: "y", stream: 1)]
        let inner = kernel.inner
        let isVector = inner.strides[0] == 1 && inner.strides[1] == 1
        nest(kernel.outer, streams, level: "_") { writer, names in
            writer.loopBlock("o", kernel.count) { writer, index in
                writer.out.line("let row = \(pointerText("w", [(index, kernel.pitch)]))")
                writer.out.line("let taps = Int(row[1])")
                writer.out.line(
                    "let p = \(pointerText(names[0], [("Int(row[0])", kernel.inputStride)]))")
                writer.out.line(
                    "let q = \(pointerText(names[1], [(index, kernel.outputStride)]))")
                if isVector {
                    for run in VectorWidth.runs(inner.count, lanes: writer.lanes) {
                        writer.channels(run) { writer, channel in
                            writer.bandSum(kernel, channel, run.width)
                        }
                    }
                } else {
                    writer.use(VectorWidth(4))
                    writer.loopBlock("i", inner.count) { writer, channel in
                        writer.bandSum(kernel, channel, VectorWidth(4, valid: 1))
                    }
                }
            }
        }
    }

    private mutating func bandSum(
        _ kernel: BandKernel, _ channel: String?, _ width: VectorWidth
    ) {
        let strides = kernel.inner.strides
        out.line("var s = \(width.splat("0"))")
        block("for t in 0..<taps") { writer in
            let cell = pointerText("p", [("t", kernel.inputStride), (channel, strides[0])])
            writer.out.line(
                "s = madd(\(width.splat("row[2 + t]")), \(width.load(cell)), s)")
        }
        out.line(width.store(pointerText("q", [(channel, strides[1])]), "s"))
    }
}
