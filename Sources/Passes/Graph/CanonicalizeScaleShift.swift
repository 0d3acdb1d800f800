import IR
import Plan

/// Brings everything that is linear in each channel into one form, `x * scale + shift` along an
/// axis, and merges such steps:
///
///     x * a + b           scale a      shift b      (an `affine` function)
///     x + c, c + x        scale 1      shift c
///     x - c               scale 1      shift -c
///     c - x               scale -1     shift c
///     x * c, c * x        scale c      shift 0
///     x / c               scale 1 / c  shift 0
///
///     (x * s + t) * u + v = x * (s * u) + (t * u + v)
///
/// where the constant `c` varies along at most one axis. All are exact but the rounding of the
/// constants: `x * (1 / c)` differs from `x / c` by a unit in the last place. A scale and shift
/// that is the same for all channels can stand on any axis and is put on the last one, which is the
/// channels' in every op that could take it up.
package enum CanonicalizeScaleShift: GraphPass {
    package static let name = "canonicalize-scale-shift"
    package static let summary = "Arithmetic with constants per channel becomes scale and shift."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            canonicalize(value, &editor)
            moveToLastAxis(value, &editor)
            merge(value, &editor, &remarks)
        }
        return editor.finish()
    }

    private static func canonicalize(_ value: ValueID, _ editor: inout GraphEditor) {
        let node = editor[value]
        guard node.epilogue.isEmpty, node.type.rank > 0 else { return }
        switch node.op {
        case .unary(let op) where op.function.kind == .affine:
            let result = ScaleAndShift(
                axis: node.type.rank - 1, scale: .splat(op.function.parameters[0]),
                shift: .splat(op.function.parameters[1]))
            guard result.isRepresentable else { return }
            editor.rewrite(value, node.inputs[0], result)
        case .binary(let op):
            for (slot, x) in node.inputs.enumerated() where editor.type(x) == node.type {
                guard !editor[x].op.isConstant,
                    let c = channels(of: node.inputs[1 - slot], against: node.type, editor),
                    let result = scaleAndShift(op.function, c, constantFirst: slot == 1),
                    result.isRepresentable
                else { continue }
                editor.rewrite(value, x, result)
                return
            }
        default: break
        }
    }

    /// A constant that broadcasts to `type` as numbers along the one axis on which it varies.
    private static func channels(
        of value: ValueID, against type: TensorType, _ editor: GraphEditor
    ) -> (axis: Int, elements: WideElements)? {
        guard let constant = editor.constant(value) else { return nil }
        let elements = WideElements(constant)
        let offset = type.rank - constant.type.rank
        let axes = constant.type.shape.indices.filter { constant.type.shape[$0] > 1 }
        if elements.isSplat || axes.isEmpty { return (type.rank - 1, elements) }
        return axes.count == 1 ? (axes[0] + offset, elements) : nil
    }

    private static func scaleAndShift(
        _ function: BinaryFunction, _ c: (axis: Int, elements: WideElements), constantFirst: Bool
    ) -> ScaleAndShift? {
        let (one, zero) = (WideElements.splat(1), WideElements.splat(0))
        let (scale, shift): (WideElements, WideElements)
        switch function {
        case .add: (scale, shift) = (one, c.elements)
        case .subtract where constantFirst: (scale, shift) = (.splat(-1), c.elements)
        case .subtract: (scale, shift) = (one, c.elements.map { -$0 })
        case .multiply: (scale, shift) = (c.elements, zero)
        case .divide where !constantFirst: (scale, shift) = (c.elements.map { 1 / $0 }, zero)
        case .divide, .maximum, .minimum, .prelu, .squaredDifference, .arctangent2, .keep, .equal,
            .less:
            return nil
        }
        return ScaleAndShift(axis: c.axis, scale: scale, shift: shift)
    }

    private static func moveToLastAxis(_ value: ValueID, _ editor: inout GraphEditor) {
        guard let old = editor.scaleAndShift(value), old.isUniform else { return }
        let last = editor[value].type.rank - 1
        guard old.axis != last else { return }
        editor.rewrite(
            value, editor[value].inputs[0],
            ScaleAndShift(axis: last, scale: old.scale, shift: old.shift))
    }

    /// Takes the scale and shift before this one into it.
    private static func merge(
        _ value: ValueID, _ editor: inout GraphEditor, _ remarks: inout [Remark]
    ) {
        guard let second = editor.scaleAndShift(value) else { return }
        let node = editor[value]
        let x = node.inputs[0]
        guard let first = editor.scaleAndShift(x), editor.hasOneUse(x),
            first.axis == second.axis || first.isUniform || second.isUniform
        else { return }
        let merged = ScaleAndShift(
            axis: first.isUniform ? second.axis : first.axis, scale: first.scale * second.scale,
            shift: first.shift * second.scale + second.shift)
        guard merged.isRepresentable else { return }
        let layers = editor[x].layers.followed(by: node.layers)
        editor.rewrite(value, editor[x].inputs[0], merged, layers: layers)
        remarks.append(remark(layers, applied: true, "merged into one scale and shift"))
    }
}
