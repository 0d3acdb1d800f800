import IR
import Plan

/// Folds a scale and shift that couldn't go backwards into the weights of the next convolution or
/// matrix product:
///
///     sum over taps and c of (x * scale[c] + shift[c]) * kernel[tap, c, f] + bias[f]
///         = sum of x * (kernel * scale[c]) + (bias[f] + sum of kernel * shift[c])
///
/// A convolution's padding is zeros, and behind the fold they would have to be `shift`: it is exact
/// only where there is no padding, or no shift. What stands between the two may be anything that
/// commutes with the scale and shift (`PerChannel`). Nobody else may read what is left unscaled.
package enum FoldScaleShiftForwards: GraphPass {
    package static let name = "fold-scale-shift-forwards"
    package static let summary = "Batch normalization goes into the weights behind it."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        var editor = GraphEditor(graph)
        for value in editor.values where editor.isAlive(value) {
            guard let scaleAndShift = editor.scaleAndShift(value) else { continue }
            let node = editor[value]
            // Weights take floats.
            guard editor.type(node.inputs[0]).elementType == .float32 else { continue }
            switch target(of: value, scaleAndShift, editor) {
            case .failure(let obstacle):
                remarks.append(remark(node.layers, applied: false, obstacle.reason))
            case .success(let (reader, perChannel)):
                let layers = node.layers.followed(by: editor[reader].layers)
                fold(perChannel, into: reader, layers: layers, &editor)
                editor.replaceUses(of: value, with: node.inputs[0])
                remarks.append(
                    remark(
                        layers, applied: true,
                        "folded into the \(editor[reader].op.thing)'s weights"))
            }
        }
        return editor.finish()
    }

    /// Why a scale and shift stays where it is.
    private struct Obstacle: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private typealias Target = (reader: ValueID, perChannel: PerChannel)

    /// The op with weights that a scale and shift reaches, and what it is by then.
    private static func target(
        of value: ValueID, _ scaleAndShift: ScaleAndShift, _ editor: GraphEditor
    ) -> Result<Target, Obstacle> {
        var perChannel = PerChannel(scaleAndShift)
        var value = value
        while true {
            let node = editor[value]
            if editor.isOutput(value) { return .failure(Obstacle("`\(node.name)` is an output")) }
            guard editor.hasOneUse(value), let reader = editor.readers(of: value).first else {
                return .failure(Obstacle("`\(node.name)` is read in several places"))
            }
            if editor[reader].op.hasWeights {
                if let obstacle = obstacle(value, perChannel, editor[reader], editor) {
                    return .failure(Obstacle(obstacle))
                }
                return .success((reader, perChannel))
            }
            if let obstacle = perChannel.cross(editor[reader], from: node.type) {
                return .failure(Obstacle(obstacle))
            }
            value = reader
        }
    }

    /// Why the weights of `reader` can't take a scale and shift of its first operand.
    private static func obstacle(
        _ value: ValueID, _ perChannel: PerChannel, _ reader: Node, _ editor: GraphEditor
    ) -> String? {
        let type = editor.type(value)
        guard reader.inputs[0] == value,
            reader.opInputs.dropFirst().allSatisfy({ editor.constant($0) != nil })
        else { return "the weights of `\(reader.name)` are not constant" }
        if perChannel.axis != type.rank - 1 {
            return "scales axis \(perChannel.axis), which is not the channel axis of the "
                + "\(reader.op.thing) `\(reader.name)`"
        }
        if perChannel.shift == .splat(0) { return nil }
        if case .convolution(let op) = reader.op {
            if !op.padding.allSatisfy(\.isZero) {
                return "the convolution `\(reader.name)` pads with zeros, which would need the "
                    + "shift"
            }
            if op.dilatesInput {
                return "the transposed convolution `\(reader.name)` has zeros between its cells, "
                    + "which would need the shift"
            }
        }
        if editor.type(reader.inputs[1]).rank > 2, case .matmul = reader.op {
            return "`\(reader.name)` multiplies by several matrices, which can't share a bias"
        }
        return nil
    }

    private static func fold(
        _ perChannel: PerChannel, into reader: ValueID, layers: [String],
        _ editor: inout GraphEditor
    ) {
        let node = editor[reader]
        let kernel = editor.constant(node.inputs[1])!
        let layout = KernelLayout(node.op, kernel.type)
        var inputs = node.opInputs
        inputs[1] = editor.replaceConstant(
            node.inputs[1], data: layout.scaled(kernel, byChannel: perChannel.scale))
        if perChannel.shift != .splat(0) {
            let old = inputs.count > 2 ? WideElements(editor.constant(inputs[2])!) : .splat(0)
            let bias = editor.replaceBias(
                of: node, old + layout.sums(of: kernel, times: perChannel.shift),
                filters: layout.filters)
            inputs = Array(inputs[..<2]) + [bias]
        }
        let distance = inputs.count - node.opInputCount
        editor.rewrite(
            reader, node.op, inputs + node.inputs[node.opInputCount...],
            epilogue: node.epilogue.map { $0.moved(by: distance) }, layers: layers)
    }
}
