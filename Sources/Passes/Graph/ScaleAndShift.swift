import IR

/// A scale-and-shift of which both vectors are constants.
struct ScaleAndShift {
    var axis: Int
    var scale: WideElements
    var shift: WideElements

    /// Whether all channels have the same scale and the same shift: then the axis doesn't matter.
    var isUniform: Bool { scale.isSplat && shift.isSplat }
}

extension GraphEditor {
    /// What a scale-shift node without epilogue does; nil if it isn't one or its vectors are not
    /// constants.
    func scaleAndShift(_ value: ValueID) -> ScaleAndShift? {
        let node = self[value]
        guard case .scaleShift(let op) = node.op, node.epilogue.isEmpty,
            let scale = constant(node.inputs[1]), let shift = constant(node.inputs[2])
        else { return nil }
        return ScaleAndShift(
            axis: op.axis, scale: WideElements(scale), shift: WideElements(shift))
    }

    /// Two vectors `[size]`, rounded, named after the node that will read them.
    mutating func appendScaleAndShift(
        _ scale: WideElements, _ shift: WideElements, size: Int, for value: ValueID
    ) -> (scale: ValueID, shift: ValueID) {
        let node = self[value]
        let type = TensorType(.float32, [size])
        let scale = appendConstant(
            Constant(name: "\(node.name)/scale", type: type, data: scale.data), layers: node.layers)
        let shift = appendConstant(
            Constant(name: "\(node.name)/shift", type: type, data: shift.data), layers: node.layers)
        return (scale, shift)
    }

    /// Makes a node scale and shift `x`.
    mutating func rewrite(
        _ value: ValueID, _ x: ValueID, _ scaleAndShift: ScaleAndShift, layers: [String]? = nil
    ) {
        let (scale, shift) = appendScaleAndShift(
            scaleAndShift.scale, scaleAndShift.shift, size: type(x).shape[scaleAndShift.axis],
            for: value)
        rewrite(
            value, .scaleShift(ScaleShiftOp(axis: scaleAndShift.axis)), [x, scale, shift],
            layers: layers)
    }
}
