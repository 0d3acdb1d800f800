import Diagnostics
import Syntax
import Testing

/// Texts made to exhaust the reader. Each must end quickly, and with an error where it is due.
@Suite(.timeLimit(.minutes(1))) struct HostileInputTests {
    private func codes(_ text: String) -> [String] {
        codes(bytes: Array(text.utf8))
    }

    private func codes(bytes: [UInt8]) -> [String] {
        let bag = parse(bytes: bytes).bag
        // Rendering must not be slow or fail either.
        let text = TerminalRenderer(style: TerminalStyle(color: false, width: 80))
            .render(bag.diagnostics)
        for line in text.split(separator: "\n") where line.contains("|") && line.contains("^") {
            #expect(line.utf8.count < 400)
        }
        return bag.diagnostics.map(\.code.id)
    }

    private func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test func deepNesting() {
        #expect(codes(repeated("[", 100_000)) == ["BNC1027"])
        #expect(codes(repeated("{", 100_000)) == ["BNC1027"])
        #expect(codes(repeated("[\n", 100_000)) == ["BNC1027"])
        #expect(codes(repeated("- ", 100_000)) == ["BNC1027"])
        #expect(codes(repeated("? ", 100_000)) == ["BNC1027"])
        #expect(codes(repeated("a: {", 1_000)) == ["BNC1027"])
        let blocks = (0..<1_000).map { repeated(" ", $0) + "a:\n" }.joined()
        #expect(codes(blocks) == ["BNC1027"])
    }

    @Test func nestingUpToTheLimitIsFine() {
        #expect(codes(repeated("[", 64) + repeated("]", 64)) == [])
        #expect(codes(repeated("[", 65) + repeated("]", 65)) == ["BNC1027"])
        #expect(codes("- " + repeated("[", 63) + repeated("]", 63)) == [])
    }

    @Test func fiftyMegabytesOfBrackets() {
        #expect(
            codes(bytes: [UInt8](repeating: UInt8(ascii: "["), count: 50_000_000)) == ["BNC1027"])
    }

    @Test func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(codes(text) == ["BNC1028"])
    }

    @Test func mergeBomb() {
        var text = "a0: &a0 {" + (0..<100).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
        for level in 1..<30 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) {<<: [\(aliases)], x\(level): 1}\n"
        }
        #expect(codes(text).allSatisfy { $0 == "BNC1028" })
    }

    @Test func aliasesThatNest() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<10_000 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(Set(codes(text)).isSubset(of: ["BNC1027", "BNC1028"]))
        #expect(codes(text).first == "BNC1027")
    }

    @Test func recursiveAnchors() {
        #expect(codes("&a [*a]") == ["BNC1025"])
        #expect(codes("a: &a {b: {c: [*a, *a]}}") == ["BNC1025", "BNC1025"])
        #expect(codes("&a {<<: *a}") == ["BNC1025"])
        #expect(codes("&a {*a : 1}") == ["BNC1025"])
        #expect(codes("a: &a [1]\nb: &a [*a]") == ["BNC1025"])
    }

    @Test func tooManyValues() {
        // The outer list, 499 lists of 1,000 values, then 500 single values make half a million.
        let lists = "&a [" + repeated("1,", 1_000) + "]," + repeated("*a,", 498)
        #expect(codes("[" + lists + repeated("1,", 500) + "]") == [])
        #expect(codes("[" + lists + repeated("1,", 501) + "]") == ["BNC1028"])
    }

    @Test func errorsAreBounded() {
        #expect(codes("{" + repeated("a: 1, ", 100_000) + "}").count == 100)
        #expect(codes("[" + repeated("*a, ", 100_000) + "]").count == 100)
        #expect(codes("{<<: [" + repeated("1, ", 100_000) + "]}").count == 100)
        #expect(codes("[" + repeated("(1, 2), ", 100_000) + "]").count == 100)
        #expect(codes("{" + repeated("a:1, ", 100_000) + "}").count == 100)
    }

    @Test func hugeTokens() {
        #expect(codes("a: " + repeated("x", 5_000_000)) == [])
        #expect(codes("a: \"" + repeated("x", 1_000_000)) == ["BNC1009"])
        #expect(codes(repeated("x", 100_000) + ": 1") == ["BNC1030"])
        #expect(codes("a: " + repeated("9", 1_000_000)) == [])
        #expect(codes("a: *" + repeated("x", 100_000)) == ["BNC1024"])
        #expect(codes("a: !" + repeated("x", 100_000) + " 1") == ["BNC1023"])
        #expect(codes("# " + repeated("x", 1_000_000)) == ["BNC1001"])
        #expect(codes(repeated("\n", 1_000_000) + "a: ]") == ["BNC1008"])
        #expect(codes("[" + repeated("\n", 500_000)) == ["BNC1007"])
        #expect(codes("a\n" + repeated("\n", 500_000) + "b: 1") == ["BNC1011"])
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], "BNC1003"), ([0xFE, 0xFF, 0x00, 0x61], "BNC1003"),
            ([0x61, 0x00, 0x3A, 0x00], "BNC1004"), ([0x00], "BNC1004"),
            ([0x61, 0x3A, 0x20, 0x07], "BNC1004"),
            ([0x61, 0x7F], "BNC1004"), ([0x61, 0xC2, 0x80], "BNC1004"),
            ([0x61, 0xC3], "BNC1003"), ([0x80], "BNC1003"), ([0xC0, 0x80], "BNC1003"),
            ([0xED, 0xA0, 0x80], "BNC1003"), ([0xF5, 0x80, 0x80, 0x80], "BNC1003"),
            ([0xEF, 0xBB, 0xBF, 0xFF], "BNC1003"), ([0x50, 0x4B, 0x03, 0x04, 0x00], "BNC1003"),
            ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], "BNC1003"), ([0xEF, 0xBB, 0xBF], "BNC1001"),
            ([0x61, 0xEF, 0xBF, 0xBF], "BNC1004"),
            ([], "BNC1001"), ([0x0A], "BNC1001"), ([0x2D, 0x2D, 0x2D], "BNC1001"),
        ] as [([UInt8], String)])
    func bytesThatAreNoText(bytes: [UInt8], code: String) {
        #expect(codes(bytes: bytes) == [code])
    }
}
