import IR
import Interpreter
import Plan
import Testing

@Suite struct MapTests {
    /// Sources of every kind of stride: contiguous, broadcast, transposed, repeated.
    @Test(arguments: 1...17)
    func agreesForEachLengthOfTheLastLoop(count: Int) {
        var seed = count * 100
        for epilogue in EpilogueCase.all {
            for (sourceStrides, outputStride) in [
                ([40, 20, 1], 1), ([0, 5, 1], 1), ([1, 2, 7], 1), ([3, 0, 0], 1), ([2, 1, 19], 2),
                ([20, 20, 1], 3), ([9, 9, 0], 2),
            ] {
                seed += 1
                var generator = SeededGenerator(seed)
                let counts = [generator.integer(1...3), generator.integer(1...6), count]
                let output = outputStrides(Array(counts.dropLast()), inner: count * outputStride)
                let walk = outputStrides(Array(counts.dropLast()), inner: 1).strides
                let loops = counts.enumerated().map { axis, count in
                    let isLast = axis == 2
                    let stride = isLast ? outputStride : output.strides[axis]
                    let operands = epilogue.strides(
                        output: stride, position: isLast ? 0 : walk[axis], isInnermost: isLast)
                    return Loop(count, [sourceStrides[axis], stride] + operands)
                }
                let kernel = MapKernel(
                    source: Location(.input(0), 1), output: Location(.output(0)), loops: loops,
                    epilogue: epilogue.instructions(channelsAt: 0))
                let reach = zip(counts, sourceStrides).reduce(2) { $0 + ($1.0 - 1) * $1.1 }
                let memory = TestMemory(
                    inputs: [generator.floats(reach), generator.floats(output.count)],
                    outputs: [generator.floats(output.count)],
                    constants: generator.floats(count + 16))
                let problem = difference(memory.run(.map(kernel)), memory.expected(.map(kernel)))
                #expect(problem == nil, "\(counts) \(sourceStrides) \(epilogue.name)")
            }
        }
    }

    @Test func worksInPlace() {
        for epilogue in EpilogueCase.all {
            for count in [1, 7, 8, 33, 1300] {
                var generator = SeededGenerator(count)
                let operands = epilogue.strides(output: count, position: 1, isInnermost: false)
                let inner = epilogue.strides(output: 1, position: 0, isInnermost: true)
                let kernel = MapKernel(
                    source: Location(.output(0)), output: Location(.output(0)),
                    loops: [Loop(3, [count, count] + operands), Loop(count, [1, 1] + inner)],
                    epilogue: epilogue.instructions(channelsAt: 0))
                let memory = TestMemory(
                    inputs: [[0], generator.floats(3 * count)],
                    outputs: [generator.floats(3 * count)],
                    constants: generator.floats(count + 16))
                let problem = difference(memory.run(.map(kernel)), memory.expected(.map(kernel)))
                #expect(problem == nil, "\(epilogue.name) \(count)")
            }
        }
    }

    @Test func transposes() {
        for (rows, columns) in [(3, 50), (50, 3), (33, 35), (16, 16)] {
            var generator = SeededGenerator(rows)
            let kernel = MapKernel(
                source: Location(.input(0)), output: Location(.output(0)),
                loops: [
                    Loop(2, [rows * columns, rows * columns]), Loop(columns, [1, rows]),
                    Loop(rows, [columns, 1]),
                ], epilogue: [])
            let memory = TestMemory(
                inputs: [generator.floats(2 * rows * columns)],
                outputs: [generator.floats(2 * rows * columns)], constants: [])
            #expect(difference(memory.run(.map(kernel)), memory.expected(.map(kernel))) == nil)
        }
    }

    @Test func runsWithoutLoops() {
        let kernel = MapKernel(
            source: Location(.input(0)), output: Location(.output(0)), loops: [],
            epilogue: [.unary(UnaryFunction(.negate))])
        let memory = TestMemory(inputs: [[3]], outputs: [[0]], constants: [])
        #expect(memory.run(.map(kernel)) == [[-3]])
    }
}

@Suite struct FillTests {
    @Test func fillsBoxesAndNothingElse() {
        var generator = SeededGenerator(1)
        let kernel = FillKernel(
            value: -7,
            boxes: [
                FillKernel.Box(
                    output: Location(.output(0), 3), loops: [Loop(2, [20]), Loop(5, [1])]),
                FillKernel.Box(output: Location(.output(0), 50), loops: [Loop(4, [3])]),
                FillKernel.Box(
                    output: Location(.output(1)), loops: [Loop(3, [700]), Loop(650, [1])]),
                FillKernel.Box(output: Location(.output(0), 99), loops: []),
            ])
        let memory = TestMemory(
            inputs: [], outputs: [generator.floats(100), generator.floats(2100)], constants: [])
        #expect(memory.run(.fill(kernel)) == memory.expected(.fill(kernel)))
    }
}
