import IR
import Plan

/// The passes from the graph that layers lower into to the graph that is planned.
package enum Pipeline {
    /// What planning needs even where nothing is optimized: ops that have no kernel of their own
    /// become ops that have.
    package static let required: [any GraphPass.Type] = first + last

    private static let first: [any GraphPass.Type] = [
        LowerBatchNormalization.self,
        ExpandDepthMultiplier.self,
        // A convolution's kernel is packed at compile time: a reshaped weight must be a weight.
        FoldConstants.self,
    ]

    /// Until here a transposed convolution is one op, into whose weights and epilogue others go.
    private static let last: [any GraphPass.Type] = [SplitTransposedConvolutions.self]

    /// What makes the graph fast, in the order in which it runs.
    package static let optimizing: [any GraphPass.Type] =
        first + [
            // What does nothing at inference would stand between ops that belong together, and so
            // would transposes; behind the latter, what was a channel axis is the last one.
            RemoveIdentities.self,
            ChannelsLast.self,
            // One form for all that is linear per channel: it folds whatever layer it came from.
            CanonicalizeScaleShift.self,
            // Moved transposes have left reshapes, and merged steps may do nothing any more.
            RemoveIdentities.self,
            // Before the forward folds, which must know the convolutions' padding.
            AbsorbPadding.self,
            // Backwards first: it is exact whatever comes behind.
            FoldScaleShiftBackwards.self,
            FoldScaleShiftForwards.self,
            // Behind all others: they don't look into epilogues.
            FuseEpilogues.self,
        ] + last

    /// Runs the passes over a graph and returns what they made of it and what they have to say.
    ///
    /// - Parameters:
    ///   - optimize: false runs only what is required.
    ///   - after: called with the name and the result of each pass.
    /// - Precondition: the verifier accepts the graph.
    package static func run(
        _ graph: consuming Graph, optimize: Bool, after: ((String, Graph) -> Void)? = nil
    ) -> (Graph, [Remark]) {
        var graph = graph
        var remarks: [Remark] = []
        let passes = optimize ? optimizing : required
        for (index, pass) in passes.enumerated() {
            graph = pass.run(graph, &remarks)
            graph.compact()
            if verifiesEach || after != nil || index == passes.count - 1 {
                verify(graph, after: pass.name)
            }
            after?(pass.name, graph)
        }
        return (graph, remarks)
    }

    /// Checking after each pass tells which one is to blame; a release checks what comes out.
    private static var verifiesEach: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    private static func verify(_ graph: borrowing Graph, after pass: String) {
        let violations = Verifier.verify(copy graph)
        guard !violations.isEmpty else { return }
        let list = violations.map(\.message).joined(separator: "\n")
        preconditionFailure("after \(pass):\n\(list)\n\(copy graph)")
    }
}
