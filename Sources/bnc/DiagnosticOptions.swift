import ArgumentParser
import Compiler
import Diagnostics

enum DiagnosticFormat: String, CaseIterable, ExpressibleByArgument {
    case terminal, json, sarif, github
}

/// How diagnostics are reported, the same for every command.
struct DiagnosticOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How to write diagnostics to standard error: terminal, json, sarif or github.",
            valueName: "format"))
    var format: DiagnosticFormat = .terminal

    @Flag(help: "Treat warnings as errors.")
    var warningsAsErrors = false

    @Flag(help: "Write no colours; the same as setting NO_COLOR.")
    var noColor = false

    var outputStyle: TerminalStyle { Console.output.style(noColor: noColor) }
    var errorStyle: TerminalStyle { Console.error.style(noColor: noColor) }

    /// Writes what the bag holds to standard error.
    ///
    /// - Throws: exit code 1 if there are errors.
    func report(_ bag: DiagnosticBag) throws {
        var diagnostics = bag.sorted()
        if warningsAsErrors {
            for index in diagnostics.indices where diagnostics[index].severity == .warning {
                diagnostics[index].severity = .error
            }
        }
        let fails = diagnostics.contains { $0.severity == .error }
        switch format {
        case .terminal:
            guard !diagnostics.isEmpty else { break }
            let renderer = TerminalRenderer(style: errorStyle)
            Console.error.write(renderer.render(diagnostics))
            Console.error.write("\n" + renderer.summary(diagnostics) + "\n")
        case .json:
            if fails || !diagnostics.isEmpty {
                Console.error.write(JSONRenderer().render(diagnostics))
            }
        case .sarif:
            Console.error.write(SARIFRenderer(version: bncVersion).render(diagnostics))
        case .github:
            Console.error.write(GitHubRenderer().render(diagnostics))
        }
        if fails { throw ExitCode(1) }
    }

    /// A remark on standard error, for people only.
    func note(_ text: String) {
        guard format == .terminal else { return }
        Console.error.write(Ink.faint.paint("bnc: \(text)", errorStyle) + "\n")
    }
}

/// A spec and its weights.
struct ModelOptions: ParsableArguments {
    @ArgumentParser.Argument(
        help: "The model's spec.", completion: .file(extensions: ["yaml", "yml"]))
    var spec: String

    @Option(
        help: ArgumentHelp(
            "The weights; default: the file that the spec names.", valueName: "file"),
        completion: .file(extensions: ["safetensors"]))
    var weights: String?
}
