import IR
import Spec

/// Additive attention, `keras.layers.AdditiveAttention` (Bahdanau et al.,
/// https://arxiv.org/abs/1409.0473).
package struct AdditiveAttention: AttentionLayer {
    package static let className = "AdditiveAttention"
    package static let summary = "Attention by a learned sum of query plus key."
    package static let formula =
        "output[t] = sum over s of softmax over s of (scale · tanh(query[t] + key[s])) * value[s]"
    package static let example = """
        layers:
          - Input: {shape: [8, 16], name: query}
          - Input: {shape: [12, 16], name: value}
          - AdditiveAttention: {inputs: [query, value]}
        """

    static let useScale = Argument.boolean(
        "use_scale", default: true, "Whether each feature has a learned weight, else 1.")
    package static let schema: [any ArgumentDescriptor] = [useScale, AttentionArguments.dropout]

    let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func weights(_ inputs: [TensorType]) -> [WeightSpec] {
        arguments[Self.useScale]
            ? [WeightSpec("scale", [inputs[0].shape.last!], .glorotUniform)] : []
    }

    func pairShape(_ query: [Int], _ key: [Int]) -> [Int] {
        query.dropLast() + [key[key.count - 2], query.last!]
    }

    func scores(_ query: ValueID, _ key: ValueID, _ lowering: inout Lowering) -> ValueID {
        let tangents = lowering.emit(
            .unary(UnaryOp(UnaryFunction(.tanh))), [lowering.pairSums(query, key)], "tanh")
        let shape = lowering.type(tangents).shape
        guard arguments[Self.useScale] else {
            return lowering.emit(
                .reduce(ReduceOp(.sum, axes: [shape.count - 1], keepDims: false)), [tangents],
                "scores")
        }
        let column = lowering.weight("scale") {
            Constant(name: $0.name, type: TensorType([$0.type.count, 1]), data: $0.data)
        }
        let scores = lowering.emit(.matmul(MatmulOp()), [tangents, column], "scores")
        return lowering.reshape(scores, shape.dropLast(), "scores")
    }
}
