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

    /// Warnings stay; errors beyond the limit are counted, and output says that there are some.
    @Test func keepsAThousandErrors() {
        var bag = DiagnosticBag()
        for number in 0..<DiagnosticBag.errorLimit { bag.report(Diagnostic(code, "e\(number)")) }
        #expect(!bag.isFull && !bag.isCut && bag.closing.isEmpty)
        #expect(TerminalRenderer().summary(bag.diagnostics, isCut: bag.isCut) == "1000 errors")
        bag.report(Diagnostic(code, "one more"))
        bag.report(Diagnostic(code, .warning, "w"))
        #expect(bag.isFull && bag.isCut)
        #expect(bag.errorCount == DiagnosticBag.errorLimit + 1)
        #expect(bag.diagnostics.count == DiagnosticBag.errorLimit + 1)
        #expect(bag.diagnostics.last?.message == "w")
        #expect(bag.closing.map(\.message) == ["only the first 1000 errors are shown"])
        #expect(
            TerminalRenderer().summary(bag.diagnostics, isCut: bag.isCut)
                == "1000 errors, and those that are left out, 1 warning")
        var other = DiagnosticBag()
        other.append(contentsOf: bag)
        #expect(other.isCut)
    }

    /// Who looks later knows more about a place, and may say the same of it.
    @Test func laterReportsReplaceEarlierOnes() {
        let file = SourceFile(path: "a.yaml", text: "abcdef")
        let later = DiagnosticCode("BNC9002", "Another test")
        var bag = DiagnosticBag()
        for place in [0..<1, 1..<2, 2..<3, 3..<5] {
            bag.report(Diagnostic(code, "guessed", at: file.span(place)))
        }
        bag.report(Diagnostic(later, "kept", at: file.span(0..<1)))
        var found = DiagnosticBag()
        found.report(Diagnostic(later, "known", at: file.span(0..<1)))
        found.report(Diagnostic(code, "guessed", at: file.span(1..<2)))
        found.report(Diagnostic(later, .warning, "w", at: file.span(2..<3)))
        found.report(Diagnostic(later, "elsewhere", at: file.span(3..<4)))
        bag.append(contentsOf: found, replacing: code)
        #expect(
            bag.sorted().map(\.message)
                == ["kept", "known", "guessed", "guessed", "w", "guessed", "elsewhere"])
        #expect(bag.errorCount == 6)
    }

    /// A quotation of megabytes loses its middle; what a fix-it writes does not.
    @Test func longTextsAreCut() {
        let file = SourceFile(path: "a.yaml", text: "abc")
        let long = String(repeating: "é", count: 5_000)
        let diagnostic = Diagnostic(
            code, long, at: file.span(0..<1), label: long, notes: [long], helps: [long, "short"],
            fixIts: [FixIt(span: file.span(0..<1), replacement: long, text: long)])
        let texts =
            [diagnostic.message, diagnostic.primary?.text ?? "", diagnostic.fixIts[0].text]
            + diagnostic.notes + [diagnostic.helps[0]]
        for text in texts {
            #expect(text.count == 1_201)
            #expect(text.contains("…"))
        }
        #expect(diagnostic.helps[1] == "short")
        #expect(diagnostic.fixIts[0].replacement == long)
    }

    @Test func severitiesAreOrdered() {
        #expect(Severity.remark < .warning && Severity.warning < .error)
    }

    @Test func codesAreEqualByTheirIds() {
        #expect(DiagnosticCode("BNC1", "a") == DiagnosticCode("BNC1", "b"))
        #expect(DiagnosticCode("BNC1", "a") != DiagnosticCode("BNC2", "a"))
    }
}
