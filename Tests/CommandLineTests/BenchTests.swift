import Foundation
import TensorFiles
import Testing

/// `bnc bench`, but for what it is for: times are nobody's expectation.
@Suite struct BenchTests {
    private static let spec = """
        name: two inputs
        layers:
          - Input: {shape: [6, 6, 2], name: image}
          - Conv2D: {filters: 4, kernel_size: 3, name: conv}
          - Flatten: {name: flat}
          - Input: {shape: [4], name: times}
          - Dense: {units: 3, name: a, inputs: times}
          - Input: {shape: [6], dtype: int32, name: tokens}
          - Reshape: {target_shape: [2, 3], name: pairs, inputs: tokens}
          - Dense: {units: 3, name: b, inputs: flat}
          - Add: {name: sum, inputs: [a, b]}
        outputs: [sum, pairs]

        """

    /// Of `specs/digits_mlp.yaml`: two dense layers.
    private static let multiplyAdds = 64 * 64 + 64 * 10

    /// Numbers, units and the machine's name as marks; columns one space apart.
    private static func masked(_ text: String) -> String {
        var lines = text.replacing(/\/\S*\/model.yaml/, with: "model.yaml")
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines[1] = lines[1].replacing(#/^.*?; /#, with: "CPU; ")
            .replacing(/swiftc [^;]*/, with: "swiftc VERSION")
        return lines.enumerated().map { index, line in
            index < 2
                ? line
                : line.replacing(/[0-9][0-9.,]*(e[-+][0-9]+)?/, with: "#")
                    .replacing(/# (µs|ms|s|bytes|KiB|MiB)\b/, with: "# UNIT")
                    .replacing(#/ +/#, with: " ")
        }.joined(separator: "\n")
    }

    @Test func showsEnginesAndSteps() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let result = try await BNC.run(
            "bench", spec, "--batch", "3", "--seconds", "0.02", "--rounds", "2", "--target-cpu",
            "generic", environment: ["TMPDIR": folder.url.path])
        #expect(result.code == 0, "\(result.error)")
        #expect(
            result.error
                == "bnc: no weights given: every variable has its initializer's value\n")
        try expectSnapshot(Self.masked(result.output), "bench.txt")
        #expect(try folder.names == ["model.yaml"])
    }

    @Test func jsonHoldsTheFigures() async throws {
        let folder = try Folder()
        let result = try await BNC.run(
            "bench", "specs/digits_mlp.yaml", "--input", "specs/digits.npz:x_test", "--seconds",
            "0.02", "--rounds", "1", "--json", "--keep", folder.path("kept"))
        #expect(result.code == 0, "\(result.error)")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let benchmark = try #require(object as? [String: Any])
        #expect(benchmark["name"] as? String == "digits_mlp")
        #expect(benchmark["batch"] as? Int == 1)
        for key in ["peakFLOPS", "memoryBytesPerSecond", "buildSeconds"] {
            let number = try #require(benchmark[key] as? Double, "\(key)")
            #expect(number > 0, "\(key)")
        }
        let difference = try #require(benchmark["largestDifference"] as? Double)
        #expect(difference < 1e-5)
        let engines = try #require(benchmark["engines"] as? [[String: Any]])
        #expect(engines.map { $0["engine"] as? String } == ["interpreter", "compiled"])
        for engine in engines {
            func number(_ key: String) throws -> Double {
                try #require(engine[key] as? Double, "\(key)")
            }
            #expect(try number("minimum") > 0)
            #expect(try number("minimum") <= number("median"))
            #expect(try number("median") <= number("percentile95"))
            #expect(try number("startUp") >= number("minimum"))
            #expect(try number("predictions") >= 1)
            #expect(try number("multiplyAdds") == Double(Self.multiplyAdds))
            #expect(try number("peakMemoryBytes") > 1e6)
        }
        let steps = try #require(benchmark["steps"] as? [[String: Any]])
        let shares = try steps.map { try #require($0["share"] as? Double) }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
        let costs = try steps.map { try #require($0["cost"] as? [String: Int]) }
        #expect(costs.compactMap { $0["multiplyAdds"] }.reduce(0, +) == Self.multiplyAdds)

        // What was kept is a program to go on with, and a folder that a second run may replace.
        #expect(result.error.contains("run it again: \(folder.path("kept"))/.build/benchmark "))
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path("kept"))
        #expect(
            kept.sorted() == [
                ".bnc", ".build", "Benchmark.swift", "DigitsMLP.swift", "DigitsMLP.weights",
            ])
    }

    @Test func withoutACompilerTheInterpreterIsMeasured() async throws {
        let arguments = ["specs/digits_mlp.yaml", "--seconds", "0.01"]
        let both = try await BNC.run(
            "bench", arguments[0], arguments[1], arguments[2], environment: ["PATH": "/none"])
        #expect(both.code == 0)
        #expect(both.error.contains("swiftc is not on the PATH"))
        #expect(both.output.contains("interpreter"))
        #expect(!both.output.contains("emitted Swift"))
        let compiled = try await BNC.run(
            "bench", arguments[0], "--engine", "compiled", environment: ["PATH": "/none"])
        #expect(compiled.code == 1)
        #expect(compiled.error.contains("help: install Swift"))
    }

    @Test func refusesWhatCantBeMeasured() async throws {
        #if arch(x86_64)
            let target = "arm64"
        #else
            let target = "x86-64-v3"
        #endif
        let foreign = try await BNC.run("bench", "specs/digits_mlp.yaml", "--target-cpu", target)
        #expect(foreign.code == 1)
        #expect(foreign.error.contains("this CPU can't run what is compiled for \(target)"))
        let data = try await BNC.run(
            "bench", "specs/digits_cnn.yaml", "--input", "specs/digits.npz:y_test")
        #expect(data.code == 1)
        #expect(data.error.contains("error[BNC3002]"))
        let folder = try await BNC.run("bench", "specs/digits_mlp.yaml", "--keep", "specs")
        #expect(folder.code == 1)
        #expect(folder.error.contains("specs holds files that bnc did not write"))
        #expect(folder.error.contains("--keep DIR"))
        for wrong in [
            ["--rounds", "0"], ["--seconds", "0"], ["--batch", "0"], ["--sort", "size"],
        ] {
            let result = try await BNC.run("bench", "specs/digits_mlp.yaml", wrong[0], wrong[1])
            #expect(result.code == 64, "\(wrong)")
        }
    }
}
