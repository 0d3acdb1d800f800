#if arch(x86_64) && os(Linux)
    import Foundation
    import Subprocess
    import TensorFiles
    import Testing

    /// A package for several CPUs, built as its user builds it.
    @Suite struct MultiTests {
        /// On this CPU, and on older ones where `qemu-x86_64` can play them.
        @Test(.timeLimit(.minutes(20)))
        func everyCPUGetsCodeThatItCanRun() async throws {
            let folder = try Folder()
            let package = folder.path("Package")
            let result = try await BNC.run(
                "compile", "specs/digits_cnn.yaml", "-o", package, "--target-cpu", "multi")
            #expect(result.code == 0)
            #expect(result.output.hasPrefix("digits_cnn for x86-64-v4, x86-64-v3, generic\n"))
            let built = try await Self.run(
                "swift", ["build", "-c", "release", "--package-path", package])
            #expect(built.succeeded, "\(built.text)")
            #expect(!built.text.contains("warning:"), "\(built.text)")
            let products = "\(package)/.build/release"

            // No function of theirs can take the place of one that others call.
            for module in ["DigitsCNNV4", "DigitsCNNV3"] {
                let object = "\(products)/\(module).build/Kernels.swift.o"
                let symbols = try await Self.run("nm", ["--defined-only", object])
                #expect(symbols.text.contains(" T "))
                #expect(!symbols.text.contains(" W "), "\(symbols.text)")
            }

            let all = try Npz.read(
                "x_test", path: BNC.root.appending(path: "specs/digits.npz").path)
            let images = Tensor(shape: [20, 8, 8, 1], floats: Array(all.floats().prefix(20 * 64)))
            let input = folder.path("x.npy")
            try Npy.write(images, to: input)
            let expected = try SafetensorsFile.open(
                path: BNC.root.appending(path: "specs/digits_cnn.expected.safetensors").path
            ).read("probabilities").floats()
            func check(_ program: String, _ arguments: [String]) async throws {
                let output = folder.path("y.npy")
                let run = try await Self.run(program, arguments + [input, output])
                #expect(run.succeeded, "\(arguments): \(run.text)")
                let found = try Npy.read(path: output).floats()
                let errors = zip(found, expected).map { abs($0 - $1) }
                #expect(errors.count == 200 && errors.max()! <= 1e-5, "\(arguments)")
            }
            let predict = "\(products)/predict"
            try await check(predict, [])
            // Each CPU reads its own weights and no others: the files of the others are gone.
            func check(as name: String, _ program: String, _ arguments: [String]) async throws {
                let aside = folder.path("aside")
                try FileManager.default.moveItem(atPath: package, toPath: aside)
                try FileManager.default.createDirectory(
                    atPath: package, withIntermediateDirectories: false)
                for entry in [".build", "DigitsCNN.\(name).weights"] {
                    try FileManager.default.moveItem(
                        atPath: "\(aside)/\(entry)", toPath: "\(package)/\(entry)")
                }
                try await check(program, arguments)
                for entry in [".build", "DigitsCNN.\(name).weights"] {
                    try FileManager.default.moveItem(
                        atPath: "\(package)/\(entry)", toPath: "\(aside)/\(entry)")
                }
                try FileManager.default.removeItem(atPath: package)
                try FileManager.default.moveItem(atPath: aside, toPath: package)
            }
            try await check(as: Self.host(), predict, [])
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/qemu-x86_64") else {
                return
            }
            for (cpu, name) in [("Haswell", "x86-64-v3"), ("Nehalem", "generic")] {
                try await check(as: name, "/usr/bin/qemu-x86_64", ["-cpu", cpu, predict])
            }
        }

        /// The best of the targets that this CPU can run, as Linux says.
        private static func host() throws -> String {
            let text = try cpuInfo()
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("flags") })
            let flags = Set(line.split(separator: " ").map(String.init))
            let v3: Set = ["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]
            let v4: Set = ["avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl"]
            guard flags.isSuperset(of: v3) else { return "generic" }
            return flags.isSuperset(of: v4) ? "x86-64-v4" : "x86-64-v3"
        }

        private static func cpuInfo() throws -> String {
            try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        }

        /// Whether it is a Zen 4: AMD's family 19h with AVX-512.
        private static func isZen4() throws -> Bool {
            let lines = try cpuInfo().split(separator: "\n")
            func value(_ key: String) -> Substring? {
                lines.first { $0.hasPrefix(key) }?.split(separator: " ").last
            }
            return try host() == "x86-64-v4" && value("vendor_id") == "AuthenticAMD"
                && value("cpu family") == "25"
        }

        /// What `--target-cpu native` means is what the system says of this CPU.
        @Test func nativeIsTheBestThisCPURuns() async throws {
            let folder = try Folder()
            let result = try await BNC.run(
                "compile", "specs/digits_mlp.yaml", "-o", folder.path("Out"))
            #expect(result.code == 0)
            let name = try Self.isZen4() ? "znver4" : Self.host()
            #expect(result.output.hasPrefix("digits_mlp for \(name)"), "\(result.output)")
        }

        @Test func variantsCanBeEmbedded() async throws {
            let folder = try Folder()
            let result = try await BNC.run(
                "compile", "specs/digits_mlp.yaml", "-o", folder.path("Out"), "--target-cpu",
                "multi", "--embed-weights")
            #expect(result.code == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("Out"))
            #expect(names.sorted().filter { !$0.hasPrefix(".") } == ["Package.swift", "Sources"])
            let sources = folder.path("Out/Sources/DigitsMLP")
            let checked = try await Self.run(
                "swiftc",
                [
                    "-typecheck", "-parse-as-library", "-swift-version", "6", "-I",
                    try await modules(folder),
                ] + ["DigitsMLP", "CPUFeatures"].map { "\(sources)/\($0).swift" })
            #expect(checked.succeeded, "\(checked.text)")
        }

        /// The interfaces of the variants' modules.
        private func modules(_ folder: Folder) async throws -> String {
            for module in ["DigitsMLPV4", "DigitsMLPV3", "DigitsMLPGeneric"] {
                let made = try await Self.run(
                    "swiftc",
                    [
                        "-emit-module", "-parse-as-library", "-module-name", module, "-o",
                        folder.path("\(module).swiftmodule"),
                        folder.path("Out/Sources/\(module)/Kernels.swift"),
                    ])
                #expect(made.succeeded, "\(made.text)")
            }
            return folder.url.path
        }

        private static func run(
            _ program: String, _ arguments: [String]
        ) async throws -> (succeeded: Bool, text: String) {
            let result = try await Subprocess.run(
                program.hasPrefix("/") ? .path(.init(program)) : .name(program),
                arguments: Arguments(arguments), output: .string(limit: 16 << 20),
                error: .string(limit: 16 << 20))
            return (
                result.terminationStatus == .exited(0),
                result.standardOutput + result.standardError
            )
        }
    }
#endif
