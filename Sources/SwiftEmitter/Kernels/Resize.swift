import IR
import Plan

extension KernelWriter {
    /// Resampling with half-pixel centers; channels that are not resampled go in vectors.
    mutating func emit(_ kernel: ResizeKernel) {
        let last = kernel.axes[kernel.axes.count - 1]
        let isVector = !last.isResized && last.inputStride == 1 && last.outputStride == 1
        let outer = isVector ? kernel.axes.dropLast() : kernel.axes[...]
        resizeAxis(kernel, Array(outer), 0, "y", []) { writer, output, taps in
            if isVector {
                for run in VectorWidth.runs(last.outputSize, lanes: writer.lanes) {
                    writer.channels(run) { writer, channel in
                        writer.resample(taps, output, channel, run.width)
                    }
                }
            } else {
                writer.use(VectorWidth(4))
                writer.resample(taps, output, nil, VectorWidth(4, valid: 1))
            }
        }
    }

    /// One axis that is interpolated: its two offsets and the weight of the second.
    private struct Tap {
        let index: Int
        let isLinear: Bool
    }

    private mutating func resizeAxis(
        _ kernel: ResizeKernel, _ axes: [ResizeKernel.Axis], _ index: Int, _ output: String,
        _ taps: [Tap], _ body: (inout KernelWriter, String, [Tap]) -> Void
    ) {
        guard index < axes.count else {
            body(&self, output, taps)
            return
        }
        let axis = axes[index]
        loopBlock("i\(index)", axis.outputSize) { writer, variable in
            let i = variable ?? "0"
            var taps = taps
            if !axis.isResized {
                writer.out.line("let low\(index) = \(i) * \(axis.inputStride)")
                taps.append(Tap(index: index, isLinear: false))
            } else if kernel.method == .nearest {
                let source = "(2 * \(i) + 1) * \(axis.inputSize) / \(2 * axis.outputSize)"
                writer.out.line(
                    "let low\(index) = min(\(source), \(axis.inputSize - 1)) * \(axis.inputStride)")
                taps.append(Tap(index: index, isLinear: false))
            } else {
                let ratio = Double(axis.inputSize) / Double(axis.outputSize)
                let (at, cell, part) = ("at\(index)", "cell\(index)", "part\(index)")
                writer.out.line("let \(at) = (Double(\(i)) + 0.5) * \(ratio) - 0.5")
                writer.out.line("let \(cell) = \(at) < 0 ? -1 : Int(\(at))")
                writer.out.line("let \(part) = Float(\(at) - Double(\(cell)))")
                writer.out.line("let low\(index) = max(\(cell), 0) * \(axis.inputStride)")
                writer.out.line(
                    "let high\(index) = min(\(part) > 0 ? \(cell) + 1 : \(cell), "
                        + "\(axis.inputSize - 1)) * \(axis.inputStride)")
                taps.append(Tap(index: index, isLinear: true))
            }
            writer.out.line(
                "let y\(index) = " + pointerText(output, [(variable, axis.outputStride)]))
            writer.resizeAxis(kernel, axes, index + 1, "y\(index)", taps, body)
        }
    }

    private mutating func resample(
        _ taps: [Tap], _ output: String, _ channel: String?, _ width: VectorWidth
    ) {
        var corners: [String] = [""]
        for tap in taps where !tap.isLinear {
            corners = corners.map { $0.isEmpty ? "low\(tap.index)" : "\($0) + low\(tap.index)" }
        }
        let linear = taps.filter(\.isLinear)
        for tap in linear {
            corners = corners.flatMap { corner in
                ["low", "high"].map {
                    corner.isEmpty ? "\($0)\(tap.index)" : "\(corner) + \($0)\(tap.index)"
                }
            }
        }
        for (index, corner) in corners.enumerated() {
            let place = [corner, channel].compactMap { $0 }.filter { !$0.isEmpty }
                .joined(separator: " + ")
            out.line("let v0_\(index) = \(width.load(place.isEmpty ? "x" : "x + (\(place))"))")
        }
        // Interpolate along the last axis first: neighbours in `corners` differ there.
        var names = corners.indices.map { "v0_\($0)" }
        for (level, tap) in linear.reversed().enumerated() {
            var next: [String] = []
            for pair in stride(from: 0, to: names.count, by: 2) {
                let name = "v\(level + 1)_\(pair / 2)"
                out.line(
                    "let \(name) = \(names[pair]) + (\(names[pair + 1]) - \(names[pair])) * "
                        + "part\(tap.index)")
                next.append(name)
            }
            names = next
        }
        if linear.count == 1 {
            // The image's other axis, which keeps its size.
            out.line("let v2_0 = \(names[0]) + (\(names[0]) - \(names[0])) * 0")
            names = ["v2_0"]
        }
        out.line(width.store(pointerText(output, [(channel, 1)]), names[0]))
    }
}
