import IR
import Plan

/// A rewrite of the graph that keeps what it computes.
///
/// A pass obeys these rules:
/// - It takes any graph that the verifier accepts, nodes with epilogues included, and returns one
///   that the verifier accepts, without dead nodes.
/// - What it computes at compile time it computes in `Double` and rounds once. What depends on an
///   undefined constant is undefined.
/// - A rewritten node keeps the name of the layer whose output it is; `Node.layers` names all that
///   it computes.
/// - The result depends on nothing but the graph.
package protocol GraphPass: Sendable {
    /// What `--emit` and remarks call the pass, in kebab case.
    static var name: String { get }
    /// What it does, in a sentence.
    static var summary: String { get }
    static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph
}

extension GraphPass {
    /// Something this pass improved, or, where not `applied`, why it didn't.
    static func remark(_ layers: [String], applied: Bool, _ message: String) -> Remark {
        Remark(pass: name, layers: layers, message: message, applied: applied)
    }
}

extension [String] {
    /// These layers and those of `later` that are not among them, in the order of the data.
    func followed(by later: [String]) -> [String] {
        self + later.filter { !contains($0) }
    }
}
