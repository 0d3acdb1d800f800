import IR

/// What is known of the elements of a value: a lower and an upper bound that hold for all of them,
/// NaN aside.
struct ActivationRange {
    private(set) var lower = -Double.infinity
    private(set) var upper = Double.infinity

    private init(_ lower: Double, _ upper: Double = .infinity) {
        self.lower = lower
        self.upper = upper
    }

    /// The range of a value, as far as its producers tell: through what moves, selects or averages
    /// elements, up to the activation behind it.
    init(of value: ValueID, in editor: GraphEditor) {
        let node = editor[value]
        guard node.epilogue.isEmpty else { return }
        switch node.op {
        case .unary(let op): self = Self.range(of: op.function)
        case .softmax(let op):
            self = op.kind == .logSoftmax ? Self(-.infinity, 0) : Self(0, 1)
        case .transpose, .reshape, .slice, .resize, .pool:
            self = Self(of: node.inputs[0], in: editor)
        case .reduce(let op) where op.kind != .sum: self = Self(of: node.inputs[0], in: editor)
        default: break
        }
    }

    private static func range(of function: UnaryFunction) -> ActivationRange {
        switch function.kind {
        case .relu, .exponential, .softplus, .sparsePlus, .absolute, .square, .squareRoot: Self(0)
        case .clippedReLU: Self(0, max(0, function.parameters[0]))
        case .sigmoid, .hardSigmoid, .sparseSigmoid, .notEqual: Self(0, 1)
        case .hardTanh, .tanh, .softsign: Self(-1, 1)
        default: Self(-.infinity)
        }
    }

    /// Whether the function gives back every element in the range.
    func isFixed(by function: UnaryFunction) -> Bool {
        switch function.kind {
        case .relu, .absolute: lower >= 0
        case .clippedReLU: lower >= 0 && upper <= function.parameters[0]
        case .leakyReLU: lower >= 0
        case .elu: lower >= 0
        case .hardTanh: lower >= -1 && upper <= 1
        default: false
        }
    }
}
