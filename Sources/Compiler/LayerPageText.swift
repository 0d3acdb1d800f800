import Diagnostics
import Spec

/// A layer's page for the terminal.
extension LayerPage {
    package func text(_ style: TerminalStyle) -> String {
        var text = Ink.heading.paint(name, style)
        if !aliases.isEmpty { text += "  (also \(aliases.joined(separator: ", ")))" }
        text += "\n\(layer.summary)\n\n"
        let formula = layer.formula.split(separator: " ").map(String.init)
        text += Self.wrapped(formula, width: 96).map { "  \($0)\n" }.joined()
        text += "\nTakes \(takes).\n"
        text += Self.section("Arguments", arguments, style)
        text += Self.section("Arguments of the call", callArguments, style)
        text += Self.section("Arguments that Keras has not", ownArguments, style)
        text += "\n" + Ink.faint.paint("Every layer takes ", style)
        text += Self.common.map(\.name).joined(separator: ", ") + ".\n"
        let example = layer.example.split(separator: "\n", omittingEmptySubsequences: false)
        text += "\n" + Ink.faint.paint("Example", style) + "\n"
        text += example.map { "  \(DisplayText.escaped(String($0)))\n" }.joined()
        text += "\n" + Ink.faint.paint("Shapes in the example, the batch left out", style)
        text += "\n  \(shapesText)\n"
        if !variables.isEmpty {
            var table = TextTable([
                .init("variable", .left, .name), .init("shape", .left, .number), .init(""),
            ])
            for variable in variables {
                table.add([
                    variable.name, Self.text(variable.shape),
                    variable.trainable ? "" : "not trained",
                ])
            }
            text += "\n" + table.text(style)
        }
        let source = url.map { "Keras: \($0)" } ?? "Keras has no such layer."
        return text + "\n" + Ink.faint.paint(source, style) + "\n"
    }

    private static func section(_ title: String, _ rows: [Row], _ style: TerminalStyle) -> String {
        guard !rows.isEmpty else { return "" }
        var table = TextTable([
            .init("argument", .left, .name), .init("default", .left, .number), .init("takes"),
        ])
        for row in rows {
            table.add([row.name, row.defaultText ?? "required", row.expectation])
        }
        var text = "\n" + Ink.faint.paint(title, style) + "\n" + table.text(style) + "\n"
        for row in rows { text += Ink.name.paint(row.name, style) + ": \(row.doc)\n" }
        return text
    }

    /// Every layer with its summary, and Keras's others with the reason why they are not there.
    package static func list(_ style: TerminalStyle, catalog: LayerCatalog = .keras) -> String {
        let width = catalog.layers.reduce(0) { max($0, $1.className.count) }
        var text = ""
        for group in catalog.groups {
            text += Ink.heading.paint(group.title, style) + "\n"
            for layer in group.layers {
                let padding = String(repeating: " ", count: width + 2 - layer.className.count)
                text += "  " + Ink.name.paint(layer.className, style) + padding + layer.summary
                text += "\n"
            }
            text += "\n"
        }
        text += Ink.heading.paint("Layers of Keras that are not there", style) + "\n"
        for (reason, names) in absent(catalog) {
            text += "  " + Ink.faint.paint("\(reason):", style) + "\n"
            let list = names.dropLast().map { "\($0)," } + names.suffix(1)
            text += wrapped(list, width: 92).map { "    \($0)\n" }.joined()
        }
        return text + Ink.faint.paint("\n`bnc layers NAME` explains one.\n", style)
    }

    /// Words in lines of at most `width` characters.
    private static func wrapped(_ words: [String], width: Int) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count + 1 <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    // MARK: JSON

    package var json: JSONValue {
        func rows(_ rows: [Row]) -> JSONValue {
            .array(
                rows.map { row in
                    .object([
                        ("name", .string(row.name)),
                        ("default", row.defaultText.map { .string($0) } ?? .null),
                        ("required", .bool(row.defaultText == nil)),
                        ("takes", .string(row.expectation)), ("doc", .string(row.doc)),
                    ])
                })
        }
        func shape(_ shape: [Int]) -> JSONValue { .array(shape.map { .int($0) }) }
        return .object([
            ("name", .string(name)), ("aliases", .array(aliases.map { .string($0) })),
            ("group", .string(group)), ("summary", .string(layer.summary)),
            ("formula", .string(layer.formula)), ("inputs", .string(takes)),
            ("arguments", rows(arguments)), ("call_arguments", rows(callArguments)),
            ("own_arguments", rows(ownArguments)), ("example", .string(layer.example)),
            (
                "example_shapes",
                .object([
                    ("inputs", .array(inputShapes.map(shape))), ("output", shape(outputShape)),
                ])
            ),
            (
                "example_variables",
                .array(
                    variables.map {
                        .object([
                            ("name", .string($0.name)), ("shape", shape($0.shape)),
                            ("trainable", .bool($0.trainable)),
                        ])
                    })
            ), ("keras", url.map { .string($0) } ?? .null),
        ])
    }

    /// All layers, and those of Keras that are not there.
    package static func catalogJSON(_ catalog: LayerCatalog = .keras) -> JSONValue {
        .object([
            ("layers", .array(all(catalog).flatMap(\.pages).map(\.json))),
            (
                "absent",
                .array(
                    catalog.absent.keys.sorted().map {
                        .object([
                            ("name", .string($0)), ("reason", .string(catalog.absent[$0]!)),
                        ])
                    })
            ),
        ])
    }
}
