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
              bnc inspect model.yaml --html model.html
              bnc inspect model.yaml --svg model.svg
              bnc inspect model.yaml --diff wider.yaml
              bnc inspect model.yaml --bind time=128
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

    @Flag(
        help: """
            Show how each shape was inferred, and every fusion with its pass; with --plan, where values \
            lie in memory.
            """)
    var verbose = false

    @Option(
        help: ArgumentHelp(
            "Write a page with the graph before and after fusion, the spec, and what is wrong with it; "
                + "- for standard output.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: ArgumentHelp("Write the graph as SVG; - for standard output.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var svg: String?

    @Option(
        help: ArgumentHelp(
            "Show what changes from this spec to another in shapes, parameters and cost: layers by the "
                + "names that are given, the others by their order.", valueName: "other spec"),
        completion: .file(extensions: ["yaml", "yml"]))
    var diff: String?

    @Option(name: .customLong("target-cpu"), help: TargetOption.help)
    var target = TargetOption.native

    @OptionGroup var planning: PlanningOptions
    @OptionGroup var threads: ThreadOptions

    func validate() throws {
        if diff != nil, html != nil || svg != nil || emit != nil || plan || verbose {
            throw ValidationError(
                "--diff shows two specs as text or with --json, not with --html, --svg, --emit, --plan "
                    + "or --verbose")
        }
        if emit != nil, html != nil || svg != nil {
            throw ValidationError("--emit is not combined with --html or --svg")
        }
        if let html, html == svg, html != "-" {
            throw ValidationError("--html and --svg name the same file")
        }
        if [html, svg].filter({ $0 == "-" }).count + (json ? 1 : 0) + (emit == nil ? 0 : 1) > 1 {
            throw ValidationError(
                "only one of --html -, --svg -, --json and --emit can be written to standard output"
            )
        }
    }

    func run() throws {
        var bag = DiagnosticBag()
        guard let file = load(&bag) else { return try diagnostics.report(bag) }
        let examination = Compiler.examine(file, sizes: model.sizes)
        if try inspectOpen(file, examination) { return }
        guard let checked = checked(file, examination, &bag),
            let weights = weights(of: checked, &bag)
        else {
            try write(bag) {
                ReportPage(SpecOutline(file), $0).text
            } drawing: {
                SpecOutline(file).drawing($0)
            }
            return try diagnostics.report(bag)
        }
        if emit == .graph {
            try diagnostics.report(bag)
            let graph = Compiler.lower(checked, weights)
            Console.output.write("\(graph)\n")
            return
        }
        let inspection = Inspection(
            checked, weights: weights, target: target.target, threads: threads.threads,
            options: try planning.options(spec: model.spec, target: target.target))
        if let diff { return try compare(inspection, with: diff, &bag) }
        // On a terminal the table below says the same, with all that was fused.
        var all = bag
        all.append(contentsOf: inspection.foldingRemarks)
        try write(all) {
            ReportPage(inspection, $0).text
        } drawing: {
            inspection.drawing($0)
        }
        if diagnostics.format != .terminal || diagnostics.remarks { bag = all }
        try diagnostics.report(bag, remarks: .oneOfEach)
        if json {
            Console.output.write(inspection.json.text + "\n")
        } else if html == nil, svg == nil {
            Console.output.write(
                inspection.text(diagnostics.outputStyle, kernels: plan, verbose: verbose))
        }
    }

    /// The model, or what is wrong with it: sizes without numbers too, where these are needed.
    private func checked(
        _ file: SourceFile, _ examination: Compiler.Examination, _ bag: inout DiagnosticBag
    ) -> CheckedModel? {
        guard let model = examination.model else {
            if examination.bag.hasErrors {
                bag.append(contentsOf: examination.bag)
                return nil
            }
            return Compiler.check(file, sizes: self.model.sizes, into: &bag)
        }
        bag.append(contentsOf: examination.bag)
        return model
    }

    /// Shows a model whose spec leaves sizes open; false where there is none, or more is asked for than can
    /// be told without numbers for them.
    private func inspectOpen(
        _ file: SourceFile, _ examination: Compiler.Examination
    ) throws -> Bool {
        guard examination.model == nil, !examination.bag.hasErrors, let spec = examination.spec,
            !plan, emit == nil, diff == nil, !verbose,
            let open = Compiler.openModels(file, sizes: model.sizes, spec)
        else { return false }
        var bag = open.diagnostics
        guard weights(of: open.models[0], &bag) != nil else {
            try diagnostics.report(bag)
            return true
        }
        try write(bag) {
            ReportPage(SpecOutline(file, sizes: model.sizes), $0).text
        } drawing: {
            SpecOutline(file, sizes: model.sizes).drawing($0)
        }
        try diagnostics.report(bag, remarks: .oneOfEach)
        let inspection = OpenInspection(
            open, target: target.target,
            options: try planning.options(spec: model.spec, target: target.target))
        if json {
            Console.output.write(inspection.json.text + "\n")
        } else if html == nil, svg == nil {
            Console.output.write(inspection.text(diagnostics.outputStyle))
        }
        return true
    }

    /// Shows what changes from this spec to another.
    private func compare(
        _ old: Inspection, with path: String, _ bag: inout DiagnosticBag
    ) throws {
        guard let checked = Compiler.check(path: path, into: &bag) else {
            return try diagnostics.report(bag)
        }
        let new = Inspection(
            checked, weights: .shapesOnly(for: checked), target: target.target,
            threads: threads.threads,
            options: try planning.options(spec: path, target: target.target))
        try diagnostics.report(bag)
        let comparison = Comparison(old, new)
        Console.output.write(
            json ? comparison.json.text + "\n" : comparison.text(diagnostics.outputStyle))
    }

    private func load(_ bag: inout DiagnosticBag) -> SourceFile? {
        do throws(SourceFileError) {
            return try SourceFile.load(path: model.spec)
        } catch {
            bag.report(error.diagnostic)
            return nil
        }
    }

    /// Writes the files that are asked for, whatever is wrong with the model.
    private func write(
        _ bag: DiagnosticBag, page: ([Diagnostic]) -> String, drawing: ([Diagnostic]) -> String
    ) throws {
        if html == nil, svg == nil { return }
        let shown = diagnostics.shown(bag, remarks: diagnostics.remarks ? .all : .oneOfEach)
        if let html {
            try TextFile.write(page(shown), to: html, spec: model.spec) { diagnostics.note($0) }
        }
        if let svg {
            try TextFile.write(drawing(shown), to: svg, spec: model.spec) { diagnostics.note($0) }
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
