import IR

/// What a kernel has to do at least, whatever its tile: what its time is compared with.
package struct KernelCost: Hashable, Sendable {
    /// Products that are summed, of convolutions and matrix products; of other kernels 0.
    package var multiplyAdds = 0
    /// Distinct bytes read of the packed weights and other constants.
    package var weightBytes = 0
    /// Distinct bytes read of inputs and of what other kernels made, zero borders included.
    package var readBytes = 0
    /// Distinct bytes written.
    package var writtenBytes = 0

    package init(
        multiplyAdds: Int = 0, weightBytes: Int = 0, readBytes: Int = 0, writtenBytes: Int = 0
    ) {
        self.multiplyAdds = multiplyAdds
        self.weightBytes = weightBytes
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
    }

    /// What moves between memory and registers if every byte moves once.
    package var bytes: Int { weightBytes + readBytes + writtenBytes }

    package static func + (a: KernelCost, b: KernelCost) -> KernelCost {
        KernelCost(
            multiplyAdds: a.multiplyAdds + b.multiplyAdds,
            weightBytes: a.weightBytes + b.weightBytes, readBytes: a.readBytes + b.readBytes,
            writtenBytes: a.writtenBytes + b.writtenBytes)
    }

    private static let elementBytes = 4

    /// Counts what is read along a walk.
    fileprivate mutating func read(_ location: Location, _ walk: [Walk]) {
        let bytes = walk.distinctCount * Self.elementBytes
        if location.region == .constants { weightBytes += bytes } else { readBytes += bytes }
    }

    fileprivate mutating func readWeights(_ elements: Int) {
        weightBytes += elements * Self.elementBytes
    }

    fileprivate mutating func write(_ walk: [Walk]) {
        writtenBytes += walk.distinctCount * Self.elementBytes
    }

    /// Counts the operands of an epilogue, each along the walk of its stream.
    fileprivate mutating func read(
        _ epilogue: [EpilogueInstruction], _ walk: (_ stream: Int) -> [Walk]
    ) {
        for instruction in epilogue {
            switch instruction {
            case .unary: break
            case .scaleShift(let scale, let shift):
                read(scale.location, walk(scale.stream))
                read(shift.location, walk(shift.stream))
            case .binary(_, let operand, _): read(operand.location, walk(operand.stream))
            }
        }
    }
}

extension Kernel {
    package var cost: KernelCost {
        switch self {
        case .contraction(let kernel): kernel.cost
        case .winogradInput(let kernel): kernel.cost
        case .winogradOutput(let kernel): kernel.cost
        case .depthwise(let kernel): kernel.cost
        case .matmul(let kernel): kernel.cost
        case .map(let kernel): kernel.cost
        case .fill(let kernel): kernel.cost
        case .pool(let kernel): kernel.cost
        case .reduce(let kernel): kernel.cost
        case .row(let kernel): kernel.cost
        case .resize(let kernel): kernel.cost
        case .gather(let kernel): kernel.cost
        case .band(let kernel): kernel.cost
        case .recurrent(let kernel): kernel.cost
        }
    }
}

extension KernelCost {
    /// A kernel that runs several times.
    package static func * (cost: KernelCost, rounds: Int) -> KernelCost {
        KernelCost(
            multiplyAdds: cost.multiplyAdds * rounds, weightBytes: cost.weightBytes * rounds,
            readBytes: cost.readBytes * rounds, writtenBytes: cost.writtenBytes * rounds)
    }
}

extension Plan {
    /// The sum over the steps: one prediction.
    package var cost: KernelCost {
        steps.indices.reduce(KernelCost()) { $0 + cost(ofStep: $1) }
    }

    /// What a step costs in one prediction: all rounds of its strip loop.
    package func cost(ofStep index: Int) -> KernelCost {
        let rounds = strips.first { $0.steps.contains(index) }?.count ?? 1
        return steps[index].kernel.cost * rounds
    }

    /// Products that the convolutions and matrix products would need if they were summed directly:
    /// what speeds are given in, so that algorithms that need fewer can be compared.
    package var directMultiplyAdds: Int {
        var total = 0
        for node in graph.nodes {
            switch node.op {
            case .convolution:
                let kernel = graph.type(node.inputs[1]).shape
                total += node.type.count * kernel.dropLast().reduce(1, *)
            case .matmul: total += node.type.count * (graph.type(node.inputs[0]).shape.last ?? 1)
            default: break
            }
        }
        return total
    }
}

// MARK: - Each kind of kernel

extension ContractionKernel {
    package var cost: KernelCost {
        var cost = KernelCost(multiplyAdds: multiplyAdds)
        let groupWalk = Walk(groups, inputGroupStride)
        cost.read(input, positions.walk(0) + reduction.walk(0) + [groupWalk])
        cost.readWeights(layout.weightCount + (bias == nil ? 0 : layout.biasCount))
        if outputGroupStride != filters {
            cost.write(positions.walk(1) + [Walk(filters, 1), Walk(groups, outputGroupStride)])
            return cost
        }
        // Filters of all groups lie behind each other.
        func walk(_ stream: Int) -> [Walk] {
            positions.walk(stream) + [Walk(filters * groups, filterStrides[stream])]
        }
        cost.read(epilogue, walk)
        cost.write(walk(1))
        return cost
    }
}

extension WinogradInputKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        let tiles = outer + [rows, columns]
        let cells = [
            Walk(variant.rows.cells, cellStrides[0]), Walk(variant.columns.cells, cellStrides[1]),
        ]
        cost.read(input, tiles.walk(0) + cells + [Walk(channels, 1)])
        cost.write(tiles.walk(1) + [Walk(variant.positions, positionStride), Walk(channels, 1)])
        return cost
    }
}

extension WinogradOutputKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        let tiles = outer + [rows, columns]
        cost.read(
            input, tiles.walk(0) + [Walk(variant.positions, positionStride), Walk(filters, 1)])
        cost.readWeights(filters)
        // Ragged tiles count as whole ones less what they lack.
        func walk(_ stream: Int) -> [Walk] {
            let height = (rows.count - 1) * variant.rows.outputs + lastRows
            let width = (columns.count - 1) * variant.columns.outputs + lastColumns
            return outer.walk(stream) + [
                Walk(height, cellStrides[0][stream - 1]), Walk(width, cellStrides[1][stream - 1]),
                Walk(filters, filterStrides[stream]),
            ]
        }
        cost.read(epilogue, walk)
        cost.write(walk(1))
        return cost
    }
}

extension DepthwiseKernel {
    package var cost: KernelCost {
        let tapCount = taps.reduce(1) { $0 * $1.count }
        let positionCount = positions.reduce(1) { $0 * $1.count }
        var cost = KernelCost(multiplyAdds: positionCount * tapCount * channels)
        func walk(_ stream: Int) -> [Walk] {
            positions.walk(stream) + [Walk(channels, channelStrides[stream])]
        }
        cost.read(input, walk(0) + taps.walk(0))
        cost.readWeights((tapCount + 1) * weightPitch)
        cost.read(epilogue, walk)
        cost.write(walk(1))
        return cost
    }
}

extension MatmulKernel {
    package var cost: KernelCost {
        let batchCount = batch.reduce(1) { $0 * $1.count }
        var cost = KernelCost(
            multiplyAdds: batchCount * rows.count * columns.count * inner.count)
        func walk(_ stream: Int) -> [Walk] { (batch + [rows, columns]).walk(stream) }
        cost.read(a, walk(0) + [inner].walk(0))
        cost.read(b, walk(1) + [inner].walk(1))
        cost.read(epilogue, walk)
        cost.write(walk(2))
        return cost
    }
}

extension MapKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        cost.read(source, loops.walk(0))
        cost.read(epilogue, loops.walk)
        cost.write(loops.walk(1))
        return cost
    }
}

extension BandKernel {
    package var cost: KernelCost {
        let lines = (outer + [inner]).reduce(1) { $0 * $1.count }
        // Rows are as long as the widest one.
        var cost = KernelCost(multiplyAdds: lines * count * (pitch - 2))
        cost.read(input, (outer + [inner]).walk(0) + [Walk(count, inputStride)])
        cost.readWeights(count * pitch)
        cost.write((outer + [inner]).walk(1) + [Walk(count, outputStride)])
        return cost
    }
}

extension FillKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        for box in boxes { cost.write(box.loops.walk(0)) }
        return cost
    }
}

extension PoolKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        cost.read(
            input,
            [batch].walk(0) + axes.map { Walk($0.readCells, $0.inputStride) }
                + [Walk(channels, 1)])
        func walk(_ stream: Int) -> [Walk] {
            let strides =
                stream == 1 ? axes.map(\.outputStride) + [1] : operandStrides[stream - 2]
            return [batch].walk(stream)
                + zip(axes.map(\.output) + [channels], strides).map { Walk($0, $1) }
        }
        cost.read(epilogue, walk)
        cost.write(walk(1))
        return cost
    }
}

extension PoolKernel.Axis {
    /// The cells that lie in some window.
    fileprivate var readCells: [Int] {
        var cells: Set<Int> = []
        for cell in 0..<output {
            let first = cell * stride - before
            cells.formUnion(max(first, 0)..<max(min(first + window, input), max(first, 0)))
        }
        return cells.sorted()
    }
}

extension ReduceKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        cost.read(input, kept.walk(0) + reduced.walk(0))
        cost.read(epilogue, kept.walk)
        cost.write(kept.walk(1))
        return cost
    }
}

extension RowKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        func walk(_ stream: Int) -> [Walk] { (rows + row).walk(stream) }
        cost.read(input, walk(0))
        cost.read(epilogue, walk)
        cost.write(walk(1))
        return cost
    }
}

extension ResizeKernel {
    package var cost: KernelCost {
        var cost = KernelCost()
        cost.read(input, axes.map { Walk($0.readCells(method), $0.inputStride) })
        cost.write(axes.map { Walk($0.outputSize, $0.outputStride) })
        return cost
    }
}

extension ResizeKernel.Axis {
    /// The cells that have a part in some output.
    fileprivate func readCells(_ method: ResizeOp.Method) -> [Int] {
        guard isResized else { return Array(0..<inputSize) }
        var cells: Set<Int> = []
        for index in 0..<outputSize {
            // The position is (index + 0.5) * input / output, less 0.5 where that is interpolated.
            switch method {
            case .nearest: cells.insert((2 * index + 1) * inputSize / (2 * outputSize))
            case .linear:
                let numerator = max((2 * index + 1) * inputSize - outputSize, 0)
                let lower = min(numerator / (2 * outputSize), inputSize - 1)
                let isBetween = numerator % (2 * outputSize) != 0
                cells.formUnion([lower, isBetween ? min(lower + 1, inputSize - 1) : lower])
            }
        }
        return cells.sorted()
    }
}

extension GatherKernel {
    /// A row for each index; which rows is not known beforehand, so that each counts.
    package var cost: KernelCost {
        var cost = KernelCost()
        cost.read(indices, loops.walk(0))
        cost.write(loops.walk(1) + [Walk(width, 1)])
        cost.readWeights(min(rows, loops.reduce(1) { $0 * $1.count }) * width)
        return cost
    }
}

extension RecurrentKernel {
    /// Weights count once: what a step reads is still in cache for the next, or should be.
    package var cost: KernelCost {
        let rounds = batch.count * time.count
        var cost = KernelCost(
            multiplyAdds: rounds * positionCount * reductionCount * units * gateCount)
        cost.readWeights(passes.reduce(0) { $0 + $1.layout.weightCount })
        if bias != nil { cost.readWeights(gateCount * pitch) }
        let places = [batch, time] + positions
        func walk(_ stream: Int) -> [Walk] {
            places.filter { $0.strides.count > stream }.map { Walk($0.count, $0.strides[stream]) }
        }
        cost.read(input, walk(0) + [Walk(gateCount * units, 1)])
        cost.write(
            (returnsSequence ? walk(1) : [batch].walk(1) + positions.walk(1)) + [Walk(units, 1)])
        for _ in finalState { cost.write([batch].walk(1) + positions.walk(1) + [Walk(units, 1)]) }
        if let mask { cost.read(mask, [batch, time].walk(2)) }
        for state in initialState {
            cost.read(state, [Walk(batch.count * positionCount * units, 1)])
        }
        return cost
    }
}
