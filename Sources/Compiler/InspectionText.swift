import Diagnostics
import IR
import Plan
import Spec

/// An inspection as a person reads it.
extension Inspection {
    /// - Parameters:
    ///   - kernels: adds the kernels with what was chosen for each.
    ///   - verbose: tells how each shape came about, names the passes, lists every fusion, and with
    ///     `kernels` where values lie.
    package func text(_ style: TerminalStyle, kernels: Bool = false, verbose: Bool = false)
        -> String
    {
        var text = Ink.heading.paint(DisplayText.escaped(model.name), style)
        text += Ink.faint.paint("  \(DisplayText.escaped(model.file.path))", style) + "\n\n"
        text += layerTable(style) + "\n"
        text += totals(style)
        if verbose { text += shapeList(style) }
        text += list(plan.remarks.filter(\.applied), "Fused", .good, verbose, style)
        text += list(openRemarks, "Not fused, and why", .plain, verbose, style)
        if kernels { text += kernelList(style) }
        if kernels && verbose { text += arenaTable(style) }
        return text
    }

    /// The table, without the columns that a narrow terminal has no room for.
    private func layerTable(_ style: TerminalStyle) -> String {
        guard let width = style.width else { return layerTable(without: []).text(style) }
        var dropped: [String] = []
        // What is missed least goes first.
        for title in ["receptive field", "activations", "reads", "class"] {
            let lines = layerTable(without: dropped).text(.plain).split(separator: "\n")
            if lines.allSatisfy({ DisplayText.width(of: String($0)) <= width }) { break }
            dropped.append(title)
        }
        let text = layerTable(without: dropped).text(style)
        if dropped.isEmpty { return text }
        let list = dropped.joined(separator: ", ")
        return text + Ink.faint.paint("(a wider terminal shows: \(list))\n", style)
    }

    private func layerTable(without dropped: [String]) -> TextTable {
        let columns: [TextTable.Column] = [
            .init("layer", .left, .name), .init("class"), .init("reads", .left, .faint),
            .init("output"), .init("parameters", .right), .init("MACs", .right),
            .init("activations", .right), .init("receptive field", .right),
            .init("computed by", .left, .good),
        ]
        let kept = columns.indices.filter { !dropped.contains(columns[$0].title) }
        var table = TextTable(kept.map { columns[$0] })
        // A chain goes without saying.
        var before: [Int?] = []
        var last: [Int: Int] = [:]
        for (index, row) in rows.enumerated() {
            before.append(last[row.depth])
            last[row.depth] = index
        }
        let branches = rows.indices.map { index in
            rows[index].depth == 0 && !rows[index].inputs.isEmpty
                && rows[index].inputs != [before[index]]
        }
        for (index, row) in rows.enumerated() {
            let cells = [
                String(repeating: "  ", count: row.depth) + row.name, row.className,
                branches[index] ? row.inputs.map { rows[$0].name }.joined(separator: ", ") : "",
                row.outputType.shapeText,
                row.parameters == 0 ? "" : NumberText.grouped(row.parameters),
                row.multiplyAdds == 0 ? "" : NumberText.grouped(row.multiplyAdds),
                NumberText.bytes(row.activationByteCount), row.receptiveField?.text ?? "",
                Self.text(of: row.role),
            ]
            table.add(kept.map { cells[$0] })
        }
        return table
    }

    static func text(of role: Role) -> String {
        switch role {
        case .input, .nested: ""
        case .kernels(let numbers, _): "kernel " + ranges(numbers)
        case .fused(let layer, _): "↳ \(layer)"
        case .nothing: "–"
        }
    }

    /// `1, 3–5`.
    static func ranges(_ numbers: some Sequence<Int>) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers.sorted() {
            if let last = runs.last, last.upperBound == number - 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
        }.joined(separator: ", ")
    }

    private func totals(_ style: TerminalStyle) -> String {
        let split =
            fixedParameters == 0
            ? ""
            : "\(NumberText.grouped(trainableParameters)) trainable, "
                + "\(NumberText.grouped(fixedParameters)) not"
        var table = TextTable([.init(""), .init("", .right), .init("", .left, .faint)])
        table.add(["parameters", NumberText.grouped(parameters), split])
        let weightsNote =
            switch weights {
            case .file(let path): "from \(path), "
            case .initializers: "initial values, "
            case .shapesOnly: ""
            }
        table.add([
            "weights", NumberText.bytes(weightByteCount),
            weightsNote + "\(NumberText.bytes(packedByteCount)) folded and packed for "
                + plan.target.name,
        ])
        table.add(["MACs", NumberText.short(multiplyAdds), "multiply-adds for one sample"])
        table.add([
            "memory", NumberText.bytes(arenaByteCount),
            "for values between kernels, at the peak; all activations are "
                + NumberText.bytes(activationByteCount),
        ])
        table.add([
            "kernels", "\(plan.steps.count)", "for \(NumberText.count(rows.count, "layer"))",
        ])
        return table.text(style)
    }

    /// The remarks, those on the same chain of layers in one line.
    private func list(
        _ remarks: [Remark], _ title: String, _ ink: Ink, _ verbose: Bool, _ style: TerminalStyle
    ) -> String {
        guard !remarks.isEmpty else { return "" }
        let chains = RemarkChain.chains(remarks)
        let shown = verbose ? chains.count : min(chains.count, Self.shownChains)
        var table = TextTable([
            .init("", .left, .name), .init("", .left, ink), .init("", .left, .faint),
        ])
        for chain in chains.prefix(shown) {
            table.add([
                chain.layers.joined(separator: " + "), chain.messages.joined(separator: "; "),
                verbose ? chain.passes.joined(separator: ", ") : "",
            ])
        }
        var text = "\n" + Ink.heading.paint(title, style) + "\n" + table.text(style, indent: 2)
        if shown < chains.count {
            let rest = NumberText.grouped(chains.count - shown)
            text += Ink.faint.paint("  … and \(rest) more: --verbose\n", style)
        }
        return text
    }

    private func shapeList(_ style: TerminalStyle) -> String {
        var text = "\n" + Ink.heading.paint("Shapes, step by step", style) + "\n"
        var table = TextTable([
            .init("", .left, .name), .init(""), .init("", .left, .faint),
        ])
        for row in rows {
            let from = row.inputTypes.map(\.shapeText).joined(separator: ", ")
            table.add([
                String(repeating: "  ", count: row.depth) + row.name,
                (from.isEmpty ? "" : from + " → ") + row.outputType.shapeText,
                row.shapeSteps.joined(separator: "; "),
            ])
        }
        text += table.text(style, indent: 2)
        return text
    }

    /// The chains of layers listed where not everything is asked for.
    private static let shownChains = 12

    private func kernelList(_ style: TerminalStyle) -> String {
        var text = "\n" + Ink.heading.paint("Kernels for \(plan.target.name)", style) + "\n"
        let width = String(plan.steps.count).count
        for (index, step) in plan.steps.enumerated() {
            let number = String(index + 1)
            text += "  " + String(repeating: " ", count: width - number.count) + number + "  "
            text += Ink.name.paint(DisplayText.escaped(step.name), style)
            text += Ink.faint.paint("  \(step.kernel.name)", style) + "\n"
            let indent = String(repeating: " ", count: width + 4)
            for note in step.notes { text += indent + DisplayText.escaped(note) + "\n" }
            text += indent + Ink.faint.paint(plan.cost(ofStep: index).text, style) + "\n"
        }
        return text + "  all kernels: \(plan.cost.text)\n  \(accuracyText)\n"
    }

    private var accuracyText: String {
        let accuracy = plan.accuracy
        let error = accuracy.expectedError
        let text = "expected error: \(error) of a layer's largest result"
        guard accuracy.lessExactLayers > 0 else { return text }
        return text + " (\(accuracy.lessExactLayers) convolutions by Winograd's "
            + accuracy.lessExact.joined(separator: ", ") + "; "
            + "with --math strict \(Accuracy.direct))"
    }

    private func arenaTable(_ style: TerminalStyle) -> String {
        guard !plan.arena.isEmpty else { return "" }
        var table = TextTable([
            .init("value", .left, .name), .init("offset", .right), .init("bytes", .right),
            .init("kernels", .right),
        ])
        for block in plan.arena.sorted(by: { ($0.offset, $0.name) < ($1.offset, $1.name) }) {
            table.add([
                block.name, NumberText.grouped(block.offset * 4),
                NumberText.grouped(block.count * 4),
                block.steps.count == 1
                    ? "\(block.steps.lowerBound + 1)"
                    : "\(block.steps.lowerBound + 1)–\(block.steps.upperBound + 1)",
            ])
        }
        return "\n" + Ink.heading.paint("Arena", style) + "\n" + table.text(style, indent: 2)
    }
}

extension KernelCost {
    /// `294,912 multiply-adds; moves 10.1 KiB: reads 4.1 KiB, 4 KiB of weights, writes 2 KiB`.
    fileprivate var text: String {
        let parts =
            [("reads ", readBytes, ""), ("", weightBytes, " of weights")]
            + [("writes ", writtenBytes, "")]
        let moved = parts.filter { $0.1 > 0 }.map { $0.0 + NumberText.bytes($0.1) + $0.2 }
        return
            (multiplyAdds > 0 ? "\(NumberText.grouped(multiplyAdds)) multiply-adds; " : "")
            + "moves \(NumberText.bytes(bytes)): \(moved.joined(separator: ", "))"
    }
}

extension Kernel {
    /// What kind of kernel it is, in a word.
    package var name: String {
        switch self {
        case .contraction: "contraction"
        case .winogradInput: "Winograd, to tiles"
        case .winogradOutput: "Winograd, from tiles"
        case .depthwise: "depthwise convolution"
        case .matmul: "matrix product"
        case .map: "elementwise"
        case .fill: "fill"
        case .pool: "pooling"
        case .reduce: "reduction"
        case .row(let kernel):
            switch kernel.function {
            case .softmax: "softmax"
            case .normalize: "normalization"
            }
        case .resize: "resampling"
        case .gather: "lookup"
        case .band: "weighted neighbours"
        case .recurrent: "recurrence"
        }
    }
}
