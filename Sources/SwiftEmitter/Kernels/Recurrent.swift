import IR
import Plan

extension KernelWriter {
    /// A recurrence: a loop over time, in it blocks of units (all gates of a unit in one block), their
    /// sums in registers over the whole product with the state, the cell's arithmetic right there.
    mutating func emit(_ kernel: RecurrentKernel) {
        loopBlock("n", kernel.batch.count) { writer, n in
            func pointer(_ name: String, _ stride: Int) -> String {
                guard n != nil else { return name }
                writer.out.line("let \(name)n = " + pointerText(name, [(n, stride)]))
                return name + "n"
            }
            let x = pointer("x", kernel.batch.strides[0])
            let y = pointer("y", kernel.batch.strides[1])
            let mask = kernel.mask.map { _ in pointer("m", kernel.batch.strides[2]) }
            let initial = kernel.initialState.indices.map {
                pointer("i\($0)", kernel.positionCount * kernel.units)
            }
            writer.start(kernel, y, mask, initial)
            writer.steps(kernel, x, y, mask)
        }
    }

    /// The state before the first step.
    private mutating func start(
        _ kernel: RecurrentKernel, _ y: String, _ mask: String?, _ initial: [String]
    ) {
        let layout = kernel.stateLayout
        out.line("s.update(repeating: 0, count: \(layout.count))")
        for (index, name) in initial.enumerated() {
            let target = index == 0 ? layout.previous + kernel.gridStart : layout.extra
            out.line("let s\(index) = \(offset("s", target))")
            let streams = [(name: "s\(index)", stream: index == 0 ? 2 : 3), (name: name, stream: 4)]
            nest(kernel.positions, streams, level: "i") { writer, names in
                writer.out.line("(\(names[0])).update(from: \(names[1]), count: \(kernel.units))")
            }
        }
        if mask != nil, !kernel.returnsSequence { clear(kernel, y) }
    }

    private mutating func clear(_ kernel: RecurrentKernel, _ y: String) {
        nest(kernel.positions, [(name: y, stream: 1)], level: "z") { writer, names in
            writer.out.line("(\(names[0])).update(repeating: 0, count: \(kernel.units))")
        }
    }

    private mutating func steps(
        _ kernel: RecurrentKernel, _ x: String, _ y: String, _ mask: String?
    ) {
        let layout = kernel.stateLayout
        let passes = kernel.passes
        // A cell of two passes updates its state in place.
        let alternates = passes.count == 1
        out.line("\(alternates ? "var" : "let") h = \(offset("s", layout.previous))")
        out.line("\(alternates ? "var" : "let") g = \(offset("s", layout.next))")
        if kernel.cell.usesExtra { out.line("let c = \(offset("s", layout.extra))") }
        block("for t in 0..<\(kernel.time.count)") { writer in
            let strides = kernel.time.strides
            writer.out.line("let xt = " + pointerText(x, [("t", strides[0])]))
            if kernel.returnsSequence {
                writer.out.line("let yt = " + pointerText(y, [("t", strides[1])]))
            }
            let yt = kernel.returnsSequence ? "yt" : y
            if let mask {
                let step = pointerText(mask, [("t", strides[2])])
                writer.block("if (\(step)).pointee == 0") { writer in
                    writer.skip(kernel, yt)
                    writer.out.line("continue")
                }
            }
            for index in passes.indices { writer.pass(kernel, passes[index], index, "xt", yt) }
            if alternates { writer.out.line("swap(&h, &g)") }
        }
    }

    /// The output of a masked step.
    private mutating func skip(_ kernel: RecurrentKernel, _ y: String) {
        if kernel.zerosMasked {
            clear(kernel, y)
        } else if kernel.returnsSequence {
            block("if t == 0") { $0.clear(kernel, y) }
            block("else") { writer in
                writer.nest(kernel.positions, [(name: y, stream: 1)], level: "q") {
                    let before = offset($1[0], -kernel.time.strides[1])
                    $0.out.line("(\($1[0])).update(from: \(before), count: \(kernel.units))")
                }
            }
        }
    }

    // MARK: A step

    /// A pointer of a pass and its stream in the loops over positions.
    private enum Part: Hashable {
        /// The projected input, the output, and what the product reads.
        case x, y, read
        /// The previous state, the next one, and the one without padding, at the same position.
        case own, next, extra

        var stream: Int {
            switch self {
            case .x: 0
            case .y: 1
            case .read, .own, .next: 2
            case .extra: 3
            }
        }
    }

    private func parts(_ cell: RecurrentOp.Cell, pass: Int) -> [Part] {
        switch (cell, pass) {
        case (.simple, _): [.x, .y, .read, .next]
        case (.lstm, _): [.x, .y, .read, .next, .extra]
        case (.gru, _): [.x, .y, .read, .own, .next]
        case (.gruResetBefore, 0): [.x, .read, .own, .next, .extra]
        case (.gruResetBefore, _): [.x, .y, .read, .own, .extra]
        }
    }

    /// A tile: some positions times a block of units.
    private struct Tile {
        let kernel: RecurrentKernel
        let pass: RecurrentKernel.Pass
        let block: RecurrentLayout.Block
        /// The first unit: an expression, nil for 0.
        let unit: String?
        let names: [Part: String]
        let columns: Int

        /// A pointer to `part` at a position and a vector of the block, `plus` elements on.
        func pointer(_ part: Part, _ column: Int, _ vector: Int, plus: Int = 0) -> String {
            let stride = kernel.positions.last!.strides[part.stream]
            return pointerText(
                names[part]!, [(unit, 1)], plus: column * stride + vector * kernel.lanes + plus)
        }

        func width(_ vector: Int) -> VectorWidth {
            VectorWidth(
                kernel.lanes, valid: min(kernel.lanes, block.valid - vector * kernel.lanes))
        }
    }

    private mutating func pass(
        _ kernel: RecurrentKernel, _ pass: RecurrentKernel.Pass, _ index: Int, _ x: String,
        _ y: String
    ) {
        use(VectorWidth(kernel.lanes))
        let parts = parts(kernel.cell, pass: index)
        var names: [String] = []
        for part in parts {
            switch part {
            case .x: names.append(x)
            case .y: names.append(y)
            case .extra: names.append("c")
            case .read:
                out.line("let r\(index) = UnsafePointer(\(index == 0 ? "h" : "g"))")
                names.append("r\(index)")
            case .own:
                out.line("let o\(index) = \(offset("h", kernel.gridStart))")
                names.append("o\(index)")
            case .next:
                out.line("let g\(index) = \(offset("g", kernel.gridStart))")
                names.append("g\(index)")
            }
        }
        unitBlocks(kernel, pass) { writer, block, unit in
            let streams = zip(names, parts).map { (name: $0, stream: $1.stream) }
            writer.nest(Array(kernel.positions.dropLast()), streams, level: "p") { writer, names in
                writer.columns(kernel, names, parts) { writer, names, columns in
                    writer.tile(
                        Tile(
                            kernel: kernel, pass: pass, block: block, unit: unit,
                            names: Dictionary(uniqueKeysWithValues: zip(parts, names)),
                            columns: columns), index)
                }
            }
        }
    }

    /// The blocks that are alike as a loop, the others by themselves.
    private mutating func unitBlocks(
        _ kernel: RecurrentKernel, _ pass: RecurrentKernel.Pass,
        _ body: (inout KernelWriter, RecurrentLayout.Block, String?) -> Void
    ) {
        let layout = pass.layout
        let blocks = layout.blocks
        let width = layout.vectors * layout.lanes
        let full = blocks.filter { $0.valid == width }.count
        let weights = offset("w", pass.weightsOffset)
        if full > 1 {
            block("for block in 0..<\(full)") { writer in
                writer.out.line("let k = block * \(width)")
                writer.out.line("let wb = \(weights) + k * \(layout.gates * layout.reduction)")
                body(&writer, blocks[0], "k")
            }
        }
        for part in blocks[(full > 1 ? full : 0)...] {
            block("") { writer in
                if part.start > 0 { writer.out.line("let k = \(part.start)") }
                writer.out.line("let wb = \(offset("w", pass.weightsOffset + part.offset))")
                body(&writer, part, part.start > 0 ? "k" : nil)
            }
        }
    }

    /// Tiles along the last loop over positions.
    private mutating func columns(
        _ kernel: RecurrentKernel, _ names: [String], _ parts: [Part],
        _ body: (inout KernelWriter, [String], Int) -> Void
    ) {
        let loop = kernel.positions.last!
        if loop.count == 1 { return body(&self, names, 1) }
        for (count, start, times) in Self.split(loop.count, kernel.columns) {
            block(times == 1 ? "" : "for column in 0..<\(times)") { writer in
                var inner: [String] = []
                for (name, part) in zip(names, parts) {
                    let stride = loop.strides[part.stream]
                    let variable = times == 1 ? nil : "column"
                    writer.out.line(
                        "let \(name)t = "
                            + pointerText(
                                name, [(variable, stride * count)], plus: start * stride))
                    inner.append(name + "t")
                }
                body(&writer, inner, count)
            }
        }
    }

    private mutating func tile(_ tile: Tile, _ pass: Int) {
        let kernel = tile.kernel
        let lanes = kernel.lanes
        let gates = tile.pass.gates
        let vectors = 0..<tile.block.vectors
        for column in 0..<tile.columns {
            for gate in gates {
                let sums = vectors.map {
                    "a\(column)_\(gate)_\($0) = \(firstSum(tile, column, gate, $0))"
                }
                for sum in sums { out.line("var \(sum)") }
            }
        }
        out.line("var wp = wb")
        products(kernel.reduction, tile.names[.read]!) { writer in
            var weights = 0
            for gate in gates {
                for vector in vectors {
                    writer.out.line(
                        "let w\(gate)_\(vector) = load\(lanes)(\(offset("wp", weights)))")
                    weights += lanes
                }
            }
            for column in 0..<tile.columns {
                let place = column * kernel.positions.last!.strides[2]
                writer.out.line("let u\(column) = splat\(lanes)(rp[\(place)])")
                for gate in gates {
                    let lines = vectors.map { vector in
                        let sum = "a\(column)_\(gate)_\(vector)"
                        return "\(sum) = madd(u\(column), w\(gate)_\(vector), \(sum))"
                    }
                    writer.out.line(lines.joined(separator: "; "))
                }
            }
            writer.out.line("wp += \(weights)")
        }
        for column in 0..<tile.columns {
            for vector in vectors { finish(tile, pass, column, vector) }
        }
    }

    /// What a gate's sum starts from: its part of the projected input, and the recurrent bias.
    private func firstSum(_ tile: Tile, _ column: Int, _ gate: Int, _ vector: Int) -> String {
        let kernel = tile.kernel
        let x = input(tile, column, gate, vector)
        guard kernel.bias != nil else { return x }
        let bias =
            "load\(kernel.lanes)("
            + pointerText(
                "b", [(tile.unit, 1)], plus: gate * kernel.pitch + vector * kernel.lanes) + ")"
        // The candidate's product is reset before the input is added.
        return gate == 2 ? bias : "\(x) + \(bias)"
    }

    private func input(_ tile: Tile, _ column: Int, _ gate: Int, _ vector: Int) -> String {
        tile.width(vector).load(
            tile.pointer(.x, column, vector, plus: gate * tile.kernel.units))
    }

    /// The loops of the product around `body`, which reads the state at `rp` and weights at `wp`.
    private mutating func products(
        _ loops: [Loop], _ base: String, _ body: (inout KernelWriter) -> Void
    ) {
        func descend(_ index: Int, _ pointer: String, _ writer: inout KernelWriter) {
            let loop = loops[index]
            guard index == loops.count - 1 else {
                writer.loopBlock("k\(index)", loop.count) { writer, variable in
                    descend(
                        index + 1, pointerText(pointer, [(variable, loop.strides[0])]), &writer)
                }
                return
            }
            writer.out.line("var rp = \(pointer)")
            writer.block("for _ in 0..<\(loop.count)") { writer in
                body(&writer)
                writer.out.line("rp += 1")
            }
        }
        descend(0, base, &self)
    }

    /// The cell's arithmetic on one vector of units, and where its results go.
    private mutating func finish(_ tile: Tile, _ pass: Int, _ column: Int, _ vector: Int) {
        let kernel = tile.kernel
        let lanes = kernel.lanes
        let tag = "\(column)_\(vector)"
        func sum(_ gate: Int) -> String { "a\(column)_\(gate)_\(vector)" }
        func gate(_ index: Int, _ writer: inout KernelWriter) -> String {
            writer.activate(kernel.recurrentActivation, sum(index), lanes)
        }
        func at(_ part: Part) -> String { tile.pointer(part, column, vector) }
        func load(_ part: Part) -> String { "load\(lanes)(UnsafePointer(\(at(part))))" }
        func store(_ part: Part, _ value: String, _ writer: inout KernelWriter) {
            writer.out.line("store\(lanes)(\(at(part)), \(value))")
        }
        switch (kernel.cell, pass) {
        case (.simple, _):
            out.line("let h\(tag) = \(activate(kernel.activation, sum(0), lanes))")
        case (.lstm, _):
            let candidate = activate(kernel.activation, sum(2), lanes)
            out.line("let i\(tag) = \(gate(0, &self)) * \(candidate)")
            out.line("let c\(tag) = madd(\(gate(1, &self)), \(load(.extra)), i\(tag))")
            store(.extra, "c\(tag)", &self)
            let cell = activate(kernel.activation, "c\(tag)", lanes)
            out.line("let h\(tag) = \(gate(3, &self)) * \(cell)")
        case (.gru, _):
            out.line("let z\(tag) = \(gate(0, &self))")
            let reset = "madd(\(gate(1, &self)), \(sum(2)), \(input(tile, column, 2, vector)))"
            out.line("let u\(tag) = \(activate(kernel.activation, reset, lanes))")
            out.line("let h\(tag) = madd(z\(tag), \(load(.own)), (1 - z\(tag)) * u\(tag))")
        case (.gruResetBefore, 0):
            store(.extra, gate(0, &self), &self)
            store(.next, "\(gate(1, &self)) * \(load(.own))", &self)
            return
        case (.gruResetBefore, _):
            out.line("let z\(tag) = \(load(.extra))")
            out.line("let u\(tag) = \(activate(kernel.activation, sum(2), lanes))")
            out.line("let h\(tag) = madd(z\(tag), \(load(.own)), (1 - z\(tag)) * u\(tag))")
            store(.own, "h\(tag)", &self)
            out.line(tile.width(vector).store(at(.y), "h\(tag)"))
            return
        }
        store(.next, "h\(tag)", &self)
        out.line(tile.width(vector).store(at(.y), "h\(tag)"))
    }

    private mutating func activate(
        _ function: UnaryFunction, _ value: String, _ lanes: Int
    ) -> String {
        function.isIdentity ? value : call(function, value, lanes: lanes)
    }
}

extension RecurrentOp.Cell {
    /// Whether the state's memory has a part without padding.
    fileprivate var usesExtra: Bool { self == .lstm || self == .gruResetBefore }
}
