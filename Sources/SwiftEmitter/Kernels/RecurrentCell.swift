import IR
import Plan

/// The arithmetic of a recurrent cell over a tile, whose products with the state are in memory.
extension KernelWriter {
    /// One vector of units of one position, in the loops over those of a tile.
    private struct Cell {
        let width: VectorWidth
        /// Expressions for a pointer to the vector.
        let places: [Part: String]
        /// Those of the sums, gate by gate.
        let sums: [String]
        /// The candidate's part of the projected input.
        let candidate: String

        func load(_ part: Part) -> String { load(places[part]!) }
        func sum(_ gate: Int) -> String { load(sums[gate]) }
        private func load(_ place: String) -> String {
            "load\(width.lanes)(UnsafePointer(\(place)))"
        }

        func store(_ part: Part, _ value: String) -> String {
            part == .y
                ? width.store(places[part]!, value)
                : "store\(width.lanes)(\(places[part]!), \(value))"
        }
        func storeSum(_ gate: Int, _ value: String) -> String {
            "store\(width.lanes)(\(sums[gate]), \(value))"
        }
    }

    /// The cell's arithmetic over a tile.
    mutating func finish(_ tile: RecurrentTile, _ pass: Int) {
        let kernel = tile.kernel
        func gates(_ range: Range<Int>, _ writer: inout KernelWriter) {
            writer.activate(kernel.recurrentActivation, tile, range)
        }
        func candidate(_ gate: Int, _ writer: inout KernelWriter) {
            writer.activate(kernel.activation, tile, gate..<gate + 1)
        }
        func mix(_ writer: inout KernelWriter, _ cell: Cell, update: String, candidate: String) {
            writer.out.line("let update = \(update)")
            writer.out.line(
                "let next = madd(update, \(cell.load(.own)), (1 - update) * \(candidate))")
        }
        switch (kernel.cell, pass) {
        case (.simple, _):
            candidate(0, &self)
            cells(tile) { writer, cell in
                writer.out.line("let next = \(cell.sum(0))")
                writer.out.line(cell.store(.next, "next"))
                writer.out.line(cell.store(.y, "next"))
            }
        case (.lstm, _):
            gates(0..<2, &self)
            candidate(2, &self)
            gates(3..<4, &self)
            cells(tile, whole: true) { writer, cell in
                let new = "\(cell.sum(0)) * \(cell.sum(2))"
                writer.out.line(
                    "let carry = madd(\(cell.sum(1)), \(cell.load(.extra)), \(new))")
                writer.out.line(cell.store(.extra, "carry"))
                writer.out.line(cell.storeSum(0, "carry"))
            }
            candidate(0, &self)
            cells(tile) { writer, cell in
                writer.out.line("let next = \(cell.sum(3)) * \(cell.sum(0))")
                writer.out.line(cell.store(.next, "next"))
                writer.out.line(cell.store(.y, "next"))
            }
        case (.gru, _):
            gates(0..<2, &self)
            cells(tile) { writer, cell in
                let sum = "madd(\(cell.sum(1)), \(cell.sum(2)), \(cell.candidate))"
                writer.out.line(cell.storeSum(2, sum))
            }
            candidate(2, &self)
            cells(tile) { writer, cell in
                mix(&writer, cell, update: cell.sum(0), candidate: cell.sum(2))
                writer.out.line(cell.store(.next, "next"))
                writer.out.line(cell.store(.y, "next"))
            }
        case (.gruResetBefore, 0):
            gates(0..<2, &self)
            cells(tile, whole: true) { writer, cell in
                writer.out.line(cell.store(.extra, cell.sum(0)))
                writer.out.line(cell.store(.next, "\(cell.sum(1)) * \(cell.load(.own))"))
            }
        case (.gruResetBefore, _):
            candidate(0, &self)
            cells(tile) { writer, cell in
                mix(&writer, cell, update: cell.load(.extra), candidate: cell.sum(0))
                writer.out.line(cell.store(.own, "next"))
                writer.out.line(cell.store(.y, "next"))
            }
        }
    }

    /// A function over the sums of some gates of a tile, in place.
    private mutating func activate(
        _ function: UnaryFunction, _ tile: RecurrentTile, _ gates: Range<Int>
    ) {
        if function.isIdentity { return }
        let vectors = tile.columns * tile.block.vectors
        let start = tile.kernel.stateLayout.sums + gates.lowerBound * vectors * tile.kernel.lanes
        run(function, offset("s", start), gates.count * vectors, lanes: tile.kernel.lanes)
    }

    /// Loops over a tile's positions and vectors of units; `whole` where nothing but the state is read
    /// and written, which has room for whole vectors.
    private mutating func cells(
        _ tile: RecurrentTile, whole: Bool = false, _ body: (inout KernelWriter, Cell) -> Void
    ) {
        let kernel = tile.kernel
        let lanes = kernel.lanes
        let strides = kernel.positions.last!.strides
        loopBlock("q", tile.columns) { writer, q in
            func cell(_ v: String?, start: Int, _ width: VectorWidth) -> Cell {
                let index: [(name: String?, stride: Int)] = [(v, lanes), (tile.unit, 1)]
                return Cell(
                    width: width,
                    places: tile.names.reduce(into: [:]) { places, entry in
                        places[entry.key] = pointerText(
                            entry.value, [(q, strides[entry.key.stream])] + index, plus: start)
                    },
                    sums: tile.pass.gates.indices.map { gate in
                        let gate = gate - tile.pass.gates.lowerBound
                        return pointerText(
                            "s", [(q, tile.width), (v, lanes)],
                            plus: kernel.stateLayout.sums + gate * tile.columns * tile.width + start
                        )
                    },
                    candidate: width.load(
                        pointerText(
                            tile.names[.x]!, [(q, strides[0])] + index,
                            plus: 2 * kernel.units + start)))
            }
            let full = whole ? tile.block.vectors : tile.block.valid / lanes
            if full > 0 {
                writer.loopBlock("v", full) { body(&$0, cell($1, start: 0, VectorWidth(lanes))) }
            }
            if full < tile.block.vectors {
                writer.block("") { body(&$0, cell(nil, start: full * lanes, tile.width(full))) }
            }
        }
    }
}
