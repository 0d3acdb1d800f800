import IR

/// A scale-and-shift of which both vectors are constants.
struct ScaleAndShift {
    var axis: Int
    var scale: WideElements
    var shift: WideElements

    /// Whether all channels have the same scale and the same shift: then the axis doesn't matter.
    var isUniform: Bool { scale.isSplat && shift.isSplat }

    /// Whether every number that is known is finite as a `Float`.
    var isRepresentable: Bool {
        [scale, shift].allSatisfy { elements in
            !elements.isDefined || elements.allSatisfy { Float($0).isFinite }
        }
    }
}

extension GraphEditor {
    /// What a scale-shift node without epilogue does; nil if it isn't one, if its vectors are not
    /// constants, or if they hold infinity or NaN, with which nothing can be rearranged.
    func scaleAndShift(_ value: ValueID) -> ScaleAndShift? {
        let node = self[value]
        guard case .scaleShift(let op) = node.op, node.epilogue.isEmpty,
            let scale = constant(node.inputs[1]), let shift = constant(node.inputs[2])
        else { return nil }
        let result = ScaleAndShift(
            axis: op.axis, scale: WideElements(scale), shift: WideElements(shift))
        return result.isRepresentable ? result : nil
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

    /// Makes a node scale and shift `x`; if it is a constant scale and shift, in the place of its
    /// own.
    mutating func rewrite(
        _ value: ValueID, _ x: ValueID, _ new: ScaleAndShift, layers: [String]? = nil
    ) {
        let size = type(x).shape[new.axis]
        let vectors: (scale: ValueID, shift: ValueID)
        if scaleAndShift(value) != nil {
            let old = self[value].inputs
            let type = TensorType(.float32, [size])
            vectors.scale = replaceConstant(old[1], type: type, data: new.scale.data)
            vectors.shift = replaceConstant(old[2], type: type, data: new.shift.data)
        } else {
            vectors = appendScaleAndShift(new.scale, new.shift, size: size, for: value)
        }
        rewrite(
            value, .scaleShift(ScaleShiftOp(axis: new.axis)), [x, vectors.scale, vectors.shift],
            layers: layers)
    }
}
