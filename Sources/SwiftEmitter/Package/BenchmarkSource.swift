import Plan

/// The program that `bnc bench` builds around a model emitted with `EmissionOptions.profiling`: it
/// measures latency, the time of each step, and what a core of this machine can do at most.
///
///     benchmark WEIGHTS SECONDS TIMES INPUT... OUTPUT...
///
/// Inputs are files of raw float32; outputs are written likewise, and so are the latencies, in
/// nanoseconds, to TIMES. What else was measured is printed, a name and numbers on each line.
struct BenchmarkSource {
    let model: ModelSource

    init(_ model: ModelSource) { self.model = model }

    /// What `swiftc` is told besides the files.
    static func compilerArguments(for target: Target) -> [String] {
        ["-O", "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name", "BNCBenchmark"]
            + EmittedFlags.swiftc(for: target)
    }

    var text: String {
        var out = SourceWriter()
        out.line("// Written by bnc bench: measures the model beside it. Built in this folder by")
        let arguments = Self.compilerArguments(for: model.plan.target).joined(separator: " ")
        out.comment(
            "swiftc \(arguments) -o .build/benchmark \(model.typeName).swift Benchmark.swift",
            prefix: "//    ")
        out.paragraph(Self.head)
        out.line()
        out.paragraph(
            Self.template
                .replacing("#MODEL#", with: model.typeName)
                .replacing("#LANES#", with: "\(model.plan.target.lanes)")
                .replacing("#MANY#", with: "\(Self.accumulators)")
                .replacing("#PREDICT#", with: call("predict", isLabelled: !model.isSimple))
                .replacing("#PROFILE#", with: call("profile", isLabelled: true)))
        peak(&out)
        out.line("}")
        Prelude(target: model.plan.target, needs: Needs(lanes: [model.plan.target.lanes]))
            .write(to: &out)
        return out.text
    }

    /// Enough for two multiply-adds in each of the four cycles that one takes, and no more than the
    /// 16 registers of AVX2 hold.
    private static let accumulators = 12

    private func call(_ method: String, isLabelled: Bool) -> String {
        let inputs = model.inputLabels.indices.map { "inputs[\($0)]" }
        let outputs = model.outputLabels.indices.map { "outputs[\($0)]" }
        var arguments = zip(model.inputLabels, inputs).map { isLabelled ? "\($0): \($1)" : $1 }
        for (label, value) in zip(model.outputLabels, outputs) {
            arguments.append(isLabelled ? "\(label): \(value)" : "into: \(value)")
        }
        if method == "profile" { arguments.append("times: times") }
        return "model.\(method)(\(arguments.joined(separator: ", ")))"
    }

    /// Multiply-adds in registers and nothing else.
    private func peak(_ out: inout SourceWriter) {
        let lanes = model.plan.target.lanes
        let sums = (0..<Self.accumulators).map { "c\($0)" }
        out.line()
        out.indent(1)
        out.paragraph(
            """
            /// Multiply-adds in registers, \(Self.accumulators) vectors in each round; what comes out is the
            /// next scale, so that no call is like another.
            """)
        out.line("@inline(never)")
        out.block("static func multiplyAdd(rounds: Int, _ scale: UnsafeMutablePointer<Float>)") {
            out in
            out.line("let a = splat\(lanes)(scale.pointee)")
            out.line("let b = 1 - a")
            for (index, sum) in sums.enumerated() { out.line("var \(sum) = a + \(index).0") }
            out.block("for _ in 0..<rounds") { out in
                for sum in sums { out.line("\(sum) = madd(\(sum), a, b)") }
            }
            out.line("let all = (\(sums.joined(separator: " + "))).sum()")
            out.line("scale.pointee = 0.5 + abs(all) * 1e-6")
        }
        out.indent(-1)
    }

    private static let head = """
        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #elseif canImport(Darwin)
        import Darwin
        #endif
        #if BNC_BUILTIN_FMA
        import Builtin
        #endif
        """

    private static let template = """
        @main
        enum BenchmarkMain {
            typealias Inputs = [UnsafeBufferPointer<Float>]
            typealias Outputs = [UnsafeMutableBufferPointer<Float>]

            static func main() {
                let arguments = CommandLine.arguments
                let inputCount = #MODEL#.inputShapes.count
                let outputCount = #MODEL#.outputShapes.count
                guard arguments.count == 4 + inputCount + outputCount, let seconds = Double(arguments[2])
                else { fail("usage: benchmark WEIGHTS SECONDS TIMES INPUT... OUTPUT...") }
                let inputPaths = arguments[4..<(4 + inputCount)]
                let inputs = zip(inputPaths, #MODEL#.inputShapes).map { path, shape in
                    UnsafeBufferPointer(load(path, count: shape.reduce(1, *)))
                }
                let outputs = #MODEL#.outputShapes.map { shape in
                    let buffer = Outputs.Element.allocate(capacity: shape.reduce(1, *))
                    buffer.initialize(repeating: 0)
                    return buffer
                }
                let start = now()
                let model: #MODEL#
                do {
                    model = try #MODEL#(weights: arguments[1])
                } catch {
                    fail("\\(error)")
                }
                predict(model, inputs, outputs)
                print("startUp", now() - start)
                for (output, path) in zip(outputs, arguments[(4 + inputCount)...]) {
                    save(UnsafeBufferPointer(output), path)
                }
                for _ in 0..<2 { predict(model, inputs, outputs) }
                print("peakMemory", peakMemory())
                measure(model, inputs, outputs, seconds, arguments[3])
                profile(model, inputs, outputs, seconds)
                print("peak", peak())
                print("memory", memorySpeed())
            }

            @inline(never)
            static func predict(_ model: #MODEL#, _ inputs: Inputs, _ outputs: Outputs) {
                #PREDICT#
            }

            /// Latencies of single predictions, or of several where one is too short for the clock.
            static func measure(
                _ model: #MODEL#, _ inputs: Inputs, _ outputs: Outputs, _ seconds: Double, _ path: String
            ) {
                let shortest: UInt64 = 10_000
                var once = UInt64.max
                for _ in 0..<3 {
                    let start = now()
                    predict(model, inputs, outputs)
                    once = min(once, now() - start)
                }
                let repeats = max(1, Int(shortest / max(once, 1)))
                let limit = 1 << 20
                let times = UnsafeMutableBufferPointer<Float>.allocate(capacity: limit)
                var count = 0
                let end = now() + UInt64(seconds * 1e9)
                repeat {
                    let start = now()
                    for _ in 0..<repeats { predict(model, inputs, outputs) }
                    times[count] = Float(Double(now() - start) / Double(repeats))
                    count += 1
                } while count < limit && now() < end
                print("repeats", repeats)
                print("samples", count)
                save(UnsafeBufferPointer(rebasing: times[..<count]), path)
            }

            /// The fewest nanoseconds of each step, what reading the clock takes included.
            static func profile(
                _ model: #MODEL#, _ inputs: Inputs, _ outputs: Outputs, _ seconds: Double
            ) {
                var clock = UInt64.max
                for _ in 0..<1000 {
                    let start = now()
                    clock = min(clock, now() - start)
                }
                let times = UnsafeMutablePointer<UInt64>.allocate(capacity: #MODEL#.stepCount)
                let fewest = UnsafeMutablePointer<UInt64>.allocate(capacity: #MODEL#.stepCount)
                fewest.initialize(repeating: .max, count: #MODEL#.stepCount)
                let end = now() + UInt64(seconds * 1e9)
                var rounds = 0
                repeat {
                    times.initialize(repeating: 0, count: #MODEL#.stepCount)
                    #PROFILE#
                    for step in 0..<#MODEL#.stepCount { fewest[step] = min(fewest[step], times[step]) }
                    rounds += 1
                } while now() < end
                print("profiles", rounds)
                print("clock", clock)
                for step in 0..<#MODEL#.stepCount {
                    print("step", step, fewest[step])
                }
            }

            /// Floating-point operations in a second, two for a multiply-add: the best of 20 stretches.
            static func peak() -> Double {
                let rounds = 20_000
                let scale = UnsafeMutablePointer<Float>.allocate(capacity: 1)
                scale.initialize(to: 0.5)
                var best = UInt64.max
                for _ in 0..<20 {
                    let start = now()
                    multiplyAdd(rounds: rounds, scale)
                    best = min(best, now() - start)
                }
                print("scale", scale.pointee)
                return Double(2 * #MANY# * #LANES# * rounds) / (Double(best) * 1e-9)
            }

            /// Bytes read in a second out of a block that no cache holds: the best of 4 times.
            static func memorySpeed() -> Double {
                let count = 1 << 25
                let block = UnsafeMutablePointer<Float>.allocate(capacity: count)
                block.initialize(repeating: 1, count: count)
                defer { block.deallocate() }
                var best = UInt64.max
                for _ in 0..<4 {
                    let start = now()
                    block[0] = sum(block, count)
                    best = min(best, now() - start)
                }
                print("sum", block[0])
                return Double(count * 4) / (Double(best) * 1e-9)
            }

            @inline(never)
            static func sum(_ block: UnsafePointer<Float>, _ count: Int) -> Float {
                var c0 = splat#LANES#(0), c1 = c0, c2 = c0, c3 = c0
                var index = 0
                while index < count {
                    c0 += load#LANES#(block + index)
                    c1 += load#LANES#(block + (index + #LANES#))
                    c2 += load#LANES#(block + (index + 2 * #LANES#))
                    c3 += load#LANES#(block + (index + 3 * #LANES#))
                    index += 4 * #LANES#
                }
                return (c0 + c1 + c2 + c3).sum()
            }

            /// Bytes: the most that this process ever held. (Linux's `getrusage` would count what the
            /// process that started it held, too.)
            static func peakMemory() -> Int {
                #if canImport(Darwin)
                var usage = rusage()
                getrusage(RUSAGE_SELF, &usage)
                return Int(usage.ru_maxrss)
                #else
                guard let file = fopen("/proc/self/status", "r") else { return 0 }
                defer { fclose(file) }
                var line = [CChar](repeating: 0, count: 256)
                while fgets(&line, 256, file) != nil {
                    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                    guard text.hasPrefix("VmHWM:") else { continue }
                    return (Int(text.filter { ("0"..."9").contains($0) }) ?? 0) * 1024
                }
                return 0
                #endif
            }

            /// Nanoseconds on a clock that only goes forward.
            static func now() -> UInt64 {
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
            }

            static func fail(_ message: String) -> Never {
                let bytes = Array((message + "\\n").utf8)
                _ = write(2, bytes, bytes.count)
                exit(1)
            }

            static func load(_ path: String, count: Int) -> UnsafeMutableBufferPointer<Float> {
                let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
                guard let file = fopen(path, "rb"), fread(buffer.baseAddress, 4, count, file) == count,
                    fclose(file) == 0
                else { fail("can't read \\(path)") }
                return buffer
            }

            static func save(_ values: UnsafeBufferPointer<Float>, _ path: String) {
                guard let file = fopen(path, "wb"),
                    fwrite(values.baseAddress, 4, values.count, file) == values.count, fclose(file) == 0
                else { fail("can't write \\(path)") }
            }
        """
}
