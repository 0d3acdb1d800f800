import IR
import Interpreter
import Plan
import Testing

/// Strides of nested loops over a tensor whose innermost stretch has `inner` elements, `gap` more
/// lying unused behind each of them; and how many elements the tensor has.
func outputStrides(
    _ counts: [Int], inner: Int, gap: Int = 0
) -> (strides: [Int], count: Int) {
    var strides: [Int] = []
    var size = inner + gap
    for count in counts.reversed() {
        strides.append(size)
        size *= count
    }
    return (strides.reversed(), size)
}

@Suite struct ContractionTests {
    struct Shape {
        var filters: Int
        var groups: Int
        var lanes: Int
        var tile: Tile
        var order: ContractionKernel.Order
        var positions: [Int]
        var reduction: [Int]
    }

    /// A kernel of this shape on random memory; the input's places overlap as windows do.
    static func make(
        _ shape: Shape, _ epilogue: EpilogueCase, seed: Int, lastStride: Int = 1
    ) -> (TestMemory, ContractionKernel) {
        var generator = SeededGenerator(seed)
        let gap = generator.integer(0...2)
        let output = outputStrides(
            shape.positions, inner: shape.filters * shape.groups, gap: gap)
        let walk = outputStrides(shape.positions, inner: 1).strides
        var reach = 0
        let positions = shape.positions.enumerated().map { axis, count in
            let stride = generator.integer(1...9)
            reach += stride * (count - 1)
            let operands = epilogue.strides(
                output: output.strides[axis], position: walk[axis], isInnermost: false)
            return Loop(count, [stride, output.strides[axis]] + operands)
        }
        let reduction = shape.reduction.enumerated().map { axis, count in
            let isLast = axis == shape.reduction.count - 1
            let stride = isLast ? lastStride : generator.integer(1...7)
            reach += stride * (count - 1)
            return Loop(count, [stride])
        }
        let groupStride = generator.integer(0...3)
        let filterStrides =
            [0, 1] + epilogue.strides(output: 1, position: 0, isInnermost: true)
        var kernel = ContractionKernel(
            input: Location(.input(0), 2), output: Location(.output(0)), positions: positions,
            reduction: reduction, filters: shape.filters, groups: shape.groups,
            inputGroupStride: groupStride, outputGroupStride: shape.filters,
            filterStrides: filterStrides, tile: shape.tile, lanes: shape.lanes,
            order: shape.order, prefetches: false, weights: Location(.constants), bias: nil,
            epilogue: [])
        let (weights, bias) = (kernel.layout.weightCount, kernel.layout.biasCount)
        kernel.bias = Location(.constants, weights)
        kernel.epilogue = epilogue.instructions(channelsAt: weights + bias)
        let inputCount = 2 + reach + groupStride * (shape.groups - 1) + 1
        // The last row's gap isn't part of the output: what is behind it must not be touched.
        let outputCount = output.count - gap
        let memory = TestMemory(
            inputs: [generator.floats(inputCount), generator.floats(outputCount)],
            outputs: [generator.floats(outputCount)],
            constants: generator.floats(weights + bias + shape.filters * shape.groups + 16))
        return (memory, kernel)
    }

    @Test(arguments: 1...17)
    func agreesForEachNumberOfFilters(filters: Int) {
        var seed = filters * 1000
        for lanes in [1, 2, 4, 8, 16] {
            for vectors in [1, 2, 3, 4, 8] {
                for epilogue in EpilogueCase.all {
                    seed += 1
                    let shape = Shape(
                        filters: filters, groups: 1 + seed % 3, lanes: lanes,
                        tile: Tile(rows: 1, columns: 4, vectors: vectors),
                        order: seed % 2 == 0 ? .filtersOuter : .positionsOuter,
                        positions: [[5], [1], [2, 3], [1, 2, 3], [], [7], [3, 5]][seed % 7],
                        reduction: [[3], [1], [2, 3], [2, 1, 4]][seed % 4])
                    let (memory, kernel) = Self.make(shape, epilogue, seed: seed)
                    let problem = difference(
                        memory.run(.contraction(kernel)), memory.expected(.contraction(kernel)))
                    #expect(problem == nil, "\(shape) \(epilogue.name)")
                }
            }
        }
    }

    @Test(arguments: 0..<60)
    func agreesForLargerShapes(seed: Int) {
        var generator = SeededGenerator(seed)
        let epilogue = EpilogueCase.all[seed % EpilogueCase.all.count]
        let shape = Shape(
            filters: generator.integer(18...70), groups: 1, lanes: [4, 8, 16][seed % 3],
            tile: Tile(rows: 1, columns: 4, vectors: generator.integer(1...8)),
            order: seed % 2 == 0 ? .filtersOuter : .positionsOuter,
            positions: (0..<3).map { _ in generator.integer(1...7) },
            reduction: [generator.integer(1...3), generator.integer(1...40)])
        let (memory, kernel) = Self.make(shape, epilogue, seed: seed)
        let problem = difference(
            memory.run(.contraction(kernel)), memory.expected(.contraction(kernel)))
        #expect(problem == nil, "\(shape) \(epilogue.name)")
    }

    /// Positions beyond one piece of the table of offsets.
    @Test(arguments: ContractionKernel.Order.allTested)
    func agreesForManyPositions(order: ContractionKernel.Order) {
        for epilogue in EpilogueCase.all {
            let shape = Shape(
                filters: 6, groups: 2, lanes: 4, tile: Tile(rows: 1, columns: 4, vectors: 2),
                order: order, positions: [35, 67], reduction: [2, 2])
            let (memory, kernel) = Self.make(shape, epilogue, seed: 7)
            let problem = difference(
                memory.run(.contraction(kernel)), memory.expected(.contraction(kernel)))
            #expect(problem == nil, "\(epilogue.name)")
        }
    }

    @Test func takesAReductionThatIsNotContiguous() {
        let shape = Shape(
            filters: 9, groups: 1, lanes: 4, tile: Tile(rows: 1, columns: 4, vectors: 2),
            order: .filtersOuter, positions: [5], reduction: [2, 3])
        let (memory, kernel) = Self.make(shape, EpilogueCase.all[0], seed: 1, lastStride: 2)
        let problem = difference(
            memory.run(.contraction(kernel)), memory.expected(.contraction(kernel)))
        #expect(problem == nil)
    }
}

extension ContractionKernel.Order {
    static let allTested: [Self] = [.filtersOuter, .positionsOuter]
}
