import IR
import Spec

/// Numbers above 0 that sum to 1, `keras.layers.Softmax`; over several axes jointly.
package struct Softmax: AxesLayer, ActivationLayer {
    package static let className = "Softmax"
    package static let summary = "Probabilities: numbers above 0 that sum to 1."
    package static let formula = "output = exp(x - max(x)) / sum(exp(x - max(x))), over axis"
    package static let example = """
        layers:
          - Input: {shape: [10]}
          - Softmax
        """

    static let axis = Argument.axes("axis", default: [-1], "The axes over which the sum is 1.")
    package static let schema: [any ArgumentDescriptor] = [axis]

    static let mask = Argument.tensor(
        "mask",
        "The layer that says which elements count, above 0.5 where they do; it broadcasts to the input. "
            + "The others become 0.")
    package static let callSchema: [any ArgumentDescriptor] = [mask]

    package static let keepsMask = true
    package static let maskFlow = MaskFlow.renews

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var activation: ActivationFunction? {
        arguments[Self.axis] == [-1] && arguments[Self.mask].isEmpty
            ? ActivationFunction(name: "softmax", rule: .row(.softmax)) : nil
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if inputs.count > 1 {
            let (input, mask) = (inputs[0], inputs[1])
            guard mask.rank == input.rank,
                zip(mask.shape, input.shape).allSatisfy({ $0 == 1 || $0 == $1 })
            else {
                check.error(
                    .shapeMismatch,
                    "`mask` should have the shape of the input, \(input.shapeText), or 1 in the place of a "
                        + "size, and is \(mask.shapeText)", at: .argument("mask"),
                    label: "doesn't broadcast", inputs: [0, 1])
                return nil
            }
        } else if let mask = check.mask() {
            check.error(
                .notSupported,
                "Softmax can't use the mask of its input: it marks "
                    + "\(TensorType(.float32, mask).shapeText) and not single elements",
                label: "gets a mask", inputs: [0],
                notes: ["Keras says: the `mask` must be broadcastable to `inputs`"],
                helps: ["`Activation: {activation: softmax}` passes the mask by"])
        }
        return axesOutputType(Array(inputs.prefix(1)), &check)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axes = axes(of: lowering.type(inputs[0]))
        // Over several axes Keras goes by way of the logarithm.
        let op = SoftmaxOp(axes.count > 1 ? .joint : .softmax, axes: axes)
        guard inputs.count > 1 else { return lowering.emit(.softmax(op), inputs) }
        let half = lowering.splat(0.5, shape: [1], "half")
        let marks = lowering.emit(.binary(BinaryOp(.less)), [half, inputs[1]], "marks")
        let masked = lowering.masked(inputs[0], marks, else: -1e9)
        let shares = lowering.emit(.softmax(op), [masked], "shares")
        return lowering.masked(shares, marks, else: 0)
    }
}
