import Compiler
import Foundation
import Passes
import Plan
import SwiftEmitter
import Testing

/// The threads of emitted code.
@Suite struct ThreadsTests {
    @Test func oneThreadLeavesNoTrace() throws {
        let plan = try Generated.all[0].plan(.generic)
        let options = EmissionOptions(specPath: "model.yaml", weightsOrigin: "given")
        let files = SwiftEmitter.library(Splitter.split(plan, threads: 1, rules: .always), options)
        #expect(files.map(\.path) == ["DigitsCNN.swift", "DigitsCNN.weights"])
        guard case .text(let text) = files[0].contents else { return }
        for word in ["Threads", "threads", "pthread", "Atomic", "Places"] {
            #expect(!text.contains(word))
        }
    }

    /// A small model gains nothing by threads: it is written without them.
    @Test func smallModelsAreNotSplit() throws {
        let plan = try Generated.all[2].plan(.generic)
        #expect(Splitter.split(plan, threads: 4).threads == 1)
    }

    /// Two threads find the same bits as one, whether they sleep in between or not; instances come and
    /// go, and several predict at once. The thread sanitizer watches.
    @Test(arguments: [[], ["-sanitize=thread"]])
    func threadsFindTheSameBits(_ flags: [String]) throws {
        let folder = try Scratch()
        var sources: [String] = []
        var weights: [String] = []
        var checks = ""
        for name in ["seed-mnist", "inverted-residual", "groupnorm"] {
            let whole = try ModelCode(name, .native)
            var plan = Splitter.split(whole.plan, threads: 2, rules: .always)
            #expect(plan.threads == 2 && plan.wakesThreads)
            // As of a model for which waking them takes longer than it gains.
            if name == "groupnorm" { plan.wakesThreads = false }
            let split = ModelCode(
                name: "threaded-\(name)", plan: plan, inputs: whole.inputs)
            for code in [whole, split] {
                let files = try code.write(into: folder)
                sources += files.sources
                weights.append(files.weights)
            }
            checks += "try check(\(whole.typeName)(weights: next()), { try $0.predict($1) }) {\n"
            checks += "    try \(split.typeName)(weights: $0)\n} sharing: {\n"
            checks += "    \(split.typeName)(sharing: $0)\n} predict: { try $0.predict($1) }\n"
        }
        let sizes = try ["seed-mnist", "inverted-residual", "groupnorm"]
            .map { "\(try ModelCode($0, .native).inputs[0].count)" }.joined(separator: ", ")
        sources.append(
            try folder.write(
                Self.main.replacing("CHECKS", with: checks).replacing("SIZES", with: sizes),
                "main.swift"))
        try Toolchain.compile(
            "swiftc",
            ["-O", "-wmo", "-swift-version", "5"] + flags + (Target.native.hostFlags ?? [])
                + sources + ["-o", folder.path("threads")], in: folder)
        let result = try Toolchain.run(folder.path("threads"), weights, in: folder)
        #expect(result.succeeded, "\(result.reason) \(result.status) \(result.error)")
        #expect(result.output == "same\n")
        #expect(!result.error.contains("ThreadSanitizer"), "\(result.error)")
    }

    private static let main = """
        #if canImport(Glibc)
        import Glibc
        #elseif canImport(Musl)
        import Musl
        #else
        import Darwin
        #endif

        var paths = CommandLine.arguments.dropFirst()
        func next() -> String { paths.removeFirst() }
        var sizes = [SIZES]

        func expect(_ condition: Bool, _ line: Int = #line) {
            guard !condition else { return }
            print("not the same: line \\(line)")
            exit(1)
        }

        /// A closure on a thread of its own.
        final class Task {
            let body: () -> Void
            #if canImport(Glibc)
            var thread = pthread_t()
            #else
            var thread: pthread_t!
            #endif

            init(_ body: @escaping () -> Void) {
                self.body = body
                pthread_create(&thread, nil, { task in
                    #if canImport(Darwin)
                    Unmanaged<Task>.fromOpaque(task).takeUnretainedValue().body()
                    #else
                    Unmanaged<Task>.fromOpaque(task!).takeUnretainedValue().body()
                    #endif
                    return nil
                }, Unmanaged.passUnretained(self).toOpaque())
            }

            func join() { pthread_join(thread, nil) }
        }

        func check<Whole, Split>(
            _ whole: Whole, _ predictWhole: (Whole, [Float]) throws -> [Float],
            _ load: (String) throws -> Split, sharing share: @escaping (Split) -> Split,
            predict: @escaping (Split, [Float]) throws -> [Float]
        ) throws {
            let size = sizes.removeFirst()
            let inputs = (0..<40).map { (seed: Int) -> [Float] in
                (0..<size).map { (index: Int) -> Float in
                    let step = (index * 31 + seed * 17) % 101
                    return Float(step) / 50 - 1
                }
            }
            let expected = try inputs.map { try predictWhole(whole, $0).map(\\.bitPattern) }
            let model = try load(next())
            // In a row, and with pauses in which the threads go to sleep.
            for pause in [0, 0, 1000] as [UInt32] {
                for (input, bits) in zip(inputs, expected) {
                    expect(try predict(model, input).map(\\.bitPattern) == bits)
                    if pause > 0 { usleep(pause) }
                }
            }
            for _ in 0..<20 {
                expect(try predict(share(model), inputs[0]).map(\\.bitPattern) == expected[0])
                _ = share(model)
            }
            let tasks = (0..<3).map { _ in
                Task {
                    let own = share(model)
                    for (input, bits) in zip(inputs, expected) {
                        expect(try! predict(own, input).map(\\.bitPattern) == bits)
                    }
                }
            }
            for task in tasks { task.join() }
        }

        CHECKS
        print("same")

        """
}
