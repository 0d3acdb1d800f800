import Diagnostics
import IR
import Plan
import Spec

/// What `bnc inspect` knows of a model whose spec leaves sizes open: what holds whatever they are.
///
/// The model is inspected with two sets of numbers for them. What both agree on depends on none.
package struct OpenInspection: Sendable {
    private let first: Inspection
    private let second: Inspection
    private let names: [Int: String]
    private let openSizes: [OpenSize]

    package init(_ open: OpenModels, target: Target, options: PlanOptions = PlanOptions()) {
        let inspections = open.models.map {
            Inspection($0, weights: .shapesOnly(for: $0), target: target, options: options)
        }
        (first, second) = (inspections[0], inspections[1])
        names = open.names
        openSizes = open.sizes
    }

    private var rows: Zip2Sequence<[Inspection.Row], [Inspection.Row]> {
        zip(first.rows, second.rows)
    }

    private func shape(_ a: TensorType, _ b: TensorType) -> PartialShape {
        PartialShape([a.shape, b.shape], names: names)
    }

    /// A number that both have; nil where it depends on the open sizes.
    private func common<Value: Equatable>(_ a: Value, _ b: Value) -> Value? { a == b ? a : nil }

    // MARK: Text

    package func text(_ style: TerminalStyle) -> String {
        var text = Ink.heading.paint(DisplayText.escaped(first.model.name), style)
        text += Ink.faint.paint("  \(DisplayText.escaped(first.model.file.path))", style) + "\n\n"
        text += table.text(style) + "\n" + totals(style)
        text += list(
            first.plan.remarks.filter(\.applied), second.plan.remarks, "Fused", .good, style)
        text += list(first.openRemarks, second.openRemarks, "Not fused, and why", .plain, style)
        return text + "\n" + Ink.faint.paint(explanation + "\n", style)
    }

    private var table: TextTable {
        var table = TextTable([
            .init("layer", .left, .name), .init("class"), .init("reads", .left, .faint),
            .init("output"), .init("parameters", .right), .init("MACs", .right),
            .init("receptive field", .right), .init("fused into", .left, .good),
        ])
        var last: [Int: Int] = [:]
        for (index, (a, b)) in rows.enumerated() {
            let isChain = a.depth > 0 || a.inputs.isEmpty || a.inputs == [last[a.depth]]
            last[a.depth] = index
            var fused = ""
            if case .fused(let layer, _) = a.role, case .fused(layer, _) = b.role { fused = layer }
            table.add([
                String(repeating: "  ", count: a.depth) + a.name, a.className,
                isChain ? "" : a.inputs.map { first.rows[$0].name }.joined(separator: ", "),
                shape(a.outputType, b.outputType).text,
                a.parameters == 0 ? "" : NumberText.grouped(a.parameters),
                common(a.multiplyAdds, b.multiplyAdds).map {
                    $0 == 0 ? "" : NumberText.grouped($0)
                } ?? "?",
                common(a.receptiveField, b.receptiveField).map { $0?.text ?? "" } ?? "?",
                fused.isEmpty ? "" : "↳ \(fused)",
            ])
        }
        return table
    }

    private func totals(_ style: TerminalStyle) -> String {
        var table = TextTable([.init(""), .init("", .right), .init("", .left, .faint)])
        let split =
            first.fixedParameters == 0
            ? ""
            : "\(NumberText.grouped(first.trainableParameters)) trainable, "
                + "\(NumberText.grouped(first.fixedParameters)) not"
        table.add(["parameters", NumberText.grouped(first.parameters), split])
        table.add(["weights", NumberText.bytes(first.weightByteCount), ""])
        table.add([
            "MACs",
            common(first.multiplyAdds, second.multiplyAdds).map { NumberText.short($0) } ?? "?",
            "multiply-adds for one sample",
        ])
        return table.text(style)
    }

    private func list(
        _ remarks: [Remark], _ others: [Remark], _ title: String, _ ink: Ink,
        _ style: TerminalStyle
    ) -> String {
        let same = Set(others)
        let chains = RemarkChain.chains(remarks.filter(same.contains))
        guard !chains.isEmpty else { return "" }
        var table = TextTable([.init("", .left, .name), .init("", .left, ink)])
        for chain in chains.prefix(12) {
            table.add([
                chain.layers.joined(separator: " + "), chain.messages.joined(separator: "; "),
            ])
        }
        let rest = chains.count - 12
        return "\n" + Ink.heading.paint(title, style) + "\n" + table.text(style, indent: 2)
            + (rest > 0 ? Ink.faint.paint("  … and \(NumberText.grouped(rest)) more\n", style) : "")
    }

    /// Each size once, by the name that `--bind` takes.
    private var openNames: [String] {
        var result: [String] = []
        for size in openSizes where !result.contains(size.name) { result.append(size.name) }
        return result
    }

    private var explanation: String {
        let list = openNames.map { "`\($0)`" }.joined(separator: ", ")
        let binds = openNames.map { "--bind \($0)=128" }.joined(separator: " ")
        let isOne = openNames.count == 1
        return "The size\(isOne ? " \(list) is" : "s \(list) are") open; what depends on "
            + "\(isOne ? "it" : "them") is left out, or `?`.\nWith numbers, `\(binds)` shows costs, "
            + "memory and kernels too."
    }

    // MARK: JSON

    /// For programs: members are named as those of an inspection; what is not known is null, and a size
    /// that has a name is that name.
    package var json: JSONValue {
        .object([
            ("name", .string(first.model.name)), ("spec", .string(first.model.file.path)),
            (
                "openSizes",
                .array(
                    openSizes.map {
                        .object([
                            ("name", .string($0.name)), ("input", .string($0.input)),
                            ("axis", .int($0.axis)),
                        ])
                    })
            ),
            ("layers", .array(rows.map(json))),
            (
                "totals",
                .object([
                    ("parameters", .int(first.parameters)),
                    ("trainableParameters", .int(first.trainableParameters)),
                    ("weightBytes", .int(first.weightByteCount)),
                    (
                        "multiplyAdds",
                        common(first.multiplyAdds, second.multiplyAdds).map { .int($0) } ?? .null
                    ),
                ])
            ),
        ])
    }

    private func json(_ a: Inspection.Row, _ b: Inspection.Row) -> JSONValue {
        .object([
            ("name", .string(a.name)), ("class", .string(a.className)), ("depth", .int(a.depth)),
            ("outputShape", json(shape(a.outputType, b.outputType))),
            ("parameters", .int(a.parameters)),
            ("trainableParameters", .int(a.trainableParameters)),
            ("multiplyAdds", common(a.multiplyAdds, b.multiplyAdds).map { .int($0) } ?? .null),
            ("path", .string(a.path)), ("line", .int(a.line)),
            ("reads", .array(a.inputs.map { .string(first.rows[$0].path) })),
            (
                "inputShapes",
                .array(zip(a.inputTypes, b.inputTypes).map { json(shape($0, $1)) })
            ),
        ])
    }

    private func json(_ shape: PartialShape) -> JSONValue {
        .array(
            shape.sizes.map { size in
                switch size {
                case .known(let size): .int(size)
                case .named(let name): .string(name)
                case .unknown: .null
                }
            })
    }
}
