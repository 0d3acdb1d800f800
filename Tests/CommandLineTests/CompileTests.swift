import Foundation
import Subprocess
import TensorFiles
import Testing

@Suite struct CompileTests {
    private static let spec = "specs/digits_mlp.yaml"

    @Test func writesAPackage() async throws {
        let folder = try Folder()
        let result = try await BNC.run("compile", Self.spec, "-o", folder.path("Out"))
        #expect(result.code == 0)
        #expect(result.output.contains("swift build -c release"))
        #expect(try folder.names == ["Out"])
        for name in ["Package.swift", "Sources/DigitsMLP/DigitsMLP.swift", "DigitsMLP.weights"] {
            #expect(FileManager.default.fileExists(atPath: folder.path("Out/\(name)")), "\(name)")
        }
        // The same again, to the byte, and what was built stays.
        let source = folder.url.appending(path: "Out/Sources/DigitsMLP/DigitsMLP.swift")
        let first = try Data(contentsOf: source)
        try folder.write("", "Out/.build/object.o")
        #expect(try await BNC.run("compile", Self.spec, "-o", folder.path("Out")).code == 0)
        #expect(try Data(contentsOf: source) == first)
        #expect(FileManager.default.fileExists(atPath: folder.path("Out/.build/object.o")))
        #expect(try folder.names == ["Out"])
    }

    @Test func leavesForeignFilesAlone() async throws {
        let folder = try Folder()
        try folder.write("mine", "Out/notes.txt")
        let refused = try await BNC.run("compile", Self.spec, "-o", folder.path("Out"))
        #expect(refused.code == 1)
        #expect(refused.error.contains("notes.txt"))
        #expect(try folder.names == ["Out"])
        #expect(!FileManager.default.fileExists(atPath: folder.path("Out/Package.swift")))
        let forced = try await BNC.run("compile", Self.spec, "-o", folder.path("Out"), "--force")
        #expect(forced.code == 0)
        #expect(FileManager.default.fileExists(atPath: folder.path("Out/Package.swift")))
        let notes = try String(contentsOfFile: folder.path("Out/notes.txt"), encoding: .utf8)
        #expect(notes == "mine")
        // Now the folder is bnc's, with a file that isn't.
        #expect(try await BNC.run("compile", Self.spec, "-o", folder.path("Out")).code == 1)
    }

    @Test func printsGraphs() async throws {
        let ir = try await BNC.run("compile", "specs/digits_cnn.yaml", "--emit", "ir")
        #expect(ir.code == 0)
        #expect(ir.output.hasPrefix("graph "))
        #expect(!ir.output.contains("batch_normalization %"))
        let passes = try await BNC.run("compile", "specs/digits_cnn.yaml", "--emit", "passes")
        #expect(passes.output.contains("// after fold-scale-shift-backwards"))
    }

    @Test func embedsWeights() async throws {
        let folder = try Folder()
        let result = try await BNC.run(
            "compile", Self.spec, "-o", folder.path("Out"), "--embed-weights", "--type-name", "Net")
        #expect(result.code == 0)
        #expect(FileManager.default.fileExists(atPath: folder.path("Out/Sources/Net/Net.swift")))
        #expect(!FileManager.default.fileExists(atPath: folder.path("Out/Net.weights")))
    }

    /// Threads where a step is large enough, and a word where none is.
    @Test func writesThreads() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [64, 64, 16]}
              - Conv2D: {filters: 64, kernel_size: 3}
            """, "wide.yaml")
        let result = try await BNC.run("compile", spec, "-o", folder.path("Out"), "--threads", "2")
        #expect(result.code == 0)
        #expect(
            FileManager.default.fileExists(
                atPath: folder.path("Out/Sources/Wide/WideThreads.swift")))
        let source = try String(
            contentsOfFile: folder.path("Out/Sources/Wide/Wide.swift"), encoding: .utf8)
        #expect(source.contains("threads.run(0, parts: "))
        let small = try await BNC.run(
            "compile", Self.spec, "-o", folder.path("Small"), "--threads", "2")
        #expect(small.code == 0)
        #expect(small.error.contains("too small for several threads"))
        try await BNC.run("compile", Self.spec, "-o", folder.path("One"))
        let texts = try ["Small", "One"].map {
            try String(
                contentsOfFile: folder.path("\($0)/Sources/DigitsMLP/DigitsMLP.swift"),
                encoding: .utf8)
        }
        #expect(texts[0] == texts[1])
    }

    @Test(arguments: ["0", "65", "two"])
    func refusesThreads(_ count: String) async throws {
        let result = try await BNC.run("compile", Self.spec, "-o", "Out", "--threads", count)
        #expect(result.code == 64)
        #expect(result.error.contains("--threads"))
    }

    /// An interrupted command leaves nothing behind and ends by the signal.
    ///
    /// Synchronous, so that other tests can't come between seeing the folder and the signal.
    @Test(
        arguments: [
            [
                "run", "specs/digits_cnn.yaml", "--input", "specs/digits.npz:x_test", "--engine",
                "compiled",
            ],
            ["bench", "specs/digits_cnn.yaml"],
        ],
        // Milliseconds: while it emits, while it writes, while compilers start and while they run.
        [0, 20, 60, 400])
    func interruptionCleansUp(_ arguments: [String], after delay: UInt32) throws {
        let folder = try Folder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BNC.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TMPDIR": folder.url.path]) { $1 }
        process.currentDirectoryURL = BNC.root
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        while process.isRunning, try folder.names.isEmpty { usleep(2000) }
        usleep(delay * 1000)
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == SIGINT)
        #expect(try folder.names == [])
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }
}
