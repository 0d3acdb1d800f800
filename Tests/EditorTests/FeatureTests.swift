import Compiler
import Diagnostics
import Foundation
import Layers
import Spec
import Testing

@testable import LanguageServer

/// What a client is told about a place.
@Suite struct FeatureTests {
    static let spec = """
        name: shapes
        layers:
          - Input: {shape: [28, 28, 1]}
          - Conv2D: {filters: 16, kernel_size: 3, name: stem}
          - BatchNormalization
          - Conv2D:
              filters: 16
              kernel_size: 3
              padding: same
              activation: relu
          - Add: {inputs: [batch_normalization, conv2d]}
          - Sequential:
              name: head
              layers:
                - Flatten
                - Dense: {units: 10, name: last}
        outputs: [head, "stem"]
        """

    private func client(_ text: String = spec) -> Client {
        var client = Client.connected()
        client.open(text)
        return client
    }

    private func hover(_ line: Int, _ character: Int, _ text: String = spec) -> String {
        var client = client(text)
        return client.ask("hover", line, character)["contents"]?["value"]?.string ?? ""
    }

    // MARK: Hover

    @Test func layerWithItsShape() {
        let text = hover(3, 6)
        #expect(text.hasPrefix("**stem**: Conv2D\n\n`input_layer` (28, 28, 1) → **(26, 26, 16)**"))
        #expect(text.contains("(28 - 3 + 0) / 1 + 1 = 26"))
        #expect(text.contains("160 parameters, 97,344 multiply-adds"))
        #expect(text.contains("Convolution over height and width."))
        #expect(hover(4, 10).contains("64 parameters (32 not trainable)"))
        #expect(hover(2, 6).contains("makes (28, 28, 1) float32"))
        #expect(
            hover(10, 5).contains("`batch_normalization` (26, 26, 16), `conv2d` (26, 26, 16) →"))
    }

    @Test func layerWithSeveralOutputs() {
        let spec = """
            layers:
              - Input: {shape: [20, 8], name: x}
              - LSTM: {units: 16, return_state: true, name: encoder}
              - LSTM: {units: 16, inputs: [x, encoder/state_h, encoder/state_c]}
            """
        let text = hover(2, 6, spec)
        #expect(text.hasPrefix("**encoder**: LSTM\n\n`x` (20, 8) → **(16,)**"))
        #expect(
            text.contains(
                "outputs `encoder/output` (16,), `encoder/state_h` (16,), `encoder/state_c` (16,)"))
        #expect(hover(3, 40, spec).hasPrefix("**encoder/state_h**: Output\n\n"))
        #expect(
            completions(3, 36, spec) == [
                "encoder/state_c", "encoder/state_h", "encoder/output", "encoder", "x",
            ])
    }

    @Test func namesAndLayersInside() {
        let stem = hover(3, 6)
        #expect(hover(16, 18) == stem)
        #expect(hover(10, 42).hasPrefix("**conv2d**: Conv2D"))
        let dense = hover(15, 12)
        #expect(dense.hasPrefix("**last**: Dense, inside `head`\n\n(10816,) → **(10,)**"))
        #expect(dense.contains("108,170 parameters, 108,160 multiply-adds"))
        #expect(hover(11, 6).contains("108,170 parameters, 108,160 multiply-adds"))
    }

    @Test func argumentsAndKeys() {
        #expect(hover(8, 9).hasPrefix("**padding** of Conv2D"))
        #expect(hover(8, 9).contains("Takes `valid` or `same`. Default: `valid`."))
        #expect(hover(8, 18) == hover(8, 9))
        #expect(hover(10, 12).hasPrefix("**inputs** of every layer"))
        #expect(hover(1, 2).hasPrefix("**layers**"))
        #expect(hover(15, 18).hasPrefix("**units** of Dense"))
        #expect(hover(0, 8) == "")
        #expect(hover(99, 0) == "")
    }

    /// A spec with an error still has shapes above it; the error is explained.
    @Test func hoverBesideErrors() {
        let broken = Self.spec.replacingOccurrences(of: "padding: same", with: "pading: same")
        #expect(hover(3, 6, broken) == hover(3, 6))
        #expect(hover(8, 9, broken).contains("**BNC2002**"))
        let cut = Self.spec.prefix { $0 != "B" } + "Conv2D: {filters: 3, kern"
        #expect(hover(3, 6, String(cut)).contains("(26, 26, 16)"))
        let large = Self.spec.replacingOccurrences(of: "filters: 16\n", with: "filters: x\n")
        #expect(hover(10, 5, large).contains("is not known, because of an error here or above"))
    }

    // MARK: Definition

    @Test func definitions() {
        var client = client()
        func place(_ line: Int, _ character: Int) -> String {
            let answer = client.ask("definition", line, character)
            return answer["uri"]?.string == Client.uri ? Client.text(answer["range"]) : "none"
        }
        #expect(place(10, 20) == "4:4-4:22")
        #expect(place(10, 42) == "5:4-5:10")
        #expect(place(16, 10) == "12:12-12:16")
        #expect(place(16, 18) == "3:48-3:52")
        #expect(place(3, 6) == "none")
        #expect(place(0, 8) == "none")
    }

    // MARK: Completion

    /// Labels, and what is inserted where that is something else.
    private func completions(_ line: Int, _ character: Int, _ text: String) -> [String] {
        var client = client(text)
        let items = client.ask("completion", line, character)["items"]?.list ?? []
        return items.map { item in
            let label = item["label"]?.string ?? ""
            let new = item["textEdit"]?["newText"]?.string ?? ""
            return new == label ? label : "\(label) → \(new)"
        }
    }

    @Test func layersAreCompleted() {
        let text = "layers:\n  - Input: {shape: [4]}\n  - D\n  \n"
        let classes = completions(2, 5, text)
        #expect(classes.count == LayerCatalog.keras.layers.count)
        #expect(classes.contains("Dense → Dense: {units: $1}"))
        #expect(classes.contains("Flatten"))
        #expect(classes.contains("Add → Add: {inputs: [$1]}"))
        #expect(completions(3, 2, text).contains("Flatten → - Flatten"))
        #expect(completions(1, 6, text).contains("Dense"))  // the arguments are there
        let nested = "layers:\n  - TimeDistributed: {layer: \n"
        #expect(completions(1, 31, nested).contains("Dense → {Dense: {units: $1}}"))
    }

    @Test func argumentsAreCompleted() {
        let text = "layers:\n  - Input: {shape: [8, 8, 3]}\n  - Conv2D: {filters: 3, \n"
        let names = completions(2, 25, text)
        #expect(names.first == "kernel_size → kernel_size: ")
        #expect(!names.contains("filters → filters: "))
        #expect(names.contains("padding → padding: "))
        #expect(names.contains("inputs → inputs: "))
        let block = "layers:\n  - Conv2D:\n      filters: 3\n      "
        #expect(completions(3, 6, block) == names)
        #expect(completions(0, 0, "").contains("layers → layers:\n  - "))
        #expect(completions(1, 0, "name: x\n").contains("outputs → outputs: "))
    }

    @Test func valuesAreCompleted() {
        func values(_ argument: String) -> [String] {
            let line = "  - Conv2D: {filters: 3, \(argument)"
            return completions(1, line.utf16.count, "layers:\n\(line)\n")
        }
        #expect(values("padding: ") == ["valid", "same"])
        #expect(values("padding:") == ["valid →  valid", "same →  same"])
        #expect(values("use_bias: t") == ["true", "false"])
        #expect(values("activation: ").contains("softmax"))
        #expect(values("kernel_initializer: ").contains("he_normal"))
        #expect(values("strides: ") == ["1"])
        #expect(values("trainable: ") == ["true", "false"])
        #expect(values("name: ") == [])
    }

    @Test func namesAreCompleted() {
        let text = """
            layers:
              - Input: {shape: [4], name: a}
              - Dense: {units: 4}
              - Add: {inputs: [a,\u{20}
              - ReLU: {name: z}
            outputs: z
            """
        #expect(completions(3, 22, text) == ["dense", "a"])
        #expect(completions(5, 10, text).prefix(1) == ["z"])
        let block = text.replacingOccurrences(
            of: "{inputs: [a,\u{20}", with: "\n      inputs:\n        - ")
        #expect(completions(5, 10, block) == ["dense", "a"])
    }

    @Test func noCompletionElsewhere() {
        #expect(completions(0, 3, "# layers:\n") == [])
        #expect(completions(1, 2, "services:\n  web: {image: x}\n") == [])
        #expect(completions(0, 7, "name: \"x\"\nlayers: []") == [])
    }

    // MARK: Fixes and symbols

    @Test func quickFixes() throws {
        var client = client("layers:\n  - Input: {shape: [4]}\n  - Dense: {unit: 3}\n")
        func actions(_ only: String = "") -> [JSONValue] {
            client.request(
                "textDocument/codeAction",
                .object([
                    ("textDocument", Client.document),
                    (
                        "range",
                        .object([
                            ("start", Client.position(2, 14)), ("end", Client.position(2, 14)),
                        ])
                    ),
                    (
                        "context",
                        .object(
                            [("diagnostics", .array([]))]
                                + (only.isEmpty ? [] : [("only", .array([.string(only)]))]))
                    ),
                ])
            ).list ?? []
        }
        let action = try #require(actions().first)
        #expect(actions().count == 1)
        #expect(action["title"]?.string == "change `unit` to `units`")
        #expect(action["kind"]?.string == "quickfix")
        #expect(action["diagnostics"]?[0]?["code"]?.string == "BNC2002")
        let edit = try #require(action["edit"]?["changes"]?[Client.uri]?[0])
        #expect(Client.text(edit["range"]) == "2:12-2:16")
        #expect(edit["newText"]?.string == "units")
        #expect(actions("quickfix").count == 1)
        #expect(actions("source.organizeImports").isEmpty)
        client.change([2, 12, 2, 16], "units")
        #expect(actions().isEmpty)
        #expect(client.diagnostics == [])
    }

    @Test func relatedPlaces() {
        let client = client(
            "layers:\n  - Input: {shape: [4]}\n  - Conv2D: {filters: 1, kernel_size: 3}")
        let diagnostic = client.notifications.last?["params"]?["diagnostics"]?[0]
        let related = diagnostic?["relatedInformation"]?[0]
        #expect(related?["message"]?.string == "`input_layer` makes (4,)")
        #expect(Client.text(related?["location"]?["range"]) == "1:4-1:9")
        #expect(diagnostic?["message"]?.string?.contains("\nhelp: ") ?? false)
    }

    @Test func symbols() {
        var client = client()
        let answer = client.request(
            "textDocument/documentSymbol", .object([("textDocument", Client.document)]))
        func text(_ symbol: JSONValue) -> String {
            let children = (symbol["children"]?.list ?? []).map(text)
            return "\(symbol["name"]?.string ?? ""): \(symbol["detail"]?.string ?? "") "
                + Client.text(symbol["range"])
                + (children.isEmpty ? "" : " [\(children.joined(separator: ", "))]")
        }
        #expect(
            answer.list?.map(text) == [
                "input_layer: Input (28, 28, 1) 2:4-2:31",
                "stem: Conv2D (26, 26, 16) 3:4-3:53",
                "batch_normalization: BatchNormalization (26, 26, 16) 4:4-4:22",
                "conv2d: Conv2D (26, 26, 16) 5:4-9:22",
                "add: Add (26, 26, 16) 10:4-10:48",
                "head: Sequential (10,) 11:4-15:40 "
                    + "[flatten: Flatten 14:10-14:17, last: Dense 15:10-15:40]",
            ])
    }

    // MARK: Any text

    /// Every layer of every example has a hover with its shape, and so have those inside.
    @Test func everyLayer() {
        for layer in LayerCatalog.keras.layers {
            var client = client(layer.example)
            let view = SpecView(SourceFile(path: "x.yaml", text: layer.example))
            let text = TextDocument(layer.example, encoding: .utf16)
            #expect(view.examination.model != nil, "\(layer.className)")
            for outer in view.layers {
                for item in [outer.item] + outer.inner {
                    let place = text.position(at: item.span.range.lowerBound)
                    let answer = client.ask("hover", place.line, place.character)
                    let hover = answer["contents"]?["value"]?.string ?? "nothing"
                    #expect(hover.hasPrefix("**\(item.name)**: \(item.className)"))
                }
            }
        }
    }

    /// What layers cost one by one is what the model costs, where all sizes are known.
    @Test(
        arguments: SchemaTests.specs.filter {
            !$0.hasPrefix("benchmarks") && !$0.contains("graph-open")
        })
    func costs(_ path: String) throws {
        var bag = DiagnosticBag()
        let model = try #require(
            Compiler.check(path: SchemaTests.root.appending(path: path).path, into: &bag))
        let costs = model.layers.reduce(0) { $0 + (Cost.multiplyAdds($1) ?? 0) }
        #expect(costs == Compiler.lower(model, .shapesOnly(for: model)).multiplyAdds())
    }

    /// Every answer about every place of damaged specs comes, and is about the text.
    @Test func damagedSpecs() throws {
        var random = SeededNumbers(state: 7)
        var texts = LayerCatalog.keras.layers.map { Array($0.example.utf8) }
        texts.append(Array(Self.spec.utf8))
        let pieces = [
            "{", "}", "[", "]", ": ", "- ", "\n", "  ", "\"", "'", "#", "&a ", "*a", "|", "\t",
            "\r\n", "inputs: [", "layers:", "\u{1D11E}", ",", "null", "99999999999",
        ].map { Array($0.utf8) }
        for round in 0..<120 {
            var bytes = texts[random.below(texts.count)]
            for _ in 0...random.below(4) {
                let place = random.below(bytes.count + 1)
                switch random.below(3) {
                case 0: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(9)))
                default: bytes.removeSubrange(place...)
                }
            }
            var client = Client.connected()
            let text = String(decoding: bytes, as: UTF8.self)
            client.open(text)
            let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 1
            for _ in 0..<8 {
                let (line, character) = (random.below(lines), random.below(50))
                for method in ["hover", "completion", "definition"] {
                    let answer = client.ask(method, line, character)
                    #expect(answer["code"] == nil, "round \(round): \(method)")
                }
            }
            client.change([0, 3, 1, 3], "x")
            _ = client.request(
                "textDocument/documentSymbol", .object([("textDocument", Client.document)]))
            #expect(client.request("shutdown").isOf("null"))
        }
    }
}

/// SplitMix64.
struct SeededNumbers {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)) % UInt64(max(1, limit)))
    }
}
