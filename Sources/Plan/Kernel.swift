import IR

/// A tensor that a kernel's epilogue reads; its strides stand in the kernel's loops.
///
/// `stream` is the index of its strides in each `Loop.strides`.
package struct Operand: Hashable, Sendable {
    package var location: Location
    package var stream: Int

    package init(_ location: Location, stream: Int) {
        self.location = location
        self.stream = stream
    }
}

/// What happens to an element before it is stored.
package enum EpilogueInstruction: Hashable, Sendable {
    case scaleShift(scale: Operand, shift: Operand)
    case unary(UnaryFunction)
    case binary(BinaryFunction, Operand, reversed: Bool)
}

/// A tile of a contraction held in registers: rows and columns of output positions times vectors of
/// output channels.
package struct Tile: Hashable, Sendable {
    package var rows: Int
    package var columns: Int
    package var vectors: Int
    /// Registers that each result is summed in, by turns, and which are added at the end: a core adds
    /// to the same register only every few cycles, so that small tiles wait for their own sums.
    package var sums: Int

    package init(rows: Int, columns: Int, vectors: Int, sums: Int = 1) {
        self.rows = rows
        self.columns = columns
        self.vectors = vectors
        self.sums = sums
    }

    package var positions: Int { rows * columns }
    package var accumulators: Int { positions * vectors * sums }
}

/// Every output position times every filter, summed over a reduction: convolution of any rank, and
/// the product with a constant matrix.
///
/// `positions` walk output positions, streams: 0 input, 1 output, then epilogue operands. `reduction`
/// walks the taps and channels of one position in the input (one stream), its last loop with stride
/// 1; the weights are packed in just this order (`WeightsLayout`), so they are read in a row.
package struct ContractionKernel: Hashable, Sendable {
    package enum Order: String, Sendable {
        /// Blocks of filters outside, positions inside: the weights of a block stay in cache.
        case filtersOuter = "filters outside"
        /// Positions outside, blocks of filters inside: the input stays in cache.
        case positionsOuter = "positions outside"
    }

    package var input: Location
    package var output: Location
    package var positions: [Loop]
    package var reduction: [Loop]
    /// Filters of one group, and groups; group g reads `input + g * inputGroupStride` and writes
    /// `output + g * outputGroupStride`.
    package var filters: Int
    package var groups: Int
    package var inputGroupStride: Int
    package var outputGroupStride: Int
    /// Strides along the filters for the streams of `positions` (output 1; epilogue operands 0 or 1).
    package var filterStrides: [Int]
    package var tile: Tile
    package var lanes: Int
    package var order: Order
    /// Whether the next block's weights are asked for while one is computed.
    package var prefetches: Bool
    /// The streams of `positions` whose next tile is asked for while one is computed: tensors that
    /// come from memory, or go there.
    package var streamsAhead: [Int] = []
    /// Packed weights and bias in the constants; without a bias sums start at 0.
    package var weights: Location
    package var bias: Location?
    package var epilogue: [EpilogueInstruction]

    package init(
        input: Location, output: Location, positions: [Loop], reduction: [Loop], filters: Int,
        groups: Int, inputGroupStride: Int, outputGroupStride: Int, filterStrides: [Int],
        tile: Tile, lanes: Int, order: Order, prefetches: Bool, weights: Location, bias: Location?,
        epilogue: [EpilogueInstruction]
    ) {
        self.input = input
        self.output = output
        self.positions = positions
        self.reduction = reduction
        self.filters = filters
        self.groups = groups
        self.inputGroupStride = inputGroupStride
        self.outputGroupStride = outputGroupStride
        self.filterStrides = filterStrides
        self.tile = tile
        self.lanes = lanes
        self.order = order
        self.prefetches = prefetches
        self.weights = weights
        self.bias = bias
        self.epilogue = epilogue
    }

    /// With filters outside: the steps of the reduction's last loop in which one position of the next
    /// tile is asked for, so that the whole tile has been; nil where the reduction is too short.
    package var aheadSteps: Int? {
        let last = reduction[reduction.count - 1].count
        let rounds = reductionCount / last
        let places = tile.rows * tile.columns
        return [8, 7, 6, 5, 4].first {
            last.isMultiple(of: $0) && last / $0 * rounds >= places
        }
    }

    package var reductionCount: Int { reduction.reduce(1) { $0 * $1.count } }
    package var positionCount: Int { positions.reduce(1) { $0 * $1.count } }
    package var multiplyAdds: Int { positionCount * reductionCount * filters * groups }

    /// How weights are packed: for each group, for each block of filters, for each step of the
    /// reduction the block's filters behind each other, the last ones padded with zeros to whole
    /// vectors. The bias is padded likewise, group by group.
    package var layout: WeightsLayout {
        WeightsLayout(
            groups: groups, reduction: reductionCount, filters: filters, lanes: lanes,
            vectors: tile.vectors)
    }
}

/// The order of packed weights, as data: what packs them and what reads them both derive from it.
package struct WeightsLayout: Hashable, Sendable {
    package var groups: Int
    package var reduction: Int
    package var filters: Int
    package var lanes: Int
    package var vectors: Int

    package init(groups: Int, reduction: Int, filters: Int, lanes: Int, vectors: Int) {
        self.groups = groups
        self.reduction = reduction
        self.filters = filters
        self.lanes = lanes
        self.vectors = vectors
    }

    /// A block of filters that a tile computes at once.
    package struct Block: Hashable, Sendable {
        /// The first filter of its group.
        package var start: Int
        package var vectors: Int
        /// Lanes of one vector.
        package var lanes: Int
        /// How many of its `vectors * lanes` filters are real.
        package var valid: Int
        /// Where its weights start within the group.
        package var offset: Int

        /// Lanes that a vector is computed with: the last one of 16 with half of them where that is
        /// all there is, which cores that take such vectors in two halves do in half the time.
        package func width(_ vector: Int) -> Int {
            lanes == 16 && valid - vector * lanes <= 8 ? 8 : lanes
        }
        package var hasNarrowLast: Bool { width(vectors - 1) < lanes }
    }

    package var paddedFilters: Int { (filters + lanes - 1) / lanes * lanes }
    package var weightsPerGroup: Int { paddedFilters * reduction }
    package var weightCount: Int { groups * weightsPerGroup }
    package var biasCount: Int { groups * paddedFilters }

    package var blocks: [Block] {
        var blocks: [Block] = []
        var start = 0
        while start < filters {
            let remaining = (filters - start + lanes - 1) / lanes
            let width = min(vectors, remaining)
            blocks.append(
                Block(
                    start: start, vectors: width, lanes: lanes,
                    valid: min(filters - start, width * lanes),
                    offset: start * reduction))
            start += width * lanes
        }
        return blocks
    }
}

/// A convolution in which each channel has a filter of its own. Weights are `[taps][weightPitch]`.
///
/// `positions` streams: 0 input, 1 output, then epilogue operands. `taps` has the input's strides.
package struct DepthwiseKernel: Hashable, Sendable {
    package var input: Location
    package var output: Location
    package var positions: [Loop]
    package var taps: [Loop]
    package var channels: Int
    /// Strides along the channels for the streams of `positions`.
    package var channelStrides: [Int]
    package var lanes: Int
    package var weights: Location
    package var bias: Location
    package var epilogue: [EpilogueInstruction]

    package init(
        input: Location, output: Location, positions: [Loop], taps: [Loop], channels: Int,
        channelStrides: [Int], lanes: Int, weights: Location, bias: Location,
        epilogue: [EpilogueInstruction]
    ) {
        self.input = input
        self.output = output
        self.positions = positions
        self.taps = taps
        self.channels = channels
        self.channelStrides = channelStrides
        self.lanes = lanes
        self.weights = weights
        self.bias = bias
        self.epilogue = epilogue
    }

    /// From one tap's weights to the next: the channels, padded with zeros to whole vectors.
    package var weightPitch: Int { (channels + lanes - 1) / lanes * lanes }
}

/// The product of two computed matrices, batched: streams 0 a, 1 b, 2 output, then epilogue operands.
package struct MatmulKernel: Hashable, Sendable {
    package var a: Location
    package var b: Location
    package var output: Location
    package var batch: [Loop]
    package var rows: Loop
    package var columns: Loop
    /// The inner axis; only streams 0 and 1 count.
    package var inner: Loop
    package var epilogue: [EpilogueInstruction]

    package init(
        a: Location, b: Location, output: Location, batch: [Loop], rows: Loop, columns: Loop,
        inner: Loop, epilogue: [EpilogueInstruction]
    ) {
        self.a = a
        self.b = b
        self.output = output
        self.batch = batch
        self.rows = rows
        self.columns = columns
        self.inner = inner
        self.epilogue = epilogue
    }
}

/// Each element by itself: copies, transposes, broadcasts, repetition, functions of elements.
///
/// Streams of `loops`: 0 source, 1 output, then epilogue operands. The last loop is the vector loop.
package struct MapKernel: Hashable, Sendable {
    package var source: Location
    package var output: Location
    package var loops: [Loop]
    package var epilogue: [EpilogueInstruction]

    package init(
        source: Location, output: Location, loops: [Loop], epilogue: [EpilogueInstruction]
    ) {
        self.source = source
        self.output = output
        self.loops = loops
        self.epilogue = epilogue
    }
}

/// One number into boxes of memory: zero borders, padding.
package struct FillKernel: Hashable, Sendable {
    package struct Box: Hashable, Sendable {
        package var output: Location
        /// One stream.
        package var loops: [Loop]

        package init(output: Location, loops: [Loop]) {
            self.output = output
            self.loops = loops
        }
    }
    package var value: Float
    package var boxes: [Box]

    package init(value: Float, boxes: [Box]) {
        self.value = value
        self.boxes = boxes
    }
}

/// Pooling with windows clipped at the input's edge.
package struct PoolKernel: Hashable, Sendable {
    /// One spatial axis.
    package struct Axis: Hashable, Sendable {
        package var input: Int
        package var output: Int
        package var window: Int
        package var stride: Int
        /// Cells of padding before the first real one.
        package var before: Int
        package var inputStride: Int
        package var outputStride: Int

        package init(
            input: Int, output: Int, window: Int, stride: Int, before: Int, inputStride: Int,
            outputStride: Int
        ) {
            self.input = input
            self.output = output
            self.window = window
            self.stride = stride
            self.before = before
            self.inputStride = inputStride
            self.outputStride = outputStride
        }

        /// Whether every window lies inside the input.
        package var isInside: Bool {
            before == 0 && (output - 1) * stride + window <= input
        }
    }

    package var kind: PoolOp.Kind
    package var input: Location
    package var output: Location
    /// Streams 0 input, 1 output, then epilogue operands; the batch.
    package var batch: Loop
    package var axes: [Axis]
    package var channels: Int
    /// Strides of epilogue operands along the axes and the channels: `[stream - 2][axis..., channel]`.
    package var operandStrides: [[Int]]
    package var epilogue: [EpilogueInstruction]

    package init(
        kind: PoolOp.Kind, input: Location, output: Location, batch: Loop, axes: [Axis],
        channels: Int, operandStrides: [[Int]], epilogue: [EpilogueInstruction]
    ) {
        self.kind = kind
        self.input = input
        self.output = output
        self.batch = batch
        self.axes = axes
        self.channels = channels
        self.operandStrides = operandStrides
        self.epilogue = epilogue
    }
}

/// A reduction: `kept` loops (streams 0 input, 1 output, then epilogue operands), the last of them the
/// vector loop where the last axis is kept; `reduced` loops (one stream).
package struct ReduceKernel: Hashable, Sendable {
    package var kind: ReduceOp.Kind
    package var input: Location
    package var output: Location
    package var kept: [Loop]
    package var reduced: [Loop]
    package var epilogue: [EpilogueInstruction]

    package init(
        kind: ReduceOp.Kind, input: Location, output: Location, kept: [Loop], reduced: [Loop],
        epilogue: [EpilogueInstruction]
    ) {
        self.kind = kind
        self.input = input
        self.output = output
        self.kept = kept
        self.reduced = reduced
        self.epilogue = epilogue
    }
}

/// Functions of whole rows: softmax and normalization. `rows` walk the rows, `row` the elements of one
/// (streams 0 input, 1 output, then epilogue operands). Input and output may be the same memory.
package struct RowKernel: Hashable, Sendable {
    package enum Function: Hashable, Sendable {
        case softmax(SoftmaxOp.Kind)
        case normalize(NormalizeOp.Kind, epsilon: Double)
    }
    package var function: Function
    package var input: Location
    package var output: Location
    package var rows: [Loop]
    package var row: [Loop]
    package var epilogue: [EpilogueInstruction]

    package init(
        function: Function, input: Location, output: Location, rows: [Loop], row: [Loop],
        epilogue: [EpilogueInstruction]
    ) {
        self.function = function
        self.input = input
        self.output = output
        self.rows = rows
        self.row = row
        self.epilogue = epilogue
    }

    package var rowCount: Int { row.reduce(1) { $0 * $1.count } }
}

/// Resampling where repetition doesn't do: nearest with a fractional factor, linear interpolation.
package struct ResizeKernel: Hashable, Sendable {
    /// One axis: `inputSize` cells become `outputSize`.
    package struct Axis: Hashable, Sendable {
        package var inputSize: Int
        package var outputSize: Int
        package var inputStride: Int
        package var outputStride: Int

        package init(inputSize: Int, outputSize: Int, inputStride: Int, outputStride: Int) {
            self.inputSize = inputSize
            self.outputSize = outputSize
            self.inputStride = inputStride
            self.outputStride = outputStride
        }

        package var isResized: Bool { inputSize != outputSize }
    }
    package var method: ResizeOp.Method
    package var input: Location
    package var output: Location
    package var axes: [Axis]

    package init(method: ResizeOp.Method, input: Location, output: Location, axes: [Axis]) {
        self.method = method
        self.input = input
        self.output = output
        self.axes = axes
    }
}

/// The kernel a step runs, with everything that is constant about it.
package enum Kernel: Hashable, Sendable {
    case contraction(ContractionKernel)
    case winogradInput(WinogradInputKernel)
    case winogradOutput(WinogradOutputKernel)
    case depthwise(DepthwiseKernel)
    case matmul(MatmulKernel)
    case map(MapKernel)
    case fill(FillKernel)
    case pool(PoolKernel)
    case reduce(ReduceKernel)
    case row(RowKernel)
    case resize(ResizeKernel)
    case gather(GatherKernel)
    case band(BandKernel)
    case recurrent(RecurrentKernel)
}
