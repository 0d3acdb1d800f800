import Diagnostics

/// How a piece of output looks on a terminal.
package enum Ink: Sendable, Hashable {
    case plain, heading, faint, name, number, good, warning, bad

    private var sequence: String? {
        switch self {
        case .plain: nil
        case .heading: "\u{1B}[1m"
        case .faint: "\u{1B}[2m"
        case .name: "\u{1B}[36m"
        case .number: "\u{1B}[33m"
        case .good: "\u{1B}[32m"
        case .warning: "\u{1B}[1;33m"
        case .bad: "\u{1B}[1;31m"
        }
    }

    /// The text in this colour, if there are any.
    package func paint(_ text: String, _ style: TerminalStyle) -> String {
        guard style.color, !text.isEmpty, let sequence else { return text }
        return "\(sequence)\(text)\u{1B}[0m"
    }
}

/// Rows of cells in aligned columns, two spaces apart, without trailing spaces.
package struct TextTable: Sendable {
    package enum Alignment: Sendable { case left, right }

    package struct Column: Sendable {
        package var title: String
        package var alignment: Alignment
        package var ink: Ink

        package init(_ title: String, _ alignment: Alignment = .left, _ ink: Ink = .plain) {
            self.title = title
            self.alignment = alignment
            self.ink = ink
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    package init(_ columns: [Column]) { self.columns = columns }

    /// - Precondition: at most one cell for each column; those left out are empty.
    package mutating func add(_ cells: [String]) {
        precondition(cells.count <= columns.count)
        let empty = [String](repeating: "", count: columns.count - cells.count)
        rows.append(cells.map { DisplayText.escaped($0) } + empty)
    }

    /// The lines, the titles first unless all are empty. A column without any text is left out.
    package func text(_ style: TerminalStyle, indent: Int = 0) -> String {
        let hasTitles = columns.contains { !$0.title.isEmpty }
        let used = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        var widths = columns.map { hasTitles ? DisplayText.width(of: $0.title) : 0 }
        for row in rows {
            for column in used {
                widths[column] = max(widths[column], DisplayText.width(of: row[column]))
            }
        }
        func line(_ cells: [String], _ inks: [Ink]) -> String {
            var text = String(repeating: " ", count: indent)
            var pending = 0
            for (position, column) in used.enumerated() {
                let padding = widths[column] - DisplayText.width(of: cells[column])
                if position > 0 { pending += 2 }
                let isRight = columns[column].alignment == .right
                if isRight { pending += padding }
                if !cells[column].isEmpty {
                    text += String(repeating: " ", count: pending)
                    text += inks[column].paint(cells[column], style)
                    pending = 0
                }
                if !isRight { pending += padding }
            }
            return text + "\n"
        }
        var text = ""
        if hasTitles {
            text += line(columns.map(\.title), [Ink](repeating: .faint, count: columns.count))
        }
        for row in rows { text += line(row, columns.map(\.ink)) }
        return text
    }
}

/// Numbers as people read them.
package enum NumberText {
    /// `1,234,567`.
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `1.09 M`: three digits and the thousands' letter; below 1,000 the number itself.
    package static func short(_ number: Int) -> String {
        scaled(Double(number), step: 1000, units: ["", " k", " M", " G", " T"])
    }

    /// `94.7 KiB`.
    package static func bytes(_ count: Int) -> String {
        scaled(Double(count), step: 1024, units: [" bytes", " KiB", " MiB", " GiB", " TiB"])
    }

    /// `3.1 µs`.
    package static func time(_ seconds: Double) -> String {
        let units: [(Double, String)] = [(1e-6, " µs"), (1e-3, " ms"), (1, " s")]
        let (unit, name) = units.first { seconds < $0.0 * 1000 } ?? units[2]
        return digits(seconds / unit, significant: 3) + name
    }

    private static func scaled(_ number: Double, step: Double, units: [String]) -> String {
        var number = number
        var unit = 0
        while number >= step - 0.5, unit < units.count - 1 {
            number /= step
            unit += 1
        }
        return (unit == 0 ? "\(Int(number))" : digits(number, significant: 3)) + units[unit]
    }

    /// `count` digits behind the point.
    package static func fixed(_ number: Double, _ count: Int) -> String {
        guard number.isFinite else { return "\(number)" }
        guard abs(number) < 1e12 else { return scientific(number) }
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let units = (abs(number) * scale).rounded()
        let whole = Int(units / scale)
        let sign = number < 0 && units > 0 ? "-" : ""
        guard count > 0 else { return "\(sign)\(whole)" }
        let fraction = String(Int(units - Double(whole) * scale))
        let zeros = String(repeating: "0", count: max(0, count - fraction.count))
        return "\(sign)\(whole).\(zeros)\(fraction)"
    }

    /// At least `significant` digits, none of them behind the point where the number is large.
    package static func digits(_ number: Double, significant: Int) -> String {
        var whole = 1
        var limit = 10.0
        while abs(number) >= limit, whole < significant {
            whole += 1
            limit *= 10
        }
        return fixed(number, significant - whole)
    }

    /// `3.1e-02`.
    package static func scientific(_ number: Double) -> String {
        guard number.isFinite else { return "\(number)" }
        guard number != 0 else { return "0" }
        var mantissa = abs(number)
        var exponent = 0
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        if (mantissa * 10).rounded() >= 100 { (mantissa, exponent) = (1, exponent + 1) }
        let digits = String(abs(exponent))
        return "\(number < 0 ? "-" : "")\(fixed(mantissa, 1))e\(exponent < 0 ? "-" : "+")"
            + (digits.count < 2 ? "0" : "") + digits
    }

    /// `1 layer`, `2 layers`.
    package static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }
}
