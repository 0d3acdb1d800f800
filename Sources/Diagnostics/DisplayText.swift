/// How text looks on a terminal: how many columns it takes, and which characters must not reach
/// the terminal as they are.
package enum DisplayText {
    /// The text with everything that could steer a terminal, or reorder what it shows, written
    /// as an escape such as `\u{1B}`. Line feeds and tabs too, unless `keepingLines`.
    package static func escaped(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: needsEscape) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if keepingLines, scalar == "\n" {
                result.append(scalar)
            } else if needsEscape(scalar) {
                result.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The columns a text takes on a terminal: 2 for what East Asian Width calls wide and for
    /// emoji, 0 for what combines with the character before.
    package static func width(of text: String) -> Int {
        // Most text: the general way looks up several properties of each character.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        var cells = DisplayCells()
        for scalar in text.unicodeScalars { cells.append(scalar, at: 0) }
        return cells.width
    }

    /// A text in lines that fit a terminal, broken at spaces; as it is where no width is known.
    ///
    /// - Parameters:
    ///   - first: the column the first line begins at.
    ///   - indent: the column the others begin at.
    static func wrapped(_ text: String, first: Int, indent: Int, width: Int?) -> [String] {
        guard let width, first + self.width(of: text) > width else { return [text] }
        // Narrower than this, lines of one word each would be worse than what a terminal does.
        let limit = max(width, indent + 24)
        var lines: [String] = []
        var line = ""
        var column = first
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let size = self.width(of: String(word))
            if !line.isEmpty, column + 1 + size > limit {
                lines.append(line)
                line = String(word)
                column = indent + size
            } else {
                let isFirst = line.isEmpty && column == (lines.isEmpty ? first : indent)
                line += isFirst ? String(word) : " " + word
                column += isFirst ? size : size + 1
            }
        }
        lines.append(line)
        return lines
    }

    /// Whether a scalar must not be written as it is: control characters, separators of lines
    /// and paragraphs, and format characters (direction overrides, invisible ones) but for the
    /// joiners, which writing and emoji need.
    static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7F { return scalar.value < 0x20 }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
        case .format: return scalar.value != 0x200C && scalar.value != 0x200D
        default: return false
        }
    }

    static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\0": return #"\0"#
        case "\t": return #"\t"#
        case "\n": return #"\n"#
        case "\r": return #"\r"#
        default: return #"\u{"# + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
    }

    /// The columns of a scalar by itself.
    static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        if value == 0x200C || value == 0x200D || (0x1160...0x11FF).contains(value) { return 0 }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(value) } ? 2 : 1
    }

    /// East Asian Width W and F (Unicode Standard Annex 11), apart from emoji.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
        0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
    ]
}

/// A line cut into what takes a place of its own on a terminal, with the byte each starts at.
struct DisplayCells {
    struct Cell {
        var text: String
        var width: Int
        /// The first column, from 0.
        let column: Int
        let offset: Int
    }

    private(set) var cells: [Cell] = []
    private(set) var width = 0
    private var joinsNext = false
    private var openFlag = false

    static let tabWidth = 4

    /// Adds a scalar: as a cell of its own, or to the last one when it combines with it.
    mutating func append(_ scalar: Unicode.Scalar, at offset: Int) {
        // Most text; the general way looks up several properties.
        if scalar.value < 0x7F, scalar.value >= 0x20 {
            add(String(scalar), 1, offset)
            return
        }
        if scalar == "\t" {
            let columns = Self.tabWidth - width % Self.tabWidth
            add(String(repeating: " ", count: columns), columns, offset)
            return
        }
        if DisplayText.needsEscape(scalar) {
            let text = DisplayText.escape(scalar)
            add(text, text.utf8.count, offset)
            return
        }
        let columns = DisplayText.width(of: scalar)
        let isFlag = (0x1F1E6...0x1F1FF).contains(scalar.value)
        let closesFlag = isFlag && openFlag
        let extends =
            columns == 0 || closesFlag || scalar.properties.isEmojiModifier
            || (joinsNext && scalar.value > 0xFF && scalar.properties.isEmoji)
        if extends, !cells.isEmpty {
            cells[cells.count - 1].text.unicodeScalars.append(scalar)
            if scalar == "\u{FE0F}", cells[cells.count - 1].width == 1 {
                cells[cells.count - 1].width = 2
                width += 1
            }
        } else {
            add(String(scalar), columns, offset)
        }
        joinsNext = scalar == "\u{200D}"
        openFlag = isFlag && !closesFlag
    }

    private mutating func add(_ text: String, _ columns: Int, _ offset: Int) {
        cells.append(Cell(text: text, width: columns, column: width, offset: offset))
        width += columns
        joinsNext = false
        openFlag = false
    }

    /// The column of a byte, and of the end for one behind the last cell. A byte inside a cell
    /// has the cell's column.
    func column(at offset: Int) -> Int {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        // `low` is the first cell at or behind the offset.
        if low < cells.count, cells[low].offset == offset { return cells[low].column }
        if low == cells.count { return width }
        return low == 0 ? 0 : cells[low - 1].column
    }
}
