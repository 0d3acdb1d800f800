/// Which diagnostics a run shows, and as what: `--allow`, `--warnings-as-errors`, `--remarks`.
package struct DiagnosticPolicy: Sendable {
    /// How many remarks are shown. They say what could be better where nothing is wrong, so a large
    /// model may have hundreds.
    package enum Remarks: Sendable {
        case none
        /// The first of each code, which says how many more there are.
        case oneOfEach
        case all
    }

    package var warningsAsErrors: Bool
    /// Ids of warnings and remarks that are not to be shown.
    package var allowed: Set<String>
    package var remarks: Remarks

    package init(
        warningsAsErrors: Bool = false, allowed: Set<String> = [], remarks: Remarks = .all
    ) {
        self.warningsAsErrors = warningsAsErrors
        self.allowed = allowed
        self.remarks = remarks
    }

    /// What is shown of these, in their order.
    package func apply(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var result: [Diagnostic] = []
        var rest: [DiagnosticCode: [Diagnostic]] = [:]
        for var diagnostic in diagnostics {
            if diagnostic.severity < .error, allowed.contains(diagnostic.code.id) { continue }
            if diagnostic.severity == .remark, remarks != .all {
                let isFirst = remarks == .oneOfEach && rest[diagnostic.code] == nil
                rest[diagnostic.code, default: []].append(diagnostic)
                if !isFirst { continue }
            }
            if diagnostic.severity == .warning, warningsAsErrors { diagnostic.severity = .error }
            result.append(diagnostic)
        }
        for index in result.indices where result[index].severity == .remark {
            let others = rest[result[index].code, default: []].dropFirst()
            if !others.isEmpty { result[index].notes.append(Self.note(about: others)) }
        }
        return result
    }

    /// "the same in lines 12, 15 and 3 more; `--remarks` shows each".
    private static func note(about others: ArraySlice<Diagnostic>) -> String {
        let shown = 6
        var lines: [Int] = []
        for other in others {
            if let line = other.primary?.span.start.line, !lines.contains(line) {
                lines.append(line)
            }
        }
        let more = lines.count - shown
        var items = lines.prefix(shown).map(String.init)
        if more > 0 { items.append("\(more) more") }
        let list =
            items.count < 2
            ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items.last!
        return "the same in line\(lines.count == 1 ? "" : "s") \(list); `--remarks` shows each"
    }
}
