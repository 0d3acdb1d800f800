import Compiler
import Diagnostics
import Foundation
import IR
import Passes
import Plan
import Testing

/// Shared layers, models inside models, open sizes, batches.
@Suite struct GraphTests {
    static func model(_ layers: String...) throws -> CheckedParts {
        let text = "layers:\n" + layers.map { "  - \($0)\n" }.joined()
        var bag = DiagnosticBag()
        let model = Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag)
        let checked = try #require(model, "\(bag.diagnostics.map(\.message))")
        let weights = try #require(Weights.load(for: checked, into: &bag))
        return CheckedParts(
            plan: Compiler.plan(
                Compiler.lower(checked, weights), target: Engine.interpreter.target),
            parameters: checked.weights.reduce(0) { $0 + $1.count })
    }

    struct CheckedParts {
        let plan: Plan
        let parameters: Int
    }

    /// All samples of a case as one batch, with and without passes.
    @Test(arguments: Repository.caseNames.filter { !unsupportedCases.contains($0) })
    func interpreterAgreesOnWholeBatches(_ name: String) async throws {
        let item = try ConformanceTests.load(name)
        let run = ConformanceRun([item], on: [.unoptimized, .interpreter], isWhole: true)
        for outcome in try await run.run()[0] {
            #expect(
                outcome.passes,
                "\(name) on \(outcome.engine.rawValue): error \(outcome.error.largest), tolerance \(item.tolerance)"
            )
        }
    }

    @Test(.timeLimit(.minutes(45)))
    func emittedSwiftAgreesOnWholeBatches() async throws {
        let names = Repository.caseNames.enumerated().filter {
            !unsupportedCases.contains($0.element)
                && ($0.offset % 12 == 0 || $0.element.hasPrefix("graph-"))
        }.map(\.element)
        let items = try names.map(ConformanceTests.load)
        let outcomes = try await ConformanceRun(items, on: [.compiled], isWhole: true).run()
        for (name, own) in zip(names, outcomes) {
            #expect(
                own[0].passes,
                "\(name) compiled: error \(own[0].error.largest) in `\(own[0].error.output)`")
        }
    }

    @Test func aSharedLayersWeightsAreStoredOnce() throws {
        let once = try Self.model("Input: {shape: [64]}", "Dense: {units: 64, name: encode}")
        let twice = try Self.model(
            "Input: {shape: [64]}", "Dense: {units: 64, name: encode}", "Reuse: {layer: encode}")
        #expect(twice.parameters == once.parameters)
        #expect(twice.plan.constants.count == once.plan.constants.count)
    }

    /// Each use folds its own BatchNormalization; equal results are stored once, others apart.
    @Test func foldedWeightsOfSharedLayersAreRight() throws {
        let inner =
            "layers: [Input: {shape: [8, 8, 4]}, Conv2D: {filters: 16, kernel_size: 3, use_bias: false}, "
            + "BatchNormalization: {beta_initializer: random_normal}, ReLU]"
        let once = try Self.model(
            "Input: {shape: [8, 8, 4], name: x}", "Model: {name: encoder, \(inner)}")
        let twice = try Self.model(
            "Input: {shape: [8, 8, 4], name: x}", "Model: {name: encoder, \(inner)}",
            "Reuse: {layer: encoder, inputs: x}", "Add: {inputs: [encoder, encoder.2]}")
        #expect(twice.parameters == once.parameters)
        #expect(twice.plan.constants.count == once.plan.constants.count)
    }

    /// `mode: batch` normalizes by the samples at hand, so all of them are one prediction.
    @Test func aWholeBatchIsPredictedAtOnce() throws {
        let text = """
            layers:
              - Input: {shape: [2]}
              - BatchNormalization: {mode: batch}
            """
        var bag = DiagnosticBag()
        let model = try #require(
            Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag))
        #expect(model.batch(ofSamples: 2) == 2)
        let weights = try #require(Weights.load(for: model, into: &bag))
        let plan = Compiler.plan(
            Compiler.lower(model, weights, batch: model.batch(ofSamples: 2)),
            target: Engine.interpreter.target)
        let input = PredictionInput(count: 2, hasBatchAxis: true, values: [[1, 2, 3, 6]])
        let prediction = Prediction.interpret(plan, input)
        let (a, b) = (Float(1 / 1.001.squareRoot()), Float(2 / 4.001.squareRoot()))
        for (found, expected) in zip(prediction.values[0], [-a, -b, a, b]) {
            #expect(abs(found - expected) < 1e-6)
        }
        #expect(prediction.sample(1).count == 2)
    }

    static func codes(_ layers: String..., sizes: [String: Int] = [:]) -> [String] {
        let text = "layers:\n" + layers.map { "  - \($0)\n" }.joined()
        var bag = DiagnosticBag()
        let model = Compiler.check(
            SourceFile(path: "model.yaml", text: text), sizes: sizes, into: &bag)
        #expect((model == nil) == bag.hasErrors)
        return bag.sorted().map { $0.code.id }
    }

    @Test func aBoundSizeIsANumber() {
        let layers = ["Input: {shape: [time, 4], name: x}", "Flatten", "Dense: {units: 2}"]
        #expect(Self.codes(layers[0], layers[1], layers[2]) == ["BNC2014", "BNC2014"])
        #expect(Self.codes(layers[0], layers[1], layers[2], sizes: ["time": 3]) == [])
        #expect(Self.codes(layers[0], "LSTM: {units: 3}") == ["BNC2014"])
        #expect(Self.codes(layers[0], sizes: ["time": 3, "tme": 4]) == ["BNC2014"])
        #expect(Self.codes("Input: {shape: [null, 4], name: x}", sizes: ["x.0": 3]) == [])
        // What is wrong with the number is found with it.
        #expect(
            Self.codes(
                layers[0], "Conv1D: {filters: 2, kernel_size: 5}", sizes: ["time": 3])
                == ["BNC2103"])
    }

    /// Graphs inside wrappers inside graphs are checked once each.
    @Test func deepNestingTakesNoTime() throws {
        var text = "Dense: {units: 4}"
        for _ in 0..<8 {
            text =
                "Sequential: {layers: [Model: {layers: [Input: {shape: [4]}, {\(text)}, Identity]}]}"
        }
        let model = try Self.model("Input: {shape: [4]}", text)
        #expect(model.parameters == 20)
    }
}
