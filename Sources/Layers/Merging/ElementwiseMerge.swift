import Diagnostics
import IR
import Spec

/// What `keras.layers.Add`, `Multiply`... share: one function over all inputs, which broadcast.
///
/// Inputs of lower rank get axes behind the batch axis: (C) acts as (1, 1, C) beside (H, W, C).
protocol ElementwiseMerge: Layer {
    static var function: BinaryFunction { get }
    /// What takes the place of a masked step of an input before the function.
    static var masking: MergeMasking { get }
    /// What is left to do with the result of the function over `count` inputs.
    func finish(_ result: ValueID, count: Int, _ lowering: inout Lowering) -> ValueID
}

/// What Keras's merging layers do with a masked step of an input that has the result's rank.
enum MergeMasking {
    /// It counts as any other.
    case none
    /// It is 1; where all inputs are masked the result is 0.
    case one
    /// It is what the other inputs have there.
    case others
}

extension ElementwiseMerge {
    static var masking: MergeMasking { .none }

    package static var inputCount: InputCount { .atLeast(1) }

    func finish(_ result: ValueID, count: Int, _ lowering: inout Lowering) -> ValueID { result }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        if !check.requireNamedInputs() { return inputs[0] }
        var shape = inputs[0].shape
        var clashing: Int?
        for (index, input) in inputs.enumerated().dropFirst() {
            if let broadcast = try? broadcast(shape, input.shape) {
                shape = broadcast
            } else {
                check.reportBroadcast(inputs, index)
                clashing = clashing ?? index
            }
        }
        if let clashing { return check.guess == 0 ? inputs[0] : inputs[clashing] }
        let masks = check.masks.compactMap(\.self)
        if masks.count == inputs.count, let other = masks.firstIndex(where: { $0 != masks[0] }) {
            check.error(
                .notSupported,
                "\(check.item.className) can't bring masks of \(TensorType(.float32, masks[0]).shapeText) and "
                    + "\(TensorType(.float32, masks[other]).shapeText) together",
                label: "needs masks of one shape", inputs: [0, other])
        }
        if Self.masking != .none {
            for (index, input) in inputs.enumerated() where input.rank == shape.count {
                guard let mask = check.mask(index), mask != Array(input.shape.dropLast()) else {
                    continue
                }
                check.error(
                    .notSupported,
                    "\(check.item.className) can't use the mask of `\(check.inputName(index))`, which "
                        + "marks \(TensorType(.float32, mask).shapeText)",
                    label: "takes masks of all axes but the last", inputs: [index])
            }
        }
        return TensorType(.float32, shape)
    }

    package static var maskFlow: MaskFlow { .follows }

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
        let marks = inputs.enumerated().map { index, input in
            lowering.mask(index).flatMap {
                lowering.type(input).rank == rank ? lowering.marks($0, rank: rank) : nil
            }
        }
        let result: ValueID
        switch Self.masking {
        case .none: result = merge(aligned, &lowering)
        case .one: result = productOfMarked(aligned, marks, &lowering)
        case .others: result = mergeOfMarked(aligned, marks, &lowering)
        }
        return finish(result, count: inputs.count, &lowering)
    }

    private func merge(_ values: [ValueID], _ lowering: inout Lowering) -> ValueID {
        values.dropFirst().reduce(values[0]) {
            lowering.emit(.binary(BinaryOp(Self.function)), [$0, $1])
        }
    }

    private func productOfMarked(
        _ values: [ValueID], _ marks: [ValueID?], _ lowering: inout Lowering
    ) -> ValueID {
        let factors = zip(values, marks).map { value, mark in
            guard let mark else { return value }
            let one = lowering.splat(1, shape: lowering.type(value).shape, "one")
            return lowering.choose(mark, value, one)
        }
        let product = merge(factors, &lowering)
        let all = marks.compactMap(\.self)
        guard all.count == marks.count, let any = lowering.eitherMask(all) else { return product }
        return lowering.emit(.binary(BinaryOp(.keep)), [product, any])
    }

    private func mergeOfMarked(
        _ values: [ValueID], _ marks: [ValueID?], _ lowering: inout Lowering
    ) -> ValueID {
        var result = values[0]
        var mark = marks[0]
        for (value, own) in zip(values, marks).dropFirst() {
            let next = own.map { lowering.choose($0, value, result) } ?? value
            let last = mark.map { lowering.choose($0, result, next) } ?? result
            if let one = mark, let other = own {
                mark = lowering.eitherMask([one, other])
            } else {
                mark = nil
            }
            result = lowering.emit(.binary(BinaryOp(Self.function)), [last, next])
        }
        return result
    }
}

extension LayerCheck {
    /// Whether the inputs of a merging layer are named: the layer before it alone is a mistake.
    mutating func requireNamedInputs() -> Bool {
        guard item.inputs == nil else { return true }
        error(
            .inputCount, "\(item.className) merges layers, and `\(name)` doesn't name them",
            label: "`inputs` is missing",
            helps: ["name them: `\(item.className): {inputs: [\(lastNames)]}`"])
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
        let clashing = Array(clashes(other).reversed())
        let differing = clashing.map { axis, size, foundSize in
            "axis \(sameRank ? found.count + 1 - axis : -axis) is \(size) in `\(inputName(other))` and "
                + "\(foundSize) in `\(inputName(index))`"
        }
        error(
            .shapeMismatch,
            "\(item.className) can't bring \(inputs[other].shapeText) and \(inputs[index].shapeText) "
                + "together",
            label: "needs equal sizes, or 1", inputs: [other, index], notes: differing,
            helps: helps(other, index, inputs))
    }

    /// What brings two inputs to the same sizes.
    private func helps(_ first: Int, _ second: Int, _ inputs: [TensorType]) -> [String] {
        let (a, b) = (inputs[first].shape, inputs[second].shape)
        let (nameA, nameB) = (inputName(first), inputName(second))
        guard a.count == b.count else {
            return [
                "inputs of different rank are aligned at their last axis, which has to be \(a.last!) "
                    + "in both, or 1"
            ]
        }
        if a.count == 1 { return ["`Dense: {units: \(a[0])}` brings `\(nameB)` to the same size"] }
        if a.count == 2, a[0] == b[0] {
            return ["`Dense: {units: \(a[1])}` brings `\(nameB)` to as many features"]
        }
        let layer = "Conv\(a.count - 1)D"
        let spatial = a.indices.dropLast().filter { a[$0] != b[$0] && a[$0] != 1 && b[$0] != 1 }
        if spatial.isEmpty {
            return [
                "`\(layer): {filters: \(a.last!), kernel_size: 1}` brings `\(nameB)` to the same number "
                    + "of channels"
            ]
        }
        // Where one is a whole part of the other along each axis, a stride was most likely meant.
        let aIsLarger = a[spatial[0]] > b[spatial[0]]
        let (large, small) = aIsLarger ? (a, b) : (b, a)
        let factors = a.indices.dropLast().map { (large[$0] + small[$0] - 1) / small[$0] }
        if factors.contains(where: { $0 > 1 }), small[spatial[0]] > 4,
            factors.indices.allSatisfy({
                factors[$0] > 0 && (large[$0] + factors[$0] - 1) / factors[$0] == small[$0]
            })
        {
            let strides = Set(factors).count == 1 ? "\(factors[0])" : "\(factors)"
            return [
                "`\(layer): {filters: \(small.last!), kernel_size: 1, strides: \(strides), padding: "
                    + "same}` brings `\(aIsLarger ? nameA : nameB)` to the shape of "
                    + "`\(aIsLarger ? nameB : nameA)`"
            ]
        }
        return sizeHelps(first, second, inputs)
    }

    /// What brings two images to the same height and width.
    func sizeHelps(_ first: Int, _ second: Int, _ inputs: [TensorType]) -> [String] {
        var helps = ["layers with `padding: same` and the same strides keep sizes equal"]
        let (a, b) = (inputs[first].shape, inputs[second].shape)
        let missing = zip(a, b).dropLast().map { $0 - $1 }
        guard a.count == 3, missing.contains(where: { $0 != 0 }),
            missing.allSatisfy({ $0 >= 0 }) || missing.allSatisfy({ $0 <= 0 }),
            missing.allSatisfy({ abs($0) <= 2 })
        else { return helps }
        let (large, small) = missing.allSatisfy { $0 >= 0 } ? (first, second) : (second, first)
        let pads = missing.map { "[0, \(abs($0))]" }.joined(separator: ", ")
        helps.append(
            "`ZeroPadding2D: {padding: [\(pads)]}` brings `\(inputName(small))` to the size of "
                + "`\(inputName(large))`")
        return helps
    }
}
