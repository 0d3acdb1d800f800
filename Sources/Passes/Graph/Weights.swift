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

/// Which input channel and which filter each weight of a kernel `[..., channels, filters]` belongs
/// to.
struct KernelLayout {
    /// Channels of one group, filters of all.
    private let channels: Int
    let filters: Int
    private let groups: Int

    /// - Precondition: `op` has weights, of type `kernel`.
    init(_ op: Op, _ kernel: TensorType) {
        channels = kernel.shape[kernel.rank - 2]
        filters = kernel.shape[kernel.rank - 1]
        if case .convolution(let op) = op { groups = op.groups } else { groups = 1 }
    }

    /// Every weight times the scale of its filter.
    func scaled(_ kernel: Constant, byFilter scale: WideElements) -> ConstantData {
        scaled(kernel, by: scale) { _, filter in filter }
    }

    /// Every weight times the scale of its input channel.
    func scaled(_ kernel: Constant, byChannel scale: WideElements) -> ConstantData {
        scaled(kernel, by: scale, channel)
    }

    /// Weights can be large: they are walked in their order, and there is one copy of them.
    private func scaled(
        _ kernel: Constant, by scale: WideElements, _ scaleIndex: (_ row: Int, _ filter: Int) -> Int
    ) -> ConstantData {
        switch (kernel.data, scale) {
        case (.undefined, _), (_, .undefined): return .undefined
        case (.splat(let value), .splat(let factor)): return .splat(Float(Double(value) * factor))
        case (_, .splat(1)): return kernel.data
        default: break
        }
        var weights = kernel.floats!
        for row in 0..<channels {
            let factors = (0..<filters).map { scale[scaleIndex(row, $0)] }
            for start in stride(
                from: row * filters, to: weights.count, by: channels * filters)
            {
                for filter in 0..<filters {
                    weights[start + filter] = Float(
                        Double(weights[start + filter]) * factors[filter])
                }
            }
        }
        return .floats(weights)
    }

    /// For each filter the sum of its weights times the shifts of their channels.
    func sums(of kernel: Constant, times shift: WideElements) -> WideElements {
        guard shift.isDefined, let weights = kernel.floats else { return .undefined }
        var sums = [Double](repeating: 0, count: filters)
        for row in 0..<channels {
            let shifts = (0..<filters).map { shift[channel(row: row, $0)] }
            for start in stride(from: row * filters, to: weights.count, by: channels * filters) {
                for filter in 0..<filters {
                    sums[filter] += Double(weights[start + filter]) * shifts[filter]
                }
            }
        }
        return .list(sums)
    }

    /// The input channel of a row of one tap: that row of the channels of the filter's group.
    private func channel(row: Int, _ filter: Int) -> Int {
        filter / (filters / groups) * channels + row
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
            layers: self[node.inputs[1]].layers)
    }
}
