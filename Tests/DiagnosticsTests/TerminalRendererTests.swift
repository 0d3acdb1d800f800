import Diagnostics
import Testing

@Suite struct TerminalRendererTests {
    private let code = DiagnosticCode("BNC9001", "A test")

    /// A span of the nth occurrence of a text in a file.
    private func span(_ text: String, in file: SourceFile, occurrence: Int = 1) -> SourceSpan {
        let wanted = Array(text.utf8)
        var left = occurrence
        for start in 0...file.bytes.count - wanted.count
        where Array(file.bytes[start..<start + wanted.count]) == wanted {
            left -= 1
            if left == 0 { return file.span(start..<start + wanted.count) }
        }
        Issue.record("`\(text)` isn't in the text")
        return file.span(0..<0)
    }

    private func lines(_ diagnostic: Diagnostic, width: Int? = nil) -> String {
        TerminalRenderer(style: TerminalStyle(color: false, width: width)).render([diagnostic])
    }

    @Test func primaryAndSecondaryOnFarLines() {
        let text =
            "name: a\nlayers:\n  - Input: {shape: [5, 5, 8]}\n\n\n\n\n\n  - MaxPooling2D\n#\n#\n"
            + "  - Conv2D: {filters: 8, kernel_size: 7}\n"
        let file = SourceFile(path: "model.yaml", text: text)
        let diagnostic = Diagnostic(
            code, "`kernel_size` 7 is larger than the input, which has 5 rows",
            at: span("kernel_size: 7", in: file), label: "needs at least 7 rows",
            secondary: [
                Label(
                    span: span("MaxPooling2D", in: file),
                    text: "this layer made the shape (5, 5, 8)")
            ],
            notes: ["(5 - 7) / 1 + 1 = -1"], helps: ["use `padding: same`"])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: `kernel_size` 7 is larger than the input, which has 5 rows
                  --> model.yaml:12:26
                   |
                 9 |   - MaxPooling2D
                   |     ------------ this layer made the shape (5, 5, 8)
                ...
                12 |   - Conv2D: {filters: 8, kernel_size: 7}
                   |                          ^^^^^^^^^^^^^^ needs at least 7 rows
                   |
                   = note: (5 - 7) / 1 + 1 = -1
                   = help: use `padding: same`

                """)
    }

    @Test func oneLineBetweenIsShown() {
        let file = SourceFile(path: "m", text: "a\nb\nc\n")
        let diagnostic = Diagnostic(
            code, .warning, "w", at: span("c", in: file),
            secondary: [Label(span: span("a", in: file), text: "x")])
        #expect(
            lines(diagnostic) == """
                warning[BNC9001]: w
                 --> m:3:1
                  |
                1 | a
                  | - x
                2 | b
                3 | c
                  | ^

                """)
    }

    @Test func severalLabelsOnALine() {
        let file = SourceFile(path: "m", text: "let foo(a, bcd)")
        let diagnostic = Diagnostic(
            code, "e", at: span("bcd", in: file), label: "third",
            secondary: [
                Label(span: span("foo", in: file), text: "first"),
                Label(span: span("a", in: file), text: "second"),
                Label(span: span("let", in: file), text: ""),
            ])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: e
                 --> m:1:12
                  |
                1 | let foo(a, bcd)
                  | --- --- -  ^^^ third
                  |     |   |
                  |     |   second
                  |     first

                """)
    }

    @Test func overlappingLabels() {
        let file = SourceFile(path: "m", text: "abcdefgh")
        let diagnostic = Diagnostic(
            code, "e", at: file.span(2..<4), label: "inner",
            secondary: [Label(span: file.span(0..<8), text: "outer")])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: e
                 --> m:1:3
                  |
                1 | abcdefgh
                  | --^^----
                  | | |
                  | | inner
                  | outer

                """)
        let same = Diagnostic(
            code, "e", at: file.span(2..<4), label: "one",
            secondary: [
                Label(span: file.span(2..<4), text: "two"),
                Label(span: file.span(2..<3), text: "three"),
            ])
        #expect(
            lines(same) == """
                error[BNC9001]: e
                 --> m:1:3
                  |
                1 | abcdefgh
                  |   ^^ one
                  |   |
                  |   two
                  |   three

                """)
    }

    @Test func wideCharactersAndTabs() {
        let file = SourceFile(path: "m", text: "日本\té: e\u{301}👩‍👩‍👧 x # 🇩🇪")
        let diagnostic = Diagnostic(
            code, "e", at: span("x", in: file), label: "x",
            secondary: [
                Label(span: span("本", in: file), text: "本"),
                Label(span: span("👩‍👩‍👧", in: file), text: ""),
            ])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: e
                 --> m:1:15
                  |
                1 | 日本    é: e\u{301}👩‍👩‍👧 x # 🇩🇪
                  |   --        -- ^ x
                  |   |
                  |   本

                """)
    }

    @Test func emptyAndOutlyingSpans() {
        let file = SourceFile(path: "m", text: "ab\n\ncd\n")
        func caret(_ range: Range<Int>) -> String {
            let text = lines(Diagnostic(code, "e", at: file.span(range)))
            return text.split(separator: "\n").dropFirst().joined(separator: "~")
        }
        #expect(caret(0..<0) == " --> m:1:1~  |~1 | ab~  | ^")
        #expect(caret(2..<2) == " --> m:1:3~  |~1 | ab~  |   ^")
        #expect(caret(2..<5) == " --> m:1:3~  |~1 | ab~  |   ^")
        #expect(caret(3..<3) == " --> m:2:1~  |~2 |~  | ^")
        #expect(caret(4..<6) == " --> m:3:1~  |~3 | cd~  | ^^")
        #expect(caret(7..<7) == " --> m:3:3~  |~3 | cd~  |   ^")
        #expect(caret(700..<900) == " --> m:3:3~  |~3 | cd~  |   ^")
        #expect(caret(1..<6) == " --> m:1:2~  |~1 | ab~  |  ^", "only up to the line's end")
    }

    @Test func lineEndingsAndByteOrderMark() {
        let file = SourceFile(path: "m", bytes: [0xEF, 0xBB, 0xBF] + Array("ab\r\ncd\r\n".utf8))
        let diagnostic = Diagnostic(
            code, "e", at: file.span(4..<5),
            secondary: [Label(span: file.span(7..<9), text: "here")])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: e
                 --> m:1:2
                  |
                1 | ab
                  |  ^
                2 | cd
                  | -- here

                """)
    }

    @Test func otherFilesFollow() {
        let a = SourceFile(path: "a.yaml", text: "abc")
        let b = SourceFile(path: "b.yaml", text: "\n\n\n\n\n\n\n\n\ndef")
        let diagnostic = Diagnostic(
            code, .remark, "r", at: a.span(0..<3), label: "here",
            secondary: [Label(span: b.span(9..<12), text: "and there")])
        #expect(
            lines(diagnostic) == """
                remark[BNC9001]: r
                  --> a.yaml:1:1
                   |
                 1 | abc
                   | ^^^ here
                  ::: b.yaml:10:1
                   |
                10 | def
                   | --- and there

                """)
    }

    @Test func withoutAPlace() {
        let diagnostic = Diagnostic(
            code, "tensor `conv2d/kernel` is missing", subject: "weights.safetensors",
            notes: ["expected (3, 3, 1, 8)\nfound none"], helps: ["export it again"])
        #expect(
            lines(diagnostic) == """
                error[BNC9001]: tensor `conv2d/kernel` is missing
                 --> weights.safetensors
                  = note: expected (3, 3, 1, 8)
                          found none
                  = help: export it again

                """)
        #expect(lines(Diagnostic(code, "e")) == "error[BNC9001]: e\n")
    }

    @Test func longLinesAreTrimmedAroundTheCaret() {
        let text = String(repeating: "0123456789", count: 30)
        let file = SourceFile(path: "m", text: text)
        func shown(_ range: Range<Int>, _ width: Int?) -> [Substring] {
            let diagnostic = Diagnostic(code, "e", at: file.span(range), label: "here")
            return lines(diagnostic, width: width).split(separator: "\n").dropFirst(3).map { $0 }
        }
        #expect(
            shown(150..<153, 36) == [
                "1 | …789012345678901234567890123456…",
                "  |               ^^^ here",
            ])
        #expect(
            shown(0..<3, 36) == [
                "1 | 0123456789012345678901234567890…", "  | ^^^ here",
            ])
        #expect(
            shown(298..<300, 36) == [
                "1 | …9012345678901234567890123456789",
                "  |                               ^^", "  |                               |",
                "  |                             here",
            ])
        #expect(
            shown(0..<300, 36) == [
                "1 | 0123456789012345678901234567890…",
                "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^", "  | |", "  | here",
            ])
        let wide = shown(150..<153, nil)
        #expect(wide.first?.count == 160 && wide.first?.hasSuffix("…") == true)
    }

    @Test func textsWrapAtTheTerminalsWidth() {
        let file = SourceFile(path: "m", text: "kernel_size: 3\n")
        let diagnostic = Diagnostic(
            code, "a message that is longer than the terminal is wide",
            at: span("3", in: file), label: "a label that doesn't fit beside it",
            notes: ["a note that is as long as that, and goes on below its first word"])
        #expect(
            lines(diagnostic, width: 40) == """
                error[BNC9001]: a message that is longer
                  than the terminal is wide
                 --> m:1:14
                  |
                1 | kernel_size: 3
                  |              ^
                  |              |
                  |   a label that doesn't fit beside it
                  |
                  = note: a note that is as long as
                          that, and goes on below its
                          first word

                """)
    }

    @Test func labelsOutsideTheTrimmedPartPointAtItsEdge() {
        let file = SourceFile(path: "m", text: String(repeating: "0123456789", count: 30))
        func shown(_ primary: Int, _ secondary: Int) -> [Substring] {
            let diagnostic = Diagnostic(
                code, "e", at: file.span(primary..<primary + 1), label: "here",
                secondary: [Label(span: file.span(secondary..<secondary + 2), text: "there")])
            return lines(diagnostic, width: 24).split(separator: "\n").dropFirst(3).map { $0 }
        }
        #expect(
            shown(0, 200) == [
                "1 | 0123456789012345678…", "  | ^                  -",
                "  | |                  |", "  | |              there", "  | here",
            ])
        #expect(
            shown(299, 50) == [
                "1 | …1234567890123456789", "  | -                  ^",
                "  | |                  |", "  | |               here", "  | there",
            ])
        let end = Diagnostic(code, "e", at: file.span(300..<300))
        #expect(lines(end, width: 24).hasSuffix("  |                     ^\n"))
    }

    @Test func hugeLinesAreTrimmedToo() {
        let text = String(repeating: "日", count: 1_000_000)
        let file = SourceFile(path: "m", text: text)
        let diagnostic = Diagnostic(code, "e", at: file.span(1_500_000..<1_500_003))
        let shown = lines(diagnostic, width: 24).split(separator: "\n").suffix(2)
        #expect(shown == ["1 | …日日日日日日日日日…", "  |          ^^"])
    }

    @Test func nothingSteersTheTerminal() {
        let file = SourceFile(path: "m\u{1B}]0;x\u{7}", text: "a\u{1B}[2J\u{202E}b\u{9B}c")
        let diagnostic = Diagnostic(
            code, "\u{1B}[31m\n", at: file.span(0..<1), label: "\r\u{8}",
            subject: "\u{1B}", notes: ["\u{1B}[1m\nnext"], helps: ["\u{7}"],
            fixIts: [FixIt(span: file.span(0..<1), replacement: "\u{1B}", text: "\u{1B}c")])
        let text = lines(diagnostic)
        for scalar in text.unicodeScalars {
            #expect(scalar == "\n" || scalar.properties.generalCategory != .control)
            #expect(scalar.properties.generalCategory != .format)
        }
        #expect(text.contains(#"a\u{1B}[2J\u{202E}b\u{9B}c"#))
    }

    @Test func colour() {
        let file = SourceFile(path: "m", text: "ab")
        let diagnostic = Diagnostic(
            code, "e", at: file.span(0..<1), label: "x",
            secondary: [Label(span: file.span(1..<2), text: "y")], helps: ["h"])
        let text = TerminalRenderer(style: TerminalStyle(color: true)).render([diagnostic])
        let shown = text.replacing("\u{1B}[0m", with: ">").replacing("\u{1B}[1;31m", with: "<r ")
            .replacing("\u{1B}[1;34m", with: "<b ").replacing("\u{1B}[1m", with: "<")
        #expect(
            shown == """
                <r error[BNC9001]><: e>
                <b  --> >m:1:1
                <b   |>
                <b 1 | >ab
                <b   | ><r ^><b -> <b y>
                <b   | ><r |>
                <b   | ><r x>
                <b   |>
                <b   = ><help>: h

                """)
    }

    @Test func severalDiagnosticsAndTheirSummary() {
        let renderer = TerminalRenderer()
        let error = Diagnostic(code, "e")
        let warning = Diagnostic(code, .warning, "w")
        #expect(renderer.render([error, warning]) == "error[BNC9001]: e\n\nwarning[BNC9001]: w\n")
        #expect(renderer.render([]) == "")
        #expect(renderer.summary([]) == "")
        #expect(renderer.summary([error, warning, error]) == "2 errors, 1 warning")
        #expect(renderer.summary([Diagnostic(code, .remark, "r")]) == "1 remark")
    }
}
