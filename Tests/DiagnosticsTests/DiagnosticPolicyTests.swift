import Diagnostics
import Testing

@Suite struct DiagnosticPolicyTests {
    private let warning = DiagnosticCode("BNC9001", "A warning", severity: .warning)
    private let remark = DiagnosticCode("BNC9002", "A remark", severity: .remark)
    private let error = DiagnosticCode("BNC9003", "An error")
    private let file = SourceFile(path: "m", text: (1...30).map { "\($0)\n" }.joined())

    private func report(_ code: DiagnosticCode, line: Int) -> Diagnostic {
        let start = file.byteRange(ofLine: line).lowerBound
        return Diagnostic(code, code.severity, "m", at: file.span(start..<start + 1))
    }

    private var all: [Diagnostic] {
        [report(error, line: 1), report(warning, line: 2)]
            + (3...20).map { report(remark, line: $0) }
    }

    private func severities(_ policy: DiagnosticPolicy) -> [Severity] {
        policy.apply(all).map(\.severity)
    }

    @Test func everythingIsShown() {
        #expect(severities(DiagnosticPolicy()).count == 20)
    }

    @Test func warningsBecomeErrors() {
        let policy = DiagnosticPolicy(warningsAsErrors: true, remarks: .none)
        #expect(severities(policy) == [.error, .error])
    }

    @Test func allowedOnesAreLeftOutButForErrors() {
        let policy = DiagnosticPolicy(
            warningsAsErrors: true, allowed: ["BNC9001", "BNC9002", "BNC9003"])
        #expect(severities(policy) == [.error])
    }

    @Test func theFirstRemarkStandsForAll() {
        let shown = DiagnosticPolicy(remarks: .oneOfEach).apply(all)
        #expect(shown.map(\.severity) == [.error, .warning, .remark])
        #expect(
            shown[2].notes == [
                "the same in lines 4, 5, 6, 7, 8, 9 and 11 more; `--remarks` shows each"
            ])
        let two = DiagnosticPolicy(remarks: .oneOfEach).apply(Array(all[2...3]))
        #expect(two.map(\.notes) == [["the same in line 4; `--remarks` shows each"]])
    }

    @Test(
        arguments: [
            (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false),
            (true, ["NO_COLOR": ""], true), (true, ["TERM": "dumb"], false),
            (true, ["CLICOLOR": "0"], false), (false, ["CLICOLOR_FORCE": "1"], true),
            (false, ["CLICOLOR_FORCE": "0"], false), (false, ["CLICOLOR_FORCE": ""], false),
            (true, ["CLICOLOR": "0", "CLICOLOR_FORCE": "1"], true),
            (false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
            (true, ["TERM": "xterm", "CLICOLOR": "1"], true),
        ] as [(Bool, [String: String], Bool)])
    func colours(isTerminal: Bool, environment: [String: String], expected: Bool) {
        func style(noColor: Bool) -> TerminalStyle {
            TerminalStyle(
                isTerminal: isTerminal, columns: 80, noColor: noColor,
                variable: { environment[$0] })
        }
        #expect(style(noColor: false).color == expected)
        #expect(!style(noColor: true).color)
        #expect(style(noColor: false).width == (isTerminal ? 80 : nil))
    }
}
