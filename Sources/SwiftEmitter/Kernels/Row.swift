import IR
import Plan

extension KernelWriter {
    /// Softmax and normalization: passes over each row, in vectors where its elements are neighbours.
    mutating func emit(_ kernel: RowKernel) {
        let operands = kernel.epilogue.operands
        let streams =
            [(name: "x", stream: 0), (name: "y", stream: 1)]
            + operands.map { (name: "e\($0.stream)", stream: $0.stream) }
        nest(kernel.rows, streams, level: "_") { writer, names in
            switch kernel.function {
            case .softmax(.sparsemax): writer.sparsemax(kernel, names)
            case .softmax(let kind): writer.softmax(kernel, names, kind)
            case .normalize(let kind, let epsilon):
                writer.normalize(kernel, names, kind, epsilon)
            }
        }
    }

    /// One pass over a row; the body gets an element's pointers and the width.
    private mutating func pass(
        _ kernel: RowKernel, _ names: [String], _ tag: String,
        _ body: (inout KernelWriter, _ pointers: [String], _ inner: Loop, VectorWidth) -> Void
    ) {
        let inner = kernel.row[kernel.row.count - 1]
        let streams = names.enumerated().map { (name: $1, stream: $0) }
        nest(Array(kernel.row.dropLast()), streams, level: tag) { writer, names in
            if Self.isVector(inner) {
                for run in VectorWidth.runs(inner.count, lanes: writer.lanes) {
                    writer.channels(run) { writer, index in
                        let pointers = names.enumerated().map { stream, name in
                            pointerText(name, [(index, inner.strides[stream])])
                        }
                        body(&writer, pointers, inner, run.width)
                    }
                }
            } else {
                writer.use(VectorWidth(4))
                writer.loopBlock("i", inner.count) { writer, index in
                    let pointers = names.enumerated().map { stream, name in
                        pointerText(name, [(index, inner.strides[stream])])
                    }
                    body(&writer, pointers, inner, VectorWidth(4, valid: 1))
                }
            }
        }
    }

    /// Whether elements are neighbours in memory, or the same one.
    private static func isVector(_ inner: Loop) -> Bool {
        inner.strides.allSatisfy { $0 == 0 || $0 == 1 } && inner.strides[0] == 1
            && inner.strides[1] == 1
    }

    /// The widths that `pass` takes a row in, the widest first.
    private func widths(_ kernel: RowKernel) -> [Int] {
        let inner = kernel.row[kernel.row.count - 1]
        guard Self.isVector(inner) else { return [4] }
        return Set(VectorWidth.runs(inner.count, lanes: lanes).map(\.width.lanes)).sorted(by: >)
    }

    /// One value of a whole row, `let name`: lane by lane in a pass over it, then the lanes together.
    /// Lanes beyond the valid ones hold the neutral element.
    private mutating func reduce(
        _ kernel: RowKernel, _ names: [String], _ tag: String, into name: String,
        from start: String,
        by reduction: Reduction,
        _ body: (inout KernelWriter, _ pointers: [String], VectorWidth) -> String
    ) {
        let widths = widths(kernel)
        needs.helpers.insert(reduction.helper)
        for lanes in widths {
            use(VectorWidth(lanes))
            out.line("var \(name)\(lanes) = splat\(lanes)(\(start))")
        }
        pass(kernel, names, tag) { writer, pointers, _, width in
            let value = body(&writer, pointers, width)
            let sum = "\(name)\(width.lanes)"
            writer.out.line("\(sum) = \(reduction.of(sum, value))")
        }
        let parts = widths.map { "\(reduction.helper)(\(name)\($0))" }
        out.line("let \(name) = \(parts.dropFirst().reduce(parts[0], reduction.of))")
    }

    /// How lanes become one value, and two values or vectors one.
    private struct Reduction {
        let helper: String
        let of: (String, String) -> String
    }

    private static var sum: Reduction { Reduction(helper: "sum") { "\($0) + \($1)" } }
    private static var maximum: Reduction {
        Reduction(helper: "largest") { "larger(\($0), \($1))" }
    }

    private mutating func softmax(
        _ kernel: RowKernel, _ names: [String], _ kind: SoftmaxOp.Kind
    ) {
        reduce(
            kernel, names, "m", into: "top", from: "-Float.infinity", by: Self.maximum
        ) { _, pointers, width in width.load(pointers[0], fill: "-Float.infinity") }
        if kind == .joint { out.line("let base = top.isFinite ? top : 0") }
        let base = kind == .joint ? "base" : "top"
        reduce(kernel, names, "s", into: "total", from: "0", by: Self.sum) {
            writer, pointers, width in
            let lanes = width.lanes
            writer.needs.functions.insert(Needs.Function(name: "expnormal", lanes: lanes))
            let load = width.load(pointers[0], fill: "-Float.infinity")
            writer.out.line("let v = vectorExpNormal(\(load) - \(base))")
            if kind == .softmax { writer.out.line(width.store(pointers[1], "v")) }
            return "v"
        }
        if kind == .softmax {
            out.line("let share = 1 / total")
            pass(kernel, names, "d") { writer, pointers, _, width in
                writer.out.line(
                    width.store(
                        pointers[1], "\(width.load("UnsafePointer(\(pointers[1]))")) * share"))
            }
        } else {
            needs.functions.insert(Needs.Function(name: "log", lanes: 4))
            use(VectorWidth(4))
            out.line("let shift = \(base) + vectorLog(splat4(total))[0]")
            pass(kernel, names, "d") { writer, pointers, _, width in
                let logarithm = "\(width.load(pointers[0])) - shift"
                writer.out.line(
                    width.store(
                        pointers[1],
                        kind == .joint ? "vectorExpNormal(\(logarithm))" : logarithm))
            }
        }
    }

    private mutating func normalize(
        _ kernel: RowKernel, _ names: [String], _ kind: NormalizeOp.Kind, _ epsilon: Double
    ) {
        let count = Float(kernel.rowCount)
        if kind == .standard {
            reduce(kernel, names, "m", into: "total", from: "0", by: Self.sum) {
                _, pointers, width in width.load(pointers[0])
            }
            out.line("let mean = total / \(literal(count))")
        }
        reduce(kernel, names, "v", into: "squares", from: "0", by: Self.sum) {
            writer, pointers, width in
            if kind == .standard {
                writer.out.line(
                    "let d = \(width.load(pointers[0], fill: "mean")) - mean")
            } else {
                writer.out.line("let d = \(width.load(pointers[0]))")
            }
            return "d * d"
        }
        switch kind {
        case .standard, .rootMeanSquare:
            out.line(
                "let inverse = 1 / (squares / \(literal(count)) + \(literal(Float(epsilon))))"
                    + ".squareRoot()")
        case .unit: out.line("let inverse = min(1 / squares.squareRoot(), 1e12)")
        }
        pass(kernel, names, "d") { writer, pointers, inner, width in
            let centred =
                kind == .standard
                ? "(\(width.load(pointers[0])) - mean)" : width.load(pointers[0])
            let value = writer.apply(
                kernel.epilogue, to: "(\(centred) * inverse)", lanes: width.lanes
            ) { operand in
                let stride = inner.strides[operand.stream]
                return Self.operandText(pointers[operand.stream], stride: stride, width)
            }
            writer.out.line(width.store(pointers[1], value))
        }
    }

    /// Keras's sparsemax: takes elements from the largest down while they belong to the support; the
    /// threshold is (the sum of their cumulative sums - 1) / how many they are.
    private mutating func sparsemax(_ kernel: RowKernel, _ names: [String]) {
        for line in [
            "var count: Float = 0", "var cumulative: Float = 0", "var sums: Float = 0",
            "var last = Float.infinity", "var lastIndex = -1",
        ] { out.line(line) }
        block("while true") { writer in
            for line in [
                "var next = -Float.infinity", "var nextIndex = -1", "var index = 0",
            ] { writer.out.line(line) }
            writer.elements(kernel, names, "s") { writer, pointers in
                writer.out.line("let v = (\(pointers[0])).pointee")
                writer.out.line(
                    "let isLater = v < last || (v == last && index > lastIndex)")
                writer.out.line(
                    "if isLater && (v > next || nextIndex < 0) { next = v; nextIndex = index }")
                writer.out.line("index += 1")
            }
            writer.out.line(
                "if nextIndex < 0 || !(1 + (count + 1) * next > cumulative + next) { break }")
            for line in [
                "count += 1", "cumulative += next", "sums += cumulative", "last = next",
                "lastIndex = nextIndex",
            ] { writer.out.line(line) }
        }
        out.line("let threshold = (sums - 1) / count")
        elements(kernel, names, "d") { writer, pointers in
            writer.out.line("let d = (\(pointers[0])).pointee - threshold")
            writer.out.line("(\(pointers[1])).pointee = d < 0 ? 0 : d")
        }
    }

    private mutating func elements(
        _ kernel: RowKernel, _ names: [String], _ tag: String,
        _ body: (inout KernelWriter, [String]) -> Void
    ) {
        let streams = names.enumerated().map { (name: $1, stream: $0) }
        nest(kernel.row, streams, level: tag) { writer, names in
            writer.out.open("do")
            body(&writer, names)
            writer.out.close()
        }
    }
}
