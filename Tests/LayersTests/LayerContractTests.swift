import Diagnostics
import IR
import Layers
import Spec
import Testing

/// What holds for every layer of the catalog.
@Suite struct LayerContractTests {
    static let names = LayerCatalog.keras.layers.map { $0.className }

    private func layer(_ name: String) throws -> any Layer.Type {
        try #require(LayerCatalog.keras[name])
    }

    @Test("Documented", arguments: names)
    func documented(_ name: String) throws {
        let layer = try layer(name)
        #expect(!layer.summary.isEmpty && layer.summary.hasSuffix("."))
        #expect(!layer.formula.isEmpty)
        #expect(layer.example.contains(name))
        for argument in layer.schema {
            #expect(argument.doc.hasSuffix("."), "\(argument.name): \(argument.doc)")
            #expect(!argument.kind.expectation.isEmpty)
        }
        let all = layer.schema.flatMap { [$0.name] + $0.formerNames }
        #expect(Set(all).count == all.count, "an argument's name stands twice")
        for alias in layer.aliases { #expect(LayerCatalog.keras[alias] == layer) }
    }

    @Test("The example checks without a word and lowers", arguments: names)
    func example(_ name: String) throws {
        let read = ReadModel(try layer(name).example)
        #expect(read.bag.diagnostics.isEmpty, "\(read.rendering)")
        let model = try #require(read.model)
        let isInside = name.hasSuffix("Cell") || name.hasSuffix("Cells") || name == "Reuse"
        #expect(isInside || model.layers.contains { $0.item.className == name })
        for batch in [1, 3] {
            let graph = Lowering.lower(model, weights: [:], batch: batch)
            #expect(Verifier.verify(graph).isEmpty)
            let shapes = graph.outputs.map { graph.type($0.value).shape }
            #expect(shapes == model.outputs.map { [batch] + model.layers[$0].outputType.shape })
        }
    }

    @Test("A missing argument is reported", arguments: names)
    func missingArguments(_ name: String) throws {
        let layer = try layer(name)
        let example = EditableExample(layer)
        for argument in layer.schema where argument.defaultText == nil {
            let read = ReadModel(example.text(setting: argument.name, to: nil))
            #expect(read.reports(.missingArgument, "`\(argument.name)`"), "\(read.rendering)")
        }
    }

    @Test("An unknown argument is reported, with the name that was meant", arguments: names)
    func unknownArguments(_ name: String) throws {
        let layer = try layer(name)
        let example = EditableExample(layer)
        let read = ReadModel(example.text(setting: "frobnicate", to: "1"))
        #expect(read.reports(.unknownKey, "`frobnicate`"))
        for argument in layer.schema where argument.name.count > 3 {
            var misspelt = argument.name
            misspelt.remove(at: misspelt.index(misspelt.startIndex, offsetBy: 2))
            let read = ReadModel(example.text(setting: misspelt, to: "1"))
            let replacements = read.bag.diagnostics.filter { $0.code == .unknownKey }
                .flatMap(\.fixIts).map(\.replacement)
            // Where the right one is given too, it is one too many.
            let isGiven = layer.example.contains("\(argument.name):")
            #expect(
                replacements == [argument.name] || (isGiven && replacements == [""]),
                "\(read.rendering)")
        }
    }

    @Test("A value of another type is reported", arguments: names)
    func wrongTypes(_ name: String) throws {
        let layer = try layer(name)
        let example = EditableExample(layer)
        for argument in layer.schema {
            if case .trainingOnly = argument.kind { continue }
            let read = ReadModel(example.text(setting: argument.name, to: "{wrong: [1]}"))
            #expect(read.bag.hasErrors, "\(argument.name) takes a mapping")
            #expect(read.model == nil)
        }
    }

    /// Values at the edges of what a reader and a checker may meet.
    static let edgeValues = [
        "null", "-1", "0", "1", "1.5", "text", "\"3\"", "true", "[]", "[1, 2, 3, 4, 5]", "[0]",
        "[-1]", "[[1, 2], [3, 4]]", "{}", "2147483647", "[2147483647, 2147483647]", "-2147483647",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999", ".nan", ".inf",
        "-.inf", "1e308", "ReLU", "[ReLU, ReLU]", "{Input: {shape: [2]}}", "{Dense: {units: 0}}",
    ]

    /// Either there is an error, or the model lowers to what was checked: nothing in between, and no
    /// trap.
    @Test("Values at the edge", arguments: names)
    func edges(_ name: String) throws {
        let layer = try layer(name)
        let example = EditableExample(layer)
        for argument in layer.schema {
            for value in Self.edgeValues {
                let text = example.text(setting: argument.name, to: value)
                let read = ReadModel(text)
                #expect(
                    read.bag.hasErrors == (read.model == nil), "\(argument.name): \(value)")
                guard let model = read.model else { continue }
                let sizes =
                    model.layers.map(\.outputType.count) + model.weights.map(\.count)
                guard sizes.allSatisfy({ $0 < 1 << 20 }) else { continue }
                let graph = Lowering.lower(model, weights: [:], batch: 2)
                #expect(Verifier.verify(graph).isEmpty, "\(argument.name): \(value)")
            }
        }
    }

    /// Inputs of every rank, with sizes of 1 and large ones.
    @Test("Inputs of every rank", arguments: names)
    func ranks(_ name: String) throws {
        let layer = try layer(name)
        let example = EditableExample(layer)
        let shapes = [
            "[]", "[1]", "[7]", "[1, 1]", "[5, 3]", "[9, 10, 6]", "[1, 1, 1]", "[6, 7, 8, 4]",
            "[2, 3, 4, 5, 6]", "[2147483647]", "[2147483647, 4]", "[2147483647, 2147483647]",
        ]
        for shape in shapes {
            let text = example.text(setting: "name", to: "probe")
            var lines = text.split(separator: "\n").map(String.init)
            for index in lines.indices where lines[index].contains("{Input: ") {
                let name = index == 1 ? "a" : "b"
                lines[index] = "  - {Input: {shape: \(shape), name: \(name)}}"
            }
            let read = ReadModel(lines.joined(separator: "\n"))
            guard let model = read.model else { continue }
            guard model.layers.allSatisfy({ $0.outputType.count < 1 << 20 }) else { continue }
            let graph = Lowering.lower(model, weights: [:], batch: 2)
            #expect(Verifier.verify(graph).isEmpty, "\(name) of \(shape)")
        }
    }
}
