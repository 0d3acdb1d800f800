/// Batch normalization with running statistics (Ioffe & Szegedy 2015,
/// `keras.layers.BatchNormalization` at inference):
/// `y = (x - mean) / sqrt(variance + epsilon) * gamma + beta` along `axis`.
///
/// Operands: x, mean, variance, gamma, beta, the last four `[C]`.
package struct BatchNormalizationOp: Operation {
    package static let mnemonic = "batch_normalization"
    package var axis: Int
    package var epsilon: Double

    package init(axis: Int, epsilon: Double) {
        self.axis = axis
        self.epsilon = epsilon
    }

    package init(_ attributes: Attributes) throws(GraphError) {
        axis = try attributes.integer("axis")
        epsilon = try attributes.number("epsilon")
    }

    package var attributes: Attributes {
        Attributes([("axis", .integer(axis)), ("epsilon", .number(epsilon))])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try requireOperands(operands, 5)
        let x = operands[0]
        try require(operands.allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        try require((0..<x.rank).contains(axis), "axis \(axis) is not in 0..<\(x.rank)")
        try require(epsilon >= 0, "epsilon should not be negative")
        for operand in operands[1...] {
            try require(operand.shape == [x.shape[axis]], "statistics should be [\(x.shape[axis])]")
        }
        return x
    }
}
