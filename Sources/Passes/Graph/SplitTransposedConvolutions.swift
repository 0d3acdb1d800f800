import IR
import Plan

/// A convolution over an input with zeros between its cells (a transposed one) becomes a dense
/// convolution of the cells for each phase of the output, and the phases take turns: no product
/// with a zero is left (sub-pixel convolution, Shi et al., https://arxiv.org/abs/1609.05158).
///
/// Along an axis with input dilation `s`, `o = q * s + r` being an output cell of phase `r`:
///
///     y[o] = sum over k of kernel[k] * x[(o + k - before) / s], where s divides o + k - before
///          = sum over j of kernel[first + s * j] * x[q + j - shift],
///     first = (before - r) mod s, shift = (before - r - first) / s
///
/// What stands in the epilogue is done to each phase; of an operand as large as the result it takes
/// its own cells.
package enum SplitTransposedConvolutions: GraphPass {
    package static let name = "split-transposed-convolutions"
    package static let summary =
        "Transposed convolutions become dense ones for each phase of the output."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            let node = editor[value]
            guard case .convolution(let op) = node.op, op.dilatesInput else { continue }
            // No more phases than cells: the others would be empty.
            let factors = [1] + zip(op.inputDilation, node.type.shape.dropFirst()).map(min) + [1]
            let turns = InterleaveOp(factors: factors)
            let phases = turns.phases.map { phase(of: value, op, $0, factors, &editor) }
            editor.rewrite(value, .interleave(turns), phases)
            remarks.append(
                remark(
                    node.layers, applied: true,
                    "\(phases.count) dense convolutions, one for each phase of the output"))
        }
        return editor.finish()
    }

    /// The cells of one phase: their value, the epilogue included.
    private static func phase(
        of value: ValueID, _ op: ConvolutionOp, _ phase: [Int], _ factors: [Int],
        _ editor: inout GraphEditor
    ) -> ValueID {
        let node = editor[value]
        let rank = op.strides.count
        let shape = node.type.shape
        let kernel = editor.constant(node.inputs[1])!
        var sizes = shape
        var isEmpty = false
        var taps: [(first: Int, count: Int)] = []
        var input: [(start: Int, count: Int)] = []
        var padding: [Padding] = []
        for axis in 0..<rank {
            let (s, r) = (op.inputDilation[axis], phase[axis + 1])
            let before = op.padding[axis].before
            sizes[axis + 1] = (shape[axis + 1] - r + s - 1) / s
            guard s > 1 else {
                taps.append((0, kernel.type.shape[axis]))
                input.append((0, editor.type(node.inputs[0]).shape[axis + 1]))
                padding.append(op.padding[axis])
                continue
            }
            let shift = (before - r) >= 0 ? (before - r) / s : (before - r - s + 1) / s
            let first = before - r - shift * s
            let count = max(0, (kernel.type.shape[axis] - first + s - 1) / s)
            // The cells under the first tap of the first window to the last of the last.
            let cells = editor.type(node.inputs[0]).shape[axis + 1]
            let (low, high) = (-shift, sizes[axis + 1] - 1 + count - 1 - shift)
            let (from, to) = (max(low, 0), min(high, cells - 1))
            if count == 0 || from > to { isEmpty = true }
            taps.append((first, count))
            input.append((from, to - from + 1))
            padding.append(Padding(from - low, high - to))
        }
        let number = phase[1...rank].map { "_\($0)" }.joined()
        let name = "\(node.name).phase\(number)"
        let epilogue = epilogueOperands(node, phase, factors, sizes, &editor)
        if isEmpty {
            return zeros(node, sizes, name, epilogue, &editor)
        }
        var phaseOp = op
        phaseOp.padding = padding
        phaseOp.inputDilation = [Int](repeating: 1, count: rank)
        let x = slice(node.inputs[0], input, name, node.layers, &editor)
        let weights = editor.appendConstant(
            kernel.taken(taps, every: op.inputDilation), layers: editor[node.inputs[1]].layers)
        return editor.append(
            .convolution(phaseOp), [x, weights] + node.opInputs.dropFirst(2) + epilogue,
            epilogue: node.epilogue, name: name, layers: node.layers)
    }

    /// The part of a convolution's input that a phase reads.
    private static func slice(
        _ x: ValueID, _ cells: [(start: Int, count: Int)], _ name: String, _ layers: [String],
        _ editor: inout GraphEditor
    ) -> ValueID {
        let shape = editor.type(x).shape
        let sizes = [shape[0]] + cells.map(\.count) + [shape[shape.count - 1]]
        if sizes == shape { return x }
        return editor.append(
            .slice(SliceOp(starts: [0] + cells.map(\.start) + [0], sizes: sizes)), [x],
            name: "\(name).input", layers: layers)
    }

    /// The operands of the epilogue's steps for one phase.
    private static func epilogueOperands(
        _ node: Node, _ phase: [Int], _ factors: [Int], _ sizes: [Int],
        _ editor: inout GraphEditor
    ) -> [ValueID] {
        node.inputs[node.opInputCount...].map { operand in
            let shape = editor.type(operand).shape
            let missing = node.type.rank - shape.count
            /// Axes along which the operand is repeated keep their one cell.
            let isTaken = shape.indices.map { shape[$0] > 1 && factors[$0 + missing] > 1 }
            guard isTaken.contains(true) else { return operand }
            let slice = SliceOp(
                starts: shape.indices.map { isTaken[$0] ? phase[$0 + missing] : 0 },
                sizes: shape.indices.map { isTaken[$0] ? sizes[$0 + missing] : shape[$0] },
                steps: shape.indices.map { isTaken[$0] ? factors[$0 + missing] : 1 })
            return editor.append(
                .slice(slice), [operand], name: "\(editor[operand].name).phase",
                layers: editor[operand].layers)
        }
    }

    /// A phase that no tap of the kernel reaches: zeros, then the bias and the epilogue.
    private static func zeros(
        _ node: Node, _ sizes: [Int], _ name: String, _ epilogue: [ValueID],
        _ editor: inout GraphEditor
    ) -> ValueID {
        let filters = sizes[sizes.count - 1]
        func vector(_ name: String, _ shape: [Int]) -> ValueID {
            editor.appendConstant(
                Constant(name: name, type: TensorType(shape), data: .splat(0)),
                layers: node.layers)
        }
        let ones = [Int](repeating: 1, count: sizes.count - 1)
        let zero = vector("\(name).zero", ones + [filters])
        let repeated = editor.append(
            .resize(ResizeOp(.nearest, sizes: sizes)), [zero], name: "\(name).zeros",
            layers: node.layers)
        let bias = node.opInputs.count > 2 ? node.inputs[2] : vector("\(name).bias", [filters])
        return editor.append(
            .binary(BinaryOp(.add)), [repeated, bias] + epilogue,
            epilogue: node.epilogue.map { $0.moved(by: 2 - node.opInputCount) }, name: name,
            layers: node.layers)
    }
}

extension Constant {
    /// Of a kernel `[k1...kn, C, F]` the taps `first, first + step, ...` along each spatial axis.
    fileprivate func taken(_ taps: [(first: Int, count: Int)], every steps: [Int]) -> Constant {
        let strides = type.shape.rowMajorStrides
        let rank = taps.count
        let shape = taps.map(\.count) + type.shape.suffix(2)
        let start = (0..<rank).reduce(0) { $0 + taps[$1].first * strides[$1] }
        let scaled = (0..<rank).map { strides[$0] * steps[$0] } + strides.suffix(2)
        return Constant(
            name: name, type: TensorType(type.elementType, shape),
            data: uniformData ?? data.gathered(shape.offsets(strides: scaled, start: start)))
    }
}
