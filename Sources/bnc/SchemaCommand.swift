import ArgumentParser
import Compiler

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Writes the JSON Schema of specs, for editors.",
        discussion: """
            The schema is draft 07. An editor with yaml-language-server (VS Code's YAML extension, \
            Neovim, Emacs, Helix...) completes layers and arguments by it, and explains them:

              bnc schema > bnc.schema.json

            Then the first line of a spec, or the editor's settings, name the file:

              # yaml-language-server: $schema=bnc.schema.json

            `bnc lsp` knows more: shapes, names of layers, and all that `bnc inspect` reports.
            """)

    func run() throws {
        Console.output.write(SpecSchema().json.text + "\n")
    }
}
