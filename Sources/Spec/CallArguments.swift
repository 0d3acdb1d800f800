import Diagnostics
import IR
import Syntax

/// Arguments that name tensors: masks and their like, which Keras takes where a layer is called.
///
/// `nil` stands for a tensor that is left out of a list.
extension Argument where Value == [InputReference?] {
    /// A tensor by the name of the layer that makes it; none where it is left out.
    package static func tensor(_ name: String, _ doc: String) -> Argument<[InputReference?]> {
        Argument(name, .optional(.layerName), default: [], text: "null", doc: doc) {
            node, reading in
            if node.isNull { return [] }
            if let text = node.nameText { return [InputReference(name: text, span: node.span)] }
            reading.mismatch(node, .layerName)
            return nil
        }
    }

    /// Several tensors, in the order in which Keras takes them; `null` for one that is left out.
    package static func tensors(
        _ name: String, _ titles: [String], _ doc: String
    ) -> Argument<[InputReference?]> {
        let kind = ArgumentKind.layerNames(titles)
        return Argument(name, .optional(kind), default: [], text: "null", doc: doc) {
            node, reading in
            if node.isNull { return [] }
            let names = node.listOf { node -> InputReference?? in
                if node.isNull { return .some(nil) }
                return node.nameText.map { InputReference(name: $0, span: node.span) }
            }
            if let names, names.count == titles.count { return names }
            reading.mismatch(node, kind)
            return nil
        }
    }
}

extension Layer {
    /// The arguments of the call that name tensors.
    static var tensorArguments: [Argument<[InputReference?]>] {
        callSchema.compactMap { $0 as? Argument<[InputReference?]> }
    }

    /// Where the tensors that an argument of the call names stand among the layer's inputs; nil for
    /// those that are left out.
    package static func inputIndices(
        of argument: Argument<[InputReference?]>, _ arguments: Arguments, inputCount: Int
    ) -> [Int?] {
        let all = tensorArguments
        let count = all.reduce(0) { $0 + arguments[$1].count { $0 != nil } }
        var next = inputCount - count
        for other in all {
            let indices = arguments[other].map { reference -> Int? in
                guard reference != nil else { return nil }
                defer { next += 1 }
                return next
            }
            if other.name == argument.name { return indices }
        }
        return []
    }

    /// How many of the inputs are the layer's own.
    package static func ownInputCount(_ arguments: Arguments, inputCount: Int) -> Int {
        inputCount - tensorArguments.reduce(0) { $0 + arguments[$1].count { $0 != nil } }
    }
}

extension Argument where Value == [Int?] {
    /// A size, or a list of sizes, which may be empty; `null` stands for one that the input has.
    package static func partialShape(_ name: String, _ doc: String) -> Argument<[Int?]> {
        Argument(name, .partialShape, default: nil, text: nil, doc: doc) { node, reading in
            if let size = node.integer, size > 0 { return [size] }
            let sizes = node.listOf { node -> Int?? in
                if node.isNull { return .some(nil) }
                guard let size = node.integer, size > 0 else { return nil }
                return .some(size)
            }
            if let sizes { return sizes }
            reading.mismatch(node, .partialShape)
            return nil
        }
    }
}
