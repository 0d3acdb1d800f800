import Diagnostics
import IR
import Spec

/// Normalizes groups of channels of each example, `keras.layers.GroupNormalization`
/// (Wu & He, https://arxiv.org/abs/1803.08494).
package struct GroupNormalization: Layer {
    package static let className = "GroupNormalization"
    package static let aliases = ["GroupNorm"]
    package static let summary = "Normalizes groups of channels by their own mean and variance."
    package static let formula =
        "output = gamma * (x - mean(group)) / sqrt(variance(group) + epsilon) + beta, along axis"
    package static let example = """
        layers:
          - Input: {shape: [28, 28, 32]}
          - GroupNormalization: {groups: 8}
        """

    static let groups = Argument.integer(
        "groups", default: 32, minimum: -1,
        "How many groups the channels are split into; -1 for one for each (instance normalization)."
    )
    static let axis = Argument.integer("axis", default: -1, "The axis of the channels.")
    package static let schema: [any ArgumentDescriptor] =
        [groups, axis, GammaAndBeta.epsilon] + GammaAndBeta.schema

    package static let keepsMask = true

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        guard check.requireFloat(inputs) else { return nil }
        guard let axis = check.resolveAxis(arguments[Self.axis], of: inputs[0]) else {
            return inputs[0]
        }
        let channels = inputs[0].shape[axis]
        let groups = arguments[Self.groups]
        if groups == 0 {
            check.error(
                .argumentValue, "`groups` of `\(check.name)` should be a positive integer or -1",
                at: .argument("groups"), label: "no group at all",
                helps: ["-1 makes a group of each channel"])
        } else if groups > 0, channels % groups != 0 {
            let written = check.item.arguments.isWritten("groups")
            check.error(
                .indivisible,
                "\(channels) channels can't be split into \(groups) groups"
                    + (written ? "" : ", Keras's default"),
                at: .argument("groups"),
                label: written ? "does not divide \(channels)" : "`groups` is 32", inputs: [0],
                helps: check.divisors(of: channels, near: groups, argument: "groups"))
        }
        return inputs[0]
    }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        let axis = Axis.index(arguments[Self.axis], rank: inputs[0].rank + 1)
        return GammaAndBeta(arguments).weights([inputs[0].shape[axis - 1]])
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        let x = inputs[0]
        let shape = lowering.type(x).shape
        let axis = Axis.index(arguments[Self.axis], rank: shape.count)
        let groups = arguments[Self.groups] == -1 ? shape[axis] : arguments[Self.groups]
        var grouped = shape
        grouped[axis] = shape[axis] / groups
        grouped.insert(groups, at: axis)
        let split = lowering.reshape(x, grouped, "groups")
        let normalized = lowering.emit(
            .normalize(
                NormalizeOp(
                    .standard, axes: (1..<grouped.count).filter { $0 != axis },
                    epsilon: arguments[GammaAndBeta.epsilon])),
            [split], "normalized")
        let joined = lowering.reshape(normalized, shape, "joined")
        return GammaAndBeta(arguments).lower(joined, axes: [axis], &lowering)
    }
}
