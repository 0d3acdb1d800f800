import IR
import Spec

/// What a recurrent layer does at each step: the arguments, variables and arithmetic of one of
/// Keras's cells.
struct RecurrentCell: Sendable {
    let kind: RecurrentOp.Cell
    let units: Int
    let activation: ActivationFunction
    let recurrentActivation: ActivationFunction
    let useBias: Bool
    private let arguments: Arguments
    private let biasInitializer: Initializer

    /// From the arguments of a layer or of its cell.
    init(_ kind: RecurrentOp.Cell, _ arguments: Arguments) {
        typealias Keys = RecurrentArguments
        self.kind = kind
        self.arguments = arguments
        units = arguments[Keys.units]
        activation = arguments[Keys.activation]
        recurrentActivation = kind == .simple ? .sigmoid : arguments[Keys.recurrentActivation]
        useBias = arguments[Keys.useBias]
        let initializer = arguments[Keys.biasInitializer]
        biasInitializer =
            kind == .lstm && arguments[Keys.unitForgetBias]
            ? .unitForget(initializer) : initializer
    }

    var gateCount: Int { kind.gateCount }
    /// The states as outputs are called: h is the output of a step, c the memory of an LSTM.
    var stateNames: [String] { kind == .lstm ? ["state_h", "state_c"] : ["state"] }

    /// The variables for an input of so many features.
    func weights(features: Int) -> [WeightSpec] {
        let columns = gateCount * units
        var weights = [
            WeightSpec(
                "kernel", [features, columns], arguments[RecurrentArguments.kernelInitializer]),
            WeightSpec(
                "recurrent_kernel", [units, columns],
                arguments[RecurrentArguments.recurrentInitializer]),
        ]
        if useBias {
            let shape = kind == .gru ? [2, columns] : [columns]
            weights.append(WeightSpec("bias", shape, biasInitializer))
        }
        return weights
    }

    /// Runs the cell over a sequence `[N, T, features]`: one product for all steps, then the
    /// recurrence.
    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult {
        var operands = [x, lowering.weight("kernel")]
        var recurrentBias: ValueID?
        switch (useBias, kind) {
        case (true, .gru):
            let bias = lowering.weight("bias")
            operands.append(row(0, of: bias, &lowering))
            recurrentBias = row(1, of: bias, &lowering)
        case (true, _): operands.append(lowering.weight("bias"))
        case (false, .gru):
            recurrentBias = lowering.splat(0, shape: [gateCount * units], "recurrent_bias")
        case (false, _): break
        }
        let projected = lowering.emit(.matmul(MatmulOp()), operands, "projected")
        return run.lower(
            kind, projected, kernel: lowering.weight("recurrent_kernel"), bias: recurrentBias,
            activation: activation, recurrentActivation: recurrentActivation, &lowering)
    }

    /// A row of the bias of a GRU: 0 for the input, 1 for the state.
    private func row(_ index: Int, of bias: ValueID, _ lowering: inout Lowering) -> ValueID {
        let columns = gateCount * units
        let row = lowering.emit(
            .slice(SliceOp(starts: [index, 0], sizes: [1, columns])), [bias], "bias_row")
        return lowering.reshape(row, [columns], index == 0 ? "bias" : "recurrent_bias")
    }
}
