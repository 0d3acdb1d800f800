import IR
import Interpreter
import Plan
import Testing

@Suite struct InterpreterTests {
    /// Doubles input 1 into the arena, adds input 0, and gives both results away.
    private static func plan() -> Plan {
        func port(_ name: String) -> Port { Port(name: name, type: TensorType(.float32, [5])) }
        func step(_ kernel: MapKernel) -> Step {
            Step(name: "step", layers: [], value: ValueID(0), kernel: .map(kernel))
        }
        let doubled = MapKernel(
            source: Location(.input(1)), output: Location(.arena, 3), loops: [Loop(5, [1, 1])],
            epilogue: [.unary(UnaryFunction(.affine, 2, 0))])
        let sum = MapKernel(
            source: Location(.arena, 3), output: Location(.output(1)),
            loops: [Loop(5, [1, 1, 1])],
            epilogue: [.binary(.add, Operand(Location(.input(0)), stream: 2), reversed: false)])
        let copy = MapKernel(
            source: Location(.arena, 3), output: Location(.output(0)),
            loops: [Loop(5, [1, 1])], epilogue: [])
        return Plan(
            name: "test", target: .generic, inputs: [port("a"), port("b")],
            outputs: [port("c"), port("d")], steps: [step(doubled), step(sum), step(copy)],
            strips: [], constants: [], isRunnable: true, arenaCount: 8, arena: [],
            graph: Graph(name: "test"),
            remarks: [])
    }

    @Test func runsStepsInOrder() {
        let interpreter = Interpreter(Self.plan())
        let inputs: [[Float]] = [[1, 2, 3, 4, 5], [10, 20, 30, 40, 50]]
        for _ in 0..<2 {
            #expect(
                interpreter.predict(inputs) == [[20, 40, 60, 80, 100], [21, 42, 63, 84, 105]])
        }
    }

    @Test func profilesEachStep() {
        let times = Interpreter(Self.plan()).profile([
            [1, 2, 3, 4, 5], [10, 20, 30, 40, 50],
        ])
        #expect(times.map(\.step) == [0, 1, 2])
        #expect(times.allSatisfy { $0.nanoseconds >= 0 })
    }
}
