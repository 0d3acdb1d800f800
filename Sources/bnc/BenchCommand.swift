import ArgumentParser
import Compiler
import Diagnostics
import Plan
import Spec

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures latency: of each engine, and of each step of the emitted code.",
        discussion: """
            The interpreter runs in this process; the emitted Swift is built by swiftc with a program \
            that measures it. They run in turns. The FMA peak is what one core reaches with \
            multiply-adds in registers, for the same target and in the same rounds. Start-up is the \
            time from loading the weights to the end of the first prediction; the interpreter also \
            optimizes and plans in it. With --threads, the emitted code shares the work of a prediction; \
            the interpreter has one thread. Without --input, the data is random from a fixed seed.

              bnc bench model.yaml
              bnc bench model.yaml --engine compiled --sort time
              bnc bench model.yaml --input images.npy --batch 8 --seconds 10
              bnc bench model.yaml --json | jq '.engines[] | {engine, minimum}'
              bnc bench model.yaml --engine compiled --keep bench
              bnc bench model.yaml --engine compiled --threads 2
            """)

    enum Choice: String, CaseIterable, ExpressibleByArgument {
        case interpreter, compiled, both

        var engines: [Engine] {
            switch self {
            case .interpreter: [.interpreter]
            case .compiled: [.compiled]
            case .both: [.interpreter, .compiled]
            }
        }
    }

    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    @Option(
        name: .customLong("input"),
        help: ArgumentHelp(
            "Data for an input, as `bnc run` takes it; default: random.",
            valueName: "[name=]file"),
        completion: .file(extensions: ["npy", "npz", "safetensors"]))
    var inputs: [String] = []

    @Option(help: ArgumentHelp("What to measure: interpreter, compiled or both."))
    var engine: Choice = .both

    @Option(name: .customLong("target-cpu"), help: TargetOption.help)
    var target = TargetOption.native

    @OptionGroup var planning: PlanningOptions

    @Option(help: ArgumentHelp("Samples in one prediction.", valueName: "number"))
    var batch = 1

    @OptionGroup var threads: ThreadOptions

    @Option(help: ArgumentHelp("How long to measure each engine.", valueName: "seconds"))
    var seconds = 3.0

    @Option(help: ArgumentHelp("How many turns each engine has.", valueName: "number"))
    var rounds = 5

    @Option(
        help: ArgumentHelp(
            "The order of the steps: model, or time (the longest first).", valueName: "order"))
    var sort: Benchmark.Order = .model

    @Flag(help: "Write JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Keep the emitted program, its source and its data in this folder.", valueName: "dir"),
        completion: .directory)
    var keep: String?

    func validate() throws {
        if !(1...4096).contains(batch) {
            throw ValidationError("--batch takes a number from 1 to 4096.")
        }
        if !(1...1000).contains(rounds) {
            throw ValidationError("--rounds takes a number from 1 to 1000.")
        }
        if !(0.001...3600).contains(seconds) {
            throw ValidationError("--seconds takes a number from 0.001 to 3600.")
        }
        if keep != nil, engine == .interpreter {
            throw ValidationError(
                "--keep keeps the emitted program, which --engine interpreter doesn't make.")
        }
    }

    func run() async throws {
        var bag = DiagnosticBag()
        guard let checked = Compiler.check(path: model.spec, sizes: model.sizes, into: &bag) else {
            return try diagnostics.report(bag)
        }
        let settings = BenchmarkRun.Settings(
            weights: model.weights, inputs: inputs, engines: try engines(), target: target.target,
            batch: batch, threads: threads.threads, seconds: seconds, rounds: rounds, keep: keep,
            options: try planning.options(spec: model.spec, target: target.target))
        let measurement = BenchmarkRun(checked, settings, into: &bag)
        guard let measurement else { return try diagnostics.report(bag) }
        if model.weights == nil, checked.weightsPath == nil {
            diagnostics.note("no weights given: every variable has its initializer's value")
        }
        let progress = SharedProgress()
        do {
            let benchmark = try await measurement.run(into: &bag) {
                progress.show($0)
            } note: { text in
                progress.clear()
                diagnostics.note(text)
            }
            progress.clear()
            try diagnostics.report(bag)
            guard let benchmark else { return }
            threads.note(used: benchmark.threads, diagnostics)
            Console.output.write(
                json
                    ? benchmark.json.text + "\n"
                    : benchmark.text(diagnostics.outputStyle, order: sort))
        } catch let error as CompiledEngineError {
            progress.clear()
            throw Failure(message: error.message, help: error.help)
        }
    }

    /// The engines that can be measured here.
    private func engines() throws -> [Engine] {
        guard engine.engines.contains(.compiled) else { return engine.engines }
        guard target.target.runsHere else {
            throw Failure(
                message: "this CPU can't run what is compiled for \(target.name)",
                help: "it runs \(Target.native.name) (--target-cpu native) and what is below; "
                    + "`bnc inspect --plan --target-cpu \(target.name)` shows what would be emitted"
            )
        }
        guard FileTree.executable("swiftc") == nil else { return engine.engines }
        let help = "install Swift (https://swift.org/install) and put it on the PATH"
        guard engine == .both else {
            throw Failure(
                message: "emitted Swift is built by swiftc, which is not on the PATH",
                help: "\(help), or use --engine interpreter")
        }
        diagnostics.note(
            "swiftc is not on the PATH, so only the interpreter is measured; \(help) for the rest")
        return [.interpreter]
    }
}

extension Benchmark.Order: ExpressibleByArgument {}
