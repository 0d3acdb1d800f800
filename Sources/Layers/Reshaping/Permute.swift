import Diagnostics
import IR
import Spec

/// The axes in another order, `keras.layers.Permute`.
package struct Permute: Layer {
    package static let className = "Permute"
    package static let summary = "The axes in another order."
    package static let formula = "output axis i = axis dims[i] of x, counted from 1"
    package static let example = """
        layers:
          - Input: {shape: [10, 64]}
          - Permute: {dims: [2, 1]}
        """

    static let dims = Argument<[Int]>.integers(
        "dims", minimum: 0, "The axes in their new order, counted from 1 (the batch is 0).")
    package static let schema: [any ArgumentDescriptor] = [dims]

    private let arguments: Arguments

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package func outputType(_ inputs: [TensorType], _ check: inout LayerCheck) -> TensorType? {
        let dims = arguments[Self.dims]
        let rank = inputs[0].rank
        guard dims.sorted() == Array(1..<(rank + 1)) else {
            let all = (1..<(rank + 1)).map(String.init)
            // Counted from 0, or with the batch in front: the order is clear all the same.
            var helps: [String] = []
            var likely: [Int]?
            if dims.sorted() == Array(0..<rank) {
                helps = ["counted from 1: `dims: \(dims.map { $0 + 1 })`"]
                likely = dims.map { $0 + 1 }
            } else if dims.first == 0, dims.sorted() == Array(0..<(rank + 1)) {
                helps = ["leave the batch axis out: `dims: \(Array(dims.dropFirst()))`"]
                likely = Array(dims.dropFirst())
            }
            check.error(
                .argumentValue,
                "`dims` of `\(check.name)` should hold each of \(Axis.list(all)) once, not \(dims)",
                at: .argument("dims"), label: "one entry for each axis of \(inputs[0].shapeText)",
                inputs: [0], notes: ["axes are counted from 1; the batch stays where it is"],
                helps: helps)
            return TensorType(
                inputs[0].elementType,
                likely?.map { inputs[0].shape[$0 - 1] } ?? check.unknownShape(rank: rank))
        }
        return TensorType(inputs[0].elementType, dims.map { inputs[0].shape[$0 - 1] })
    }

    package func lower(_ inputs: [ValueID], _ lowering: inout Lowering) -> ValueID {
        lowering.transpose(inputs[0], [0] + arguments[Self.dims], "permute")
    }
}
