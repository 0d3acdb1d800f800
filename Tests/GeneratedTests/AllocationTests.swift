#if os(Linux) && canImport(Glibc)
    import Compiler
    import Foundation
    import Glibc
    import Plan
    import Testing

    /// `predict` on buffers makes no allocation, takes no lock and makes no system call: counted by
    /// functions put in the C library's place, and enforced by the kernel, which kills a process that
    /// makes a system call after it has renounced them.
    @Suite(.enabled(if: Toolchain.find("clang") != nil), .serialized)
    struct AllocationTests {
        private static let program = Result { try Program() }

        /// An executable with models of all kinds of kernels.
        private struct Program {
            let folder: Scratch
            let path: String
            let names: [String]
            let arguments: [String]

            init() throws {
                folder = try Scratch()
                path = folder.path("proof")
                names = ModelCode.cases
                let fixtures = "\(Generated.root)/Tests/GeneratedTests/Fixtures"
                let object = folder.path("proof.o")
                try Toolchain.compile(
                    "clang", ["-O", "-Wall", "-Werror", "-c", "\(fixtures)/Proof.c", "-o", object],
                    in: folder)
                var sources: [String] = []
                var weights: [String] = []
                var models = ""
                for name in names {
                    let code = try ModelCode(name, .native)
                    let files = try code.write(into: folder)
                    sources += files.sources
                    weights.append(files.weights)
                    let counts = [code.plan.inputs[0], code.plan.outputs[0]].map(\.type.count)
                    models += "add(\"\(name)\", \(counts[0]), \(counts[1]), "
                    models += "try \(code.typeName)(weights: weights.removeFirst())) "
                    models += "{ $0.predict($1, into: $2) }\n"
                }
                arguments = weights
                let main = Self.main.replacing("MODELS", with: models)
                sources.append(try folder.write(main, "main.swift"))
                try Toolchain.compile(
                    "swiftc",
                    ["-O", "-wmo", "-swift-version", "5", "-import-objc-header"]
                        + ["\(fixtures)/Proof.h", object, "-Xlinker", "--export-dynamic"]
                        + (Target.native.hostFlags ?? []) + sources + ["-o", path], in: folder)
            }

            func run(_ mode: String) throws -> Toolchain.Result {
                try Toolchain.run(path, [mode] + arguments, in: folder)
            }

            private static let main = """
                import Glibc

                var weights = Array(CommandLine.arguments.dropFirst(2))
                var predictions: [(name: String, predict: () -> Void)] = []

                func add<Model>(
                    _ name: String, _ count: Int, _ outputCount: Int, _ model: Model,
                    _ predict: @escaping (
                        Model, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void
                ) {
                    let input = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
                    for index in 0..<count { input[index] = Float(index % 7) - 3 }
                    let output = UnsafeMutableBufferPointer<Float>.allocate(capacity: outputCount)
                    predictions.append((name, { predict(model, UnsafeBufferPointer(input), output) }))
                }

                MODELS
                for prediction in predictions { prediction.predict() }
                switch CommandLine.arguments[1] {
                case "count":
                    for prediction in predictions {
                        proof_start()
                        for _ in 0..<1000 { prediction.predict() }
                        proof_stop()
                        print(prediction.name, proof_allocations(), proof_locks())
                    }
                    // That what is counted would be seen.
                    proof_start()
                    let array = [Int](repeating: 1, count: CommandLine.arguments.count * 1000)
                    var mutex = pthread_mutex_t()
                    pthread_mutex_init(&mutex, nil)
                    pthread_mutex_lock(&mutex)
                    proof_stop()
                    print("check", proof_allocations(), proof_locks(), array[3])
                case "forbidden":
                    if proof_forbid_system_calls() != 0 { exit(2) }
                    for prediction in predictions { for _ in 0..<1000 { prediction.predict() } }
                    _ = write(1, "done", 4)
                    proof_exit(0)
                default:
                    if proof_forbid_system_calls() != 0 { exit(2) }
                    proof_system_call()
                    _ = write(1, "done", 4)
                    proof_exit(0)
                }

                """
        }

        @Test func predictAllocatesNothingAndTakesNoLock() throws {
            let program = try Self.program.get()
            let result = try program.run("count")
            #expect(result.succeeded, "\(result.error)")
            var lines = result.output.split(separator: "\n").map(String.init)
            let check = lines.removeLast().split(separator: " ").map(String.init)
            #expect(check[0] == "check" && check[1] != "0" && check[2] != "0")
            #expect(lines == program.names.map { "\($0) 0 0" })
        }

        @Test func predictMakesNoSystemCall() throws {
            let program = try Self.program.get()
            // What the other half of the test rests on: a process that breaks its word is killed.
            let broken = try program.run("system call")
            #expect(broken.reason == .uncaughtSignal && broken.status == SIGKILL)
            #expect(broken.output == "")
            let result = try program.run("forbidden")
            #expect(result.succeeded, "\(result.reason) \(result.status) \(result.error)")
            #expect(result.output == "done")
        }
    }
#endif
