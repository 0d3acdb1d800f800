/// The main file of an executable that holds several emitted models.
///
/// `predict ID WEIGHTS SAMPLES ROUNDS INPUT... OUTPUT...`; it prints the nanoseconds that one sample
/// took in the fastest round.
enum CompiledRunner {
    static func source(_ models: [(id: String, typeName: String)]) -> String {
        var text = template
        text += "\n@main\nenum Main {\n    static func main() {\n"
        text += "        let job = Job()\n        switch job.id {\n"
        for (id, typeName) in models {
            text += """
                        case "\(escaped(id))":
                            job.run(\(typeName).inputShapes, \(typeName).outputShapes) {
                                let model = try \(typeName)(weights: job.weights)
                                return { try model.run($0) }
                            }

                """
        }
        text += "        default: fail(\"no model \\(job.id)\")\n        }\n    }\n}\n"
        return text
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
    }

    private static let template = """
        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #else
        import Darwin
        #endif

        func fail(_ message: String) -> Never {
            let bytes = Array((message + "\\n").utf8)
            _ = write(2, bytes, bytes.count)
            exit(1)
        }

        struct Job {
            let id: String
            let weights: String
            let samples: Int
            let rounds: Int
            let files: [String]

            init() {
                let arguments = CommandLine.arguments
                guard arguments.count > 5, let samples = Int(arguments[3]),
                    let rounds = Int(arguments[4])
                else { fail("usage: predict ID WEIGHTS SAMPLES ROUNDS INPUT... OUTPUT...") }
                id = arguments[1]
                weights = arguments[2]
                self.samples = samples
                self.rounds = rounds
                files = Array(arguments[5...])
            }

            func run(
                _ inputShapes: [[Int]], _ outputShapes: [[Int]],
                _ load: () throws -> ([[Float]]) throws -> [[Float]]
            ) {
                do {
                    let sizes = inputShapes.map { $0.reduce(1, *) }
                    let inputs = zip(files, sizes).map { read($0, $1 * samples) }
                    let slices = (0..<samples).map { sample in
                        zip(inputs, sizes).map { Array($0[sample * $1..<(sample + 1) * $1]) }
                    }
                    var outputs = outputShapes.map { shape in
                        var values: [Float] = []
                        values.reserveCapacity(shape.reduce(1, *) * samples)
                        return values
                    }
                    let predict = try load()
                    var best = UInt64.max
                    for round in 0..<rounds {
                        let start = now()
                        for slice in slices {
                            let results = try predict(slice)
                            if round == 0 {
                                for index in results.indices { outputs[index] += results[index] }
                            }
                        }
                        best = min(best, now() - start)
                    }
                    for (path, values) in zip(files[inputs.count...], outputs) { write(values, path) }
                    print(Double(best) / Double(max(1, samples)))
                } catch {
                    fail("\\(error)")
                }
            }

            private func now() -> UInt64 {
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
            }

            private func read(_ path: String, _ count: Int) -> [Float] {
                guard let file = fopen(path, "rb") else { fail("can't read \\(path)") }
                defer { fclose(file) }
                var values = [Float](repeating: 0, count: count)
                guard fread(&values, 4, count, file) == count else { fail("can't read \\(path)") }
                return values
            }

            private func write(_ values: [Float], _ path: String) {
                guard let file = fopen(path, "wb"), fwrite(values, 4, values.count, file) == values.count,
                    fclose(file) == 0
                else { fail("can't write \\(path)") }
            }
        }

        """
}
