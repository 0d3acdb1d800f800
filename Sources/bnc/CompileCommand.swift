import ArgumentParser
import Compiler
import Diagnostics
import IR
import Plan
import Spec
import SwiftEmitter

struct CompileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Writes a model as a Swift package without dependencies.",
        discussion: """
            The package holds a library, its packed weights, and a command that predicts from .npy \
            files. A folder that bnc wrote is replaced; any other that holds something is left alone.

              bnc compile model.yaml -o Model
              bnc compile model.yaml -o Model --target-cpu generic --embed-weights
              bnc compile model.yaml -o Model --tune
              bnc compile model.yaml -o Model --target-cpu multi --threads 4
              bnc compile model.yaml -o Model --bind time=128 --batch 16
              bnc compile model.yaml --emit ir
              bnc compile model.yaml --emit passes
            """)

    enum Emission: String, CaseIterable, ExpressibleByArgument { case ir, passes }

    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Option(name: .customLong("target-cpu"), help: CompileTarget.help)
    var target = CompileTarget.native

    @OptionGroup var threads: ThreadOptions

    @OptionGroup var planning: PlanningOptions

    @Option(
        help: ArgumentHelp(
            "How many samples a prediction takes; default: 1.", valueName: "number"))
    var batch = 1

    @Flag(
        help: """
            Measure on this machine how each layer is computed fastest, and store it beside the spec, \
            where later runs find it. Takes some minutes.
            """)
    var tune = false

    @Flag(help: "Put the weights into the source, instead of a file beside it.")
    var embedWeights = false

    @Option(
        help: ArgumentHelp(
            "The Swift type's name; default: from the model's name.", valueName: "name"))
    var typeName: String?

    @Option(
        help: ArgumentHelp(
            "Write the optimized graph (ir), or the graph after each pass that changed it (passes), "
                + "to standard output.", valueName: "form"))
    var emit: Emission?

    @Flag(help: "Write into a folder that holds something else too; that stays.")
    var force = false

    func validate() throws {
        if output == nil, emit == nil {
            throw ValidationError("Give the folder to write: -o DIR")
        }
        if !(1...4096).contains(batch) {
            throw ValidationError("--batch takes a number from 1 to 4096.")
        }
        if let typeName, !Self.isTypeName(typeName) {
            throw ValidationError(
                "--type-name takes a Swift name that starts with a capital letter: DigitsCNN")
        }
    }

    private static func isTypeName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.first.map { (0x41...0x5A).contains($0) } ?? false
            && bytes.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x5F
            }
    }

    func run() async throws {
        var bag = DiagnosticBag()
        let directory = output.map { OutputDirectory($0, force: force) }
        guard let checked = Compiler.check(path: model.spec, sizes: model.sizes, into: &bag),
            let weights = Weights.load(for: checked, path: model.weights, into: &bag)
        else { return try diagnostics.report(bag) }
        try diagnostics.report(bag)
        let origin = weights.origin
        if tune { try await measure(checked) }
        if case .initializers = origin {
            diagnostics.note("no weights given: every variable has its initializer's value")
        }
        do throws(OutputDirectory.Failure) {
            try directory?.check()
        } catch {
            throw Failure(message: error.message, help: error.help)
        }
        let plans = try plans(checked, consume weights)
        guard let directory, let output else { return }
        do throws(OutputDirectory.Failure) {
            threads.warn(plans, diagnostics)
            let options = EmissionOptions(
                typeName: typeName, embedWeights: embedWeights, specPath: model.spec,
                weightsOrigin: Self.text(origin))
            let files = SwiftEmitter.package(plans, options)
            report(try directory.write(files), output, plans[0])
        } catch {
            throw Failure(message: error.message, help: error.help)
        }
    }

    /// Measures, and stores what was found.
    private func measure(_ checked: CheckedModel) async throws {
        guard target.targets.count == 1, let only = target.targets.first, only.runsHere else {
            throw Failure(
                message:
                    "this CPU can't run what is compiled for \(target.name), so it can't be tuned",
                help: "tune on a machine that can, and copy the .tune file beside the spec")
        }
        let progress = SharedProgress()
        var bag = DiagnosticBag()
        do {
            let tuner = Tuner(
                checked, weights: model.weights, target: only,
                options: PlanOptions(math: planning.math.mode))
            let found = try await tuner.run(into: &bag) { progress.show($0) }
            progress.clear()
            guard let found else { return try diagnostics.report(bag) }
            let file = TuningFile(found)
            let path = TuningFile.path(spec: model.spec, target: only)
            try file.write(path: path, target: only)
            diagnostics.note("tuned \(found.count) shapes of layers: \(path)")
        } catch let error as CompiledEngineError {
            progress.clear()
            throw Failure(message: error.message, help: error.help)
        } catch let error as TuningFile.Problem {
            throw Failure(message: error.description, help: nil)
        }
    }

    /// Plans, and writes the graphs that were asked for.
    private func plans(_ checked: CheckedModel, _ weights: consuming Weights) throws -> [Plan] {
        let graph = Compiler.lower(checked, weights, batch: batch)
        func options(_ target: Target) throws -> PlanOptions {
            try planning.options(spec: model.spec, target: target)
        }
        guard emit == .passes else {
            let plans = try Compiler.plans(
                graph, targets: target.targets, threads: threads.threads, options: options)
            if emit == .ir { Console.output.write("\(plans[0].graph)\n") }
            return plans
        }
        var last = "\(graph)"
        Console.output.write("// lowered\n\(last)\n")
        return try Compiler.plans(
            graph, targets: target.targets, threads: threads.threads, options: options
        ) { pass, graph in
            let text = "\(graph)"
            guard text != last else { return }
            last = text
            Console.output.write("\n// after \(pass)\n\(text)\n")
        }
    }

    private static func text(_ origin: Weights.Origin) -> String {
        switch origin {
        case .file(let path): path
        case .initializers(let seed): "the initializers' values, seed \(seed)"
        case .shapesOnly: "none"
        }
    }

    private func report(
        _ written: OutputDirectory.Written, _ directory: String, _ plan: Plan
    ) {
        let style = diagnostics.outputStyle
        var table = TextTable([
            .init("", .left, .name), .init("", .right), .init("", .left, .faint),
        ])
        for (path, byteCount) in written {
            table.add(["\(directory)/\(path)", NumberText.bytes(byteCount), ""])
        }
        var text = Ink.heading.paint("\(plan.name) for \(target.description)", style) + "\n"
        text += table.text(style, indent: 2)
        text +=
            "\nNext: " + Ink.good.paint("swift build -c release --package-path \(directory)", style)
        Console.output.write(text + "\n")
    }
}

/// The CPUs to write code for, by the name `--target-cpu` takes.
struct CompileTarget: ExpressibleByArgument {
    let name: String
    let targets: [Target]

    static let native = CompileTarget(argument: "native")!
    static let names = TargetOption.names + ["multi"]

    static let help = ArgumentHelp(
        "The CPU: \(names.joined(separator: ", ")). (multi: code for "
            + "\(Target.multi.map(\.name).joined(separator: ", ")); the best that the CPU can run is "
            + "picked when a model is loaded.)", valueName: "cpu")

    init?(argument: String) {
        name = argument
        if argument == "multi" {
            targets = Target.multi
        } else if let target = Target.named(argument) {
            targets = [target]
        } else {
            return nil
        }
    }

    /// For the user: what `native` turned out to be.
    var description: String { targets.map(\.name).joined(separator: ", ") }
    var defaultValueDescription: String { name }
    static var allValueStrings: [String] { names }
}
