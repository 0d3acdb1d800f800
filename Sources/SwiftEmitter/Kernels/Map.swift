import Plan

extension KernelWriter {
    /// Element by element: in vectors where every stream moves by 1 or stands still.
    mutating func emit(_ kernel: MapKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        let inner = kernel.loops[kernel.loops.count - 1]
        let isVector = inner.strides[1] == 1 && inner.strides.allSatisfy { $0 == 0 || $0 == 1 }
        nest(Array(kernel.loops.dropLast()), streams, level: "_") { writer, names in
            if isVector {
                for run in VectorWidth.runs(inner.count, lanes: writer.lanes) {
                    writer.channels(run) { writer, index in
                        writer.mapElements(kernel, names, inner, index, run.width)
                    }
                }
            } else {
                writer.loopBlock("i", inner.count) { writer, index in
                    writer.mapElement(kernel, names, inner, index)
                }
            }
        }
    }

    private mutating func mapElements(
        _ kernel: MapKernel, _ names: [String], _ inner: Loop, _ index: String?,
        _ width: VectorWidth
    ) {
        func read(_ slot: Int, _ stream: Int) -> String {
            let stride = inner.strides[stream]
            return Self.operandText(
                pointerText(names[slot], [(index, stride)]), stride: stride, width)
        }
        let operands = kernel.epilogue.operands
        let value = apply(kernel.epilogue, to: read(0, 0), lanes: width.lanes) { operand in
            read(2 + operands.firstIndex(of: operand)!, operand.stream)
        }
        out.line(width.store(pointerText(names[1], [(index, 1)]), value))
    }

    /// One element at a time, in the first lane of a small vector where functions are applied.
    private mutating func mapElement(
        _ kernel: MapKernel, _ names: [String], _ inner: Loop, _ index: String?
    ) {
        func read(_ slot: Int, _ stream: Int) -> String {
            "(\(pointerText(names[slot], [(index, inner.strides[stream])]))).pointee"
        }
        let target = "(\(pointerText(names[1], [(index, inner.strides[1])]))).pointee"
        guard !kernel.epilogue.isEmpty else {
            out.line("\(target) = \(read(0, 0))")
            return
        }
        let width = VectorWidth(4)
        use(width)
        let operands = kernel.epilogue.operands
        let value = apply(kernel.epilogue, to: width.splat(read(0, 0)), lanes: 4) { operand in
            width.splat(read(2 + operands.firstIndex(of: operand)!, operand.stream))
        }
        out.line("\(target) = \(value)[0]")
    }

    /// One number into boxes of memory.
    mutating func emit(_ kernel: FillKernel) {
        let value = literal(kernel.value)
        for (number, box) in kernel.boxes.enumerated() {
            let inner = box.loops[box.loops.count - 1]
            nest(
                Array(box.loops.dropLast()), [(name: "y\(number)", stream: 0)], level: "_"
            ) { writer, names in
                if inner.strides[0] == 1 {
                    writer.out.line(
                        "\(Self.pointer(names[0])).update(repeating: \(value), count: \(inner.count))"
                    )
                } else {
                    writer.loopBlock("i", inner.count) { writer, index in
                        writer.out.line(
                            "(\(pointerText(names[0], [(index, inner.strides[0])]))).pointee = \(value)"
                        )
                    }
                }
            }
        }
    }

    private static func pointer(_ text: String) -> String {
        text.contains(" ") ? "(\(text))" : text
    }
}
