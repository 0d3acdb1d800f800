import IR
import Interpreter
import Plan
import Testing

@Suite struct DepthwiseTests {
    @Test(arguments: 1...17)
    func agreesForEachNumberOfChannels(channels: Int) {
        var seed = channels * 100
        let pitch = (channels + 3) / 4 * 4
        for epilogue in EpilogueCase.all {
            for inputStride in [1, 1, 1, 0, 2] {
                seed += 1
                var generator = SeededGenerator(seed)
                let counts = [[7], [1], [3, 2], [2, 3, 2], []][seed % 5]
                let output = outputStrides(counts, inner: channels)
                let walk = outputStrides(counts, inner: 1).strides
                var reach = inputStride * (channels - 1)
                let positions = counts.enumerated().map { axis, count in
                    let stride = generator.integer(1...20)
                    reach += stride * (count - 1)
                    let operands = epilogue.strides(
                        output: output.strides[axis], position: walk[axis], isInnermost: false)
                    return Loop(count, [stride, output.strides[axis]] + operands)
                }
                let taps = [3, 2].map { count in
                    let stride = generator.integer(1...20)
                    reach += stride * (count - 1)
                    return Loop(count, [stride])
                }
                let kernel = DepthwiseKernel(
                    input: Location(.input(0)), output: Location(.output(0)),
                    positions: positions, taps: taps, channels: channels,
                    channelStrides: [inputStride, 1]
                        + epilogue.strides(output: 1, position: 0, isInnermost: true),
                    lanes: 4, weights: Location(.constants),
                    bias: Location(.constants, 6 * pitch),
                    epilogue: epilogue.instructions(channelsAt: 7 * pitch))
                let memory = TestMemory(
                    inputs: [generator.floats(reach + 1), generator.floats(output.count)],
                    outputs: [generator.floats(output.count)],
                    constants: generator.floats(9 * pitch + 16))
                let problem = difference(
                    memory.run(.depthwise(kernel)), memory.expected(.depthwise(kernel)))
                #expect(problem == nil, "\(counts) \(inputStride) \(epilogue.name)")
            }
        }
    }

    @Test func agreesForManyPositions() {
        var generator = SeededGenerator(3)
        let channels = 5
        let kernel = DepthwiseKernel(
            input: Location(.input(0)), output: Location(.output(0)),
            positions: [Loop(2503, [channels, channels])], taps: [Loop(3, [channels])],
            channels: channels, channelStrides: [1, 1], lanes: 4,
            weights: Location(.constants), bias: Location(.constants, 3 * 8),
            epilogue: [.unary(UnaryFunction(.clippedReLU, 1))])
        let memory = TestMemory(
            inputs: [generator.floats(2505 * channels)],
            outputs: [generator.floats(2503 * channels)],
            constants: generator.floats(4 * 8))
        let problem = difference(
            memory.run(.depthwise(kernel)), memory.expected(.depthwise(kernel)))
        #expect(problem == nil)
    }
}

@Suite struct PoolTests {
    struct Window {
        var input: Int
        var window: Int
        var stride: Int
        var before: Int
        var after: Int
        var output: Int { (input + before + after - window) / stride + 1 }
    }

    static let windows: [[Window]] = [
        [Window(input: 9, window: 3, stride: 2, before: 0, after: 0)],
        [
            Window(input: 5, window: 3, stride: 2, before: 1, after: 1),
            Window(input: 6, window: 2, stride: 2, before: 0, after: 0),
        ],
        [
            Window(input: 4, window: 2, stride: 1, before: 0, after: 1),
            Window(input: 1, window: 1, stride: 1, before: 0, after: 0),
            Window(input: 5, window: 4, stride: 3, before: 2, after: 1),
        ],
    ]

    @Test(arguments: [1, 2, 3, 4, 5, 8, 11, 16, 17, 31, 38])
    func agreesForEachNumberOfChannels(channels: Int) {
        var seed = channels * 100
        for windows in Self.windows {
            for epilogue in EpilogueCase.all {
                for kind in PoolOp.Kind.allCases {
                    seed += 1
                    let (memory, kernel) = Self.make(
                        kind, windows, channels: channels, epilogue, seed: seed)
                    let problem = difference(
                        memory.run(.pool(kernel)), memory.expected(.pool(kernel)))
                    #expect(problem == nil, "\(windows) \(kind) \(epilogue.name)")
                }
            }
        }
    }

    static func make(
        _ kind: PoolOp.Kind, _ windows: [Window], channels: Int, _ epilogue: EpilogueCase,
        seed: Int
    ) -> (TestMemory, PoolKernel) {
        var generator = SeededGenerator(seed)
        let input = outputStrides([2] + windows.map(\.input), inner: channels, gap: 1)
        let output = outputStrides([2] + windows.map(\.output), inner: channels)
        let walk = outputStrides([2] + windows.map(\.output), inner: 1).strides
        let axes = windows.enumerated().map { axis, window in
            PoolKernel.Axis(
                input: window.input, output: window.output, window: window.window,
                stride: window.stride, before: window.before,
                inputStride: input.strides[axis + 1], outputStride: output.strides[axis + 1])
        }
        let perAxis = output.strides.indices.map { axis in
            epilogue.strides(
                output: output.strides[axis], position: walk[axis], isInnermost: false)
        }
        let channel = epilogue.strides(output: 1, position: 0, isInnermost: true)
        let kernel = PoolKernel(
            kind: kind, input: Location(.input(0)), output: Location(.output(0)),
            batch: Loop(2, [input.strides[0], output.strides[0]] + perAxis[0]), axes: axes,
            channels: channels,
            operandStrides: epilogue.operands.indices.map { operand in
                perAxis.dropFirst().map { $0[operand] } + [channel[operand]]
            },
            epilogue: epilogue.instructions(channelsAt: 0))
        let memory = TestMemory(
            inputs: [generator.floats(input.count), generator.floats(output.count)],
            outputs: [generator.floats(output.count)],
            constants: generator.floats(channels + 16))
        return (memory, kernel)
    }

    @Test func maximumIgnoresNaN() {
        for channels in [1, 4, 21] {
            var (memory, kernel) = Self.make(
                .maximum, Self.windows[1], channels: channels, EpilogueCase.all[0], seed: 5)
            for index in memory.inputs[0].indices where index % 3 != 0 {
                memory.inputs[0][index] = index % 7 == 0 ? -.infinity : .nan
            }
            let found = memory.run(.pool(kernel))
            #expect(difference(found, memory.expected(.pool(kernel))) == nil)
            kernel.kind = .average
            #expect(memory.run(.pool(kernel))[0].contains { $0.isNaN })
        }
    }

    @Test func maximumOfNothingButNaNIsTheLowestNumber() {
        var (memory, kernel) = Self.make(
            .maximum, Self.windows[0], channels: 5, EpilogueCase.all[0], seed: 5)
        memory.inputs[0] = memory.inputs[0].map { _ in .nan }
        let found = memory.run(.pool(kernel))[0]
        #expect(found.allSatisfy { $0 == -Float.greatestFiniteMagnitude })
    }
}
