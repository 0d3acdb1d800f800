import ArgumentParser
import Compiler
import Diagnostics

/// The command line: reads arguments, calls the compiler, prints. Nothing is decided here.
@main
struct BNC: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bnc",
        abstract: "Compiles Keras-style model specs in YAML to Swift.",
        discussion: """
            A first look, a prediction, and a Swift package of a model:

              bnc inspect specs/digits_cnn.yaml
              bnc run specs/digits_cnn.yaml --input specs/digits.npz:x_test
              bnc compile specs/digits_cnn.yaml -o DigitsCNN

            Exit codes: 0 fine; 1 the model, its weights or its data are wrong; 64 wrong usage; \
            70 a bug in bnc.
            """,
        version: bncVersion,
        subcommands: [
            InspectCommand.self, RunCommand.self, CompileCommand.self, BenchCommand.self,
            VerifyCommand.self, LayersCommand.self, ExplainCommand.self, SchemaCommand.self,
            LSPCommand.self, DemoCommand.self,
        ])

    static func main() async {
        CrashReport.install()
        Interruption.install()
        if let word = unknownCommand {
            Console.error.write("bnc: there is no command `\(word)`\n  help: \(help(word))\n")
            BNC.exit(withError: ExitCode(64))
        }
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as Failure {
            Console.error.write("bnc: \(error.message)\n")
            if let help = error.help { Console.error.write("  help: \(help)\n") }
            BNC.exit(withError: ExitCode(1))
        } catch let error where exitCode(for: error) == .failure && !(error is ExitCode) {
            Console.error.write(
                "bnc: internal error: \(error)\n\(CrashReport.request)\n")
            BNC.exit(withError: ExitCode(70))
        } catch {
            exit(withError: error)
        }
    }
}

extension BNC {
    private static var commandNames: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName }
    }

    /// The first argument, if a command is expected there and it is none.
    private static var unknownCommand: String? {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
            word != "help", !commandNames.contains(word)
        else { return nil }
        return word
    }

    private static func help(_ word: String) -> String {
        if word.hasSuffix(".yaml") || word.hasSuffix(".yml") {
            return "`bnc inspect \(word)` checks and shows a spec"
        }
        return Suggestion.nearest(to: word, in: commandNames).map { "did you mean `bnc \($0)`?" }
            ?? "`bnc --help` lists the commands"
    }
}

/// A problem that has no place in any file, such as a missing tool: exit code 1.
struct Failure: Error {
    let message: String
    var help: String?
}
