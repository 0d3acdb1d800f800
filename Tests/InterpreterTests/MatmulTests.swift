import IR
import Interpreter
import Plan
import Testing

@Suite struct MatmulTests {
    @Test(arguments: 1...17)
    func agreesForEachNumberOfColumns(columns: Int) {
        var seed = columns * 100
        for epilogue in EpilogueCase.all {
            for layout in 0..<4 {
                seed += 1
                var generator = SeededGenerator(seed)
                let rows = generator.integer(1...6)
                let inner = generator.integer(1...9)
                let (memory, kernel) = Self.make(
                    rows: rows, columns: columns, inner: inner, isTransposed: layout & 1 != 0,
                    isLeftTransposed: layout & 2 != 0, epilogue, seed: seed)
                let problem = difference(
                    memory.run(.matmul(kernel)), memory.expected(.matmul(kernel)))
                #expect(problem == nil, "\(rows)x\(inner) \(layout) \(epilogue.name)")
            }
        }
    }

    @Test(arguments: [(40, 33, 65), (5, 100, 3), (1, 70, 40)])
    func agreesForLargerSizes(rows: Int, columns: Int, inner: Int) {
        for epilogue in EpilogueCase.all {
            for isTransposed in [false, true] {
                let (memory, kernel) = Self.make(
                    rows: rows, columns: columns, inner: inner, isTransposed: isTransposed,
                    isLeftTransposed: false, epilogue, seed: rows)
                let problem = difference(
                    memory.run(.matmul(kernel)), memory.expected(.matmul(kernel)))
                #expect(problem == nil, "\(isTransposed) \(epilogue.name)")
            }
        }
    }

    /// Two batches, the outer of which the right matrix doesn't have.
    static func make(
        rows: Int, columns: Int, inner: Int, isTransposed: Bool, isLeftTransposed: Bool,
        _ epilogue: EpilogueCase, seed: Int
    ) -> (TestMemory, MatmulKernel) {
        var generator = SeededGenerator(seed)
        let counts = [2, 3, rows]
        let output = outputStrides(counts, inner: columns).strides
        let walk = outputStrides(counts, inner: 1).strides
        func operands(_ axis: Int) -> [Int] {
            epilogue.strides(output: output[axis], position: walk[axis], isInnermost: false)
        }
        let (left, right) = (rows * inner, inner * columns)
        let kernel = MatmulKernel(
            a: Location(.input(0)), b: Location(.input(2)), output: Location(.output(0)),
            batch: [
                Loop(2, [3 * left, 0, output[0]] + operands(0)),
                Loop(3, [left, right, output[1]] + operands(1)),
            ],
            rows: Loop(rows, [isLeftTransposed ? 1 : inner, 0, output[2]] + operands(2)),
            columns: Loop(
                columns,
                [0, isTransposed ? inner : 1, 1]
                    + epilogue.strides(output: 1, position: 0, isInnermost: true)),
            inner: Loop(inner, [isLeftTransposed ? rows : 1, isTransposed ? 1 : columns]),
            epilogue: epilogue.instructions(channelsAt: 0).map(\.oneStreamFurther))
        let count = 6 * rows * columns
        let memory = TestMemory(
            inputs: [
                generator.floats(6 * left), generator.floats(count), generator.floats(3 * right),
            ],
            outputs: [generator.floats(count)], constants: generator.floats(columns + 16))
        return (memory, kernel)
    }
}

extension EpilogueInstruction {
    /// A matrix product has one more stream before those of the operands.
    var oneStreamFurther: Self {
        func moved(_ operand: Operand) -> Operand {
            Operand(operand.location, stream: operand.stream + 1)
        }
        return switch self {
        case .scaleShift(let scale, let shift):
            .scaleShift(scale: moved(scale), shift: moved(shift))
        case .unary: self
        case .binary(let function, let operand, let reversed):
            .binary(function, moved(operand), reversed: reversed)
        }
    }
}
