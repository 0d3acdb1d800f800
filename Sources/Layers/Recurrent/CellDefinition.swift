import Diagnostics
import IR
import Spec

/// What `keras.layers.SimpleRNNCell`, `LSTMCell`, `GRUCell` and `StackedRNNCells` share: they are one
/// step of a recurrence, which `RNN` runs.
protocol CellDefinition: Layer {
    /// The cells, each reading the output of the one before.
    var cells: [PlacedCell] { get }
    /// Reports what is wrong with them.
    func check(_ check: inout LayerCheck)
}

/// A cell and where its variables stand below the name of the layer that runs it.
struct PlacedCell: Sendable {
    let path: String
    let cell: RecurrentCell
}

extension CellDefinition {
    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.error(
            .argumentConflict, "\(check.item.className) is one step of a recurrence",
            label: "not a layer by itself",
            helps: ["`RNN: {cell: {\(check.item.className): ...}}` runs it over a sequence"])
        return nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        preconditionFailure("a cell by itself has not passed the check")
    }
}

/// A cell with arguments of its own: `SimpleRNNCell`, `LSTMCell`, `GRUCell`.
protocol SingleCell: CellDefinition {
    var cell: RecurrentCell { get }
}

extension SingleCell {
    var cells: [PlacedCell] { [PlacedCell(path: "", cell: cell)] }
    func check(_ check: inout LayerCheck) { check.requireElementwise(cell) }

    /// The arguments of a cell in Keras's order, `gates` behind the activation and `last` at the end.
    static func schema(
        gates: [any ArgumentDescriptor], unitForgetBias: Bool = false,
        last: [any ArgumentDescriptor] = []
    ) -> [any ArgumentDescriptor] {
        var schema: [any ArgumentDescriptor] = [
            RecurrentArguments.units, RecurrentArguments.activation,
        ]
        schema += gates
        schema.append(RecurrentArguments.useBias)
        schema += RecurrentArguments.initializers
        if unitForgetBias { schema.append(RecurrentArguments.unitForgetBias) }
        schema += RecurrentArguments.regularizers + RecurrentArguments.constraints
        schema += RecurrentArguments.dropout + last + [RecurrentArguments.seed]
        return schema + [RecurrentArguments.implementation]
    }
}

/// Cells one upon the other, as `StackedRNNCells` and a list under `RNN`'s `cell` have them.
struct CellStack {
    let items: [LayerItem]

    var cells: [PlacedCell] {
        items.enumerated().flatMap { index, item in
            ((item.layer as? any SingleCell)?.cells ?? []).map {
                PlacedCell(path: "cell_\(index)/", cell: $0.cell)
            }
        }
    }

    func check(_ check: inout LayerCheck) {
        for item in items {
            if let cell = item.layer as? any SingleCell {
                check.within(item) { cell.check(&$0) }
            } else {
                check.bag.report(
                    Diagnostic(
                        .argumentValue,
                        "a stack of cells holds SimpleRNNCell, LSTMCell and GRUCell, not "
                            + item.className,
                        at: item.span, label: "not a cell"))
            }
        }
    }
}
