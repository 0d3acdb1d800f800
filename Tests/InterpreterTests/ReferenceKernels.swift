import IR
import Plan
import TestSupport

// Each kernel as its definition reads, one element at a time in double precision.

/// The offsets of each position of a loop nest in its streams, row-major.
func positions(_ loops: [Loop], streams: Int) -> [[Int]] {
    var result = [[Int](repeating: 0, count: streams)]
    for loop in loops {
        result = result.flatMap { base in
            (0..<loop.count).map { index in
                base.indices.map { base[$0] + index * loop.strides[$0] }
            }
        }
    }
    return result
}

func + (a: [Int], b: (strides: [Int], index: Int)) -> [Int] {
    a.indices.map { a[$0] + b.index * b.strides[$0] }
}

extension TestMemory {
    /// An element after the epilogue; `places` has its offset in each stream.
    func finished(_ value: Double, _ program: [EpilogueInstruction], _ places: [Int]) -> Double {
        func operand(_ operand: Operand) -> Double {
            read(operand.location, places[operand.stream])
        }
        var x = value
        for instruction in program {
            switch instruction {
            case .scaleShift(let scale, let shift): x = x * operand(scale) + operand(shift)
            case .unary(let function): x = ReferenceFunctions.unary(function, x)
            case .binary(let function, let other, let reversed):
                let y = operand(other)
                x =
                    reversed
                    ? ReferenceFunctions.binary(function, y, x)
                    : ReferenceFunctions.binary(function, x, y)
            }
        }
        return x
    }

    /// The outputs after a kernel: everything is read before anything is written.
    func expected(_ kernel: Kernel) -> [[Float]] {
        var result = self
        func put(
            _ output: Location, _ program: [EpilogueInstruction], _ places: [Int], _ value: Double
        ) {
            result.write(output, places[1], finished(value, program, places))
        }
        switch kernel {
        case .contraction(let kernel):
            let streams = kernel.filterStrides.count
            let steps = positions(kernel.reduction, streams: 1)
            for place in positions(kernel.positions, streams: streams) {
                for filter in 0..<kernel.groups * kernel.filters {
                    let (group, f) = filter.quotientAndRemainder(dividingBy: kernel.filters)
                    let bias = group * kernel.layout.paddedFilters + f
                    var sum = kernel.bias.map { read($0, bias) } ?? 0
                    for (step, offset) in steps.enumerated() {
                        let x = place[0] + group * kernel.inputGroupStride + offset[0]
                        sum +=
                            read(kernel.input, x)
                            * read(kernel.weights, kernel.layout.place(group, f, step))
                    }
                    put(kernel.output, kernel.epilogue, place + (kernel.filterStrides, filter), sum)
                }
            }
        case .depthwise(let kernel):
            let taps = positions(kernel.taps, streams: 1)
            for place in positions(kernel.positions, streams: kernel.channelStrides.count) {
                for channel in 0..<kernel.channels {
                    let places = place + (kernel.channelStrides, channel)
                    var sum = read(kernel.bias, channel)
                    for (tap, offset) in taps.enumerated() {
                        sum +=
                            read(kernel.input, places[0] + offset[0])
                            * read(kernel.weights, tap * kernel.weightPitch + channel)
                    }
                    put(kernel.output, kernel.epilogue, places, sum)
                }
            }
        case .matmul(let kernel):
            let loops = kernel.batch + [kernel.rows, kernel.columns]
            for place in positions(loops, streams: kernel.columns.strides.count) {
                var sum = 0.0
                for index in 0..<kernel.inner.count {
                    let (a, b) = (kernel.inner.strides[0], kernel.inner.strides[1])
                    sum +=
                        read(kernel.a, place[0] + index * a)
                        * read(kernel.b, place[1] + index * b)
                }
                let value = finished(sum, kernel.epilogue, place)
                result.write(kernel.output, place[2], value)
            }
        case .map(let kernel):
            for place in positions(kernel.loops, streams: kernel.loops[0].strides.count) {
                put(kernel.output, kernel.epilogue, place, read(kernel.source, place[0]))
            }
        case .fill(let kernel):
            for box in kernel.boxes {
                for place in positions(box.loops, streams: 1) {
                    result.write(box.output, place[0], Double(kernel.value))
                }
            }
        case .pool(let kernel): result.outputs = expected(kernel)
        case .reduce(let kernel):
            let cells = positions(kernel.reduced, streams: 1)
            for place in positions(kernel.kept, streams: kernel.kept[0].strides.count) {
                let row = cells.map { read(kernel.input, place[0] + $0[0]) }
                let value: Double =
                    switch kernel.kind {
                    case .sum: row.reduce(0, +)
                    case .mean: row.reduce(0, +) / Double(row.count)
                    case .maximum: row.reduce(-.infinity) { larger($0, $1) }
                    case .minimum: -row.reduce(-.infinity) { larger($0, -$1) }
                    }
                put(kernel.output, kernel.epilogue, place, value)
            }
        case .row(let kernel):
            let streams = kernel.rows[0].strides.count
            for start in positions(kernel.rows, streams: streams) {
                let places = positions(kernel.row, streams: streams).map { place in
                    place.indices.map { place[$0] + start[$0] }
                }
                let row = places.map { read(kernel.input, $0[0]) }
                for (place, value) in zip(places, kernel.function.reference(row)) {
                    put(kernel.output, kernel.epilogue, place, value)
                }
            }
        case .winogradInput(let kernel): result.outputs = expected(kernel)
        case .winogradOutput(let kernel): result.outputs = expected(kernel)
        case .resize: fatalError("resizing is compared with numbers")
        case .gather, .recurrent, .band: fatalError("compared from the graph on")
        }
        return result.outputs
    }

    private func expected(_ kernel: PoolKernel) -> [[Float]] {
        var result = self
        let rank = kernel.axes.count
        let outputs = kernel.axes.map { Loop($0.output, [1]) }
        for batch in 0..<kernel.batch.count {
            for position in indices(outputs.map(\.count)) {
                let windows = zip(kernel.axes, position).map { axis, index in
                    (0..<axis.window).map { index * axis.stride - axis.before + $0 }
                        .filter { (0..<axis.input).contains($0) }
                }
                for channel in 0..<kernel.channels {
                    var cells: [Double] = []
                    for pick in indices(windows.map(\.count)) {
                        var offset = batch * kernel.batch.strides[0] + channel
                        for axis in 0..<rank {
                            offset += windows[axis][pick[axis]] * kernel.axes[axis].inputStride
                        }
                        cells.append(read(kernel.input, offset))
                    }
                    var places = kernel.batch.strides.map { batch * $0 }
                    for axis in 0..<rank {
                        places[1] += position[axis] * kernel.axes[axis].outputStride
                    }
                    places[1] += channel
                    for (operand, strides) in kernel.operandStrides.enumerated() {
                        for axis in 0..<rank {
                            places[operand + 2] += position[axis] * strides[axis]
                        }
                        places[operand + 2] += channel * strides[rank]
                    }
                    var value = cells.reduce(0, +) / Double(cells.count)
                    if kernel.kind == .maximum {
                        value = cells.filter { !$0.isNaN }.max() ?? 0
                        value = max(value, Double(-Float.greatestFiniteMagnitude))
                        if cells.allSatisfy(\.isNaN) {
                            value = Double(-Float.greatestFiniteMagnitude)
                        }
                    }
                    result.write(
                        kernel.output, places[1], finished(value, kernel.epilogue, places))
                }
            }
        }
        return result.outputs
    }
}

/// Every index of a shape in row-major order.
func indices(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { heads, size in heads.flatMap { head in (0..<size).map { head + [$0] } } }
}

func larger(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

extension WeightsLayout {
    /// Where the weight of a filter at a step of the reduction is packed.
    func place(_ group: Int, _ filter: Int, _ step: Int) -> Int {
        guard let block = blocks.last(where: { $0.start <= filter }) else { fatalError("no block") }
        return group * weightsPerGroup + block.offset + step * block.vectors * lanes
            + (filter - block.start)
    }
}
