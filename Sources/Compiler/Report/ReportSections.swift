import Diagnostics
import Plan

/// The numbers at the head of the page.
enum ReportTiles {
    struct Tile {
        var value: String
        var label: String
        var note: String
    }

    static func tiles(_ inspection: Inspection) -> [Tile] {
        let fixed = inspection.fixedParameters
        let layers = inspection.rows.count
        return [
            Tile(
                value: NumberText.short(inspection.parameters), label: "parameters",
                note: fixed == 0 ? "all trainable" : "\(NumberText.short(fixed)) not trainable"),
            Tile(
                value: NumberText.short(inspection.multiplyAdds), label: "MACs",
                note: "\(NumberText.short(inspection.plan.cost.multiplyAdds)) as computed"),
            Tile(
                value: NumberText.bytes(inspection.weightByteCount), label: "weights",
                note: "\(NumberText.bytes(inspection.packedByteCount)) packed"),
            Tile(
                value: NumberText.bytes(inspection.arenaByteCount), label: "peak memory",
                note: "of \(NumberText.bytes(inspection.activationByteCount)) of activations"),
            Tile(
                value: "\(inspection.plan.steps.count)", label: "kernels",
                note: "for \(NumberText.count(layers, "layer"))"),
        ]
    }
}

/// Where parameters, MACs and activations are, at one glance.
enum ReportCosts {
    private static let named = 5
    private static let colours = 8

    static func section(_ inspection: Inspection) -> String {
        let rows = inspection.rows
        let metrics: [(title: String, values: [Int], text: (Int) -> String)] = [
            ("parameters", rows.map(\.parameters), { NumberText.short($0) }),
            ("MACs", rows.map(\.multiplyAdds), { NumberText.short($0) }),
            (
                "activations",
                rows.map { row in
                    if case .nested = row.role { 0 } else { row.activationByteCount }
                }, { NumberText.bytes($0) }
            ),
        ]
        // A layer has the same colour in every bar.
        var colourOfRow: [Int: Int] = [:]
        for metric in metrics {
            for row in largest(metric.values) where colourOfRow[row] == nil {
                colourOfRow[row] = colourOfRow.count % colours
            }
        }
        let bars = metrics.map { bar($0.title, $0.values, rows, colourOfRow, $0.text) }.joined()
        return bars.isEmpty ? "" : "<section>\n<h2>Where it goes</h2>\n\(bars)</section>\n"
    }

    private static func largest(_ values: [Int]) -> [Int] {
        values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
            .prefix(named).filter { values[$0] > 0 }
    }

    /// A bar of the layers in their order; the largest are named below.
    private static func bar(
        _ title: String, _ values: [Int], _ rows: [Inspection.Row], _ colours: [Int: Int],
        _ text: (Int) -> String
    ) -> String {
        let total = values.reduce(0, +)
        guard total > 0 else { return "" }
        func percent(_ value: Int) -> String { Markup.number(100 * Double(value) / Double(total)) }
        var result = "<div class=\"share\"><h3>\(title)</h3><div class=\"stack\">"
        // Layers too thin to be seen are joined.
        var thin = 0
        func flush() {
            if thin > 0 { result += "<i style=\"flex:\(thin)\"></i>" }
            thin = 0
        }
        for (index, value) in values.enumerated() where value > 0 {
            if Double(value) < Double(total) * 0.002 {
                thin += value
                continue
            }
            flush()
            let colour = colours[index].map { " class=\"t\($0)\"" } ?? ""
            result +=
                "<i\(colour) style=\"flex:\(value)\" data-r=\"\(index)\" "
                + "title=\"\(Markup.escaped(rows[index].path)): \(text(value)), "
                + "\(percent(value)) %\"></i>"
        }
        flush()
        result += "</div><p>"
        for index in largest(values) {
            result +=
                "<span data-r=\"\(index)\"><i class=\"t\(colours[index]!)\"></i>"
                + "\(Markup.escaped(Markup.shortened(rows[index].path, to: 40))) "
                + "<b>\(text(values[index]))</b> \(percent(values[index])) %</span>"
        }
        return result + "</p></div>\n"
    }
}

/// The arena over time: which value lies where during which kernels.
enum ReportMemory {
    private static let width = 1000.0
    private static let height = 220.0

    static func section(_ inspection: Inspection) -> String {
        let plan = inspection.plan
        guard !plan.arena.isEmpty, plan.arenaCount > 0 else { return "" }
        let n = Markup.number
        let across = width / Double(plan.steps.count)
        let down = height / Double(plan.arenaCount)
        var text = "<section>\n<h2>Memory</h2>\n<p>The arena of "
        text += "\(NumberText.bytes(inspection.arenaByteCount)), from left to right while the "
        text +=
            "\(NumberText.count(plan.steps.count, "kernel")) run: values that are not needed at the "
        text += "same time lie in the same place. Inputs, outputs and weights lie elsewhere.</p>\n"
        text +=
            "<svg class=\"arena\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) "
            + "\(n(height))\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"memory over "
            + "time\">\n"
        for (index, block) in plan.arena.enumerated() {
            let x = Double(block.steps.lowerBound) * across
            let wide = Double(block.steps.count) * across
            let tall = Double(block.count) * down
            let y = height - Double(block.offset) * down - tall
            let kernels = Inspection.ranges(block.steps.map { $0 + 1 })
            text +=
                "<rect class=\"m\(index % 4)\" x=\"\(n(x))\" y=\"\(n(y))\" "
                + "width=\"\(n(max(wide, 0.5)))\" height=\"\(n(max(tall, 0.5)))\"><title>"
                + "\(Markup.escaped(block.name)): \(NumberText.bytes(block.count * 4)), kernels "
                + "\(kernels)</title></rect>\n"
        }
        return text + "</svg>\n</section>\n"
    }
}

/// The tables of the page.
enum ReportTables {
    static func layers(_ inspection: Inspection) -> String {
        let rows = inspection.rows
        let most = (
            rows.map(\.parameters).max() ?? 0, rows.map(\.multiplyAdds).max() ?? 0,
            rows.map(\.activationByteCount).max() ?? 0
        )
        var text = """
            <section>
            <h2>Layers</h2>
            <div class="wide"><table>
            <thead><tr><th>layer</th><th>class</th><th>output</th><th>how</th>\
            <th class="r">parameters</th><th class="r">MACs</th><th class="r">activations</th>\
            <th class="r">receptive field</th><th>computed by</th></tr></thead>
            <tbody>

            """
        for (index, row) in rows.enumerated() {
            text += "<tr data-r=\"\(index)\"><td style=\"padding-left:\(8 + 16 * row.depth)px\">"
            text += "<a href=\"#L\(row.line)\">\(Markup.escaped(row.name))</a></td>"
            text += "<td>\(Markup.escaped(row.className))</td>"
            text += "<td>\(row.outputType.shapeText)</td>"
            text +=
                "<td class=\"how\">\(Markup.escaped(row.shapeSteps.joined(separator: "; ")))</td>"
            text += cell(row.parameters, most.0) { NumberText.grouped($0) }
            text += cell(row.multiplyAdds, most.1) { NumberText.grouped($0) }
            text += cell(row.activationByteCount, most.2) { NumberText.bytes($0) }
            text += "<td class=\"r\">\(row.receptiveField?.text ?? "")</td>"
            text += "<td>\(Markup.escaped(Inspection.text(of: row.role)))</td></tr>\n"
        }
        return text + "</tbody></table></div>\n</section>\n"
    }

    /// A number with a bar behind it.
    private static func cell(_ value: Int, _ most: Int, _ text: (Int) -> String) -> String {
        guard value > 0, most > 0 else { return "<td></td>" }
        let share = Markup.number(100 * Double(value) / Double(most))
        return "<td class=\"r m\" style=\"--w:\(share)%\">\(text(value))</td>"
    }

    static func fusions(_ inspection: Inspection) -> String {
        let done = RemarkChain.chains(inspection.plan.remarks.filter(\.applied))
        let open = RemarkChain.chains(inspection.openRemarks)
        return list("Fused", done, "good") + list("Not fused, and why", open, "plain")
    }

    private static func list(_ title: String, _ chains: [RemarkChain], _ style: String) -> String {
        if chains.isEmpty { return "" }
        // Long lists are folded away.
        let isOpen = chains.count <= 12 ? " open=\"open\"" : ""
        var text = "<section>\n<details\(isOpen)><summary><h2>\(title)</h2> "
        text += "<span>\(NumberText.count(chains.count, "chain"))</span></summary>\n<table>\n"
        for chain in chains {
            text += "<tr><td>\(Markup.escaped(chain.layers.joined(separator: " + ")))</td>"
            text += "<td class=\"\(style)\">"
            text += "\(Markup.escaped(chain.messages.joined(separator: "; ")))</td></tr>\n"
        }
        return text + "</table></details>\n</section>\n"
    }
}
