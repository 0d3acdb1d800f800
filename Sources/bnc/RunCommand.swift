import ArgumentParser
import Compiler
import Diagnostics
import Interpreter
import Plan
import Spec
import TensorFiles

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Predicts from data in .npy, .npz or .safetensors files.",
        discussion: """
            The first axis of the data counts the samples; a single sample may leave it out. Numbers \
            of any type are taken. A file with several tensors holds them under the inputs' names, \
            or FILE:TENSOR names one.

              bnc run model.yaml --input images.npy
              bnc run model.yaml --input digits.npz:x_test --top 5
              bnc run model.yaml --input left=a.npy --input right=b.npy --output scores.npz
              bnc run model.yaml --input images.npy --engine compiled --output scores.npy
            """)

    @OptionGroup var model: ModelOptions
    @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions

    @Option(
        name: .customLong("input"),
        help: ArgumentHelp(
            "Data for an input; for several inputs, one each or a file with all.",
            valueName: "[name=]file"),
        completion: .file(extensions: ["npy", "npz", "safetensors"]))
    var inputs: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write the outputs to a .npy, .npz or .safetensors file.", valueName: "file"),
        completion: .file(extensions: ["npy", "npz", "safetensors"]))
    var output: String?

    @Option(help: "What runs the model: interpreter, or compiled (builds it with swiftc first).")
    var engine: Engine = .interpreter

    @OptionGroup var threads: ThreadOptions

    @Option(help: ArgumentHelp("How many classes to show for each sample.", valueName: "number"))
    var top = 3

    @Flag(help: "Run the model as it is written, without optimizing it first.")
    var noPasses = false

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("Give the data: --input FILE") }
        if threads.threads > 1, engine != .compiled {
            throw ValidationError(
                "--threads is for --engine compiled: the interpreter runs on one thread.")
        }
        if top < 1 { throw ValidationError("--top takes a number of 1 or more.") }
        if let output, TensorFileFormat(path: output) == nil {
            throw ValidationError("--output takes a .npy, .npz or .safetensors file.")
        }
    }

    func run() async throws {
        var bag = DiagnosticBag()
        // Sizes that the spec leaves open are those of the data.
        func sources(_ names: [String]) -> [PredictionInput.Source] {
            inputs.map { PredictionInput.Source($0, names: names) }
        }
        guard
            let checked = Compiler.check(
                path: model.spec, sizes: model.sizes, data: sources, into: &bag),
            let weights = Weights.load(for: checked, path: model.weights, into: &bag)
        else { return try diagnostics.report(bag) }
        let origin = weights.origin
        let ports = checked.inputPorts()
        let input = PredictionInput.read(
            sources(ports.map(\.name)), for: checked, ports, into: &bag)
        // Given away, so that memory holds the weights no longer than until they are packed.
        let plan = Compiler.plan(
            Compiler.lower(
                checked, consume weights, batch: checked.batch(ofSamples: input?.count ?? 1)),
            target: engine.target, optimize: !noPasses, threads: threads.threads)
        if let output, TensorFileFormat(path: output) == .npy, plan.outputs.count > 1 {
            bag.report(
                Diagnostic(
                    .inputData,
                    "an npy file holds one output, and the model has "
                        + "\(plan.outputs.count)", subject: output,
                    helps: ["write a .npz or .safetensors file"]))
        }
        try diagnostics.report(bag)
        guard let input else { throw ExitCode(1) }
        if case .initializers = origin {
            diagnostics.note("no weights given: every variable has its initializer's value")
        }
        threads.warn([plan], diagnostics)
        let prediction = try await predict(plan, input)
        guard let output else {
            Console.output.write(prediction.text(diagnostics.outputStyle, top: top))
            return
        }
        do throws(TensorFileError) {
            try prediction.write(to: output)
        } catch {
            throw Failure(message: "\(error.path): \(error.message)", help: error.help)
        }
    }

    private func predict(_ plan: Plan, _ input: PredictionInput) async throws -> Prediction {
        var progress = Progress()
        defer { progress.clear() }
        switch engine {
        case .interpreter:
            return Prediction.interpret(plan, input) { done in
                progress.show("\(done) of \(NumberText.count(input.count, "sample"))")
            }
        case .compiled:
            do {
                progress.show("building")
                return try await Prediction.compile(plan, input)
            } catch let error as CompiledEngineError {
                throw Failure(message: error.message, help: error.help)
            }
        }
    }
}

extension Engine: ExpressibleByArgument {}
