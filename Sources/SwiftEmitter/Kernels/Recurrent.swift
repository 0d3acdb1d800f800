import IR
import Plan

extension KernelWriter {
    /// A recurrence: a loop over time, in it blocks of units (all gates of a unit in one block), their
    /// sums in registers over the whole product with the state, then the cell's arithmetic.
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
        out.line("s.update(repeating: 0, count: \(layout.sums))")
        for (index, name) in initial.enumerated() {
            let target = index == 0 ? layout.previous + kernel.gridStart : layout.extra
            out.line("let s\(index) = \(offset("s", target))")
            let streams = [
                (name: "s\(index)", stream: index == 0 ? 2 : 3), (name: name, stream: 4),
            ]
            nest(kernel.positions, streams, level: "v") { writer, names in
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
            if kernel.turnsAround {
                writer.out.line("let back = t & 1, way = 1 - 2 * back")
            }
            for index in passes.indices { writer.pass(kernel, passes[index], index, "xt", yt) }
            if alternates { writer.out.line("swap(&h, &g)") }
        }
        storeFinalState(kernel, y)
    }

    /// The states behind the last step, next to the output.
    private mutating func storeFinalState(_ kernel: RecurrentKernel, _ y: String) {
        for (index, distance) in kernel.finalState.enumerated() {
            let source = index == 0 ? offset("h", kernel.gridStart) : "c"
            out.line("let to\(index) = \(offset(y, distance))")
            out.line("let from\(index) = \(source)")
            let streams = [
                (name: "to\(index)", stream: 1),
                (name: "from\(index)", stream: index == 0 ? 2 : 3),
            ]
            nest(kernel.positions, streams, level: "f") { writer, names in
                writer.out.line("(\(names[0])).update(from: \(names[1]), count: \(kernel.units))")
            }
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
    enum Part: Hashable {
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
    struct RecurrentTile {
        let kernel: RecurrentKernel
        let pass: RecurrentKernel.Pass
        let block: RecurrentLayout.Block
        /// The first unit: an expression, nil for 0.
        let unit: String?
        let names: [Part: String]
        let columns: Int

        /// Units in the tile, padded to whole vectors.
        var width: Int { block.vectors * kernel.lanes }

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
                        RecurrentTile(
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
                let index = kernel.turnsAround ? "(back * \(full - 1) + way * block)" : "block"
                writer.out.line("let k = \(index) * \(width)")
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

    private mutating func tile(_ tile: RecurrentTile, _ pass: Int) {
        let kernel = tile.kernel
        let lanes = kernel.lanes
        let gates = tile.pass.gates
        let vectors = 0..<tile.block.vectors
        func sum(_ column: Int, _ gate: Int, _ vector: Int) -> String {
            "a\(column)_\(gate)_\(vector)"
        }
        for column in 0..<tile.columns {
            for gate in gates {
                for vector in vectors {
                    out.line(
                        "var \(sum(column, gate, vector)) = \(firstSum(tile, column, gate, vector))"
                    )
                }
            }
        }
        let width = gates.count * tile.width
        products(kernel, tile.names[.read]!, width: width) { writer in
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
                    for vector in vectors {
                        let sum = sum(column, gate, vector)
                        writer.out.line("\(sum) = madd(u\(column), w\(gate)_\(vector), \(sum))")
                    }
                }
            }
        }
        // By way of memory, so that functions run over all units of a tile: written out for each vector
        // they outgrow what the compiler is ready to inline.
        var place = kernel.stateLayout.sums
        for gate in gates {
            for column in 0..<tile.columns {
                for vector in vectors {
                    out.line("store\(lanes)(\(offset("s", place)), \(sum(column, gate, vector)))")
                    place += lanes
                }
            }
        }
        finish(tile, pass)
    }

    /// What a gate's sum starts from: its part of the projected input, and the recurrent bias.
    private func firstSum(_ tile: RecurrentTile, _ column: Int, _ gate: Int, _ vector: Int)
        -> String
    {
        let kernel = tile.kernel
        let place = vector * kernel.lanes
        let x = tile.width(vector).load(
            pointerText(
                tile.names[.x]!, [(tile.unit, 1)],
                plus: column * kernel.positions.last!.strides[0] + gate * kernel.units + place))
        guard kernel.bias != nil else { return x }
        let bias = pointerText("b", [(tile.unit, 1)], plus: gate * kernel.pitch + place)
        let load = "load\(kernel.lanes)(\(bias))"
        // The candidate's product is reset before the input is added.
        return gate == 2 ? load : "\(x) + \(load)"
    }

    /// The loops of the product around `body`, which reads the state at `rp` and the weights of one
    /// step of the reduction, `width` of them, at `wp`.
    private mutating func products(
        _ kernel: RecurrentKernel, _ base: String, width: Int,
        _ body: (inout KernelWriter) -> Void
    ) {
        if kernel.turnsAround {
            let last = kernel.reductionCount - 1
            out.line("var wp = wb + back * \(last * width)")
            out.line("var rp = \(base) + back * \(last)")
            block("for _ in 0..<\(kernel.reductionCount)") { writer in
                body(&writer)
                writer.out.line("wp += way * \(width)")
                writer.out.line("rp += way")
            }
            return
        }
        func descend(_ index: Int, _ pointer: String, _ writer: inout KernelWriter) {
            let loop = kernel.reduction[index]
            guard index == kernel.reduction.count - 1 else {
                writer.loopBlock("k\(index)", loop.count) { writer, variable in
                    descend(
                        index + 1, pointerText(pointer, [(variable, loop.strides[0])]), &writer)
                }
                return
            }
            writer.out.line("var rp = \(pointer)")
            writer.block("for _ in 0..<\(loop.count)") { writer in
                body(&writer)
                writer.out.line("wp += \(width)")
                writer.out.line("rp += 1")
            }
        }
        out.line("var wp = wb")
        descend(0, base, &self)
    }
}

extension RecurrentOp.Cell {
    /// Whether the state's memory has a part without padding.
    fileprivate var usesExtra: Bool { self == .lstm || self == .gruResetBefore }
}
