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
                helps: [
                    "leave `dtype: int32` of the Input out; it is for what an `Embedding` or a "
                        + "`Rescaling` reads"
                ])
            return false
        }
        return true
    }

    /// A shape of which only the rank is known.
    func unknownShape(rank: Int) -> [Int] { [Int](repeating: unknownSize, count: rank) }

    /// Whether there is an axis beside the batch; reports if not.
    mutating func requireAnAxis(_ inputs: [TensorType]) -> Bool {
        if inputs[0].rank > 0 { return true }
        error(
            .inputRank,
            "\(item.className) takes an axis beside the batch, and gets one number: ()",
            label: "takes at least one axis", inputs: [0],
            helps: ["`Reshape: {target_shape: [1]}` makes an axis of it"])
        return false
    }

    /// The type after an activation: `glu` halves the last axis, the others keep the shape.
    mutating func activated(
        _ type: TensorType, _ function: ActivationFunction, argument: String
    ) -> TensorType? {
        switch function.rule {
        case .linear, .unary: return type
        case .row:
            return requireAnAxis([type]) ? type : nil
        case .gatedLinear:
            guard requireAnAxis([type]) else { return nil }
            let last = type.shape[type.rank - 1]
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

    /// The indices of `axes` in a shape without batch, ascending; reports those that are not there
    /// and those that are named twice, and returns nil then.
    mutating func resolveAxes(
        _ axes: [Int], of type: TensorType, argument: String = "axis"
    ) -> [Int]? {
        var result: [Int] = []
        for axis in axes {
            guard let index = resolveAxis(axis, of: type, argument: argument) else { return nil }
            if result.contains(index) {
                error(
                    .argumentValue,
                    "`\(argument)` names axis \(index + 1) of \(type.shapeText) twice",
                    at: .argument(argument), label: "name each axis once", inputs: [0])
                return nil
            }
            result.append(index)
        }
        return result.sorted()
    }

    /// What a message calls input `index`.
    func inputName(_ index: Int) -> String {
        guard let inputs = item.inputs, inputs.indices.contains(index) else { return "the input" }
        return inputs[index].name
    }

    /// Reports a fraction that isn't between 0 and 1.
    mutating func requireFraction(_ value: Double, argument: String) {
        guard value > 1 else { return }  // negative ones have been refused when they were read
        let percent = value <= 100
        error(
            .argumentValue,
            "`\(argument)` of `\(name)` should be a number from 0 to 1, not \(Self.text(value))",
            at: .argument(argument), label: "more than all of what comes in",
            helps: percent && value >= 2
                ? ["\(Self.text(value)) percent is `\(argument): \(Self.text(value / 100))`"] : [])
    }

    /// A number without a superfluous `.0`.
    static func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
