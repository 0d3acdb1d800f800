import Plan
import Testing

/// Every way to compute a convolution against the direct sum.
@Suite struct AlgorithmTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var text: String

        init(_ name: String, _ text: String) {
            testDescription = name
            self.text = text
        }
    }

    static let direct = PlanOptions(transforms: false)

    /// Sizes around the tiles', channels around the vectors', epilogues, two and three axes.
    static let convolutions: [Case] =
        [12, 13, 14, 15].flatMap { size in
            [(16, 16), (3, 37), (256, 20)].map { channels, filters in
                Case(
                    "\(size)x11x\(channels) to \(filters)",
                    """
                    layers:
                      - Input: {shape: [\(size), 11, \(channels)]}
                      - Conv2D: {filters: \(filters), kernel_size: 3, padding: same, activation: tanh}
                    """)
            }
        } + [
            Case(
                "residual",
                """
                layers:
                  - Input: {shape: [15, 13, 24]}
                  - ReLU: {name: start}
                  - Conv2D: {filters: 24, kernel_size: 3, padding: same, activation: relu, name: a}
                  - Conv2D: {filters: 24, kernel_size: 3, padding: same, name: b}
                  - Add: {inputs: [start, b]}
                  - ReLU
                """),
            Case(
                "without padding, one tile",
                """
                layers:
                  - Input: {shape: [4, 3, 16]}
                  - Conv2D: {filters: 16, kernel_size: 3}
                """),
            Case(
                "three axes, strided and dilated in depth",
                """
                layers:
                  - Input: {shape: [9, 14, 13, 16]}
                  - Conv3D: {filters: 18, kernel_size: 3, padding: same, activation: relu}
                  - Conv3D: {filters: 19, kernel_size: [2, 3, 3], strides: [2, 1, 1]}
                  - Conv3D: {filters: 16, kernel_size: 3, padding: same, dilation_rate: [2, 1, 1]}
                """),
            Case(
                "one axis, whole and ragged",
                """
                layers:
                  - Input: {shape: [61, 20]}
                  - Conv1D: {filters: 24, kernel_size: 3, padding: same, activation: relu, name: a}
                  - Conv1D: {filters: 24, kernel_size: 5, padding: causal, name: b}
                  - Add: {inputs: [a, b]}
                  - Conv1D: {filters: 19, kernel_size: 7}
                """),
            Case(
                "one axis, dilated: tiles inside each other",
                """
                layers:
                  - Input: {shape: [48, 16]}
                  - Conv1D: {filters: 16, kernel_size: 3, padding: causal, dilation_rate: 2, name: a}
                  - Conv1D: {filters: 16, kernel_size: 3, padding: same, dilation_rate: 6, name: b}
                  - Add: {inputs: [a, b]}
                  - Conv1D: {filters: 33, kernel_size: 5, padding: same, dilation_rate: 3}
                """),
            Case(
                "along one axis of two, 5x5",
                """
                layers:
                  - Input: {shape: [17, 18, 16]}
                  - Conv2D: {filters: 16, kernel_size: [1, 3], padding: same, activation: relu}
                  - Conv2D: {filters: 20, kernel_size: [5, 1], padding: same}
                  - Conv2D: {filters: 16, kernel_size: [1, 7], padding: same, activation: relu}
                  - Conv2D: {filters: 16, kernel_size: 5, padding: same}
                  - Conv2D: {filters: 17, kernel_size: 5}
                """),
            Case(
                "two axes, dilated",
                """
                layers:
                  - Input: {shape: [24, 16, 16]}
                  - Conv2D: {filters: 16, kernel_size: 3, padding: same, dilation_rate: 2, name: a}
                  - Conv2D: {filters: 16, kernel_size: 3, padding: same, dilation_rate: [3, 1], name: b}
                  - Add: {inputs: [a, b]}
                """),
        ]

    @Test(arguments: convolutions, Winograd.Size.allCases)
    func winogradAgreesWithTheDirectSum(_ model: Case, _ size: Winograd.Size) throws {
        let expected = Model.run(try Model.plan(model.text, options: Self.direct))
        let plan = try Model.plan(
            model.text, options: PlanOptions(forced: .init(winograd: size)))
        #expect(plan.steps.contains { if case .winogradInput = $0.kernel { true } else { false } })
        let error = Model.error(Model.run(plan), expected)
        #expect(error < (plan.accuracy.lessExactLayers == 0 ? 3e-6 : 1e-5), "\(error)")
        #expect(
            plan.steps.allSatisfy { step in
                if case .contraction(let kernel) = step.kernel { kernel.groups > 1 } else { true }
            }, "a convolution was computed directly")
    }

    /// Blocks of tiles of any size, with and without remainders, give the same bits.
    @Test(arguments: ["1x3", "2x8", "3x8", "1x8", "1x5", "8x8"])
    func blocksOfTilesAgree(_ block: String) throws {
        let text = """
            layers:
              - Input: {shape: [29, 30, 20]}
              - Conv2D: {filters: 24, kernel_size: 3, padding: same, activation: relu}
            """
        let key = "3x3x20 s1x1 1x29x30 -> 24"
        func run(_ block: String) throws -> [Float] {
            let choice = try #require(ContractionChoice("winograd4/\(block) 1x2x4 filters"))
            return Model.run(
                try Model.plan(text, options: PlanOptions(choices: [key: choice])))
        }
        #expect(try run(block) == run("4x8"))
    }

    /// Tiles of a dilated filter stand inside each other, and would be ragged each by itself.
    @Test(arguments: [(46, 6), (45, 2)])
    func raggedTilesOfADilatedFilterAreLeftToTheDirectSum(_ size: Int, _ dilation: Int) throws {
        let plan = try Model.plan(
            """
            layers:
              - Input: {shape: [\(size), 16]}
              - Conv1D: {filters: 16, kernel_size: 3, padding: same, dilation_rate: \(dilation)}
            """, options: PlanOptions(forced: .init(winograd: .largest)))
        #expect(!plan.steps.contains { if case .winogradInput = $0.kernel { true } else { false } })
    }

    @Test func strictModeNeverTakesTheLessExactVariant() throws {
        let text = """
            layers:
              - Input: {shape: [56, 56, 64]}
              - Conv2D: {filters: 64, kernel_size: 3, padding: same}
            """
        func variants(_ math: MathMode) throws -> Set<Winograd> {
            Set(
                try Model.plan(text, target: .x86v4, options: PlanOptions(math: math)).steps
                    .compactMap { step in
                        if case .winogradInput(let kernel) = step.kernel {
                            kernel.variant
                        } else {
                            nil
                        }
                    })
        }
        #expect(try variants(.fast) == [.f4])
        #expect(try variants(.strict) == [.f2])
    }

    @Test(arguments: [
        "direct 2x7x2 filters", "direct 1x14x2 positions", "direct 4x7x1 filters prefetch",
        "winograd2/7x7 1x13x2 filters prefetch", "winograd4/1x14 1x14x2 filters",
        "winograd4x1,5x1/64x1 1x14x2 filters", "winograd1x4,1x3/8x2 1x14x2 filters",
        "winograd2x2,5x5/8x8 1x14x2 filters",
    ])
    func choicesAreReadAsWritten(_ text: String) {
        #expect(ContractionChoice(text)?.description == text)
    }

    @Test(arguments: [
        "", "direct", "direct 2x7 filters", "direct 2x7x2", "direct 0x7x2 filters",
        "direct 2x7x2 sideways", "winograd3/1x1 1x1x1 filters", "winograd4 1x1x1 filters",
        "winograd4/0x1 1x1x1 filters", "direct 2x7x2 filters prefetch now",
        "winograd/1x1 1x1x1 filters", "winograd4x4/1x1 1x1x1 filters",
        "winograd4x4,5x5/1x1 1x1x1 filters", "winograd4x,3x/1x1 1x1x1 filters",
    ])
    func otherTextIsNoChoice(_ text: String) { #expect(ContractionChoice(text) == nil) }
}
