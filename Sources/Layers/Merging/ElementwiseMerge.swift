import Diagnostics
import IR
import Spec

/// What `keras.layers.Add`, `Multiply`... share: one function over all inputs, which broadcast.
///
/// Inputs of lower rank get axes behind the batch axis: (C) acts as (1, 1, C) beside (H, W, C).
protocol ElementwiseMerge: Layer {
    static var function: BinaryFunction { get }
    /// What is left to do with the result of the function over `count` inputs.
    func finish(_ result: ValueID, count: Int, _ lowering: inout Lowering) -> ValueID
}

extension ElementwiseMerge {
    package static var inputCount: InputCount { .atLeast(1) }

    func finish(_ result: ValueID, count: Int, _ lowering: inout Lowering) -> ValueID { result }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs), check.requireNamedInputs() else { return nil }
        var shape = inputs[0].shape
        for (index, input) in inputs.enumerated().dropFirst() {
            guard let broadcast = try? broadcast(shape, input.shape) else {
                check.reportBroadcast(inputs, index)
                return nil
            }
            shape = broadcast
        }
        let masks = check.masks.compactMap(\.self)
        if masks.count == inputs.count, let other = masks.firstIndex(where: { $0 != masks[0] }) {
            check.error(
                .notSupported,
                "\(check.item.className) can't bring masks of \(TensorType(.float32, masks[0]).shapeText) and "
                    + "\(TensorType(.float32, masks[other]).shapeText) together",
                label: "needs masks of one shape", inputs: [0, other])
        }
        return TensorType(.float32, shape)
    }

    /// A step counts that counts in any input; one input without a mask makes all of them count.
    package func outputMask(_ inputs: [TensorType], _ masks: [[Int]?]) -> [Int]? {
        masks.contains { $0 == nil } ? nil : masks.first ?? nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        if lowering.masks.allSatisfy({ $0 != nil }) {
            lowering.outputMask = lowering.eitherMask(lowering.masks.compactMap(\.self))
        }
        let rank = inputs.map { lowering.type($0).rank }.max()!
        let aligned = inputs.map { input in
            let shape = lowering.type(input).shape
            let ones = [Int](repeating: 1, count: rank - shape.count)
            return lowering.reshape(input, [shape[0]] + ones + shape.dropFirst(), "aligned")
        }
        let result = aligned.dropFirst().reduce(aligned[0]) {
            lowering.emit(.binary(BinaryOp(Self.function)), [$0, $1])
        }
        return finish(result, count: inputs.count, &lowering)
    }
}

extension Lowering {
    /// The mask of the steps that count in any of them; nil for none.
    mutating func eitherMask(_ masks: [ValueID]) -> ValueID? {
        guard let first = masks.first else { return nil }
        return masks.dropFirst().reduce(first) {
            emit(.binary(BinaryOp(.maximum)), [$0, $1], "mask")
        }
    }
}

extension LayerCheck {
    /// Whether the inputs of a merging layer are named: the layer before it alone is a mistake.
    mutating func requireNamedInputs() -> Bool {
        guard item.inputs == nil else { return true }
        error(
            .inputCount, "\(item.className) merges layers, and `\(name)` doesn't name them",
            label: "`inputs` is missing",
            helps: ["name them: `\(item.className): {inputs: [first, second]}`"])
        return false
    }

    /// Reports the axes on which input `index` differs from those before it.
    fileprivate mutating func reportBroadcast(_ inputs: [TensorType], _ index: Int) {
        let found = inputs[index].shape
        /// The sizes of input `other` that don't go with those of this one, from the last axis on.
        func clashes(_ other: Int) -> [(axis: Int, other: Int, found: Int)] {
            let shape = inputs[other].shape
            return (1...max(1, min(shape.count, found.count))).compactMap { axis in
                guard axis <= shape.count, axis <= found.count else { return nil }
                let (m, n) = (shape[shape.count - axis], found[found.count - axis])
                return m == n || m == 1 || n == 1 ? nil : (axis, m, n)
            }
        }
        let other = (0..<index).first { !clashes($0).isEmpty }!
        let sameRank = inputs[other].rank == found.count
        let differing = clashes(other).reversed().map { axis, size, foundSize in
            "axis \(sameRank ? found.count + 1 - axis : -axis) is \(size) in `\(inputName(other))` and "
                + "\(foundSize) in `\(inputName(index))`"
        }
        var helps: [String] = []
        if !sameRank {
            helps = ["inputs of different rank are aligned at their last axis"]
        } else if clashes(other).map(\.axis) == [1] {
            let size = inputs[other].shape.last!
            helps = [
                found.count == 1
                    ? "`Dense: {units: \(size)}` brings `\(inputName(index))` to the same size"
                    : "a convolution with `filters: \(size), kernel_size: 1` brings "
                        + "`\(inputName(index))` to the same number of channels"
            ]
        } else {
            helps = ["layers with `padding: same` and the same strides keep sizes equal"]
        }
        error(
            .shapeMismatch,
            "\(item.className) can't bring \(inputs[other].shapeText) and \(inputs[index].shapeText) "
                + "together",
            label: "needs equal sizes, or 1", inputs: [other, index], notes: differing, helps: helps
        )
    }
}
