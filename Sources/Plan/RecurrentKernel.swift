import IR

/// A recurrence: for each step of time the product of the state with the recurrent kernel, added to
/// the projected input, then the cell's arithmetic. What it computes is `RecurrentOp`'s.
///
/// Going backwards is a negative stride in `time`. `positions` walk the state's spatial axes (none for
/// a state that is a row) and `reduction` the taps and units of one position in the previous state;
/// the last loop of `reduction` has stride 1.
///
/// The memory at `state` holds the previous and the next state, each a grid of positions with the
/// recurrent kernel's padding around it, then tensors without padding; every position has `pitch`
/// elements there. It is zero before each sequence.
package struct RecurrentKernel: Hashable, Sendable {
    package var cell: RecurrentOp.Cell
    package var activation: UnaryFunction
    package var recurrentActivation: UnaryFunction
    package var returnsSequence: Bool
    package var zerosMasked: Bool

    package var input: Location
    package var output: Location
    /// The tensors with strides in `batch` and `time` at 2 and with no others.
    package var mask: Location?
    /// Row-major `[N, positions..., units]`, one for each state of the cell.
    package var initialState: [Location]
    /// For each state of the cell that is put out behind the last step, its distance from `output`, in
    /// elements; it has the output's strides.
    package var finalState: [Int]
    package var state: Location

    /// Streams of both: 0 input, 1 output, 2 mask.
    package var batch: Loop
    package var time: Loop
    /// Streams: 0 input, 1 output, 2 padded state, 3 state without padding, 4 initial state.
    package var positions: [Loop]
    /// One stream: the padded state.
    package var reduction: [Loop]
    package var units: Int
    /// Positions and vectors of units whose gates are held in registers at once.
    package var columns: Int
    package var vectors: Int
    package var lanes: Int

    /// Whether every other step reads the weights from their end, so that what the step before left in
    /// the cache is read first.
    package var turnsAround: Bool

    /// The cells of a padded grid, and the element at which the first real one starts.
    package var gridCells: Int
    package var gridStart: Int

    /// Packed as `layouts` say, one behind the other.
    package var weights: Location
    /// `[gates][pitch]`, where the cell has a recurrent bias.
    package var bias: Location?

    package init(
        cell: RecurrentOp.Cell, activation: UnaryFunction, recurrentActivation: UnaryFunction,
        returnsSequence: Bool, zerosMasked: Bool, input: Location, output: Location,
        mask: Location?, initialState: [Location], finalState: [Int] = [], state: Location,
        batch: Loop, time: Loop, positions: [Loop], reduction: [Loop], units: Int, columns: Int,
        vectors: Int, lanes: Int,
        turnsAround: Bool, gridCells: Int, gridStart: Int, weights: Location, bias: Location?
    ) {
        self.cell = cell
        self.activation = activation
        self.recurrentActivation = recurrentActivation
        self.returnsSequence = returnsSequence
        self.zerosMasked = zerosMasked
        self.input = input
        self.output = output
        self.mask = mask
        self.initialState = initialState
        self.finalState = finalState
        self.state = state
        self.batch = batch
        self.time = time
        self.positions = positions
        self.reduction = reduction
        self.units = units
        self.columns = columns
        self.vectors = vectors
        self.lanes = lanes
        self.turnsAround = turnsAround
        self.gridCells = gridCells
        self.gridStart = gridStart
        self.weights = weights
        self.bias = bias
    }

    package var gateCount: Int { cell.gateCount }
    package var positionCount: Int { positions.reduce(1) { $0 * $1.count } }
    package var reductionCount: Int { reduction.reduce(1) { $0 * $1.count } }
    /// The elements of a position in the state: the units, padded to whole vectors.
    package var pitch: Int { (units + lanes - 1) / lanes * lanes }

    /// The parts of the memory at `state`, in elements from its start.
    package struct StateLayout: Hashable, Sendable {
        /// The previous state, padded; the current one of a cell that updates in place.
        package var previous: Int
        /// The next state, padded; with `gruResetBefore` the previous state times its reset gate.
        package var next: Int
        /// With `lstm` the carry state, with `gruResetBefore` the update gate: without padding.
        package var extra: Int
        /// From here on nothing has to be zero before the first step: room for the sums of a tile,
        /// `[gates][columns][vectors * lanes]`.
        package var sums: Int
        package var count: Int
    }

    package var stateLayout: StateLayout {
        let grid = gridCells * pitch
        let hasExtra = cell == .lstm || cell == .gruResetBefore
        let sums = 2 * grid + (hasExtra ? positionCount * pitch : 0)
        return StateLayout(
            previous: 0, next: grid, extra: 2 * grid, sums: sums,
            count: sums + columns * gateCount * vectors * lanes)
    }

    /// A product with the state: of some gates, with weights of their own.
    package struct Pass: Hashable, Sendable {
        package var gates: Range<Int>
        package var layout: RecurrentLayout
        /// Where its weights start.
        package var weightsOffset: Int
    }

    /// All gates at once, but for a reset gate that acts on the state before its product.
    package var passes: [Pass] {
        let parts = cell == .gruResetBefore ? [0..<2, 2..<3] : [0..<gateCount]
        var offset = 0
        return parts.map { gates in
            let layout = RecurrentLayout(
                reduction: reductionCount, gates: gates.count, units: units, lanes: lanes,
                vectors: vectors)
            defer { offset += layout.weightCount }
            return Pass(gates: gates, layout: layout, weightsOffset: offset)
        }
    }
}

/// The order of a recurrent kernel's packed weights: block after block of units, for each step of the
/// reduction the block's units of each gate behind each other, the last ones padded with zeros to
/// whole vectors.
package struct RecurrentLayout: Hashable, Sendable {
    package var reduction: Int
    package var gates: Int
    package var units: Int
    package var lanes: Int
    package var vectors: Int

    package init(reduction: Int, gates: Int, units: Int, lanes: Int, vectors: Int) {
        self.reduction = reduction
        self.gates = gates
        self.units = units
        self.lanes = lanes
        self.vectors = vectors
    }

    /// Units whose gates are computed at once.
    package struct Block: Hashable, Sendable {
        package var start: Int
        package var vectors: Int
        /// How many of its units are real.
        package var valid: Int
        /// Where its weights start.
        package var offset: Int
    }

    package var weightCount: Int { (units + lanes - 1) / lanes * lanes * gates * reduction }

    package var blocks: [Block] {
        var blocks: [Block] = []
        var start = 0
        while start < units {
            let width = min(vectors, (units - start + lanes - 1) / lanes)
            blocks.append(
                Block(
                    start: start, vectors: width, valid: min(units - start, width * lanes),
                    offset: start * gates * reduction))
            start += width * lanes
        }
        return blocks
    }
}
