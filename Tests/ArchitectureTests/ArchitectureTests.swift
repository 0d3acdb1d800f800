import Foundation
import Testing

/// SwiftPM lets a target import what its dependencies depend on; these rules don't.
@Suite struct ArchitectureTests {
    static let root = String(
        #filePath.dropLast("/Tests/ArchitectureTests/ArchitectureTests.swift".count))

    /// What each module may import of bnc's own: data flows from top to bottom.
    static let allowed: [(module: String, imports: Set<String>)] = [
        ("Diagnostics", []),
        ("Syntax", ["Diagnostics", "CYAML"]),
        ("IR", ["Diagnostics"]),
        ("Spec", ["Syntax", "IR", "Diagnostics"]),
        ("Layers", ["Spec", "IR", "Diagnostics"]),
        ("TensorFiles", ["Diagnostics"]),
        ("Plan", ["IR"]),
        ("Passes", ["IR", "Plan"]),
        ("Interpreter", ["IR", "Plan"]),
        ("SwiftEmitter", ["IR", "Plan"]),
        (
            "Compiler",
            [
                "Diagnostics", "Syntax", "IR", "Spec", "Layers", "TensorFiles", "Plan", "Passes",
                "Interpreter", "SwiftEmitter", "Subprocess",
            ]
        ),
        ("LanguageServer", ["Compiler", "Diagnostics", "IR", "Spec", "Layers"]),
        (
            "bnc",
            [
                "Compiler", "LanguageServer", "Diagnostics", "Syntax", "IR", "Spec", "Layers",
                "TensorFiles", "Plan", "Passes", "Interpreter", "SwiftEmitter", "ArgumentParser",
            ]
        ),
    ]

    /// Modules of the system, open to all.
    static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Dispatch", "Synchronization"]

    static func swiftFiles(_ folder: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { "\(root)/\(folder)/\($0)" }
    }

    static func imports(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap {
            line in
            // What is indented stands in the text of emitted code.
            if line.hasPrefix(" ") { return nil }
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index <= 2, index + 1 < words.count,
                words[..<index].allSatisfy({
                    $0.hasPrefix("@") || $0 == "package" || $0 == "public"
                })
            else { return nil }
            return words[index + 1]
        }
    }

    @Test func everyModuleIsInTheTable() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/Sources")
        #expect(Set(folders).subtracting(["CYAML"]) == Set(Self.allowed.map { $0.module }))
    }

    @Test(arguments: allowed.map { $0.module })
    func importsFollowTheTable(_ module: String) throws {
        var allowed = Self.allowed.first { $0.module == module }!.imports.union(Self.system)
        if ["Compiler", "LanguageServer", "bnc"].contains(module) {
            allowed.formUnion([
                "Foundation", "FoundationEssentials", "_Builtin_intrinsics.intel.cpuid",
            ])
        }
        for path in try Self.swiftFiles("Sources/\(module)") {
            for name in try Self.imports(path) {
                #expect(allowed.contains(name), "\(path) imports \(name)")
            }
        }
    }

    /// Emitted code needs no library but the C library.
    @Test func generatedCodeImportsNothing() throws {
        for path in try Self.swiftFiles("generated") {
            for name in try Self.imports(path) {
                #expect(["Glibc", "Musl", "Darwin"].contains(name), "\(path) imports \(name)")
            }
        }
    }

    @Test func sourceFilesAreShort() throws {
        for path in try Self.swiftFiles("Sources") where !path.contains("VectorMathSource") {
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false
            ).count
            #expect(lines <= 500, "\(path) has \(lines) lines")
        }
    }
}
