/// A recurrence over steps of time: what `SimpleRNN`, `LSTM`, `GRU` and `ConvLSTM` do with an input
/// that has been projected already (one product for all steps, biases added).
///
/// Operands, in order:
/// - x `[N, T, s1...sr, G*U]`: the projected input; G gates of U units in the cell's order.
/// - The recurrent kernel `[U, G*U]`, or with r spatial axes `[k1...kr, U, G*U]`: a product with the
///   state, or a convolution of it with zero padding that keeps its size (`(k - 1) / 2` cells before,
///   the rest after) and stride 1.
/// - `gru` only: the recurrent bias `[3*U]`.
/// - With `hasMask`: `[N, T]`, 0 where a step is skipped.
/// - With `hasInitialState`: for each state `[N, s1...sr, U]`; zeros otherwise.
///
/// Result: `[N, T, s1...sr, U]`, or without `returnsSequence` `[N, s1...sr, U]`, that of the last step.
/// With `returnsState` the states behind the last step stand behind it along the second axis, one row
/// for each: `[N, T + states, s1...sr, U]`, or `[N, 1 + states, s1...sr, U]`.
///
/// A skipped step leaves the state as it is; its output is that of the step before (zeros before the
/// first), or zeros where `zerosMasked`.
package struct RecurrentOp: Operation {
    package static let mnemonic = "recurrent"

    /// With x the projected input, U the recurrent kernel, f the activation, s that of the gates:
    package enum Cell: String, Sendable, CaseIterable {
        /// `h = f(x + h U)`
        case simple
        /// `i, f, c, o`: `c = s(f) c + s(i) f(c')`, `h = s(o) f(c)`; states h, c
        /// (Hochreiter & Schmidhuber 1997).
        case lstm
        /// `z, r, h`: `h = z h + (1 - z) f(x_h + r (h U_h + b_h))` (Cho et al. 2014, as cuDNN has it).
        case gru
        /// `h = z h + (1 - z) f(x_h + (r h) U_h)` (Cho et al. 2014).
        case gruResetBefore = "gru_reset_before"

        package var gateCount: Int {
            switch self {
            case .simple: 1
            case .lstm: 4
            case .gru, .gruResetBefore: 3
            }
        }

        package var stateCount: Int { self == .lstm ? 2 : 1 }
        /// Whether the product with the state has a bias of its own.
        package var hasRecurrentBias: Bool { self == .gru }
    }

    package var cell: Cell
    package var activation: UnaryFunction
    /// That of the gates; unused in a simple cell.
    package var recurrentActivation: UnaryFunction
    /// From the last step to the first.
    package var isBackwards: Bool
    /// Whether the result's steps stand in the reverse of time.
    package var isReversed: Bool
    package var returnsSequence: Bool
    package var zerosMasked: Bool
    package var hasMask: Bool
    package var hasInitialState: Bool
    package var returnsState: Bool

    package init(
        _ cell: Cell, activation: UnaryFunction = UnaryFunction(.tanh),
        recurrentActivation: UnaryFunction = UnaryFunction(.sigmoid), isBackwards: Bool = false,
        isReversed: Bool = false, returnsSequence: Bool = false, zerosMasked: Bool = false,
        hasMask: Bool = false, hasInitialState: Bool = false, returnsState: Bool = false
    ) {
        self.cell = cell
        self.activation = activation
        self.recurrentActivation = recurrentActivation
        self.isBackwards = isBackwards
        self.isReversed = isReversed
        self.returnsSequence = returnsSequence
        self.zerosMasked = zerosMasked
        self.hasMask = hasMask
        self.hasInitialState = hasInitialState
        self.returnsState = returnsState
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        cell = try attributes.word("cell")
        activation = try attributes.function("activation")
        recurrentActivation = try attributes.function("gates")
        isBackwards = try attributes.integer("backwards") != 0
        isReversed = try attributes.integer("reversed") != 0
        returnsSequence = try attributes.integer("sequence") != 0
        zerosMasked = try attributes.integer("zeros") != 0
        hasMask = try attributes.integer("mask") != 0
        hasInitialState = try attributes.integer("initial") != 0
        returnsState = try attributes.integer("states") != 0
    }

    package var attributes: Attributes {
        func flag(_ value: Bool) -> AttributeValue { .integer(value ? 1 : 0) }
        return Attributes([
            ("cell", .word(cell.rawValue)), ("activation", .function(activation)),
            ("gates", .function(recurrentActivation)), ("backwards", flag(isBackwards)),
            ("reversed", flag(isReversed)), ("sequence", flag(returnsSequence)),
            ("zeros", flag(zerosMasked)), ("mask", flag(hasMask)),
            ("initial", flag(hasInitialState)), ("states", flag(returnsState)),
        ])
    }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        let zero = AttributeValue.integer(0)
        return Attributes([
            ("activation", .function(UnaryFunction(.tanh))),
            ("gates", .function(UnaryFunction(.sigmoid))), ("backwards", zero), ("reversed", zero),
            ("sequence", zero), ("zeros", zero), ("mask", zero), ("initial", zero),
            ("states", zero),
        ])
    }

    /// The operands by their part.
    package struct Operands<Value> {
        package var x: Value
        package var kernel: Value
        package var bias: Value?
        package var mask: Value?
        package var initialState: [Value]
    }

    package var operandCount: Int {
        2 + (cell.hasRecurrentBias ? 1 : 0) + (hasMask ? 1 : 0)
            + (hasInitialState ? cell.stateCount : 0)
    }

    /// - Precondition: there are `operandCount` values.
    package func operands<Value>(_ values: [Value]) -> Operands<Value> {
        var rest = values[2...]
        let bias = cell.hasRecurrentBias ? rest.popFirst() : nil
        let mask = hasMask ? rest.popFirst() : nil
        return Operands(
            x: values[0], kernel: values[1], bias: bias, mask: mask, initialState: Array(rest))
    }

    /// The rows of the result's second axis for so many steps; nil where it has no such axis.
    package func rowCount(steps: Int) -> Int? {
        let outputs = returnsSequence ? steps : 1
        return returnsState ? outputs + cell.stateCount : returnsSequence ? outputs : nil
    }

    /// Zero cells around the state along each spatial axis of the recurrent kernel.
    package static func padding(kernel: [Int]) -> [Padding] {
        kernel.dropLast(2).map { Padding(($0 - 1) / 2, $0 - 1 - ($0 - 1) / 2) }
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, operandCount)
        try require(operands.allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        let parts = self.operands(operands)
        let x = parts.x.shape
        let kernel = parts.kernel.shape
        try require(kernel.count >= 2, "the kernel should have rank 2 or more")
        try require((3...6).contains(x.count), "x should have rank 3 to 6, not \(x.count)")
        try require(
            x.count == kernel.count + 1, "x should have rank \(kernel.count + 1), not \(x.count)")
        let units = kernel[kernel.count - 2]
        try require(
            kernel.last == units * cell.gateCount && x.last == kernel.last,
            "\(parts.x) and the kernel \(parts.kernel) should have \(cell.gateCount) gates of "
                + "\(units) units")
        if let bias = parts.bias {
            try require(bias.shape == [3 * units], "the bias should be [\(3 * units)]")
        }
        if let mask = parts.mask {
            try require(mask.shape == Array(x[..<2]), "the mask should be \(Array(x[..<2]))")
        }
        let state = [x[0]] + x[2...].dropLast() + [units]
        for initial in parts.initialState {
            try require(initial.shape == state, "a state should be \(state)")
        }
        var shape = state
        if let rows = rowCount(steps: x[1]) { shape.insert(rows, at: 1) }
        return TensorType(.float32, shape)
    }
}
