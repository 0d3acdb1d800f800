/// A function of one element, with its parameters: what `Activation`, `ReLU`, `ELU`... compute.
///
/// Names and defaults are those of `keras.activations`. Engines find the vector form of a function
/// under the same name (`Sources/Interpreter/VectorMath.swift`).
package struct UnaryFunction: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        // Activations (keras.activations).
        case relu
        /// `min(max(x, 0), maximum)`, what `relu6` is with 6.
        case clippedReLU = "clipped_relu"
        case leakyReLU = "leaky_relu"
        /// `x >= maximum ? maximum : x > threshold ? x : slope * (x - threshold)`.
        case generalReLU = "general_relu"
        case elu, selu, celu, exponential, gelu
        case geluTanh = "gelu_tanh"
        case hardShrink = "hard_shrink"
        case hardSigmoid = "hard_sigmoid"
        case hardSiLU = "hard_silu"
        case hardTanh = "hard_tanh"
        case logSigmoid = "log_sigmoid"
        case mish, sigmoid, silu
        case softShrink = "soft_shrink"
        case softplus, softsign
        case sparsePlus = "sparse_plus"
        case sparseSigmoid = "sparse_sigmoid"
        case squareplus, tanh
        case tanhShrink = "tanh_shrink"
        case threshold
        // Arithmetic that layers lower into.
        /// `x * scale + shift` with two numbers (Rescaling).
        case affine
        case negate, absolute, square
        case squareRoot = "sqrt"
        case reciprocal
        /// The natural logarithm.
        case logarithm = "log"
        /// `x != value ? 1 : 0`, of either element type (what is masked).
        case notEqual = "not_equal"

        /// Whether it is made of exponentials or logarithms: some 20 instructions.
        package var isTranscendental: Bool {
            switch self {
            case .elu, .selu, .celu, .exponential, .gelu, .geluTanh, .logSigmoid, .mish, .sigmoid,
                .silu, .softplus, .tanh, .tanhShrink, .logarithm:
                true
            default: false
            }
        }

        /// Whether it is more than a few instructions. Swift's compiler takes such functions apart, lane
        /// by lane, where they stand in the code of a whole tile (hard_silu on 24 vectors: 34 µs where
        /// 19 do).
        package var isLong: Bool {
            switch self {
            case .hardSigmoid, .hardSiLU, .generalReLU, .softShrink, .sparsePlus, .sparseSigmoid,
                .squareplus:
                true
            default: isTranscendental
            }
        }

        /// The names of the parameters, in order.
        package var parameterNames: [String] {
            switch self {
            case .clippedReLU: ["maximum"]
            case .leakyReLU: ["slope"]
            case .generalReLU: ["maximum", "slope", "threshold"]
            case .elu, .celu: ["alpha"]
            case .hardShrink, .softShrink: ["threshold"]
            case .squareplus: ["b"]
            case .threshold: ["threshold", "default"]
            case .affine: ["scale", "shift"]
            case .notEqual: ["value"]
            default: []
            }
        }
    }

    package let kind: Kind
    package let parameters: [Double]

    /// - Precondition: one parameter for each of `kind.parameterNames`.
    package init(_ kind: Kind, _ parameters: Double...) {
        self.init(kind: kind, parameters: parameters)
    }

    package init(kind: Kind, parameters: [Double]) {
        precondition(
            parameters.count == kind.parameterNames.count, "\(kind) takes other parameters")
        self.kind = kind
        self.parameters = parameters
    }

    package var description: String {
        guard !parameters.isEmpty else { return kind.rawValue }
        let list = zip(kind.parameterNames, parameters).map {
            "\($0)=\(AttributeValue.text(of: $1))"
        }
        return "\(kind.rawValue)(\(list.joined(separator: ",")))"
    }

    /// Whether it gives back what it is given, by its definition.
    package var isIdentity: Bool { kind == .affine && parameters == [1, 0] }

    /// Whether a constant zero stays zero, so that zero padding may be moved across it.
    package var preservesZero: Bool {
        switch kind {
        case .relu, .clippedReLU, .leakyReLU, .elu, .selu, .celu, .gelu, .geluTanh, .hardShrink,
            .hardSiLU, .hardTanh, .mish, .silu, .softShrink, .softsign, .tanh, .tanhShrink, .negate,
            .absolute, .square, .squareRoot:
            true
        case .affine: parameters[1] == 0
        case .notEqual: parameters[0] == 0
        default: false
        }
    }
}

/// A function of two elements; operands broadcast as in numpy.
package enum BinaryFunction: String, Sendable, Hashable, CaseIterable {
    case add, subtract, multiply, divide, maximum, minimum
    /// `x >= 0 ? x : alpha * x`, the second operand being alpha (PReLU).
    case prelu
    case squaredDifference = "squared_difference"
    /// The angle of the point (y, x), the first operand being y.
    case arctangent2
    /// `y != 0 ? x : 0`: the second operand is a mask.
    case keep
    /// 1 where the two are equal, else 0; NaN equals nothing.
    case equal
    /// 1 where the first is less than the second, else 0; NaN is less than nothing.
    case less

    package var isCommutative: Bool {
        switch self {
        case .add, .multiply, .maximum, .minimum, .squaredDifference, .equal: true
        case .subtract, .divide, .prelu, .arctangent2, .keep, .less: false
        }
    }

    /// Whether the operands may be whole numbers; the result is f32 all the same.
    package var compares: Bool { self == .equal || self == .less }
}
