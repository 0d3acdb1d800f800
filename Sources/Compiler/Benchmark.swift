import Plan

/// What `bnc bench` measured, and the figures that follow from it.
package struct Benchmark: Sendable {
    /// How long predictions took.
    package struct Latencies: Sendable {
        /// Nanoseconds, ascending.
        private let sorted: [Float]
        package let predictions: Int

        /// - Parameter samples: nanoseconds, at least one: of a prediction, or the mean of several
        ///   where one is too short for the clock.
        init(_ samples: [Float], predictions: Int) {
            sorted = samples.sorted()
            self.predictions = predictions
        }

        package var samples: Int { sorted.count }
        /// Seconds.
        package var minimum: Double { quantile(0) }
        package var median: Double { quantile(0.5) }
        package var percentile95: Double { quantile(0.95) }

        /// The smallest time that at least this part of the samples doesn't exceed.
        private func quantile(_ part: Double) -> Double {
            let rank = Int((part * Double(sorted.count)).rounded(.up))
            return Double(sorted[min(max(rank - 1, 0), sorted.count - 1)]) * 1e-9
        }
    }

    /// One engine.
    package struct Run: Sendable {
        package let engine: Engine
        package let latencies: Latencies
        /// Seconds from loading the weights to the end of the first prediction.
        package let startUp: Double
        /// Bytes; nil where the system doesn't tell.
        package let peakMemory: Int?
        /// Of one prediction, summed directly: algorithms that need fewer count as many.
        package let multiplyAdds: Int

        /// Floating-point operations in a second at the minimum latency, two for a multiply-add.
        package var speed: Double { Double(2 * multiplyAdds) / latencies.minimum }
    }

    /// How long a step of the emitted code takes.
    package struct StepTime: Sendable {
        /// From 1.
        package let number: Int
        package let step: Step
        package let cost: KernelCost
        /// The fewest that the step took.
        package let seconds: Double

        package var speed: Double { Double(2 * cost.multiplyAdds) / seconds }
        package var bytesPerSecond: Double { Double(cost.bytes) / seconds }
    }

    /// What the emitted program measured besides its latency.
    package struct Program: Sendable {
        package let steps: [StepTime]
        /// How many predictions the steps' times are the minima of.
        package let profiles: Int
        /// Floating-point operations in a second, multiply-adds in registers on one core.
        package let peak: Double
        /// Bytes in a second, read out of memory by one core.
        package let memorySpeed: Double
        package let compiler: String
        package let buildSeconds: Double

        package var stepSeconds: Double { steps.reduce(0) { $0 + $1.seconds } }
    }

    package let name: String
    package let spec: String
    package let machine: Machine
    package let target: Target
    package let batch: Int
    /// That the emitted code uses; the interpreter has one.
    package let threads: Int
    package let rounds: Int
    /// For each engine, over all rounds.
    package let seconds: Double
    package let runs: [Run]
    package let program: Program?
    /// Between the outputs of the engines, relative to the largest output.
    package let difference: Double?

    /// What the machine does at most with the threads that an engine has.
    func peak(of engine: Engine) -> Double? {
        program.map { $0.peak * Double(engine == .compiled ? threads : 1) }
    }

    /// What the emitted code could do at most.
    func peak(of program: Program) -> Double { program.peak * Double(threads) }
}
