import Compiler
import Diagnostics
import Foundation
import Testing

/// Models that are right are not warned about.
@Suite struct GoodModelTests {
    private static let root = GalleryTests.folder.deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let specs: [String] = {
        ["specs", "benchmarks/models", "Tests/Fixtures/conformance"].flatMap { folder in
            let path = root.appending(path: folder).path
            let names = try? FileManager.default.subpathsOfDirectory(atPath: path)
            return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
        }
    }()

    /// What is warned about on purpose.
    private static let expected = [
        "seed-wrong-axis-is-legal": ["BNC2301"],
        "corner-augmentation-value-range": [String](repeating: "BNC2006", count: 7),
        "corner-mha-heads": [String](repeating: "BNC2012", count: 6),
    ]

    @Test func thereAreMany() {
        #expect(Self.specs.count > 200)
    }

    @Test(arguments: specs)
    func noWarnings(_ path: String) throws {
        var bag = DiagnosticBag()
        let model = Compiler.check(path: Self.root.appending(path: path).path, into: &bag)
        // A model with a layer that bnc hasn't got is an error, and that alone.
        if model == nil { return }
        let found = bag.sorted().filter { $0.severity > .remark }.map(\.code.id)
        let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
        #expect(found == Self.expected[folder, default: []])
    }

    /// Remarks are hints: they may occur, but each kind here has been looked at.
    @Test(arguments: specs)
    func knownRemarks(_ path: String) throws {
        var bag = DiagnosticBag()
        guard Compiler.check(path: Self.root.appending(path: path).path, into: &bag) != nil else {
            return
        }
        let remarks = Set(bag.diagnostics.filter { $0.severity == .remark }.map(\.code.id))
        #expect(remarks.isSubset(of: ["BNC2302", "BNC2305"]))
    }
}
