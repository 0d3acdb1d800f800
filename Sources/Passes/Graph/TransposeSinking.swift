import IR

// How one transpose moves past the nodes that read it. With `t = transpose(x)`, axis `a` of t being
// axis `p[a]` of x, and a node `f` that works along some axes of t:
//
//     f(t, axes) = transpose(f(x, p[axes]))
extension GraphEditor {
    /// Moves a transpose past some of its readers, and what comes out behind them past theirs, as
    /// far as it goes; whether it could be moved at all. Without `mayGrow` it stays before nodes
    /// whose result is larger than the transpose.
    mutating func sinkTranspose(
        _ transpose: ValueID, past readers: [ValueID], mayGrow: Bool
    ) -> Bool {
        var hasMoved = false
        // nil stands for all readers there are by then.
        var open: [(value: ValueID, readers: [ValueID]?)] = [(transpose, readers)]
        while !open.isEmpty {
            // From the inputs to the outputs, so that branches arrive at their join together.
            let next = open.indices.min { self[open[$0].value].order < self[open[$1].value].order }!
            let (value, chosen) = open.remove(at: next)
            for reader in chosen ?? self.readers(of: value) where reads(reader, value) {
                if case .transpose = self[reader].op {
                    simplifyTranspose(reader)
                    hasMoved = true
                    continue
                }
                let isLarger = self[reader].type.count > type(value).count
                guard mayGrow || !isLarger, let moved = movedNode(reader, past: value) else {
                    continue
                }
                hasMoved = true
                if let behind = apply(moved, to: reader) { open.append((behind, nil)) }
            }
        }
        return hasMoved
    }

    private func reads(_ reader: ValueID, _ value: ValueID) -> Bool {
        isAlive(reader) && self[reader].inputs.contains(value)
    }

    /// A node that works before a transpose in the place of behind it.
    private struct MovedNode {
        var op: Op
        var inputs: [ValueID]
        /// The transpose of its result.
        var permutation: [Int]
    }

    /// Rewrites a node and puts the transpose behind it, which is returned unless it is none.
    private mutating func apply(_ moved: MovedNode, to value: ValueID) -> ValueID? {
        rewrite(value, moved.op, moved.inputs)
        let op = TransposeOp(moved.permutation)
        if op.isIdentity { return nil }
        let node = self[value]
        let behind = append(
            .transpose(op), [value], name: "\(node.name).transpose", layers: node.layers)
        replaceUses(of: value, with: behind)
        return behind
    }

    private mutating func movedNode(_ reader: ValueID, past value: ValueID) -> MovedNode? {
        let node = self[reader]
        guard node.epilogue.isEmpty, case .transpose(let transpose) = self[value].op else {
            return nil
        }
        let x = self[value].inputs[0]
        let p = transpose.permutation
        /// What stands at each axis of the transpose's result, by the axes of its operand.
        func remapped<T>(_ list: [T]) -> [T] { transpose.inverse.map { list[$0] } }
        func remapped(axes: [Int]) -> [Int] { axes.map { p[$0] }.sorted() }
        switch node.op {
        case .unary: return MovedNode(op: node.op, inputs: [x], permutation: p)
        case .scaleShift(let op) where node.inputs[0] == value:
            return MovedNode(
                op: .scaleShift(ScaleShiftOp(axis: p[op.axis])),
                inputs: [x] + node.inputs.dropFirst(), permutation: p)
        case .binary, .concatenate:
            guard type(value).rank == node.type.rank else { return nil }
            var op = node.op
            if case .concatenate(let old) = op {
                op = .concatenate(ConcatenateOp(axis: p[old.axis]))
            }
            let inputs = node.inputs.map {
                $0 == value ? x : transposed($0, transpose.inverse, for: node)
            }
            return MovedNode(op: op, inputs: inputs, permutation: p)
        case .pad(var op):
            op.padding = remapped(op.padding)
            return MovedNode(op: .pad(op), inputs: [x], permutation: p)
        case .slice(let old):
            let op = SliceOp(
                starts: remapped(old.starts), sizes: remapped(old.sizes),
                steps: remapped(old.steps))
            return MovedNode(op: .slice(op), inputs: [x], permutation: p)
        case .resize(var op):
            op.sizes = remapped(op.sizes)
            return MovedNode(op: .resize(op), inputs: [x], permutation: p)
        case .band(var op) where !node.inputs.dropFirst().contains(value):
            op.axis = p[op.axis]
            return MovedNode(
                op: .band(op), inputs: [x] + node.inputs.dropFirst(), permutation: p)
        case .softmax(var op):
            op.axes = remapped(axes: op.axes)
            return MovedNode(op: .softmax(op), inputs: [x], permutation: p)
        case .normalize(var op):
            op.axes = remapped(axes: op.axes)
            return MovedNode(op: .normalize(op), inputs: [x], permutation: p)
        case .reduce(var op):
            // Without the reduced axes, the others are numbered in the order in which they stand.
            let kept = p.indices.filter { !op.axes.contains($0) }.map { p[$0] }
            let order = kept.sorted()
            let rest = kept.map { order.firstIndex(of: $0)! }
            op.axes = remapped(axes: op.axes)
            return MovedNode(
                op: .reduce(op), inputs: [x], permutation: op.keepDims ? p : rest)
        default: return nil
        }
    }

    /// A value with its axes in another order: a constant at compile time, a transposed value
    /// without its transpose, and any other by a transpose or, if that does, a reshape. A value of
    /// lower rank gets axes of size 1 in front, as in broadcasting.
    private mutating func transposed(
        _ value: ValueID, _ permutation: [Int], for node: Node
    ) -> ValueID {
        let rank = permutation.count
        let old = type(value)
        let aligned = TensorType(
            old.elementType, [Int](repeating: 1, count: rank - old.rank) + old.shape)
        if let constant = constant(value) {
            let result = Constant(name: constant.name, type: aligned, data: constant.data)
                .transposed(permutation)
            return replaceConstant(value, type: result.type, data: result.data)
        }
        var source = value
        var op = TransposeOp(permutation)
        if aligned == old, case .transpose(let first) = self[value].op {
            source = self[value].inputs[0]
            op.permutation = permutation.map { first.permutation[$0] }
            if op.isIdentity { return source }
        }
        let sourceType = source == value ? aligned : type(source)
        if op.onlyMovesUnitAxes(of: sourceType) {
            let shape = op.permutation.map { sourceType.shape[$0] }
            return append(
                .reshape(ReshapeOp(shape)), [source], name: "\(self[source].name).reshape",
                layers: self[source].layers)
        }
        if sourceType != type(source) {
            source = append(
                .reshape(ReshapeOp(sourceType.shape)), [source],
                name: "\(self[source].name).reshape", layers: self[source].layers)
        }
        return existing(op, of: source)
            ?? append(
                .transpose(op), [source], name: "\(self[source].name).transpose",
                layers: self[source].layers)
    }

    /// A node that transposes a value in this way already.
    private func existing(_ op: TransposeOp, of value: ValueID) -> ValueID? {
        readers(of: value).first { self[$0].op == .transpose(op) }
    }

    // MARK: One transpose

    /// A transpose of a constant becomes a constant, one of a transpose the two in one, one that
    /// does nothing its operand, and one that is there already that one.
    mutating func simplifyTranspose(_ value: ValueID) {
        guard case .transpose(var op) = self[value].op else { return }
        let source = self[value].inputs[0]
        if let constant = constant(source) {
            let result = constant.transposed(op.permutation)
            let new = replaceConstant(source, type: result.type, data: result.data)
            return replaceUses(of: value, with: new)
        }
        if case .transpose(let first) = self[source].op {
            op.permutation = op.permutation.map { first.permutation[$0] }
            rewrite(value, .transpose(op), self[source].inputs)
        }
        let x = self[value].inputs[0]
        if op.isIdentity { return replaceUses(of: value, with: x) }
        let same = readers(of: x).filter { self[$0].op == .transpose(op) }
        for other in same.dropFirst() { replaceUses(of: other, with: same[0]) }
    }

    /// A transpose that keeps the order of the elements becomes a reshape.
    mutating func dissolveTranspose(_ value: ValueID) {
        let node = self[value]
        guard case .transpose(let op) = node.op, op.onlyMovesUnitAxes(of: type(node.inputs[0]))
        else { return }
        rewrite(value, .reshape(ReshapeOp(node.type.shape)), node.inputs)
    }
}

extension Node {
    /// Where a transpose stands: behind its operand, which keeps its place in the graph.
    fileprivate var order: Int { inputs.first?.index ?? 0 }
}
