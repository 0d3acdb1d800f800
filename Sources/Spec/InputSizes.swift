import Diagnostics
import IR
import Syntax

/// A size in the shape of an Input.
package enum InputSize: Sendable {
    case known(Int)
    /// `null`, or a name in the place of a number: what the data has, or `--bind` says.
    case open(String?, SourceSpan)

    package var known: Int? { if case .known(let size) = self { size } else { nil } }
}

/// A size that a spec leaves open.
package struct OpenSize: Sendable {
    /// `time`, or for `null` the Input and the axis without the batch: `tokens.0`.
    package let name: String
    package let input: String
    /// The index of the axis, the batch left out.
    package let axis: Int
    package let span: SourceSpan
    /// Whether the spec gives it a name.
    package let isNamed: Bool
    /// Whether a number was given for it.
    package let isBound: Bool
    /// The other sizes, where this one stands before them without a name: what the shape is if it was
    /// meant to be the batch axis.
    var rest: String? = nil

    /// What stands for sizes that are not known while shapes are checked. Both can be halved several
    /// times.
    static let guesses = [256, 320]
}

/// The layer that says what comes in: `Input`.
package protocol InputLayer: Layer {
    static var shapeArgument: Argument<[InputSize]> { get }
    var elementType: ElementType { get }
    var sizes: [InputSize] { get }
}

extension InputLayer {
    /// What comes in, the batch axis left out.
    ///
    /// - Precondition: no size is open.
    package var type: TensorType {
        TensorType(elementType, sizes.map { $0.known ?? OpenSize.guesses[0] })
    }

    /// Whether a tensor may come in.
    package func takes(_ type: TensorType) -> Bool {
        type.elementType == elementType && type.rank == sizes.count
            && zip(type.shape, sizes).allSatisfy { $1.known == nil || $1.known == $0 }
    }
}

extension [InputSize] {
    /// As shapes are shown: `(time, 8)`, `(?, 8)`.
    package var text: String {
        let sizes = map { size in
            switch size {
            case .known(let size): "\(size)"
            case .open(let name, _): name ?? "?"
            }
        }
        return sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    }

    /// As a spec writes them, with `null` where `found` has another size.
    func opened(for found: [Int]) -> String {
        let sizes = zip(self, found).map { size, found in
            size.known == found ? "\(found)" : "null"
        }
        return "[\(sizes.joined(separator: ", "))]"
    }
}

extension Argument where Value == [InputSize] {
    /// A shape without the batch axis, with `null` or a name for a size that isn't known.
    package static func shape(_ name: String, _ doc: String) -> Argument<[InputSize]> {
        Argument(name, .shape, default: nil, text: nil, doc: doc) { node, reading in
            if node.holdsInvalid { return nil }
            guard let list = node.list else {
                reading.mismatch(node, .shape)
                return nil
            }
            if let sizes = list.first?.listOf(\.integer), list.count == 1 {
                reading.mismatch(
                    node, .shape, fixIts: [fix(node, sizes, "write the sizes in one list:")])
                return nil
            }
            let rest = list.dropFirst().map { $0.integer ?? 0 }
            if list.count > 2, list[0].isOpenedOtherwise, rest.allSatisfy({ $0 > 0 }) {
                reading.bag.report(
                    Diagnostic(
                        .argumentValue,
                        "`\(reading.argument)` of \(reading.layer) should leave the batch axis out",
                        at: list[0].span, label: "the batch axis",
                        notes: ["a model takes any number of samples; the shape is that of one"],
                        fixIts: [fix(node, rest, "write the shape of one sample:")]))
                return nil
            }
            // Point at the entries that don't fit, not at the list.
            let sizes = list.map { size($0) }
            for (index, (item, size)) in zip(list, sizes).enumerated() where size == nil {
                // Of two, it may be the steps of a sequence as well as the batch.
                let rest = index == 0 && list.count == 2 ? list[1].integer : nil
                let isOpen = item.isOpenedOtherwise && rest ?? 0 > 0
                report(item, &reading, rest: isOpen ? rest : nil)
            }
            let known = sizes.compactMap(\.self)
            return known.count == sizes.count ? known : nil
        }
    }

    private static func size(_ node: SyntaxNode) -> InputSize? {
        if let size = node.integer { return size > 0 ? .known(size) : nil }
        if node.isNull { return .open(nil, node.span) }
        guard let name = node.text, !node.isOpenedOtherwise, name.first?.isLetter == true,
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        return .open(name, node.span)
    }

    private static func fix(_ node: SyntaxNode, _ sizes: [Int], _ reason: String) -> FixIt {
        let text = "[\(sizes.map(String.init).joined(separator: ", "))]"
        return FixIt(span: node.span, replacement: text, text: "\(reason) `\(text)`")
    }

    private static func report(
        _ item: SyntaxNode, _ reading: inout ArgumentReading, rest: Int? = nil
    ) {
        let kind = ArgumentKind.integer(minimum: 1)
        var advice = ValueAdvice(item, kind)
        let parts = item.text?.split { "x×*;, ".contains($0) } ?? []
        if parts.count > 1, parts.allSatisfy({ Int($0) != nil }) {
            let list = parts.joined(separator: ", ")
            advice.fixIts = [
                FixIt(
                    span: item.span, replacement: list,
                    text: "separate sizes with commas: `\(list)`")
            ]
        }
        let isOpen = item.isOpenedOtherwise
        if isOpen {
            advice.fixIts = [
                FixIt(span: item.span, replacement: "null", text: "leave a size open by `null`")
            ]
        }
        reading.bag.report(
            Diagnostic(
                .argumentValue,
                "a size in `\(reading.argument)` of \(reading.layer) should be a positive integer, "
                    + item.foundDescription,
                at: item.span, label: isOpen ? "an open size" : item.foundLabel(kind),
                helps: isOpen
                    ? rest.map { ["if it is the batch axis, leave it out: `[\($0)]`"] } ?? []
                    : advice.helps, fixIts: advice.fixIts))
    }
}

extension SyntaxNode {
    /// -1 or `None`, by which Python leaves a size open.
    fileprivate var isOpenedOtherwise: Bool {
        integer == -1 || text == "None" || text == "none"
    }
}
