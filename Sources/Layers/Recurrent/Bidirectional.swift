import Diagnostics
import IR
import Spec

/// A recurrence from both ends of a sequence, `keras.layers.Bidirectional` (Schuster & Paliwal 1997).
///
/// Variables: those of the layer that goes forwards under `forward/`, of the other under `backward/`.
/// Initial states are those of the first layer, then those of the second. With `return_state` in its
/// layers, it has the outputs `output`, `forward_state_h`... and `backward_state_h`...; with
/// `merge_mode: null` `forward_output` and `backward_output` in the place of `output`.
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
        "How the two outputs become one; with `null` there are two, `<its name>/forward_output` and "
            + "`<its name>/backward_output`."
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
    package static let castsIntegers = true
    package static let inputCount = InputCount.sequence(states: nil)

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
            let output = check.nested(item, inputs[0], mask: check.mask(), takesStates: true)
        else { return nil }
        var other = output
        if let backwardItem {
            guard
                let type = check.nested(
                    backwardItem, inputs[0], mask: check.mask(), takesStates: true)
            else { return nil }
            other = type
        }
        let states = states(of: forward, output) + states(of: backward, other)
        check.requireStates(inputs, states, stateNames)
        let returned = forward.returnsState ? states : []
        guard let mode = arguments[Self.mergeMode] else {
            check.moreOutputs = [other] + returned
            return output
        }
        check.moreOutputs = returned
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

    /// The states of one of the layers, whose output is `output`.
    private func states(of layer: any RecurrentLayer, _ output: TensorType) -> [TensorType] {
        let step = layer.returnsSequences ? Array(output.shape.dropFirst()) : output.shape
        return layer.stateTypes(TensorType(.float32, step))
    }

    private var stateNames: [String] {
        (forward?.stateNames ?? []).map { "forward_\($0)" }
            + (backward?.stateNames ?? []).map { "backward_\($0)" }
    }

    package var outputNames: [String] {
        let states = forward?.returnsState == true ? stateNames : []
        if arguments[Self.mergeMode] == nil {
            return ["forward_output", "backward_output"] + states
        }
        return states.isEmpty ? [] : ["output"] + states
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
        } else if forward.returnsState != backward.returnsState {
            differing = "should agree in `return_state`"
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
        let states = Array(inputs.dropFirst())
        let twinGoesBackwards = backwardItem == nil || backward.goesBackwards
        // Keras zeroes masked steps where sequences are returned, whatever the layers say, and turns
        // the second output around.
        func run(isBackwards: Bool, isReversed: Bool, from states: ArraySlice<ValueID>)
            -> RecurrentRun
        {
            RecurrentRun(
                returnsSequence: sequences, isBackwards: isBackwards, isReversed: isReversed,
                zerosMasked: sequences, mask: states.isEmpty ? mask : nil,
                initialState: Array(states), returnsState: forward.returnsState)
        }
        let count = forward.stateNames.count
        let ahead = lowering.within("forward/") {
            forward.run(
                inputs[0],
                run(
                    isBackwards: forward.goesBackwards, isReversed: forward.goesBackwards,
                    from: states.prefix(count)), &$0)
        }
        let back = lowering.within("backward/") {
            backward.run(
                inputs[0],
                run(
                    isBackwards: twinGoesBackwards, isReversed: !twinGoesBackwards,
                    from: states.dropFirst(count)), &$0)
        }
        lowering.outputMask = sequences ? mask : nil
        lowering.moreOutputs = ahead.states + back.states
        guard let mode = arguments[Self.mergeMode] else {
            lowering.moreOutputs = [back.output] + lowering.moreOutputs
            return ahead.output
        }
        return merge(ahead.output, back.output, mode, &lowering)
    }

    private func merge(
        _ y: ValueID, _ reverse: ValueID, _ mode: MergeMode, _ lowering: inout Lowering
    ) -> ValueID {
        switch mode {
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
