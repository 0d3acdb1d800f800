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
        if let word = unknownCommand ?? unknownTopic {
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

    /// The argument of `bnc help`, if there is no such command.
    private static var unknownTopic: String? {
        let words = CommandLine.arguments.dropFirst()
        guard words.count > 1, words.first == "help",
            let word = words.dropFirst().first(where: { !$0.hasPrefix("-") }),
            word != "help", !commandNames.contains(word)
        else { return nil }
        return word
    }

    private static func help(_ word: String) -> String {
        if word.hasSuffix(".yaml") || word.hasSuffix(".yml") {
            return "`bnc inspect \(word)` checks and shows a spec"
        }
        if let command = otherWords.first(where: { $0.value.contains(word.lowercased()) })?.key {
            return "`bnc \(command.name)` \(command.job)"
        }
        return Suggestion.nearest(to: word, in: commandNames).map { "did you mean `bnc \($0)`?" }
            ?? "`bnc --help` lists the commands"
    }

    private struct Job: Hashable {
        let name: String
        let job: String
    }

    /// What other tools call bnc's commands.
    private static let otherWords: [Job: Set<String>] = [
        Job(name: "inspect", job: "checks a spec and shows its shapes and costs"): [
            "check", "validate", "lint", "summary", "show", "info", "print", "plot", "shapes",
        ],
        Job(name: "run", job: "predicts, with the weights and data that it is given"): [
            "predict", "infer", "inference", "eval", "exec", "execute", "test",
        ],
        Job(name: "compile", job: "writes a Swift package"): [
            "build", "emit", "convert", "export", "codegen", "generate", "make",
        ],
        Job(name: "bench", job: "measures a model, as a whole and each kernel"): [
            "benchmark", "profile", "time", "perf", "measure",
        ],
        Job(name: "explain", job: "explains a code of a message, such as `bnc explain BNC2003`"): [
            "error", "errors", "diagnostics", "codes",
        ],
    ]
}

/// A problem that has no place in any file, such as a missing tool: exit code 1.
struct Failure: Error {
    let message: String
    var help: String?
}
