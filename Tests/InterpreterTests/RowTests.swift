import IR
import Interpreter
import Plan
import Testing

@Suite struct RowTests {
    static let functions: [RowKernel.Function] = [
        .softmax(.softmax), .softmax(.joint), .softmax(.logSoftmax), .softmax(.sparsemax),
        .normalize(.standard, epsilon: 1e-3), .normalize(.rootMeanSquare, epsilon: 1e-6),
        .normalize(.unit, epsilon: 0),
    ]

    static func make(
        _ function: RowKernel.Function, count: Int, layout: Int, _ epilogue: EpilogueCase,
        isInPlace: Bool, seed: Int
    ) -> (TestMemory, RowKernel) {
        var generator = SeededGenerator(seed)
        let rows = generator.integer(1...4)
        // Strides of: rows, the two loops of a row.
        let (rowStride, outer, inner): (Int, Int, Int) =
            switch layout {
            case 0: (2 * count, count, 1)
            case 1: (1, rows * count, rows)
            default: (count, rows * count, 1)
            }
        func loop(_ count: Int, _ stride: Int, _ position: Int, isLast: Bool) -> Loop {
            let operands = epilogue.strides(
                output: stride, position: position, isInnermost: isLast)
            return Loop(count, [stride, stride] + operands)
        }
        let kernel = RowKernel(
            function: function, input: Location(isInPlace ? .output(0) : .input(0)),
            output: Location(.output(0)),
            rows: [loop(rows, rowStride, 2, isLast: false)],
            row: [loop(2, outer, 1, isLast: false), loop(count, inner, 0, isLast: true)],
            epilogue: epilogue.instructions(channelsAt: 0))
        let size = rows * 2 * count
        let memory = TestMemory(
            inputs: [generator.floats(size), generator.floats(size)],
            outputs: [generator.floats(size)], constants: generator.floats(count + 16))
        return (memory, kernel)
    }

    @Test(arguments: 1...17)
    func agreesForEachLength(count: Int) {
        var seed = count * 100
        for function in Self.functions {
            for epilogue in EpilogueCase.all {
                for layout in 0..<3 {
                    seed += 1
                    let (memory, kernel) = Self.make(
                        function, count: count, layout: layout, epilogue,
                        isInPlace: seed % 2 == 0, seed: seed)
                    let problem = difference(
                        memory.run(.row(kernel)), memory.expected(.row(kernel)))
                    #expect(problem == nil, "\(function) \(layout) \(epilogue.name)")
                }
            }
        }
    }

    /// A row as a single loop, of some values.
    private func run(_ function: RowKernel.Function, _ row: [Float]) -> [[Float]] {
        let (memory, kernel) = Self.single(function, row)
        return memory.run(.row(kernel))
    }

    private static func single(
        _ function: RowKernel.Function, _ row: [Float]
    ) -> (TestMemory, RowKernel) {
        let kernel = RowKernel(
            function: function, input: Location(.input(0)), output: Location(.output(0)),
            rows: [Loop(1, [0, 0])], row: [Loop(row.count, [1, 1])], epilogue: [])
        return (TestMemory(inputs: [row], outputs: [row], constants: []), kernel)
    }

    @Test func aRowWithNaNIsNaN() {
        for function in Self.functions {
            for count in [1, 8, 13] {
                var row = SeededGenerator.floats(count, seed: count)
                row[count / 2] = .nan
                #expect(run(function, row)[0].allSatisfy { $0.isNaN }, "\(function)")
            }
        }
    }

    @Test func softmaxDoesNotOverflow() {
        let row: [Float] = [1000, 999, -1000, -.infinity, 1000]
        for function in Self.functions.prefix(2) {
            let (memory, kernel) = Self.single(function, row)
            let problem = difference(memory.run(.row(kernel)), memory.expected(.row(kernel)))
            #expect(problem == nil)
        }
    }

    @Test func unitLeavesZerosZero() {
        #expect(run(.normalize(.unit, epsilon: 0), [0, 0, 0]) == [[0, 0, 0]])
    }

    /// One pass over squares would lose all digits here.
    @Test func standardizesFarFromZero() {
        let row = SeededGenerator.floats(1000, seed: 4).map { $0 + 30_000 }
        let (memory, kernel) = Self.single(.normalize(.standard, epsilon: 1e-3), row)
        let problem = difference(memory.run(.row(kernel)), memory.expected(.row(kernel)))
        #expect(problem == nil)
    }

    @Test func longRowsAreAccurate() {
        let row = SeededGenerator.floats(20_011, seed: 5)
        for function in Self.functions {
            let (memory, kernel) = Self.single(function, row)
            let problem = difference(memory.run(.row(kernel)), memory.expected(.row(kernel)))
            #expect(problem == nil, "\(function)")
        }
    }
}

extension SeededGenerator {
    static func floats(_ count: Int, seed: Int) -> [Float] {
        var generator = SeededGenerator(seed)
        return generator.floats(count)
    }
}
