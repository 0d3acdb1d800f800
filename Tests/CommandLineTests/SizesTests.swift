import Foundation
import TensorFiles
import Testing

/// Sizes that a spec leaves open, and batches, as the commands take them.
@Suite struct SizesTests {
    private static let spec = """
        layers:
          - Input: {shape: [time, 3], name: x}
          - Conv1D: {filters: 2, kernel_size: 2}
        """

    private static func npy(_ shape: [Int], _ folder: Folder) throws -> String {
        let count = shape.reduce(1, *)
        let path = folder.path("\(shape).npy")
        try Npy.write(
            Tensor(shape: shape, floats: (0..<count).map { Float($0 % 7) / 7 }), to: path)
        return path
    }

    @Test func runTakesSizesFromTheData() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        for time in [2, 9] {
            let result = try await BNC.run(
                "run", spec, "--input", try Self.npy([4, time, 3], folder), "--output",
                folder.path("y.npy"))
            #expect(result.code == 0, "\(result.error)")
            #expect(try Npy.read(path: folder.path("y.npy")).shape == [4, time - 1, 2])
        }
        // A size that was given has to be the data's.
        let wrong = try await BNC.run(
            "run", spec, "--input", try Self.npy([4, 9, 3], folder), "--bind", "time=5")
        #expect(wrong.code == 1)
        #expect(wrong.error.contains("takes samples of (5, 3)"))
        let short = try await BNC.run("run", spec, "--input", try Self.npy([1, 3], folder))
        #expect(short.code == 1)
        #expect(short.error.contains("BNC2103"))
        let flat = try await BNC.run("run", spec, "--input", try Self.npy([3], folder))
        #expect(flat.code == 1)
        #expect(flat.error.contains("takes samples of 2 axes"))
    }

    @Test func aSizeOfOneNameIsOneSize() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [time], name: a}
              - Input: {shape: [time], name: b}
              - Concatenate: {inputs: [a, b]}
            """, "model.yaml")
        let result = try await BNC.run(
            "run", spec, "--input", "a=" + (try Self.npy([2, 4], folder)), "--input",
            "b=" + (try Self.npy([2, 5], folder)))
        #expect(result.code == 1)
        #expect(result.error.contains("`time` is 4 in the data of `a` and 5 in that of `b`"))
    }

    @Test func compileNeedsNumbers() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let open = try await BNC.run("compile", spec, "--emit", "ir")
        #expect(open.code == 1)
        #expect(open.error.contains("--bind time=128"))
        let bound = try await BNC.run(
            "compile", spec, "--emit", "ir", "--bind", "time=5", "--batch", "3")
        #expect(bound.code == 0, "\(bound.error)")
        #expect(bound.output.contains("[3, 5, 3]") || bound.output.contains("[3,5,3]"))
        for arguments in [["--bind", "time=0"], ["--bind", "5"], ["--batch", "0"]] {
            let result = try await BNC.run("compile", spec, arguments[0], arguments[1])
            #expect(result.code == 64)
        }
        let unknown = try await BNC.run("inspect", spec, "--bind", "time=5", "--bind", "tine=5")
        #expect(unknown.code == 1)
        #expect(unknown.error.contains("leaves no size `tine` open"))
    }

    @Test func inspectShowsOpenSizes() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [time, width, 3], name: x}
              - Conv2D: {filters: 8, kernel_size: 3, padding: same}
              - MaxPooling2D
              - GlobalAveragePooling2D
              - Dense: {units: 4}
            """, "model.yaml")
        let open = try await BNC.run("inspect", spec)
        #expect(open.code == 0, "\(open.error)")
        #expect(open.error == "")
        let lines = open.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("conv2d ") && $0.contains("(time, width, 8)") })
        #expect(lines.contains { $0.hasPrefix("max_pooling2d ") && $0.contains("(?, ?, 8)") })
        // What doesn't depend on them is exact.
        #expect(
            lines.contains {
                $0.hasPrefix("dense ") && $0.contains("(4,)") && $0.contains("36")
                    && $0.contains("32")
            })
        #expect(open.output.contains("--bind time=128 --bind width=128"))
        let json = try await BNC.run("inspect", spec, "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let model = try #require(object as? [String: Any])
        let layers = try #require(model["layers"] as? [[String: Any]])
        #expect(layers[1]["outputShape"] as? [AnyHashable] == ["time", "width", 8])
        #expect(layers[1]["multiplyAdds"] is NSNull)
        #expect(layers[4]["multiplyAdds"] as? Int == 32)
        // With numbers, it is the table of any model; kernels are asked for in vain without.
        let bound = try await BNC.run("inspect", spec, "--bind", "time=8", "--bind", "width=6")
        #expect(bound.code == 0)
        #expect(bound.output.contains("(8, 6, 8)"))
        let plan = try await BNC.run("inspect", spec, "--plan")
        #expect(plan.code == 1)
        #expect(plan.error.contains("--bind time=128"))
    }

    @Test func whatIsWrongForAnySizeIsReportedAlone() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            "layers:\n  - Input: {shape: [null, null, 3]}\n  - LSTM: {units: 4}\n", "model.yaml")
        let result = try await BNC.run("inspect", spec)
        #expect(result.code == 1)
        #expect(result.error.contains("gets 3: (?, ?, 3)"))
        #expect(!result.error.contains("BNC2014"))
        #expect(result.error.contains("1 error"))
    }

    @Test func samplesThatDependOnEachOtherArePredictedAtOnce() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            "layers:\n  - Input: {shape: [2]}\n  - BatchNormalization: {mode: batch}\n",
            "model.yaml")
        let input = folder.path("x.npy")
        try Npy.write(Tensor(shape: [2, 2], floats: [1, 2, 3, 6]), to: input)
        let result = try await BNC.run(
            "run", spec, "--input", input, "--output", folder.path("y.npy"))
        #expect(result.code == 0, "\(result.error)")
        let found = try Npy.read(path: folder.path("y.npy"))
        #expect(found.shape == [2, 2])
        for (value, expected) in zip(found.floats(), [-0.9995, -0.99988, 0.9995, 0.99988]) {
            #expect(abs(Double(value) - expected) < 1e-4)
        }
    }
}
