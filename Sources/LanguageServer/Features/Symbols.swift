import Diagnostics
import Spec

extension CheckedLayer {
    /// The shapes of its outputs: `(16,)`, or of several `(16,), (16,), (16,)`.
    var outputsText: String { outputs.map(\.type.shapeText).joined(separator: ", ") }
}

/// The outline of a spec: its layers, with those inside them.
struct Symbols {
    let document: Document
    let view: SpecView
    /// Whether the client shows layers inside others.
    let isHierarchical: Bool

    /// The protocol's number for an object.
    private static let kind = 19

    var answer: JSONValue {
        // A layer stands for its outputs.
        let layers = view.layers.filter { !($0.item.layer is LayerOutput) }
        return .array(layers.flatMap { isHierarchical ? [tree($0)] : flat($0) })
    }

    private func tree(_ layer: SpecView.Layer) -> JSONValue {
        let shape = layer.shapes.map { " " + $0.outputsText } ?? ""
        return symbol(layer.item, layer.item.className + shape)
    }

    private func symbol(_ item: LayerItem, _ detail: String, depth: Int = 0) -> JSONValue {
        let inner = depth < 64 ? item.innerItems : []
        // The item's lines; an anchor that holds what is inside may stand elsewhere.
        let start = item.span.range.lowerBound
        let ranges =
            ([item.span, item.placeOfName] + spans(inner)).map(\.range) + [
                SourceRange(start..<document.text.endOfBlock(at: start))
            ]
        let whole = ranges.reduce(item.span.range) { $0.union($1) }
        var members: [(key: String, value: JSONValue)] = [
            ("name", .string(item.name)), ("detail", .string(detail)), ("kind", .int(Self.kind)),
            ("range", document.text.range(whole.lowerBound..<whole.upperBound).json),
            ("selectionRange", document.text.range(item.span).json),
        ]
        if !inner.isEmpty {
            members.append(
                (
                    "children",
                    .array(inner.map { symbol($0, $0.className, depth: depth + 1) })
                ))
        }
        return .object(members)
    }

    private func spans(_ items: [LayerItem], depth: Int = 0) -> [SourceSpan] {
        guard depth < 64 else { return [] }
        return items.flatMap {
            [$0.span, $0.placeOfName] + spans($0.innerItems, depth: depth + 1)
        }
    }

    private func flat(_ layer: SpecView.Layer) -> [JSONValue] {
        ([layer.item] + layer.inner).map { item in
            .object([
                ("name", .string(item.name)), ("kind", .int(Self.kind)),
                (
                    "location",
                    .object([
                        ("uri", .string(document.uri)),
                        ("range", document.text.range(item.span).json),
                    ])
                ),
            ])
        }
    }
}
