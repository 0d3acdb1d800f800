import Compiler
import Diagnostics
import Testing

/// The examples of `bnc explain`: the failing one is reported with its code and no other, the mended
/// one not at all.
@Suite struct ExampleTests {
    static let codes = AllDiagnostics.codes

    @Test func idsAreDistinct() {
        let ids = Self.codes.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.hasPrefix("BNC") && id.count == 7 && id.dropFirst(3).allSatisfy(\.isNumber))
        }
    }

    @Test(arguments: codes)
    func explained(_ code: DiagnosticCode) {
        #expect(code.title.first?.isUppercase == true && !code.title.hasSuffix("."))
        #expect(code.explanation.hasSuffix("."))
        #expect(!code.failing.isEmpty && !code.mended.isEmpty && code.failing != code.mended)
    }

    /// Those that are specs; commands are run by the tests of the command line.
    @Test(arguments: codes.filter { !$0.failing.hasPrefix("bnc ") })
    func true_(_ code: DiagnosticCode) throws {
        // What isn't UTF-8 can't stand in a Swift string.
        let failing = try Rendering(
            Self.bytes(code.failing, isUTF8: code.id != "BNC1003"), name: "model.yaml",
            initializes: true)
        #expect(
            Set(failing.diagnostics.map(\.code.id)) == [code.id], "\(failing.text)")
        #expect(failing.diagnostics.allSatisfy { $0.severity == code.severity })
        let mended = try Rendering(Array(code.mended.utf8), name: "model.yaml", initializes: true)
        #expect(mended.text == "")
    }

    private static func bytes(_ text: String, isUTF8: Bool) -> [UInt8] {
        if isUTF8 { return Array((text + "\n").utf8) }
        return text.unicodeScalars.flatMap {
            $0 == "\u{FFFD}" ? [0xE9] : Array(String($0).utf8)
        } + [10]
    }
}
