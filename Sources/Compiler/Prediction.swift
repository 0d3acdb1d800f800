import IR
import Interpreter
import Plan
import TensorFiles

/// What runs a plan.
package enum Engine: String, Sendable, CaseIterable {
    /// The plan as it is, at once.
    case interpreter
    /// The plan as Swift, built by `swiftc` first.
    case compiled

    /// What plans are made for.
    package var target: Target {
        switch self {
        case .interpreter:
            let tiles = Interpreter.tiles
            return Target(
                name: "interpreter", lanes: tiles.lanes, hasFMA: false, vectorRegisters: 16,
                tiles: [tiles.many, tiles.single])
        case .compiled: return .native
        }
    }
}

/// What a model predicts: every output's samples behind each other.
package struct Prediction: Sendable {
    package let ports: [Port]
    package let count: Int
    package let hasBatchAxis: Bool
    /// For each of the plan's outputs.
    package let values: [[Float]]
    /// Seconds for one sample, without reading, building and writing.
    package let secondsPerSample: Double

    package init(
        ports: [Port], count: Int, hasBatchAxis: Bool, values: [[Float]], secondsPerSample: Double
    ) {
        self.ports = ports
        self.count = count
        self.hasBatchAxis = hasBatchAxis
        self.values = values
        self.secondsPerSample = secondsPerSample
    }

    /// Runs the interpreter on each sample, or as many at once as the plan takes.
    ///
    /// - Parameters:
    ///   - rounds: how often all samples are run; the fastest round counts for the time.
    ///   - progress: called with the number of samples done.
    /// - Precondition: `plan.isRunnable`, and its batch divides the number of samples.
    package static func interpret(
        _ plan: Plan, _ input: PredictionInput, rounds: Int = 1, progress: (Int) -> Void = { _ in }
    ) -> Prediction {
        let interpreter = Interpreter(plan)
        var values = plan.outputs.map { port in
            var values: [Float] = []
            values.reserveCapacity(port.type.count * input.count)
            return values
        }
        var best = Double.infinity
        let batch = plan.batch(ofSamples: input.count)
        let samples = stride(from: 0, to: input.count, by: batch).map {
            input.samples($0..<$0 + batch)
        }
        for round in 0..<max(1, rounds) {
            let clock = ContinuousClock()
            let start = clock.now
            for (index, sample) in samples.enumerated() {
                let outputs = interpreter.predict(sample)
                if round == 0 {
                    for output in outputs.indices { values[output] += outputs[output] }
                }
                progress((index + 1) * batch)
            }
            best = min(best, (clock.now - start) / .seconds(1))
        }
        return Prediction(
            ports: plan.outputs, count: input.count, hasBatchAxis: input.hasBatchAxis,
            values: values, secondsPerSample: best / Double(max(1, input.count)))
    }

    /// Emits the plan as Swift, builds it in a temporary folder and runs it on all samples.
    ///
    /// - Precondition: `plan.isRunnable`, its batch divides the number of samples, and its target runs
    ///   here.
    package static func compile(
        _ plan: Plan, _ input: PredictionInput, rounds: Int = 1
    ) async throws -> Prediction {
        let folder = try TemporaryDirectory()
        defer { folder.remove() }
        let batch = plan.batch(ofSamples: input.count)
        let models = try await CompiledBatch.build([(plan.name, plan)], in: folder.path)
        let (values, seconds) = try await models.predict(
            plan.name, inputs: input.values, samples: input.count / batch, rounds: rounds)
        return Prediction(
            ports: plan.outputs, count: input.count, hasBatchAxis: input.hasBatchAxis,
            values: values, secondsPerSample: seconds / Double(batch))
    }

    /// The values of one output for one sample.
    package func sample(_ index: Int, output: Int = 0) -> ArraySlice<Float> {
        let size = ports[output].type.shape.dropFirst().reduce(1, *)
        return values[output][index * size..<(index + 1) * size]
    }

    /// The outputs by name, with a batch axis where the input had one.
    package var tensors: [(name: String?, tensor: Tensor)] {
        ports.indices.map { index in
            let shape = Array(ports[index].type.shape.dropFirst())
            return (
                ports[index].name,
                Tensor(shape: hasBatchAxis ? [count] + shape : shape, floats: values[index])
            )
        }
    }

    /// Writes the outputs; the extension names the format.
    package func write(to path: String) throws(TensorFileError) {
        let guarded = Interruption.guardingTemporaries(of: path)
        defer { for path in guarded { path.release() } }
        try TensorFile.write(tensors, to: path)
    }
}

extension Plan {
    /// How many samples a prediction is made of.
    fileprivate func batch(ofSamples count: Int) -> Int {
        let batch = inputs.first?.type.shape.first ?? 1
        precondition(count % batch == 0, "\(count) samples for batches of \(batch)")
        return batch
    }
}
