import Compiler
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
            let found = Prediction.interpret(parts, item.input).values
            for (a, b) in zip(found, expected) {
                #expect(a.map(\.bitPattern) == b.map(\.bitPattern), "\(threads) threads")
            }
        }
    }
}
