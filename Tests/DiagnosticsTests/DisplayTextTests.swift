import Diagnostics
import Testing

@Suite struct DisplayTextTests {
    @Test(arguments: [
        ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("ｱ", 1), ("Ａ", 2),
        ("🙂", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪🇫🇷", 4), ("❤\u{FE0F}", 2), ("❤", 1), ("क्", 1),
        ("\u{1B}", 6), ("\u{7}", 5), ("a\tb", 5), ("", 0), ("−", 1), ("…", 1),
    ])
    func width(text: String, columns: Int) {
        #expect(DisplayText.width(of: text) == columns)
    }

    @Test(arguments: [
        ("plain é 日 👩‍👩‍👧", "plain é 日 👩‍👩‍👧"),
        ("\u{1B}[31m", #"\u{1B}[31m"#), ("a\nb\tc\r\0", #"a\nb\tc\r\0"#),
        ("\u{9B}1m", #"\u{9B}1m"#), ("\u{7F}", #"\u{7F}"#), ("a\u{202E}b", #"a\u{202E}b"#),
        ("\u{2066}", #"\u{2066}"#), ("\u{2028}", #"\u{2028}"#), ("\u{FEFF}", #"\u{FEFF}"#),
        ("\u{200B}", #"\u{200B}"#), ("\u{85}", #"\u{85}"#),
    ])
    func escaped(text: String, expected: String) {
        #expect(DisplayText.escaped(text) == expected)
    }

    @Test func linesCanBeKept() {
        #expect(DisplayText.escaped("a\nb\u{1B}", keepingLines: true) == "a\nb\\u{1B}")
    }
}
