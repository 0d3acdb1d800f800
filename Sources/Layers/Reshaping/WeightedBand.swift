import IR
import Spec

/// The cells that make each cell of a result along one axis: the first of them, and the weights of as
/// many as there are.
struct WeightedBand {
    private(set) var starts: [Int] = []
    private(set) var weights: [[Double]] = []

    mutating func append(_ start: Int, _ weights: [Double]) {
        starts.append(start)
        self.weights.append(weights)
    }
}

extension Lowering {
    /// Weighted sums of cells along one axis.
    mutating func band(
        _ x: ValueID, axis: Int, _ band: WeightedBand, _ suffix: String
    ) -> ValueID {
        let counts = band.weights.map(\.count)
        let width = counts.max()!
        let rows = band.weights.flatMap { weights in
            weights.map { Float($0) } + [Float](repeating: 0, count: width - weights.count)
        }
        let weights = constant(rows, shape: [counts.count, width], "\(suffix)_weights")
        return emit(
            .band(BandOp(axis: axis, starts: band.starts, counts: counts)), [x, weights], suffix)
    }
}
