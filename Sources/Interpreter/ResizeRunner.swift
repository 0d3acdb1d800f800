import Plan

/// Runs a `ResizeKernel`: each output position lies between two cells along every resized axis; elements
/// along the last axis go together where it isn't resized.
final class ResizeRunner {
    /// An axis whose positions are visited one by one.
    private struct Axis {
        var count: Int
        var outputStride: Int
        /// Whether positions lie between cells.
        let isLinear: Bool
        /// For each output index, offsets of the two cells in the input and how far it is from the
        /// first to the second.
        var lower: Table<Int>
        var upper: Table<Int>
        var fraction: Table<Float>
    }

    private let kernel: ResizeKernel
    private let axes: [Axis]
    private let runCount: Int
    private let runStrides: (input: Int, output: Int)
    /// The cells that have a part in a position, by level: after l axes on which it lies between two
    /// cells, 2^l cells from `2^l - 1` on, bit l - 1 of a cell's number telling which of the two of
    /// axis l it is.
    private let offsets: Table<Int>
    /// By level, from 0.
    private let fractions: Table<Float>

    init(_ kernel: ResizeKernel) {
        self.kernel = kernel
        var visited = kernel.axes
        if let last = visited.last, !last.isResized {
            runCount = last.inputSize
            runStrides = (last.inputStride, last.outputStride)
            visited.removeLast()
        } else {
            runCount = 1
            runStrides = (1, 1)
        }
        let isLinear = kernel.method == .linear
        axes = visited.map { Self.axis($0, isLinear: isLinear) }
        let cells = 2 << visited.count(where: \.isResized)
        offsets = Table(repeating: 0, count: cells)
        fractions = Table(repeating: 0, count: visited.count)
    }

    private static func axis(_ axis: ResizeKernel.Axis, isLinear: Bool) -> Axis {
        let count = axis.outputSize
        let betweenCells = isLinear && axis.isResized
        let result = Axis(
            count: count, outputStride: axis.outputStride, isLinear: betweenCells,
            lower: Table(repeating: 0, count: count),
            upper: Table(repeating: 0, count: count), fraction: Table(repeating: 0, count: count))
        for index in 0..<count {
            // floor((index + 0.5) * input / output) in whole numbers.
            let nearest = (2 * index + 1) * axis.inputSize / (2 * axis.outputSize)
            var (lower, upper, fraction) = (nearest, nearest, 0.0)
            if betweenCells {
                let scale = Double(axis.inputSize) / Double(axis.outputSize)
                let source = (Double(index) + 0.5) * scale - 0.5
                let cell = source < 0 ? -1 : Int(source)
                fraction = source - Double(cell)
                lower = max(cell, 0)
                upper = min(fraction > 0 ? cell + 1 : cell, axis.inputSize - 1)
            }
            result.lower.pointer[index] = lower * axis.inputStride
            result.upper.pointer[index] = upper * axis.inputStride
            result.fraction.pointer[index] = Float(fraction)
        }
        return result
    }

    func run(_ memory: Memory) {
        let input = UnsafePointer(memory.pointer(kernel.input))
        visit(0, input, memory.pointer(kernel.output), level: 0)
    }

    /// Visits the positions of the axes from `depth` on.
    private func visit(
        _ depth: Int, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        level: Int
    ) {
        guard depth < axes.count else {
            store(input, output, level)
            return
        }
        let axis = axes[depth]
        let cells = 1 << level
        for index in 0..<axis.count {
            let lower = axis.lower.pointer[index]
            let target = output + index * axis.outputStride
            if !axis.isLinear {
                visit(depth + 1, input + lower, target, level: level)
                continue
            }
            // Each cell becomes two on the next level.
            let distance = axis.upper.pointer[index] - lower
            for cell in 0..<cells {
                let (old, new) = (cells - 1 + cell, 2 * cells - 1 + cell)
                offsets.pointer[new] = offsets.pointer[old]
                offsets.pointer[new + cells] = offsets.pointer[old] + distance
            }
            fractions.pointer[level] = axis.fraction.pointer[index]
            visit(depth + 1, input + lower, target, level: level + 1)
        }
    }

    private func store(
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ level: Int
    ) {
        let (from, to) = runStrides
        let cells = 1 << level
        if cells == 1 {
            if from == 1 && to == 1 && runCount >= 16 {
                output.update(from: input, count: runCount)
            } else {
                for index in 0..<runCount { output[index &* to] = input[index &* from] }
            }
            return
        }
        let offsets = UnsafePointer(offsets.pointer + (cells - 1))
        guard from == 1 && to == 1 else {
            for index in 0..<runCount {
                let x = input + index &* from
                output[index &* to] = value(level) { V(repeating: x[offsets[$0]]) }[0]
            }
            return
        }
        for index in stride(from: 0, to: runCount, by: ElementRun.width) {
            let (x, y, rest) = (input + index, output + index, runCount - index)
            if rest >= ElementRun.width {
                ElementRun.store(value(level) { ElementRun.load(x + offsets[$0]) }, y)
            } else {
                let last = value(level) {
                    ElementRun.loadPartial(x + offsets[$0], rest, filler: 0)
                }
                ElementRun.storePartial(last, y, rest)
            }
        }
    }

    /// Between all cells of a position; an axis that keeps its size is one of the image's two axes.
    private func value(_ level: Int, _ load: (Int) -> V) -> V {
        let result = between(0, 0, level, load)
        return level == 1 ? result + (result - result) * 0 : result
    }

    /// Between the cells whose numbers begin with the bits of `cell` up to `axis`: along the last axis
    /// first, as TensorFlow does.
    private func between(_ cell: Int, _ axis: Int, _ level: Int, _ load: (Int) -> V) -> V {
        if axis == level { return load(cell) }
        let a = between(cell, axis + 1, level, load)
        let b = between(cell + (1 << axis), axis + 1, level, load)
        return a + (b - a) * fractions.pointer[axis]
    }
}
