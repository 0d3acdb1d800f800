import IR
import Passes
import Plan
import Testing

/// Multiply-adds and bytes of kernels, by hand and by walking every address.
struct KernelCostTests {
    /// The costs of the steps of a graph without outputs' copies, for vectors of 4.
    private func costs(_ text: String) throws -> [KernelCost] {
        let graph = try GraphParser.parse(text)
        let (optimized, _) = Pipeline.run(graph, optimize: true)
        return Planner.plan(optimized, target: .generic, remarks: []).steps.map(\.kernel.cost)
    }

    /// 6x6 positions x 16 filters x 27 products; weights are 27 for each filter and a bias.
    @Test func convolutionOf3x3() throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[1,8,8,3]
              %k = constant undefined : f32[3,3,3,16]
              %y = convolution %x, %k
              return %y
            }
            """)
        let expected = KernelCost(
            multiplyAdds: 15_552, weightBytes: (27 * 16 + 16) * 4, readBytes: 8 * 8 * 3 * 4,
            writtenBytes: 6 * 6 * 16 * 4)
        #expect(costs == [expected])
        #expect(expected.bytes == 1792 + 768 + 2304)
    }

    /// A border of zeros is written once, then a copy of the input; the convolution reads both.
    @Test func paddedConvolution() throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[1,8,8,4]
              %k = constant undefined : f32[3,3,4,4]
              %y = convolution %x, %k padding=[1:1,1:1]
              return %y
            }
            """)
        #expect(
            costs == [
                KernelCost(writtenBytes: (100 - 64) * 4 * 4),
                KernelCost(readBytes: 64 * 4 * 4, writtenBytes: 64 * 4 * 4),
                KernelCost(
                    multiplyAdds: 64 * 36 * 4, weightBytes: (36 * 4 + 4) * 4,
                    readBytes: 100 * 4 * 4, writtenBytes: 64 * 4 * 4),
            ])
    }

    /// A stride of 2 without a window leaves three pixels of four unread.
    @Test func stridedPointwiseConvolutionWithResidual() throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[2,8,8,4]
              %r = input : f32[2,4,4,8]
              %k = constant undefined : f32[1,1,4,8]
              %y = convolution %x, %k strides=[2,2]
              %z = binary %y, %r function=add
              return %z
            }
            """)
        let outputs = 2 * 4 * 4 * 8
        #expect(
            costs == [
                KernelCost(
                    multiplyAdds: outputs * 4, weightBytes: (4 * 8 + 8) * 4,
                    readBytes: (2 * 4 * 4 * 4 + outputs) * 4, writtenBytes: outputs * 4)
            ])
    }

    /// Six channels have weights for two vectors.
    @Test func depthwiseConvolution() throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[1,5,5,6]
              %k = constant undefined : f32[3,3,1,6]
              %y = convolution %x, %k groups=6
              return %y
            }
            """)
        #expect(
            costs == [
                KernelCost(
                    multiplyAdds: 9 * 9 * 6, weightBytes: (9 + 1) * 8 * 4, readBytes: 25 * 6 * 4,
                    writtenBytes: 9 * 6 * 4)
            ])
    }

    /// Windows overlap and reach over the edge; or leave cells out.
    @Test(arguments: [
        ("window=[3] strides=[2] padding=[0:1]", 6, 3), ("window=[1] strides=[2]", 3, 3),
        ("window=[2] strides=[4]", 4, 2),
    ])
    func pooling(_ attributes: String, _ read: Int, _ written: Int) throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[1,6,5]
              %y = pool %x kind=maximum \(attributes)
              return %y
            }
            """)
        #expect(costs == [KernelCost(readBytes: read * 5 * 4, writtenBytes: written * 5 * 4)])
    }

    /// Nearest reads 2 of 5 cells; linear interpolation reads two neighbours for each.
    @Test(arguments: [("nearest", 2), ("linear", 4)])
    func resampling(_ method: String, _ read: Int) throws {
        let costs = try costs(
            """
            graph g {
              %x = input : f32[1,5,3]
              %y = resize %x method=\(method) sizes=[1,2,3]
              return %y
            }
            """)
        #expect(costs == [KernelCost(readBytes: read * 3 * 4, writtenBytes: 2 * 3 * 4)])
    }

    @Test func productOfTwoComputedMatrices() throws {
        let costs = try costs(
            """
            graph g {
              %a = input : f32[2,3,5]
              %b = input : f32[2,5,7]
              %y = matmul %a, %b
              return %y
            }
            """)
        #expect(
            costs == [
                KernelCost(
                    multiplyAdds: 2 * 3 * 5 * 7, readBytes: (2 * 15 + 2 * 35) * 4,
                    writtenBytes: 2 * 21 * 4)
            ])
    }

    /// What loops of random graphs reach, address by address.
    @Test(arguments: 0..<200)
    func bytesAreThoseOfTheAddressesReached(_ seed: Int) throws {
        let graph = RandomGraph.make(seed: UInt64(seed))
        let (optimized, _) = Pipeline.run(graph, optimize: seed % 2 == 0)
        let plan = Planner.plan(optimized, target: .generic, remarks: [])
        for step in plan.steps {
            guard let walked = Walked(step.kernel) else { continue }
            let cost = step.kernel.cost
            #expect(cost.writtenBytes == walked.written * 4, "\(step.name)\n\(optimized)")
            #expect(cost.readBytes == walked.read * 4, "\(step.name)\n\(optimized)")
        }
    }
}

/// How many elements a kernel of plain loops reaches, counted one by one.
private struct Walked {
    private(set) var read = 0
    private(set) var written = 0

    /// nil for kernels that are more than loops.
    init?(_ kernel: Kernel) {
        switch kernel {
        case .contraction(let k):
            let groups = Loop(k.groups, [k.inputGroupStride])
            add(k.input, k.positions, stream: 0, and: k.reduction + [groups])
            let filters = Loop(k.filters * k.groups, k.filterStrides)
            add(k.epilogue, k.positions + [filters])
            written = Self.count(k.positions + [filters], 1)
        case .depthwise(let k):
            let channels = Loop(k.channels, k.channelStrides)
            add(k.input, k.positions + [channels], stream: 0, and: k.taps)
            add(k.epilogue, k.positions + [channels])
            written = Self.count(k.positions + [channels], 1)
        case .map(let k):
            add(k.source, k.loops, stream: 0)
            add(k.epilogue, k.loops)
            written = Self.count(k.loops, 1)
        case .reduce(let k):
            add(k.input, k.kept, stream: 0, and: k.reduced)
            add(k.epilogue, k.kept)
            written = Self.count(k.kept, 1)
        case .row(let k):
            add(k.input, k.rows + k.row, stream: 0)
            add(k.epilogue, k.rows + k.row)
            written = Self.count(k.rows + k.row, 1)
        case .fill(let k):
            for box in k.boxes { written += Self.count(box.loops, 0) }
        default: return nil
        }
    }

    private static func addresses(_ loops: [Loop], _ stream: Int) -> Set<Int> {
        loops.reduce(into: [0]) { reached, loop in
            reached = Set(
                reached.flatMap { start in
                    (0..<loop.count).map { start + $0 * loop.strides[stream] }
                })
        }
    }

    private static func count(_ loops: [Loop], _ stream: Int) -> Int {
        addresses(loops, stream).count
    }

    private mutating func add(
        _ location: Location, _ loops: [Loop], stream: Int, and inner: [Loop] = []
    ) {
        guard location.region != .constants else { return }
        let steps = Self.addresses(inner, 0)
        read +=
            Set(Self.addresses(loops, stream).flatMap { start in steps.map { start + $0 } })
            .count
    }

    private mutating func add(_ epilogue: [EpilogueInstruction], _ loops: [Loop]) {
        for instruction in epilogue {
            switch instruction {
            case .unary: break
            case .scaleShift(let scale, let shift):
                add(scale.location, loops, stream: scale.stream)
                add(shift.location, loops, stream: shift.stream)
            case .binary(_, let operand, _): add(operand.location, loops, stream: operand.stream)
            }
        }
    }
}
