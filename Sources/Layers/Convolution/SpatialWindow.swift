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

    /// The spatial sizes of the output; reports axes on which the window doesn't fit, whose size is then
    /// not known.
    func outputSizes(
        _ input: [Int], argument: String, thing: String, _ check: inout LayerCheck
    ) -> [Int] {
        let padding = padding(input)
        var sizes: [Int] = []
        var short: [Int] = []
        for axis in input.indices {
            let room = input[axis] + padding[axis].total - reach(axis)
            if room < 0 { short.append(axis) }
            sizes.append(room < 0 ? check.unknownSize : room / strides[axis] + 1)
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
                ? sizes(0) == 1 ? "1 step" : "\(sizes(0)) \(names[0])"
                : Axis.list(axes.map { "\(names[$0]) \(sizes($0))" })
        }
        let dilated = axes.contains { dilation[$0] > 1 }
        var cellTexts: [String] = []
        for text in axes.map({ "\(size[$0]) with dilation \(dilation[$0])" })
        where !cellTexts.contains(text) { cellTexts.append(text) }
        let cells = dilated ? " (\(Axis.list(cellTexts)))" : ""
        check.error(
            .windowTooLarge,
            "a \(thing) of \(extent(reach))\(cells) doesn't fit into an input of "
                + extent { input[$0] },
            at: .argument(argument), label: "larger than the input", inputs: [0],
            notes: [
                "(input - \(thing) + padding) / stride + 1 = " + arithmetic(input, axes)
                    + " cells would come out"
            ],
            helps: [
                "`padding: same` makes an output of "
                    + extent { (input[$0] + strides[$0] - 1) / strides[$0] }
            ]
                + (looksTransposed(input, axes, check)
                    ? [Self.transposedHelp(input.count)]
                    : looksChannelsLast(check)
                        ? ["the channels seem to stand last: leave `data_format` out"] : []))
    }

    /// The arithmetic of some axes, those that are alike once: `(28 - 3 + 0) / 2 + 1 = 13`.
    func arithmetic(_ input: [Int], _ axes: [Int]? = nil) -> String {
        let padding = padding(input)
        let axes = axes ?? Array(input.indices)
        let texts = axes.map { axis in
            let (n, k, p, s) = (input[axis], reach(axis), padding[axis].total, strides[axis])
            // Rounded down, below 0 too.
            let room = n - k + p
            let count = (room < 0 ? (room - s + 1) / s : room / s) + 1
            return "(\(n) - \(k) + \(p)) / \(s) + 1 = \(count)"
        }
        return Self.list(texts, axes: axes, rank: input.count)
    }

    /// Texts about spatial axes, those that are alike once.
    static func list(_ list: [String], axes: [Int]? = nil, rank: Int) -> String {
        var texts: [(text: String, axes: [Int])] = []
        for (text, axis) in zip(list, axes ?? Array(list.indices)) {
            if let same = texts.firstIndex(where: { $0.text == text }) {
                texts[same].axes.append(axis)
            } else {
                texts.append((text, [axis]))
            }
        }
        if texts.count == 1 { return texts[0].text }
        let names = Self.axisNames[rank - 1]
        return texts.map { "\($0.text) (\(Axis.list($0.axes.map { names[$0] })))" }
            .joined(separator: ", ")
    }

    // MARK: Channels in another place

    /// Whether an image seems to have its channels first where they are expected last.
    private func looksTransposed(_ input: [Int], _ axes: [Int], _ check: LayerCheck) -> Bool {
        guard let shape = check.producers.first?.type.shape, shape.count > 2 else { return false }
        return axes == [0] && Self.looksChannelsFirst(shape)
            && check.item.arguments.valueSpan("data_format") == nil
    }

    /// Whether an image seems to have its channels last where `data_format` says that they are first.
    private func looksChannelsLast(_ check: LayerCheck) -> Bool {
        guard let shape = check.producers.first?.type.shape, let channels = shape.last,
            check.item.arguments.valueSpan("data_format")?.text == "channels_first"
        else { return false }
        return Self.looksChannelsFirst([channels] + shape.dropLast())
    }

    /// `(3, 224, 224)`: few first, many and as many behind.
    static func looksChannelsFirst(_ shape: [Int]) -> Bool {
        guard shape.count > 2, [1, 2, 3, 4].contains(shape[0]) else { return false }
        let others = shape.dropFirst()
        return others.allSatisfy { $0 >= 16 } && others.max()! <= 4 * others.min()!
    }

    static func transposedHelp(_ rank: Int) -> String {
        "if the channels stand first, put them last, or say `data_format: channels_first` in all layers"
    }
}
