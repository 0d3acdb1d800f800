import ArgumentParser
import Compiler
import Diagnostics
import Layers
import Spec

struct LayersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Lists the layers, or explains one.",
        discussion: """
              bnc layers
              bnc layers Conv2D
            """)

    @ArgumentParser.Argument(
        help: "A layer's class name.",
        completion: .list(LayerCatalog.keras.layers.map { $0.className }))
    var name: String?

    @Flag(help: "Write no colours; the same as setting NO_COLOR.")
    var noColor = false

    func run() throws {
        let style = Console.output.style(noColor: noColor)
        guard let name else { return Console.output.write(list(style)) }
        let catalog = LayerCatalog.keras
        if let layer = catalog[name]
            ?? catalog.layers.first(where: {
                $0.className.lowercased() == name.lowercased()
            })
        {
            return Console.output.write(page(layer, style))
        }
        if let reason = catalog.absent[name] {
            throw Failure(message: "bnc has no \(name): \(reason)")
        }
        let near = Suggestion.nearest(to: name, in: catalog.names)
        throw Failure(
            message: "there is no layer \(name)",
            help: near.map { "did you mean \($0)?" } ?? "`bnc layers` lists them")
    }

    private func list(_ style: TerminalStyle) -> String {
        var table = TextTable([.init("", .left, .name), .init("")])
        for layer in LayerCatalog.keras.layers { table.add([layer.className, layer.summary]) }
        return table.text(style)
            + Ink.faint.paint("\n`bnc layers NAME` explains one.\n", style)
    }

    private func page(_ layer: any Layer.Type, _ style: TerminalStyle) -> String {
        var text = Ink.heading.paint(layer.className, style)
        if !layer.aliases.isEmpty { text += "  (also \(layer.aliases.joined(separator: ", ")))" }
        text += "\n\(layer.summary)\n\n  \(layer.formula)\n\nTakes \(layer.inputCount.text).\n"
        var table = TextTable([
            .init("argument", .left, .name), .init("default", .left, .number), .init("takes"),
        ])
        for argument in layer.schema {
            table.add([
                argument.name, argument.defaultText ?? "required", argument.kind.expectation,
            ])
        }
        table.add(["name", "from the class name", "a text without `/`"])
        table.add(["inputs", "the layer before", "the names of earlier layers"])
        text += "\n" + table.text(style)
        let documented = layer.schema.filter { !$0.doc.isEmpty }
        if !documented.isEmpty {
            text += "\n"
            for argument in documented {
                text += Ink.name.paint(argument.name, style) + ": \(argument.doc)\n"
            }
        }
        let example = layer.example.split(separator: "\n", omittingEmptySubsequences: false)
        return text + "\nExample\n" + example.map { "  \($0)\n" }.joined()
    }
}
