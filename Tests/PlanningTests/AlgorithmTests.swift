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
        ]

    @Test(arguments: convolutions, [Winograd.f2, .f4])
    func winogradAgreesWithTheDirectSum(_ model: Case, _ variant: Winograd) throws {
        let expected = Model.run(try Model.plan(model.text, options: Self.direct))
        let plan = try Model.plan(
            model.text, options: PlanOptions(forced: .init(winograd: variant)))
        #expect(plan.steps.contains { if case .winogradInput = $0.kernel { true } else { false } })
        let error = Model.error(Model.run(plan), expected)
        #expect(error < (variant == .f2 ? 3e-6 : 1e-5), "\(error)")
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
    ])
    func choicesAreReadAsWritten(_ text: String) {
        #expect(ContractionChoice(text)?.description == text)
    }

    @Test(arguments: [
        "", "direct", "direct 2x7 filters", "direct 2x7x2", "direct 0x7x2 filters",
        "direct 2x7x2 sideways", "winograd3/1x1 1x1x1 filters", "winograd4 1x1x1 filters",
        "winograd4/0x1 1x1x1 filters", "direct 2x7x2 filters prefetch now",
    ])
    func otherTextIsNoChoice(_ text: String) { #expect(ContractionChoice(text) == nil) }
}
