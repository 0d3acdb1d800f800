import Diagnostics
import Plan

/// One page about a model that needs nothing else: no network, no other file, no script to be read.
///
/// It is HTML5 and well-formed XML at once. The script only links what belongs together; without it
/// everything is there.
package struct ReportPage: Sendable {
    private var body = ""
    private let title: String

    /// The page of a model that was checked.
    package init(_ inspection: Inspection, _ diagnostics: [Diagnostic]) {
        let problems = ReportProblems(
            diagnostics, file: inspection.model.file,
            rows: inspection.rows.map { ($0.line, $0.depth) })
        title = inspection.model.name
        header(
            inspection.model.name,
            inspection.model.file.path + ", for " + inspection.plan.target.name)
        tiles(ReportTiles.tiles(inspection), problems)
        elsewhere(problems)
        let listing = SpecListing(
            inspection.model.file, problems,
            layers: inspection.rows.enumerated().map { index, row in
                SpecListing.Layer(line: row.line, row: index, note: row.outputType.shapeText)
            })
        graphs(
            [
                (
                    "as written",
                    "The layers of the spec; a dashed box is computed within another.",
                    inspection.sketchAsWritten(problems)
                ),
                (
                    "as computed",
                    "What is left after fusion: a box for each value that is computed.",
                    inspection.sketchAsComputed(problems)
                ),
            ], listing)
        body += ReportCosts.section(inspection)
        body += ReportMemory.section(inspection)
        body += ReportTables.fusions(inspection)
        body += ReportTables.layers(inspection)
    }

    /// The page of a spec with errors: what could be read of it.
    package init(_ outline: SpecOutline, _ diagnostics: [Diagnostic]) {
        let problems = ReportProblems(
            diagnostics, file: outline.file, rows: outline.layers.map { ($0.line, 0) })
        title = outline.name
        header(outline.name, outline.file.path)
        tiles([], problems)
        elsewhere(problems)
        let listing = SpecListing(
            outline.file, problems,
            layers: outline.layers.enumerated().map { index, layer in
                SpecListing.Layer(line: layer.line, row: index, note: layer.shapeText)
            })
        graphs(
            [
                (
                    "as written",
                    outline.isOpen
                        ? "The layers of the spec; ? is a size that is known later."
                        : "What could be read; shapes stop where an error makes them unknown.",
                    outline.sketch(problems)
                )
            ], listing)
    }

    /// The whole file.
    package var text: String {
        """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
        style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="bnc inspect" />
        <link rel="icon" href="data:," />
        <title>\(Markup.escaped(title)) – bnc inspect</title>
        <style>
        \(ReportStyle.text)</style>
        </head>
        <body>
        \(body)<script>
        \(ReportStyle.script)</script>
        </body>
        </html>

        """
    }

    // MARK: Parts

    private mutating func header(_ name: String, _ subtitle: String) {
        body +=
            "<header><h1>\(Markup.escaped(name))</h1><p>\(Markup.escaped(subtitle))</p></header>\n"
    }

    private mutating func tiles(_ tiles: [ReportTiles.Tile], _ problems: ReportProblems) {
        body += "<div class=\"tiles\">\n"
        for tile in tiles {
            body +=
                "<div class=\"tile\"><b>\(Markup.escaped(tile.value))</b>"
                + "<span>\(Markup.escaped(tile.label))</span><i>\(Markup.escaped(tile.note))</i></div>\n"
        }
        for severity in [Severity.error, .warning, .remark] {
            let count = problems.count(severity)
            if count == 0 { continue }
            let word = count == 1 ? severity.name : severity.name + "s"
            body +=
                "<a class=\"tile \(severity.name)\" href=\"#p-\(severity.name)\"><b>\(count)</b>"
                + "<span>\(word)</span><i>shown in the spec</i></a>\n"
        }
        body += "</div>\n"
    }

    /// What stands in no line of the spec, such as what is wrong with a weights file.
    private mutating func elsewhere(_ problems: ReportProblems) {
        for index in problems.elsewhere {
            body += SpecListing.problem(problems.diagnostics[index], id: nil)
        }
    }

    private mutating func graphs(
        _ views: [(name: String, about: String, sketch: GraphSketch)], _ listing: SpecListing
    ) {
        body += "<div class=\"cols\">\n<section class=\"graph\">\n"
        // Which view is shown needs no script.
        for index in views.indices {
            body +=
                "<input type=\"radio\" name=\"view\" id=\"v\(index)\""
                + (index == 0 ? " checked=\"checked\"" : "") + " />"
                + "<label for=\"v\(index)\">\(views[index].name)</label>\n"
        }
        body +=
            "<span class=\"zoom\" hidden=\"hidden\"><button type=\"button\" data-z=\"0\">fit</button>"
        body += "<button type=\"button\" data-z=\"-1\" aria-label=\"smaller\">−</button>"
        body += "<button type=\"button\" data-z=\"1\" aria-label=\"larger\">+</button></span>\n"
        for (index, view) in views.enumerated() {
            let drawing = GraphDrawing(view.sketch, links: true)
            let (width, height) = (Markup.number(drawing.width), Markup.number(drawing.height))
            body += "<div class=\"view v\(index)\"><p>\(view.about)</p><div class=\"scroll\">\n"
            body +=
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
                + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"the graph "
                + "\(view.name)\">\n\(drawing.elements)</svg>\n</div></div>\n"
        }
        if views.count > 1 { body += Self.legend }
        body +=
            "</section>\n<section class=\"spec\">\n<h2>Spec</h2>\n\(listing.text)</section>\n</div>\n"
    }

    private static var legend: String {
        let tones: [(GraphSketch.Tone, String)] = [
            (.product, "products: convolutions, Dense"),
            (.reduction, "reductions: pooling, softmax"),
            (.element, "element by element"), (.movement, "movement of elements"),
            (.input, "input"),
        ]
        var text = "<p class=\"legend\">"
        for (tone, label) in tones {
            text += "<span><i class=\"k-\(tone.rawValue)\"></i>\(label)</span>"
        }
        text += "<span><i class=\"bar\"></i>share of all MACs</span>"
        text += "<span><i class=\"dots\"></i>dotted: never stored, stays in registers</span>"
        return text + "</p>\n"
    }
}
