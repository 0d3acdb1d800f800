import Foundation
import TensorFiles
import Testing

/// Whatever is wrong with what the user gives: a located message and exit code 1.
@Suite struct ProblemTests {
    private static let spec = """
        layers:
          - Input: {shape: [4], name: x}
          - Dense: {units: 2, name: y}

        """

    private static let kernel = Tensor(shape: [4, 2], floats: [Float](repeating: 1, count: 8))
    private static let bias = Tensor(shape: [2], floats: [0, 0])

    // MARK: Specs

    @Test func missingSpec() async throws {
        let result = try await BNC.run("inspect", "specs/digit_cnn.yaml")
        #expect(result.code == 1)
        #expect(result.output == "")
        #expect(result.error.contains("there is no file `specs/digit_cnn.yaml`"))
    }

    @Test func unknownCommand() async throws {
        let misspelt = try await BNC.run("inspct", "specs/digits_cnn.yaml")
        #expect(misspelt.code == 64)
        #expect(misspelt.error.contains("did you mean `bnc inspect`?"))
        let foreign = try await BNC.run("check", "specs/digits_cnn.yaml")
        #expect(foreign.code == 64)
        #expect(foreign.error.contains("`bnc inspect` checks a spec"))
        let none = try await BNC.run("specs/digits_cnn.yaml")
        #expect(none.code == 64)
        #expect(none.error.contains("`bnc inspect specs/digits_cnn.yaml`"))
        // A script that asks whether there is a command has to get an answer.
        let topic = try await BNC.run("help", "inspct")
        #expect(topic.code == 64)
        #expect(topic.error.contains("did you mean `bnc inspect`?"))
        #expect(try await BNC.run("help", "inspect").code == 0)
        #expect(try await BNC.run("help").code == 0)
    }

    @Test func sizesThatAreNone() async throws {
        for size in ["time", "time=0", "time=x", "=4"] {
            let result = try await BNC.run("inspect", "specs/digits_cnn.yaml", "--bind", size)
            #expect(result.code == 64)
            #expect(result.error.contains("it takes a size's name and a number"))
        }
    }

    @Test func tooManyLayers() async throws {
        let folder = try Folder()
        let layers = String(repeating: "  - ReLU\n", count: 100_000)
        let spec = try folder.write("layers:\n  - Input: {shape: [4]}\n\(layers)", "model.yaml")
        let result = try await BNC.run("inspect", spec)
        #expect(result.code == 1)
        #expect(result.error.contains("there are 100001 layers, more than the 5000"))
        #expect(result.error.contains("model.yaml:5002:5"))
    }

    /// As many names as layers may be are read, one more is not.
    @Test func tooManyNames() async throws {
        let folder = try Folder()
        func error(_ count: Int) async throws -> String {
            let names = [String](repeating: "x", count: count).joined(separator: ", ")
            let spec = try folder.write(
                "layers:\n  - Input: {shape: [4], name: x}\n  - Dense: {units: 2, inputs: [\(names)]}\n",
                "model.yaml")
            return try await BNC.run("inspect", spec).error
        }
        let most = try await error(5000)
        #expect(most.contains("Dense takes one input, not 5000") && !most.contains("more than"))
        let error = try await error(5001)
        #expect(
            error.contains("`inputs` holds 5001 names, more than the 5000 layers that a model may"))
        #expect(error.contains("model.yaml:3:15032"))
    }

    /// A thousand errors are shown; that there are more is said in every format.
    @Test func errorsThatAreLeftOut() async throws {
        let folder = try Folder()
        func result(_ count: Int, _ format: String) async throws -> (text: String, code: Int) {
            let layers = (0..<count).map { "  - ReLU: {a\($0): 1}\n" }.joined()
            let spec = try folder.write("layers:\n  - Input: {shape: [4]}\n\(layers)", "model.yaml")
            let result = try await BNC.run("inspect", spec, "--format", format)
            return (result.error, result.code)
        }
        let whole = try await result(1000, "terminal")
        #expect(whole.text.hasSuffix("\n\n1000 errors\n"))
        // Of what is no YAML, fewer are shown.
        let unclosed = String(repeating: "  - Dense: {units: 3\n", count: 100)
        let broken = try folder.write("layers:\n\(unclosed)", "broken.yaml")
        #expect(try await BNC.run("inspect", broken).error.hasSuffix("that are left out\n"))
        let cut = try await result(1001, "terminal")
        #expect(cut.code == 1)
        #expect(cut.text.hasSuffix("1000 errors, and those that are left out\n"))
        for (count, last) in [(1000, "BNC2002"), (1001, "BNC0005")] {
            let text = try await result(count, "json").text
            let list = try #require(
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
            #expect(list.count == count)
            #expect(list.last?["code"] as? String == last)
        }
        let sarif = try await result(1001, "sarif").text
        #expect(sarif.contains("toolExecutionNotifications") && sarif.contains("BNC0005"))
        #expect(!(try await result(1000, "sarif").text.contains("invocations")))
        let github = try await result(1001, "github").text
        #expect(github.split(separator: "\n").last?.hasPrefix("::notice title=BNC0005") == true)
    }

    /// A pipe that nobody writes to is no model, and nothing to wait for.
    @Test func pipeWithoutWriter() async throws {
        let folder = try Folder()
        let path = folder.path("pipe.yaml")
        #expect(mkfifo(path, 0o600) == 0)
        let result = try await BNC.run("inspect", path)
        #expect(result.code == 1)
        #expect(result.error.contains("BNC1001"))
    }

    @Test(arguments: ["inspect", "compile", "run"])
    func severalErrorsInOneRun(_ command: String) async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [28, 28, 1]}
              - Conv2d: {filters: 8, kernel_size: 3}
              - Dense: {unit: 10}
            """, "model.yaml")
        let extra =
            switch command {
            case "compile": ["-o", folder.path("out")]
            case "run": ["--input", "specs/digits.npz"]
            default: [String]()
            }
        let result =
            extra.isEmpty
            ? try await BNC.run(command, spec)
            : try await BNC.run(command, spec, extra[0], extra[1])
        #expect(result.code == 1)
        #expect(result.error.contains("model.yaml:3:5"))
        #expect(result.error.contains("did you mean `Conv2D`?"))
        #expect(result.error.contains("model.yaml:4:"))
        #expect(result.error.contains("2 errors"))
        #expect(try folder.names == ["model.yaml"])
    }

    @Test func truncatedSpec() async throws {
        let folder = try Folder()
        let spec = try folder.write("layers:\n  - Input: {shape: [4", "model.yaml")
        let result = try await BNC.run("inspect", spec)
        #expect(result.code == 1)
        #expect(result.error.contains("error[BNC1007]"))
        #expect(result.error.contains("model.yaml:2:"))
    }

    // MARK: Weights

    @Test func weightsThatDontFit() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let weights = folder.path("w.safetensors")
        func problem(_ tensors: [(String, Tensor)]) async throws -> String {
            try Safetensors.write(tensors.map { (name: $0.0, tensor: $0.1) }, to: weights)
            let result = try await BNC.run("inspect", spec, "--weights", weights)
            #expect(result.code == 1)
            #expect(result.error.contains("model.yaml:3:5"))
            return result.error
        }
        #expect(try await problem([("y/kernel", Self.kernel)]).contains("has no `y/bias`"))
        let transposed = Tensor(shape: [2, 4], floats: Self.kernel.floats())
        let shape = try await problem([("y/kernel", transposed), ("y/bias", Self.bias)])
        #expect(shape.contains("should be (4, 2), and is (2, 4)"))
        #expect(shape.contains("looks transposed"))
        let integers = Tensor(shape: [2], int32s: [0, 0])
        let type = try await problem([("y/kernel", Self.kernel), ("y/bias", integers)])
        #expect(type.contains("int32"))
    }

    @Test func weightsThatCantBeRead() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let weights = folder.path("w.safetensors")
        let missing = try await BNC.run(
            "compile", spec, "--weights", weights, "-o", folder.path("o"))
        #expect(missing.code == 1)
        #expect(missing.error.contains("no such file"))
        try Safetensors.write(
            [(name: "y/kernel", tensor: Self.kernel), (name: "y/bias", tensor: Self.bias)],
            to: weights)
        let whole = try Data(contentsOf: URL(filePath: weights))
        for count in [0, 4, 20, whole.count - 3] {
            try whole.prefix(count).write(to: URL(filePath: weights))
            let result = try await BNC.run(
                "compile", spec, "--weights", weights, "-o", folder.path("o"))
            #expect(result.code == 1)
            #expect(result.error.contains("w.safetensors"))
            #expect(result.error.contains("error[BNC2204]"))
        }
        #expect(try folder.names == ["model.yaml", "w.safetensors"])
    }

    // MARK: Data

    @Test func dataThatDoesntFit() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let path = folder.path("x.npy")
        func problem(_ tensor: Tensor) async throws -> String {
            try Npy.write(tensor, to: path)
            let result = try await BNC.run("run", spec, "--input", path)
            #expect(result.code == 1)
            #expect(result.output == "")
            return result.error
        }
        let shape = try await problem(
            Tensor(shape: [3, 5], floats: [Float](repeating: 0, count: 15)))
        #expect(shape.contains("error[BNC3002]"))
        #expect(shape.contains("x.npy has the shape (3, 5), and `x` takes samples of (4,)"))
        #expect(shape.contains("model.yaml:2:5"))
        let square = try await problem(Tensor(shape: [2, 2], floats: [0, 0, 0, 0]))
        #expect(square.contains("x.reshape(4)"))
        #expect(try await problem(Tensor(shape: [0, 4], floats: [])).contains("holds no sample"))
    }

    /// They are computed with, as by Keras, and said once.
    @Test func dataThatIsNotFinite() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let path = folder.path("x.npy")
        try Npy.write(
            Tensor(shape: [2, 4], floats: [0, 0, 0, 0, 0, 0, .nan, .infinity]), to: path)
        let result = try await BNC.run("run", spec, "--input", path)
        #expect(result.code == 0)
        #expect(result.error.contains("warning[BNC3004]: "))
        #expect(result.error.contains("x.npy holds nan at [1, 2], and 1 more that are not finite"))
        let allowed = try await BNC.run("run", spec, "--input", path, "--allow", "BNC3004")
        #expect(!allowed.error.contains("BNC3004"))
        let strict = try await BNC.run("run", spec, "--input", path, "--warnings-as-errors")
        #expect(strict.code == 1)
    }

    /// Shapes are compared before anything is read: what is too large to be read has one too.
    @Test func shapesOfArraysThatAreNotRead() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let path = folder.path("x.npz")
        let values = Tensor(shape: [3, 5], floats: [Float](repeating: 0, count: 15))
        try Npz.write([("x", values), ("z", values)], to: path)
        let data = try Data(contentsOf: URL(filePath: path))
        // The numbers behind the header are damaged, which reading them would tell.
        var damaged = data
        let header = try #require(damaged.firstRange(of: Data("'shape': (3, 5)".utf8)))
        let numbers = try #require(damaged[header.upperBound...].firstIndex(of: 10))
        damaged[numbers + 1] ^= 1
        try damaged.write(to: URL(filePath: path))
        let result = try await BNC.run("run", spec, "--input", path)
        #expect(result.code == 1)
        #expect(result.error.contains("x.npz has the shape (3, 5), and `x` takes samples of (4,)"))
        let none = try await BNC.run("run", spec, "--input", path + ":y")
        #expect(none.error.contains("there is no tensor `y`"))
        #expect(none.error.contains("it holds x, z"))
    }

    @Test(arguments: [
        ([2, 3, 8, 8], "the channels stand first: numpy.moveaxis(x, -3, -1)"),
        ([2, 8, 8], "an axis of channels is missing: numpy.stack([x] * 3, axis=-1)"),
        ([8, 8], "an axis of channels is missing"),
        ([2, 8, 8, 1], "should have 3, and has 1: numpy.repeat(x, 3, axis=-1)"),
        ([2, 8, 8, 4], "should have 3, and has 4: x[..., :3]"),
        ([2, 8, 8, 2], "the last axis should have 3, and has 2"),
        ([2, 16, 16, 3], "bring the images to the size (8, 8) first"),
        ([1, 2, 8, 8, 3], "there is an axis too many: x.reshape(-1, 8, 8, 3)"),
        ([2, 192], "reshape it first: x.reshape(-1, 8, 8, 3)"),
    ])
    func imagesOfOtherShapes(_ shape: [Int], _ help: String) async throws {
        let folder = try Folder()
        let spec = try folder.write(
            "layers:\n  - Input: {shape: [8, 8, 3]}\n  - Flatten\n", "model.yaml")
        let path = folder.path("x.npy")
        let count = shape.reduce(1, *)
        try Npy.write(
            Tensor(shape: shape, floats: [Float](repeating: 0, count: count)), to: path)
        let result = try await BNC.run("run", spec, "--input", path)
        #expect(result.code == 1)
        #expect(result.error.contains(help), "\(result.error)")
        #expect(result.error.contains("model.yaml:2:5"))
    }

    /// Renaming doesn't make an array of a picture.
    @Test(arguments: [
        ("x.csv", "1,2,3", "numpy.loadtxt(path, delimiter=\",\")"),
        ("x.png", "\u{89}PNG", "PIL.Image.open(path)"),
        ("x.h5", "?", "numpy.save(\"x.npy\", data)"),
        (
            "x.npy", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "`git lfs pull` fetches the file itself"
        ),
        ("x.npz", "<!DOCTYPE html><html>", "found a web page"),
    ])
    func filesOfOtherKinds(_ name: String, _ content: String, _ help: String) async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let result = try await BNC.run(
            "run", spec, "--input", try folder.write(content, name))
        #expect(result.code == 1)
        #expect(result.error.contains(help), "\(result.error)")
    }

    @Test func pathsThatAreNone() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let address = try await BNC.run("run", spec, "--input", "https://example.org/x.npy")
        #expect(address.code == 1 && address.error.contains("download it first"))
        let empty = try await BNC.run("run", spec, "--input", "")
        #expect(empty.code == 1 && empty.error.contains("give the path of a file"))
        let standard = try await BNC.run("inspect", "-")
        #expect(standard.code == 1 && standard.error.contains("/dev/stdin"))
        let pointer = try folder.write(
            "version https://git-lfs.github.com/spec/v1\n", "w.safetensors")
        let weights = try await BNC.run("inspect", spec, "--weights", pointer)
        #expect(weights.code == 1 && weights.error.contains("found a pointer of Git LFS"))
    }

    @Test func oneInputTwice() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let path = folder.path("x.npy")
        try Npy.write(Tensor(shape: [1, 4], floats: [1, 2, 3, 4]), to: path)
        let result = try await BNC.run("run", spec, "--input", path, "--input", "x=\(path)")
        #expect(result.code == 1)
        #expect(result.error.contains("`x` gets data twice"))
    }

    @Test func dataThatCantBeRead() async throws {
        let folder = try Folder()
        let spec = try folder.write(Self.spec, "model.yaml")
        let missing = try await BNC.run("run", spec, "--input", folder.path("x.npy"))
        #expect(missing.code == 1)
        #expect(missing.error.contains("no such file"))
        let path = folder.path("x.npy")
        try Npy.write(Tensor(shape: [3, 4], floats: [Float](repeating: 0, count: 12)), to: path)
        let whole = try Data(contentsOf: URL(filePath: path))
        for count in [0, 5, 40, whole.count - 1] {
            try whole.prefix(count).write(to: URL(filePath: path))
            let result = try await BNC.run("run", spec, "--input", path)
            #expect(result.code == 1)
            #expect(result.error.contains("x.npy"))
        }
        let text = try folder.write("not an array", "y.npy")
        #expect(try await BNC.run("run", spec, "--input", text).code == 1)
        let unknown = try await BNC.run("run", spec, "--input", "z=\(path)")
        #expect(unknown.error.contains("no input `z`"))
    }

    @Test func severalInputsNeedNames() async throws {
        let folder = try Folder()
        let spec = try folder.write(
            """
            layers:
              - Input: {shape: [2], name: a}
              - Input: {shape: [2], name: b}
              - Add: {inputs: [a, b]}
            """, "model.yaml")
        let path = folder.path("x.npy")
        try Npy.write(Tensor(shape: [1, 2], floats: [1, 2]), to: path)
        let nameless = try await BNC.run("run", spec, "--input", path)
        #expect(nameless.code == 1)
        #expect(nameless.error.contains("--input NAME="))
        let one = try await BNC.run("run", spec, "--input", "a=\(path)")
        #expect(one.code == 1)
        #expect(one.error.contains("no data for the input `b`"))
        #expect(one.error.contains("model.yaml:3:5"))
        let both = try await BNC.run("run", spec, "--input", "a=\(path)", "--input", "b=\(path)")
        #expect(both.code == 0)
    }

    // MARK: Usage

    @Test func wrongUsage() async throws {
        #expect(try await BNC.run("inspect").code == 64)
        #expect(try await BNC.run("inspect", "a.yaml", "--colour").code == 64)
        #expect(try await BNC.run("compile", "specs/digits_cnn.yaml").code == 64)
        #expect(try await BNC.run("run", "specs/digits_cnn.yaml").code == 64)
        #expect(try await BNC.run("frobnicate").code == 64)
        // A file is no case: nothing was verified.
        let verify = try await BNC.run("verify", "specs/digits_cnn.yaml")
        #expect(verify.code == 1 && verify.error.contains("there is no case"))
        #expect(try await BNC.run("--help").code == 0)
        #expect(try await BNC.run("--version").output.hasPrefix("0."))
    }

    @Test func diagnosticsForPrograms() async throws {
        let folder = try Folder()
        let spec = try folder.write("layers:\n  - Inputs: {shape: [4]}\n", "model.yaml")
        let json = try await BNC.run("inspect", spec, "--format", "json")
        #expect(json.code == 1)
        let list = try JSONSerialization.jsonObject(with: Data(json.error.utf8)) as? [[String: Any]]
        #expect(list?.first?["code"] as? String == "BNC2003")
        let sarif = try await BNC.run("inspect", spec, "--format", "sarif")
        let log = try JSONSerialization.jsonObject(with: Data(sarif.error.utf8)) as? [String: Any]
        #expect(log?["version"] as? String == "2.1.0")
        let github = try await BNC.run("inspect", spec, "--format", "github")
        #expect(github.error.hasPrefix("::error file="))
    }

    @Test func catalogAndCodes() async throws {
        let layers = try await BNC.run("layers")
        #expect(layers.code == 0)
        #expect(layers.output.contains("BatchNormalization"))
        #expect(try await BNC.run("layers", "Conv2D").output.contains("kernel_size"))
        let unknown = try await BNC.run("layers", "Conv2DD")
        #expect(unknown.code == 1)
        #expect(unknown.error.contains("Conv2D"))
        #expect(try await BNC.run("layers", "conv_2d").output.hasPrefix("Conv2D"))
        let absent = try await BNC.run("layers", "Equalization")
        #expect(absent.code == 1 && absent.error.contains("histogram"))
        #expect(try await BNC.run("layers", "Linear").error.contains("`Dense`"))
        let json = try await BNC.run("layers", "--json")
        let catalog = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((catalog["layers"] as? [[String: Any]])?.first?["name"] as? String == "Input")
        #expect(try await BNC.run("explain", "BNC1007").output.contains("bracket"))
        #expect(try await BNC.run("explain", "1007").output.contains("bracket"))
        #expect(try await BNC.run("explain", "BNC9999").code == 1)
    }
}
