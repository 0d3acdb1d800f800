import Plan
import SwiftEmitter

/// Emitted Swift with a program around it that measures it, built and run.
struct BenchmarkProgram {
    /// Without its constants.
    private let plan: Plan
    private let directory: String
    private let weights: String
    private let compiler: String
    private let buildSeconds: Double
    private var inputPaths: [String] = []

    // Over all rounds.
    private var samples: [Float] = []
    private var predictions = 0
    private var startUps: [Double] = []
    private var peakMemory = 0
    private var peak = 0.0
    private var memorySpeed = 0.0
    private var profiles = 0
    private var stepSeconds: [Double]

    private var buildDirectory: String { "\(directory)/.build" }
    private var executable: String { "\(buildDirectory)/benchmark" }

    /// How the program can be run again.
    var command: String {
        ([executable, weights, "1", "\(buildDirectory)/times"] + inputPaths + outputPaths)
            .joined(separator: " ")
    }

    private var outputPaths: [String] {
        plan.outputs.indices.map { "\(buildDirectory)/output\($0)" }
    }

    private static let directoryHelp =
        "give a new folder, or one that holds only what bnc bench wrote: --keep DIR"

    /// Whether the folder may be written; asked before the work that makes the files.
    static func check(_ directory: String) throws(CompiledEngineError) {
        do throws(OutputDirectory.Failure) {
            try OutputDirectory(directory).check()
        } catch {
            throw CompiledEngineError(error.message, help: directoryHelp)
        }
    }

    /// Writes the files and builds the program.
    ///
    /// - Parameters:
    ///   - directory: the folder to write; what bnc wrote there before is replaced.
    ///   - progress: called now and then with what is going on.
    init(
        _ plan: Plan, _ options: EmissionOptions, in directory: String,
        progress: @escaping @Sendable (String) -> Void
    ) async throws {
        let (files, arguments) = SwiftEmitter.benchmark(plan, options)
        do throws(OutputDirectory.Failure) {
            _ = try OutputDirectory(directory).write(files)
        } catch {
            throw CompiledEngineError(error.message, help: Self.directoryHelp)
        }
        var bare = plan
        bare.constants = []
        self.plan = bare
        self.directory = directory
        weights = "\(directory)/\(files.first { $0.path.hasSuffix(".weights") }!.path)"
        stepSeconds = [Double](repeating: .infinity, count: plan.steps.count)
        let temporaries = FileTree.absolute("\(directory)/.build/temporary")
        guard FileTree.makeDirectories(temporaries) == 0 else {
            throw CompiledEngineError("can't make the folder \(temporaries)")
        }
        defer { FileTree.remove(temporaries) }
        compiler = try await Self.version(temporaries)
        let sources = files.map { "\(directory)/\($0.path)" }.filter { $0.hasSuffix(".swift") }
        let start = ContinuousClock.now
        let result = try await Self.withTicks {
            progress("compiling \(sources[0]): \(NumberText.fixed($0, 0)) s")
        } during: { [executable = "\(directory)/.build/benchmark"] in
            try await ChildProcess.run(
                "swiftc", arguments + ["-o", executable] + sources, temporaries: temporaries)
        }
        buildSeconds = (ContinuousClock.now - start) / .seconds(1)
        guard result.succeeded else {
            let lines = result.error.split(separator: "\n")
            let errors = lines.filter { $0.contains("error:") }
            throw CompiledEngineError(
                "swiftc can't build what was emitted:\n  "
                    + (errors.isEmpty ? lines : errors).prefix(5).joined(separator: "\n  "))
        }
    }

    /// `6.3.1`, or all of the line that says it.
    private static func version(_ temporaries: String) async throws -> String {
        let result = try await ChildProcess.run("swiftc", ["--version"], temporaries: temporaries)
        let line = result.output.split(separator: "\n").first { $0.contains("Swift version") }
        let words = (line ?? "").split(separator: " ")
        guard let index = words.firstIndex(of: "version"), index + 1 < words.count,
            words[index - 1] == "Swift"
        else { return String(line ?? "unknown") }
        return String(words[index + 1])
    }

    /// Calls `tick` with the seconds since the start several times a second while `body` runs.
    private static func withTicks<Result: Sendable>(
        _ tick: @escaping @Sendable (Double) -> Void,
        during body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let start = ContinuousClock.now
        let ticker = Task {
            while !Task.isCancelled {
                tick((ContinuousClock.now - start) / .seconds(1))
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        defer { ticker.cancel() }
        return try await body()
    }

    /// Writes the inputs, one prediction's for each of the plan's.
    mutating func write(_ inputs: [[Float]]) throws {
        for (index, values) in inputs.enumerated() {
            let path = "\(buildDirectory)/input\(index)"
            _ = try OutputDirectory.write(.weights(header: [], floats: values), to: path)
            inputPaths.append(path)
        }
    }

    /// Runs the program once: latencies for so many seconds, then steps for as many.
    ///
    /// - Returns: the outputs.
    mutating func measure(seconds: Double) async throws -> [[Float]] {
        let times = "\(buildDirectory)/times"
        let result = try await ChildProcess.run(
            executable,
            [weights, "\(seconds)", times] + inputPaths + outputPaths, temporaries: buildDirectory)
        guard result.succeeded else {
            let message = result.error.split(separator: "\n").first.map(String.init)
            throw CompiledEngineError(
                "the compiled model failed: \(message ?? "\(result.status)")")
        }
        var (count, repeats) = (0, 1)
        for line in result.output.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 1, let value = Double(words[1]) else { continue }
            switch words[0] {
            case "startUp": startUps.append(value * 1e-9)
            case "peakMemory": peakMemory = max(peakMemory, Int(value))
            case "repeats": repeats = Int(value)
            case "samples": count = Int(value)
            case "profiles": profiles += Int(value)
            case "peak": peak = max(peak, value)
            case "memory": memorySpeed = max(memorySpeed, value)
            case "step" where words.count == 3:
                let step = Int(value)
                // What is shorter than the clock's own time is as short as it can tell.
                let nanoseconds = max(Double(words[2]) ?? .nan, 1)
                stepSeconds[step] = min(stepSeconds[step], nanoseconds * 1e-9)
            default: break
            }
        }
        predictions += count * repeats
        samples += try RawFloats.read(times, count: count)
        return try zip(plan.outputs, outputPaths).map { port, path in
            try RawFloats.read(path, count: port.type.count)
        }
    }

    var run: Benchmark.Run {
        Benchmark.Run(
            engine: .compiled,
            latencies: Benchmark.Latencies(samples, predictions: predictions),
            startUp: startUps.sorted()[startUps.count / 2],
            peakMemory: peakMemory > 0 ? peakMemory : nil, multiplyAdds: plan.directMultiplyAdds)
    }

    var program: Benchmark.Program {
        Benchmark.Program(
            steps: plan.steps.enumerated().map { index, step in
                Benchmark.StepTime(
                    number: index + 1, step: step, cost: plan.cost(ofStep: index),
                    seconds: stepSeconds[index])
            },
            profiles: profiles, peak: peak, memorySpeed: memorySpeed, compiler: compiler,
            buildSeconds: buildSeconds)
    }
}
