import Diagnostics
import Syntax
import Testing

@Suite struct SyntaxDiagnosticsTests {
    @Test func idsAreDistinct() {
        let ids = SyntaxDiagnostics.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.hasPrefix("BNC10") && $0.count == 7 })
    }

    @Test(arguments: SyntaxDiagnostics.all)
    func theExamplesAreTrue(code: DiagnosticCode) {
        #expect(!code.title.isEmpty && !code.explanation.isEmpty)
        let mended = rendered(code.mended)
        #expect(mended == "", "\(code.id)")
        // What isn't UTF-8 can't stand in a Swift string.
        if code == .notUTF8 { return }
        let found = parse(code.failing).bag.diagnostics.map(\.code.id)
        #expect(found.contains(code.id), "\(code.id): \(rendered(code.failing))")
    }
}
