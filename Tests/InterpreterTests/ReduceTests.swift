import IR
import Interpreter
import Plan
import Testing

@Suite struct ReduceTests {
    /// Kept axes inside, outside, and around the reduced ones.
    @Test(arguments: 1...37)
    func agreesForEachNumberOfKeptElements(count: Int) {
        var seed = count * 100
        for epilogue in EpilogueCase.all {
            for kind in ReduceOp.Kind.allCases {
                for layout in 0..<3 {
                    seed += 1
                    let (memory, kernel) = Self.make(kind, count, layout, epilogue, seed: seed)
                    let problem = difference(
                        memory.run(.reduce(kernel)), memory.expected(.reduce(kernel)))
                    #expect(problem == nil, "\(kind) \(layout) \(epilogue.name)")
                }
            }
        }
    }

    static func make(
        _ kind: ReduceOp.Kind, _ count: Int, _ layout: Int, _ epilogue: EpilogueCase, seed: Int
    ) -> (TestMemory, ReduceKernel) {
        var generator = SeededGenerator(seed)
        let (rows, cells) = (generator.integer(1...3), generator.integer(1...40))
        // Input strides of: rows, kept elements, the two reduced axes.
        let strides: [Int] =
            switch layout {
            case 0: [2 * cells * count, 1, cells * count, count]
            case 1: [2 * cells * count, 2 * cells, cells, 1]
            default: [2 * cells * count, cells, cells * count, 1]
            }
        let kernel = ReduceKernel(
            kind: kind, input: Location(.input(0)), output: Location(.output(0)),
            kept: [
                Loop(
                    rows,
                    [strides[0], count]
                        + epilogue.strides(output: count, position: 1, isInnermost: false)),
                Loop(
                    count,
                    [strides[1], 1]
                        + epilogue.strides(output: 1, position: 0, isInnermost: true)),
            ],
            reduced: [Loop(2, [strides[2]]), Loop(cells, [strides[3]])],
            epilogue: epilogue.instructions(channelsAt: 0))
        let memory = TestMemory(
            inputs: [
                generator.floats(rows * count * 2 * cells), generator.floats(rows * count),
            ],
            outputs: [generator.floats(rows * count)], constants: generator.floats(count + 16))
        return (memory, kernel)
    }

    @Test func runsWithoutKeptAxes() {
        let kernel = ReduceKernel(
            kind: .maximum, input: Location(.input(0)), output: Location(.output(0)), kept: [],
            reduced: [Loop(5, [1])], epilogue: [.unary(UnaryFunction(.negate))])
        let memory = TestMemory(inputs: [[1, 7, -3, 2, 5]], outputs: [[0]], constants: [])
        #expect(memory.run(.reduce(kernel)) == [[-7]])
    }

    @Test func extremesPropagateNaN() {
        for kind in [ReduceOp.Kind.maximum, .minimum] {
            for layout in 0..<3 {
                for count in [1, 5, 20] {
                    var (memory, kernel) = Self.make(
                        kind, count, layout, EpilogueCase.all[0], seed: count)
                    kernel.kind = kind
                    let middle = memory.inputs[0].count / 2
                    memory.inputs[0][middle] = .nan
                    memory.inputs[0][0] = .infinity
                    let found = memory.run(.reduce(kernel))
                    #expect(difference(found, memory.expected(.reduce(kernel))) == nil)
                    #expect(found[0].contains { $0.isNaN })
                }
            }
        }
    }

    /// Rounding errors of a plain sum in single precision would be a hundred times as large.
    @Test(arguments: [1, 3, 4, 16, 21])
    func aMeanOfManyElementsIsAccurate(channels: Int) {
        let count = 50_000
        var generator = SeededGenerator(9)
        let values = (0..<count * channels).map { _ in
            Float.random(in: 0.9...1.1, using: &generator)
        }
        for isContiguous in [false, true] {
            let kernel = ReduceKernel(
                kind: .mean, input: Location(.input(0)), output: Location(.output(0)),
                kept: [Loop(channels, [isContiguous ? count : 1, 1])],
                reduced: [Loop(count, [isContiguous ? 1 : channels])], epilogue: [])
            let memory = TestMemory(
                inputs: [values], outputs: [[Float](repeating: 0, count: channels)],
                constants: [])
            let found = memory.run(.reduce(kernel))
            let problem = difference(
                found, memory.expected(.reduce(kernel)), tolerance: 1e-7)
            #expect(problem == nil)
        }
    }
}
