import Diagnostics
import IR
import Spec

/// Tensors behind each other along one axis, `keras.layers.Concatenate`.
package struct Concatenate: Layer {
    package static let className = "Concatenate"
    package static let summary = "Puts tensors behind each other along one axis."
    package static let formula = "output = [x1, x2, ...] along axis"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 8], name: a}
          - Input: {shape: [28, 28, 4], name: b}
          - Concatenate: {inputs: [a, b]}
        """

    static let axis = Argument.integer("axis", default: -1, "The axis that grows.")
    package static let schema: [any ArgumentDescriptor] = [axis]
    package static let inputCount = InputCount.atLeast(1)

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if !check.requireNamedInputs() { return inputs[0] }
        guard let axis = check.resolveAxis(arguments[Self.axis], of: inputs[0]) else { return nil }
        var shape = inputs[0].shape
        for (index, input) in inputs.enumerated().dropFirst() {
            guard input.elementType == inputs[0].elementType else {
                check.error(
                    .elementType, "Concatenate joins tensors of one element type",
                    label: "gets float32 and int32", inputs: [0, index])
                return nil
            }
            guard input.rank == shape.count else {
                check.error(
                    .inputRank,
                    "Concatenate joins tensors of one rank, not \(inputs[0].shapeText) and "
                        + input.shapeText,
                    label: "needs as many axes in each input", inputs: [0, index],
                    helps: [
                        "`Flatten` or a global pooling layer makes one axis of several; `Reshape` "
                            + "makes several of one"
                    ])
                return check.guess == 0 ? inputs[0] : input
            }
            if let other = shape.indices.first(where: { $0 != axis && shape[$0] != input.shape[$0] }
            ) {
                report(inputs, index, axis: axis, other: other, &check)
                for axis in shape.indices where shape[axis] != input.shape[axis] {
                    shape[axis] = check.unknownSize
                }
                shape[axis] = inputs.reduce(0) { $0 + ($1.rank > axis ? $1.shape[axis] : 0) }
                return TensorType(inputs[0].elementType, shape)
            }
            shape[axis] += input.shape[axis]
        }
        return TensorType(inputs[0].elementType, shape)
    }

    private func report(
        _ inputs: [TensorType], _ index: Int, axis: Int, other: Int, _ check: inout LayerCheck
    ) {
        let (a, b) = (inputs[0], inputs[index])
        // The only axis that differs is likely the one that was meant.
        let differing = a.shape.indices.filter { a.shape[$0] != b.shape[$0] }
        var help = "`axis: \(other + 1)` would join them where they differ"
        if differing.count > 1 {
            help = "layers with `padding: same` and the same strides keep sizes equal"
            let (large, small) = a.shape[other] > b.shape[other] ? (0, index) : (index, 0)
            let (big, little) = (inputs[large].shape[other], inputs[small].shape[other])
            if big % little == 0, inputs[0].rank == 3, !differing.contains(2) || axis == 2 {
                help =
                    "`UpSampling2D: {size: \(big / little)}` brings `\(check.inputName(small))` to the "
                    + "size of `\(check.inputName(large))`, `MaxPooling2D: {pool_size: "
                    + "\(big / little)}` does it the other way"
            }
        }
        check.error(
            .shapeMismatch,
            "Concatenate can't join \(a.shapeText) and \(b.shapeText) along axis \(axis + 1)",
            at: .argument("axis"), label: "the other axes need equal sizes", inputs: [0, index],
            notes: differing.filter { $0 != axis }.map {
                "axis \($0 + 1) is \(a.shape[$0]) in `\(check.inputName(0))` and \(b.shape[$0]) in "
                    + "`\(check.inputName(index))`"
            }, helps: [help])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axis = Axis.index(arguments[Self.axis], rank: lowering.type(inputs[0]).rank)
        return lowering.emit(.concatenate(ConcatenateOp(axis: axis)), inputs)
    }
}
