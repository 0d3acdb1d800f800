import IR
import Interpreter
import Plan

/// A random number generator with a seed: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// Eighths in -2...2: sums of their products are exact, so that order doesn't matter.
    mutating func floats(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float(integer(-16...16)) / 8 }
    }
}

/// The regions a kernel works on, as arrays.
struct TestMemory {
    var inputs: [[Float]]
    var outputs: [[Float]]
    var constants: [Float]

    func read(_ location: Location, _ offset: Int) -> Double {
        let place = location.offset + offset
        return switch location.region {
        case .input(let index): Double(inputs[index][place])
        case .output(let index): Double(outputs[index][place])
        case .constants: Double(constants[place])
        case .arena, .buffer: fatalError("not in tests")
        }
    }

    mutating func write(_ location: Location, _ offset: Int, _ value: Double) {
        guard case .output(let index) = location.region else { fatalError("only outputs") }
        outputs[index][location.offset + offset] = Float(value)
    }

    /// The outputs after the interpreter has run a kernel. Buffers end where a page ends, and the
    /// next page can't be touched: reading or writing behind a tensor crashes.
    func run(_ kernel: Kernel) -> [[Float]] {
        func port(_ elements: [Float]) -> Port {
            Port(name: "port", type: TensorType(.float32, [elements.count]))
        }
        let plan = Plan(
            name: "test", target: .generic, inputs: inputs.map(port), outputs: outputs.map(port),
            steps: [Step(name: "step", layers: [], value: ValueID(0), kernel: kernel)],
            strips: [], constants: constants, isRunnable: true, arenaCount: 0, arena: [],
            graph: Graph(name: "test"), remarks: [])
        let sources = inputs.map(GuardedBuffer.init)
        let targets = outputs.map(GuardedBuffer.init)
        let interpreter = Interpreter(plan)
        return withExtendedLifetime((sources, targets)) {
            interpreter.predict(
                inputs: sources.map { UnsafeRawBufferPointer($0.elements) },
                outputs: targets.map(\.elements))
            return targets.map { Array($0.elements) }
        }
    }
}

/// The first place where results differ by more than `tolerance`, relative where they are large;
/// nil where there is none.
func difference(
    _ found: [[Float]], _ expected: [[Float]], tolerance: Float = 2e-6
) -> String? {
    for (index, (a, b)) in zip(found, expected).enumerated() {
        for place in b.indices where a[place] != b[place] {
            if a[place].isNaN && b[place].isNaN { continue }
            if abs(a[place] - b[place]) <= tolerance * (1 + abs(b[place])) { continue }
            return "output \(index)[\(place)] is \(a[place]), expected \(b[place])"
        }
    }
    return nil
}
