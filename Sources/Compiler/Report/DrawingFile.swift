import Diagnostics

/// A sketch as an SVG file of its own.
package enum DrawingFile {
    package static func text(_ sketch: GraphSketch, title: String) -> String {
        let drawing = GraphDrawing(sketch, links: false)
        let width = Markup.number(max(drawing.width, 40))
        let height = Markup.number(max(drawing.height, 40))
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img">
            <title>\(Markup.escaped(title))</title>
            <style>
            \(DrawingStyle.rules(.light))@media (prefers-color-scheme:dark){
            \(DrawingStyle.rules(.dark))}
            </style>
            <rect class="bg" width="\(width)" height="\(height)"/>
            \(drawing.elements)</svg>

            """
    }
}

extension Inspection {
    /// The layers as written, as an SVG file.
    package func drawing(_ diagnostics: [Diagnostic]) -> String {
        let problems = ReportProblems(
            diagnostics, file: model.file, rows: rows.map { ($0.line, $0.depth) })
        return DrawingFile.text(sketchAsWritten(problems), title: model.name)
    }
}

extension SpecOutline {
    /// What could be read, as an SVG file.
    package func drawing(_ diagnostics: [Diagnostic]) -> String {
        let problems = ReportProblems(
            diagnostics, file: file, rows: layers.map { ($0.line, 0) })
        return DrawingFile.text(sketch(problems), title: name)
    }
}
