import IR
import Plan

/// How long a kernel takes on one core, roughly: enough to tell what is worth splitting.
///
/// A contraction takes what the cost model says: how often weights are read is what tells one cut from
/// another. For the others it is the larger of two times: arithmetic at the rate of a core of 2.5 GHz,
/// and memory at a rate between those of a second-level cache and of main memory. Edges and what lies in
/// which cache are left out; a factor of two either way makes little difference to what the estimate
/// is for.
struct WorkEstimate {
    private static let cyclesPerNanosecond = 2.5
    /// Vectors of arithmetic in a nanosecond: a core starts two instructions in each cycle.
    private static let vectorsPerNanosecond = 2 * cyclesPerNanosecond
    /// Bytes in a nanosecond.
    private static let bytesPerNanosecond = 24.0

    let nanoseconds: Double

    init(_ kernel: Kernel, _ costs: CostModel) {
        let (vectors, elements) = Self.work(kernel, costs.target)
        let rough = max(
            vectors / Self.vectorsPerNanosecond, elements * 4 / Self.bytesPerNanosecond)
        guard case .contraction(let contraction) = kernel else {
            nanoseconds = rough
            return
        }
        nanoseconds = max(
            rough,
            costs.cycles(
                CostModel.Contraction(contraction), contraction.tile, contraction.order,
                prefetches: contraction.prefetches) / Self.cyclesPerNanosecond)
    }

    /// Vector instructions, and elements read and written.
    private static func work(_ kernel: Kernel, _ target: Target) -> (Double, Double) {
        func count(_ loops: [Loop]) -> Double { loops.reduce(1) { $0 * Double($1.count) } }
        let lanes = Double(target.lanes)
        // Without FMA a product takes two instructions.
        let product = target.hasFMA ? 1.0 : 2.0
        switch kernel {
        case .contraction(let k):
            let outputs = Double(k.positionCount * k.filters * k.groups)
            let weights = Double(k.layout.weightCount)
            let inputs = Double(CostModel.Contraction.touched(k.positions, k.reduction))
            return (
                Double(k.multiplyAdds) / Double(k.lanes) * product
                    + epilogue(k.epilogue, outputs) / Double(k.lanes),
                weights + inputs * Double(k.groups > 1 ? k.groups : 1) + outputs
            )
        case .winogradInput(let k):
            let tiles = count(k.outer + [k.rows, k.columns])
            let vectors = tiles * Double((k.channels + k.lanes - 1) / k.lanes)
            let cells = Double(k.variant.positions)
            return (vectors * cells * 6, tiles * cells * 2 * Double(k.channels))
        case .winogradOutput(let k):
            let tiles = count(k.outer + [k.rows, k.columns])
            let vectors = tiles * Double((k.filters + k.lanes - 1) / k.lanes)
            let cells = Double(k.variant.positions)
            let outputs = tiles * Double(k.filters * k.variant.results)
            return (
                vectors * cells * 5 + epilogue(k.epilogue, outputs) / Double(k.lanes),
                tiles * cells * Double(k.filters) + outputs
            )
        case .depthwise(let k):
            let outputs = count(k.positions) * Double(k.channels)
            // Each product loads its input too.
            return (
                (outputs * count(k.taps) * (product + 1) + epilogue(k.epilogue, outputs))
                    / Double(k.lanes),
                outputs * 2
            )
        case .matmul(let k):
            let outputs = count(k.batch + [k.rows, k.columns])
            let isVector = k.columns.strides[1] == 1 && k.columns.strides[2] == 1
            return (
                outputs * Double(k.inner.count) * (product + 1) / (isVector ? lanes : 1)
                    + epilogue(k.epilogue, outputs) / lanes,
                outputs + count(k.batch) * Double(k.inner.count * (k.rows.count + k.columns.count))
            )
        case .map(let k):
            let outputs = count(k.loops)
            let isVector = k.loops.last!.strides.allSatisfy { $0 == 0 || $0 == 1 }
            return (
                (outputs * 2 + epilogue(k.epilogue, outputs)) / (isVector ? lanes : 1),
                outputs * Double(2 + k.epilogue.count)
            )
        case .fill(let k):
            let outputs = k.boxes.reduce(0) { $0 + count($1.loops) }
            return (outputs / lanes, outputs)
        case .pool(let k):
            let cells = k.axes.reduce(Double(k.batch.count * k.channels)) { $0 * Double($1.output) }
            let window = k.axes.reduce(1) { $0 * Double($1.window) }
            return (
                (cells * window * 2 + epilogue(k.epilogue, cells)) / lanes, cells * (window + 1)
            )
        case .reduce(let k):
            let outputs = count(k.kept)
            return (
                (outputs * count(k.reduced) * 2 + epilogue(k.epilogue, outputs)) / min(lanes, 4),
                outputs * (count(k.reduced) + 1)
            )
        case .row(let k):
            let elements = count(k.rows) * Double(k.rowCount)
            return (
                (elements * 16 + epilogue(k.epilogue, elements)) / lanes, elements * 4
            )
        case .resize(let k):
            let outputs = k.axes.reduce(1) { $0 * Double($1.outputSize) }
            return (outputs * 12 / lanes, outputs * 2)
        case .band, .gather, .recurrent:
            let cost = kernel.cost
            let bytes = cost.readBytes + cost.weightBytes + cost.writtenBytes
            return (Double(cost.multiplyAdds) * (product + 1) / lanes, Double(bytes) / 4)
        }
    }

    /// Instructions for the epilogues of so many elements, lane by lane.
    private static func epilogue(_ epilogue: [EpilogueInstruction], _ elements: Double) -> Double {
        epilogue.reduce(0) { sum, instruction in
            switch instruction {
            case .scaleShift: sum + elements * 2
            case .binary: sum + elements * 2
            case .unary(let function):
                sum + elements * (function.kind.isTranscendental ? 20 : 2)
            }
        }
    }
}
