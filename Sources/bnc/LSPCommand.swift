import ArgumentParser
import LanguageServer

struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Speaks the Language Server Protocol on standard input and output, for editors.",
        discussion: """
            An editor starts it for YAML files; files that are no specs are left alone. It reports what \
            is wrong as one types, with quick fixes; shows the shape of each layer's output and how it \
            came about, parameters and multiply-adds; completes layers, arguments, values and the names \
            of layers; and goes to the layer that a name means. In Neovim 0.11:

              vim.lsp.config('bnc', {cmd = {'bnc', 'lsp'}, filetypes = {'yaml'}})
              vim.lsp.enable('bnc')

            Exit codes are the protocol's: 0 after `shutdown` and `exit`, 1 without `shutdown`.
            """)

    @Flag(help: "Speak on standard input and output; the only way, which some clients name.")
    var stdio = false

    func run() throws {
        let code = StandardStreams.run(Server(version: bncVersion))
        if code != 0 { throw ExitCode(code) }
    }
}
