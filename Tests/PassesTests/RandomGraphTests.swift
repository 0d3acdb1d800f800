import IR
import Passes
import Testing

/// Graphs that nobody thought of: optimized or not, they compute the same.
struct RandomGraphTests {
    @Test(arguments: 0..<300)
    func optimizingChangesNothing(_ seed: Int) throws {
        let graph = RandomGraph.make(seed: UInt64(seed))
        #expect(Verifier.verify(graph) == [])
        let (required, _) = Pipeline.run(graph, optimize: false)
        #expect(try Equivalence.difference(graph, required, seed: 7) < 1e-5, "\(graph)")
        let (optimized, _) = Pipeline.run(graph, optimize: true)
        #expect(
            try Equivalence.difference(graph, optimized, seed: 7) < 1e-5, "\(graph)\(optimized)")
        #expect(transposedElements(optimized) <= transposedElements(graph), "\(graph)\(optimized)")
        #expect("\(Pipeline.run(graph, optimize: true).0)" == "\(optimized)")
    }

    /// The elements that transposes move, but those that keep their order.
    private func transposedElements(_ graph: Graph) -> Int {
        graph.nodes.reduce(0) { sum, node in
            guard case .transpose(let op) = node.op else { return sum }
            let long = op.permutation.filter { graph.type(node.inputs[0]).shape[$0] > 1 }
            return long == long.sorted() ? sum : sum + node.type.count
        }
    }
}
