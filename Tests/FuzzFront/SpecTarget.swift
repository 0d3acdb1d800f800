import Compiler
import Diagnostics
import Foundation
import FuzzSupport
import IR
import Layers
import Plan
import Spec

/// The front end: text to a checked model, every renderer, and lowering where the model is small.
struct SpecTarget: FuzzTarget {
    let name = "specs"
    let fileExtension = "yaml"
    private let corpus: [[UInt8]]
    private let words: [String]

    init(_ root: URL) {
        var corpus: [[UInt8]] = []
        for folder in ["specs", "Tests/GalleryTests/Cases"] {
            let url = root.appending(path: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            for name in names.sorted() where name.hasSuffix(".yaml") {
                if let data = try? Data(contentsOf: url.appending(path: name)) {
                    corpus.append(Array(data))
                }
            }
        }
        for layer in LayerCatalog.keras.layers { corpus.append(Array((layer.example + "\n").utf8)) }
        self.corpus = corpus

        var words = [
            "0", "1", "-1", "2", "3", "7", "64", "2147483647", "2147483648", "-9223372036854775808",
            "9223372036854775807", "1e3", "1e400", ".nan", ".inf", "-0.0", "0.5", "true", "no",
            "null", "~", "\"\"", "''", "[]", "{}", "[3, 3]", "[[1, 2], [3, 4]]", "(3, 3)", "None",
            "&a", "*a", "<<", "<<: *a", "!!str", "|", ">", "%", "@", "`", "#", "---", "...", "- ",
            "? ", ": ", ",", "\t", "\r", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{A0}", "“", "：",
            "same", "valid", "causal", "channels_first", "softmax", "glu", "inputs", "name",
            "layers", "outputs", "weights", "compile", "input_layer", "dense", "conv2d",
        ]
        for layer in LayerCatalog.keras.layers {
            words.append(layer.className)
            words += layer.schema.map { $0.name }
        }
        self.words = words
    }

    func input(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = corpus[random.below(corpus.count)]
        for _ in 0...random.below(4) {
            if random.chance(4) {
                ByteMutation.apply(&bytes, &random)
            } else {
                changeText(&bytes, &random)
            }
        }
        return bytes.count > 1 << 16 ? Array(bytes.prefix(1 << 16)) : bytes
    }

    /// Changes that know of words and lines.
    private func changeText(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        let isWord: (UInt8) -> Bool = {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E
        }
        let word = Array(words[random.below(words.count)].utf8)
        var place = random.below(bytes.count + 1)
        switch random.below(7) {
        case 0: bytes.insert(contentsOf: word, at: place)
        case 1, 2, 3:
            // The word at the place.
            while place > 0, isWord(bytes[place - 1]) { place -= 1 }
            var end = place
            while end < bytes.count, isWord(bytes[end]) { end += 1 }
            bytes.replaceSubrange(place..<end, with: word)
        default:
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            let line = random.below(lines.count)
            switch random.below(5) {
            case 0: lines.remove(at: line)
            case 1: lines.insert(lines[line], at: random.below(lines.count + 1))
            case 2: lines.swapAt(line, random.below(lines.count))
            case 3: lines[line] = [UInt8](repeating: 0x20, count: 1 + random.below(4)) + lines[line]
            default:
                let other = corpus[random.below(corpus.count)].split(separator: 0x0A)
                if !other.isEmpty { lines.insert(other[random.below(other.count)], at: line) }
            }
            bytes = Array(lines.joined(separator: [0x0A]))
        }
    }

    func run(_ input: [UInt8], at path: String) -> String? {
        let file = SourceFile(path: path, bytes: input)
        var bag = DiagnosticBag()
        let model = Compiler.check(file, into: &bag)
        if bag.hasErrors != (model == nil) {
            return model == nil ? "no model and no error" : "a model in spite of errors"
        }
        let diagnostics = bag.sorted()
        for diagnostic in diagnostics {
            if let problem = problem(of: diagnostic, count: input.count) { return problem }
        }
        _ = TerminalRenderer(style: TerminalStyle(color: true, width: 40)).render(diagnostics)
        _ = JSONRenderer().render(diagnostics)
        _ = SARIFRenderer().render(diagnostics)
        _ = GitHubRenderer().render(diagnostics)
        guard let model, model.layers.count < 200 else { return nil }
        let sizes = model.layers.map(\.outputType.count) + model.weights.map(\.count)
        guard sizes.allSatisfy({ $0 < 1 << 18 }) else { return nil }
        let violations = Verifier.verify(Compiler.lower(model, .shapesOnly(for: model)))
        return violations.first.map { "a wrong graph: \($0.message)" }
    }

    private func problem(of diagnostic: Diagnostic, count: Int) -> String? {
        guard let primary = diagnostic.primary else { return "no place: \(diagnostic.message)" }
        if diagnostic.message.isEmpty { return "no message" }
        let spans =
            ([primary] + diagnostic.secondary).map(\.span) + diagnostic.fixIts.map(\.span)
        for span in spans where span.range.lowerBound < 0 || span.range.upperBound > count {
            return "a place outside of the text: \(diagnostic.message)"
        }
        return nil
    }
}
