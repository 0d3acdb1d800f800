/// Normalization by the input's own statistics over `axes` (which keep their place).
///
/// - `standard`: `(x - mean) / sqrt(variance + epsilon)`, biased variance (layer, group, instance).
/// - `rootMeanSquare`: `x / sqrt(mean(x^2) + epsilon)` (RMSNormalization).
/// - `unit`: `x * min(1/sqrt(sum(x^2)), 1e12)` (UnitNormalization); epsilon unused.
package struct NormalizeOp: Operation {
    package static let mnemonic = "normalize"
    package enum Kind: String, Sendable, CaseIterable {
        case standard
        case rootMeanSquare = "root_mean_square"
        case unit
    }
    package var kind: Kind
    package var axes: [Int]
    package var epsilon: Double

    package init(_ kind: Kind, axes: [Int], epsilon: Double) {
        self.kind = kind
        self.axes = axes
        self.epsilon = epsilon
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        kind = try attributes.word("kind")
        axes = try attributes.integers("axes")
        epsilon = try attributes.number("epsilon")
    }

    package var attributes: Attributes {
        Attributes([
            ("kind", .word(kind.rawValue)), ("axes", .integers(axes)),
            ("epsilon", .number(epsilon)),
        ])
    }

    package var mayCarryEpilogue: Bool { true }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 1)
        try requireAxes(axes, of: operands[0])
        try require(epsilon >= 0, "epsilon should not be negative")
        return operands[0]
    }
}

/// Axes should be ascending, distinct and in range.
func requireAxes(_ axes: [Int], of type: TensorType) throws(GraphError) {
    try require(type.elementType == .float32, "takes an f32 operand")
    try require(!axes.isEmpty, "axes should not be empty")
    try require(zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }, "axes should ascend")
    try require(axes.allSatisfy { (0..<type.rank).contains($0) }, "axes \(axes) are out of range")
}
