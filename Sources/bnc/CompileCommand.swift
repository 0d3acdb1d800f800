import ArgumentParser
import Compiler
import Diagnostics
import IR
import Plan
import Spec
import SwiftEmitter

struct CompileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Writes a model as a Swift package without dependencies.",
        discussion: """
            The package holds a library, its packed weights, and a command that predicts from .npy \
            files. A folder that bnc wrote is replaced; any other that holds something is left alone.

              bnc compile model.yaml -o Model
              bnc compile model.yaml -o Model --target-cpu generic --embed-weights
              bnc compile model.yaml --emit ir
              bnc compile model.yaml --emit passes
            """)

    enum MathOption: String, CaseIterable, ExpressibleByArgument {
        case strict, fast

        var mode: MathMode { MathMode(rawValue: rawValue)! }
    }

    enum Emission: String, CaseIterable, ExpressibleByArgument { case ir, passes }

    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Option(name: .customLong("target-cpu"), help: TargetOption.help)
    var target = TargetOption.native

    @Option(
        help: ArgumentHelp(
            "How exact the arithmetic is: strict (as the direct sum in float32) or fast (Winograd's "
                + "F(4x4,3x3) too, some ten times that error).", valueName: "mode"))
    var math = MathOption.fast

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

    func run() throws {
        var bag = DiagnosticBag()
        let directory = output.map { OutputDirectory($0, force: force) }
        guard let checked = Compiler.check(path: model.spec, into: &bag),
            let weights = Weights.load(for: checked, path: model.weights, into: &bag)
        else { return try diagnostics.report(bag) }
        try diagnostics.report(bag)
        let origin = weights.origin
        if case .initializers = origin {
            diagnostics.note("no weights given: every variable has its initializer's value")
        }
        do throws(OutputDirectory.Failure) {
            try directory?.check()
            let plan = plan(checked, consume weights)
            guard let directory, let output else { return }
            let options = EmissionOptions(
                typeName: typeName, embedWeights: embedWeights, specPath: model.spec,
                weightsOrigin: Self.text(origin))
            let files = SwiftEmitter.package(plan, options)
            report(try directory.write(files), output, plan)
        } catch {
            throw Failure(message: error.message, help: error.help)
        }
    }

    /// Plans, and writes the graphs that were asked for.
    private func plan(_ checked: CheckedModel, _ weights: consuming Weights) -> Plan {
        let graph = Compiler.lower(checked, weights)
        let path = TuningFile.path(spec: model.spec, target: target.target)
        let tuned = (try? TuningFile.read(path: path))?.choices ?? [:]
        let options = PlanOptions(math: math.mode, choices: tuned)
        guard emit == .passes else {
            let plan = Compiler.plan(graph, target: target.target, options: options)
            if emit == .ir { Console.output.write("\(plan.graph)\n") }
            return plan
        }
        var last = "\(graph)"
        Console.output.write("// lowered\n\(last)\n")
        return Compiler.plan(graph, target: target.target, options: options) { pass, graph in
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
        var text = Ink.heading.paint("\(plan.name) for \(plan.target.name)", style) + "\n"
        text += table.text(style, indent: 2)
        text +=
            "\nNext: " + Ink.good.paint("swift build -c release --package-path \(directory)", style)
        Console.output.write(text + "\n")
    }
}
