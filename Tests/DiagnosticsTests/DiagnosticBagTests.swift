import Diagnostics
import Testing

@Suite struct DiagnosticBagTests {
    private let code = DiagnosticCode("BNC9001", "A test")

    @Test func countsErrorsAlone() {
        var bag = DiagnosticBag()
        #expect(!bag.hasErrors)
        bag.report(Diagnostic(code, .warning, "w"))
        bag.report(Diagnostic(code, .remark, "r"))
        #expect(!bag.hasErrors)
        var other = DiagnosticBag()
        other.report(Diagnostic(code, "e"))
        other.report(Diagnostic(code, .error, "f"))
        bag.append(contentsOf: other)
        #expect(bag.hasErrors)
        #expect(bag.errorCount == 2)
        #expect(bag.diagnostics.map(\.message) == ["w", "r", "e", "f"])
    }

    @Test func sortsByFileThenOffsetAndKeepsTheOrderOfEquals() {
        let a = SourceFile(path: "a.yaml", text: "abcdef")
        let b = SourceFile(path: "b.yaml", text: "abcdef")
        var bag = DiagnosticBag()
        bag.report(Diagnostic(code, "weights", subject: "w.safetensors"))
        bag.report(Diagnostic(code, "b3", at: b.span(3..<4)))
        bag.report(Diagnostic(code, "a2", at: a.span(2..<4)))
        bag.report(Diagnostic(code, "nowhere"))
        bag.report(Diagnostic(code, "b1 first", at: b.span(1..<4)))
        bag.report(Diagnostic(code, "b1 second", at: b.span(1..<2)))
        #expect(
            bag.sorted().map(\.message)
                == ["b1 first", "b1 second", "b3", "a2", "weights", "nowhere"])
    }

    @Test func severitiesAreOrdered() {
        #expect(Severity.remark < .warning && Severity.warning < .error)
    }

    @Test func codesAreEqualByTheirIds() {
        #expect(DiagnosticCode("BNC1", "a") == DiagnosticCode("BNC1", "b"))
        #expect(DiagnosticCode("BNC1", "a") != DiagnosticCode("BNC2", "a"))
    }
}
