import Interpreter
import Plan

/// Measures the interpreter in this process.
final class InterpreterBenchmark {
    private let interpreter: Interpreter
    private let inputs: [UnsafeRawBufferPointer]
    private let outputs: [UnsafeMutableBufferPointer<Float>]
    private let repeats: Int
    private var samples: [Float] = []
    private let multiplyAdds: Int
    private let startUp: Double
    private let peakMemory: Int?
    /// What the first prediction made.
    let values: [[Float]]

    /// A sample takes at least so many nanoseconds.
    private static let shortestSample = 10_000.0

    /// Makes the first prediction.
    ///
    /// - Parameters:
    ///   - plan: runnable.
    ///   - input: for each of its inputs.
    ///   - start: when loading began.
    init(_ plan: Plan, _ input: [[Float]], since start: ContinuousClock.Instant) {
        interpreter = Interpreter(plan)
        multiplyAdds = plan.directMultiplyAdds
        inputs = input.map { values in
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
            _ = buffer.initialize(from: values)
            return UnsafeRawBufferPointer(buffer)
        }
        outputs = plan.outputs.map { port in
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: port.type.count)
            buffer.initialize(repeating: 0)
            return buffer
        }
        interpreter.predict(inputs: inputs, outputs: outputs)
        startUp = (ContinuousClock.now - start) / .seconds(1)
        values = outputs.map { Array($0) }
        peakMemory = Machine.peakMemory
        var once = Double.infinity
        for _ in 0..<2 {
            let time = ContinuousClock().measure { [interpreter, inputs, outputs] in
                interpreter.predict(inputs: inputs, outputs: outputs)
            }
            once = min(once, time / .nanoseconds(1))
        }
        repeats = max(1, Int(Self.shortestSample / max(once, 1)))
    }

    deinit {
        for buffer in inputs { buffer.deallocate() }
        for buffer in outputs { buffer.deallocate() }
    }

    /// Predicts for so long, at least once.
    func measure(seconds: Double) {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        repeat {
            let start = clock.now
            for _ in 0..<repeats { interpreter.predict(inputs: inputs, outputs: outputs) }
            samples.append(Float((clock.now - start) / .nanoseconds(1) / Double(repeats)))
        } while clock.now < end
    }

    /// The figures of what was measured, which is something by now.
    var run: Benchmark.Run {
        Benchmark.Run(
            engine: .interpreter,
            latencies: Benchmark.Latencies(samples, predictions: samples.count * repeats),
            startUp: startUp, peakMemory: peakMemory, multiplyAdds: multiplyAdds)
    }
}
