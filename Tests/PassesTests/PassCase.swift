import Foundation
import IR
import Passes
import Plan
import Testing

/// One file of `Cases/<pass>/`: a graph, what the pass makes of it, and what it remarks.
struct PassCase: CustomTestStringConvertible {
    /// The folder's name: a pass, or `pipeline` for all of them.
    let pass: String
    let url: URL
    /// The graph, the expected graph and the expected remarks, as texts.
    let parts: [String]

    var testDescription: String { "\(pass)/\(url.deletingPathExtension().lastPathComponent)" }

    init(pass: String, url: URL) {
        self.pass = pass
        self.url = url
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        var parts = text.components(separatedBy: "\n---\n")
        while parts.count < 3 { parts.append("") }
        self.parts = parts
    }

    /// All cases, sorted.
    static let all: [PassCase] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
        let manager = FileManager.default
        let passes = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
        return passes.sorted().flatMap { pass in
            let folder = folder.appending(path: pass)
            let files = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
            return files.sorted().filter { $0.hasSuffix(".txt") }.map {
                PassCase(pass: pass, url: folder.appending(path: $0))
            }
        }
    }()

    /// Every pass by its name.
    static let passes: [String: any GraphPass.Type] = {
        let all = Pipeline.required + Pipeline.optimizing
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// What the pass makes of a graph; nil where there is no pass of that name.
    func run(_ graph: Graph) -> (Graph, [Remark])? {
        if pass == "pipeline" { return Pipeline.run(graph, optimize: true) }
        guard let pass = Self.passes[pass] else { return nil }
        var remarks: [Remark] = []
        let result = pass.run(graph, &remarks)
        return (result, remarks)
    }

    /// Remarks as the files hold them: `+` for what was done, `-` for what was not.
    func text(of remarks: [Remark]) -> String {
        remarks.map { remark in
            let pass = pass == "pipeline" ? "\(remark.pass): " : ""
            let layers = remark.layers.joined(separator: ", ")
            return "\(remark.applied ? "+" : "-") \(pass)[\(layers)] \(remark.message)"
        }.joined(separator: "\n")
    }
}
