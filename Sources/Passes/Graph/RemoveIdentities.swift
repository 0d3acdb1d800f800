import IR
import Plan

/// Drops nodes whose result is their operand, element by element, and merges what undoes or repeats
/// itself:
///
/// - a transpose, reshape, slice, resize to what is there already, padding by nothing, a
///   concatenation of one, an average over windows of one cell;
/// - `x * 1 + 0`, `x + 0`, `x - 0`, `x * 1`, `x / 1`;
/// - a reduction over axes of size 1 is a reshape, and of two reshapes the last one counts;
/// - an activation that changes nothing of what the node before it gives (`ActivationRange`).
package enum RemoveIdentities: GraphPass {
    package static let name = "remove-identities"
    package static let summary = "What does nothing at inference is dropped."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            mergeReshape(value, &editor)
            if mergeActivation(value, &editor) {
                let node = editor[value]
                remarks.append(remark(node.layers, applied: true, "merged into one activation"))
            }
            guard let source = source(ofIdentity: value, editor) else { continue }
            let node = editor[value]
            if node.op.isArithmetic {
                remarks.append(
                    remark(node.layers, applied: true, "changes nothing here and is dropped"))
            }
            // The layers stay on record where the value before them is theirs alone.
            let before = editor[source]
            if editor.hasOneUse(source), !before.op.isInput, !before.op.isConstant {
                editor.setLayers(of: source, before.layers.followed(by: node.layers))
            }
            editor.replaceUses(of: value, with: source)
        }
        return editor.finish()
    }

    /// The operand that a node's result equals, if there is one.
    private static func source(ofIdentity value: ValueID, _ editor: GraphEditor) -> ValueID? {
        let node = editor[value]
        guard node.epilogue.isEmpty, let x = node.inputs.first else { return nil }
        // What makes floats of integers does something.
        guard editor.type(x).elementType == node.type.elementType else { return nil }
        if case .binary(let op) = node.op { return neutralPartner(op.function, node, editor) }
        let isIdentity =
            switch node.op {
            case .transpose(let op): op.isIdentity
            case .reshape, .slice, .resize: editor.type(x) == node.type
            case .pad(let op): op.padding.allSatisfy(\.isZero)
            case .concatenate: node.inputs.count == 1
            // A maximum over one cell is no identity: it turns NaN into the lowest number.
            case .pool(let op):
                op.kind == .average && (op.window + op.strides).allSatisfy { $0 == 1 }
                    && op.padding.allSatisfy(\.isZero)
            case .scaleShift:
                editor.scaleAndShift(value).map { $0.scale == .splat(1) && $0.shift == .splat(0) }
                    ?? false
            case .unary(let op):
                op.function == UnaryFunction(.affine, 1, 0)
                    || ActivationRange(of: x, in: editor).isFixed(by: op.function)
            default: false
            }
        return isIdentity ? x : nil
    }

    /// The operand that a constant operand leaves as it is.
    private static func neutralPartner(
        _ function: BinaryFunction, _ node: Node, _ editor: GraphEditor
    ) -> ValueID? {
        let neutral: Double
        switch function {
        case .add, .subtract: neutral = 0
        case .multiply, .divide: neutral = 1
        // Whatever is not 0 keeps; 1 stands for it.
        case .keep:
            let mask = editor.constant(node.inputs[1]).map { WideElements($0) }
            let x = node.inputs[0]
            return mask == .splat(1) && editor.type(x) == node.type ? x : nil
        case .maximum, .minimum, .prelu, .squaredDifference, .arctangent2, .equal, .less: return nil
        }
        let (a, b) = (node.inputs[0], node.inputs[1])
        func isNeutral(_ value: ValueID) -> Bool {
            editor.constant(value).map { WideElements($0) == .splat(neutral) } ?? false
        }
        if isNeutral(b), editor.type(a) == node.type { return a }
        if isNeutral(a), function.isCommutative, editor.type(b) == node.type { return b }
        return nil
    }

    /// A reduction over axes of size 1 becomes a reshape; a reshape of a reshape reads the first
    /// one's operand.
    private static func mergeReshape(_ value: ValueID, _ editor: inout GraphEditor) {
        let node = editor[value]
        guard node.epilogue.isEmpty else { return }
        if case .reduce(let op) = node.op {
            let shape = editor.type(node.inputs[0]).shape
            guard op.axes.allSatisfy({ shape[$0] == 1 }) else { return }
            editor.rewrite(value, .reshape(ReshapeOp(node.type.shape)), node.inputs)
        }
        if case .reshape(let op) = editor[value].op {
            let inner = editor[node.inputs[0]]
            guard case .reshape = inner.op else { return }
            let layers = inner.layers.followed(by: node.layers)
            editor.rewrite(value, .reshape(op), inner.inputs, layers: layers)
        }
    }

    /// Two activations behind each other that are one: clips, and one `relu` behind what keeps the
    /// sign.
    private static func mergeActivation(_ value: ValueID, _ editor: inout GraphEditor) -> Bool {
        let node = editor[value]
        guard case .unary(let outer) = node.op, node.epilogue.isEmpty else { return false }
        let x = node.inputs[0]
        guard case .unary(let inner) = editor[x].op, editor[x].epilogue.isEmpty,
            editor.hasOneUse(x), let merged = merged(inner.function, outer.function)
        else { return false }
        editor.rewrite(
            value, .unary(UnaryOp(merged)), editor[x].inputs,
            layers: editor[x].layers.followed(by: node.layers))
        return true
    }

    /// `outer(inner(x))` as one function.
    private static func merged(
        _ inner: UnaryFunction, _ outer: UnaryFunction
    ) -> UnaryFunction? {
        switch (inner.kind, outer.kind) {
        case (.relu, .clippedReLU) where outer.parameters[0] >= 0: outer
        case (.clippedReLU, .clippedReLU)
        where min(inner.parameters[0], outer.parameters[0]) >= 0:
            inner.parameters[0] <= outer.parameters[0] ? inner : outer
        // Below 0 these are below 0, above they are x.
        case (.leakyReLU, .relu) where inner.parameters[0] >= 0: outer
        case (.elu, .relu) where inner.parameters[0] >= 0: outer
        default: nil
        }
    }
}

extension Op {
    /// Whether the op computes, and doesn't only move elements.
    fileprivate var isArithmetic: Bool {
        switch self {
        case .unary, .binary, .scaleShift: true
        default: false
        }
    }
}
