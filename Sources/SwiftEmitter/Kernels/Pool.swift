import IR
import Plan

extension KernelWriter {
    /// Pooling: channels side by side in vectors, windows clipped at the edge where they reach over it.
    mutating func emit(_ kernel: PoolKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        nest([kernel.batch], streams, level: "n") { writer, names in
            writer.poolAxis(kernel, 0, names, [])
        }
    }

    /// The loop over the output cells of one axis; `counts` are the expressions of real cells so far.
    private mutating func poolAxis(
        _ kernel: PoolKernel, _ index: Int, _ names: [String], _ clipped: [Int]
    ) {
        guard index < kernel.axes.count else {
            poolWindow(kernel, names, clipped)
            return
        }
        let axis = kernel.axes[index]
        let o = "o\(index)"
        block("for \(o) in 0..<\(axis.output)") { writer in
            var inner = names
            var clipped = clipped
            if axis.isInside {
                writer.out.line(
                    "let x\(index) = "
                        + pointerText(names[0], [(o, axis.stride * axis.inputStride)]))
                writer.out.line("let n\(index) = \(axis.window)")
            } else {
                clipped.append(index)
                writer.out.line("let first\(index) = \(o) * \(axis.stride) - \(axis.before)")
                writer.out.line("let from\(index) = max(first\(index), 0)")
                writer.out.line(
                    "let n\(index) = min(first\(index) + \(axis.window), \(axis.input)) - from\(index)"
                )
                writer.out.line(
                    "let x\(index) = " + pointerText(names[0], [("from\(index)", axis.inputStride)])
                )
            }
            writer.out.line(
                "let y\(index) = " + pointerText(names[1], [(o, axis.outputStride)]))
            inner[0] = "x\(index)"
            inner[1] = "y\(index)"
            for (slot, strides) in kernel.operandStrides.enumerated() {
                let name = "f\(slot)_\(index)"
                writer.out.line(
                    "let \(name) = " + pointerText(names[slot + 2], [(o, strides[index])]))
                inner[slot + 2] = name
            }
            writer.poolAxis(kernel, index + 1, inner, clipped)
        }
    }

    private mutating func poolWindow(_ kernel: PoolKernel, _ names: [String], _ clipped: [Int]) {
        let isMaximum = kernel.kind == .maximum
        if !isMaximum {
            if clipped.isEmpty {
                let cells = kernel.axes.reduce(1) { $0 * $1.window }
                out.line("let share: Float = \(literal(1 / Float(cells)))")
            } else {
                let cells = kernel.axes.indices.map { "n\($0)" }.joined(separator: " * ")
                out.line("let share = 1 / Float(\(cells))")
            }
        }
        for run in VectorWidth.runs(kernel.channels, lanes: lanes) {
            channels(run) { writer, channel in
                let width = run.width
                let initial = isMaximum ? "-Float.greatestFiniteMagnitude" : "0"
                writer.out.line("var s = \(width.splat(initial))")
                writer.poolTaps(kernel, 0, names[0]) { writer, pointer in
                    writer.out.line(
                        "let a = \(width.load(pointerText(pointer, [(channel, 1)])))")
                    writer.out.line(
                        isMaximum ? "s = s.replacing(with: a, where: a .> s)" : "s += a")
                }
                let value = writer.apply(
                    kernel.epilogue, to: isMaximum ? "s" : "(s * share)", lanes: width.lanes
                ) { operand in
                    let stride = kernel.operandStrides[operand.stream - 2].last!
                    return Self.operandText(
                        pointerText(names[operand.stream], [(channel, stride)]), stride: stride,
                        width)
                }
                writer.out.line(width.store(pointerText(names[1], [(channel, 1)]), value))
            }
        }
    }

    private mutating func poolTaps(
        _ kernel: PoolKernel, _ index: Int, _ pointer: String,
        _ body: (inout KernelWriter, String) -> Void
    ) {
        guard index < kernel.axes.count else {
            body(&self, pointer)
            return
        }
        let axis = kernel.axes[index]
        block("for k\(index) in 0..<n\(index)") { writer in
            writer.out.line(
                "let p\(index) = " + pointerText(pointer, [("k\(index)", axis.inputStride)]))
            writer.poolTaps(kernel, index + 1, "p\(index)", body)
        }
    }
}
