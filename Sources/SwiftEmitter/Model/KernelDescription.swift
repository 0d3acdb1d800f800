import IR
import Plan

/// What a kernel computes, in a sentence for its doc comment and for `bnc inspect --plan`.
package enum KernelDescription {
    package static func text(_ kernel: Kernel) -> String {
        switch kernel {
        case .contraction(let k):
            let groups = k.groups > 1 ? " in \(k.groups) groups" : ""
            return "\(k.positionCount) positions x \(k.filters) filters\(groups), each a sum of "
                + "\(k.reductionCount) products\(epilogue(k.epilogue))."
        case .winogradInput(let k):
            let tiles = (k.outer + [k.rows, k.columns]).reduce(1) { $0 * $1.count }
            return "\(tiles) tiles of \(k.variant.rows.cells)x\(k.variant.columns.cells) cells x "
                + "\(k.channels) channels, transformed."
        case .winogradOutput(let k):
            let tiles = (k.outer + [k.rows, k.columns]).reduce(1) { $0 * $1.count }
            return
                "\(tiles) tiles of \(k.variant.rows.outputs)x\(k.variant.columns.outputs) results x "
                + "\(k.filters) filters, from products\(epilogue(k.epilogue))."
        case .depthwise(let k):
            let positions = k.positions.reduce(1) { $0 * $1.count }
            let taps = k.taps.reduce(1) { $0 * $1.count }
            return
                "\(positions) positions x \(k.channels) channels, each a sum of \(taps) products of "
                + "its own channel\(epilogue(k.epilogue))."
        case .matmul(let k):
            let batch = k.batch.reduce(1) { $0 * $1.count }
            return "\(batch) products of \(k.rows.count)x\(k.inner.count) and "
                + "\(k.inner.count)x\(k.columns.count) matrices\(epilogue(k.epilogue))."
        case .map(let k):
            let count = k.loops.reduce(1) { $0 * $1.count }
            return k.epilogue.isEmpty
                ? "Copies \(count) elements." : "\(count) elements\(epilogue(k.epilogue))."
        case .fill(let k):
            let count = k.boxes.reduce(0) { $0 + $1.loops.reduce(1) { $0 * $1.count } }
            return "Sets \(count) elements to \(k.value)."
        case .pool(let k):
            let window = k.axes.map { "\($0.window)" }.joined(separator: "x")
            let cells = k.axes.map { "\($0.output)" }.joined(separator: "x")
            return "\(k.kind == .maximum ? "Maximum" : "Average") over windows of \(window): "
                + "\(cells) cells x \(k.channels) channels\(epilogue(k.epilogue))."
        case .reduce(let k):
            let kept = k.kept.reduce(1) { $0 * $1.count }
            let reduced = k.reduced.reduce(1) { $0 * $1.count }
            return "\(k.kind.rawValue.prefix(1).uppercased() + k.kind.rawValue.dropFirst()) of "
                + "\(reduced) elements for each of \(kept)\(epilogue(k.epilogue))."
        case .row(let k):
            let rows = k.rows.reduce(1) { $0 * $1.count }
            let name =
                switch k.function {
                case .softmax(let kind): kind.rawValue
                case .normalize(let kind, _): "\(kind.rawValue) normalization"
                }
            return "\(name.prefix(1).uppercased() + name.dropFirst()) of \(rows) rows of "
                + "\(k.rowCount)\(epilogue(k.epilogue))."
        case .band(let k):
            let count = (k.outer + [k.inner]).reduce(k.count) { $0 * $1.count }
            return "\(count) sums of at most \(k.pitch - 2) neighbours, weighted."
        case .gather(let k):
            let count = k.loops.reduce(1) { $0 * $1.count }
            return "\(count) rows of \(k.width) from a table of \(k.rows)."
        case .recurrent(let k):
            let batch = k.batch.count > 1 ? "\(k.batch.count) sequences of " : ""
            let cells = k.positionCount > 1 ? "\(k.positionCount) positions x " : ""
            let masked = k.mask == nil ? "" : "; masked steps leave the state as it is"
            return "\(batch)\(k.time.count) steps: \(k.gateCount) gates of \(cells)\(k.units) "
                + "units, each a sum of \(k.reductionCount) products with the state\(masked)"
                + (k.finalState.isEmpty ? "." : "; then the last state.")
        case .resize(let k):
            let from = k.axes.map { "\($0.inputSize)" }.joined(separator: "x")
            let to = k.axes.map { "\($0.outputSize)" }.joined(separator: "x")
            return "Resamples \(from) to \(to), \(k.method.rawValue)."
        }
    }

    private static func epilogue(_ epilogue: [EpilogueInstruction]) -> String {
        guard !epilogue.isEmpty else { return "" }
        let words = epilogue.map { instruction in
            switch instruction {
            case .scaleShift: "scale and shift"
            case .unary(let function): "\(function)"
            case .binary(let function, _, _): function.rawValue
            }
        }
        return "; then " + words.joined(separator: ", ")
    }
}
