import IR
import Plan

/// Runs a plan as it is: the quick way to predict with any model, without a Swift compiler.
///
/// Everything that can be known beforehand (offsets, blocks, what an epilogue amounts to) is
/// prepared in `init`; a prediction walks the prepared steps over one arena. The plan's constants
/// are read in place. An interpreter predicts one at a time.
package final class Interpreter {
    /// The tiles of contractions that run fastest. Any other tile is correct, and as fast where its
    /// vectors times lanes are 8 or 16.
    package static let tiles = Tiles(
        lanes: 4, many: Tile(rows: 1, columns: 2, vectors: 4),
        single: Tile(rows: 1, columns: 1, vectors: 8))

    /// What a planner chooses from.
    package struct Tiles: Sendable {
        package let lanes: Int
        /// For two positions or more.
        package let many: Tile
        /// For one position, as in a dense layer: more filters at once hide the additions' latency.
        package let single: Tile
    }

    private enum Runner {
        case contraction(ContractionRunner)
        case winogradInput(WinogradInputRunner)
        case winogradOutput(WinogradOutputRunner)
        case depthwise(DepthwiseRunner)
        case matmul(MatmulRunner)
        case map(MapRunner)
        case fill(FillRunner)
        case pool(PoolRunner)
        case reduce(ReduceRunner)
        case row(RowRunner)
        case resize(ResizeRunner)
        case gather(GatherRunner)
        case band(BandRunner)
        case recurrent(RecurrentRunner)

        init(_ kernel: Kernel) {
            self =
                switch kernel {
                case .contraction(let kernel): .contraction(ContractionRunner(kernel))
                case .winogradInput(let kernel): .winogradInput(WinogradInputRunner(kernel))
                case .winogradOutput(let kernel): .winogradOutput(WinogradOutputRunner(kernel))
                case .depthwise(let kernel): .depthwise(DepthwiseRunner(kernel))
                case .matmul(let kernel): .matmul(MatmulRunner(kernel))
                case .map(let kernel): .map(MapRunner(kernel))
                case .fill(let kernel): .fill(FillRunner(kernel))
                case .pool(let kernel): .pool(PoolRunner(kernel))
                case .reduce(let kernel): .reduce(ReduceRunner(kernel))
                case .row(let kernel): .row(RowRunner(kernel))
                case .resize(let kernel): .resize(ResizeRunner(kernel))
                case .gather(let kernel): .gather(GatherRunner(kernel))
                case .band(let kernel): .band(BandRunner(kernel))
                case .recurrent(let kernel): .recurrent(RecurrentRunner(kernel))
                }
        }

        func run(_ memory: Memory) {
            switch self {
            case .contraction(let runner): runner.run(memory)
            case .winogradInput(let runner): runner.run(memory)
            case .winogradOutput(let runner): runner.run(memory)
            case .depthwise(let runner): runner.run(memory)
            case .matmul(let runner): runner.run(memory)
            case .map(let runner): runner.run(memory)
            case .fill(let runner): runner.run(memory)
            case .pool(let runner): runner.run(memory)
            case .reduce(let runner): runner.run(memory)
            case .row(let runner): runner.run(memory)
            case .resize(let runner): runner.run(memory)
            case .gather(let runner): runner.run(memory)
            case .band(let runner): runner.run(memory)
            case .recurrent(let runner): runner.run(memory)
            }
        }
    }

    private let plan: Plan
    /// The runners in the order they run, strip loops unrolled, with the step of each.
    private let runners: [(step: Int, runner: Runner)]
    private let inputCounts: [Int]
    private let outputCounts: [Int]
    private let arena: UnsafeMutablePointer<Float>
    private let inputs: Table<UnsafeMutablePointer<Float>>
    private let outputs: Table<UnsafeMutablePointer<Float>>

    /// - Precondition: The plan has all weights.
    package init(_ plan: Plan) {
        precondition(plan.isRunnable, "the plan was made without weights")
        self.plan = plan
        runners = plan.unrolled.map { ($0.step, Runner($0.kernel)) }
        inputCounts = plan.inputs.map(\.type.count)
        outputCounts = plan.outputs.map(\.type.count)
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(plan.arenaCount, 1) * MemoryLayout<Float>.stride, alignment: 64)
        arena = bytes.bindMemory(to: Float.self, capacity: max(plan.arenaCount, 1))
        arena.initialize(repeating: 0, count: plan.arenaCount)
        inputs = Table(repeating: arena, count: inputCounts.count)
        outputs = Table(repeating: arena, count: outputCounts.count)
    }

    deinit { UnsafeMutableRawPointer(arena).deallocate() }

    /// One prediction.
    ///
    /// - Parameters:
    ///   - inputs: The elements of each of the plan's inputs, row-major, in order.
    ///   - outputs: Where the results go, likewise.
    /// - Precondition: Buffers have exactly the ports' element counts, and are aligned for `Float`.
    package func predict(
        inputs: [UnsafeRawBufferPointer], outputs: [UnsafeMutableBufferPointer<Float>]
    ) {
        withMemory(inputs, outputs) { memory in
            for (_, runner) in runners { runner.run(memory) }
        }
    }

    /// One prediction from arrays to arrays.
    package func predict(_ inputs: [[Float]]) -> [[Float]] {
        withArrays(inputs) { predict(inputs: $0, outputs: $1) }
    }

    /// One prediction, with the time each step took.
    package func profile(_ inputs: [[Float]]) -> [(step: Int, nanoseconds: Int)] {
        var times: [(step: Int, nanoseconds: Int)] = []
        _ = withArrays(inputs) { inputs, outputs in
            times = profile(inputs: inputs, outputs: outputs)
        }
        return times
    }

    /// One prediction, with the time each step took.
    package func profile(
        inputs: [UnsafeRawBufferPointer], outputs: [UnsafeMutableBufferPointer<Float>]
    ) -> [(step: Int, nanoseconds: Int)] {
        var times: [(step: Int, nanoseconds: Int)] = []
        times.reserveCapacity(runners.count)
        withMemory(inputs, outputs) { memory in
            for (step, runner) in runners {
                let time = ContinuousClock().measure { runner.run(memory) }
                let (seconds, attoseconds) = time.components
                let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
                times.append((step, nanoseconds))
            }
        }
        return times
    }

    private func withMemory(
        _ inputs: [UnsafeRawBufferPointer], _ outputs: [UnsafeMutableBufferPointer<Float>],
        _ body: (Memory) -> Void
    ) {
        precondition(inputs.count == inputCounts.count, "\(inputCounts.count) inputs are needed")
        precondition(outputs.count == outputCounts.count, "\(outputCounts.count) outputs are")
        for (index, count) in inputCounts.enumerated() {
            let buffer = inputs[index]
            precondition(
                buffer.count == count * MemoryLayout<Float>.stride,
                "input \(index) should have \(count) elements")
            guard let base = buffer.baseAddress else { continue }
            // Kernels only read inputs.
            self.inputs.pointer[index] = UnsafeMutablePointer(
                mutating: base.assumingMemoryBound(to: Float.self))
        }
        for (index, count) in outputCounts.enumerated() {
            precondition(
                outputs[index].count == count, "output \(index) should have \(count) elements")
            guard let base = outputs[index].baseAddress else { continue }
            self.outputs.pointer[index] = base
        }
        plan.constants.withUnsafeBufferPointer { constants in
            let fallback = UnsafePointer(arena)
            body(
                Memory(
                    inputs: UnsafePointer(self.inputs.pointer),
                    outputs: UnsafePointer(self.outputs.pointer), arena: arena,
                    constants: constants.baseAddress ?? fallback))
        }
    }

    private func withArrays(
        _ inputs: [[Float]],
        _ body: ([UnsafeRawBufferPointer], [UnsafeMutableBufferPointer<Float>]) -> Void
    ) -> [[Float]] {
        let sources = inputs.map { elements in
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: elements.count)
            _ = buffer.initialize(from: elements)
            return buffer
        }
        let targets = outputCounts.map { count in
            let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
            buffer.initialize(repeating: 0)
            return buffer
        }
        defer {
            for buffer in sources + targets { buffer.deallocate() }
        }
        body(sources.map { UnsafeRawBufferPointer($0) }, targets)
        return targets.map { Array($0) }
    }
}
