import Compiler
import Foundation
import IR
import Interpreter
import Passes
import Plan
import Testing

/// Steps split for several threads give the same bits as whole ones, on every conformance case.
@Suite struct PartsTests {
    @Test(arguments: Repository.caseNames.filter { !unsupportedCases.contains($0) })
    func partsComputeWhatTheWholeDoes(_ name: String) throws {
        let item = try ConformanceTests.load(name)
        let graph = Compiler.lower(item.model, item.weights)
        let plan = Compiler.plan(graph, target: Engine.interpreter.target)
        let expected = Prediction.interpret(plan, item.input).values
        for threads in [2, 3, 8] {
            let split = Splitter.split(plan, threads: threads, rules: .always)
            // As the threads might, but backwards.
            var parts = split
            parts.steps = split.steps.flatMap { step -> [Step] in
                guard !step.parts.isEmpty else { return [step] }
                return step.parts.reversed().map { part in
                    var own = step
                    own.kernel = part
                    return own
                }
            }
            let starts = split.steps.reduce(into: [0]) {
                $0.append($0.last! + max(1, $1.parts.count))
            }
            parts.strips = split.strips.map {
                StripLoop(
                    steps: starts[$0.steps.lowerBound]..<starts[$0.steps.upperBound],
                    count: $0.count)
            }
            let found = Prediction.interpret(parts, item.input).values
            for (a, b) in zip(found, expected) {
                #expect(a.map(\.bitPattern) == b.map(\.bitPattern), "\(threads) threads")
            }
        }
    }

    /// Emitted, on threads: a part is a function of its own, compiled by itself.
    @Test(.timeLimit(.minutes(30)))
    func threadsComputeWhatOneDoes() async throws {
        let names = ConformanceTests.third(0).enumerated().filter { $0.offset % 3 == 0 }
            .map(\.element)
        let items = try names.map(ConformanceTests.load)
        var models: [(id: String, plan: Plan)] = []
        for item in items {
            let plan = Compiler.plan(Compiler.lower(item.model, item.weights), target: .native)
            models.append(("\(item.name), whole", plan))
            let split = Splitter.split(plan, threads: 3, rules: .always)
            models.append(("\(item.name), split", split))
        }
        let directory = NSTemporaryDirectory() + "bnc-parts-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let batch = try await CompiledBatch.build(models, in: directory)
        for item in items {
            var bits: [[[UInt32]]] = []
            for form in ["whole", "split"] {
                let (outputs, _) = try await batch.predict(
                    "\(item.name), \(form)", inputs: item.input.values, samples: item.input.count,
                    rounds: 3)
                bits.append(outputs.map { $0.map(\.bitPattern) })
            }
            #expect(bits[0] == bits[1], "\(item.name)")
        }
    }
}
