import IR
import Plan

/// Runs a `RowKernel`: a row is gathered into a contiguous block, worked on there, and stored
/// through the epilogue.
final class RowRunner {
    private let kernel: RowKernel
    private let rows: PositionTable
    /// The places of the innermost loop's runs within a row.
    private let runs: PositionTable
    private let last: Loop
    private let strides: Table<Int>
    private let places: Table<Int>
    private let epilogue: Epilogue
    private let count: Int
    private let block: Table<Float>
    private let sorted: Table<Float>?

    init(_ kernel: RowKernel) {
        self.kernel = kernel
        let streams =
            (kernel.row.first ?? kernel.rows.first)?.strides.count
            ?? Epilogue.streamCount(kernel.epilogue)
        rows = PositionTable(kernel.rows, streams: streams)
        runs = PositionTable(kernel.row.dropLast(), streams: streams)
        last = kernel.row.last ?? Loop(1, [Int](repeating: 0, count: streams))
        strides = Table(last.strides)
        places = Table(repeating: 0, count: streams)
        epilogue = Epilogue(kernel.epilogue)
        count = kernel.rowCount
        block = Table(repeating: 0, count: count)
        sorted =
            kernel.function == .softmax(.sparsemax) ? Table(repeating: 0, count: count) : nil
    }

    func run(_ memory: Memory) {
        epilogue.bind(memory)
        let input = UnsafePointer(memory.pointer(kernel.input))
        let output = memory.pointer(kernel.output)
        var start = 0
        while start < rows.count {
            let count = min(rows.capacity, rows.count - start)
            let rowPlaces = rows.offsets(from: start, count)
            for index in 0..<count {
                gather(input + rowPlaces[index])
                compute()
                store(output, rowPlaces + index)
            }
            start += count
        }
    }

    private func gather(_ input: UnsafePointer<Float>) {
        let stride = last.strides[0]
        eachRun { places, _, target in
            if stride == 1 {
                target.update(from: input + places[0], count: last.count)
            } else {
                ElementRun.gather(input + places[0], stride: stride, target, last.count)
            }
        }
    }

    private func store(_ output: UnsafeMutablePointer<Float>, _ rowPlaces: UnsafePointer<Int>) {
        eachRun { runPlaces, pitch, source in
            for stream in 0..<places.count {
                places.pointer[stream] =
                    rowPlaces[stream &* rows.capacity] &+ runPlaces[stream &* pitch]
            }
            epilogue.finish(
                UnsafePointer(source), count: last.count, to: output + places.pointer[1],
                stride: last.strides[1],
                run: Epilogue.Run(
                    places: UnsafePointer(places.pointer), pitch: 1,
                    strides: UnsafePointer(strides.pointer), first: 0))
        }
    }

    /// Visits the runs of a row: their places, the distance between streams, and their elements in
    /// the block.
    @inline(__always)
    private func eachRun(
        _ body: (UnsafePointer<Int>, Int, UnsafeMutablePointer<Float>) -> Void
    ) {
        var start = 0
        var target = block.pointer
        while start < runs.count {
            let size = min(runs.capacity, runs.count - start)
            let places = runs.offsets(from: start, size)
            for index in 0..<size {
                body(places + index, runs.capacity, target)
                target += last.count
            }
            start += size
        }
    }

    private func compute() {
        switch kernel.function {
        case .softmax(.softmax): softmax()
        case .softmax(.joint):
            logSoftmax(isBaseFinite: true)
            map { vectorExpNormal($0) }
        case .softmax(.logSoftmax): logSoftmax()
        case .softmax(.sparsemax): sparsemax()
        case .normalize(.standard, let epsilon): standardize(epsilon)
        case .normalize(.rootMeanSquare, let epsilon):
            let square = ElementRun.sumOfSquares(UnsafePointer(block.pointer), count)
            scale(1 / (square / Double(count) + epsilon).squareRoot())
        case .normalize(.unit, _):
            let square = ElementRun.sumOfSquares(UnsafePointer(block.pointer), count)
            let factor = 1 / square.squareRoot()
            scale(factor > 1e12 ? 1e12 : factor)
        }
    }

    private func map(_ function: (V) -> V) {
        ElementRun.map(UnsafePointer(block.pointer), block.pointer, count, function)
    }

    private func scale(_ factor: Double) {
        let factor = Float(factor)
        map { $0 * factor }
    }

    private func softmax() {
        let x = UnsafePointer(block.pointer)
        let top = ElementRun.maximum(x, count)
        map { vectorExpNormal($0 - top) }
        scale(1 / ElementRun.sum(x, count))
    }

    /// - Parameter isBaseFinite: whether nothing is subtracted before the exponentials where the largest
    ///   element is no finite number.
    private func logSoftmax(isBaseFinite: Bool = false) {
        let x = UnsafePointer(block.pointer)
        var top = ElementRun.maximum(x, count)
        if isBaseFinite, !top.isFinite { top = 0 }
        map { $0 - top }
        var total = 0.0
        for index in stride(from: 0, to: count, by: ElementRun.width) {
            let rest = count - index
            let y = vectorExpNormal(
                rest >= ElementRun.width
                    ? ElementRun.load(x + index)
                    : ElementRun.loadPartial(x + index, rest, filler: -.infinity))
            for lane in 0..<ElementRun.width { total += Double(y[lane]) }
        }
        let logarithm = vectorLog(V(repeating: Float(total)))[0]
        map { $0 - logarithm }
    }

    /// The mean is subtracted in two parts: in one float it may be less exact than the deviations.
    private func standardize(_ epsilon: Double) {
        let x = UnsafePointer(block.pointer)
        let mean = ElementRun.sum(x, count) / Double(count)
        let high = Float(mean)
        let low = Float(mean - Double(high))
        map { ($0 - high) - low }
        let variance = ElementRun.sumOfSquares(x, count) / Double(count)
        scale(1 / (variance + epsilon).squareRoot())
    }

    /// As Keras computes it; see `SoftmaxOp.Kind.sparsemax`.
    private func sparsemax() {
        let x = UnsafePointer(block.pointer)
        guard let sorted, !ElementRun.maximum(x, count).isNaN else {
            map { _ in V(repeating: .nan) }
            return
        }
        sorted.pointer.update(from: x, count: count)
        var descending = UnsafeMutableBufferPointer(start: sorted.pointer, count: count)
        descending.sort(by: >)
        var sum = 0.0
        var supportCount = 0.0
        var supportSum = 0.0
        for index in 0..<count {
            let z = Double(sorted.pointer[index])
            sum += z
            if z > (sum - 1) / Double(index + 1) {
                supportCount += 1
                supportSum += sum
            }
        }
        let tau = Float((supportSum - 1) / supportCount)
        map { activation_relu($0 - tau) }
    }
}
