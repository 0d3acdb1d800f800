import Diagnostics
import IR
import Spec

/// Rules that several layers share.
extension LayerCheck {
    /// Whether all inputs are float32; reports those that are not.
    mutating func requireFloat(_ inputs: [TensorType]) -> Bool {
        for (index, input) in inputs.enumerated() where input.elementType != .float32 {
            error(
                .elementType, "\(item.className) computes with float32 and gets int32",
                label: "takes float32", inputs: [index],
                helps: ["leave out `dtype: int32` of the Input"])
            return false
        }
        return true
    }

    /// The type after an activation: `glu` halves the last axis, the others keep the shape.
    mutating func activated(
        _ type: TensorType, _ function: ActivationFunction, argument: String
    ) -> TensorType? {
        guard function.rule == .gatedLinear, let last = type.shape.last else { return type }
        guard last % 2 == 0 else {
            error(
                .indivisible, "`glu` halves the last axis, and \(last) is odd",
                at: .argument(argument), label: "needs an even number of channels")
            return nil
        }
        var halved = type
        halved.shape[type.rank - 1] = last / 2
        return halved
    }
}
