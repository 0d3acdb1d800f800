/// Cutting a kernel into kernels that compute the same together, for several threads.
///
/// A part is a kernel of the same kind that runs a stretch of the whole's loops: it computes each of
/// its elements as the whole would, in the same order of summation, so the bits don't depend on how
/// many parts there are. Parts write to different elements and none reads what another writes: they
/// may run in any order, or at once. Parts of one size differ only in where their tensors lie, and
/// share one emitted function.
extension Kernel {
    /// The ways to cut the kernel into at most `count` parts, two at least, each as even as the
    /// kernel's tiles allow; empty for a kernel that stays whole.
    package func cuts(into count: Int) -> [[Kernel]] {
        switch self {
        case .contraction(let kernel):
            [
                kernel.parts(ofPositions: count), kernel.parts(ofGroups: count),
                kernel.parts(ofFilters: count),
            ].compactMap { $0?.map(Kernel.contraction) }
        case .winogradInput(let kernel):
            Self.list(kernel.parts(count)?.map(Kernel.winogradInput))
        case .winogradOutput(let kernel):
            Self.list(kernel.parts(count)?.map(Kernel.winogradOutput))
        case .depthwise(let kernel): Self.list(kernel.parts(count)?.map(Kernel.depthwise))
        case .matmul(let kernel): Self.list(kernel.parts(count)?.map(Kernel.matmul))
        case .map(let kernel): Self.list(kernel.parts(count)?.map(Kernel.map))
        case .pool(let kernel): Self.list(kernel.parts(count)?.map(Kernel.pool))
        case .reduce(let kernel): Self.list(kernel.parts(count)?.map(Kernel.reduce))
        case .row(let kernel): Self.list(kernel.parts(count)?.map(Kernel.row))
        case .resize(let kernel): Self.list(kernel.parts(count)?.map(Kernel.resize))
        // What only fills borders is too small to be worth it.
        default: []
        }
    }

    private static func list(_ parts: [Kernel]?) -> [[Kernel]] { parts.map { [$0] } ?? [] }
}

/// Stretches of a loop.
enum Stretches {
    /// Elements in a cache line of 64 bytes: stretches of neighbours start at multiples of it, so that
    /// threads don't write to the same line, and vectors of any width stay whole.
    static let line = 16

    /// `count` rounds in at most `parts` stretches that start at multiples of `granule`, longer ones
    /// first; nil if there would be but one.
    static func cut(_ count: Int, granule: Int = 1, into parts: Int) -> [Range<Int>]? {
        let units = (count + granule - 1) / granule
        let parts = min(parts, units)
        guard parts > 1 else { return nil }
        var stretches: [Range<Int>] = []
        var start = 0
        for part in 0..<parts {
            let size = units / parts + (part < units % parts ? 1 : 0)
            stretches.append(start * granule..<min((start + size) * granule, count))
            start += size
        }
        return stretches
    }

    /// Which of the loops to cut, and its stretches: the outermost with `parts` stretches to give, else
    /// the one that gives most; nil where none gives two.
    ///
    /// - Parameter granules: of the last loops; 1 for those before them.
    static func cut(
        _ loops: [Loop], granules: [Int], into parts: Int
    ) -> (loop: Int, stretches: [Range<Int>])? {
        var best: (loop: Int, stretches: [Range<Int>])?
        for (index, loop) in loops.enumerated() {
            let place = index - loops.count + granules.count
            guard
                let stretches = cut(
                    loop.count, granule: place < 0 ? 1 : granules[place], into: parts),
                stretches.count > best?.stretches.count ?? 1
            else { continue }
            best = (index, stretches)
        }
        return best
    }
}

extension [EpilogueInstruction] {
    /// With each operand moved by so many elements as `distance` says of its stream.
    fileprivate func advanced(_ distance: (Int) -> Int) -> Self {
        func move(_ operand: Operand) -> Operand {
            Operand(operand.location.advanced(by: distance(operand.stream)), stream: operand.stream)
        }
        return map { instruction in
            switch instruction {
            case .unary: instruction
            case .scaleShift(let scale, let shift):
                .scaleShift(scale: move(scale), shift: move(shift))
            case .binary(let function, let operand, let reversed):
                .binary(function, move(operand), reversed: reversed)
            }
        }
    }
}

extension ContractionKernel {
    /// Stretches of output positions: every part reads all weights and its own rows of the input.
    package func parts(ofPositions count: Int) -> [ContractionKernel]? {
        // A cut through a tile would make narrower tiles.
        guard
            let (loop, stretches) = Stretches.cut(
                positions, granules: [tile.rows, tile.columns], into: count)
        else { return nil }
        return stretches.map { stretch in
            let strides = positions[loop].strides
            var part = self
            part.positions[loop].count = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * strides[0])
            part.output = output.advanced(by: stretch.lowerBound * strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }

    /// Stretches of groups: every part reads its own weights and its own channels of the input.
    package func parts(ofGroups count: Int) -> [ContractionKernel]? {
        let layout = self.layout
        return Stretches.cut(groups, into: count)?.map { stretch in
            var part = self
            part.groups = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * inputGroupStride)
            part.weights = weights.advanced(by: stretch.lowerBound * layout.weightsPerGroup)
            part.bias = bias?.advanced(by: stretch.lowerBound * layout.paddedFilters)
            part.output = output.advanced(
                by: stretch.lowerBound * outputGroupStride * filterStrides[1])
            part.epilogue = epilogue.advanced {
                stretch.lowerBound * filters * filterStrides[$0]
            }
            return part
        }
    }

    /// Stretches of blocks of filters: every part reads its own weights and all of the input.
    package func parts(ofFilters count: Int) -> [ContractionKernel]? {
        guard groups == 1 else { return nil }
        let width = tile.vectors * lanes
        return Stretches.cut(filters, granule: width, into: count)?.map { stretch in
            var part = self
            part.filters = stretch.count
            part.weights = weights.advanced(by: stretch.lowerBound * reductionCount)
            part.bias = bias?.advanced(by: stretch.lowerBound)
            part.moveFilters(by: stretch.lowerBound)
            return part
        }
    }

    private mutating func moveFilters(by distance: Int) {
        output = output.advanced(by: distance * filterStrides[1])
        epilogue = epilogue.advanced { distance * filterStrides[$0] }
    }
}

extension WinogradInputKernel {
    /// Stretches of rows of tiles.
    package func parts(_ count: Int) -> [WinogradInputKernel]? {
        Stretches.cut(rows.count, into: count)?.map { stretch in
            var part = self
            part.rows.count = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * rows.strides[0])
            part.output = output.advanced(by: stretch.lowerBound * rows.strides[1])
            return part
        }
    }
}

extension WinogradOutputKernel {
    /// Stretches of rows of tiles, of which only the last can have a ragged one.
    package func parts(_ count: Int) -> [WinogradOutputKernel]? {
        Stretches.cut(rows.count, into: count)?.map { stretch in
            var part = self
            part.rows.count = stretch.count
            if stretch.upperBound < rows.count { part.lastRows = variant.rows.outputs }
            part.input = input.advanced(by: stretch.lowerBound * rows.strides[0])
            part.output = output.advanced(by: stretch.lowerBound * rows.strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * rows.strides[$0] }
            return part
        }
    }
}

extension DepthwiseKernel {
    /// Stretches of output positions. (Weights lie tap by tap over all channels, so channels stay
    /// together.)
    package func parts(_ count: Int) -> [DepthwiseKernel]? {
        guard let (loop, stretches) = Stretches.cut(positions, granules: [], into: count) else {
            return nil
        }
        return stretches.map { stretch in
            let strides = positions[loop].strides
            var part = self
            part.positions[loop].count = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * strides[0])
            part.output = output.advanced(by: stretch.lowerBound * strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }
}

extension MatmulKernel {
    /// Stretches of products or of rows, or else of columns.
    package func parts(_ count: Int) -> [MatmulKernel]? {
        let loops = batch + [rows, columns]
        guard let (loop, stretches) = Stretches.cut(loops, granules: [Stretches.line], into: count)
        else { return nil }
        return stretches.map { stretch in
            let strides = loops[loop].strides
            var part = self
            switch loop {
            case batch.count: part.rows.count = stretch.count
            case batch.count + 1: part.columns.count = stretch.count
            default: part.batch[loop].count = stretch.count
            }
            part.a = a.advanced(by: stretch.lowerBound * strides[0])
            part.b = b.advanced(by: stretch.lowerBound * strides[1])
            part.output = output.advanced(by: stretch.lowerBound * strides[2])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }
}

extension MapKernel {
    package func parts(_ count: Int) -> [MapKernel]? {
        guard let (loop, stretches) = Stretches.cut(loops, granules: [Stretches.line], into: count)
        else { return nil }
        return stretches.map { stretch in
            let strides = loops[loop].strides
            var part = self
            part.loops[loop].count = stretch.count
            part.source = source.advanced(by: stretch.lowerBound * strides[0])
            part.output = output.advanced(by: stretch.lowerBound * strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }
}

extension PoolKernel {
    /// Stretches of the batch, or of channels, or else of rows of cells: rows at an edge that clips
    /// windows make a function of their own.
    package func parts(_ count: Int) -> [PoolKernel]? {
        if let stretches = Stretches.cut(batch.count, into: count), stretches.count == count {
            return stretches.map { part(ofBatch: $0) }
        }
        let channelParts = Stretches.cut(channels, granule: Stretches.line, into: count)
        let rowParts = Stretches.cut(axes[0].output, into: count)
        let hasEqualRows = axes[0].isInside && axes[0].output.isMultiple(of: count)
        if let rowParts, hasEqualRows || rowParts.count > channelParts?.count ?? 0 {
            return rowParts.map { part(ofRows: $0) }
        }
        return channelParts?.map { part(ofChannels: $0) }
    }

    private func part(ofBatch stretch: Range<Int>) -> PoolKernel {
        var part = self
        part.batch.count = stretch.count
        part.input = input.advanced(by: stretch.lowerBound * batch.strides[0])
        part.output = output.advanced(by: stretch.lowerBound * batch.strides[1])
        part.epilogue = epilogue.advanced { stretch.lowerBound * batch.strides[$0] }
        return part
    }

    private func part(ofChannels stretch: Range<Int>) -> PoolKernel {
        var part = self
        part.channels = stretch.count
        part.input = input.advanced(by: stretch.lowerBound)
        part.output = output.advanced(by: stretch.lowerBound)
        part.epilogue = epilogue.advanced {
            stretch.lowerBound * operandStrides[$0 - 2][axes.count]
        }
        return part
    }

    /// The input starts at the first real cell that the part's windows reach.
    private func part(ofRows stretch: Range<Int>) -> PoolKernel {
        let axis = axes[0]
        var part = self
        let first = stretch.lowerBound * axis.stride - axis.before
        let skipped = max(first, 0)
        part.axes[0].output = stretch.count
        part.axes[0].before = max(-first, 0)
        part.axes[0].input = axis.input - skipped
        part.input = input.advanced(by: skipped * axis.inputStride)
        part.output = output.advanced(by: stretch.lowerBound * axis.outputStride)
        part.epilogue = epilogue.advanced { stretch.lowerBound * operandStrides[$0 - 2][0] }
        return part
    }
}

extension ReduceKernel {
    /// Stretches of what is kept: each sum stays in one part.
    package func parts(_ count: Int) -> [ReduceKernel]? {
        guard let (loop, stretches) = Stretches.cut(kept, granules: [Stretches.line], into: count)
        else { return nil }
        return stretches.map { stretch in
            let strides = kept[loop].strides
            var part = self
            part.kept[loop].count = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * strides[0])
            part.output = output.advanced(by: stretch.lowerBound * strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }
}

extension RowKernel {
    /// Stretches of rows: each row stays in one part.
    package func parts(_ count: Int) -> [RowKernel]? {
        guard let (loop, stretches) = Stretches.cut(rows, granules: [], into: count) else {
            return nil
        }
        return stretches.map { stretch in
            let strides = rows[loop].strides
            var part = self
            part.rows[loop].count = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * strides[0])
            part.output = output.advanced(by: stretch.lowerBound * strides[1])
            part.epilogue = epilogue.advanced { stretch.lowerBound * strides[$0] }
            return part
        }
    }
}

extension ResizeKernel {
    /// Stretches of an axis that keeps its size; where a resized axis is sampled depends on all of it.
    package func parts(_ count: Int) -> [ResizeKernel]? {
        let loops = axes.map { Loop($0.isResized ? 1 : $0.outputSize, []) }
        guard let (loop, stretches) = Stretches.cut(loops, granules: [Stretches.line], into: count)
        else { return nil }
        return stretches.map { stretch in
            var part = self
            part.axes[loop].inputSize = stretch.count
            part.axes[loop].outputSize = stretch.count
            part.input = input.advanced(by: stretch.lowerBound * axes[loop].inputStride)
            part.output = output.advanced(by: stretch.lowerBound * axes[loop].outputStride)
            return part
        }
    }
}

extension Kernel {
    /// The kernel with its tensors at the start of their regions: kernels of one form run the same
    /// function on other memory.
    package var form: Kernel {
        var kernel = self
        kernel.mapLocations { $0.offset = 0 }
        return kernel
    }
}
