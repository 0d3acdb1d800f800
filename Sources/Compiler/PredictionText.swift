import Diagnostics
import IR
import Plan
import Spec

/// A prediction as a person reads it.
extension Prediction {
    /// The samples shown; the others are counted.
    private static let shownSamples = 10

    /// - Parameter top: how many of a vector's largest entries to show.
    package func text(_ style: TerminalStyle, top: Int = 3) -> String {
        var text = ""
        for output in ports.indices {
            let port = ports[output]
            if !text.isEmpty { text += "\n" }
            let shape = TensorType(.float32, Array(port.type.shape.dropFirst())).shapeText
            text += Ink.heading.paint(DisplayText.escaped(port.name), style)
            text += Ink.faint.paint("  \(shape)", style) + "\n"
            text += table(output, top: top).text(style, indent: 2)
            if count > Self.shownSamples {
                let rest = NumberText.grouped(count - Self.shownSamples)
                text += Ink.faint.paint("  … and \(rest) more", style) + "\n"
            }
        }
        return text
    }

    private func table(_ output: Int, top: Int) -> TextTable {
        let width = ports[output].type.shape.dropFirst().reduce(1, *)
        let isVector = ports[output].type.rank == 2 && width > 1
        let shown = min(count, Self.shownSamples)
        guard isVector else {
            var table = TextTable(
                ["sample", "least", "mean", "largest"].map { .init($0, .right) }
                    + [.init("", .left, .bad)])
            for index in 0..<shown {
                let values = sample(index, output: output)
                let finite = values.filter(\.isFinite)
                let mean = finite.reduce(0) { $0 + Double($1) } / Double(max(1, finite.count))
                let odd = values.count - finite.count
                table.add([
                    "\(index)", Self.text(finite.min() ?? .nan),
                    finite.isEmpty ? "–" : Self.text(Float(mean)),
                    Self.text(finite.max() ?? .nan),
                    odd == 0 ? "" : "\(NumberText.grouped(odd)) not finite",
                ])
            }
            return table
        }
        let places = min(max(1, top), width)
        var columns = [TextTable.Column("sample", .right)]
        for place in 0..<places {
            columns.append(.init(place == 0 ? "class" : "", .right, place == 0 ? .good : .faint))
            columns.append(.init(place == 0 ? "value" : "", .right, place == 0 ? .plain : .faint))
        }
        var table = TextTable(columns)
        for index in 0..<shown {
            var cells = ["\(index)"]
            for (position, value) in Self.largest(sample(index, output: output), places) {
                cells += ["\(position)", Self.text(value)]
            }
            table.add(cells)
        }
        return table
    }

    /// The largest entries with their positions, the largest first, of equals the first.
    package static func largest(
        _ values: ArraySlice<Float>, _ count: Int
    ) -> [(position: Int, value: Float)] {
        let ranked = values.enumerated().sorted { a, b in
            // Not-a-number comes last, so that the order is one.
            if a.element.isNaN || b.element.isNaN {
                return !a.element.isNaN || (b.element.isNaN && a.offset < b.offset)
            }
            return a.element == b.element ? a.offset < b.offset : a.element > b.element
        }
        return ranked.prefix(count).map { ($0.offset, $0.element) }
    }

    private static func text(_ value: Float) -> String {
        // Whatever sign its bits have.
        if value.isNaN { return "nan" }
        let magnitude = abs(value)
        if !value.isFinite || magnitude == 0 || (magnitude >= 5e-5 && magnitude < 1e5) {
            return NumberText.fixed(Double(value), 4)
        }
        return NumberText.scientific(Double(value))
    }
}
