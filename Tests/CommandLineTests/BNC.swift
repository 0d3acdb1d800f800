import Foundation
import Subprocess
import Testing

/// The built command, run as a user runs it.
enum BNC {
    struct Result {
        var code: Int
        var output: String
        var error: String
    }

    /// The repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The executable: beside the test bundle, whatever the platform calls that.
    static let path: String = {
        var directory = URL(filePath: CommandLine.arguments[0])
        for _ in 0..<6 {
            directory.deleteLastPathComponent()
            let candidate = directory.appending(path: "bnc").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        fatalError("no bnc beside \(CommandLine.arguments[0])")
    }()

    /// Runs the command in the repository's folder.
    @discardableResult
    static func run(
        _ arguments: String..., environment: [Environment.Key: String] = [:]
    ) async throws -> Result {
        var changes: [Environment.Key: String?] = environment.mapValues { $0 }
        changes["NO_COLOR"] = "1"
        let result = try await Subprocess.run(
            .path(.init(path)), arguments: Arguments(arguments),
            environment: .inherit.updating(changes), workingDirectory: .init(root.path),
            output: .string(limit: 16 << 20), error: .string(limit: 16 << 20))
        guard case .exited(let code) = result.terminationStatus else {
            throw Crash(status: "\(result.terminationStatus)", error: result.standardError)
        }
        return Result(
            code: Int(code), output: result.standardOutput, error: result.standardError)
    }

    struct Crash: Error {
        let status: String
        let error: String
    }
}

/// A folder for one test, removed with it.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bnc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a text and returns its path.
    @discardableResult
    func write(_ text: String, _ name: String) throws -> String {
        let target = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
        return target.path
    }

    /// Everything in it, hidden files too.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }
}

/// Compares a text with a file beside the tests; `BNC_BLESS=1` writes the file instead.
func expectSnapshot(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Snapshots/\(name)")
    if ProcessInfo.processInfo.environment["BNC_BLESS"] == "1" {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return
    }
    let expected = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    #expect(text == expected, "BNC_BLESS=1 blesses it", sourceLocation: sourceLocation)
}
