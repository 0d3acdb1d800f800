import Diagnostics
import IR
import Spec

/// A recurrence of any cell, `keras.layers.RNN`.
///
/// Variables: those of the cell; of a stack of cells under `cell_0/`, `cell_1/`... Initial states are
/// those of all cells one behind the other, `inputs: [x, h_0, c_0, h_1, c_1]` for two of LSTM.
package struct RNN: RecurrentLayer {
    package static let className = "RNN"
    package static let summary = "Runs a cell, or a stack of cells, over a sequence."
    package static let formula = "output[t], state[t] = cell(x[t], state[t-1])"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - RNN: {cell: [{LSTMCell: {units: 16}}, {LSTMCell: {units: 8}}]}
        """

    static let cell = Argument<[LayerItem]>.oneOrMoreLayers(
        "cell", "The cell: SimpleRNNCell, LSTMCell, GRUCell, StackedRNNCells, or a list of cells.")
    package static let schema: [any ArgumentDescriptor] =
        [cell] + RecurrentArguments.runningCells
        + [RecurrentArguments.unroll, RecurrentArguments.zeroOutputForMask]

    package static let castsIntegers = true
    package static let inputCount = InputCount.sequence(states: nil)

    let arguments: Arguments
    private let items: [LayerItem]
    private let isStack: Bool
    /// From the first that reads the input to the one that makes the output.
    private let cells: [PlacedCell]

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        items = arguments[Self.cell]
        // A list of one is a stack too, as in Keras.
        let start = arguments.valueSpan("cell")?.text.first
        isStack = items.count > 1 || start == "[" || start == "-"
        cells =
            !isStack
            ? (items[0].layer as? any CellDefinition)?.cells ?? [] : CellStack(items: items).cells
    }

    func stepType(_ input: TensorType, _ check: inout LayerCheck) -> TensorType? {
        let steps = input.shape.first ?? 1
        if isStack {
            CellStack(items: items).check(&check, steps: steps)
        } else if let definition = items[0].layer as? any CellDefinition {
            check.within(items[0]) { definition.check(&$0, steps: steps) }
        } else {
            check.bag.report(
                Diagnostic(
                    .argumentValue,
                    "the cell of `\(check.name)` should be SimpleRNNCell, LSTMCell, GRUCell or "
                        + "StackedRNNCells, not \(items[0].className)",
                    at: items[0].span, label: "not a cell",
                    helps: ["SimpleRNN", "LSTM", "GRU"].contains(items[0].className)
                        ? [
                            "`\(items[0].className)` runs over a sequence by itself; one step of it is "
                                + "`\(items[0].className)Cell`"
                        ] : []))
        }
        guard let last = cells.last, !check.bag.hasErrors,
            check.requireRank([input], axes: ["time", "features"])
        else { return nil }
        return TensorType(.float32, [last.cell.units])
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        var features = inputs[0].shape.last!
        return cells.flatMap { placed in
            defer { features = placed.cell.units }
            return placed.cell.weights(features: features).below(placed.path)
        }
    }

    var stateNames: [String] {
        cells.flatMap { placed in
            let prefix = placed.path.isEmpty ? "" : placed.path.dropLast() + "_"
            return placed.cell.stateNames.map { prefix + $0 }
        }
    }

    func stateTypes(_ step: TensorType) -> [TensorType] {
        cells.flatMap { placed in
            placed.cell.stateNames.map { _ in TensorType(.float32, [placed.cell.units]) }
        }
    }

    func lower(_ x: ValueID, _ run: RecurrentRun, _ lowering: inout Lowering) -> RecurrentResult {
        // A step of a cell needs nothing but that step of the cell below: each runs over the whole
        // sequence before the next. What a masked step puts out, the next cell skips.
        var inner = run
        inner.returnsSequence = true
        inner.isReversed = false
        inner.zerosMasked = false
        var result = RecurrentResult(output: x)
        var initial = run.initialState[...]
        for (index, placed) in cells.enumerated() {
            var run = index == cells.count - 1 ? run : inner
            run.initialState = Array(initial.prefix(placed.cell.stateNames.count))
            initial = initial.dropFirst(placed.cell.stateNames.count)
            let made = lowering.within(placed.path) {
                placed.cell.lower(result.output, run, &$0)
            }
            result = RecurrentResult(output: made.output, states: result.states + made.states)
        }
        return result
    }
}

extension [WeightSpec] {
    /// The same variables under `path`.
    func below(_ path: String) -> [WeightSpec] {
        map {
            var weight = $0
            weight.name = path + $0.name
            return weight
        }
    }
}
