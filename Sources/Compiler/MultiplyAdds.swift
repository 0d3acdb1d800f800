import IR

extension Graph {
    /// A count stays below this, so that thousands can be added.
    private static let largestCount = Int.max >> 12

    /// The multiply-adds of a convolution, a recurrence or a matrix product; nil for another op.
    func multiplyAdds(of node: Node) -> Int? {
        let (cells, each): (Int, Int)
        switch node.op {
        case .convolution(let op):
            let kernel = type(node.inputs[1])
            let x = type(node.inputs[0])
            // Transposed, each cell goes into one output cell for each tap.
            (cells, each) =
                op.dilatesInput
                ? (x.count / x.shape.last!, kernel.count)
                : (node.type.count, kernel.count / kernel.shape.last!)
        case .recurrent:
            let x = type(node.inputs[0])
            (cells, each) = (x.count / x.shape.last!, type(node.inputs[1]).count)
        case .matmul: (cells, each) = (node.type.count, type(node.inputs[0]).shape.last!)
        default: return nil
        }
        let (count, overflow) = cells.multipliedReportingOverflow(by: each)
        return overflow ? Self.largestCount : min(count, Self.largestCount)
    }

    /// Multiply-adds of all ops, or of those of a layer.
    package func multiplyAdds(ofLayer name: String? = nil) -> Int {
        nodes.reduce(0) { sum, node in
            guard name.map(node.layers.contains) ?? true else { return sum }
            return sum + (multiplyAdds(of: node) ?? 0)
        }
    }
}
