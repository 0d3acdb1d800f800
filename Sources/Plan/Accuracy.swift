/// What is to be expected of a plan's numbers.
///
/// Errors are the largest difference from float64 relative to the largest result of a layer, as
/// measured on layers of trained networks' sizes with random weights: 2e-6 for direct sums in float32
/// (of some thousand products), less for Winograd's F(2x2,3x3), which sums fewer, and 4e-6 for
/// F(4x4,3x3), whose transforms amplify rounding.
package struct Accuracy: Hashable, Sendable {
    /// Relative to the largest result of a layer.
    package var expectedError: Double
    /// The convolutions computed by F(4x4,3x3).
    package var lessExactLayers: Int

    package static let direct = 2e-6
    package static let winograd4 = 4e-6
}

extension Plan {
    package var accuracy: Accuracy {
        var values: Set<Int> = []
        for step in steps {
            if case .winogradInput(let kernel) = step.kernel, kernel.variant == .f4 {
                values.insert(step.value.index)
            }
        }
        return Accuracy(
            expectedError: values.isEmpty ? Accuracy.direct : Accuracy.winograd4,
            lessExactLayers: values.count)
    }
}
