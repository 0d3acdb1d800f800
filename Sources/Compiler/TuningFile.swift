import Diagnostics
import Plan
import TensorFiles

/// Decisions measured on a machine, stored beside a spec: a line for each shape, `key: choice`.
///
///     # bnc tuning for x86-64-v4: what was fastest on the machine that measured.
///     3x3x64 s1x1 1x56x56 -> 64: winograd4/1x14 1x14x2 filters prefetch
///     # 612.4 µs winograd4/1x14 1x14x2 filters prefetch
///     # 1589.0 µs direct 2x7x2 filters
///
/// What else was measured stands behind each choice as a comment.
package struct TuningFile {
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    package var choices: [String: ContractionChoice]
    /// What was measured for each shape, the fastest first.
    package var measurements: [String: [Tuner.Measurement]]

    package init(choices: [String: ContractionChoice]) {
        self.choices = choices
        measurements = [:]
    }

    package init(_ measurements: [String: [Tuner.Measurement]]) {
        choices = measurements.compactMapValues { $0.first?.choice }
        self.measurements = measurements
    }

    /// Where the choices for a spec and a target are stored: `model.x86-64-v4.tune` for `model.yaml`.
    package static func path(spec: String, target: Target) -> String {
        let base = spec.hasSuffix(".yaml") ? String(spec.dropLast(5)) : spec
        return "\(base).\(target.name).tune"
    }

    package func text(target: Target) -> String {
        var text =
            "# bnc tuning for \(target.name): what was fastest on the machine that measured.\n"
        for (key, choice) in choices.sorted(by: { $0.key < $1.key }) {
            text += "\(key): \(choice)\n"
            for measurement in measurements[key] ?? [] {
                let time = NumberText.fixed(measurement.seconds * 1e6, 1)
                text += "# \(time) µs \(measurement.choice)\n"
            }
        }
        return text
    }

    /// Writes the file, whole or not at all.
    package func write(path: String, target: Target) throws(Problem) {
        do throws(TensorFileError) {
            try AtomicFile.write(to: path) { (writer) throws(TensorFileError) in
                try writer.write(text(target: target))
            }
        } catch {
            throw Problem(description: error.description)
        }
    }

    /// Reads a file; a missing one has no choices.
    package static func read(path: String) throws(Problem) -> TuningFile {
        let source: SourceFile
        do throws(SourceFileError) {
            source = try SourceFile.load(path: path)
        } catch {
            if error.kind == .missing { return TuningFile(choices: [:]) }
            throw Problem(description: "\(error.message); \(error.help)")
        }
        guard let text = String(validating: source.bytes, as: UTF8.self) else {
            throw Problem(description: "\(path): not UTF-8 text; delete it and tune again")
        }
        var file = TuningFile(choices: [:])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var last = ""
        for (number, line) in lines.enumerated() where !line.isEmpty {
            if line.hasPrefix("#") {
                let words = line.dropFirst().split(separator: " ", maxSplits: 2)
                if words.count == 3, words[1] == "µs", let time = Double(words[0]),
                    let choice = ContractionChoice(String(words[2]))
                {
                    file.measurements[last, default: []].append(
                        Tuner.Measurement(choice: choice, seconds: time * 1e-6))
                }
                continue
            }
            guard let colon = line.lastIndex(of: ":"),
                let choice = ContractionChoice(String(line[line.index(after: colon)...]))
            else {
                throw Problem(
                    description:
                        "\(path):\(number + 1): expected `shape: choice`, found `\(line)`; "
                        + "delete the file and tune again")
            }
            last = String(line[..<colon])
            file.choices[last] = choice
        }
        return file
    }
}
