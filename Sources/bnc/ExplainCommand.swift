import ArgumentParser
import Compiler
import Diagnostics

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a diagnostic's code, or lists all codes.",
        discussion: """
              bnc explain BNC2103
              bnc explain
            """)

    private static let codes = AllDiagnostics.codes

    @ArgumentParser.Argument(help: "The code.", completion: .list(codes.map(\.id)))
    var code: String?

    @Flag(help: "Write no colours; the same as setting NO_COLOR.")
    var noColor = false

    func run() throws {
        let style = Console.output.style(noColor: noColor)
        guard let code else {
            var table = TextTable([.init("", .left, .name), .init("", .left, .faint), .init("")])
            for code in Self.codes { table.add([code.id, code.severity.name, code.title]) }
            return Console.output.write(table.text(style))
        }
        let id = code.allSatisfy(\.isNumber) ? "BNC\(code)" : code.uppercased()
        guard let match = Self.codes.first(where: { $0.id == id })
        else {
            let near = Suggestion.nearest(to: code, in: Self.codes.map(\.id))
            throw Failure(
                message: "there is no diagnostic \(code)",
                help: near.map { "did you mean \($0)?" } ?? "`bnc explain` lists them")
        }
        var text = Ink.heading.paint("\(match.id): \(match.title)", style) + "\n"
        text += "\n\(match.explanation)\n"
        for (title, example) in [("Wrong", match.failing), ("Right", match.mended)] {
            text += "\n" + Ink.faint.paint(title, style) + "\n"
            for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
                text += "  \(DisplayText.escaped(String(line)))\n"
            }
        }
        if match.severity < .error {
            text += "\n`--allow \(match.id)` keeps this \(match.severity.name) from being shown.\n"
        }
        Console.output.write(text)
    }
}
