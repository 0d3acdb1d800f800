import Diagnostics
import IR

/// A comparison as a person reads it, and for programs.
extension Comparison {
    package func text(_ style: TerminalStyle) -> String {
        var text = Ink.heading.paint(DisplayText.escaped(old.model.file.path), style)
        text += " → " + Ink.heading.paint(DisplayText.escaped(new.model.file.path), style) + "\n\n"
        var table = TextTable([
            .init("", .left), .init("before", .right), .init("after", .right),
            .init("difference", .right), .init("", .right, .faint),
        ])
        for total in totals {
            let number = total.isBytes ? NumberText.bytes : NumberText.grouped
            let isSame = total.old == total.new
            table.add([
                total.what, number(total.old), number(total.new),
                isSame ? "" : Self.signed(total.new - total.old, total.isBytes),
                isSame ? "" : Self.percent(total.old, total.new),
            ])
        }
        return text + table.text(style) + "\n" + layerTable(style)
    }

    private func layerTable(_ style: TerminalStyle) -> String {
        var counts: [Kind: Int] = [:]
        var table = TextTable([
            .init(" "), .init("layer", .left, .name), .init("what"), .init("before"),
            .init("after", .left, .good), .init("difference", .right, .faint),
        ])
        for pair in pairs {
            let changes = changes(pair)
            let kind: Kind = kind(pair, changes)
            counts[kind, default: 0] += 1
            switch kind {
            case .same: continue
            case .added:
                table.add(
                    ["+", Self.name(new.rows[pair.new!])] + Self.cells(nil, new.rows[pair.new!]))
            case .removed:
                table.add(
                    ["-", Self.name(old.rows[pair.old!])] + Self.cells(old.rows[pair.old!], nil))
            case .changed:
                for (index, change) in changes.enumerated() {
                    table.add([
                        index == 0 ? "~" : "", index == 0 ? Self.name(new.rows[pair.new!]) : "",
                        change.what, change.old, change.new,
                        change.difference.map { Self.signed($0, change.what == "activations") }
                            ?? "",
                    ])
                }
            }
        }
        let kinds: [(Kind, String)] = [
            (.changed, "changed"), (.added, "added"), (.removed, "removed"), (.same, "the same"),
        ]
        let parts = kinds.compactMap { kind, word in
            counts[kind].map { "\(NumberText.grouped($0)) \(word)" }
        }
        let title = Ink.heading.paint("Layers", style) + "  " + parts.joined(separator: ", ") + "\n"
        if counts[.changed] == nil, counts[.added] == nil, counts[.removed] == nil { return title }
        return title + table.text(style, indent: 2)
    }

    private func kind(_ pair: Pair, _ changes: [Change]) -> Kind {
        pair.old == nil ? .added : pair.new == nil ? .removed : changes.isEmpty ? .same : .changed
    }

    private static func name(_ row: Inspection.Row) -> String {
        String(repeating: "  ", count: row.depth) + row.name
    }

    /// A layer that only one of the models has.
    private static func cells(_ old: Inspection.Row?, _ new: Inspection.Row?) -> [String] {
        func text(_ row: Inspection.Row?) -> String {
            guard let row else { return "" }
            let costs = row.costText
            return row.outputType.shapeText + (costs.isEmpty ? "" : ", " + costs)
        }
        return [(old ?? new)!.className, text(old), text(new)]
    }

    private static func signed(_ difference: Int, _ isBytes: Bool) -> String {
        let size = abs(difference)
        return (difference < 0 ? "-" : "+")
            + (isBytes ? NumberText.bytes(size) : NumberText.grouped(size))
    }

    private static func percent(_ old: Int, _ new: Int) -> String {
        guard old > 0 else { return "" }
        let percent = 100 * (Double(new) - Double(old)) / Double(old)
        return (percent < 0 ? "" : "+") + NumberText.fixed(percent, 1) + " %"
    }

    // MARK: JSON

    package var json: JSONValue {
        .object([
            ("old", side(old)), ("new", side(new)),
            (
                "totals",
                .object(
                    totals.map { total in
                        (
                            total.key,
                            .object([
                                ("old", .int(total.old)), ("new", .int(total.new)),
                                ("difference", .int(total.new - total.old)),
                            ])
                        )
                    })
            ),
            ("layers", .array(pairs.map(json))),
        ])
    }

    private func side(_ inspection: Inspection) -> JSONValue {
        .object([
            ("name", .string(inspection.model.name)),
            ("spec", .string(inspection.model.file.path)),
        ])
    }

    private func json(_ pair: Pair) -> JSONValue {
        let changes = changes(pair)
        var members: [(key: String, value: JSONValue)] = [
            ("change", .string(kind(pair, changes).rawValue)),
            ("old", pair.old.map { old.json(old.rows[$0]) } ?? .null),
            ("new", pair.new.map { new.json(new.rows[$0]) } ?? .null),
        ]
        if !changes.isEmpty {
            members.append(("changes", .array(changes.map { .string($0.what) })))
        }
        return .object(members)
    }
}
