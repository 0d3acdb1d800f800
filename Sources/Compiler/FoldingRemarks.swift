import Diagnostics
import Plan
import Spec

extension Inspection {
    /// The batch normalizations that are computed by themselves, and why, each where it stands in the
    /// spec.
    package var foldingRemarks: DiagnosticBag {
        var items: [String: LayerItem] = [:]
        func add(_ item: LayerItem) {
            if items[item.name] == nil { items[item.name] = item }
            for inner in item.sequence { add(inner) }
        }
        for layer in model.layers { add(layer.item) }

        var reasons: [(item: LayerItem, reasons: [String])] = []
        for remark in openRemarks where remark.pass.hasPrefix("fold-") {
            let item = remark.layers.compactMap { items[$0] }
                .first { $0.className == "BatchNormalization" }
            guard let item else { continue }
            if let index = reasons.firstIndex(where: { $0.item.name == item.name }) {
                if !reasons[index].reasons.contains(remark.message) {
                    reasons[index].reasons.append(remark.message)
                }
            } else {
                reasons.append((item, [remark.message]))
            }
        }
        var bag = DiagnosticBag()
        for (item, reasons) in reasons {
            bag.report(
                Diagnostic(
                    .unfolded, .remark,
                    "`\(item.name)` is computed by itself, not folded into other weights",
                    at: item.span, label: "a multiplication and an addition for each element",
                    notes: reasons.map { "it can't fold: \($0)" },
                    helps: [
                        "right behind a convolution or Dense that nobody else reads, before the "
                            + "activation, it costs nothing"
                    ]))
        }
        return bag
    }
}
