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

extension InspectTests {
    /// Those of Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks"
    /// (2019).
    @Test(arguments: [
        ("vgg16", "block5_pool", 212), ("resnet50", "conv5_block3_out", 483),
        ("mobilenet_v2", "out_relu", 491),
    ])
    func receptiveFieldsOfKnownNetworks(_ model: String, _ layer: String, _ cells: Int)
        async throws
    {
        let result = try await BNC.run("inspect", "benchmarks/models/\(model).yaml", "--json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let layers = try #require(object["layers"] as? [[String: Any]])
        let row = try #require(layers.first { $0["name"] as? String == layer })
        let field = try #require(row["receptiveField"] as? [[String: Any]])
        let places = field.filter { $0["isFeature"] as? Bool == false }
        #expect(places.compactMap { $0["cells"] as? Int } == [cells, cells])
        let last = try #require(layers.last?["receptiveField"] as? [[String: Any]])
        if model != "vgg16" {
            #expect(last.allSatisfy { $0["cells"] as? String == "all" })
        }
    }

    /// One line for each rule by which a cell comes to see more.
    @Test(arguments: [
        ("- Input: {shape: [32, 32, 3]}\n  - Conv2D: {filters: 4, kernel_size: [3, 5]}", "3×5"),
        (
            "- Input: {shape: [32, 32, 3]}\n"
                + "  - Conv2D: {filters: 4, kernel_size: 3, dilation_rate: 4}", "9×9"
        ),
        (
            "- Input: {shape: [8, 8, 3]}\n  - UpSampling2D\n"
                + "  - Conv2D: {filters: 4, kernel_size: 3}", "2×2"
        ),
        (
            "- Input: {shape: [8, 8, 3]}\n"
                + "  - Conv2DTranspose: {filters: 4, kernel_size: 4, strides: 2}", "2×2"
        ),
        ("- Input: {shape: [32, 32, 3]}\n  - GlobalMaxPooling2D", "all"),
        ("- Input: {shape: [32, 32, 3]}\n  - Flatten\n  - Dense: {units: 2}", "all"),
        ("- Input: {shape: [9, 4]}\n  - Dense: {units: 2}", "1"),
        ("- Input: {shape: [9, 4]}\n  - Conv1D: {filters: 2, kernel_size: 3}", "3"),
        ("- Input: {shape: [9, 4]}\n  - LSTM: {units: 2}", "all"),
        (
            "- Input: {shape: [3, 32, 32]}\n  - Conv2D: {filters: 4, kernel_size: 3, "
                + "data_format: channels_first}", "3×3"
        ),
    ])
    func receptiveFields(_ layers: String, _ field: String) async throws {
        let folder = try Folder()
        let spec = try folder.write("layers:\n  \(layers)\n", "model.yaml")
        let result = try await BNC.run("inspect", spec)
        let table = result.output.components(separatedBy: "\n\n")[1].split(separator: "\n")
        let title = try #require(table[0].range(of: "receptive field"))
        // Columns are as wide as in the title's line; a cell ends where its title does.
        let column = table[0].distance(from: table[0].startIndex, to: title.upperBound)
        let cell = table.last!.prefix(column).split(separator: " ").last
        #expect(cell.map(String.init) == field)
    }

    @Test func shapesAreShownStepByStep() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [9, 9, 3], name: image}
              - ZeroPadding2D: {padding: [[1, 2], [0, 0]]}
              - Conv2D: {filters: 4, kernel_size: 3, strides: 2, name: conv}
              - UpSampling2D
              - Cropping2D: {cropping: 1}
              - Conv2DTranspose: {filters: 2, kernel_size: 3, strides: 2, name: wide}
              - Concatenate: {inputs: [wide, wide]}
              - Reshape: {target_shape: [-1, 4]}
              - Flatten
              - Dense: {units: 5}
            """, "model.yaml")
        let result = try await BNC.run(
            "inspect", spec, "--verbose", "--target-cpu", "x86-64-v3")
        let parts = result.output.components(separatedBy: "Shapes, step by step\n")
        #expect(parts.count == 2)
        try expectSnapshot(
            parts[1].components(separatedBy: "\n\n")[0] + "\n", "inspect-shapes.txt")
    }
}
