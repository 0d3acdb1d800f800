import Plan

extension KernelWriter {
    /// Rows of a table: an index beyond it, or NaN, makes a row of NaN.
    mutating func emit(_ kernel: GatherKernel) {
        let streams = [(name: "x", stream: 0), (name: "y", stream: 1)]
        nest(kernel.loops, streams, level: "_") { writer, names in
            let rows = literal(Float(kernel.rows))
            writer.out.line("let index = (\(names[0])).pointee.rounded(.towardZero)")
            writer.block("if index >= -\(rows) && index < \(rows)") { writer in
                writer.out.line("let row = Int(index) + (index < 0 ? \(kernel.rows) : 0)")
                writer.out.line(
                    "(\(names[1])).update(from: w + row * \(kernel.width), count: \(kernel.width))")
            }
            writer.block("else") { writer in
                writer.out.line(
                    "(\(names[1])).update(repeating: Float.nan, count: \(kernel.width))")
            }
        }
    }
}
