/// One line as shown on a terminal: tabs expanded, dangerous characters escaped, and trimmed to
/// the part the labels are about when it is long.
struct SourceExcerpt {
    /// What to show.
    private(set) var text = ""
    private let cells: DisplayCells
    /// The column of the line that is shown first.
    private var firstColumn = 0
    /// How many columns are shown.
    private var shownWidth = 0
    private var isCutRight = false
    private let lineRange: Range<Int>

    init(
        file: SourceFile, line: Int, labels: [(label: Label, isPrimary: Bool)], width: Int
    ) {
        let lineRange = file.byteRange(ofLine: line)
        let focus = (labels.first { $0.isPrimary } ?? labels.first)?.label.span.range
        let focusStart = focus.map {
            min(max($0.lowerBound, lineRange.lowerBound), lineRange.upperBound)
        }
        self.lineRange = lineRange
        var window = lineRange
        // Of a huge line only the bytes that may be shown are looked at: four for a character, and
        // as much again for what combines with it.
        let byteWindow = 8 * width
        if window.count > 2 * byteWindow {
            let middle = focusStart ?? lineRange.lowerBound
            let lower = max(lineRange.lowerBound, middle - byteWindow)
            let upper = min(lineRange.upperBound, middle + byteWindow)
            window = lower..<upper
            while window.lowerBound < middle,
                UTF8Decoder.isContinuation(file.bytes[window.lowerBound])
            {
                window = window.lowerBound + 1..<window.upperBound
            }
        }
        cells = Self.cells(of: file, in: window)
        let cutLeft = window.lowerBound > lineRange.lowerBound
        let cutRight = window.upperBound < lineRange.upperBound
        shownWidth = cells.width
        if cells.width > width || cutLeft || cutRight {
            trim(to: width, labels: labels, focus: focus, cutLeft: cutLeft, cutRight: cutRight)
        } else {
            text = cells.cells.map(\.text).joined()
        }
    }

    /// The columns a span takes of what is shown; at least one, and no more than there are.
    func columns(of span: SourceSpan) -> Range<Int> {
        let range = columnsInLine(of: span.range)
        let limit = max(shownWidth, 1)
        // The place behind the line's last character is not there when the end is cut off.
        let last = isCutRight ? limit - 1 : limit
        let lower = min(max(range.lowerBound - firstColumn, 0), last)
        let upper = min(max(range.upperBound - firstColumn, lower + 1), max(limit, lower + 1))
        return lower..<upper
    }

    private func columnsInLine(of range: SourceRange) -> Range<Int> {
        let lower = cells.column(at: min(range.lowerBound, lineRange.upperBound))
        let upper = cells.column(at: min(range.upperBound, lineRange.upperBound))
        return lower..<max(upper, lower)
    }

    private mutating func trim(
        to width: Int, labels: [(label: Label, isPrimary: Bool)], focus: SourceRange?,
        cutLeft: Bool, cutRight: Bool
    ) {
        let margin = 4
        var wanted = 0..<0
        if let focus {
            wanted = columnsInLine(of: focus)
            let all = labels.map { columnsInLine(of: $0.label.span.range) }
            let lower = all.map(\.lowerBound).min() ?? wanted.lowerBound
            let upper = all.map(\.upperBound).max() ?? wanted.upperBound
            if upper - lower + 2 * margin <= width { wanted = lower..<upper }
            if wanted.count + 2 * margin > width {
                wanted = wanted.lowerBound..<wanted.lowerBound + width - 2 * margin
            }
        }
        // Half of what is left shows what comes before; the text's own end keeps to the right.
        var start = max(0, wanted.lowerBound - max(margin, (width - wanted.count) / 2))
        if start + width > cells.width { start = max(0, cells.width - width) }
        let trimsLeft = start > 0 || cutLeft
        let end = start + width
        let trimsRight = end < cells.width || cutRight

        text = trimsLeft ? "…" : ""
        var column = trimsLeft ? start + 1 : start
        for cell in cells.cells where cell.column >= column {
            if cell.column + cell.width > (trimsRight ? end - 1 : end) { break }
            text += String(repeating: " ", count: cell.column - column) + cell.text
            column = cell.column + cell.width
        }
        if trimsRight { text += "…" }
        isCutRight = trimsRight
        firstColumn = start
        shownWidth = min(width, column - start + (trimsRight ? 1 : 0))
    }

    private static func cells(of file: SourceFile, in range: Range<Int>) -> DisplayCells {
        var cells = DisplayCells()
        file.bytes.withUnsafeBufferPointer { bytes in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let (scalar, length) = UTF8Decoder.decode(bytes, at: offset)
                cells.append(scalar, at: offset)
                offset += length
            }
        }
        return cells
    }
}
