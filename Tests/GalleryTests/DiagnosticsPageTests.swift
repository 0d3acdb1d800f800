import Compiler
import Diagnostics
import Foundation
import Testing

/// docs/diagnostics.md is written from the codes; `BNC_BLESS=1` writes it anew.
@Suite struct DiagnosticsPageTests {
    @Test func pageIsUpToDate() throws {
        let url = GalleryTests.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/diagnostics.md")
        if ProcessInfo.processInfo.environment["BNC_BLESS"] == "1" {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Self.page.utf8).write(to: url)
            return
        }
        let page = try String(decoding: Data(contentsOf: url), as: UTF8.self)
        #expect(page == Self.page, "BNC_BLESS=1 writes docs/diagnostics.md anew")
    }

    private static let groups: [(prefix: String, title: String)] = [
        ("BNC00", "Files"), ("BNC10", "YAML"), ("BNC20", "The spec"), ("BNC21", "Shapes"),
        ("BNC22", "Weights"), ("BNC23", "Warnings and remarks"), ("BNC30", "Data"),
    ]

    static var page: String {
        var text = """
            # Diagnostics

            Everything that bnc has to say has a code, which stays the same. `bnc explain BNC2103` shows one \
            of these entries. Warnings and remarks can be silenced with `--allow CODE`; \
            `--warnings-as-errors` makes errors of warnings. Every example is run by the tests.

            This page is written by a test from the codes in the sources; don't edit it.

            """
        for group in groups {
            let codes = AllDiagnostics.codes.filter { $0.id.hasPrefix(group.prefix) }
            text += "\n## \(group.title)\n\n| code | | |\n|---|---|---|\n"
            for code in codes {
                text +=
                    "| [\(code.id)](#\(code.id.lowercased())) | \(code.severity.name) | "
                    + "\(code.title) |\n"
            }
            for code in codes { text += entry(code) }
        }
        return text
    }

    private static func entry(_ code: DiagnosticCode) -> String {
        var text = "\n### \(code.id)\n\n**\(code.title).** \(code.explanation)\n"
        for (title, example) in [("Wrong", code.failing), ("Right", code.mended)] {
            let language = example.hasPrefix("bnc ") ? "sh" : "yaml"
            let shown = DisplayText.escaped(example, keepingLines: true)
                .split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.count > 100 ? "\($0.prefix(96))..." : String($0) }.joined(separator: "\n")
            text += "\n\(title):\n\n```\(language)\n\(shown)\n```\n"
        }
        return text
    }
}
