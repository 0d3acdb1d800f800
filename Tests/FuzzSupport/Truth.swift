import IR
import TestSupport

/// What a model computes by its ops' definitions in float64, and how far a result in float32 may be
/// from it.
///
/// A tolerance follows from the model's condition: the definitions are computed again with every
/// number disturbed by a few roundings of float32, and an engine may be off by some times what that
/// changes. Where it changes everything (a step function at its step, a division by almost nothing),
/// nothing can be said, and the model is ambiguous.
package struct Truth: Sendable {
    package struct Output: Sendable {
        package let name: String
        package let shape: [Int]
        package let values: [Double]
        package let tolerance: Double
    }

    package let outputs: [Output]
    package let isFinite: Bool

    /// - Returns: nil for an ambiguous model.
    package init?(_ graph: Graph, _ data: ModelData, seed: UInt64) {
        var random = SeededRandom(seed, "roundings")
        var values = graph.outputs.map { _ in [Double]() }
        var deviations = graph.outputs.map { _ in 0.0 }
        for sample in 0..<data.samples {
            let inputs = data.sample(sample)
            let plain = ReferenceEvaluator.run(graph, inputs: inputs)
            var largest = 0.0
            var others = [
                ReferenceEvaluator.run(graph, inputs: inputs) {
                    if $0.isFinite { largest = max(largest, abs($0)) }
                    return Double(Float($0))
                }
            ]
            // A sum on the way may be beyond float32.
            guard largest < 1e30 else { return nil }
            for _ in 0..<2 {
                others.append(
                    ReferenceEvaluator.run(graph, inputs: inputs) { Self.disturbed($0, &random) })
            }
            for (index, output) in graph.outputs.enumerated() {
                let truth = plain[output.name]!
                values[index] += truth
                for other in others {
                    for (a, b) in zip(truth, other[output.name]!) {
                        guard Self.kind(a) == Self.kind(b) else { return nil }
                        if a.isFinite { deviations[index] = max(deviations[index], abs(a - b)) }
                    }
                }
            }
        }
        let leastTolerance = Self.leastTolerance(graph)
        var outputs: [Output] = []
        for (index, output) in graph.outputs.enumerated() {
            let finite = values[index].filter(\.isFinite)
            let scale = finite.reduce(0) { max($0, abs($1)) }
            guard deviations[index] <= 1e-3 * scale || scale == 0, scale < 1e30 else { return nil }
            outputs.append(
                Output(
                    name: output.name, shape: graph.type(output.value).shape, values: values[index],
                    tolerance: max(1e-5 * scale, 64 * deviations[index], leastTolerance)))
        }
        self.outputs = outputs
        isFinite = outputs.allSatisfy { $0.values.allSatisfy(\.isFinite) }
    }

    /// What a gate near 1 leaves of a state (`1 - z` of a GRU) is as exact as the gate, however little
    /// that is; such roundings inside of an op are none of those that are disturbed.
    private static func leastTolerance(_ graph: Graph) -> Double {
        let hasGates = graph.nodes.contains { if case .recurrent = $0.op { true } else { false } }
        return hasGates ? 64 * 0x1p-24 : 1e-30
    }

    /// Integers are exact: they count and mark.
    private static func disturbed(_ x: Double, _ random: inout SeededRandom) -> Double {
        guard x.isFinite, x != x.rounded() || abs(x) > 0x1p31 else { return x }
        return x * (1 + (2 * random.unit() - 1) * 0x1p-23)
    }

    private static func kind(_ x: Double) -> Int {
        x.isNaN ? 3 : x.isFinite ? 0 : x > 0 ? 1 : 2
    }

    /// The first output of which an element is too far from the truth.
    package func difference(_ found: [[Double]], slack: Double = 1) -> String? {
        guard found.count == outputs.count else {
            return "\(found.count) outputs in the place of \(outputs.count)"
        }
        for (output, values) in zip(outputs, found) {
            guard values.count == output.values.count else {
                return "`\(output.name)` has \(values.count) elements in the place of "
                    + "\(output.values.count)"
            }
            for (index, (a, b)) in zip(output.values, values).enumerated() {
                let isNear =
                    Self.kind(a) == Self.kind(b)
                    && (!a.isFinite || abs(a - b) <= slack * output.tolerance)
                if !isNear {
                    return "`\(output.name)` \(output.shape) at \(index) is \(b), not \(a); "
                        + "the tolerance is \(slack * output.tolerance)"
                }
            }
        }
        return nil
    }
}
