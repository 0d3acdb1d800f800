import Compiler
import Diagnostics
import Foundation
import Layers
import Spec
import Syntax
import Testing

/// The JSON Schema against the specs there are, and against specs that are wrong.
@Suite struct SchemaTests {
    static let schema = SpecSchema().json
    static let validator = SchemaValidator(schema)

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every spec of the repository that is right.
    static let specs: [String] = {
        var paths: [String] = []
        let files = FileManager.default
        for folder in ["specs", "benchmarks/models"] {
            let names = try! files.contentsOfDirectory(atPath: root.appending(path: folder).path)
            paths += names.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
        }
        let cases = "Tests/Fixtures/conformance"
        paths += try! files.contentsOfDirectory(atPath: root.appending(path: cases).path)
            .map { "\(cases)/\($0)/model.yaml" }
            .filter { files.fileExists(atPath: root.appending(path: $0).path) }
        return paths.sorted()
    }()

    private func problems(_ text: String) throws -> [String] {
        var bag = DiagnosticBag()
        let tree = YAMLParser.parse(SourceFile(path: "spec.yaml", text: text), into: &bag)
        try #require(!bag.hasErrors, "\(text)")
        return Self.validator.problems(try #require(tree.root?.json))
    }

    /// A layer at the end of a small model.
    private func layerProblems(_ layer: String) throws -> [String] {
        try problems("layers:\n  - Input: {shape: [8, 8, 3]}\n  - \(layer)\n")
    }

    @Test(arguments: specs)
    func specsFit(_ path: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
        #expect(try problems(text) == [])
    }

    @Test func examplesFit() throws {
        for layer in LayerCatalog.keras.layers {
            #expect(try problems(layer.example) == [], "\(layer.className)")
        }
    }

    /// Every key of every example, misspelt, is refused.
    @Test func misspeltKeysDont() throws {
        for layer in LayerCatalog.keras.layers {
            var keys = ["layers", layer.className]
            keys += layer.fullSchema.map { $0.name }.filter { layer.example.contains("\($0):") }
            for key in keys where layer.example.contains("\(key):") {
                let text = layer.example.replacingOccurrences(of: "\(key):", with: "\(key)z:")
                #expect(try problems(text) != [], "\(layer.className), \(key)")
            }
        }
        #expect(try problems("layers: [Flattn]") != [])
        #expect(try problems("layers: [Flatten]\nnames: x") != [])
        #expect(try problems("name: x") != [])
    }

    @Test func valuesThatFit() throws {
        for layer in [
            "Flatten", "Flatten:", "Flatten: {}", "Dense: {units: 3, name: 5}",
            "Conv2D: {filters: 3, kernel_size: [3, 3], padding: null, activation: null}",
            "Conv2D: {nb_filter: 3, kernel_size: 3, border_mode: same}",
            "Convolution2D: {filters: 3, kernel_size: 3}",
            "Dense: {units: 3, activation: {LeakyReLU: {negative_slope: 0.1}}}",
            "Dense: {units: 3, kernel_initializer: {RandomNormal: {stddev: 0.01}}}",
            "Dense: {units: 3, kernel_regularizer: {L2: {l2: 0.1}}, inputs: [input_layer]}",
            "ReLU: {max_value: 6}", "ReLU: {max_value: null}",
            "ZeroPadding2D: {padding: [[1, 0], [2, 3]]}", "Sequential: {layers: [Flatten]}",
            "TimeDistributed: {layer: Flatten}", "Normalization: {mean: 0.5, variance: [1, 2, 3]}",
        ] {
            #expect(try layerProblems(layer) == [], "\(layer)")
        }
        #expect(try problems("x-a: &a {units: 3}\nlayers:\n  - Dense: *a\noutputs: dense") == [])
    }

    @Test func valuesThatDont() throws {
        for layer in [
            "Dense", "Dense:", "Dense: 3", "Dense: {units: 0}", "Dense: {units: 2.5}",
            "Dense: {units: three}", "Conv2D: {filters: 3}",
            "Conv2D: {filters: 3, kernel_size: [3]}",
            "Conv2D: {filters: 3, kernel_size: [3, 3, 3]}",
            "Conv2D: {filters: 3, kernel_size: 3, padding: some}",
            "Conv2D: {filters: 3, kernel_size: 3, use_bias: 1}",
            "Dense: {units: 3, activation: reluu}",
            "Dense: {units: 3, activation: {Dense: {units: 2}}}",
            "Dense: {units: 3, kernel_initializer: random}", "{Flatten: {}, ReLU: {}}", "[Flatten]",
            "Input: {shape: [0]}", "Input: {shape: [8], sparse: true}",
            "ZeroPadding2D: {padding: [[1], [2]]}", "Sequential: {layers: []}",
            "Sequential: {layers: [Fltten]}", "TimeDistributed: {layer: {Dense: {unit: 3}}}",
        ] {
            #expect(try layerProblems(layer) != [], "\(layer)")
        }
        #expect(try problems("[]") != [])
        #expect(try problems("layers: []") != [])
        #expect(try problems("layers: [Flatten]\noutputs: []") != [])
    }

    /// The schema names what the layers' own schemas name: no more, no less.
    @Test func holdsEveryLayerAndArgument() throws {
        let definitions = try #require(Self.schema["definitions"]?.dictionary)
        for layer in LayerCatalog.keras.layers {
            let properties = try #require(definitions[layer.className]?["properties"]?.dictionary)
            var names = Set(CommonArgument.all.map(\.name))
            for argument in layer.fullSchema {
                names.formUnion([argument.name] + argument.formerNames)
            }
            #expect(Set(properties.keys) == names, "\(layer.className)")
            for argument in layer.fullSchema {
                let schema = try #require(properties[argument.name])
                #expect((schema["default"] == nil) == (argument.defaultText == nil))
                #expect(
                    schema["description"]?.string == (argument.doc.isEmpty ? nil : argument.doc))
                // A default fits its own argument.
                if let value = schema["default"] {
                    let own = SchemaValidator(
                        .object([
                            ("allOf", .array([schema])),
                            ("definitions", .object(definitions.map { ($0, $1) })),
                        ]))
                    #expect(own.problems(value) == [], "\(layer.className), \(argument.name)")
                }
            }
        }
        let items = try #require(definitions["layer"]?["anyOf"]?[1]?["properties"]?.dictionary)
        #expect(items.keys.sorted() == LayerCatalog.keras.names)
    }
}
