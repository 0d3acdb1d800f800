import IR

/// A scale and shift along one axis on its way through the nodes behind it: what it has to be
/// behind a node to do the same as before it.
struct PerChannel {
    private(set) var axis: Int
    private(set) var scale: WideElements
    private(set) var shift: WideElements

    init(_ scaleAndShift: ScaleAndShift) {
        axis = scaleAndShift.axis
        scale = scaleAndShift.scale
        shift = scaleAndShift.shift
    }

    /// Whether all channels have the same scale and shift: then any axis may be theirs.
    private var isUniform: Bool { scale.isSplat && shift.isSplat }

    /// Crosses a node that reads it, from an operand of type `from`; the reason why it can't.
    ///
    /// With `y = x * s + t`:
    /// - an average of y is `average(x) * s + t`, and so is an interpolation: its weights sum to 1;
    /// - a maximum of y is `max(x) * s + t` only if `s > 0`, else it would be the minimum of x;
    /// - a sum of n is `sum(x) * s + n * t`;
    /// - zeros padded to y are zeros padded to x only if `t = 0`;
    /// - what moves elements moves the channels' numbers along.
    mutating func cross(_ node: Node, from: TensorType) -> String? {
        guard node.epilogue.isEmpty else { return "`\(node.name)` stands behind it" }
        switch node.op {
        case .pool(let op):
            guard axis == from.rank - 1 else { return mixing(node) }
            return op.kind == .average ? nil : crossExtremum(node, "maximum")
        case .reduce(let op): return cross(op, node, from: from)
        case .resize(let op): return cross(op, node, from: from)
        case .reshape(let op): return cross(op, node, from: from)
        case .transpose(let op): axis = isUniform ? op.permutation.count - 1 : op.inverse[axis]
        case .slice(let op):
            let indices = (0..<op.sizes[axis]).map { op.starts[axis] + $0 * op.steps[axis] }
            scale = scale.gathered(indices)
            shift = shift.gathered(indices)
        case .pad(let op):
            guard op.padding[axis].isZero else { return mixing(node) }
            guard op.value == 0, shift == .splat(0) else {
                return "`\(node.name)` pads with \(op.value), which is not shifted"
            }
        case .unary(let op):
            return "the activation \(op.function.kind.rawValue) stands behind it"
        default: return "`\(node.name)` (\(node.op.mnemonic)) stands behind it"
        }
        return nil
    }

    private func mixing(_ node: Node) -> String {
        "`\(node.name)` (\(node.op.mnemonic)) works along the scaled axis"
    }

    private func crossExtremum(_ node: Node, _ word: String) -> String? {
        if !scale.isDefined {
            return "`\(node.name)` takes a \(word), and the weights are not known: a scale may be "
                + "negative"
        }
        return scale.allSatisfy { $0 > 0 }
            ? nil
            : "`\(node.name)` takes a \(word), and not all scales are positive"
    }

    private mutating func cross(_ op: ReduceOp, _ node: Node, from: TensorType) -> String? {
        guard !op.axes.contains(axis) else { return mixing(node) }
        switch op.kind {
        case .mean: break
        case .sum:
            let count = op.axes.reduce(1) { $0 * from.shape[$1] }
            shift = shift.map { $0 * Double(count) }
        case .maximum, .minimum:
            if let reason = crossExtremum(node, op.kind.rawValue) { return reason }
        }
        if !op.keepDims { axis -= op.axes.count { $0 < axis } }
        return nil
    }

    private mutating func cross(_ op: ResizeOp, _ node: Node, from: TensorType) -> String? {
        let (old, new) = (from.shape[axis], op.sizes[axis])
        guard new != old else { return nil }
        guard op.method == .nearest else { return mixing(node) }
        let indices = (0..<new).map { (2 * $0 + 1) * old / (2 * new) }
        scale = scale.gathered(indices)
        shift = shift.gathered(indices)
        return nil
    }

    /// The flattened index of an element of the operand is `(outer * size + channel) * inner + i`,
    /// with the channels' axis of that `size` and `inner` elements behind it.
    ///
    /// Either the reshape keeps an axis of this size with as many elements behind it, or it makes
    /// one last axis of this and further ones, with a period of `size * inner` numbers.
    private mutating func cross(_ op: ReshapeOp, _ node: Node, from: TensorType) -> String? {
        if isUniform {
            axis = op.shape.count - 1
            return op.shape.isEmpty ? mixing(node) : nil
        }
        let size = from.shape[axis]
        let inner = from.shape[(axis + 1)...].reduce(1, *)
        let kept = op.shape.indices.first { index in
            op.shape[index] == size && op.shape[(index + 1)...].reduce(1, *) == inner
        }
        if let kept {
            axis = kept
            return nil
        }
        let last = op.shape.count - 1
        guard last >= 0, op.shape[last] % (size * inner) == 0 else {
            return "`\(node.name)` (reshape) splits the scaled axis"
        }
        let channels = (0..<op.shape[last]).map { $0 / inner % size }
        axis = last
        scale = scale.gathered(channels)
        shift = shift.gathered(channels)
        return nil
    }
}
