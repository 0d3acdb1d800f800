import Compiler
import Diagnostics
import IR
import Passes
import Spec
import Testing

/// What normalizations become when a model is compiled.
@Suite struct NormalizationTests {
    private func check(_ text: String) throws -> CheckedModel {
        var bag = DiagnosticBag()
        let model = Compiler.check(SourceFile(path: "model.yaml", text: text), into: &bag)
        return try #require(model, "\(bag.diagnostics.map { $0.message })")
    }

    @Test("Fixed statistics fold into a convolution; the batch's own don't")
    func batchNormalizationModes() throws {
        for (mode, folds) in [
            ("running", true), ("reference", true), ("frozen", true), ("batch", false),
        ] {
            let model = try check(
                """
                layers:
                  - Input: {shape: [8, 8, 3], name: x}
                  - Conv2D: {filters: 4, kernel_size: 3}
                  - BatchNormalization: {mode: \(mode)}
                  - ReLU
                """)
            #expect(model.layers.contains { $0.item.usesWholeBatch } == !folds)
            let graph = Lowering.lower(model, weights: Self.ones(model))
            let text = GraphPrinter().print(Pipeline.run(graph, optimize: true).0)
            #expect(text.contains("= convolution"))
            #expect(text.contains("= normalize") == !folds, "\(mode): \(text)")
            #expect(!text.contains("= batch_normalization"))
        }
    }

    @Test("A standardized kernel is a constant of its own, whatever wraps the layer")
    func weightStandardization() throws {
        for layer in [
            "WeightStandardization: {layer: {Conv2D: {filters: 2, kernel_size: 1}}}",
            "WeightStandardization: {layer: {SpectralNormalization: {layer: {Conv2D: {filters: 2, kernel_size: 1}}}}}",
        ] {
            let model = try check("layers:\n  - Input: {shape: [4, 4, 2]}\n  - \(layer)\n")
            var weights = Self.ones(model)
            weights["weight_standardization/kernel"] = .floats([1, 5, 3, 5])
            let graph = Lowering.lower(model, weights: weights)
            let kernel = try #require(
                graph.constants.first { $0.name == "weight_standardization/kernel" }?.floats)
            // Means 2 and 5, variances 1 and 0.
            let expected = 1 / (1 + 1e-5).squareRoot()
            #expect(kernel == [Float(-expected), 0, Float(expected), 0])
        }
    }

    private static func ones(_ model: CheckedModel) -> [String: ConstantData] {
        Dictionary(
            uniqueKeysWithValues: model.weights.map { weight in
                (weight.name, .floats([Float](repeating: 1, count: weight.count)))
            })
    }
}
