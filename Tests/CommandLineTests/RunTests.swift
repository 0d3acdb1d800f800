import Foundation
import TensorFiles
import Testing

@Suite struct RunTests {
    @Test(arguments: ["digits_cnn", "digits_cnn_no_bn", "digits_relu_bn", "digits_mlp"])
    func answersAsKerasDoes(_ name: String) async throws {
        let folder = try Folder()
        let result = try await BNC.run(
            "run", "specs/\(name).yaml", "--input", "specs/digits.npz:x_test", "--output",
            folder.path("p.npy"))
        #expect(result.code == 0)
        let expected = try SafetensorsFile.open(
            path: BNC.root.appending(path: "specs/\(name).expected.safetensors").path
        ).read("probabilities")
        let found = try Npy.read(path: folder.path("p.npy"))
        #expect(found.shape == expected.shape)
        let errors = zip(found.floats(), expected.floats()).map { abs($0 - $1) }
        #expect(errors.max()! <= 1e-5)
        #expect(try folder.names == ["p.npy"])
    }

    @Test func showsTheTopClasses() async throws {
        let result = try await BNC.run(
            "run", "specs/digits_cnn.yaml", "--input", "specs/digits.npz:x_test", "--top", "2")
        #expect(result.code == 0)
        #expect(result.output.contains("… and 350 more"))
        try expectSnapshot(result.output, "run-digits_cnn.txt")
    }

    @Test func takesASingleSampleAndSaysThatWeightsAreMissing() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            "layers:\n  - Input: {shape: [4, 4, 1]}\n  - Conv2D: {filters: 2, kernel_size: 3}\n",
            "model.yaml")
        let input = folder.path("x.npy")
        try Npy.write(
            Tensor(shape: [4, 4, 1], floats: [Float](repeating: 1, count: 16)), to: input)
        let shown = try await BNC.run("run", spec, "--input", input)
        #expect(shown.code == 0)
        #expect(shown.error.contains("initializer"))
        #expect(shown.output.contains("mean"))
        try await BNC.run("run", spec, "--input", input, "--output", folder.path("y.safetensors"))
        let output = try SafetensorsFile.open(path: folder.path("y.safetensors")).read("conv2d")
        #expect(output.shape == [2, 2, 2])
    }

    @Test func verifiesACase() async throws {
        let folder = try Folder()
        let specs = BNC.root.appending(path: "specs")
        let spec = try String(
            contentsOf: specs.appending(path: "digits_mlp.yaml"), encoding: .utf8)
        try folder.write(
            spec.replacing("weights: digits_mlp.safetensors", with: ""), "c/model.yaml")
        try FileManager.default.copyItem(
            at: specs.appending(path: "digits_mlp.safetensors"),
            to: folder.url.appending(path: "c/weights.safetensors"))
        let images = try Npz.read("x_test", path: specs.appending(path: "digits.npz").path)
        try Safetensors.write(
            [
                (
                    name: "input_layer",
                    tensor: Tensor(shape: images.shape, floats: images.floats())
                )
            ],
            to: folder.path("c/inputs.safetensors"))
        let answers = try SafetensorsFile.open(
            path: specs.appending(path: "digits_mlp.expected.safetensors").path
        ).read("probabilities")
        try Safetensors.write(
            [(name: "activation_1", tensor: answers)], to: folder.path("c/outputs.safetensors"))
        try folder.write("{\"tolerance\": 1e-05}", "c/case.json")
        let good = try await BNC.run("verify", folder.path("c"))
        #expect(good.code == 0, "\(good.output)\(good.error)")
        #expect(good.output.contains("1 of 1 pass"))
        try folder.write("{\"tolerance\": 1e-12}", "c/case.json")
        let bad = try await BNC.run("verify", folder.path("c"))
        #expect(bad.code == 1)
        #expect(bad.output.contains("FAIL c  interpreter"))
        try folder.write(
            "layers:\n  - Input: {shape: [4, 2]}\n  - Lambda: {function: f}\n", "c/model.yaml")
        let absent = try await BNC.run("verify", folder.path("c"))
        #expect(absent.code == 1)
        #expect(absent.output.contains("not supported: Lambda (1)"))
        #expect(try await BNC.run("verify", folder.path("c"), "--allow-unsupported").code == 0)
    }
}
