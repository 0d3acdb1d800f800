import IR

// What the two folding passes share: ops that multiply by weights, and their new weights.

extension Op {
    /// Whether the op sums products of its first operand with weights, its second.
    var hasWeights: Bool {
        switch self {
        case .convolution, .matmul: true
        default: false
        }
    }

    /// What a message calls an op with weights.
    var thing: String {
        switch self {
        case .convolution: "convolution"
        case .matmul: "matrix product"
        default: mnemonic
        }
    }
}

extension Constant {
    /// The elements times one scale each, in double precision, rounded once; `scaleIndex` gives
    /// for each element the index of its scale.
    ///
    /// Weights can be large: there is never more than one copy of them.
    func scaled(by scale: WideElements, _ scaleIndex: (Int) -> Int) -> ConstantData {
        let scales: [Double]
        switch (data, scale) {
        case (.undefined, _), (_, .undefined): return .undefined
        case (.splat(let value), .splat(let factor)): return .splat(Float(Double(value) * factor))
        case (_, .splat(1)): return data
        case (_, .splat(let factor)):
            return .floats(floats!.map { Float(Double($0) * factor) })
        case (_, .list(let list)): scales = list
        }
        var elements = floats!
        for index in elements.indices {
            elements[index] = Float(Double(elements[index]) * scales[scaleIndex(index)])
        }
        return .floats(elements)
    }
}

extension GraphEditor {
    /// A new bias for a convolution or matrix product: in place of its own if it has one.
    mutating func replaceBias(
        of node: Node, _ bias: WideElements, filters: Int
    ) -> ValueID {
        if node.opInputCount > 2 { return replaceConstant(node.inputs[2], data: bias.data) }
        return appendConstant(
            Constant(
                name: "\(node.name)/bias", type: TensorType(.float32, [filters]), data: bias.data),
            layers: node.layers)
    }
}
