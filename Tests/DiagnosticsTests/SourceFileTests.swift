import Diagnostics
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct SourceFileTests {
    private func place(_ text: String, _ offset: Int) -> String {
        let place = SourceFile(path: "m", text: text).location(at: offset)
        return "\(place.line):\(place.column)"
    }

    @Test func linesEndInAnyOfTheUsualWays() {
        let file = SourceFile(path: "m", text: "a\nbc\r\nd\re")
        #expect(file.lineCount == 4)
        #expect((1...4).map(file.lineText) == ["a", "bc", "d", "e"])
        #expect(file.lineText(0) == "")
        #expect(file.lineText(5) == "")
        #expect(file.location(at: 3) == SourceLocation(line: 2, column: 2))
        #expect(file.location(at: 6) == SourceLocation(line: 3, column: 1))
        #expect(file.location(at: 8) == SourceLocation(line: 4, column: 1))
    }

    @Test func aFinalLineEndingOpensNoLine() {
        #expect(SourceFile(path: "m", text: "a\n").lineCount == 1)
        #expect(SourceFile(path: "m", text: "a\r\n").lineCount == 1)
        #expect(SourceFile(path: "m", text: "").lineCount == 1)
        #expect(SourceFile(path: "m", text: "\n\n").lineCount == 2)
        #expect(place("a\n", 2) == "1:2")
        #expect(place("a\r\n", 2) == "1:2")
        #expect(place("", 0) == "1:1")
    }

    @Test func columnsCountScalars() {
        let text = "é日🙂x"
        #expect([0, 2, 5, 9, 10].map { place(text, $0) } == ["1:1", "1:2", "1:3", "1:4", "1:5"])
        #expect(place(text, 6) == "1:3", "inside a character: the character's column")
        #expect(place(text, 99) == "1:5")
        #expect(place(text, -1) == "1:1")
        let long = String(repeating: "é", count: 100)
        #expect(place(long, 100) == "1:51")
    }

    @Test func theByteOrderMarkTakesNoColumn() {
        let file = SourceFile(path: "m", bytes: [0xEF, 0xBB, 0xBF] + Array("ab\nc".utf8))
        #expect(file.lineText(1) == "ab")
        #expect(file.location(at: 0) == SourceLocation(line: 1, column: 1))
        #expect(file.location(at: 4) == SourceLocation(line: 1, column: 2))
        #expect(file.location(at: 6) == SourceLocation(line: 2, column: 1))
    }

    @Test func whatIsNotUTF8IsShownAsReplacement() {
        let file = SourceFile(path: "m", bytes: [0x61, 0xE9, 0x62])
        #expect(file.lineText(1) == "a\u{FFFD}b")
        #expect(file.span(1..<2).text == "\u{FFFD}")
    }

    @Test func everyOffsetOfAnyBytesHasAPlace() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let alphabet: [UInt8] = [0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF, 0xFF, 0x00]
            let count = Int.random(in: 0..<40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
            let file = SourceFile(path: "m", bytes: bytes)
            for offset in 0...count {
                let place = file.location(at: offset)
                #expect((1...file.lineCount).contains(place.line))
                #expect(place.column >= 1 && place.column <= count + 1)
            }
        }
    }

    // MARK: Loading

    @Test func loadsAFile() throws {
        let path = #filePath
        let file = try SourceFile.load(path: path)
        #expect(file.path == path)
        #expect(file.lineText(1) == "import Diagnostics")
    }

    @Test(arguments: [
        ("/no/such/file.yaml", SourceFileError.Kind.missing, "BNC0001"),
        ("", .missing, "BNC0001"),
        ("/", .directory, "BNC0002"),
        ("/dev/zero", .tooLarge, "BNC0004"),
    ])
    func refusesWhatIsNoText(path: String, kind: SourceFileError.Kind, code: String) {
        let error = #expect(throws: SourceFileError.self) { try SourceFile.load(path: path) }
        #expect(error?.kind == kind)
        #expect(error?.diagnostic.code.id == code)
        #expect(error?.diagnostic.subject == path)
        #expect(error?.help.isEmpty == false)
    }

    @Test func refusesALargeFileWithoutReadingIt() throws {
        var template = Array("/tmp/bnc-large-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unlink(template)
        }
        let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        #expect(ftruncate(descriptor, 1 << 40) == 0)
        let error = #expect(throws: SourceFileError.self) { try SourceFile.load(path: path) }
        #expect(error?.kind == .tooLarge)
        #expect(ftruncate(descriptor, off_t(SourceFile.sizeLimit)) == 0)
        #expect(try SourceFile.load(path: path).bytes.count == SourceFile.sizeLimit)
        if geteuid() != 0 {
            #expect(fchmod(descriptor, 0) == 0)
            let error = #expect(throws: SourceFileError.self) { try SourceFile.load(path: path) }
            #expect(error?.kind == .unreadable)
        }
    }

    @Test func codesAreDistinctAndExplained() {
        let all = SourceFileDiagnostics.all
        #expect(Set(all).count == all.count)
        for code in all {
            #expect(!code.title.isEmpty && !code.explanation.isEmpty)
            #expect(!code.failing.isEmpty && !code.mended.isEmpty)
        }
    }
}
