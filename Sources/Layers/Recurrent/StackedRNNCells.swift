import IR
import Spec

/// Cells one upon the other as one cell, `keras.layers.StackedRNNCells`.
///
/// The variables of cell i stand under `cell_<i>/`.
package struct StackedRNNCells: CellDefinition {
    package static let className = "StackedRNNCells"
    package static let kerasPage = KerasPage.named("stacked_rnn_cell")
    package static let summary = "Cells one upon the other, for RNN to run."
    package static let formula = "h = last(...(second(first(x))))"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - RNN:
              cell:
                StackedRNNCells:
                  cells: [{LSTMCell: {units: 16}}, {GRUCell: {units: 8}}]
        """

    static let items = Argument<[LayerItem]>.layers(
        "cells", "The cells; each reads the output of the one before it.")
    package static let schema: [any ArgumentDescriptor] = [items]

    private let stack: CellStack

    package init(_ arguments: Arguments) { stack = CellStack(items: arguments[Self.items]) }

    var cells: [PlacedCell] { stack.cells }
    func check(_ check: inout LayerCheck, steps: Int) { stack.check(&check, steps: steps) }
}
