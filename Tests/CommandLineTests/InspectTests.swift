import Foundation
import Testing

@Suite struct InspectTests {
    @Test func tableOfTheDigitsModel() async throws {
        let result = try await BNC.run(
            "inspect", "specs/digits_cnn.yaml", "--target-cpu", "x86-64-v3", "--plan")
        #expect(result.code == 0)
        #expect(result.error == "")
        try expectSnapshot(result.output, "inspect-digits_cnn.txt")
    }

    @Test func nestedLayersAreIndented() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [8, 8, 3]}
              - Sequential:
                  name: stem
                  layers:
                    - Conv2D: {filters: 4, kernel_size: 3}
                    - BatchNormalization
              - Flatten
              - Dense: {units: 2}
            """, "nested.yaml")
        let result = try await BNC.run("inspect", spec, "--target-cpu", "x86-64-v3")
        #expect(result.code == 0)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("stem ") })
        let inner = try #require(lines.first { $0.hasPrefix("  conv2d ") })
        #expect(inner.contains("(6, 6, 4)"))
        #expect(inner.contains("112"))
        #expect(inner.contains("3,888"))
        #expect(
            lines.contains { $0.hasPrefix("  batch_normalization ") && $0.contains("↳ conv2d") })
    }

    @Test func jsonParses() async throws {
        let result = try await BNC.run("inspect", "specs/digits_cnn.yaml", "--json")
        #expect(result.code == 0)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let model = try #require(object as? [String: Any])
        #expect(model["name"] as? String == "digits_cnn")
        #expect((model["layers"] as? [Any])?.count == 14)
        let totals = try #require(model["totals"] as? [String: Any])
        #expect(totals["parameters"] as? Int == 24_282)
        #expect(totals["multiplyAdds"] as? Int == 378_496)
    }

    @Test func missingWeightsOfTheSpecAreAWarning() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            "layers:\n  - Input: {shape: [4]}\n  - Dense: {units: 2}\nweights: none.safetensors\n",
            "model.yaml")
        let result = try await BNC.run("inspect", spec)
        #expect(result.code == 0)
        #expect(result.error.contains("warning[BNC2204]"))
        #expect(result.error.contains("model.yaml:4:10"))
        #expect(result.output.contains("10"))
        let strict = try await BNC.run("inspect", spec, "--warnings-as-errors")
        #expect(strict.code == 1)
    }

    @Test func emitsTheGraph() async throws {
        let result = try await BNC.run("inspect", "specs/digits_mlp.yaml", "--emit", "graph")
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("graph "))
        #expect(result.output.contains("batch_normalization"))
    }

    /// The cells of a recurrence see a step, not what comes in: they are no layers behind each other.
    @Test func cellsOfARecurrence() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [20, 8]}
              - RNN: {cell: {GRUCell: {units: 4}}}
              - Dense: {units: 1}
            """, "model.yaml")
        let result = try await BNC.run("inspect", spec)
        #expect(result.code == 0)
        #expect(result.output.contains("rnn "))
    }
}
