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

    /// The spatial sizes of the output; reports each axis on which the window doesn't fit, and goes
    /// on as if it did, with size 1.
    func outputSizes(
        _ input: [Int], argument: String, thing: String, _ check: inout LayerCheck
    ) -> [Int] {
        let padding = padding(input)
        return input.indices.map { axis in
            let room = input[axis] + padding[axis].total - reach(axis)
            if mode == .same { return (input[axis] + strides[axis] - 1) / strides[axis] }
            if room >= 0 { return room / strides[axis] + 1 }
            let name = Self.axisNames[input.count - 1][axis]
            let reaches =
                dilation[axis] > 1
                ? "reaches over \(reach(axis)) cells (\(size[axis]) with dilation \(dilation[axis]))"
                : "is \(size[axis]) wide"
            check.error(
                .windowTooLarge,
                "the \(thing) \(reaches), and the input's \(name) is \(input[axis])",
                at: .argument(argument), label: "larger than the \(name) of the input", inputs: [0],
                notes: [
                    "\(name) = (\(input[axis]) - \(reach(axis))) / \(strides[axis]) + 1 would be "
                        + (room == -strides[axis] || strides[axis] == 1
                            ? "\(room / strides[axis] + 1)" : "below 1")
                ],
                helps: [
                    mode == .valid
                        ? "`padding: same` keeps \((input[axis] + strides[axis] - 1) / strides[axis])"
                        : "make the \(thing) smaller"
                ])
            return 1
        }
    }
}
