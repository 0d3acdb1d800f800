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

    /// Spatial axes as Winograd's algorithm takes them: one or two that are transformed (`rows`, and
    /// `columns` where there are two), and at most one in front whose taps are summed over with the
    /// channels.
    struct WinogradAxes {
        var depth: Int?
        var rows: Int
        var columns: Int?
    }

    /// Whether only one axis of a filter of two is transformed, and the other summed over.
    func isAlongOneOfTwo(_ variant: Winograd) -> Bool {
        taps.count == 2 && variant.taps < taps[0] * taps[1]
    }

    func winogradAxes(_ variant: Winograd) -> WinogradAxes {
        switch taps.count {
        case 1: WinogradAxes(rows: 0)
        case 2 where isAlongOneOfTwo(variant): WinogradAxes(depth: 0, rows: 1)
        case 2: WinogradAxes(rows: 0, columns: 1)
        default: WinogradAxes(depth: 0, rows: 1, columns: 2)
        }
    }

    /// The ways to compute it by Winograd's algorithm: along the last two spatial axes with a filter
    /// that moves step by step, or along one.
    var winogradVariants: [Winograd] {
        guard groups == 1 else { return [] }
        let rank = taps.count
        let along = { (rows: Int, columns: Int) in
            Winograd.variants(taps: (rows: rows, columns: columns))
        }
        var variants =
            rank == 1 ? along(taps[0], 1) : along(taps[rank - 2], taps[rank - 1])
        // Fewer weights than along both: for images so small that weights decide.
        if rank == 2, taps[0] > 1, taps[1] > 1 { variants = along(taps[1], 1) + variants }
        return variants.filter { variant in
            let axes = winogradAxes(variant)
            let tiles = tileAxes(variant)
            return strides[axes.rows] == 1 && axes.columns.map { strides[$0] == 1 } ?? true
                && tiles.rows.isWhole && tiles.columns.isWhole
        }
    }

    /// How tiles lie along the axes that are transformed.
    func tileAxes(_ variant: Winograd) -> (rows: TileAxis, columns: TileAxis) {
        let axes = winogradAxes(variant)
        func axis(_ line: Winograd.Line, _ index: Int) -> TileAxis {
            TileAxis(line, size: outputs[index + 1], dilation: dilation[index])
        }
        return (
            axis(variant.rows, axes.rows),
            axes.columns.map { axis(variant.columns, $0) }
                ?? TileAxis(variant.columns, size: 1, dilation: 1)
        )
    }

    /// Slices that are transformed each by itself, of the input and of the result; and how many of the
    /// input's a result sums over.
    func winogradSlices(_ variant: Winograd) -> (inputs: Int, outputs: Int, taps: Int) {
        guard let depth = winogradAxes(variant).depth else { return (outputs[0], outputs[0], 1) }
        let window = (taps[depth] - 1) * dilation[depth] + 1
        let inputs = (outputs[depth + 1] - 1) * strides[depth] + window
        return (outputs[0] * inputs, outputs[0] * outputs[depth + 1], taps[depth])
    }

    /// The padding that makes tiles cover the output, cells that only ragged tiles read included.
    func winogradPadding(_ padding: [Padding], _ variant: Winograd) -> [Padding] {
        let axes = winogradAxes(variant)
        let tiles = tileAxes(variant)
        var padding = padding
        padding[axes.rows].after += tiles.rows.missing
        if let columns = axes.columns { padding[columns].after += tiles.columns.missing }
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
