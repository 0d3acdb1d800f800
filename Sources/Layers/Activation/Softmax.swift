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

    package static let keepsMask = true
    package static let maskFlow = MaskFlow.renews

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var activation: ActivationFunction? {
        arguments[Self.axis] == [-1]
            ? ActivationFunction(name: "softmax", rule: .row(.softmax)) : nil
    }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        if let mask = check.mask() {
            check.error(
                .notSupported,
                "Softmax can't use the mask of its input: it marks "
                    + "\(TensorType(.float32, mask).shapeText) and not single elements",
                label: "gets a mask", inputs: [0],
                notes: ["Keras says: the `mask` must be broadcastable to `inputs`"],
                helps: ["`Activation: {activation: softmax}` passes the mask by"])
        }
        return axesOutputType(inputs, &check)
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axes = axes(of: lowering.type(inputs[0]))
        return lowering.emit(.softmax(SoftmaxOp(axes: axes)), inputs)
    }
}
