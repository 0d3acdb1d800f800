import IR
import Interpreter
import Plan
import Testing

/// A kernel's parts do together what it does: every element once, with the same bits, in any order.
@Suite struct KernelPartsTests {
    /// Compares all cuts into 2 to 9 parts with the whole.
    ///
    /// - Returns: how many cuts there were.
    @discardableResult
    private func check(
        _ kernel: Kernel, on memory: TestMemory, _ label: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Int {
        var generator = SeededGenerator(label.utf8.count)
        var memory = memory
        // Numbers whose sums depend on their order, unlike those of the other tests.
        func rough(_ values: [Float]) -> [Float] {
            values.map { _ in Float.random(in: -1...1, using: &generator) }
        }
        memory.inputs = memory.inputs.map(rough)
        memory.outputs = memory.outputs.map(rough)
        memory.constants = rough(memory.constants)
        var other = memory
        other.outputs = memory.outputs.map { $0.map { $0 + 100 } }
        let whole = memory.run(kernel)
        let written = Self.written(kernel, memory, other)
        var cuts = 0
        for count in 2...9 {
            for parts in kernel.cuts(into: count) {
                cuts += 1
                #expect((2...count).contains(parts.count), sourceLocation: sourceLocation)
                var done = memory
                for part in parts.shuffled(using: &generator) { done.outputs = done.run(part) }
                #expect(
                    Self.bits(done.outputs) == Self.bits(whole), "\(label): \(count) parts",
                    sourceLocation: sourceLocation)
                var times = written.map { $0.map { _ in 0 } }
                for part in parts {
                    for (output, places) in Self.written(part, memory, other).enumerated() {
                        for (place, isWritten) in places.enumerated() where isWritten {
                            times[output][place] += 1
                        }
                    }
                }
                #expect(
                    times == written.map { $0.map { $0 ? 1 : 0 } }, "\(label): \(count) parts",
                    sourceLocation: sourceLocation)
            }
        }
        return cuts
    }

    /// The elements that a kernel writes: what differs from what was there, or was there in one of two
    /// memories with different outputs.
    private static func written(
        _ kernel: Kernel, _ memory: TestMemory, _ other: TestMemory
    ) -> [[Bool]] {
        let (a, b) = (memory.run(kernel), other.run(kernel))
        return memory.outputs.indices.map { output in
            memory.outputs[output].indices.map { place in
                a[output][place] != memory.outputs[output][place]
                    || b[output][place] != other.outputs[output][place]
            }
        }
    }

    private static func bits(_ values: [[Float]]) -> [[UInt32]] {
        values.map { $0.map(\.bitPattern) }
    }

    @Test(arguments: EpilogueCase.all.indices)
    func contractions(_ index: Int) {
        let epilogue = EpilogueCase.all[index]
        var cuts = 0
        for seed in 0..<24 {
            var generator = SeededGenerator(index * 100 + seed)
            let shape = ContractionTests.Shape(
                filters: generator.integer(1...70), groups: [1, 1, 3][seed % 3],
                lanes: [4, 8, 16][seed % 3],
                tile: Tile(
                    rows: generator.integer(1...3), columns: generator.integer(1...4),
                    vectors: generator.integer(1...3)),
                order: seed % 2 == 0 ? .filtersOuter : .positionsOuter,
                positions: [[9], [1], [7, 5], [2, 6, 5], [], [23]][seed % 6],
                reduction: [[3], [1], [2, 13]][seed % 3])
            let (memory, kernel) = ContractionTests.make(shape, epilogue, seed: seed)
            cuts += check(.contraction(kernel), on: memory, "\(shape) \(epilogue.name)")
        }
        #expect(cuts > 100)
    }

    @Test(arguments: EpilogueCase.all.indices)
    func depthwise(_ index: Int) {
        let epilogue = EpilogueCase.all[index]
        for (counts, channels) in [([7, 9], 5), ([2, 3, 11], 16), ([23], 37)] {
            var generator = SeededGenerator(index + channels)
            let output = outputStrides(counts, inner: channels)
            let walk = outputStrides(counts, inner: 1).strides
            let pitch = (channels + 3) / 4 * 4
            let positions = counts.enumerated().map { axis, count in
                Loop(
                    count,
                    [output.strides[axis], output.strides[axis]]
                        + epilogue.strides(
                            output: output.strides[axis], position: walk[axis], isInnermost: false))
            }
            let kernel = DepthwiseKernel(
                input: Location(.input(0)), output: Location(.output(0)), positions: positions,
                taps: [Loop(3, [channels])], channels: channels,
                channelStrides: [1, 1]
                    + epilogue.strides(output: 1, position: 0, isInnermost: true),
                lanes: 4, weights: Location(.constants), bias: Location(.constants, 3 * pitch),
                epilogue: epilogue.instructions(channelsAt: 4 * pitch))
            let memory = TestMemory(
                inputs: [
                    generator.floats(output.count + 2 * channels), generator.floats(output.count),
                ],
                outputs: [generator.floats(output.count)],
                constants: generator.floats(6 * pitch + 16))
            #expect(check(.depthwise(kernel), on: memory, "\(counts) \(epilogue.name)") >= 8)
        }
    }

    @Test(arguments: EpilogueCase.all.indices)
    func pools(_ index: Int) {
        let epilogue = EpilogueCase.all[index]
        for (number, windows) in PoolTests.windows.enumerated() {
            for kind in PoolOp.Kind.allCases {
                for channels in [3, 16, 70] {
                    let (memory, kernel) = PoolTests.make(
                        kind, windows, channels: channels, epilogue, seed: number)
                    let cuts = check(
                        .pool(kernel), on: memory, "\(windows) \(kind) \(channels) \(epilogue.name)"
                    )
                    #expect(cuts > 0)
                }
            }
        }
    }

    @Test(arguments: EpilogueCase.all.indices)
    func matrices(_ index: Int) {
        let epilogue = EpilogueCase.all[index]
        for (rows, columns) in [(5, 9), (1, 50), (13, 33)] {
            for isTransposed in [false, true] {
                let (memory, kernel) = MatmulTests.make(
                    rows: rows, columns: columns, inner: 11, isTransposed: isTransposed,
                    isLeftTransposed: false, epilogue, seed: rows)
                #expect(
                    check(.matmul(kernel), on: memory, "\(rows)x\(columns) \(epilogue.name)") >= 8)
            }
        }
    }

    @Test(arguments: EpilogueCase.all.indices)
    func maps(_ index: Int) {
        let epilogue = EpilogueCase.all[index]
        for isInPlace in [false, true] {
            for (rows, count) in [(9, 5), (3, 40), (1, 200)] {
                var generator = SeededGenerator(count)
                let operands = epilogue.strides(output: count, position: 1, isInnermost: false)
                let inner = epilogue.strides(output: 1, position: 0, isInnermost: true)
                let kernel = MapKernel(
                    source: Location(isInPlace ? .output(0) : .input(0)),
                    output: Location(.output(0)),
                    loops: [Loop(rows, [count, count] + operands), Loop(count, [1, 1] + inner)],
                    epilogue: epilogue.instructions(channelsAt: 0))
                let memory = TestMemory(
                    inputs: [generator.floats(rows * count), generator.floats(rows * count)],
                    outputs: [generator.floats(rows * count)],
                    constants: generator.floats(count + 16))
                let cuts = check(
                    .map(kernel), on: memory, "\(rows)x\(count) \(isInPlace) \(epilogue.name)")
                #expect(cuts >= 8)
            }
        }
    }

    @Test(arguments: ReduceOp.Kind.allCases)
    func reductions(_ kind: ReduceOp.Kind) {
        for epilogue in EpilogueCase.all {
            for count in [3, 17, 40] {
                for layout in 0..<3 {
                    let (memory, kernel) = ReduceTests.make(
                        kind, count, layout, epilogue, seed: count)
                    check(.reduce(kernel), on: memory, "\(kind) \(count) \(epilogue.name)")
                }
            }
        }
    }

    @Test(arguments: RowTests.functions.indices)
    func rows(_ index: Int) {
        for epilogue in EpilogueCase.all {
            for (layout, isInPlace) in [(0, true), (1, false), (2, true)] {
                let (memory, kernel) = RowTests.make(
                    RowTests.functions[index], count: 7, layout: layout, epilogue,
                    isInPlace: isInPlace, seed: layout)
                check(.row(kernel), on: memory, "\(index) \(layout) \(epilogue.name)")
            }
        }
    }

    @Test(arguments: ResizeOp.Method.allCases)
    func resizing(_ method: ResizeOp.Method) {
        for (from, to) in [
            ([3, 4, 5], [3, 7, 5]), ([4, 2, 40], [9, 2, 40]), ([5, 6], [7, 9]),
        ] {
            var generator = SeededGenerator(from[0])
            let (inputStrides, outputStrides) = (View.rowMajor(from), View.rowMajor(to))
            let kernel = ResizeKernel(
                method: method, input: Location(.input(0)), output: Location(.output(0)),
                axes: from.indices.map { axis in
                    ResizeKernel.Axis(
                        inputSize: from[axis], outputSize: to[axis],
                        inputStride: inputStrides[axis], outputStride: outputStrides[axis])
                })
            let memory = TestMemory(
                inputs: [generator.floats(from.reduce(1, *))],
                outputs: [generator.floats(to.reduce(1, *))], constants: [])
            let cuts = check(.resize(kernel), on: memory, "\(from) to \(to)")
            #expect((cuts > 0) == (from.count == 3))
        }
    }

    @Test func partsOfOneSizeHaveOneForm() {
        let shape = ContractionTests.Shape(
            filters: 64, groups: 1, lanes: 16, tile: Tile(rows: 1, columns: 4, vectors: 2),
            order: .filtersOuter, positions: [8, 8], reduction: [3, 16])
        let (_, kernel) = ContractionTests.make(shape, EpilogueCase.all[1], seed: 1)
        for parts in Kernel.contraction(kernel).cuts(into: 2) {
            #expect(Set(parts.map(\.form)).count == 1)
        }
    }
}
