import IR

// The loops of an epilogue's instructions: the function is chosen outside, the loop inlined.
extension Epilogue {
    typealias Parameters = (Float, Float, Float)
    typealias OperandRun = (pointer: UnsafePointer<Float>, stride: Int)

    static func applyScaleShift(
        _ source: UnsafePointer<Float>, _ scale: OperandRun, _ shift: OperandRun,
        _ target: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        var index = 0
        while index < count {
            let rest = count - index
            let x = vector(source, index, rest, 1)
            let s = vector(scale.pointer, index, rest, scale.stride)
            let y = madd(x, s, vector(shift.pointer, index, rest, shift.stride))
            if rest >= ElementRun.width {
                ElementRun.store(y, target + index)
            } else {
                ElementRun.storePartial(y, target + index, rest)
            }
            index += ElementRun.width
        }
    }

    @inline(__always)
    private static func vector(
        _ source: UnsafePointer<Float>, _ index: Int, _ rest: Int, _ stride: Int
    ) -> V {
        if stride == 0 { return V(repeating: source[0]) }
        return rest >= ElementRun.width
            ? ElementRun.load(source + index) : ElementRun.loadPartial(source + index, rest)
    }

    static func applyBinary(
        _ function: BinaryFunction, _ reversed: Bool, _ x: UnsafePointer<Float>,
        _ operand: OperandRun, _ target: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        let y = operand.pointer
        let stride = operand.stride
        switch (function, reversed) {
        case (.add, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_add($0, $1) }
        case (.subtract, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_subtract($0, $1)
            }
        case (.subtract, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_subtract($1, $0)
            }
        case (.multiply, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_multiply($0, $1)
            }
        case (.divide, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_divide($0, $1) }
        case (.divide, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_divide($1, $0) }
        case (.maximum, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_maximum($0, $1)
            }
        case (.minimum, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_minimum($0, $1)
            }
        case (.prelu, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_prelu($0, $1) }
        case (.prelu, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_prelu($1, $0) }
        case (.squaredDifference, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_squared_difference($0, $1)
            }
        case (.arctangent2, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_arctangent2($0, $1)
            }
        case (.arctangent2, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) {
                binary_arctangent2($1, $0)
            }
        case (.keep, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_keep($0, $1) }
        case (.keep, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_keep($1, $0) }
        case (.equal, _):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_equal($0, $1) }
        case (.less, false):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_less($0, $1) }
        case (.less, true):
            ElementRun.combine(x, y, operandStride: stride, target, count) { binary_less($1, $0) }
        }
    }

    static func applyUnary(
        _ kind: UnaryFunction.Kind, _ p: Parameters, _ x: UnsafePointer<Float>,
        _ y: UnsafeMutablePointer<Float>, _ count: Int
    ) {
        switch kind {
        case .relu: ElementRun.map(x, y, count) { activation_relu($0) }
        case .clippedReLU: ElementRun.map(x, y, count) { activation_clipped_relu($0, p.0) }
        case .leakyReLU: ElementRun.map(x, y, count) { activation_leaky_relu($0, p.0) }
        case .generalReLU:
            ElementRun.map(x, y, count) { activation_general_relu($0, p.0, p.1, p.2) }
        case .elu: ElementRun.map(x, y, count) { activation_elu($0, p.0) }
        case .selu: ElementRun.map(x, y, count) { activation_selu($0) }
        case .celu: ElementRun.map(x, y, count) { activation_celu($0, p.0) }
        case .exponential: ElementRun.map(x, y, count) { activation_exponential($0) }
        case .gelu: ElementRun.map(x, y, count) { activation_gelu($0) }
        case .geluTanh: ElementRun.map(x, y, count) { activation_gelu_tanh($0) }
        case .hardShrink: ElementRun.map(x, y, count) { activation_hard_shrink($0, p.0) }
        case .hardSigmoid: ElementRun.map(x, y, count) { activation_hard_sigmoid($0) }
        case .hardSiLU: ElementRun.map(x, y, count) { activation_hard_silu($0) }
        case .hardTanh: ElementRun.map(x, y, count) { activation_hard_tanh($0) }
        case .logSigmoid: ElementRun.map(x, y, count) { activation_log_sigmoid($0) }
        case .mish: ElementRun.map(x, y, count) { activation_mish($0) }
        case .sigmoid: ElementRun.map(x, y, count) { activation_sigmoid($0) }
        case .silu: ElementRun.map(x, y, count) { activation_silu($0) }
        case .softShrink: ElementRun.map(x, y, count) { activation_soft_shrink($0, p.0) }
        case .softplus: ElementRun.map(x, y, count) { activation_softplus($0) }
        case .softsign: ElementRun.map(x, y, count) { activation_softsign($0) }
        case .sparsePlus: ElementRun.map(x, y, count) { activation_sparse_plus($0) }
        case .sparseSigmoid: ElementRun.map(x, y, count) { activation_sparse_sigmoid($0) }
        case .squareplus: ElementRun.map(x, y, count) { activation_squareplus($0, p.0) }
        case .tanh: ElementRun.map(x, y, count) { activation_tanh($0) }
        case .tanhShrink: ElementRun.map(x, y, count) { activation_tanh_shrink($0) }
        case .threshold: ElementRun.map(x, y, count) { activation_threshold($0, p.0, p.1) }
        case .affine: ElementRun.map(x, y, count) { activation_affine($0, p.0, p.1) }
        case .negate: ElementRun.map(x, y, count) { activation_negate($0) }
        case .absolute: ElementRun.map(x, y, count) { activation_absolute($0) }
        case .square: ElementRun.map(x, y, count) { activation_square($0) }
        case .squareRoot: ElementRun.map(x, y, count) { activation_sqrt($0) }
        case .reciprocal: ElementRun.map(x, y, count) { activation_reciprocal($0) }
        case .logarithm: ElementRun.map(x, y, count) { activation_log($0) }
        case .notEqual: ElementRun.map(x, y, count) { activation_not_equal($0, p.0) }
        }
    }
}
