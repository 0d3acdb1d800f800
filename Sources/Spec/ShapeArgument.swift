import Diagnostics
import Syntax

extension Argument where Value == [Int] {
    /// A shape without the batch axis.
    package static func shape(_ name: String, _ doc: String) -> Argument<[Int]> {
        Argument(name, .shape, default: nil, text: nil, doc: doc) { node, reading in
            if let values = node.listOf(\.integer), values.allSatisfy({ $0 > 0 }) { return values }
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
            if list.count > 1, list[0].isOpenSize, rest.allSatisfy({ $0 > 0 }) {
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
            for item in list where (item.integer ?? 0) <= 0 {
                report(item, &reading)
            }
            return nil
        }
    }

    private static func fix(_ node: SyntaxNode, _ sizes: [Int], _ reason: String) -> FixIt {
        let text = "[\(sizes.map(String.init).joined(separator: ", "))]"
        return FixIt(span: node.span, replacement: text, text: "\(reason) `\(text)`")
    }

    private static func report(_ item: SyntaxNode, _ reading: inout ArgumentReading) {
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
        reading.bag.report(
            Diagnostic(
                .argumentValue,
                "a size in `\(reading.argument)` of \(reading.layer) should be a positive integer, "
                    + item.foundDescription,
                at: item.span, label: item.isOpenSize ? "an open size" : item.foundLabel(kind),
                helps: item.isOpenSize
                    ? ["bnc compiles for sizes that are known: write the size of your data"]
                    : advice.helps, fixIts: advice.fixIts))
    }
}

extension SyntaxNode {
    /// `null`, `None` or -1, by which Keras leaves a size open.
    fileprivate var isOpenSize: Bool {
        isNull || integer == -1 || text == "None" || text == "none"
    }
}
