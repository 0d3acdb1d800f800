import Foundation
import Plan

/// Decisions measured on a machine, stored beside a spec: a line for each shape, `key: choice`.
///
///     # bnc tuning for x86-64-v4
///     3x3x64 s1x1 1x56x56 -> 64: winograd4/2 1x14x2 filters prefetch
package struct TuningFile {
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    package var choices: [String: ContractionChoice]

    package init(choices: [String: ContractionChoice]) { self.choices = choices }

    /// Where the choices for a spec and a target are stored: `model.x86-64-v4.tune` for `model.yaml`.
    package static func path(spec: String, target: Target) -> String {
        let base = spec.hasSuffix(".yaml") ? String(spec.dropLast(5)) : spec
        return "\(base).\(target.name).tune"
    }

    package func text(target: Target) -> String {
        "# bnc tuning for \(target.name): what was fastest on the machine that measured.\n"
            + choices.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
    }

    /// Reads a file; a missing one has no choices.
    package static func read(path: String) throws(Problem) -> TuningFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            return TuningFile(choices: [:])
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Problem(description: "\(path): not UTF-8 text; delete it and tune again")
        }
        var file = TuningFile(choices: [:])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            guard let colon = line.lastIndex(of: ":"),
                let choice = ContractionChoice(String(line[line.index(after: colon)...]))
            else {
                throw Problem(
                    description: "\(path):\(number + 1): expected `shape: choice`, found `\(line)`; "
                        + "delete the file and tune again")
            }
            file.choices[String(line[..<colon])] = choice
        }
        return file
    }
}
