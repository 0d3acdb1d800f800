import IR
import Plan

/// Runs a `ContractionKernel`.
///
/// Positions come in pieces from a table of offsets, and blocks of filters go over a piece tile by
/// tile. A tile is as many positions as registers allow, whatever rows they stand in: the plan's
/// tile decides only how weights are packed.
final class ContractionRunner {
    /// What an epilogue amounts to that a tile can apply to its registers.
    private struct Fusion {
        var scaleSlot: Int?
        var residual: (slot: Int, stream: Int)?
        var raises = false
        var limit: Float?
    }

    /// Positions of a block that are summed before a general epilogue runs over them.
    private static let rowsAtOnce = 32

    private let kernel: ContractionKernel
    private let positions: PositionTable
    private let taps: Table<Int>
    private let depth: Int
    private let blocks: [WeightsLayout.Block]
    private let layout: WeightsLayout
    private let filterStrides: Table<Int>
    private let piece: Int
    private let epilogue: Epilogue
    private let fusion: Fusion?
    private let scratch: Table<Float>
    /// What sums start at without a bias.
    private let zeros: Table<Float>
    /// For a block of 4, 8, 16 or 32 filters in `scratch`, where each position stands.
    private let scratchPlaces: Table<Int>

    init(_ kernel: ContractionKernel) {
        self.kernel = kernel
        let streams = kernel.filterStrides.count
        positions = PositionTable(kernel.positions, streams: streams)
        if let last = kernel.reduction.last, last.strides[0] == 1 {
            taps = Table(kernel.reduction.dropLast().offsets(stream: 0))
            depth = last.count
        } else {
            taps = Table(kernel.reduction.offsets(stream: 0))
            depth = 1
        }
        layout = kernel.layout
        blocks = layout.blocks
        filterStrides = Table(kernel.filterStrides)
        epilogue = Epilogue(kernel.epilogue)
        fusion = Self.fusion(kernel)
        switch kernel.order {
        case .filtersOuter: piece = positions.capacity
        case .positionsOuter:
            // What a piece reads of a 1x1 convolution's input is half of a small L1 cache.
            let wanted = 4096 / kernel.reductionCount / 4 * 4
            piece = min(max(wanted, 16), positions.capacity)
        }
        scratch = Table(repeating: 0, count: Self.rowsAtOnce * 32)
        let width = blocks.map { $0.vectors * $0.lanes }.max() ?? 0
        zeros = Table(repeating: 0, count: kernel.bias == nil ? width : 0)
        scratchPlaces = Table([4, 8, 16, 32].flatMap { width in (0..<32).map { $0 * width } })
    }

    private static func fusion(_ kernel: ContractionKernel) -> Fusion? {
        var fusion = Fusion()
        var program = kernel.epilogue[...]
        var slot = 0
        let strides = kernel.filterStrides
        guard strides[1] == 1 else { return nil }
        if case .scaleShift(let scale, let shift) = program.first {
            // Read once for all positions, so that they must not move with them.
            let stays = kernel.positions.allSatisfy {
                $0.strides[scale.stream] == 0 && $0.strides[shift.stream] == 0
            }
            if stays && strides[scale.stream] == 1 && strides[shift.stream] == 1 {
                fusion.scaleSlot = slot
                slot += 2
                program = program.dropFirst()
            }
        }
        if case .binary(.add, let operand, _) = program.first, strides[operand.stream] == 1 {
            fusion.residual = (slot, operand.stream)
            program = program.dropFirst()
        }
        if case .unary(let function) = program.first {
            if function.kind == .relu || function.kind == .clippedReLU {
                fusion.raises = true
                fusion.limit = function.parameters.first.map { Float($0) }
                program = program.dropFirst()
            }
        }
        return program.isEmpty ? fusion : nil
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = memory.pointer(kernel.input)
        let output = memory.pointer(kernel.output)
        let weights = memory.pointer(kernel.weights)
        let bias = kernel.bias.map { memory.pointer($0) }
        for group in 0..<kernel.groups {
            var sum = TileSum(
                input: UnsafePointer(input + group * kernel.inputGroupStride),
                taps: UnsafePointer(taps.pointer), tapCount: taps.count, depth: depth,
                weights: UnsafePointer(weights), pitch: 0, bias: UnsafePointer(zeros.pointer))
            var start = 0
            while start < positions.count {
                let count = min(piece, positions.count - start)
                let places = positions.offsets(from: start, count)
                for block in blocks {
                    sum.weights = UnsafePointer(
                        weights + (group * layout.weightsPerGroup + block.offset))
                    if let bias {
                        sum.bias = UnsafePointer(
                            bias + (group * layout.paddedFilters + block.start))
                    }
                    run(
                        sum, places, count, block,
                        first: group * kernel.outputGroupStride + block.start, output)
                }
                start += count
            }
        }
    }

    /// One block of filters over a piece of the positions; `first` is the block's first filter.
    private func run(
        _ blockSum: TileSum, _ places: UnsafePointer<Int>, _ count: Int,
        _ block: WeightsLayout.Block, first: Int, _ output: UnsafeMutablePointer<Float>
    ) {
        let width = block.vectors * kernel.lanes
        var sum = blockSum
        sum.pitch = width
        var done = 0
        while done < block.valid {
            sum.weights = blockSum.weights + done
            sum.bias = blockSum.bias + done
            let left = width - done
            // Filters that fill whole vectors.
            let whole = (block.valid - done) / 4 * 4
            if let fusion, left % 4 == 0, whole >= 8 || whole == block.valid - done {
                let sink = sink(fusion, places, first: first + done, output)
                done += sum.run(places, count, width: whole, sink)
            } else {
                let size =
                    left % 4 != 0 ? 1 : left >= 32 ? 32 : left >= 16 ? 16 : left >= 8 ? 8 : 4
                runThroughScratch(
                    sum, places, count, size: size, valid: min(size, block.valid - done),
                    first: first + done, output)
                done += size
            }
        }
    }

    private func sink(
        _ fusion: Fusion, _ places: UnsafePointer<Int>, first: Int,
        _ output: UnsafeMutablePointer<Float>
    ) -> TileSink {
        var sink = TileSink(output: output + first, places: places + positions.capacity)
        if let slot = fusion.scaleSlot {
            sink.scale = UnsafePointer(epilogue.operand(slot) + first)
            sink.shift = UnsafePointer(epilogue.operand(slot + 1) + first)
        }
        if let (slot, stream) = fusion.residual {
            sink.residual = UnsafePointer(epilogue.operand(slot) + first)
            sink.residualPlaces = places + stream * positions.capacity
        }
        sink.raises = fusion.raises
        sink.limit = fusion.limit
        return sink
    }

    /// Sums `size` filters (1, 4, 8, 16 or 32) of some positions at a time into `scratch`, and runs
    /// the epilogue there; the first `valid` filters are stored.
    private func runThroughScratch(
        _ sum: TileSum, _ places: UnsafePointer<Int>, _ count: Int, size: Int, valid: Int,
        first: Int, _ output: UnsafeMutablePointer<Float>
    ) {
        let pitch = max(size, 4)
        let row = pitch == 4 ? 0 : pitch == 8 ? 1 : pitch == 16 ? 2 : 3
        let sink = TileSink(
            output: scratch.pointer, places: UnsafePointer(scratchPlaces.pointer + row * 32))
        var start = 0
        while start < count {
            let rows = min(Self.rowsAtOnce, count - start)
            if size == 1 {
                sum.runScalar(places + start, rows, sink)
            } else {
                var part = sum
                var done = 0
                while done < size {
                    part.weights = sum.weights + done
                    part.bias = sum.bias + done
                    done += part.run(
                        places + start, rows, width: size - done, sink.advanced(by: done))
                }
            }
            epilogue.finishRows(
                scratch.pointer, rows: rows, rowPitch: pitch, count: valid, to: output,
                run: Epilogue.Run(
                    places: places + start, pitch: positions.capacity,
                    strides: UnsafePointer(filterStrides.pointer), first: first))
            start += rows
        }
    }
}
