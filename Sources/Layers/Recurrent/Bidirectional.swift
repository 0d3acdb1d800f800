import Diagnostics
import IR
import Spec

/// A recurrence from both ends of a sequence, `keras.layers.Bidirectional` (Schuster & Paliwal 1997).
///
/// Variables: those of the layer that goes forwards under `forward/`, of the other under `backward/`.
package struct Bidirectional: Layer {
    package static let className = "Bidirectional"
    package static let summary = "Runs a recurrent layer from both ends of a sequence."
    package static let formula =
        "output[t] = merge(forward(x)[t], backward(x)[t]), both in the order of time"
    package static let example = """
        layers:
          - Input: {shape: [20, 8]}
          - Bidirectional:
              layer:
                LSTM: {units: 16, return_sequences: true}
        """

    enum MergeMode: String, CaseIterable, Sendable { case sum, mul, concat, ave }

    static let layer = Argument<LayerItem>.layer(
        "layer", "The recurrent layer; its twin goes backwards.")
    static let mergeMode = Argument<MergeMode>.choice(
        "merge_mode", default: .concat,
        synonyms: ["add": .sum, "concatenate": .concat, "average": .ave, "multiply": .mul],
        "How the two outputs become one."
    ).orNull(default: .concat)
    static let backwardLayer = Argument<LayerItem>.layer(
        "backward_layer", "The layer that goes backwards, where it is another one."
    ).orNull()
    package static let schema: [any ArgumentDescriptor] = [
        layer, mergeMode,
        Argument<DefaultOnly>.defaultOnly(
            "weights", reason: "weights are in a file", help: "name the file: `weights: FILE`",
            "The variables' first values."),
        backwardLayer,
    ]

    private let arguments: Arguments
    private let item: LayerItem

    package init(_ arguments: Arguments) {
        self.arguments = arguments
        item = arguments[Self.layer]
    }

    private var backwardItem: LayerItem? { arguments[Self.backwardLayer] }
    private var forward: (any RecurrentLayer)? { item.layer as? any RecurrentLayer }
    private var backward: (any RecurrentLayer)? {
        (backwardItem ?? item).layer as? any RecurrentLayer
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard let forward = requireRecurrent(item, &check),
            let backward = requireRecurrent(backwardItem ?? item, &check),
            requireTwins(forward, backward, &check),
            let output = check.nested(item, inputs[0], mask: check.mask())
        else { return nil }
        var other = output
        if let backwardItem {
            guard let type = check.nested(backwardItem, inputs[0], mask: check.mask()) else {
                return nil
            }
            other = type
        }
        guard let mode = arguments[Self.mergeMode] else {
            check.error(
                .notSupported, "`merge_mode: null` makes two outputs, and a layer has one",
                at: .argument("merge_mode"), label: "two outputs",
                helps: ["write two layers, one of them with `go_backwards: true`"])
            return nil
        }
        var result = output
        let last = output.rank - 1
        if mode == .concat {
            guard output.shape.dropLast() == other.shape.dropLast() else {
                reportShapes(output, other, &check)
                return nil
            }
            result.shape[last] += other.shape[last]
        } else if output != other {
            reportShapes(output, other, &check)
            return nil
        }
        return result
    }

    private func requireRecurrent(
        _ item: LayerItem, _ check: inout LayerCheck
    ) -> (any RecurrentLayer)? {
        if let layer = item.layer as? any RecurrentLayer { return layer }
        check.bag.report(
            Diagnostic(
                .argumentValue,
                "Bidirectional runs a recurrent layer (SimpleRNN, LSTM, GRU, RNN, ConvLSTM), not "
                    + item.className,
                at: item.span, label: "not recurrent"))
        return nil
    }

    /// Whether one layer goes forwards and the other backwards, and both return the same; reports if
    /// not.
    private func requireTwins(
        _ forward: any RecurrentLayer, _ backward: any RecurrentLayer, _ check: inout LayerCheck
    ) -> Bool {
        guard backwardItem != nil else {
            if !forward.goesBackwards { return true }
            check.bag.report(
                Diagnostic(
                    .argumentConflict,
                    "the layer in `\(check.name)` goes backwards, and so does its twin",
                    at: item.arguments.valueSpan("go_backwards") ?? item.span,
                    label: "leave it out"))
            return false
        }
        var differing: String?
        if forward.goesBackwards == backward.goesBackwards {
            differing = "should differ in `go_backwards`"
        } else if forward.returnsSequences != backward.returnsSequences {
            differing = "should agree in `return_sequences`"
        } else if forward.isStateful != backward.isStateful {
            differing = "should agree in `stateful`"
        }
        guard let differing else { return true }
        check.error(
            .argumentConflict, "`layer` and `backward_layer` of `\(check.name)` \(differing)",
            at: .argument("backward_layer"), label: "not the twin of `layer`")
        return false
    }

    private func reportShapes(_ a: TensorType, _ b: TensorType, _ check: inout LayerCheck) {
        check.error(
            .shapeMismatch,
            "`layer` makes \(a.shapeText) and `backward_layer` \(b.shapeText), which `\(check.name)` "
                + "can't bring together", at: .argument("backward_layer"),
            label: "another shape")
    }

    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        forward!.returnsSequences ? masks.first ?? nil : nil
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        forward!.weights(inputs).below("forward/") + backward!.weights(inputs).below("backward/")
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let (forward, backward) = (forward!, backward!)
        let sequences = forward.returnsSequences
        let mask = lowering.mask()
        let twinGoesBackwards = backwardItem == nil || backward.goesBackwards
        // Keras zeroes masked steps where sequences are returned, whatever the layers say, and turns
        // the second output around.
        func run(isBackwards: Bool, isReversed: Bool) -> RecurrentRun {
            RecurrentRun(
                returnsSequence: sequences, isBackwards: isBackwards, isReversed: isReversed,
                zerosMasked: sequences, mask: mask)
        }
        let y = lowering.within("forward/") {
            forward.run(
                inputs[0],
                run(isBackwards: forward.goesBackwards, isReversed: forward.goesBackwards), &$0)
        }
        let reverse = lowering.within("backward/") {
            backward.run(
                inputs[0], run(isBackwards: twinGoesBackwards, isReversed: !twinGoesBackwards), &$0)
        }
        lowering.outputMask = sequences ? mask : nil
        switch arguments[Self.mergeMode]! {
        case .concat:
            return lowering.emit(
                .concatenate(ConcatenateOp(axis: lowering.type(y).rank - 1)), [y, reverse])
        case .sum: return lowering.emit(.binary(BinaryOp(.add)), [y, reverse])
        case .mul: return lowering.emit(.binary(BinaryOp(.multiply)), [y, reverse])
        case .ave:
            let sum = lowering.emit(.binary(BinaryOp(.add)), [y, reverse], "sum")
            return lowering.emit(.unary(UnaryOp(UnaryFunction(.affine, 0.5, 0))), [sum])
        }
    }
}
