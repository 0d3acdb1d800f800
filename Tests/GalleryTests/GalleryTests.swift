import Diagnostics
import Foundation
import Testing

/// Broken specs, each with all that is said about it, word for word. `BNC_BLESS=1` writes the texts
/// anew; read the difference as a user would.
@Suite struct GalleryTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Cases")

    static let names: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
            .sorted()
    }()

    @Test func thereAreMany() {
        #expect(Self.names.count >= 150)
    }

    @Test(arguments: names)
    func rendering(_ name: String) throws {
        let spec = try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))
        let rendering = try Rendering(Array(spec), name: "model.yaml")
        #expect(!rendering.diagnostics.isEmpty, "nothing is wrong")
        let url = Self.folder.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["BNC_BLESS"] == "1" {
            try Data(rendering.text.utf8).write(to: url)
            return
        }
        let expected = try String(decoding: Data(contentsOf: url), as: UTF8.self)
        #expect(rendering.text == expected, "BNC_BLESS=1 blesses it")
    }

    /// What every diagnostic owes its reader, whatever it says.
    @Test(arguments: names)
    func manners(_ name: String) throws {
        let spec = try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))
        let rendering = try Rendering(Array(spec), name: "model.yaml")
        for diagnostic in rendering.diagnostics {
            #expect(!diagnostic.message.isEmpty)
            let first = diagnostic.message.first
            #expect(first?.isUppercase != true || diagnostic.message.startsWithName)
            #expect(!diagnostic.message.hasSuffix("."))
            if let label = diagnostic.primary?.text { #expect(!label.isEmpty) }
            for text in diagnostic.notes + diagnostic.helps + diagnostic.fixIts.map(\.text) {
                #expect(!text.isEmpty && (!text.hasSuffix(".") || text.hasSuffix("...")))
            }
            // A fix that changes nothing is none.
            for fixIt in diagnostic.fixIts { #expect(fixIt.span.text != fixIt.replacement) }
        }
    }

    /// Fixes that leave further ones to be made: each line with a bullet, each line with a tab among spaces.
    private static let severalSteps: Set<String> = [
        "yaml-bullets", "yaml-mixed-tabs", "yaml-tab-and-more", "yaml-tab-in-mapping",
        "tabs-below-class", "yaml-no-space-after-colon-block", "yaml-quoted-items",
    ]

    /// A fix mends what it is for, and makes no YAML of YAML.
    @Test(arguments: names)
    func fixes(_ name: String) throws {
        let spec = try Array(Data(contentsOf: Self.folder.appending(path: "\(name).yaml")))
        let before = try Rendering(spec, name: "model.yaml").diagnostics
        func count(_ diagnostic: Diagnostic, in diagnostics: [Diagnostic]) -> Int {
            diagnostics.count {
                $0.code.id == diagnostic.code.id && $0.message == diagnostic.message
            }
        }
        for diagnostic in before {
            for fixIt in diagnostic.fixIts {
                let range = fixIt.span.range
                let fixed =
                    spec[..<range.lowerBound] + Array(fixIt.replacement.utf8)
                    + spec[range.upperBound...]
                let after = try Rendering(Array(fixed), name: "model.yaml").diagnostics
                if Self.severalSteps.contains(name) { continue }
                #expect(
                    count(diagnostic, in: after) < count(diagnostic, in: before),
                    "\(diagnostic.message): \(fixIt.text)")
                let new = after.filter {
                    $0.code.id.hasPrefix("BNC10") && count($0, in: before) == 0
                }
                #expect(new.isEmpty, "\(fixIt.text) makes \(new.map(\.message))")
            }
        }
    }
}

extension String {
    /// Whether the text begins with a class or a proper name.
    fileprivate var startsWithName: Bool {
        let word = prefix { $0.isLetter || $0.isNumber }
        return word == "YAML" || word.dropFirst().contains(where: \.isUppercase)
            || Self.classNames.contains(String(word))
    }

    private static let classNames: Set<String> = [
        "Add", "Multiply", "Average", "Concatenate", "Dot", "Dense", "Dropout", "Input", "Flatten",
        "Activation", "Subtract", "Softmax", "Resizing", "Permute", "Reshape", "Attention",
        "Embedding", "Bidirectional", "Masking", "Reuse", "Normalization", "Rescaling",
    ]
}
