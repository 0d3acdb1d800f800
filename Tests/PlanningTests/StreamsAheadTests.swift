import Plan
import Testing

/// Which contractions ask for their next tile while they compute one.
@Suite struct StreamsAheadTests {
    private func contractions(_ plan: Plan) -> [(name: String, kernel: ContractionKernel)] {
        plan.steps.compactMap { step in
            guard case .contraction(let kernel) = step.kernel else { return nil }
            return (step.name, kernel)
        }
    }

    @Test func largeResidualsAreAskedFor() throws {
        let plan = try BenchmarkModel.plan("resnet50")
        let all = contractions(plan)
        let adding = try #require(all.first { $0.name.hasPrefix("conv2_block1_3_conv") })
        // Its input is small; the result and the residual are not.
        #expect(adding.kernel.streamsAhead == [1, 2])
        let reducing = try #require(all.first { $0.name.hasPrefix("conv2_block2_1_conv") })
        #expect(reducing.kernel.streamsAhead == [0])
        // What fits into the second-level cache, and what runs by strips, needs no asking.
        let late = all.filter { $0.name.hasPrefix("conv5") }
        #expect(!late.isEmpty && late.allSatisfy { $0.kernel.streamsAhead.isEmpty })
    }

    @Test func onlyWhereThereAreInstructionsForIt() throws {
        let plan = try BenchmarkModel.plan("resnet50", target: .generic)
        #expect(contractions(plan).allSatisfy { $0.kernel.streamsAhead.isEmpty })
    }

    /// Rounds of the reduction in which positions are asked for: enough for a whole tile, in equal
    /// parts.
    @Test(arguments: [1, 3, 4, 7, 16, 27, 64, 147, 1024], [1, 6, 14, 28])
    func stepsDivideTheReduction(_ last: Int, _ columns: Int) throws {
        let plan = try BenchmarkModel.plan("seed_cnn32")
        var kernel = try #require(contractions(plan).first).kernel
        let outer = 3
        kernel.tile = Tile(rows: 1, columns: columns, vectors: 1)
        kernel.reduction = [Loop(outer, [64]), Loop(last, [1])]
        guard let steps = kernel.aheadSteps else {
            #expect((4...8).allSatisfy { last % $0 != 0 || last / $0 * outer < columns })
            return
        }
        #expect(last % steps == 0)
        #expect(last / steps * outer >= columns)
    }
}
