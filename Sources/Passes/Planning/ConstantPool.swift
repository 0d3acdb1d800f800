import IR
import Plan

/// Collects packed weights into the plan's constants.
///
/// Constants with undefined numbers have places and no numbers, and neither have all others beside
/// them: a plan of them can be inspected, not run.
struct ConstantPool {
    /// Empty where a number is not known.
    private var data: [Float] = []
    /// Elements that have a place.
    private(set) var count = 0
    /// Whether every number is known.
    private(set) var isDefined = true
    private var vectors: [ConstantKey: Int] = [:]
    /// The places of blocks, by a hash of what they hold.
    private var blocks: [Int: [Range<Int>]] = [:]

    private struct ConstantKey: Hashable {
        let id: Int
        let padding: Int
    }

    mutating func reserve(_ count: Int) { data.reserveCapacity(count) }

    /// Room for `count` elements, zero, at a multiple of 16.
    private mutating func append(_ count: Int) -> Int {
        let offset = self.count
        let count = ArenaAllocator.aligned(count)
        self.count += count
        if isDefined { data.append(contentsOf: repeatElement(0, count: count)) }
        return offset
    }

    /// The place of what was appended last, or that of an equal block before it, which then serves for
    /// both: the weights of a layer that is applied twice are stored once, folded as they may be.
    private mutating func settled(_ offset: Int) -> Location {
        guard isDefined else { return Location(.constants, offset) }
        let block = offset..<data.count
        guard let hash = hash(block) else { return Location(.constants, offset) }
        let equal = blocks[hash]?.first { place in
            place.count == block.count
                && zip(data[place], data[block]).allSatisfy { $0.bitPattern == $1.bitPattern }
        }
        if let equal {
            data.removeLast(block.count)
            count -= block.count
            return Location(.constants, equal.lowerBound)
        }
        blocks[hash, default: []].append(block)
        return Location(.constants, offset)
    }

    /// Of some numbers all over a block; nil for an empty one.
    private func hash(_ block: Range<Int>) -> Int? {
        guard !block.isEmpty else { return nil }
        var hasher = Hasher()
        hasher.combine(block.count)
        let step = max(1, block.count / 509)
        for index in stride(from: block.lowerBound, to: block.upperBound, by: step) {
            hasher.combine(data[index].bitPattern)
        }
        return hasher.finalize()
    }

    /// A constant row-major as it is, followed by zeros up to a multiple of 16 elements.
    mutating func place(_ id: Int, _ constant: Constant) -> Location {
        let key = ConstantKey(id: id, padding: 0)
        if let offset = vectors[key] { return Location(.constants, offset) }
        let offset = append(constant.type.count)
        guard requireNumbers(constant) else {
            vectors[key] = offset
            return Location(.constants, offset)
        }
        switch constant.data {
        case .floats(let values): copy(values, to: offset)
        case .integers(let values):
            for (index, value) in values.enumerated() { data[offset + index] = Float(value) }
        case .splat(let value):
            for index in 0..<constant.type.count { data[offset + index] = value }
        case .undefined: preconditionFailure("a constant without numbers")
        }
        let place = settled(offset)
        vectors[key] = place.offset
        return place
    }

    private mutating func copy(_ values: [Float], to offset: Int) {
        data.withUnsafeMutableBufferPointer { data in
            values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                (data.baseAddress! + offset).update(from: base, count: values.count)
            }
        }
    }

    /// A kernel `[reduction..., filters]` whose filters are contiguous per group, packed as `layout`.
    mutating func pack(_ constant: Constant, _ layout: WeightsLayout) -> Location {
        let offset = append(layout.weightCount)
        let stride = layout.groups * layout.filters
        guard let source = elements(constant) else { return Location(.constants, offset) }
        data.withUnsafeMutableBufferPointer { data in
            source.withUnsafeBufferPointer { source in
                for group in 0..<layout.groups {
                    let base = offset + group * layout.weightsPerGroup
                    for block in layout.blocks {
                        let width = block.vectors * layout.lanes
                        let first = group * layout.filters + block.start
                        for row in 0..<layout.reduction {
                            let to = base + block.offset + row * width
                            let from = row * stride + first
                            for filter in 0..<block.valid {
                                data[to + filter] = source[from + filter]
                            }
                        }
                    }
                }
            }
        }
        return settled(offset)
    }

    /// A kernel `[depth taps..., rows, columns, channels, filters]` transformed for Winograd's
    /// algorithm, in float64, and packed with a group for each position of the tiles.
    mutating func packWinograd(
        _ constant: Constant, _ variant: Winograd, _ layout: WeightsLayout
    ) -> Location {
        guard let source = elements(constant) else {
            return Location(.constants, append(layout.weightCount))
        }
        let shape = constant.type.shape
        let filters = layout.filters
        let channels = shape[shape.count - 2]
        let (rows, columns) = (variant.rows, variant.columns)
        let down = rows.filterTransform.flatMap(\.self)
        let right = columns.filterTransform.flatMap(\.self)
        let offset = append(layout.weightCount)
        // Where each filter's weights start in a group, and how far its next ones are.
        let place = layout.blocks.flatMap { block in
            (0..<block.valid).map {
                (start: block.offset + $0, width: block.vectors * block.lanes)
            }
        }
        data.withUnsafeMutableBufferPointer { data in
            var half = [Double](repeating: 0, count: rows.cells * columns.taps)
            for row in 0..<layout.reduction {
                let (depth, channel) = (row / channels, row % channels)
                for filter in 0..<filters {
                    // G g, then (G g) G^T.
                    for column in 0..<columns.taps {
                        for cell in 0..<rows.cells {
                            var sum = 0.0
                            for tap in 0..<rows.taps {
                                let weight =
                                    (depth * rows.taps + tap) * columns.taps + column
                                let at = (weight * channels + channel) * filters + filter
                                sum += down[cell * rows.taps + tap] * Double(source[at])
                            }
                            half[cell * columns.taps + column] = sum
                        }
                    }
                    let first = offset + place[filter].start + row * place[filter].width
                    for cell in 0..<variant.positions {
                        let start = cell / columns.cells * columns.taps
                        let factors = cell % columns.cells * columns.taps
                        var sum = 0.0
                        for tap in 0..<columns.taps {
                            sum += half[start + tap] * right[factors + tap]
                        }
                        data[first + cell * layout.weightsPerGroup] = Float(sum)
                    }
                }
            }
        }
        return settled(offset)
    }

    /// A bias padded group by group; zeros where there is none.
    mutating func packBias(_ constant: Constant?, _ layout: WeightsLayout) -> Location {
        let offset = append(layout.biasCount)
        guard let constant, let source = elements(constant) else {
            return Location(.constants, offset)
        }
        for group in 0..<layout.groups {
            for filter in 0..<layout.filters {
                data[offset + group * layout.paddedFilters + filter] =
                    source[group * layout.filters + filter]
            }
        }
        return settled(offset)
    }

    /// A depthwise kernel `[taps..., 1, channels]`, or its bias, with the channels padded to vectors.
    mutating func packRows(_ constant: Constant?, rows: Int, columns: Int, lanes: Int) -> Location {
        let width = (columns + lanes - 1) / lanes * lanes
        let offset = append(rows * width)
        guard let constant, let source = elements(constant) else {
            return Location(.constants, offset)
        }
        for row in 0..<rows {
            for column in 0..<columns {
                data[offset + row * width + column] = source[row * columns + column]
            }
        }
        return settled(offset)
    }

    /// A recurrent kernel `[reduction..., gates * units]`, packed pass by pass as the layouts say.
    mutating func pack(_ constant: Constant, _ passes: [RecurrentKernel.Pass]) -> Location {
        let offset = append(passes.reduce(0) { $0 + $1.layout.weightCount })
        let columns = constant.type.shape.last!
        guard let source = elements(constant) else { return Location(.constants, offset) }
        for pass in passes {
            let layout = pass.layout
            for block in layout.blocks {
                var to = offset + pass.weightsOffset + block.offset
                for row in 0..<layout.reduction {
                    for gate in pass.gates {
                        let from = row * columns + gate * layout.units + block.start
                        for unit in 0..<block.valid { data[to + unit] = source[from + unit] }
                        to += block.vectors * layout.lanes
                    }
                }
            }
        }
        return settled(offset)
    }

    /// For each result of a band the first cell, the number of cells, and their weights.
    mutating func packBand(_ weights: Constant, _ op: BandOp) -> Location {
        let width = weights.type.shape[1]
        let offset = append(op.starts.count * (width + 2))
        guard let values = elements(weights) else { return Location(.constants, offset) }
        for (index, (start, count)) in zip(op.starts, op.counts).enumerated() {
            let row = offset + index * (width + 2)
            data[row] = Float(start)
            data[row + 1] = Float(count)
            for tap in 0..<count {
                data[row + 2 + tap] = values[index * width + tap]
            }
        }
        return settled(offset)
    }

    /// The elements, if this constant's and those before are all known.
    private mutating func elements(_ constant: Constant) -> [Float]? {
        requireNumbers(constant) ? constant.floats : nil
    }

    private mutating func requireNumbers(_ constant: Constant) -> Bool {
        if !constant.isDefined {
            isDefined = false
            data = []
        }
        return isDefined
    }

    /// All numbers, which the pool gives away.
    mutating func finish() -> [Float] {
        // Vector loads may reach past the last constant by less than this.
        _ = append(64)
        defer { data = [] }
        return data
    }
}
