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
                check.reportBroadcast(inputs, index, shape)
                return nil
            }
            shape = broadcast
        }
        return TensorType(.float32, shape)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
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

    /// Reports the first axis on which input `index` differs from the shape of those before it.
    fileprivate mutating func reportBroadcast(
        _ inputs: [TensorType], _ index: Int, _ shape: [Int]
    ) {
        let found = inputs[index].shape
        // Axes are aligned at the end.
        let offset = (1...min(shape.count, found.count)).last {
            let (m, n) = (shape[shape.count - $0], found[found.count - $0])
            return m != n && m != 1 && n != 1
        }!
        let wanted = shape[shape.count - offset]
        let size = found[found.count - offset]
        let before = index == 1 ? [0] : Array(0..<index)
        var helps: [String] = []
        if shape.count == found.count, offset == 1 {
            helps = [
                "give both the same number of channels, as a convolution with `kernel_size: 1` does"
            ]
        } else if shape.count == found.count {
            helps = ["a layer with `padding: same` and the same strides keeps the sizes equal"]
        }
        error(
            .shapeMismatch,
            "\(item.className) can't bring \(TensorType(.float32, shape).shapeText) and "
                + "\(inputs[index].shapeText) together",
            label: "needs equal sizes, or 1", inputs: before + [index],
            notes: [
                "axis -\(offset) is \(wanted) in the one and \(size) in the other"
            ], helps: helps)
    }
}
