/// The command of an emitted package: reads .npy files, predicts sample by sample, writes .npy files.
struct PredictCommand {
    let typeName: String
    let cpuModule: String?
    let embedded: Bool

    var text: String {
        let model = Self.template
            .replacing("MODEL", with: typeName)
            .replacing(
                "// IMPORT-CPU\n", with: cpuModule.map { "import \($0)\n" } ?? ""
            )
            .replacing(
                "// CHECK-CPU\n",
                with: cpuModule == nil
                    ? "" : "if let missing = missingCPUFeature() { fail(missing) }\n")
        return embedded
            ? model.replacing("// LOAD\n", with: "    let model = try \(typeName)()\n")
                .replacing("// WEIGHTS-OPTION\n", with: "")
                .replacing(" [--weights FILE]", with: "")
            : model.replacing(
                "// LOAD\n", with: "    let model = try \(typeName)(weights: weights)\n"
            )
            .replacing(
                "// WEIGHTS-OPTION\n", with: Self.weightsOption.replacing("MODEL", with: typeName))
    }

    private static let weightsOption = """
        // The weights lie beside the manifest; `--weights` names another place.
        var weights = String(#filePath.dropLast("Sources/Predict/main.swift".count)) + "MODEL.weights"
        if let option = arguments.firstIndex(of: "--weights") {
            guard option + 1 < arguments.count else { fail("--weights needs a file") }
            weights = arguments[option + 1]
            arguments.removeSubrange(option...(option + 1))
        }

        """

    private static let template = """
        // Written by bnc. Reads .npy files, predicts each sample, writes .npy files.
        import MODEL
        // IMPORT-CPU
        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #elseif canImport(Darwin)
        import Darwin
        #endif

        func fail(_ message: String) -> Never {
            let bytes = Array(("error: " + message + "\\n").utf8)
            _ = write(2, bytes, bytes.count)
            exit(1)
        }

        /// A float32 tensor in NumPy's format.
        struct Tensor {
            var shape: [Int]
            var values: [Float]

            init(shape: [Int], values: [Float]) {
                self.shape = shape
                self.values = values
            }

            init(path: String) {
                guard let file = fopen(path, "rb") else { fail("\\(path): \\(String(cString: strerror(errno)))") }
                defer { fclose(file) }
                var head = [UInt8](repeating: 0, count: 10)
                guard fread(&head, 1, 10, file) == 10, Array(head[0..<6]) == [0x93] + Array("NUMPY".utf8),
                    head[6] == 1
                else { fail("\\(path): not an .npy file of version 1") }
                var header = [UInt8](repeating: 0, count: Int(head[8]) | Int(head[9]) << 8)
                guard fread(&header, 1, header.count, file) == header.count else {
                    fail("\\(path): the header is cut off")
                }
                let text = String(decoding: header, as: UTF8.self)
                guard text.contains("'<f4'"), text.contains("'fortran_order': False") else {
                    fail("\\(path): expected float32 in C order; save it with "
                        + "numpy.save(path, numpy.ascontiguousarray(x, dtype='float32'))")
                }
                guard let start = text.firstIndex(of: "("), let end = text.firstIndex(of: ")"), start < end
                else { fail("\\(path): the header has no shape") }
                shape = []
                var count = 1
                for part in text[text.index(after: start)..<end].split(whereSeparator: { ", ".contains($0) }) {
                    guard let size = Int(part), size >= 0 else { fail("\\(path): a size is no number") }
                    let (product, overflow) = count.multipliedReportingOverflow(by: size)
                    guard !overflow, product < 1 << 40 else { fail("\\(path): the shape is too large") }
                    shape.append(size)
                    count = product
                }
                let start0 = ftell(file)
                guard fseek(file, 0, SEEK_END) == 0, ftell(file) - start0 == count * 4,
                    fseek(file, start0, SEEK_SET) == 0
                else { fail("\\(path): expected \\(count * 4) bytes of data for the shape \\(shape)") }
                values = [Float](repeating: 0, count: count)
                guard fread(&values, 4, count, file) == count else { fail("\\(path): the data is cut off") }
            }

            /// Writes to a temporary file beside it, which then takes the name.
            func save(to path: String) {
                let temporary = path + ".partial"
                guard let file = fopen(temporary, "wb") else {
                    fail("\\(path): \\(String(cString: strerror(errno)))")
                }
                let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
                var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\\(sizes)), }"
                while (header.utf8.count + 11) % 64 != 0 { header += " " }
                header += "\\n"
                let size = header.utf8.count
                let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(size & 255), UInt8(size >> 8)]
                    + Array(header.utf8)
                let written = fwrite(bytes, 1, bytes.count, file) == bytes.count
                    && fwrite(values, 4, values.count, file) == values.count
                guard fclose(file) == 0, written, rename(temporary, path) == 0 else {
                    unlink(temporary)
                    fail("\\(path): can't be written")
                }
            }
        }

        /// Seconds on a clock that only goes forward.
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }

        // CHECK-CPU
        var arguments = Array(CommandLine.arguments.dropFirst())
        // WEIGHTS-OPTION
        // `--time SECONDS` repeats the first prediction for so long and prints how long one takes.
        var seconds = 0.0
        if let option = arguments.firstIndex(of: "--time") {
            guard option + 1 < arguments.count, let value = Double(arguments[option + 1]) else {
                fail("--time needs a number of seconds")
            }
            seconds = value
            arguments.removeSubrange(option...(option + 1))
        }
        let inputCount = MODEL.inputNames.count
        let outputCount = MODEL.outputNames.count
        guard arguments.count == inputCount + outputCount else {
            let names = MODEL.inputNames + MODEL.outputNames
            fail("usage: predict \\(names.map { "\\($0).npy" }.joined(separator: " "))"
                + " [--weights FILE] [--time SECONDS]")
        }
        let inputs = arguments[..<inputCount].map { Tensor(path: $0) }
        var samples = 0
        for (index, input) in inputs.enumerated() {
            let shape = Array(MODEL.inputShapes[index].dropFirst())
            guard Array(input.shape.dropFirst()) == shape, let count = input.shape.first else {
                fail("input `\\(MODEL.inputNames[index])`: expected (samples, then \\(shape)), "
                    + "found \\(input.shape) in \\(arguments[index])")
            }
            guard index == 0 || count == samples else { fail("the inputs have different numbers of samples") }
            samples = count
        }
        do {
        // LOAD
            let batch = MODEL.inputShapes[0][0]
            guard samples % batch == 0 else { fail("the model takes \\(batch) samples at a time, not \\(samples)") }
            if seconds > 0, samples > 0 {
                let sample = inputs.map { Array($0.values[..<($0.values.count / samples * batch)]) }
                var times: [Double] = []
                let end = now() + seconds
                while now() < end || times.isEmpty {
                    let start = now()
                    _ = try model.run(sample)
                    times.append((now() - start) * 1e6)
                }
                times.sort()
                print("minimum \\(times[0]) µs, median \\(times[times.count / 2]) µs, \\(times.count) predictions")
            }
            var results = [[Float]](repeating: [], count: outputCount)
            for start in stride(from: 0, to: samples, by: batch) {
                let outputs = try model.run(inputs.map { input in
                    let size = input.values.count / max(samples, 1)
                    return Array(input.values[(start * size)..<((start + batch) * size)])
                })
                for (index, output) in outputs.enumerated() { results[index] += output }
            }
            for (index, values) in results.enumerated() {
                let shape = [samples] + MODEL.outputShapes[index].dropFirst()
                Tensor(shape: shape, values: values).save(to: arguments[inputCount + index])
            }
        } catch {
            fail("\\(error)")
        }

        """
}
