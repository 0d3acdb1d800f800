import Diagnostics

/// A sketch as SVG elements.
struct GraphDrawing {
    private let style: DrawingStyle
    private(set) var elements = ""
    private(set) var width = 0.0
    private(set) var height = 0.0

    /// - Parameter links: whether boxes lead to the spec's lines of a page (`#L12`).
    init(_ sketch: GraphSketch, links: Bool) {
        style = DrawingStyle(links: links)
        let drawn = Self.draw(sketch, style, depth: 0)
        elements = drawn.text
        (width, height) = (drawn.width, drawn.height)
    }

    private struct Drawn {
        var text: String
        var width: Double
        var height: Double
    }

    private static func draw(_ sketch: GraphSketch, _ style: DrawingStyle, depth: Int) -> Drawn {
        var sketch = sketch
        // What a spec with errors reads from below can't be drawn.
        sketch.edges.removeAll { $0.from >= $0.to }
        let inner = sketch.boxes.map { box in
            box.inner.map { draw($0, style, depth: depth + 1) }
        }
        let sizes = zip(sketch.boxes, inner).map { box, inner in
            style.size(box, inner: inner.map { ($0.width, $0.height) })
        }
        let layout = LayeredLayout(
            boxes: sizes,
            edges: sketch.edges.map {
                .init(from: $0.from, to: $0.to, labelWidth: style.labelWidth($0.label))
            })
        var text = ""
        var hidden = [Int](repeating: 0, count: sketch.boxes.count)
        for (index, edge) in sketch.edges.enumerated() {
            if layout.paths[index].isEmpty {
                hidden[edge.to] += 1
            } else {
                text += style.edge(layout.paths[index], edge.flow)
            }
        }
        // Labels above all edges.
        for (index, edge) in sketch.edges.enumerated() where !layout.paths[index].isEmpty {
            text += style.label(edge.label, at: layout.labels[index])
        }
        for (index, box) in sketch.boxes.enumerated() {
            let center = layout.centers[index]
            let x = center.x - sizes[index].width / 2
            let y = center.y - sizes[index].height / 2
            var box = box
            if hidden[index] > 0 {
                let sources = sketch.edges.indices.filter {
                    sketch.edges[$0].to == index && layout.paths[$0].isEmpty
                }.map { sketch.boxes[sketch.edges[$0].from].title }
                box.tooltip += "\nalso reads \(sources.joined(separator: ", "))"
            }
            text += style.box(
                box, x: x, y: y, sizes[index], inner: inner[index].map { ($0.text, $0.width) },
                hiddenEdges: hidden[index])
        }
        return Drawn(text: text, width: layout.width, height: layout.height)
    }
}

/// The sizes of things in a drawing, and their elements.
struct DrawingStyle {
    var links: Bool

    private static let titleAdvance = 7.3
    private static let lineAdvance = 6.7
    private static let labelAdvance = 6.1
    private static let lineHeight = 15.0
    private static let padding = 10.0
    private static let titleHeight = 22.0
    private static let mostCharacters = 36

    /// The rules for a drawing's classes; for a page and for an SVG by itself.
    static func rules(_ theme: Theme) -> String {
        var text = """
            .bg{fill:\(theme.background)}
            .t{font:600 12px \(Theme.monospace);fill:\(theme.text)}
            .l{font:11px \(Theme.monospace);fill:\(theme.text)}
            .c{font:11px \(Theme.monospace);fill:\(theme.faint)}
            .no{font:10px \(Theme.monospace);fill:\(theme.faint)}
            .el{font:10px \(Theme.monospace);fill:\(theme.faint)}
            .eb{fill:\(theme.background)}
            .e{fill:none;stroke:\(theme.edge);stroke-width:1.4}
            .ef{stroke-dasharray:2 3;stroke-width:1.8}
            .h{fill:\(theme.edge)}
            .b{fill:\(theme.panel);stroke:\(theme.line);stroke-width:1}
            .fused .b{stroke-dasharray:4 3}
            .out .b{stroke:\(theme.text);stroke-width:1.8}
            .bar{fill:\(theme.accent)}
            .warning .b{stroke:\(theme.warning);stroke-width:2}
            .error .b{stroke:\(theme.error);stroke-width:2}
            .pw{font:600 11px \(Theme.monospace);fill:\(theme.warning)}
            .pe{font:600 11px \(Theme.monospace);fill:\(theme.error)}

            """
        for tone in GraphSketch.Tone.allCases {
            let colour = theme.tone(tone)
            text += ".s-\(tone.rawValue){fill:\(colour)}\n"
        }
        return text
    }

    private func columns(_ text: String) -> Double { Double(DisplayText.width(of: text)) }

    /// A name: its end tells it from others as its beginning does.
    private func short(_ text: String) -> String {
        Markup.shortened(text, to: Self.mostCharacters)
    }

    private func cut(_ text: String) -> String { Markup.cut(text, to: Self.mostCharacters) }

    func labelWidth(_ label: String) -> Double {
        label.isEmpty ? 0 : columns(short(label)) * Self.labelAdvance + 8
    }

    func size(_ box: GraphSketch.Box, inner: (width: Double, height: Double)?) -> LayeredLayout.Box
    {
        var width = columns(short(box.title)) * Self.titleAdvance
        if let line = box.line { width += columns("\(line)") * 6.1 + 18 }
        for line in box.lines + box.costs {
            width = max(width, columns(cut(line)) * Self.lineAdvance)
        }
        let problem = problemLine(box)
        width = max(width, columns(problem) * Self.lineAdvance)
        width = max(112, width + 2 * Self.padding + 4)
        let count = box.lines.count + box.costs.count + (problem.isEmpty ? 0 : 1)
        var height = Self.titleHeight + Double(count) * Self.lineHeight + 8
        if let inner {
            width = max(width, inner.width + 12)
            height += inner.height
        }
        return LayeredLayout.Box(width: width, height: height)
    }

    private func problemLine(_ box: GraphSketch.Box) -> String {
        guard box.problem != nil, !box.problemText.isEmpty else { return "" }
        return "⚠ " + cut(box.problemText)
    }

    func box(
        _ box: GraphSketch.Box, x: Double, y: Double, _ size: LayeredLayout.Box,
        inner: (text: String, width: Double)?, hiddenEdges: Int
    ) -> String {
        let n = Markup.number
        var classes = ["n"]
        if box.isFused { classes.append("fused") }
        if box.isOutput { classes.append("out") }
        if let problem = box.problem, problem > .remark { classes.append(problem.name) }
        var text =
            "<g"
            + Markup.attributes([
                ("class", classes.joined(separator: " ")),
                ("transform", "translate(\(n(x)) \(n(y)))"),
                ("data-r", box.rows.map(String.init).joined(separator: " ")),
            ]) + ">"
        let linked = links && box.line != nil
        if linked { text += "<a href=\"#L\(box.line!)\">" }
        text += "<title>\(Markup.escaped(box.tooltip.isEmpty ? box.title : box.tooltip))</title>"
        text +=
            "<rect class=\"b\" width=\"\(n(size.width))\" height=\"\(n(size.height))\" rx=\"6\"/>"
        text +=
            "<rect class=\"s-\(box.tone.rawValue)\" x=\"0.5\" y=\"5\" width=\"4\" "
            + "height=\"\(n(size.height - 10))\" rx=\"2\"/>"
        if box.share > 0 {
            let width = max(2, box.share * (size.width - 20))
            text +=
                "<rect class=\"bar\" x=\"10\" y=\"\(n(size.height - 4.5))\" width=\"\(n(width))\" "
                + "height=\"3\" rx=\"1.5\"/>"
        }
        let left = n(Self.padding + 3)
        text +=
            "<text class=\"t\" x=\"\(left)\" y=\"17\">\(Markup.escaped(short(box.title)))</text>"
        if let line = box.line {
            text +=
                "<text class=\"no\" x=\"\(n(size.width - 8))\" y=\"16\" text-anchor=\"end\">"
                + ":\(line)</text>"
        }
        var baseline = Self.titleHeight + 11
        func add(_ line: String, _ style: String) {
            text +=
                "<text class=\"\(style)\" x=\"\(left)\" y=\"\(n(baseline))\">"
                + "\(Markup.escaped(line))</text>"
            baseline += Self.lineHeight
        }
        for line in box.lines { add(cut(line), "l") }
        for line in box.costs { add(cut(line), "c") }
        let problem = problemLine(box)
        if !problem.isEmpty { add(problem, box.problem == .error ? "pe" : "pw") }
        if hiddenEdges > 0 {
            text +=
                "<text class=\"no\" x=\"\(n(size.width / 2))\" y=\"-3\" text-anchor=\"middle\">"
                + "and \(hiddenEdges) more</text>"
        }
        if linked { text += "</a>" }
        if let inner {
            let offset = (size.width - inner.width) / 2
            text += "<g transform=\"translate(\(n(offset)) \(n(baseline - 10)))\">\(inner.text)</g>"
        }
        return text + "</g>\n"
    }

    func edge(_ path: [LayeredLayout.Stretch], _ flow: GraphSketch.Flow) -> String {
        let n = Markup.number
        var line = "M\(n(path[0].x)) \(n(path[0].top))"
        var y = path[0].top
        func go(to bottom: Double) {
            if bottom > y { line += "V\(n(bottom))" }
            y = max(y, bottom)
        }
        for (index, stretch) in path.enumerated() {
            if index > 0 {
                let before = path[index - 1]
                if abs(before.x - stretch.x) > 0.05 {
                    go(to: before.bottom)
                    let middle = (y + stretch.top) / 2
                    line +=
                        "C\(n(before.x)) \(n(middle)) \(n(stretch.x)) \(n(middle)) "
                        + "\(n(stretch.x)) \(n(stretch.top))"
                    y = stretch.top
                }
            }
        }
        let tip = path[path.count - 1]
        go(to: tip.bottom - 2)
        let (x, end) = (tip.x, tip.bottom)
        let fused = flow == .fused ? " ef" : ""
        return "<path class=\"e\(fused)\" d=\"\(line)\"/>"
            + "<path class=\"h\" d=\"M\(n(x - 4)) \(n(end - 7))L\(n(x + 4)) \(n(end - 7))"
            + "L\(n(x)) \(n(end))Z\"/>\n"
    }

    func label(_ label: String, at center: LayeredLayout.Point) -> String {
        if label.isEmpty { return "" }
        let n = Markup.number
        let width = labelWidth(label)
        return
            "<rect class=\"eb\" x=\"\(n(center.x - width / 2))\" y=\"\(n(center.y - 8))\" "
            + "width=\"\(n(width))\" height=\"16\"/>"
            + "<text class=\"el\" x=\"\(n(center.x))\" y=\"\(n(center.y + 3.5))\" "
            + "text-anchor=\"middle\">\(Markup.escaped(short(label)))</text>\n"
    }
}
