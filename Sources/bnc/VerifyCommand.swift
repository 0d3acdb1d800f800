import ArgumentParser
import Compiler
import Diagnostics

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Runs conformance cases and names the first layer that goes wrong.",
        discussion: """
            A case is a folder with model.yaml, weights.safetensors, inputs.safetensors, \
            outputs.safetensors (what Keras computes) and case.json (the tolerance).

              bnc verify Tests/Fixtures/conformance/*
              bnc verify Tests/Fixtures/conformance/seed-* --engine all
            """)

    enum Choice: String, CaseIterable, ExpressibleByArgument {
        case unoptimized = "interpreter-unoptimized"
        case interpreter, compiled, all

        var engines: [ConformanceEngine] {
            switch self {
            case .unoptimized: [.unoptimized]
            case .interpreter: [.interpreter]
            case .compiled: [.compiled]
            case .all: ConformanceEngine.allCases
            }
        }
    }

    @Argument(help: "Folders of cases.", completion: .directory)
    var cases: [String]

    @Option(
        name: .customLong("engine"),
        help: ArgumentHelp(
            "interpreter-unoptimized, interpreter, compiled or all; may be repeated. Default: the "
                + "first two.", valueName: "engine"))
    var choices: [Choice] = []

    @Flag(help: "Don't fail because of cases with layers that bnc has not got.")
    var allowUnsupported = false

    @Flag(help: "Write a line for each case that passes too.")
    var verbose = false

    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    func run() async throws {
        let style = diagnostics.outputStyle
        let chosen = choices.isEmpty ? [.unoptimized, .interpreter] : choices.flatMap(\.engines)
        let engines = ConformanceEngine.allCases.filter(chosen.contains)
        var ready: [ConformanceCase] = []
        var absent: [String: Int] = [:]
        var absentCases = 0
        var bag = DiagnosticBag()
        var broken = 0
        // A shell's `cases/*` names files beside the cases too, such as a README.
        let cases = cases.filter { FileTree.kind($0) != .file }
        guard !cases.isEmpty else {
            throw Failure(
                message: "there is no case: a case is a folder with `model.yaml` and `case.json`",
                help: "`bnc inspect SPEC` checks a spec")
        }
        for directory in cases {
            switch ConformanceCase.read(directory) {
            case .ready(let item): ready.append(item)
            case .notSupported(let layers):
                absentCases += 1
                for layer in Set(layers) { absent[layer, default: 0] += 1 }
            case .broken(let problems):
                broken += 1
                bag.append(contentsOf: problems)
            }
        }
        let progress = SharedProgress()
        let outcomes = try await run(ready, engines, progress)
        progress.clear()
        var failures = 0
        for (item, own) in zip(ready, outcomes) {
            if own.contains(where: { !$0.passes }) { failures += 1 }
            for outcome in own where verbose || !outcome.passes {
                Console.output.write(line(item, outcome, style) + "\n")
            }
        }
        if !absent.isEmpty {
            let list = absent.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) (\($0.value))" }
            Console.output.write(
                Ink.warning.paint("not supported", style) + ": " + list.joined(separator: ", ")
                    + "\n")
        }
        let engineList = engines.map(\.rawValue).joined(separator: ", ")
        let counts = [
            "\(ready.count - failures) of \(ready.count) pass on \(engineList)",
            broken > 0 ? "\(broken) can't be read" : "",
            absentCases > 0 ? "\(absentCases) not supported" : "",
        ].filter { !$0.isEmpty }
        let fails = failures + broken > 0 || (absentCases > 0 && !allowUnsupported)
        Console.output.write(
            (fails ? Ink.bad : .good).paint(NumberText.count(cases.count, "case"), style) + ": "
                + counts.joined(separator: ", ") + "\n")
        try diagnostics.report(bag)
        if fails { throw ExitCode(1) }
    }

    private func run(
        _ cases: [ConformanceCase], _ engines: [ConformanceEngine], _ progress: SharedProgress
    ) async throws -> [[ConformanceRun.Outcome]] {
        do {
            return try await ConformanceRun(cases, on: engines).run { progress.show($0) }
        } catch let error as CompiledEngineError {
            progress.clear()
            throw Failure(message: error.message, help: error.help)
        }
    }

    private func line(
        _ item: ConformanceCase, _ outcome: ConformanceRun.Outcome, _ style: TerminalStyle
    ) -> String {
        var text =
            outcome.passes ? Ink.good.paint("pass", style) : Ink.bad.paint("FAIL", style)
        text += " \(item.name)  \(outcome.engine.rawValue)  "
        text += "error \(NumberText.scientific(outcome.error.largest)) in `\(outcome.error.output)`"
        text += ", tolerance \(NumberText.scientific(item.tolerance))"
        switch outcome.divergence {
        case .layer(let layer, let error):
            text +=
                "; first to differ from the model as written: \(layer), by "
                + NumberText.scientific(error)
        case .onlyWhenFused:
            text += "; no layer differs when every layer's output is kept"
        case nil: break
        }
        return text
    }
}
