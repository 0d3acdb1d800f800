import IR
import Plan

/// Brings the graph's layout to channels last: the transposes that `channels_first` layers stand
/// between move down, past everything that can as well work on the axes in their old order
/// (`TransposeSinking`), until they meet one that undoes them. A stack of `channels_first` layers
/// keeps one at its input and one at its output.
///
/// One transpose after the other is moved as far as it goes, on trial, with all that comes of it.
/// The result is kept only if it is better: fewer elements moved by transposes, or as many by fewer
/// transposes, or as many by as many that stand nearer to the outputs. So the pass terminates, and
/// it never makes a model move more elements.
///
/// A transpose that only moves axes of size 1 costs nothing: it ends as a reshape.
package enum ChannelsLast: GraphPass {
    package static let name = "channels-last"
    package static let summary = "Transposes move towards the outputs and cancel."

    package static func run(_ graph: consuming Graph, _ remarks: inout [Remark]) -> Graph {
        guard graph.hasTransposes else {
            var graph = graph
            graph.compact()
            return graph
        }
        var editor = GraphEditor(graph)
        let before = TransposeCost(editor)
        for value in editor.values where editor.isAlive(value) { editor.simplifyTranspose(value) }
        var cost = TransposeCost(editor)
        while let better = improvement(editor, cost) { (editor, cost) = better }
        for value in editor.values where editor.isAlive(value) { editor.dissolveTranspose(value) }
        let after = TransposeCost(editor)
        if after.movedElements != before.movedElements {
            let message = "transposes move \(after.movedElements) elements instead of "
            remarks.append(remark([], applied: true, message + "\(before.movedElements)"))
        }
        return editor.finish()
    }

    /// The first way found to move one transpose that makes the graph better.
    private static func improvement(
        _ editor: GraphEditor, _ cost: TransposeCost
    ) -> (GraphEditor, TransposeCost)? {
        for value in editor.values where editor.isAlive(value) {
            guard case .transpose = editor[value].op else { continue }
            let readers = editor.readers(of: value)
            // Past all readers, else past one of them; through all ops, else none that enlarges.
            var starts: [[ValueID]] = [readers]
            if readers.count > 1 { starts += readers.map { [$0] } }
            for start in starts {
                for mayGrow in [true, false] {
                    var trial = editor
                    guard trial.sinkTranspose(value, past: start, mayGrow: mayGrow) else { break }
                    let newCost = TransposeCost(trial)
                    if newCost < cost { return (trial, newCost) }
                }
            }
        }
        return nil
    }
}

/// What the transposes of a graph cost, compared member by member.
struct TransposeCost: Comparable {
    /// Elements that transposes move at run time.
    private(set) var movedElements = 0
    private var transposeCount = 0
    /// The sum over all transposes of the number of other nodes between them and the outputs, along
    /// the longest way.
    private var distance = 0

    init(_ editor: GraphEditor) {
        let graph = editor.finish()
        var distances = [Int](repeating: 0, count: graph.nodes.count)
        for (index, node) in graph.nodes.enumerated().reversed() {
            if case .transpose(let op) = node.op {
                transposeCount += 1
                distance += distances[index]
                let source = graph.type(node.inputs[0])
                if !op.onlyMovesUnitAxes(of: source) { movedElements += source.count }
            } else {
                distances[index] += 1
            }
            for input in node.inputs {
                distances[input.index] = max(distances[input.index], distances[index])
            }
        }
    }

    static func < (a: TransposeCost, b: TransposeCost) -> Bool {
        (a.movedElements, a.transposeCount, a.distance)
            < (b.movedElements, b.transposeCount, b.distance)
    }
}

extension Graph {
    fileprivate var hasTransposes: Bool {
        nodes.contains { if case .transpose = $0.op { true } else { false } }
    }
}

extension TransposeOp {
    /// Whether the elements keep their order: the axes that are longer than 1 keep theirs.
    func onlyMovesUnitAxes(of type: TensorType) -> Bool {
        let moved = permutation.filter { type.shape[$0] > 1 }
        return zip(moved, moved.dropFirst()).allSatisfy { $0 < $1 }
    }
}
