import IR
import Plan

extension KernelWriter {
    /// A reduction: along the kept vector loop where there is one, else along the reduced one.
    ///
    /// Sums run in blocks of at most 64 terms that are then added up, which keeps the error of long
    /// sums near that of pairwise summation.
    mutating func emit(_ kernel: ReduceKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        let last = kernel.kept[kernel.kept.count - 1]
        let isVector =
            last.count > 1 && last.strides[0] == 1 && last.strides[1] == 1
            && last.strides.allSatisfy { $0 == 0 || $0 == 1 }
        let loops = isVector ? Array(kernel.kept.dropLast()) : kernel.kept
        nest(loops, streams, level: "_") { writer, names in
            if isVector {
                for run in VectorWidth.runs(last.count, lanes: writer.lanes) {
                    writer.channels(run) { writer, channel in
                        writer.reduceColumns(kernel, names, last, channel, run.width)
                    }
                }
            } else {
                writer.reduceRow(kernel, names)
            }
        }
    }

    private func initial(_ kind: ReduceOp.Kind) -> String {
        switch kind {
        case .sum, .mean: "0"
        case .maximum: "-Float.infinity"
        case .minimum: "Float.infinity"
        }
    }

    private mutating func combine(
        _ kind: ReduceOp.Kind, _ a: String, _ b: String, lanes: Int
    ) -> String {
        switch kind {
        case .sum, .mean: return "\(a) + \(b)"
        case .maximum: return call(.maximum, a, b, lanes: lanes)
        case .minimum: return call(.minimum, a, b, lanes: lanes)
        }
    }

    /// Loops over reduced cells with a pointer `p`; sums in blocks along the innermost loop.
    private mutating func accumulate(
        _ kernel: ReduceKernel, _ base: String, _ width: VectorWidth,
        _ load: @escaping (String) -> String
    ) {
        let kind = kernel.kind
        let isSum = kind == .sum || kind == .mean
        out.line("var s = \(width.splat(initial(kind)))")
        let inner = kernel.reduced[kernel.reduced.count - 1]
        nest(
            Array(kernel.reduced.dropLast()), [(name: base, stream: 0)], level: "r"
        ) { writer, names in
            func run(_ writer: inout KernelWriter, _ target: String, _ start: String?, _ count: Int)
            {
                writer.loopBlock("i", count) { writer, index in
                    let pointer = pointerText(
                        names[0], [(start, inner.strides[0]), (index, inner.strides[0])])
                    writer.out.line(
                        "\(target) = "
                            + writer.combine(kind, target, load(pointer), lanes: width.lanes))
                }
            }
            guard isSum else {
                run(&writer, "s", nil, inner.count)
                return
            }
            for (count, start, times) in Self.split(inner.count, 64) {
                writer.block(times == 1 ? "do" : "for part in 0..<\(times)") { writer in
                    let first: String? =
                        times == 1 ? (start == 0 ? nil : "start") : "start"
                    if first != nil {
                        writer.out.line(
                            "let start = " + (times == 1 ? "\(start)" : "part * 64"))
                    }
                    writer.out.line("var t = \(width.splat("0"))")
                    run(&writer, "t", first, count)
                    writer.out.line("s += t")
                }
            }
        }
    }

    private mutating func reduceColumns(
        _ kernel: ReduceKernel, _ names: [String], _ last: Loop, _ channel: String?,
        _ width: VectorWidth
    ) {
        accumulate(kernel, names[0], width) { pointer in
            width.load(pointerText(pointer, [(channel, 1)]))
        }
        let value = apply(kernel.epilogue, to: mean(kernel, "s"), lanes: width.lanes) { operand in
            let stride = last.strides[operand.stream]
            return Self.operandText(
                pointerText(names[operand.stream], [(channel, stride)]), stride: stride, width)
        }
        out.line(width.store(pointerText(names[1], [(channel, 1)]), value))
    }

    private func mean(_ kernel: ReduceKernel, _ value: String) -> String {
        guard kernel.kind == .mean else { return value }
        let count = kernel.reduced.reduce(1) { $0 * $1.count }
        return "(\(value) * \(literal(1 / Float(count))))"
    }

    /// One number for a whole row.
    private mutating func reduceRow(_ kernel: ReduceKernel, _ names: [String]) {
        let width = VectorWidth(4)
        use(width)
        let inner = kernel.reduced[kernel.reduced.count - 1]
        if inner.strides[0] == 1, inner.count >= 8 {
            reduceUnitRow(kernel, names[0], inner.count)
        } else {
            accumulate(kernel, names[0], width) { width.splat("(\($0)).pointee") }
        }
        let value = apply(kernel.epilogue, to: mean(kernel, "s"), lanes: 4) { operand in
            width.splat("(\(names[operand.stream])).pointee")
        }
        out.line("(\(names[1])).pointee = \(value)[0]")
    }

    /// Along a row of neighbours: four lanes at a time, then the lanes among themselves.
    private mutating func reduceUnitRow(_ kernel: ReduceKernel, _ base: String, _ count: Int) {
        let width = VectorWidth(4)
        var vectors = kernel
        vectors.reduced[vectors.reduced.count - 1] = Loop(count / 4, [4])
        accumulate(vectors, base, width) { width.load($0) }
        let kind = kernel.kind
        out.line("var r = s[0]")
        func add(_ writer: inout KernelWriter, _ element: String) {
            switch kind {
            case .sum, .mean: writer.out.line("r += \(element)")
            default:
                let combined = writer.combine(
                    kind, width.splat("r"), width.splat(element), lanes: 4)
                writer.out.line("r = \(combined)[0]")
            }
        }
        for lane in 1..<4 { add(&self, "s[\(lane)]") }
        if count % 4 > 0 {
            nest(
                Array(kernel.reduced.dropLast()), [(name: base, stream: 0)], level: "q"
            ) { writer, names in
                for index in (count / 4 * 4)..<count {
                    add(&writer, "(\(offset(names[0], index))).pointee")
                }
            }
        }
        out.line("s = \(width.splat("r"))")
    }
}
