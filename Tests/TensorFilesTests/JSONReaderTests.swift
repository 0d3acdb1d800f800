import Testing

@testable import TensorFiles

struct JSONReaderTests {
    private func string(_ text: String) -> String? {
        var reader = JSONReader(Array(text.utf8))
        guard let result = try? reader.string(), (try? reader.end()) != nil else { return nil }
        return result
    }

    private func skips(_ text: String) -> Bool {
        var reader = JSONReader(Array(text.utf8))
        return (try? reader.skipValue()) != nil && (try? reader.end()) != nil
    }

    @Test func strings() {
        #expect(string(#" "a\"\\\/\b\f\n\r\tz" "#) == "a\"\\/\u{8}\u{c}\n\r\tz")
        #expect(string(#""\u0041\u00e9\u20AC\ud83d\ude00""#) == "Aé€😀")
        #expect(string("\"ümlaut\"") == "ümlaut")
        for bad in [
            #""\ud83d""#, #""\ud83d\u0041""#, #""\ude00""#, #""\u12""#, #""\u12g4""#, #""\x41""#,
            "\"a\nb\"", "\"open", "\"\\", "\"\\u", "\"\\ud83d\\", "", "5",
        ] {
            #expect(string(bad) == nil, "\(bad)")
        }
        var reader = JSONReader([0x22, 0xC3, 0x28, 0x22])
        #expect(throws: JSONReader.Failure.self) { try reader.string() }
    }

    @Test func values() {
        for good in [
            "0", "-0", "12", "1.5", "-2e9", "3E+7", "4.25e-1", "true", "false", "null", "[]", "{}",
            #"[1, "a", {"b": [null]}]"#, "[[[[[[[[]]]]]]]]",
        ] {
            #expect(skips(good), "\(good)")
        }
        for bad in [
            "01", "-", "1.", ".5", "1e", "+1", "tru", "nul", "[", "[1,]", "[1 2]", "{\"a\"}",
            "{\"a\":}", "{\"a\":1,}", "{1:2}", "nan", "[[[[[[[[[]]]]]]]]]", "1 2", "",
        ] {
            #expect(!skips(bad), "\(bad)")
        }
    }

    @Test func aMillionBracketsAreAnError() {
        var reader = JSONReader([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
        #expect {
            try reader.skipValue()
        } throws: { error in
            (error as? JSONReader.Failure)?.message == "nested deeper than 8 levels"
        }
    }

    @Test func counts() throws {
        func count(_ text: String) -> Int? {
            var reader = JSONReader(Array(text.utf8))
            return try? reader.count()
        }
        #expect(count("9223372036854775807") == .max)
        for bad in ["9223372036854775808", "-1", "1.0", "1e3", "007", "", "x", "\"1\""] {
            #expect(count(bad) == nil, "\(bad)")
        }
    }
}
