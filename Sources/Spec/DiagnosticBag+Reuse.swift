import Diagnostics

extension DiagnosticBag {
    /// Adds what was found of a layer; where the layer is applied again, with the place of that.
    mutating func append(contentsOf other: DiagnosticBag, usedBy item: LayerItem) {
        guard let use = item.shared?.use else { return append(contentsOf: other) }
        for var diagnostic in other.diagnostics {
            // Once for all uses of a Model.
            let isKnown = diagnostics.contains {
                $0.code == diagnostic.code && $0.primary != nil
                    && $0.primary?.span.range == diagnostic.primary?.span.range
            }
            if isKnown, !item.isReuse { continue }
            let labels = [diagnostic.primary].compactMap(\.self) + diagnostic.secondary
            if !labels.contains(where: { $0.span.range == use.range }) {
                diagnostic.secondary.append(
                    Label(span: use, text: "used again here, as `\(item.name)`"))
            }
            report(diagnostic)
        }
    }
}
