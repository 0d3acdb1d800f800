import Diagnostics
import IR
import Spec

/// How a window (a kernel or a pool) goes over spatial axes: the arithmetic of Keras's `padding`.
///
/// - `valid`: `floor((n - reach) / stride) + 1` positions, no padding.
/// - `same`: `ceil(n / stride)` positions; the odd cell of padding goes after (as in TensorFlow).
/// - `causal`: all padding before, one axis only.
///
/// `reach = (kernel - 1) * dilation + 1`.
struct SpatialWindow {
    enum Mode: String, CaseIterable, Sendable { case valid, same, causal }

    static let axisNames = [
        ["steps"], ["height", "width"], ["depth", "height", "width"],
    ]

    /// What a message calls the axes of an input: `["height", "width", "channels"]`.
    static func axes(rank: Int, _ format: DataFormat) -> [String] {
        let spatial = axisNames[rank - 1]
        return format == .channelsLast ? spatial + ["channels"] : ["channels"] + spatial
    }

    let size: [Int]
    let strides: [Int]
    let dilation: [Int]
    let mode: Mode

    func reach(_ axis: Int) -> Int { (size[axis] - 1) * dilation[axis] + 1 }

    /// Cells added before and after each axis of `input` (spatial sizes only).
    func padding(_ input: [Int]) -> [Padding] {
        input.indices.map { axis in
            switch mode {
            case .valid: return .zero
            case .causal: return Padding(reach(axis) - 1, 0)
            case .same:
                let count = (input[axis] + strides[axis] - 1) / strides[axis]
                let total = max(0, (count - 1) * strides[axis] + reach(axis) - input[axis])
                return Padding(total / 2, total - total / 2)
            }
        }
    }

    /// The spatial sizes of the output; reports axes on which the window doesn't fit, and goes on
    /// as if it did, with size 1.
    func outputSizes(
        _ input: [Int], argument: String, thing: String, _ check: inout LayerCheck
    ) -> [Int] {
        let padding = padding(input)
        var sizes: [Int] = []
        var short: [Int] = []
        for axis in input.indices {
            let room = input[axis] + padding[axis].total - reach(axis)
            if room < 0 { short.append(axis) }
            sizes.append(room < 0 ? 1 : room / strides[axis] + 1)
        }
        if !short.isEmpty { report(short, input, argument, thing, &check) }
        return sizes
    }

    /// "a kernel of height 3 and width 3 doesn't fit into an input of height 2 and width 2".
    private func report(
        _ axes: [Int], _ input: [Int], _ argument: String, _ thing: String,
        _ check: inout LayerCheck
    ) {
        let names = Self.axisNames[input.count - 1]
        func extent(_ sizes: (Int) -> Int) -> String {
            input.count == 1
                ? "\(sizes(0)) \(names[0])" : Axis.list(axes.map { "\(names[$0]) \(sizes($0))" })
        }
        let dilated = axes.contains { dilation[$0] > 1 }
        let cells =
            dilated
            ? " (\(Axis.list(axes.map { "\(size[$0]) with dilation \(dilation[$0])" })))" : ""
        check.error(
            .windowTooLarge,
            "a \(thing) of \(extent(reach))\(cells) doesn't fit into an input of "
                + extent { input[$0] },
            at: .argument(argument), label: "larger than the input", inputs: [0],
            notes: axes.map {
                let (n, k, s) = (input[$0], reach($0), strides[$0])
                // Rounded down, below 0 too.
                let count = (n - k - s + 1) / s + 1
                return "\(names[$0]) of the output: floor((\(n) - \(k)) / \(s)) + 1 = \(count)"
            },
            helps: [
                "`padding: same` makes an output of "
                    + extent { (input[$0] + strides[$0] - 1) / strides[$0] }
            ])
    }
}
