import Diagnostics
import IR
import Spec

/// The products of two tensors summed over one axis of each, `keras.layers.Dot`.
package struct Dot: Layer {
    package static let className = "Dot"
    package static let summary = "Sums the products of two tensors over one axis of each."
    package static let formula =
        "output[i, j] = sum over k of x1[i, k] * x2[j, k], for each example"
    package static let example = """
        layers:
          - Input: {shape: [4, 5], name: a}
          - Input: {shape: [3, 5], name: b}
          - Dot: {axes: 2, inputs: [a, b]}
        """

    static let axes = Argument<[Int]>.axes(
        "axes", "The axis that is summed over, or one for each input.")
    static let normalize = Argument.boolean(
        "normalize", default: false, "Whether vectors are scaled to length 1: cosine similarity.")
    package static let schema: [any ArgumentDescriptor] = [axes, normalize]
    package static let inputCount = InputCount.exactly(2)

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    /// The axis of each input as it is written.
    private var written: [Int] {
        let axes = arguments[Self.axes]
        return axes.count == 1 ? [axes[0], axes[0]] : axes
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        let isList = check.span(.argument("axes")).text.first == "["
        guard written.count == 2, !isList || arguments[Self.axes].count == 2 else {
            check.error(
                .argumentValue,
                "`axes` of `\(check.name)` should be an axis or a list of two, not a list of "
                    + "\(arguments[Self.axes].count)",
                at: .argument("axes"), label: "one for each input")
            return nil
        }
        guard let a = check.resolveAxis(written[0], of: inputs[0], argument: "axes"),
            let b = check.resolveAxis(written[1], of: inputs[1], argument: "axes", input: 1)
        else { return nil }
        var first = inputs[0].shape
        var second = inputs[1].shape
        let sizes = (first.remove(at: a), second.remove(at: b))
        if sizes.0 != sizes.1 {
            check.error(
                .shapeMismatch,
                "Dot sums over axes of one size, not over \(sizes.0) and \(sizes.1)",
                at: .argument("axes"), label: "different sizes", inputs: [0, 1],
                notes: [
                    "axis \(a + 1) of `\(check.inputName(0))` is \(sizes.0), axis \(b + 1) of "
                        + "`\(check.inputName(1))` is \(sizes.1)"
                ])
        }
        let shape = first + second
        return TensorType(.float32, shape.isEmpty ? [1] : shape)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        var rest: [[Int]] = []
        var matrices: [ValueID] = []
        for (index, input) in inputs.enumerated() {
            let shape = lowering.type(input).shape
            let axis = Axis.index(written[index], rank: shape.count)
            let others = shape.indices.filter { $0 != 0 && $0 != axis }
            var x = input
            if arguments[Self.normalize] {
                x = lowering.emit(
                    .normalize(NormalizeOp(.unit, axes: [axis], epsilon: 0)), [x], "unit")
            }
            // [N, rows, K] and [N, K, columns].
            let order = index == 0 ? [0] + others + [axis] : [0, axis] + others
            let count = others.reduce(1) { $0 * shape[$1] }
            let matrix = index == 0 ? [count, shape[axis]] : [shape[axis], count]
            x = lowering.transpose(x, order)
            matrices.append(lowering.reshape(x, [shape[0]] + matrix, "matrix"))
            rest.append(others.map { shape[$0] })
        }
        let product = lowering.emit(.matmul(MatmulOp()), matrices)
        let shape = rest[0] + rest[1]
        let batch = lowering.type(product).shape[0]
        return lowering.reshape(product, [batch] + (shape.isEmpty ? [1] : shape))
    }
}
