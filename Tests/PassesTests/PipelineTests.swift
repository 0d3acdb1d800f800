import IR
import Passes
import Testing

/// The list of passes as such.
struct PipelineTests {
    @Test func namesAreKebabCase() {
        for pass in Pipeline.required + Pipeline.optimizing {
            #expect(pass.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(pass.name)")
            #expect(pass.summary.hasSuffix("."), "\(pass.name)")
        }
    }

    @Test func whatIsRequiredStandsAroundTheRest() {
        let names = Pipeline.optimizing.map { $0.name }
        let required = Pipeline.required.map { $0.name }
        #expect(Array(names.prefix(required.count - 1)) == Array(required.dropLast()))
        #expect(names.suffix(2) == [FuseEpilogues.name, SplitTransposedConvolutions.name])
        #expect(required.last == SplitTransposedConvolutions.name)
    }

    @Test(arguments: [false, true])
    func reportsEveryPass(_ optimize: Bool) throws {
        let graph = try GraphParser.parse(
            """
            graph g {
              %x = input : f32[1,4]
              %relu = unary %x function=relu
              %relu_1 = unary %relu function=relu
              return %relu_1
            }
            """)
        var names: [String] = []
        var last = graph
        let (result, _) = Pipeline.run(graph, optimize: optimize) { name, graph in
            names.append(name)
            last = graph
        }
        #expect(names == (optimize ? Pipeline.optimizing : Pipeline.required).map { $0.name })
        #expect("\(last)" == "\(result)")
        #expect(result.nodes.count == (optimize ? 2 : 3))
    }
}
