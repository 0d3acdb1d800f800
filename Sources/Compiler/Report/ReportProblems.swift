import Diagnostics

/// What is wrong with a spec, by the lines and layers it stands at.
package struct ReportProblems: Sendable {
    package let diagnostics: [Diagnostic]
    /// Indices of `diagnostics` by line, those of the spec's file only.
    private(set) var byLine: [Int: [Int]] = [:]
    /// Those that stand nowhere in the spec.
    private(set) var elsewhere: [Int] = []
    private var byRow: [Int: [Int]] = [:]

    /// - Parameter rows: the line at which each row's layer begins, and how deep it stands in others.
    package init(_ diagnostics: [Diagnostic], file: SourceFile, rows: [(line: Int, depth: Int)]) {
        self.diagnostics = diagnostics
        // The last layer that begins at a line or before it.
        let starts = rows.enumerated().sorted {
            ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
        }
        for (index, diagnostic) in diagnostics.enumerated() {
            guard let span = diagnostic.primary?.span, span.file === file else {
                elsewhere.append(index)
                continue
            }
            let line = span.start.line
            byLine[line, default: []].append(index)
            var (low, high) = (0, starts.count)
            while low < high {
                let middle = (low + high) / 2
                if starts[middle].element.line <= line { low = middle + 1 } else { high = middle }
            }
            if low > 0 { byRow[starts[low - 1].offset, default: []].append(index) }
        }
    }

    func count(_ severity: Severity) -> Int {
        diagnostics.reduce(0) { $0 + ($1.severity == severity ? 1 : 0) }
    }

    /// Marks a box with what is wrong with a row's layer.
    func mark(_ box: inout GraphSketch.Box, row: Int) {
        for index in byRow[row] ?? [] {
            let diagnostic = diagnostics[index]
            box.tooltip += "\n\(diagnostic.severity.name): \(diagnostic.message)"
            if diagnostic.severity > .remark, diagnostic.severity > box.problem ?? .remark {
                box.problem = diagnostic.severity
                box.problemText = diagnostic.message
            }
        }
    }
}
