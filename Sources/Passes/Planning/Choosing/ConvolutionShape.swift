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

    /// Whether the last two spatial axes are those of a 3x3 filter that moves step by step.
    var isWinogradable: Bool {
        let rank = taps.count
        return rank >= 2 && groups == 1 && taps.suffix(2) == [3, 3]
            && strides.suffix(2) == [1, 1] && dilation.suffix(2) == [1, 1]
    }

    /// The padding that makes tiles cover the output, cells that only ragged tiles read included.
    static func winogradPadding(
        _ op: ConvolutionOp, _ output: [Int], _ variant: Winograd
    ) -> [Padding] {
        let rank = op.strides.count
        var padding = op.padding
        for axis in (rank - 2)..<rank {
            let size = output[axis + 1]
            let tiles = (size + variant.outputs - 1) / variant.outputs
            padding[axis].after += tiles * variant.outputs - size
        }
        return padding
    }
}
