import Plan

extension KernelWriter {
    /// A filter for each channel: a few neighbouring outputs at once share the inputs they have in
    /// common, channels side by side in vectors.
    mutating func emit(_ kernel: DepthwiseKernel) {
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + kernel.epilogue.operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        let columns = kernel.positions[kernel.positions.count - 1]
        let padded = kernel.weightPitch
        let taps = Self.offsets(kernel.taps)
        let size = target.vectorRegisters >= 32 ? 7 : 4
        let isWhole = kernel.channels.isMultiple(of: kernel.lanes)
        let (now, later) = isWhole ? Self.split(kernel.epilogue) : (kernel.epilogue, nil)
        nest(Array(kernel.positions.dropLast()), streams, level: "_") { writer, names in
            for (count, start, times) in Self.split(columns.count, size) {
                writer.block(times == 1 ? "do" : "for column in 0..<\(times)") { writer in
                    for (slot, stream) in streams.enumerated() {
                        let stride = columns.strides[stream.stream]
                        writer.out.line(
                            "let \(stream.name)t = "
                                + pointerText(
                                    names[slot], [(times == 1 ? nil : "column", stride * size)],
                                    plus: start * stride))
                    }
                    for run in VectorWidth.runs(kernel.channels, lanes: kernel.lanes) {
                        writer.channels(run) { writer, channel in
                            writer.depthwiseTile(
                                kernel, now, taps, columns, count, padded, channel, run.width)
                        }
                    }
                    if let later {
                        writer.run(
                            later, "yt", kernel.channels / kernel.lanes, rows: count,
                            stride: columns.strides[1], lanes: kernel.lanes)
                    }
                }
            }
        }
    }

    /// The offsets that nested loops of one stream visit, in order.
    static func offsets(_ loops: [Loop]) -> [Int] {
        loops.reduce([0]) { offsets, loop in
            offsets.flatMap { base in (0..<loop.count).map { base + $0 * loop.strides[0] } }
        }
    }

    /// A run of vectors along the channels; the body gets the expression of the first channel.
    mutating func channels(
        _ run: VectorWidth.Run, _ body: (inout KernelWriter, String?) -> Void
    ) {
        use(run.width)
        if run.times == 1 {
            block("do") { writer in
                if run.start > 0 { writer.out.line("let c = \(run.start)") }
                body(&writer, run.start > 0 ? "c" : nil)
            }
        } else {
            block("for block in 0..<\(run.times)") { writer in
                writer.out.line(
                    "let c = block * \(run.width.lanes)" + (run.start > 0 ? " + \(run.start)" : ""))
                body(&writer, "c")
            }
        }
    }

    private mutating func depthwiseTile(
        _ kernel: DepthwiseKernel, _ epilogue: [EpilogueInstruction], _ taps: [Int],
        _ columns: Loop, _ count: Int, _ padded: Int,
        _ channel: String?, _ width: VectorWidth
    ) {
        let lanes = width.lanes
        // Weights and bias are padded to whole vectors: they can be read in full.
        let whole = VectorWidth(lanes)
        out.line("let bv = \(whole.load(pointerText("b", [(channel, 1)])))")
        for index in 0..<count { out.line("var s\(index) = bv") }
        // Inputs in order of their place, each loaded once for all outputs that read it.
        var uses: [Int: [(output: Int, tap: Int)]] = [:]
        for output in 0..<count {
            for (tap, offset) in taps.enumerated() {
                uses[output * columns.strides[0] + offset, default: []].append((output, tap))
            }
        }
        if taps.count <= 9 {
            for tap in taps.indices {
                out.line(
                    "let w\(tap) = "
                        + whole.load(pointerText("w", [(channel, 1)], plus: tap * padded)))
            }
        }
        for (number, place) in uses.keys.sorted().enumerated() {
            out.line(
                "let a\(number) = " + width.load(pointerText("xt", [(channel, 1)], plus: place)))
            let products = uses[place]!.map { output, tap in
                let weight =
                    taps.count <= 9
                    ? "w\(tap)" : whole.load(pointerText("w", [(channel, 1)], plus: tap * padded))
                return "s\(output) = madd(a\(number), \(weight), s\(output))"
            }
            for product in products { out.line(product) }
        }
        for index in 0..<count {
            let value = apply(epilogue, to: "s\(index)", lanes: lanes) { operand in
                let stride = kernel.channelStrides[operand.stream]
                return Self.operandText(
                    pointerText(
                        "e\(operand.stream)t", [(channel, stride)],
                        plus: index * columns.strides[operand.stream]), stride: stride,
                    operand.location.region == .constants ? whole : width)
            }
            out.line(
                width.store(
                    pointerText("yt", [(channel, 1)], plus: index * columns.strides[1]), value))
        }
    }
}
