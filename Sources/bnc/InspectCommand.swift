import ArgumentParser
import Compiler
import Diagnostics
import IR
import Plan
import Spec

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Checks a spec and shows its layers, their cost, and what fuses with what.",
        discussion: """
            Weights are not needed; where they are given, they are checked too.

              bnc inspect model.yaml
              bnc inspect model.yaml --plan --verbose
              bnc inspect model.yaml --plan --threads 4
              bnc inspect model.yaml --json | jq .totals
              bnc inspect model.yaml --emit graph
            """)

    enum Emission: String, CaseIterable, ExpressibleByArgument { case graph }

    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    @Flag(help: "Write JSON.")
    var json = false

    @Option(help: ArgumentHelp("Write the lowered graph as text: graph.", valueName: "form"))
    var emit: Emission?

    @Flag(help: "List the kernels and what was chosen for each.")
    var plan = false

    @Flag(help: "List every fusion with its pass; with --plan, show where values lie in memory.")
    var verbose = false

    @Option(name: .customLong("target-cpu"), help: TargetOption.help)
    var target = TargetOption.native

    @OptionGroup var planning: PlanningOptions
    @OptionGroup var threads: ThreadOptions

    func run() throws {
        var bag = DiagnosticBag()
        guard let checked = Compiler.check(path: model.spec, sizes: model.sizes, into: &bag),
            let weights = weights(of: checked, &bag)
        else { return try diagnostics.report(bag) }
        if emit == .graph {
            try diagnostics.report(bag)
            let graph = Compiler.lower(checked, weights)
            Console.output.write("\(graph)\n")
            return
        }
        let inspection = Inspection(
            checked, weights: weights, target: target.target, threads: threads.threads,
            options: try planning.options(spec: model.spec, target: target.target))
        // On a terminal the table below says the same, with all that was fused.
        if diagnostics.format != .terminal || diagnostics.remarks {
            bag.append(contentsOf: inspection.foldingRemarks)
        }
        try diagnostics.report(bag, remarks: .oneOfEach)
        if json {
            Console.output.write(inspection.json.text + "\n")
        } else {
            Console.output.write(
                inspection.text(diagnostics.outputStyle, kernels: plan, verbose: verbose))
        }
    }

    /// Weights that the user names must be right; those that only the spec names needn't be there
    /// yet, so what is wrong with them is a warning.
    private func weights(of model: CheckedModel, _ bag: inout DiagnosticBag) -> Weights? {
        if self.model.weights == nil, model.weightsPath == nil { return .shapesOnly(for: model) }
        var own = DiagnosticBag()
        let weights = Weights.load(for: model, path: self.model.weights, into: &own)
        guard weights == nil, self.model.weights == nil else {
            bag.append(contentsOf: own)
            return weights
        }
        for var diagnostic in own.diagnostics {
            diagnostic.severity = min(diagnostic.severity, .warning)
            bag.report(diagnostic)
        }
        return .shapesOnly(for: model)
    }
}

/// A CPU by the name `--target-cpu` takes.
struct TargetOption: ExpressibleByArgument {
    let name: String
    let target: Target

    static let native = TargetOption(name: "native", target: .native)
    static let names = ["native"] + Target.all.map(\.name)

    static let help = ArgumentHelp(
        "The CPU: \(names.joined(separator: ", ")).", valueName: "cpu")

    private init(name: String, target: Target) {
        self.name = name
        self.target = target
    }

    init?(argument: String) {
        guard let target = Target.named(argument) else { return nil }
        self.init(name: argument, target: target)
    }

    var defaultValueDescription: String { name }
    static var allValueStrings: [String] { names }
}
