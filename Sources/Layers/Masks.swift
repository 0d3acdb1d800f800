import IR
import Spec

// What layers do with masks: tensors of 1 where something counts and 0 where it doesn't.
extension Lowering {
    /// The mask of the steps that count in any of them; nil for none.
    mutating func eitherMask(_ masks: [ValueID]) -> ValueID? {
        guard let first = masks.first else { return nil }
        return masks.dropFirst().reduce(first) {
            emit(.binary(BinaryOp(.maximum)), [$0, $1], "mask")
        }
    }

    /// A mask with axes of size 1 behind it, up to `rank`: it broadcasts to what it marks.
    mutating func marks(_ mask: ValueID, rank: Int) -> ValueID {
        let shape = type(mask).shape
        return reshape(
            mask, shape + [Int](repeating: 1, count: rank - shape.count), "marks")
    }

    /// `a` where the marks are 1, `b` where they are 0, whatever stands in the other one.
    mutating func choose(_ marks: ValueID, _ a: ValueID, _ b: ValueID) -> ValueID {
        let unmarked = emit(.unary(UnaryOp(UnaryFunction(.notEqual, 1))), [marks], "unmarked")
        let kept = emit(.binary(BinaryOp(.keep)), [a, marks], "kept")
        let rest = emit(.binary(BinaryOp(.keep)), [b, unmarked], "rest")
        return emit(.binary(BinaryOp(.add)), [kept, rest], "chosen")
    }
}
