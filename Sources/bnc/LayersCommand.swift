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
              bnc layers --json
            """)

    @ArgumentParser.Argument(
        help: "A layer's class name.",
        completion: .list(LayerCatalog.keras.layers.map { $0.className }))
    var name: String?

    @Flag(help: "Write the catalog, or the layer, as JSON.")
    var json = false

    @Flag(help: "Write no colours; the same as setting NO_COLOR.")
    var noColor = false

    func run() throws {
        let style = Console.output.style(noColor: noColor)
        let catalog = LayerCatalog.keras
        guard let name else {
            return Console.output.write(
                json ? LayerPage.catalogJSON().text + "\n" : LayerPage.list(style))
        }
        if let layer = catalog[name] ?? catalog.sameName(as: name).flatMap({ catalog[$0] }) {
            let page = LayerPage(layer)
            return Console.output.write(json ? page.json.text + "\n" : page.text(style))
        }
        if let absent = Suggestion.same(as: name, in: catalog.absent.keys.sorted()) {
            throw Failure(message: "bnc has no \(absent): \(catalog.absent[absent]!)")
        }
        if let foreign = catalog.foreign(name) {
            throw Failure(
                message: "there is no layer \(name)",
                help: "write `\(foreign.instead)`" + (foreign.note.map { ": \($0)" } ?? ""))
        }
        let near = Suggestion.nearest(to: name, in: catalog.names + catalog.absent.keys.sorted())
        throw Failure(
            message: "there is no layer \(name)",
            help: near.map { "did you mean \($0)?" } ?? "`bnc layers` lists them")
    }
}
