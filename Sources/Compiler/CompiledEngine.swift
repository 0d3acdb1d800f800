import Plan
import SwiftEmitter

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why models could not be built or run as Swift.
package struct CompiledEngineError: Error, Sendable {
    package let message: String
    package let help: String?

    package init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}

/// Models as emitted Swift, built by `swiftc` into a few executables that read and write raw float32
/// files.
///
///     let batch = try await CompiledBatch.build([("digits", plan)], in: directory)
///     let (outputs, seconds) = try await batch.predict("digits", inputs: [image])
///
/// Models share executables, because starting the compiler costs more than compiling a small model;
/// a few executables rather than one let compilers run side by side.
package struct CompiledBatch: Sendable {
    private struct Place: Sendable {
        let plan: Plan
        let executable: String
        let weights: String
        let directory: String
        let scratch: String
    }
    private let places: [String: Place]

    /// How many models share an executable.
    private static let groupSize = 12

    /// Emits and builds the models.
    ///
    /// - Parameters:
    ///   - models: each with an id of its own.
    ///   - directory: for sources, executables and data; the caller makes and removes it.
    ///   - jobs: how many compilers run at once; default: one for each core.
    ///   - progress: called with the number of models built.
    /// - Precondition: the plans are runnable and made for a target that runs here.
    package static func build(
        _ models: [(id: String, plan: Plan)], in directory: String, jobs: Int? = nil,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> CompiledBatch {
        let directory = FileTree.absolute(directory)
        guard FileTree.executable("swiftc") != nil else {
            throw CompiledEngineError(
                "the compiled engine needs swiftc, which is not on the PATH",
                help: "install Swift (https://swift.org/install), or use --engine interpreter")
        }
        var places: [String: Place] = [:]
        var groups: [CompiledGroup] = []
        for start in stride(from: 0, to: models.count, by: groupSize) {
            let members = models[start..<min(start + groupSize, models.count)]
            var group = CompiledGroup(directory: "\(directory)/group\(groups.count)")
            for (offset, member) in members.enumerated() {
                let typeName = "Model\(start + offset)"
                precondition(
                    places[member.id] == nil, "two models have the id \(member.id)")
                places[member.id] = Place(
                    plan: member.plan, executable: group.executable,
                    weights: try group.add(member.plan, typeName: typeName, id: member.id),
                    directory: group.directory, scratch: "\(directory)/data\(start + offset)")
            }
            try group.writeMain()
            groups.append(group)
        }
        let width = max(1, jobs ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        try await withThrowingTaskGroup(of: Int.self) { tasks in
            var waiting = groups[...]
            var built = 0
            for group in waiting.prefix(width) { tasks.addTask { try await group.build() } }
            waiting = waiting.dropFirst(width)
            while let count = try await tasks.next() {
                built += count
                progress(built)
                if let group = waiting.popFirst() {
                    tasks.addTask { try await group.build() }
                }
            }
        }
        return CompiledBatch(places: places)
    }

    /// Predicts with one of the models.
    ///
    /// - Parameters:
    ///   - inputs: for each input of the plan, the samples behind each other.
    ///   - samples: how many.
    ///   - rounds: how often all samples are run; the fastest round counts for the time.
    /// - Returns: the outputs likewise, and the seconds that one sample took inside the process.
    package func predict(
        _ id: String, inputs: [[Float]], samples: Int = 1, rounds: Int = 1
    ) async throws -> (outputs: [[Float]], secondsPerSample: Double) {
        guard let place = places[id] else { preconditionFailure("no model \(id)") }
        for (port, values) in zip(place.plan.inputs, inputs) {
            precondition(values.count == port.type.count * samples, "input \(port.name)")
        }
        var arguments = [id, place.weights, "\(samples)", "\(rounds)"]
        for (index, values) in inputs.enumerated() {
            let path = "\(place.scratch).in\(index)"
            _ = try OutputDirectory.write(.weights(header: [], floats: values), to: path)
            arguments.append(path)
        }
        let outputPaths = place.plan.outputs.indices.map { "\(place.scratch).out\($0)" }
        let result = try await ChildProcess.run(
            place.executable, arguments + outputPaths, temporaries: place.directory)
        guard result.succeeded else {
            let message = result.error.split(separator: "\n").first.map(String.init)
            throw CompiledEngineError(
                "the compiled model `\(id)` failed: \(message ?? "\(result.status)")")
        }
        let nanoseconds = Double(result.output.split(separator: "\n").first.map(String.init) ?? "")
        let outputs = try zip(place.plan.outputs, outputPaths).map { port, path in
            try RawFloats.read(path, count: port.type.count * samples)
        }
        return (outputs, (nanoseconds ?? .nan) * 1e-9)
    }
}

/// Models that are built into one executable.
private struct CompiledGroup: Sendable {
    let directory: String
    private var members: [(id: String, typeName: String)] = []
    private var sources: [String] = []
    private var target: Target?

    var executable: String { "\(directory)/predict" }

    init(directory: String) { self.directory = directory }

    /// Writes a model's source and weights; returns the weights' path.
    mutating func add(_ plan: Plan, typeName: String, id: String) throws -> String {
        precondition(plan.isRunnable && plan.target.hostFlags != nil, "\(id) can't run here")
        precondition(target == nil || target == plan.target, "models for several targets")
        target = plan.target
        let options = EmissionOptions(
            typeName: typeName, specPath: id, weightsOrigin: "given")
        var weights = ""
        guard FileTree.makeDirectories(directory) == 0 else {
            throw CompiledEngineError("can't make the folder \(directory)")
        }
        for file in SwiftEmitter.library(plan, options) {
            let path = "\(directory)/\(file.path)"
            do throws(OutputDirectory.Failure) {
                _ = try OutputDirectory.write(file.contents, to: path)
            } catch {
                throw CompiledEngineError(error.message, help: error.help)
            }
            if case .text = file.contents { sources.append(path) } else { weights = path }
        }
        members.append((id, typeName))
        return weights
    }

    mutating func writeMain() throws {
        let path = "\(directory)/Runner.swift"
        _ = try OutputDirectory.write(.text(CompiledRunner.source(members)), to: path)
        sources.append(path)
    }

    /// Runs the compiler; returns how many models it built.
    func build() async throws -> Int {
        let flags = (target ?? .generic).hostFlags ?? []
        let result = try await ChildProcess.run(
            "swiftc",
            ["-O", "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name", "Models"]
                + flags + ["-o", executable] + sources, temporaries: directory)
        guard result.succeeded else {
            let lines = result.error.split(separator: "\n")
            let errors = lines.filter { $0.contains("error:") }
            throw CompiledEngineError(
                "swiftc can't build what was emitted:\n  "
                    + (errors.isEmpty ? lines : errors).prefix(5).joined(separator: "\n  "))
        }
        return members.count
    }
}

/// Files of little-endian float32 numbers and nothing else.
package enum RawFloats {
    package static func read(_ path: String, count: Int) throws(CompiledEngineError) -> [Float] {
        guard let file = fopen(path, "rb") else {
            throw CompiledEngineError("\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var got = 0
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            got = fread(buffer.baseAddress, 4, count, file)
            filled = got
        }
        guard got == count, fgetc(file) == EOF else {
            throw CompiledEngineError("\(path): expected \(count) numbers")
        }
        return values
    }
}
