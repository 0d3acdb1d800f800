import Diagnostics
import IR
import Plan
import Spec
import SwiftEmitter

/// Measures a model: engines in turns, so that a machine that is slow for a while is so for all.
package struct BenchmarkRun: Sendable {
    package struct Settings: Sendable {
        package var weights: String?
        /// `[name=]FILE` for each input; random numbers where there is none.
        package var inputs: [String]
        package var engines: [Engine]
        package var target: Target
        package var batch: Int
        /// How many threads share a prediction of the emitted code, where that pays.
        package var threads: Int
        /// For each engine, over all rounds.
        package var seconds: Double
        package var rounds: Int
        /// The folder that the emitted program stays in; nil for a temporary one.
        package var keep: String?
        /// How kernels are planned.
        package var options: PlanOptions

        package init(
            weights: String? = nil, inputs: [String] = [], engines: [Engine], target: Target,
            batch: Int = 1, threads: Int = 1, seconds: Double, rounds: Int, keep: String? = nil,
            options: PlanOptions = PlanOptions()
        ) {
            self.weights = weights
            self.inputs = inputs
            self.engines = engines
            self.target = target
            self.batch = batch
            self.threads = threads
            self.seconds = seconds
            self.rounds = rounds
            self.keep = keep
            self.options = options
        }
    }

    private let model: CheckedModel
    private let settings: Settings
    /// One prediction's data for each input.
    private let input: [[Float]]

    /// - Returns: nil if the input data doesn't fit, which `bag` tells.
    /// - Precondition: the target runs here; `batch` and `rounds` are at least 1.
    package init?(
        _ model: CheckedModel, _ settings: Settings, into bag: inout DiagnosticBag
    ) {
        precondition(settings.target.runsHere && settings.batch > 0 && settings.rounds > 0)
        self.model = model
        self.settings = settings
        let graph = Compiler.lower(model, .shapesOnly(for: model), batch: settings.batch)
        let ports = graph.inputs.map { value in
            Port(name: graph[value].name, type: graph.type(value))
        }
        guard !settings.inputs.isEmpty else {
            input = ports.map(Self.randomValues)
            return
        }
        let sources = settings.inputs.map {
            PredictionInput.Source($0, names: ports.map(\.name))
        }
        guard let data = PredictionInput.read(sources, for: model, ports, into: &bag) else {
            return nil
        }
        // A prediction takes as many samples as the batch has: those that there are, in turns.
        input = data.values.map { values in
            let size = values.count / data.count
            return (0..<settings.batch).flatMap { index in
                let start = index % data.count * size
                return values[start..<start + size]
            }
        }
    }

    /// Uniform in -1..<1 from a fixed seed; integers 0 and 1, which every table has or nearly so.
    private static func randomValues(_ port: Port) -> [Float] {
        let numbers = Initializer.randomUniform(minimum: -1, maximum: 1)
            .values(for: port.name, shape: port.type.shape)
        guard case .floats(let values) = numbers else { preconditionFailure() }
        return port.type.elementType == .int32 ? values.map { $0 < 0 ? 0 : 1 } : values
    }

    /// Measures.
    ///
    /// - Parameters:
    ///   - bag: for what is wrong with the weights.
    ///   - progress: called now and then with what is going on.
    ///   - note: called with what the user may want to know.
    /// - Returns: nil if the weights can't be used.
    package func run(
        into bag: inout DiagnosticBag, progress: @escaping @Sendable (String) -> Void,
        note: (String) -> Void
    ) async throws -> Benchmark? {
        if let keep = settings.keep { try BenchmarkProgram.check(keep) }
        let temporary = settings.keep == nil ? try TemporaryDirectory() : nil
        defer { temporary?.remove() }
        var interpreter: InterpreterBenchmark?
        if settings.engines.contains(.interpreter) {
            progress("loading")
            let start = ContinuousClock.now
            guard let plan = plan(Engine.interpreter.target, threads: 1, &bag) else { return nil }
            interpreter = InterpreterBenchmark(plan, input, since: start)
        }
        var program: BenchmarkProgram?
        var threads = 1
        if settings.engines.contains(.compiled) {
            progress("emitting")
            // Loaded anew, so that the interpreter's memory is that of `bnc run`.
            var silent = DiagnosticBag()
            guard let plan = plan(settings.target, threads: settings.threads, &silent) else {
                bag.append(contentsOf: silent)
                return nil
            }
            if interpreter == nil { bag.append(contentsOf: silent) }
            threads = plan.threads
            let options = EmissionOptions(specPath: model.file.path, weightsOrigin: "given")
            let folder = settings.keep ?? "\(temporary!.path)/program"
            program = try await BenchmarkProgram(plan, options, in: folder, progress: progress)
            try program?.write(input)
        }
        var difference: Double?
        let seconds = settings.seconds / Double(settings.rounds)
        for round in 1...settings.rounds {
            progress("measuring: round \(round) of \(settings.rounds)")
            interpreter?.measure(seconds: seconds)
            if let outputs = try await program?.measure(seconds: seconds), let interpreter {
                difference = Self.difference(outputs, interpreter.values)
            }
        }
        if settings.keep != nil, let program { note("run it again: \(program.command)") }
        return Benchmark(
            name: model.name, spec: model.file.path, machine: .this, target: settings.target,
            batch: settings.batch, threads: threads, rounds: settings.rounds,
            seconds: settings.seconds,
            runs: [interpreter?.run, program?.run].compactMap { $0 },
            program: program?.program, difference: difference)
    }

    private func plan(_ target: Target, threads: Int, _ bag: inout DiagnosticBag) -> Plan? {
        guard let weights = Weights.load(for: model, path: settings.weights, into: &bag) else {
            return nil
        }
        let graph = Compiler.lower(model, consume weights, batch: settings.batch)
        return Compiler.plan(
            graph, target: target, threads: threads, options: settings.options)
    }

    /// The largest difference, relative to the largest value.
    private static func difference(_ found: [[Float]], _ expected: [[Float]]) -> Double {
        zip(found, expected).map { found, expected in
            let scale = expected.reduce(0) { max($0, Double(abs($1))) }
            let largest = ConformanceError.largest(found, expected)
            return scale > 0 ? largest / scale : largest
        }.max() ?? 0
    }
}
