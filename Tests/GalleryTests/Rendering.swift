import Compiler
import Diagnostics
import Foundation
import Spec
import TensorFiles

/// What `bnc inspect` says about a spec.
struct Rendering {
    /// Every diagnostic, remarks included, as a terminal shows them.
    let text: String
    let diagnostics: [Diagnostic]

    /// - Parameters:
    ///   - name: what the file is called in messages.
    ///   - initializes: whether variables get numbers where no weights are named, as for running.
    init(_ bytes: [UInt8], name: String, initializes: Bool = false) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bnc-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try WeightsComment.writeFile(for: bytes, in: folder)

        let path = folder.appending(path: name).path
        let file = SourceFile(path: path, bytes: bytes)
        var bag = DiagnosticBag()
        if let model = Compiler.check(file, into: &bag) {
            let hasWeights = model.weightsPath != nil || initializes
            let weights =
                hasWeights
                ? Weights.load(for: model, into: &bag) : Weights.shapesOnly(for: model)
            if let weights {
                let inspection = Inspection(model, weights: weights, target: .generic)
                bag.append(contentsOf: inspection.foldingRemarks)
            }
        }
        diagnostics = bag.sorted()
        let renderer = TerminalRenderer()
        let rendered = renderer.render(diagnostics)
        let summary = renderer.summary(diagnostics)
        text =
            (rendered.isEmpty ? "" : "\(rendered)\n\(summary)\n")
            .replacingOccurrences(of: folder.path + "/", with: "")
    }
}

/// `weights: w.safetensors  # holds y/kernel (4, 2), y/bias (2) of int32`: the file that a spec names.
enum WeightsComment {
    static func writeFile(for spec: [UInt8], in folder: URL) throws {
        let text = String(decoding: spec, as: UTF8.self)
        for line in text.split(separator: "\n") where line.hasPrefix("weights:") {
            guard let comment = line.range(of: "# holds ") else { continue }
            let path = line.dropFirst("weights:".count)[..<comment.lowerBound]
            let tensors = items(line[comment.upperBound...]).map(tensor)
            try Safetensors.write(
                tensors,
                to: folder.appending(path: path.trimmingCharacters(in: .whitespaces)).path)
        }
    }

    /// `y/kernel (4, 2) with nan`, `y/bias (2)`: cut at commas outside parentheses.
    private static func items(_ text: Substring) -> [String] {
        var items = [""]
        var depth = 0
        for character in text {
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            if character == ",", depth == 0 {
                items.append("")
            } else {
                items[items.count - 1].append(character)
            }
        }
        return items.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func tensor(_ item: String) -> (name: String, tensor: Tensor) {
        let name = String(item.prefix { $0 != " " })
        let inner = item.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        let shape = inner.split(separator: ",").map {
            Int($0.trimmingCharacters(in: .whitespaces)) ?? 0
        }
        let count = shape.reduce(1, *)
        if item.hasSuffix("of int32") {
            return (name, Tensor(shape: shape, int32s: [Int32](repeating: 1, count: count)))
        }
        var values = [Float](repeating: 1, count: count)
        if item.hasSuffix("with nan") { values[0] = .nan }
        if item.hasSuffix("with -1") { values[count - 1] = -1 }
        return (name, Tensor(shape: shape, floats: values))
    }
}
