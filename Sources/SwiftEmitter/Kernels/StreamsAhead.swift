import Plan

/// Asking for the next tile's input, results and operands while one tile is computed.
extension KernelWriter {
    /// Where the next tile starts, at filter `plus`: behind the places of this one.
    mutating func startAhead(
        _ kernel: ContractionKernel, _ stream: Int, places: Int, plus filter: String?
    ) {
        let stride = kernel.positions[kernel.positions.count - 1].strides[stream]
        let name = Self.streamName(stream)
        let pointer = pointerText(
            stream == 1 ? "UnsafePointer(yt)" : "\(name)t", [(filter, 1)],
            plus: places * stride)
        out.line("var \(name)Ahead = \(pointer)")
        needs.helpers.insert("prefetch")
    }

    /// With positions outside, in each step of the reduction: as much of the next tile's rows that all
    /// blocks together have asked for them.
    mutating func askForTile(_ kernel: ContractionKernel) {
        let columns = kernel.positions[kernel.positions.count - 1]
        let steps = kernel.reductionCount * kernel.layout.blocks.count
        for stream in kernel.streamsAhead {
            let count = min(kernel.tile.columns, columns.count) * columns.strides[stream]
            let step = (count + steps - 1) / steps
            let name = Self.streamName(stream)
            for line in stride(from: 0, to: step, by: 16) {
                out.line("prefetch(\(pointerText("\(name)Ahead", [], plus: line)))")
            }
            out.line("\(name)Ahead += \(step)")
        }
    }

    /// With filters outside, every few steps: a block of filters at one position of the next tile.
    mutating func askForPosition(_ kernel: ContractionKernel, _ block: WeightsLayout.Block) {
        let columns = kernel.positions[kernel.positions.count - 1]
        for stream in kernel.streamsAhead {
            let name = Self.streamName(stream)
            for line in stride(from: 0, to: block.vectors * block.lanes, by: 16) {
                out.line("prefetch(\(pointerText("\(name)Ahead", [], plus: line)))")
            }
            out.line("\(name)Ahead += \(columns.strides[stream])")
        }
    }

    private static func streamName(_ stream: Int) -> String {
        switch stream {
        case 0: "x"
        case 1: "y"
        default: "e\(stream)"
        }
    }
}
