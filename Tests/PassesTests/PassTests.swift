import Foundation
import IR
import Passes
import Testing

/// Text in, text out: what each pass makes of the graphs in `Cases`. `BNC_BLESS=1` writes what came
/// out into the files, to be read before it is committed.
struct PassTests {
    @Test(arguments: PassCase.all)
    func rewrites(_ test: PassCase) throws {
        let graph = try GraphParser.parse(test.parts[0])
        #expect(Verifier.verify(graph) == [])
        let (result, remarks) = try #require(test.run(graph), "there is no pass of that name")
        #expect(Verifier.verify(result) == [])
        let printed = GraphPrinter(elideAbove: nil).print(result)
        let text = test.text(of: remarks)
        if ProcessInfo.processInfo.environment["BNC_BLESS"] == "1" {
            let parts = [test.parts[0].trimmingCharacters(in: .newlines), printed, text]
            let whole = parts.joined(separator: "\n---\n") + "\n"
            try whole.write(to: test.url, atomically: true, encoding: .utf8)
        } else {
            #expect(printed == test.parts[1])
            #expect(text == test.parts[2].trimmingCharacters(in: .newlines))
        }
    }

    @Test(arguments: PassCase.all)
    func keepsWhatIsComputed(_ test: PassCase) throws {
        let graph = try GraphParser.parse(test.parts[0])
        guard graph.constants.allSatisfy(\.isDefined) else { return }
        let (result, _) = try #require(test.run(graph))
        #expect(try Equivalence.difference(graph, result, seed: 1) < 1e-6)
        #expect(result.inputs.map { result[$0].name } == graph.inputs.map { graph[$0].name })
        #expect(result.outputs.map(\.name) == graph.outputs.map(\.name))
    }

    /// A second run finds nothing more to do, so that the order of the list is all that matters.
    @Test(arguments: PassCase.all)
    func areDoneAfterOneRun(_ test: PassCase) throws {
        let graph = try GraphParser.parse(test.parts[0])
        let (once, _) = try #require(test.run(graph))
        let (twice, _) = try #require(test.run(once))
        let printer = GraphPrinter(elideAbove: nil)
        #expect(printer.print(twice) == printer.print(once))
    }

    @Test func everyPassHasCases() {
        #expect(
            Set(PassCase.all.map(\.pass)) == Set(PassCase.passes.keys).union(["pipeline"]))
    }
}
