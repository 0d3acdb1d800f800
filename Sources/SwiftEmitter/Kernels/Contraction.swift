import Plan

extension KernelWriter {
    /// A convolution or a product with a matrix: blocks of filters, tiles of output positions, a tile's
    /// sums in registers over the whole reduction, the epilogue on the way out.
    mutating func emit(_ kernel: ContractionKernel) {
        let blocks = kernel.layout.blocks
        groupLoop(kernel) { writer in
            if kernel.order == .filtersOuter {
                writer.blockLoop(kernel, blocks) { writer, block, start in
                    writer.loadBias(kernel, block, start)
                    if kernel.prefetches {
                        writer.out.line("// The next block's weights, a part with each tile.")
                        writer.out.line(
                            "var ahead = wb + \(block.vectors * block.lanes * kernel.reductionCount)"
                        )
                    }
                    writer.positions(kernel) { writer, rows, columns in
                        writer.tile(kernel, block, start, rows: rows, columns: columns)
                    }
                }
            } else {
                writer.positions(kernel) { writer, rows, columns in
                    for stream in kernel.streamsAhead {
                        writer.startAhead(
                            kernel, stream, places: rows * columns, plus: nil)
                    }
                    writer.blockLoop(kernel, blocks) { writer, block, start in
                        writer.loadBias(kernel, block, start)
                        writer.tile(kernel, block, start, rows: rows, columns: columns)
                    }
                }
            }
        }
    }

    private mutating func groupLoop(
        _ kernel: ContractionKernel, _ body: (inout KernelWriter) -> Void
    ) {
        guard kernel.groups > 1 else {
            body(&self)
            return
        }
        let layout = kernel.layout
        block("for g in 0..<\(kernel.groups)") { writer in
            writer.out.line("let x = x + g * \(kernel.inputGroupStride)")
            writer.out.line("let w = w + g * \(layout.weightsPerGroup)")
            if kernel.bias != nil { writer.out.line("let b = b + g * \(layout.paddedFilters)") }
            writer.out.line("let y = y + g * \(kernel.outputGroupStride)")
            for operand in kernel.epilogue.operands {
                let stride = kernel.filterStrides[operand.stream]
                if stride != 0 {
                    writer.out.line(
                        "let e\(operand.stream) = e\(operand.stream) + g * \(kernel.filters * stride)"
                    )
                }
            }
            body(&writer)
        }
    }

    /// The blocks that are alike as a loop, the others by themselves. The body gets the first filter:
    /// an expression, or nil for 0.
    private mutating func blockLoop(
        _ kernel: ContractionKernel, _ blocks: [WeightsLayout.Block],
        _ body: (inout KernelWriter, WeightsLayout.Block, String?) -> Void
    ) {
        let width = kernel.tile.vectors * kernel.lanes
        let full = blocks.filter { $0.valid == width }.count
        if full > 1 {
            block("for block in 0..<\(full)") { writer in
                writer.out.line("let k = block * \(width)")
                writer.out.line("let wb = w + k * \(kernel.reductionCount)")
                body(&writer, blocks[0], "k")
            }
        }
        for block in blocks[(full > 1 ? full : 0)...] {
            let alone = blocks.count == 1
            self.block(alone ? "" : "do") { writer in
                if block.start > 0 { writer.out.line("let k = \(block.start)") }
                writer.out.line("let wb = \(offset("w", block.offset))")
                body(&writer, block, block.start > 0 ? "k" : nil)
            }
        }
    }

    private mutating func loadBias(
        _ kernel: ContractionKernel, _ block: WeightsLayout.Block, _ start: String?
    ) {
        for vector in 0..<block.vectors {
            let width = block.width(vector)
            use(VectorWidth(width))
            let value =
                kernel.bias == nil
                ? "splat\(width)(0)"
                : "load\(width)("
                    + pointerText("b", [(start, 1)], plus: vector * block.lanes) + ")"
            out.line("let b\(vector) = \(value)")
        }
    }

    /// Loops over tiles of positions; the body's tile starts at pointers `xt`, `yt`, `et2`...
    private mutating func positions(
        _ kernel: ContractionKernel, _ body: (inout KernelWriter, Int, Int) -> Void
    ) {
        let streams = pointerStreams(kernel)
        let useRows = kernel.tile.rows > 1 && kernel.positions.count > 1
        let inner = useRows ? 2 : 1
        let outer = Array(kernel.positions.dropLast(inner))
        let columns = kernel.positions[kernel.positions.count - 1]
        nest(outer, streams, level: "_") { writer, names in
            func columnTiles(_ writer: inout KernelWriter, _ names: [String], _ rows: Int) {
                writer.tiles("column", columns, kernel.tile.columns, streams, names, "t") {
                    body(&$0, rows, $1)
                }
            }
            if useRows {
                let rows = kernel.positions[kernel.positions.count - 2]
                let current = zip(streams, names).map { (name: $1, stream: $0.stream) }
                writer.rowTiles(rows, kernel.tile.rows, streams, current.map(\.name)) {
                    writer, names, count in
                    columnTiles(&writer, names, count)
                }
            } else {
                columnTiles(&writer, names, 1)
            }
        }
    }

    private func pointerStreams(_ kernel: ContractionKernel) -> [(name: String, stream: Int)] {
        [("x", 0), ("y", 1)] + kernel.epilogue.operands.map { ("e\($0.stream)", $0.stream) }
    }

    private mutating func rowTiles(
        _ loop: Loop, _ size: Int, _ streams: [(name: String, stream: Int)], _ names: [String],
        _ body: (inout KernelWriter, [String], Int) -> Void
    ) {
        for (count, start, times) in Self.split(loop.count, size) {
            block(times == 1 ? "do" : "for row in 0..<\(times)") { writer in
                var inner: [String] = []
                let variable = times == 1 ? nil : "row"
                for (slot, stream) in streams.enumerated() {
                    let stride = loop.strides[stream.stream]
                    let name = "\(stream.name)r"
                    writer.out.line(
                        "let \(name) = "
                            + pointerText(
                                names[slot], [(variable, stride * size)], plus: start * stride))
                    inner.append(name)
                }
                body(&writer, inner, count)
            }
        }
    }

    /// A loop in tiles of `size`, and what is left in one of its own; the body's pointers have the
    /// suffix.
    mutating func tiles(
        _ index: String, _ loop: Loop, _ size: Int, _ streams: [(name: String, stream: Int)],
        _ names: [String], _ suffix: String, _ body: (inout KernelWriter, Int) -> Void
    ) {
        for (count, start, times) in Self.split(loop.count, size) {
            block(times == 1 ? "do" : "for \(index) in 0..<\(times)") { writer in
                for (slot, stream) in streams.enumerated() {
                    let stride = loop.strides[stream.stream]
                    writer.out.line(
                        "let \(stream.name)\(suffix) = "
                            + pointerText(
                                names[slot], [(times == 1 ? nil : index, stride * size)],
                                plus: start * stride))
                }
                body(&writer, count)
            }
        }
    }

    /// `count` in tiles of `size`: the size, where they start, how many there are.
    static func split(_ count: Int, _ size: Int) -> [(count: Int, start: Int, times: Int)] {
        var parts: [(Int, Int, Int)] = []
        if count / size > 0 { parts.append((size, 0, count / size)) }
        if count % size > 0 { parts.append((count % size, count / size * size, 1)) }
        return parts
    }

    /// One tile: all its sums in registers, one pass over the reduction.
    private mutating func tile(
        _ kernel: ContractionKernel, _ block: WeightsLayout.Block, _ start: String?, rows: Int,
        columns: Int
    ) {
        let lanes = kernel.lanes
        let loops = kernel.positions
        let columnStrides = loops[loops.count - 1].strides
        let rowStrides = rows > 1 ? loops[loops.count - 2].strides : columnStrides.map { _ in 0 }
        let places = (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
        func at(_ place: (Int, Int), _ stream: Int) -> Int {
            place.0 * rowStrides[stream] + place.1 * columnStrides[stream]
        }
        let sums = kernel.tile.sums
        for index in places.indices {
            out.line(
                "var "
                    + (0..<block.vectors).map { "c\(index)_\($0) = b\($0)" }.joined(separator: ", ")
            )
            for sum in 1..<max(sums, 1) {
                let more = (0..<block.vectors).map {
                    "\(Self.sum(index, $0, sum)) = splat\(block.width($0))(0)"
                }
                out.line("var " + more.joined(separator: ", "))
            }
        }
        out.line("var wp = wb")
        var aheadSteps: Int?
        if kernel.order == .filtersOuter, !kernel.streamsAhead.isEmpty {
            aheadSteps = kernel.aheadSteps
            for stream in kernel.streamsAhead {
                startAhead(kernel, stream, places: rows * columns, plus: start)
            }
        }
        // Neighbours of a narrower last vector: the lower half of the same register.
        let last = block.width(block.vectors - 1)
        let wide = block.width(0)
        let isNarrower = last < wide
        reduction(
            kernel.reduction, "xt", sums: sums, steps: aheadSteps,
            between: { $0.askForPosition(kernel, block) },
            { writer, sum in
                for vector in 0..<block.vectors {
                    writer.out.line(
                        "let w\(vector) = load\(block.width(vector))("
                            + offset("wp", vector * lanes) + ")")
                }
                for (index, place) in places.enumerated() {
                    let products = (0..<block.vectors).map { vector in
                        let c = Self.sum(index, vector, sum)
                        let isNarrow = isNarrower && vector == block.vectors - 1
                        return "\(c) = madd(\(isNarrow ? "h" : "a")\(index), w\(vector), \(c))"
                    }
                    writer.out.line("let a\(index) = splat\(wide)(xp[\(at(place, 0))])")
                    if isNarrower { writer.out.line("let h\(index) = a\(index).lowHalf") }
                    writer.out.line(products.joined(separator: "; "))
                }
                writer.out.line("wp += \(block.vectors * lanes)")
                if aheadSteps == nil { writer.askForTile(kernel) }
                if kernel.prefetches {
                    // In each step so much that all tiles together have asked for a whole block.
                    let step = (block.vectors * lanes + kernel.tileCount - 1) / kernel.tileCount
                    for line in stride(from: 0, to: step, by: 16) {
                        writer.out.line("prefetch(\(offset("ahead", line)))")
                    }
                    writer.out.line("ahead += \(step)")
                    writer.needs.helpers.insert("prefetch")
                }
            })
        addSums(sums, places: places.count, vectors: block.vectors)
        let isMany = places.count * block.vectors > 1 && block.valid.isMultiple(of: lanes)
        let (now, later) = isMany ? Self.split(kernel.epilogue) : (kernel.epilogue, nil)
        for (index, place) in places.enumerated() {
            for vector in 0..<block.vectors {
                let valid = min(lanes, block.valid - vector * lanes)
                if valid <= 0 { continue }
                let width = VectorWidth(block.width(vector), valid: valid)
                let value = apply(
                    now, to: "c\(index)_\(vector)", lanes: width.lanes
                ) { operand in
                    let stride = kernel.filterStrides[operand.stream]
                    return Self.operandText(
                        pointerText(
                            "e\(operand.stream)t", [(start, stride)],
                            plus: at(place, operand.stream) + vector * lanes * stride),
                        stride: stride,
                        operand.location.region == .constants
                            ? VectorWidth(width.lanes) : width)
                }
                out.line(
                    width.store(
                        pointerText("yt", [(start, 1)], plus: at(place, 1) + vector * lanes), value)
                )
            }
        }
        guard let later else { return }
        for row in 0..<rows {
            run(
                later, pointerText("yt", [(start, 1)], plus: at((row, 0), 1)),
                block.valid / lanes, rows: columns, stride: columnStrides[1], lanes: lanes)
        }
    }

    /// The register of a result's partial sum.
    private static func sum(_ place: Int, _ vector: Int, _ sum: Int) -> String {
        "c\(place)_\(vector)" + (sum > 0 ? "s\(sum)" : "")
    }

    /// Partial sums together, in pairs.
    private mutating func addSums(_ sums: Int, places: Int, vectors: Int) {
        var step = 1
        while step < sums {
            for place in 0..<places {
                for sum in stride(from: 0, to: sums - step, by: 2 * step) {
                    let additions = (0..<vectors).map {
                        "\(Self.sum(place, $0, sum)) += \(Self.sum(place, $0, sum + step))"
                    }
                    out.line(additions.joined(separator: "; "))
                }
            }
            step *= 2
        }
    }

    /// The loops of the reduction around `body`, which reads the input at `xp` and weights at `wp`, and
    /// adds to the partial sum of the number it is given; with `steps`, `between` comes before each so
    /// many steps.
    private mutating func reduction(
        _ loops: [Loop], _ base: String, sums: Int, steps: Int? = nil,
        between: (inout KernelWriter) -> Void = { _ in },
        _ body: (inout KernelWriter, Int) -> Void
    ) {
        func inner(_ count: Int, _ stride: Int, _ writer: inout KernelWriter) {
            func step(_ writer: inout KernelWriter, _ sum: Int) {
                body(&writer, sum)
                writer.out.line("xp += \(stride)")
            }
            if sums > 1, count >= sums {
                writer.block("for _ in 0..<\(count / sums)") { writer in
                    for sum in 0..<sums { writer.block("do") { step(&$0, sum) } }
                }
            }
            let rest = sums > 1 ? count % sums : count
            if rest > 0 { writer.block("for _ in 0..<\(rest)") { step(&$0, 0) } }
        }
        func descend(_ index: Int, _ pointer: String, _ writer: inout KernelWriter) {
            let loop = loops[index]
            if index == loops.count - 1 {
                writer.out.line("var xp = \(pointer)")
                guard let steps else { return inner(loop.count, loop.strides[0], &writer) }
                writer.block("for _ in 0..<\(loop.count / steps)") { writer in
                    between(&writer)
                    inner(steps, loop.strides[0], &writer)
                }
                return
            }
            writer.loopBlock("r\(index)", loop.count) { writer, variable in
                descend(
                    index + 1, pointerText(pointer, [(variable, loop.strides[0])]), &writer)
            }
        }
        descend(0, base, &self)
    }
}

extension ContractionKernel {
    /// Tiles of positions that each block of filters is computed for.
    fileprivate var tileCount: Int {
        let columns = (positions[positions.count - 1].count + tile.columns - 1) / tile.columns
        guard tile.rows > 1, positions.count > 1 else {
            return columns * positions.dropLast().reduce(1) { $0 * $1.count }
        }
        let rows = (positions[positions.count - 2].count + tile.rows - 1) / tile.rows
        return rows * columns * positions.dropLast(2).reduce(1) { $0 * $1.count }
    }
}
