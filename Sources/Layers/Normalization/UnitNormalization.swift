import IR
import Spec

/// Scales each example to length 1, `keras.layers.UnitNormalization`.
package struct UnitNormalization: AxesLayer {
    package static let className = "UnitNormalization"
    package static let summary = "Scales each example to length 1."
    package static let formula = "output = x * min(1 / sqrt(sum(x^2)), 1e12), over axis"
    package static let example = """
        layers:
          - Input: {shape: [64]}
          - UnitNormalization
        """

    static let axis = Argument.axes("axis", default: [-1], "The axes of one vector.")
    package static let schema: [any ArgumentDescriptor] = [axis]

    package static let keepsMask = true

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let axes = axes(of: lowering.type(inputs[0]))
        return lowering.emit(.normalize(NormalizeOp(.unit, axes: axes, epsilon: 0)), inputs)
    }
}
