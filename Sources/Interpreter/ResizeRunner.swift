import Plan

/// Runs a `ResizeKernel`: each output position is a weighted sum of at most two cells along every
/// resized axis; elements along the last axis go together where it isn't resized.
final class ResizeRunner {
    /// An axis whose positions are visited one by one.
    private struct Axis {
        var count: Int
        var outputStride: Int
        /// For each output index, offsets of the two cells in the input and the weight of the
        /// second.
        var lower: Table<Int>
        var upper: Table<Int>
        var fraction: Table<Float>
    }

    private let kernel: ResizeKernel
    private let axes: [Axis]
    private let runCount: Int
    private let runStrides: (input: Int, output: Int)
    /// The cells that have a part in a position, by level: after l axes on which the position lies
    /// between two cells, 2^l cells from `2^l - 1` on.
    private let offsets: Table<Int>
    private let weights: Table<Float>

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
        weights = Table(repeating: 1, count: cells)
    }

    private static func axis(_ axis: ResizeKernel.Axis, isLinear: Bool) -> Axis {
        let count = axis.outputSize
        let result = Axis(
            count: count, outputStride: axis.outputStride, lower: Table(repeating: 0, count: count),
            upper: Table(repeating: 0, count: count), fraction: Table(repeating: 0, count: count))
        for index in 0..<count {
            // floor((index + 0.5) * input / output) in whole numbers.
            let nearest = (2 * index + 1) * axis.inputSize / (2 * axis.outputSize)
            var (lower, upper, fraction) = (nearest, nearest, 0.0)
            if isLinear && axis.isResized {
                let scale = Double(axis.inputSize) / Double(axis.outputSize)
                let limit = Double(axis.inputSize - 1)
                let source = min(max((Double(index) + 0.5) * scale - 0.5, 0), limit)
                lower = Int(source)
                upper = min(lower + 1, axis.inputSize - 1)
                fraction = source - Double(lower)
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
            let fraction = axis.fraction.pointer[index]
            let lower = axis.lower.pointer[index]
            let target = output + index * axis.outputStride
            if fraction == 0 {
                visit(depth + 1, input + lower, target, level: level)
                continue
            }
            // Each cell becomes two on the next level.
            let distance = axis.upper.pointer[index] - lower
            for cell in 0..<cells {
                let (old, new) = (cells - 1 + cell, 2 * cells - 1 + cell)
                offsets.pointer[new] = offsets.pointer[old]
                offsets.pointer[new + cells] = offsets.pointer[old] + distance
                weights.pointer[new] = weights.pointer[old] * (1 - fraction)
                weights.pointer[new + cells] = weights.pointer[old] * fraction
            }
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
        let offsets = offsets.pointer + (cells - 1)
        let weights = weights.pointer + (cells - 1)
        var index = 0
        if from == 1 && to == 1 {
            while index + ElementRun.width <= runCount {
                var sum =
                    ElementRun.load(input + (index + offsets[0]))
                    * weights[0]
                for cell in 1..<cells {
                    let x = ElementRun.load(input + (index + offsets[cell]))
                    sum = madd(x, splat(weights[cell]), sum)
                }
                ElementRun.store(sum, output + index)
                index += ElementRun.width
            }
        }
        while index < runCount {
            var sum: Float = 0
            for cell in 0..<cells {
                sum += input[index &* from &+ offsets[cell]] * weights[cell]
            }
            output[index &* to] = sum
            index += 1
        }
    }
}
