import Foundation
import IR

// Ops in which an element of the result comes from the elements at its own index.
extension ReferenceEvaluator {
    /// Operands broadcast as in numpy.
    static func binary(
        _ function: BinaryFunction, _ a: ReferenceTensor, _ b: ReferenceTensor
    ) -> ReferenceTensor {
        let rank = max(a.shape.count, b.shape.count)
        func aligned(_ shape: [Int]) -> [Int] {
            [Int](repeating: 1, count: rank - shape.count) + shape
        }
        let shape = zip(aligned(a.shape), aligned(b.shape)).map { $0 == 1 ? $1 : $0 }
        func element(_ tensor: ReferenceTensor, _ index: [Int]) -> Double {
            tensor[zip(index.suffix(tensor.shape.count), tensor.shape).map { $1 == 1 ? 0 : $0 }]
        }
        return ReferenceTensor(shape) { index in
            ReferenceFunctions.binary(function, element(a, index), element(b, index))
        }
    }

    static func scaleShift(
        _ x: ReferenceTensor, _ scale: ReferenceTensor, _ shift: ReferenceTensor, axis: Int
    ) -> ReferenceTensor {
        ReferenceTensor(x.shape) { index in
            x[index] * scale.elements[index[axis]] + shift.elements[index[axis]]
        }
    }

    static func batchNormalization(
        _ op: BatchNormalizationOp, _ operands: [ReferenceTensor]
    ) -> ReferenceTensor {
        let (x, mean, variance) = (operands[0], operands[1].elements, operands[2].elements)
        let (gamma, beta) = (operands[3].elements, operands[4].elements)
        return ReferenceTensor(x.shape) { index in
            let c = index[op.axis]
            return (x[index] - mean[c]) / sqrt(variance[c] + op.epsilon) * gamma[c] + beta[c]
        }
    }
}

/// The functions of one and of two elements.
///
/// NaN goes through, as it does in Keras on TensorFlow, except where a comparison decides between
/// the element and a constant (`hard_shrink`, `soft_shrink`, `threshold`): a NaN fails it.
package enum ReferenceFunctions {
    package static func unary(_ function: UnaryFunction, _ x: Double) -> Double {
        let p = function.parameters
        switch function.kind {
        case .relu: return clip(x, 0, .infinity)
        case .clippedReLU: return clip(x, 0, p[0])
        case .leakyReLU: return x >= 0 ? x : p[0] * x
        case .generalReLU: return x > p[2] ? min(x, p[0]) : p[1] == 0 ? 0 : p[1] * (x - p[2])
        case .elu: return x > 0 ? x : p[0] * expm1(x)
        case .selu:
            return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * expm1(x))
        case .celu: return x > 0 ? x : p[0] * expm1(x / p[0])
        case .exponential: return exp(x)
        case .gelu: return 0.5 * x * erfc(-x / sqrt(2))
        case .geluTanh:
            return 0.5 * x * (1 + tanh(sqrt(2 / Double.pi) * (x + 0.044715 * x * x * x)))
        case .hardShrink: return abs(x) > p[0] ? x : 0
        case .hardSigmoid: return clip(x + 3, 0, 6) / 6
        case .hardSiLU: return x * clip(x + 3, 0, 6) / 6
        case .hardTanh: return clip(x, -1, 1)
        case .logSigmoid: return -softplus(-x)
        case .mish: return x * tanh(softplus(x))
        case .sigmoid: return sigmoid(x)
        case .silu: return x * sigmoid(x)
        case .softShrink: return x > p[0] ? x - p[0] : x < -p[0] ? x + p[0] : 0
        case .softplus: return softplus(x)
        case .softsign: return x / (1 + abs(x))
        case .sparsePlus: return x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4
        case .sparseSigmoid: return clip((x + 1) / 2, 0, 1)
        case .squareplus: return (x + sqrt(x * x + p[0])) / 2
        case .tanh: return tanh(x)
        case .tanhShrink: return x - tanh(x)
        case .threshold: return x > p[0] ? x : p[1]
        case .affine: return x * p[0] + p[1]
        case .negate: return -x
        case .absolute: return abs(x)
        case .square: return x * x
        case .squareRoot: return sqrt(x)
        case .reciprocal: return 1 / x
        case .logarithm: return log(x)
        case .notEqual: return x != p[0] ? 1 : 0
        }
    }

    package static func binary(_ function: BinaryFunction, _ a: Double, _ b: Double) -> Double {
        switch function {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .maximum: return maximum(a, b)
        case .minimum: return -maximum(-a, -b)
        case .prelu: return a >= 0 ? a : b * a
        case .squaredDifference: return (a - b) * (a - b)
        case .arctangent2: return atan2(a, b)
        case .keep: return b != 0 ? a : 0
        case .equal: return a == b ? 1 : 0
        case .less: return a < b ? 1 : 0
        }
    }

    /// The larger of two, NaN if either is.
    static func maximum(_ a: Double, _ b: Double) -> Double {
        a.isNaN || b.isNaN ? .nan : a > b ? a : b
    }

    private static func clip(_ x: Double, _ low: Double, _ high: Double) -> Double {
        x < low ? low : x > high ? high : x
    }

    private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    /// `log(1 + exp(x))` without overflow.
    private static func softplus(_ x: Double) -> Double {
        x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
    }
}
