/// What is to be expected of a plan's numbers.
///
/// Errors are the largest difference from float64 relative to the largest result of a layer, as
/// measured on layers of trained networks' sizes with random weights: 2e-6 for direct sums in float32
/// (of some thousand products), less for Winograd's F(2x2,3x3), which sums fewer, as much for F(4,3)
/// and F(2,5) along one axis, and 4e-6 for F(4x4,3x3), F(2x2,5x5), F(4,5) and F(2,7), whose transforms
/// amplify rounding.
package struct Accuracy: Hashable, Sendable {
    /// Relative to the largest result of a layer.
    package var expectedError: Double
    /// The convolutions whose transforms amplify rounding.
    package var lessExactLayers: Int
    /// The names of these algorithms, each once, in the order of the plan.
    package var lessExact: [String]

    package static let direct = 2e-6
    package static let lessExact = 4e-6
}

extension Plan {
    package var accuracy: Accuracy {
        var values: Set<Int> = []
        var names: [String] = []
        for step in steps {
            if case .winogradInput(let kernel) = step.kernel, kernel.variant.isLessExact {
                values.insert(step.value.index)
                let name = kernel.variant.description
                if !names.contains(name) { names.append(name) }
            }
        }
        return Accuracy(
            expectedError: values.isEmpty ? Accuracy.direct : Accuracy.lessExact,
            lessExactLayers: values.count, lessExact: names)
    }
}
