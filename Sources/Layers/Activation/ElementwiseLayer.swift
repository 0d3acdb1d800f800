import IR
import Spec

/// A layer that applies one function to each element.
protocol ElementwiseLayer: ActivationLayer {
    var function: UnaryFunction { get }
}

extension ElementwiseLayer {
    package var activation: ActivationFunction? {
        ActivationFunction(name: LayerNames.snakeCase(Self.className), rule: .unary(function))
    }

    package static var keepsMask: Bool { true }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        check.requireFloat(inputs) ? inputs[0] : nil
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.emit(.unary(UnaryOp(function)), inputs)
    }
}

extension Lowering {
    /// `x * scale + shift` with one number of each, or one for each index along `axis`.
    mutating func scaleAndShift(
        _ x: ValueID, _ scales: [Double], _ shifts: [Double], axis: Int?
    ) -> ValueID {
        let count = max(scales.count, shifts.count)
        guard count > 1, let axis else {
            return emit(.unary(UnaryOp(UnaryFunction(.affine, scales[0], shifts[0]))), [x])
        }
        func vector(_ values: [Double], _ name: String) -> ValueID {
            values.count == 1
                ? splat(Float(values[0]), shape: [count], name)
                : constant(values.map { Float($0) }, shape: [count], name)
        }
        let scale = vector(scales, "scale")
        let shift = vector(shifts, "shift")
        return emit(.scaleShift(ScaleShiftOp(axis: axis)), [x, scale, shift])
    }
}
