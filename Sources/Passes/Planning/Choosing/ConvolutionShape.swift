import IR
import Plan

/// What decides how a convolution is computed, apart from where its tensors lie.
struct ConvolutionShape: Hashable {
    let taps: [Int]
    let strides: [Int]
    let dilation: [Int]
    let groups: Int
    /// Channels and filters of one group.
    let channels: Int
    let filters: Int
    /// The batch and the output's spatial sizes.
    let outputs: [Int]

    init(_ op: ConvolutionOp, kernel: [Int], output: [Int]) {
        let rank = op.strides.count
        taps = Array(kernel[0..<rank])
        strides = op.strides
        dilation = op.dilation
        groups = op.groups
        channels = kernel[rank]
        filters = kernel[rank + 1] / op.groups
        outputs = Array(output.dropLast())
    }

    /// Stored choices are found by this: `3x3x64 s1x1 1x56x56 -> 64`.
    var key: String {
        func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "x") }
        let dilated = dilation.contains { $0 > 1 } ? " d\(text(dilation))" : ""
        return
            "\(text(taps + [channels])) s\(text(strides))\(dilated) \(text(outputs)) -> \(filters)"
            + (groups > 1 ? " g\(groups)" : "")
    }

    /// The ways to compute it by Winograd's algorithm: along the last two spatial axes, or the only
    /// one, with a filter that moves step by step.
    var winogradVariants: [Winograd] {
        let rank = taps.count
        guard groups == 1, strides.suffix(2).allSatisfy({ $0 == 1 }) else { return [] }
        let sizes = rank == 1 ? (rows: taps[0], columns: 1) : (taps[rank - 2], taps[rank - 1])
        return Winograd.variants(taps: sizes).filter { variant in
            let axes = tileAxes(variant)
            return axes.rows.isWhole && axes.columns.isWhole
        }
    }

    /// How tiles lie along the last two spatial axes. A single axis is the one of rows.
    func tileAxes(_ variant: Winograd) -> (rows: TileAxis, columns: TileAxis) {
        let rank = taps.count
        func axis(_ line: Winograd.Line, _ index: Int) -> TileAxis {
            TileAxis(line, size: outputs[index + 1], dilation: dilation[index])
        }
        return rank == 1
            ? (axis(variant.rows, 0), TileAxis(variant.columns, size: 1, dilation: 1))
            : (axis(variant.rows, rank - 2), axis(variant.columns, rank - 1))
    }

    /// The padding that makes tiles cover the output, cells that only ragged tiles read included.
    func winogradPadding(_ padding: [Padding], _ variant: Winograd) -> [Padding] {
        let axes = tileAxes(variant)
        var padding = padding
        let rank = taps.count
        padding[max(0, rank - 2)].after += axes.rows.missing
        if rank > 1 { padding[rank - 1].after += axes.columns.missing }
        return padding
    }
}

/// Tiles along an axis of the output. The cells of a dilated filter's tile are `dilation` apart, so
/// that as many tiles stand inside each other.
struct TileAxis {
    let line: Winograd.Line
    /// Results along the axis.
    let size: Int
    /// From one cell of a tile to the next.
    let cellStep: Int
    /// Tiles, of which the last may be ragged, and how far each is from the next.
    let count: Int
    let step: Int
    /// How often these repeat, and how far on.
    let blocks: Int
    let blockStep: Int

    init(_ line: Winograd.Line, size: Int, dilation: Int) {
        self.line = line
        self.size = size
        let isDilated = line.isTransform && dilation > 1
        cellStep = isDilated ? dilation : 1
        blockStep = line.outputs * cellStep
        let tiles = (size + blockStep - 1) / blockStep
        count = isDilated ? dilation : tiles
        step = isDilated ? 1 : line.outputs
        blocks = isDilated ? tiles : 1
    }

    /// Results that tiles have beyond those there are.
    var missing: Int { blocks > 1 || cellStep > 1 ? 0 : count * line.outputs - size }
    /// Whether tiles cover the results: those that stand inside each other can't be ragged.
    var isWhole: Bool { cellStep == 1 || size % blockStep == 0 }

    /// Results of the last of some tiles.
    func last(of tiles: Range<Int>) -> Int {
        line.outputs - (tiles.upperBound == count ? missing : 0)
    }
}
