import IR
import Plan

/// Runs a `RecurrentKernel`: step by step the sums of a block of units over some positions into a
/// scratch block, then the cell's arithmetic there, gate by gate.
final class RecurrentRunner {
    private let kernel: RecurrentKernel
    /// Positions whose sums are in `sums` at once.
    private let rowsAtOnce: Int
    private let passes: [(pass: RecurrentKernel.Pass, blocks: [RecurrentLayout.Block])]
    private let state: RecurrentKernel.StateLayout
    /// Streams as in the kernel's positions.
    private let positions: PositionTable
    private let taps: Table<Int>
    private let depth: Int
    private let zeros: Table<Float>
    private let sums: Table<Float>
    /// For each number of vectors that a block may have, where each row of `sums` starts.
    private let rowPlaces: [Table<Int>]
    private let values: Table<Float>
    private let activation: Function
    private let gateActivation: Function

    private typealias Sums = UnsafeMutablePointer<Float>

    /// A function with its parameters as floats; nil where it does nothing.
    private struct Function {
        let kind: UnaryFunction.Kind?
        let parameters: Epilogue.Parameters

        init(_ function: UnaryFunction) {
            kind = function.isIdentity ? nil : function.kind
            let p = function.parameters.map { Float($0) } + [0, 0, 0]
            parameters = (p[0], p[1], p[2])
        }

        func apply(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
            guard let kind else { return }
            Epilogue.applyUnary(kind, parameters, UnsafePointer(x), x, count)
        }
    }

    init(_ kernel: RecurrentKernel) {
        self.kernel = kernel
        passes = kernel.passes.map { ($0, $0.layout.blocks) }
        state = kernel.stateLayout
        positions = PositionTable(kernel.positions, streams: 5)
        taps = Table(kernel.reduction.dropLast().offsets(stream: 0))
        depth = kernel.reduction.last!.count
        rowsAtOnce = min(32, kernel.positionCount)
        let widest = kernel.gateCount * kernel.vectors * kernel.lanes
        zeros = Table(repeating: 0, count: widest)
        let rows = rowsAtOnce
        sums = Table(repeating: 0, count: rows * widest)
        rowPlaces = (0...kernel.gateCount * kernel.vectors).map { vectors in
            Table((0..<rows).map { $0 * vectors * kernel.lanes })
        }
        values = Table(repeating: 0, count: kernel.vectors * kernel.lanes)
        activation = Function(kernel.activation)
        gateActivation = Function(kernel.recurrentActivation)
    }

    func run(_ memory: Memory) {
        for row in 0..<kernel.batch.count { runSequence(row, memory) }
    }

    private func runSequence(_ row: Int, _ memory: Memory) {
        let base = memory.pointer(kernel.state)
        base.update(repeating: 0, count: state.sums)
        let input = memory.pointer(kernel.input) + row * kernel.batch.strides[0]
        let output = memory.pointer(kernel.output) + row * kernel.batch.strides[1]
        let mask = kernel.mask.map { memory.pointer($0) + row * kernel.batch.strides[2] }
        loadInitialState(row, memory, base)
        if mask != nil, !kernel.returnsSequence { eachRow(output) { self.clear($0) } }
        var previous = base + state.previous
        var next = base + state.next
        for step in 0..<kernel.time.count {
            let y = output + step * kernel.time.strides[1]
            if let mask, mask[step * kernel.time.strides[2]] == 0 {
                skip(y, isFirst: step == 0)
                continue
            }
            let x = input + step * kernel.time.strides[0]
            for index in passes.indices {
                run(
                    index, memory, x: x, y: y, previous: previous, next: next,
                    extra: base + state.extra)
            }
            // A cell of two passes updates its state in place.
            if passes.count == 1 { swap(&previous, &next) }
        }
        storeFinalState(output, h: previous, extra: base + state.extra)
    }

    /// The states behind the last step, next to the output.
    private func storeFinalState(
        _ output: UnsafeMutablePointer<Float>, h: UnsafeMutablePointer<Float>,
        extra: UnsafeMutablePointer<Float>
    ) {
        for (index, distance) in kernel.finalState.enumerated() {
            let (source, stream) = index == 0 ? (h + kernel.gridStart, 2) : (extra, 3)
            eachPosition { places in
                (output + distance + places[positions.capacity]).update(
                    from: source + places[stream * positions.capacity], count: kernel.units)
            }
        }
    }

    private func loadInitialState(
        _ row: Int, _ memory: Memory, _ base: UnsafeMutablePointer<Float>
    ) {
        for (index, location) in kernel.initialState.enumerated() {
            let source =
                memory.pointer(location) + row * kernel.positionCount * kernel.units
            let (target, stream) =
                index == 0
                ? (base + state.previous + kernel.gridStart, 2) : (base + state.extra, 3)
            eachPosition { places in
                (target + places[stream * positions.capacity]).update(
                    from: source + places[4 * positions.capacity], count: kernel.units)
            }
        }
    }

    /// The output of a masked step.
    private func skip(_ y: UnsafeMutablePointer<Float>, isFirst: Bool) {
        if kernel.zerosMasked || (isFirst && kernel.returnsSequence) {
            eachRow(y) { self.clear($0) }
        } else if kernel.returnsSequence {
            let stride = kernel.time.strides[1]
            eachRow(y) { $0.update(from: $0 - stride, count: kernel.units) }
        }
    }

    private func clear(_ row: UnsafeMutablePointer<Float>) {
        row.update(repeating: 0, count: kernel.units)
    }

    private func eachRow(
        _ y: UnsafeMutablePointer<Float>, _ body: (UnsafeMutablePointer<Float>) -> Void
    ) {
        eachPosition { body(y + $0[positions.capacity]) }
    }

    private func eachPosition(_ body: (UnsafePointer<Int>) -> Void) {
        var start = 0
        while start < positions.count {
            let count = min(positions.capacity, positions.count - start)
            let places = positions.offsets(from: start, count)
            for index in 0..<count { body(places + index) }
            start += count
        }
    }

    // MARK: A step

    private func run(
        _ index: Int, _ memory: Memory, x: UnsafeMutablePointer<Float>,
        y: UnsafeMutablePointer<Float>, previous: UnsafeMutablePointer<Float>,
        next: UnsafeMutablePointer<Float>, extra: UnsafeMutablePointer<Float>
    ) {
        let (pass, blocks) = passes[index]
        let weights = memory.pointer(kernel.weights) + pass.weightsOffset
        let start = kernel.gridStart
        var sum = TileSum(
            // The second pass reads the previous state times the reset gate.
            input: UnsafePointer(index == 0 ? previous : next), taps: UnsafePointer(taps.pointer),
            tapCount: taps.count, depth: depth, weights: UnsafePointer(weights), pitch: 0,
            bias: UnsafePointer(zeros.pointer))
        let capacity = positions.capacity
        for block in blocks {
            let width = pass.gates.count * block.vectors * kernel.lanes
            sum.pitch = width
            let sink = TileSink(
                output: sums.pointer,
                places: UnsafePointer(
                    rowPlaces[pass.gates.count * block.vectors].pointer))
            var first = 0
            while first < positions.count {
                let count = min(rowsAtOnce, positions.count - first)
                let places = positions.offsets(from: first, min(count, capacity))
                var done = 0
                while done < width {
                    sum.weights = UnsafePointer(weights + block.offset + done)
                    done += sum.run(
                        places + 2 * capacity, count, width: width - done,
                        sink.advanced(by: done))
                }
                for position in 0..<count {
                    let place = places + position
                    let gridPlace = start + place[2 * capacity] + block.start
                    finish(
                        Cell(
                            pass: index, block: block,
                            sums: sums.pointer + position * width,
                            x: x + place[0] + block.start,
                            y: y + place[capacity] + block.start,
                            previous: previous + gridPlace, next: next + gridPlace,
                            extra: extra + place[3 * capacity] + block.start,
                            bias: kernel.bias.map { memory.pointer($0) + block.start }))
                }
                first += count
            }
        }
    }

    /// A block of units at one position: where everything about it stands.
    private struct Cell {
        let pass: Int
        let block: RecurrentLayout.Block
        /// The products with the state, gate by gate.
        let sums: UnsafeMutablePointer<Float>
        let x: UnsafeMutablePointer<Float>
        let y: UnsafeMutablePointer<Float>
        let previous: UnsafeMutablePointer<Float>
        let next: UnsafeMutablePointer<Float>
        let extra: UnsafeMutablePointer<Float>
        let bias: UnsafeMutablePointer<Float>?
    }

    private func finish(_ cell: Cell) {
        let count = cell.block.valid
        let width = cell.block.vectors * kernel.lanes
        func gate(_ index: Int) -> UnsafeMutablePointer<Float> { cell.sums + index * width }
        /// The sum of a gate with its part of the input, through a function.
        func open(_ index: Int, input: Int, _ function: Function) -> UnsafeMutablePointer<Float> {
            let sum = gate(index)
            Self.add(sum, cell.x + input * kernel.units, count)
            if let bias = cell.bias { Self.add(sum, bias + input * kernel.pitch, count) }
            function.apply(sum, count)
            return sum
        }
        let h: UnsafeMutablePointer<Float>
        switch (kernel.cell, cell.pass) {
        case (.simple, _):
            h = open(0, input: 0, activation)
        case (.lstm, _):
            let i = open(0, input: 0, gateActivation)
            let f = open(1, input: 1, gateActivation)
            let c = open(2, input: 2, activation)
            let o = open(3, input: 3, gateActivation)
            Self.combine(cell.extra, count) { index in
                f[index] * cell.extra[index] + i[index] * c[index]
            }
            h = values.pointer
            h.update(from: cell.extra, count: count)
            activation.apply(h, count)
            Self.combine(h, count) { o[$0] * h[$0] }
        case (.gru, _):
            let z = open(0, input: 0, gateActivation)
            let r = open(1, input: 1, gateActivation)
            h = gate(2)
            let bias = cell.bias! + 2 * kernel.pitch
            let x = cell.x + 2 * kernel.units
            Self.combine(h, count) { x[$0] + r[$0] * (h[$0] + bias[$0]) }
            activation.apply(h, count)
            Self.combine(h, count) { z[$0] * cell.previous[$0] + (1 - z[$0]) * h[$0] }
        case (.gruResetBefore, 0):
            let z = open(0, input: 0, gateActivation)
            let r = open(1, input: 1, gateActivation)
            cell.extra.update(from: z, count: count)
            Self.combine(cell.next, count) { r[$0] * cell.previous[$0] }
            return
        case (.gruResetBefore, _):
            h = open(0, input: 2, activation)
            let z = cell.extra
            Self.combine(h, count) { z[$0] * cell.previous[$0] + (1 - z[$0]) * h[$0] }
            cell.previous.update(from: h, count: count)
            cell.y.update(from: h, count: count)
            return
        }
        cell.next.update(from: h, count: count)
        cell.y.update(from: h, count: count)
    }

    @inline(__always)
    private static func combine(
        _ target: UnsafeMutablePointer<Float>, _ count: Int, _ function: (Int) -> Float
    ) {
        for index in 0..<count { target[index] = function(index) }
    }

    private static func add(
        _ target: UnsafeMutablePointer<Float>, _ source: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        combine(target, count) { target[$0] + source[$0] }
    }
}
