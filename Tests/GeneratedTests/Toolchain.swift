import Foundation

/// Programs that tests run: the compiler, what it makes, and tools that look at that.
enum Toolchain {
    struct Result {
        let status: Int32
        let reason: Process.TerminationReason
        let output: String
        let error: String

        /// The process has ended by itself and without complaint.
        var succeeded: Bool { reason == .exit && status == 0 }
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// A program on the PATH, nil if there is none.
    static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end.
    @discardableResult
    static func run(_ program: String, _ arguments: [String], in folder: Scratch) throws -> Result {
        guard let path = program.contains("/") ? program : find(program) else {
            throw Problem(description: "\(program) is not on the PATH")
        }
        // Into files: a pipe that nobody reads would fill up.
        let id = UUID().uuidString
        let (output, error) = (folder.path("\(id).out"), folder.path("\(id).err"))
        for path in [output, error] {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: error)
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, reason: process.terminationReason,
            output: try String(contentsOfFile: output, encoding: .utf8),
            error: String(
                decoding: try Data(contentsOf: URL(fileURLWithPath: error)), as: UTF8.self))
    }

    /// Runs a compiler; what it complains about is the error.
    static func compile(_ program: String, _ arguments: [String], in folder: Scratch) throws {
        let result = try run(program, arguments, in: folder)
        guard result.succeeded else {
            let command = ([program] + arguments).joined(separator: " ")
            throw Problem(description: "\(command)\n\(result.error)")
        }
    }
}

/// A folder for one test, removed with it.
final class Scratch: Sendable {
    private let url = FileManager.default.temporaryDirectory
        .appending(path: "bnc-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a text and returns its path.
    @discardableResult
    func write(_ text: String, _ name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }
}
