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
        let shape = inputs[0].shape
        var total = shape[axis]
        var isWrong = false
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
            if shape.indices.contains(where: { $0 != axis && shape[$0] != input.shape[$0] }) {
                report(inputs, index, axis: axis, &check)
                isWrong = true
            }
            total += input.shape[axis]
        }
        var output = isWrong ? shape.map { _ in check.unknownSize } : shape
        output[axis] = total
        requireMasks(inputs, &check)
        return TensorType(inputs[0].elementType, output)
    }

    /// Masks have all axes but the last; reports others.
    private func requireMasks(_ inputs: [TensorType], _ check: inout LayerCheck) {
        for (index, input) in inputs.enumerated() {
            guard let mask = check.mask(index), mask != Array(input.shape.dropLast()) else {
                continue
            }
            check.error(
                .notSupported,
                "Concatenate can't use the mask of `\(check.inputName(index))`, which marks "
                    + TensorType(.float32, mask).shapeText,
                label: "takes masks of all axes but the last", inputs: [index])
        }
    }

    package static let maskFlow = MaskFlow.follows

    /// Along the last axis, a step counts that counts in any input: where one carries no mask, all do,
    /// which is no mask. Along another axis masks are joined as the tensors are.
    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        let axis = Axis.index(arguments[Self.axis], rank: inputs[0].rank + 1) - 1
        guard let some = masks.compactMap(\.self).first else { return nil }
        if axis == some.count { return masks.contains { $0 == nil } ? nil : some }
        var mask = some
        mask[axis] = inputs.reduce(0) { $0 + $1.shape[axis] }
        return mask
    }

    /// Says on which axes input `index` differs from the first one.
    private func report(
        _ inputs: [TensorType], _ index: Int, axis: Int, _ check: inout LayerCheck
    ) {
        let (a, b) = (inputs[0], inputs[index])
        let differing = a.shape.indices.filter { a.shape[$0] != b.shape[$0] }
        check.error(
            .shapeMismatch,
            "Concatenate can't join \(a.shapeText) and \(b.shapeText) along axis \(axis + 1)",
            at: .argument("axis"), label: "the other axes need equal sizes", inputs: [0, index],
            notes: differing.filter { $0 != axis }.map {
                "axis \($0 + 1) is \(a.shape[$0]) in `\(check.inputName(0))` and \(b.shape[$0]) in "
                    + "`\(check.inputName(index))`"
            }, helps: helps(inputs, index, axis, differing, check))
    }

    private func helps(
        _ inputs: [TensorType], _ index: Int, _ axis: Int, _ differing: [Int], _ check: LayerCheck
    ) -> [String] {
        // The only axis that differs is likely the one that was meant.
        if differing.count == 1 {
            return ["`axis: \(differing[0] + 1)` would join them where they differ"]
        }
        let (a, b) = (inputs[0].shape, inputs[index].shape)
        let (large, small) = a[0] > b[0] ? (0, index) : (index, 0)
        let (big, little) = (inputs[large].shape, inputs[small].shape)
        let factor = big[0] / little[0]
        guard a.count == 3, axis == 2, factor > 1, big[0] == factor * little[0],
            big[1] == factor * little[1]
        else { return check.sizeHelps(0, index, inputs) }
        return [
            "`UpSampling2D: {size: \(factor)}` brings `\(check.inputName(small))` to the size of "
                + "`\(check.inputName(large))`, `MaxPooling2D: {pool_size: \(factor)}` does it the other "
                + "way"
        ]
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axis = Axis.index(arguments[Self.axis], rank: lowering.type(inputs[0]).rank)
        lowering.outputMask = mask(inputs, axis: axis, &lowering)
        return lowering.emit(.concatenate(ConcatenateOp(axis: axis)), inputs)
    }

    private func mask(_ inputs: [ValueID], axis: Int, _ lowering: inout Lowering) -> ValueID? {
        let masks = lowering.masks
        let given = masks.compactMap(\.self)
        guard !given.isEmpty else { return nil }
        if axis == lowering.type(given[0]).rank {
            return given.count == masks.count ? lowering.eitherMask(given) : nil
        }
        let parts = masks.indices.map { index in
            masks[index]
                ?? lowering.splat(
                    1, shape: Array(lowering.type(inputs[index]).shape.dropLast()), "no_mask")
        }
        return lowering.emit(.concatenate(ConcatenateOp(axis: axis)), parts, "mask")
    }
}
