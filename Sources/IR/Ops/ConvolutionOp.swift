/// Cross-correlation over 1 to 3 spatial axes, channels last, with zero padding.
///
/// Operands: x `[N, d1...dn, C]`, kernel `[k1...kn, C/groups, F]`, and optionally bias `[F]`.
/// Output channels are contiguous per group. A depthwise convolution has `groups == C`.
/// Result: `[N, o1...on, F]`, `o = (d + padding - ((k-1)*dilation+1)) / stride + 1`, rounded down.
///
/// An input dilation above 1 puts zeros between the cells of x first, `d` becoming
/// `(d-1) * inputDilation + 1`: a transposed convolution is one with a flipped kernel and an input
/// dilation (XLA's `lhs_dilation`). These zeros are no cells: a NaN beside them stays where it is.
package struct ConvolutionOp: Operation {
    package static let mnemonic = "convolution"
    package var strides: [Int]
    package var padding: [Padding]
    package var dilation: [Int]
    package var inputDilation: [Int]
    package var groups: Int

    package init(
        strides: [Int], padding: [Padding], dilation: [Int], inputDilation: [Int]? = nil,
        groups: Int
    ) {
        self.strides = strides
        self.padding = padding
        self.dilation = dilation
        self.inputDilation = inputDilation ?? [Int](repeating: 1, count: strides.count)
        self.groups = groups
    }

    /// Whether there are zeros between the cells of the input.
    package var dilatesInput: Bool { inputDilation.contains { $0 > 1 } }

    package init(_ attributes: Attributes) throws(GraphError) {
        strides = try attributes.integers("strides")
        padding = try attributes.pairs("padding")
        dilation = try attributes.integers("dilation")
        inputDilation = try attributes.integers("input_dilation")
        groups = try attributes.integer("groups")
    }

    package var attributes: Attributes {
        Attributes([
            ("strides", .integers(strides)), ("padding", .pairs(padding)),
            ("dilation", .integers(dilation)), ("input_dilation", .integers(inputDilation)),
            ("groups", .integer(groups)),
        ])
    }

    package var mayCarryEpilogue: Bool { true }

    package static func defaults(operands: [TensorType], given: Attributes) -> Attributes {
        let rank = operands.count > 1 ? max(0, operands[1].rank - 2) : 0
        let ones = [Int](repeating: 1, count: rank)
        var inputDilation = ones
        if case .integers(let strides)? = given["strides"] {
            inputDilation = [Int](repeating: 1, count: strides.count)
        }
        return Attributes([
            ("strides", .integers(ones)),
            ("padding", .pairs([Padding](repeating: .zero, count: rank))),
            ("dilation", .integers(ones)), ("input_dilation", .integers(inputDilation)),
            ("groups", .integer(1)),
        ])
    }

    package func resultType(_ operands: [TensorType]) throws(GraphError) -> TensorType {
        try require(operands.count == 2 || operands.count == 3, "takes x, kernel and maybe bias")
        let x = operands[0]
        let kernel = operands[1]
        let rank = strides.count
        try require(operands.allSatisfy { $0.elementType == .float32 }, "takes f32 operands")
        try require((1...3).contains(rank), "has 1 to 3 spatial axes, not \(rank)")
        try require(
            padding.count == rank && dilation.count == rank && inputDilation.count == rank,
            "strides, padding and dilations should have one entry for each spatial axis")
        try require(x.rank == rank + 2, "x should have rank \(rank + 2), not \(x.rank)")
        try require(kernel.rank == rank + 2, "kernel should have rank \(rank + 2)")
        try require(strides.allSatisfy { $0 > 0 }, "strides should be positive")
        try require(dilation.allSatisfy { $0 > 0 }, "dilation should be positive")
        for axis in 0..<rank where inputDilation[axis] != 1 {
            try require(inputDilation[axis] > 0, "input_dilation should be positive")
            try require(
                strides[axis] == 1 && dilation[axis] == 1,
                "an axis with an input dilation has no stride and no dilation beside it")
        }
        try require(padding.allSatisfy { $0.before >= 0 && $0.after >= 0 }, "negative padding")
        let channels = x.shape[rank + 1]
        let filters = kernel.shape[rank + 1]
        try require(groups > 0 && channels % groups == 0, "groups should divide the channels")
        try require(filters % groups == 0, "groups should divide the filters")
        try require(
            kernel.shape[rank] * groups == channels,
            "kernel \(kernel) doesn't take \(channels) channels in \(groups) groups")
        if operands.count == 3 {
            try require(operands[2].shape == [filters], "bias should be [\(filters)]")
        }
        var shape = [x.shape[0]]
        for axis in 0..<rank {
            let reach = (kernel.shape[axis] - 1) * dilation[axis] + 1
            let size = (x.shape[axis + 1] - 1) * inputDilation[axis] + 1
            let room = size + padding[axis].total - reach
            try require(kernel.shape[axis] > 0 && room >= 0, "the kernel is larger than the input")
            shape.append(room / strides[axis] + 1)
        }
        return TensorType(.float32, shape + [filters])
    }
}
