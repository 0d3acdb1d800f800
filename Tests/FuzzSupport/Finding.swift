import Foundation
import TensorFiles

/// A model on which two computations differ, or bnc and Keras disagree whether it is one.
package struct Finding: Sendable {
    /// What disagrees: an engine's name, `keras`, `emitted`...
    package var kind: String
    package var detail: String
    package var draft: Draft
    package var seed: UInt64
    package var mode: ModelData.Mode

    package init(
        kind: String, detail: String, draft: Draft, seed: UInt64, mode: ModelData.Mode
    ) {
        self.kind = kind
        self.detail = detail
        self.draft = draft
        self.seed = seed
        self.mode = mode
    }

    /// Writes the folder of a conformance case, whose outputs are the truth, and how to see it again.
    package func write(to folder: String, subject: Subject?) throws {
        let manager = FileManager.default
        try? manager.removeItem(atPath: folder)
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        try write(draft.yaml, "model.yaml")
        var text = "\(kind): \(detail)\n\n\(draft.yaml)\n"
        if let subject {
            try subject.data.write(to: folder, subject.model)
            let truth = subject.truth
            try Safetensors.write(
                truth.outputs.map { output in
                    (
                        output.name,
                        Tensor(
                            shape: [subject.data.samples] + output.shape.dropFirst(),
                            floats: output.values.map(Float.init))
                    )
                }, to: "\(folder)/outputs.safetensors")
            let tolerance = truth.outputs.map(\.tolerance).max() ?? 0
            try write("{\"truth\": \"float64\", \"tolerance\": \(tolerance)}\n", "case.json")
            text += "numbers: \(mode.rawValue)\nsee it again: bnc verify --engine all \(folder)\n"
        } else {
            text += "see it again: bnc inspect \(folder)/model.yaml\n"
        }
        try write(text, "finding.txt")
    }
}
